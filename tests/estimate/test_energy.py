"""Energy from emissions, by hand."""

import pandas as pd
import pytest

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.energy import demand_from_emissions

SITES = pd.DataFrame({"site": ["board", "bricks"], "sector": ["paper", "ceramics"], "emissions": [20.3, 20.3]})


def test_gas_is_what_emits_the_rest_after_process_co2(defaults: DefaultTables) -> None:
    """20.3 kt of a paper mill are 100 GWh of gas; of a brickworks, a fifth from clay, 80 GWh."""
    demand, _ = demand_from_emissions(SITES, defaults)
    rows = demand.set_index("site")
    bands = rows[["gas_below_100", "gas_100_200", "gas_200_500", "gas_above_500"]]
    assert bands.sum(axis=1).tolist() == [pytest.approx(100.0), pytest.approx(80.0, abs=0.01)]
    assert bands.loc["board"].tolist() == [pytest.approx(v) for v in (10.0, 88.0, 2.0, 0.0)]
    assert rows["process_co2"].tolist() == [0.0, pytest.approx(4.06)]
    # Electricity: 0.40 and 0.12 of the gas.
    assert rows["electricity"].tolist() == [pytest.approx(40.0), pytest.approx(9.6, abs=0.001)]
    assert rows["full_load_hours"].tolist() == [8000, 7500]


def test_each_estimate_names_its_shares(defaults: DefaultTables) -> None:
    """The derivation of a site's electricity holds emissions, ratio and factor, and how far they are trusted."""
    _, traces = demand_from_emissions(SITES, defaults)
    row = traces[(traces["key"] == "board") & (traces["column"] == "electricity")].iloc[0]
    assert row["value"] == pytest.approx(40.0)
    assert row["rule"] == "(emissions - process_co2) / gas_emission_factor x electricity_ratio"
    assert row["parameters"].split("; ") == [
        "emissions 20.3 (demand)",
        "process_co2 0 (demand)",
        "gas_emission_factor 0.203 (default general.csv:2, in 2030, H)",
        "electricity_ratio 0.4 (default sectors.csv:3, M-L)",
    ]
