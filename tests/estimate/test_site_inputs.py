"""From sites with town, sector and heat demand to an instance, by one function."""

import pandas as pd
import pytest

from formulas import untraced
from routeplan.errors import DataError
from routeplan.estimate.assemble import Assembled, instance_from_sites
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.site_inputs import GIVEN
from routeplan.schema.settings import Settings

SETTINGS = Settings("own", currency_year=2025, base_year=2026, discount_rate=0.03, firm_rate=0.13)
SITES = pd.DataFrame(
    {
        "site": ["dairy", "tiles"],
        "sector": ["food", "ceramics"],
        "place": ["Lochem", "Azewijn"],
        "gas_below_100": [40.0, 30.0],
        "gas_100_200": [60.0, 0.0],
        "gas_200_500": [0.0, 0.0],
        "gas_above_500": [0.0, 70.0],
        "electricity": [30.0, 15.0],
    }
)
"""Just the columns that have no default."""


def made(tables: DefaultTables, periods: pd.DataFrame, sites: pd.DataFrame = SITES) -> Assembled:
    return instance_from_sites(SETTINGS, sites, periods, tables)


def refusals(tables: DefaultTables, periods: pd.DataFrame, sites: pd.DataFrame) -> list[str]:
    with pytest.raises(DataError) as caught:
        made(tables, periods, sites)
    return [str(problem) for problem in caught.value.problems]


def test_the_least_that_must_be_known() -> None:
    """Columns without a default are id, sector, gas of each band and electricity; a town is one way to say where."""
    assert [column.name for column in GIVEN.columns if column.required] == [
        name for name in ("site", "sector", *SITES.columns[3:])
    ]


@pytest.mark.nightly
def test_town_sector_and_demand_make_an_instance(defaults: DefaultTables, periods: pd.DataFrame) -> None:
    """Region and area follow from the town, prices from the sector, today's emissions from the gas."""
    instance = made(defaults, periods).instance
    sites = instance["sites"].set_index("site")
    assert sites["region"].tolist() == ["Achterhoek", "Achterhoek"]
    assert sites["area"].tolist() == ["G05", "G05"]
    assert sites["price_group"].tolist() == ["ets", "mineral"]
    assert sites["contract"].tolist() == ["dairy", "tiles"]
    # 30 GWh in 6,000 hours are 5 MW; contract 1.15 and peak 1.1 times that leave a quarter.
    assert sites.loc["dairy", "spare_capacity"] == pytest.approx(0.25)
    options = instance["options"]
    assert options.loc[options["current"] == 1, "emissions"].sum() == pytest.approx(200 * 0.203, abs=1e-3)


@pytest.mark.nightly
def test_its_numbers_are_traced_like_those_of_an_import(defaults: DefaultTables, periods: pd.DataFrame) -> None:
    """No numeric cell is without a rule; what was chosen rather than taken from a table says so."""
    own = made(defaults, periods, SITES.assign(spare_capacity=[2.5, float("nan")]))
    assert untraced(own.instance, own.derivation) == []
    used = own.derivation.set_index(["table", "key", "column"])["parameters"]
    assert used["sites", "dairy", "spare_capacity"] == "spare_capacity 2.5 (as given)"
    assert used["sites", "tiles", "spare_capacity"].startswith("electricity 15 (demand)")
    assert used["instance.toml", "instance.toml", "discount_rate"] == "discount_rate 0.03 (as given)"


@pytest.mark.nightly
def test_what_is_given_wins(defaults: DefaultTables, periods: pd.DataFrame) -> None:
    """Coordinates, region, area, contract, room and price group of the user's own take the place of estimates."""
    own = SITES.drop(columns="place").assign(
        lat=52.0, lon=6.2, region="Twente", area="G04", spare_capacity=0.5, contract="shared", price_group="small"
    )
    instance = made(defaults, periods, own).instance
    sites = instance["sites"]
    for name in ("lat", "lon", "region", "area", "spare_capacity", "contract", "price_group"):
        assert (sites[name] == own[name]).all(), name
    # Twente has a heat network, so that hot water may come from it.
    assert "heat_network" in set(instance["options"]["route"])
    assert "heat_network" not in set(made(defaults, periods).instance["options"]["route"])


@pytest.mark.nightly
def test_of_a_shared_contract_all_counts_where_nothing_else_is_given(
    defaults: DefaultTables, periods: pd.DataFrame
) -> None:
    """A coincidence that is given stays, an empty one is 1; nothing, and more than all, are refused."""
    park = SITES.assign(place="Lochem", contract="park")
    given = made(defaults, periods, park.assign(coincidence=[0.5, float("nan")])).instance["sites"]
    assert given["coincidence"].tolist() == [0.5, 1.0]
    assert refusals(defaults, periods, park.assign(coincidence=[0.0, 1.5])) == [
        "sites:2: column 'coincidence' is 0.0; allowed: above 0 and at most 1",
        "sites:3: column 'coincidence' is 1.5; allowed: above 0 and at most 1",
    ]


@pytest.mark.nightly
def test_a_postcode_tells_towns_of_one_name_apart(defaults: DefaultTables, periods: pd.DataFrame) -> None:
    """Spijk lies on the Rhine (69) and in Groningen (99)."""
    sites = SITES.assign(place="Spijk", postcode=["6917 AD", "9909 TM"])
    assert made(defaults, periods, sites).instance["sites"]["area"].tolist() == ["G06", "G01"]


def test_every_problem_is_told_at_once(defaults: DefaultTables, periods: pd.DataFrame) -> None:
    """A town that nobody knows, a sector that is none, a negative amount, an id twice, an area that is none."""
    sites = pd.concat([SITES, SITES.iloc[[0]]], ignore_index=True)
    sites = sites.assign(
        sector=["food", "tiles", "food"],
        place=["Nergenshuizen", "Azewijn", "Lochem"],
        electricity=[-1.0, 15.0, 30.0],
        area=["", "", "G99"],
    )
    areas, sectors = (", ".join(defaults[name].iloc[:, 0]) for name in ("areas", "sectors"))
    assert refusals(defaults, periods, sites) == [
        "sites:2: column 'electricity' is -1.0; allowed: 0 GWh/yr or more",
        "sites:2: column 'place' is Nergenshuizen; allowed: a town of places.csv or GeoNames; or lat, lon, region and "
        "area given",
        f"sites:3: column 'sector' is tiles; allowed: one of {sectors}",
        f"sites:4: column 'area' is G99; allowed: an area of areas.csv: {areas}",
        "sites:4: has the same site as an earlier row",
    ]


def test_columns_that_are_missing_are_named(defaults: DefaultTables, periods: pd.DataFrame) -> None:
    """Columns without a default must be there."""
    assert refusals(defaults, periods, SITES.drop(columns=["sector", "electricity"])) == [
        "sites: column 'electricity' is missing",
        "sites: column 'sector' is missing",
    ]
