"""The small tables that are made from a result's large ones."""

import dataclasses
import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from routeplan.result.result import Record, Result, Status
from routeplan.result.summary import (
    as_json,
    cost_by_term,
    emissions_by_period,
    emissions_by_site,
    energy_by_commodity,
    overview,
    public_money,
    records,
    routes_by_period,
    routes_by_process,
    wide,
)
from routeplan.result.summary_limits import grid, limits_that_bind, shared_limits, targets
from routeplan.schema.results import LIMITS

RUNS = [
    # The brewery has two processes; its kiln stays on gas when its boiler goes electric.
    ("boiler", 2026, "gas"),
    ("boiler", 2030, "electric"),
    ("kiln", 2026, "gas"),
    ("kiln", 2030, "gas"),
    ("oven", 2026, "gas"),
    ("oven", 2030, "hydrogen-oven"),
]


def table(columns: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split())


class Given(SimpleNamespace):
    """Stands in for an instance, of which the summaries need a few tables only."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name].copy()


@pytest.fixture
def instance() -> Any:
    """Two sites, three processes, two periods."""
    return Given(
        name="town",
        scenario=None,
        settings=SimpleNamespace(
            objective="cost", currency_year=2025, base_year=2026, discount_rate=0.03, firm_rate=0.1
        ),
        tables={
            "sites": table(
                "site name sector region",
                ("brewery", "The brewery", "food", "east"),
                ("bakery", "The bakery", "food", "west"),
            ),
            "processes": table("process site", ("boiler", "brewery"), ("kiln", "brewery"), ("oven", "bakery")),
            "routes": table(
                "route family",
                ("hydrogen-oven", "hydrogen"),
                ("electric", "electrification"),
                ("gas", "current"),
            ),
            "periods": table("period", (2026,), (2030,)),
            "areas": table("area", ("town",), ("moor",)),
            "targets": table(
                "scope period cap price",
                ("sector:food", 2030, 1.0, 90.0),
                ("all", 2030, 2.0, float("nan")),
                ("region:west", 2030, 0.0, float("nan")),
            ),
            "pots": table("pot", ("state",), ("province",)),
            "budgets": table(
                "pot period amount",
                ("state", 2026, 5.0),
                ("state", 2030, 2.0),
                ("province", 2026, 0.0),
                ("province", 2030, 1.0),
            ),
        },
    )


@pytest.fixture
def result(instance: Any) -> Result:
    """The plan in `RUNS`, with a few rows of each table."""
    limits = table(
        "limit area pot contract scope period used bound unit",
        ("firm_headroom", "moor", "", "", "", 2030, 7.991, 8.0, "MW"),
        ("firm_headroom", "town", "", "", "", 2026, 3.0, 8.0, "MW"),
        ("firm_headroom", "town", "", "", "", 2030, 7.993, 8.0, "MW"),
        ("total_headroom", "moor", "", "", "", 2030, 9.0, 12.0, "MW"),
        ("total_headroom", "town", "", "", "", 2026, 4.0, 10.0, "MW"),
        ("total_headroom", "town", "", "", "", 2030, 8.0, 10.0, "MW"),
        ("pot_budget", "", "state", "", "", 2030, 2.0, 2.0, "M EUR"),
        ("contract_room", "", "", "brewery", "", 2030, 4.0, 4.0, "MW"),
        ("emission_target", "", "", "", "sector:food", 2030, 1.5, 1.0, "kt/yr"),
        ("emission_target", "", "", "", "all", 2030, 1.5, 2.0, "kt/yr"),
    )
    tables = {
        "runs": table("process period route", *RUNS),
        "grants": table(
            "process route period pot amount",
            ("boiler", "electric", 2030, "state", 1.5),
            ("oven", "hydrogen-oven", 2030, "state", 0.5),
        ),
        "overshoot": table("scope period amount", ("sector:food", 2030, 0.5)),
        "energy": table(
            "process period commodity amount",
            ("boiler", 2026, "gas", 20.0),
            ("kiln", 2026, "gas", 10.0),
            ("kiln", 2030, "gas", 10.0),
            ("boiler", 2030, "electricity", 18.0),
            ("oven", 2026, "heat", 0.0),
        ),
        "costs": table(
            "term period cost discounted",
            ("co2", 2026, 2.0, 8.0),
            ("co2", 2030, 1.0, 4.0),
            ("gas", 2026, 3.0, 12.0),
            ("heat", 2026, 0.0, 0.0),
        ),
        "emissions": table(
            "site period emissions captured removed",
            ("brewery", 2026, 4.0, 0.0, 0.0),
            ("bakery", 2026, 2.0, 0.0, 0.0),
            ("brewery", 2030, 1.5, 0.5, 0.1),
        ),
        "limits": limits.reindex(columns=LIMITS.names, fill_value=""),
    }
    return Result(instance, Status.OPTIMAL, Record("exact", seconds=1.5), 24.0, 23.0, 24.0, None, tables)


def test_processes_and_sites_are_counted_by_family(result: Result) -> None:
    """In 2030 the brewery counts for the kiln it keeps on gas, and for the boiler that is electric."""
    expected = table(
        "family period processes sites",
        ("current", 2026, 3, 2),
        ("current", 2030, 1, 1),
        ("electrification", 2030, 1, 1),
        ("hydrogen", 2030, 1, 1),
    )
    pd.testing.assert_frame_equal(routes_by_period(result), expected)


def test_emissions_are_summed_beside_those_of_today(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    """2026: 4 + 2 = 6 kt/yr; today's options would emit 6 in both periods; a site without a row emits 0."""
    current = table(
        "current period emissions",
        (1, 2026, 4.0),
        (1, 2030, 4.0),
        (1, 2026, 2.0),
        (1, 2030, 2.0),
    )
    monkeypatch.setattr("routeplan.result.summary.options_of", lambda instance: SimpleNamespace(current=current))
    expected = table(
        "period as_today emissions captured removed",
        (2026, 6.0, 6.0, 0.0, 0.0),
        (2030, 6.0, 1.5, 0.5, 0.1),
    )
    pd.testing.assert_frame_equal(emissions_by_period(result), expected)


def test_terms_of_the_cost_keep_the_order_of_the_format(result: Result) -> None:
    """Gas comes before CO2, as in the format; heat, which costs nothing, is left out."""
    costs = cost_by_term(result)
    assert costs["term"].tolist() == ["gas", "co2", "co2"]
    assert costs["discounted"].tolist() == [12.0, 8.0, 4.0]


def test_public_money_is_compared_with_the_budget(result: Result) -> None:
    """The state grants 1.5 + 0.5 of its 2.0 in 2030; a pot without money or grants has no row."""
    expected = table(
        "pot period granted budget",
        ("state", 2026, 0.0, 5.0),
        ("state", 2030, 2.0, 2.0),
        ("province", 2030, 0.0, 1.0),
    )
    pd.testing.assert_frame_equal(public_money(result), expected)


def test_targets_are_compared_with_what_is_reached(result: Result) -> None:
    """The food sector emits 1.5 of 1.0, so 0.5 above; a scope that emits nothing has no row among the limits."""
    expected = table(
        "scope period cap reached over",
        ("sector:food", 2030, 1.0, 1.5, 0.5),
        ("all", 2030, 2.0, 1.5, 0.0),
        ("region:west", 2030, 0.0, 0.0, 0.0),
    )
    pd.testing.assert_frame_equal(targets(result), expected)


def test_new_grid_capacity_is_compared_with_headroom(result: Result) -> None:
    """Firm and total side by side, areas in the order of their table; the moor has no headroom of its own in 2026."""
    expected = table(
        "area period firm firm_headroom total total_headroom",
        ("town", 2026, 3.0, 8.0, 4.0, 10.0),
        ("town", 2030, 7.993, 8.0, 8.0, 10.0),
        ("moor", 2030, 7.991, 8.0, 9.0, 12.0),
    )
    pd.testing.assert_frame_equal(grid(result), expected)


def test_energy_is_summed_by_commodity(result: Result) -> None:
    """Gas: 20 + 10 GWh/yr, then the kiln's 10; electricity comes first, as in the format; unused heat is left out."""
    expected = table(
        "commodity period amount",
        ("electricity", 2026, 0.0),
        ("electricity", 2030, 18.0),
        ("gas", 2026, 30.0),
        ("gas", 2030, 10.0),
    )
    pd.testing.assert_frame_equal(energy_by_commodity(result), expected)


def test_machines_get_every_table(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nested dictionary holds the same rows as the tables, and is ready for JSON."""
    nothing = table("current period emissions")
    monkeypatch.setattr("routeplan.result.summary.options_of", lambda instance: SimpleNamespace(current=nothing))
    found = as_json(result)
    assert found["targets"][0] == {"scope": "sector:food", "period": 2030, "cap": 1.0, "reached": 1.5, "over": 0.5}
    assert found["energy"][-1] == {"commodity": "gas", "period": 2030, "amount": 10.0}
    assert [row["area"] for row in found["grid"]] == ["town", "town", "moor"]
    assert found["public_money"] == records(public_money(result))
    json.dumps(found, allow_nan=False)


def test_a_limit_binds_from_999_per_mille_on(result: Result) -> None:
    """Of 8 MW, 7.992 are 99.9 %: 7.993 bind, 7.991 do not; a contract's room the plan sets itself."""
    expected = table(
        "limit item period used bound unit",
        ("firm_headroom", "area town", 2030, 7.993, 8.0, "MW"),
        ("pot_budget", "pot state", 2030, 2.0, 2.0, "M EUR"),
        ("emission_target", "scope sector:food", 2030, 1.5, 1.0, "kt/yr"),
    )
    found = limits_that_bind(result)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_shared_limits_tell_how_much_is_used(result: Result) -> None:
    """Used / bound, above 1 where a target is overshot; the contract's room is left out."""
    found = shared_limits(result)
    assert found["share"].tolist() == [7.991 / 8, 3 / 8, 7.993 / 8, 9 / 12, 0.4, 0.8, 1.0, 1.5, 0.75]
    assert "contract_room" not in set(found["limit"])


@pytest.mark.parametrize(("used", "share"), [(0.0, 1.0), (-1.0, 0.0)])
def test_a_limit_that_allows_nothing_is_full_unless_room_is_given_back(
    result: Result, used: float, share: float
) -> None:
    limits = result["limits"].head(1).assign(used=used, bound=0.0)
    empty = dataclasses.replace(result, tables={"limits": limits})
    assert shared_limits(empty)["share"].tolist() == [share]


def test_routes_are_told_when_they_change(result: Result) -> None:
    """The kiln stays on gas, so it has one row; the others have one more, in the period of the change."""
    expected = table(
        "site process period route",
        ("brewery", "boiler", 2026, "gas"),
        ("brewery", "boiler", 2030, "electric"),
        ("brewery", "kiln", 2026, "gas"),
        ("bakery", "oven", 2026, "gas"),
        ("bakery", "oven", 2030, "hydrogen-oven"),
    )
    pd.testing.assert_frame_equal(routes_by_process(result), expected)


def test_every_site_has_its_emissions_in_every_period(result: Result) -> None:
    """The bakery has no row in 2030, which means that it emits nothing."""
    expected = table(
        "site sector period emissions",
        ("brewery", "food", 2026, 4.0),
        ("brewery", "food", 2030, 1.5),
        ("bakery", "food", 2026, 2.0),
        ("bakery", "food", 2030, 0.0),
    )
    pd.testing.assert_frame_equal(emissions_by_site(result), expected)


def test_a_table_is_spread_with_a_column_for_each_period() -> None:
    """Rows stay in the order in which they come, and gaps are filled."""
    long = table("term period cost", ("gas", 2030, 2.0), ("gas", 2026, 1.0), ("co2", 2026, 3.0))
    assert wide(long, ["term"], "cost", 0.0).to_dict("list") == {
        "term": ["gas", "co2"],
        "2026": [1.0, 3.0],
        "2030": [2.0, 0.0],
    }


def test_rows_become_plain_numbers_and_none() -> None:
    """JSON knows no numpy numbers and no NaN."""
    frame = pd.DataFrame({"period": np.array([2026], dtype=np.int64), "bound": [float("nan")], "unit": ["MW"]})
    assert json.dumps(records(frame), allow_nan=False) == '[{"period": 2026, "bound": null, "unit": "MW"}]'


def test_the_overview_tells_what_is_proven(result: Result) -> None:
    """Gap = (24 - 23) / 24."""
    assert overview(result) == {
        "instance": "town",
        "scenario": None,
        "status": "optimal",
        "minimises": "cost",
        "objective": 24.0,
        "bound": 23.0,
        "gap": pytest.approx(1 / 24),
        "cost": 24.0,
        "currency_year": 2025,
        "base_year": 2026,
        "discount_rate": 0.03,
        "firm_rate": 0.1,
        "seconds": 1.5,
        "reason": None,
        "advice": None,
    }


def test_a_result_without_a_plan_has_an_overview_only(instance: Any) -> None:
    """No tables are made up where there is no plan; the reason is told."""
    result = Result(instance, Status.INFEASIBLE, Record("exact", reason="emission_target[all,2026]: 4 <= 1"))
    found = as_json(result)
    assert (found["status"], found["cost"]) == ("infeasible", None)
    assert found["reason"] == "emission_target[all,2026]: 4 <= 1"
    assert found["advice"].startswith("give the targets a price")
    assert "routes" not in found
