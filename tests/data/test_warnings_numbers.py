"""Numbers that are allowed, but hardly make sense beside the others: each planted in an instance that has none."""

from pathlib import Path

import pandas as pd
import pytest

from routeplan.data.read import read
from routeplan.data.warnings.warn import remarks
from routeplan.instance.instance import Instance
from routeplan.schema.usual import PRICES

ROOT = Path(__file__).parents[2]


def told(instance: Instance) -> list[str]:
    return [str(problem) for problem in remarks(instance).warnings]


@pytest.fixture(scope="module")
def tiny() -> Instance:
    return read(ROOT / "instances" / "tiny")


def planted(instance: Instance, table: str, where: str, column: str, factor: float) -> tuple[Instance, int]:
    """The instance with a number times a factor in the first row that a query finds, and the line of that row."""
    frame = instance[table].astype({column: float})
    row = frame.query(where).index[0]
    frame.loc[row, column] *= factor
    return instance.replace(**{table: frame}), int(row) + 2


@pytest.mark.parametrize(
    ("table", "where", "column", "factor", "message"),
    [
        ("options", "gas > 0 and emissions > 0", "emissions", 1000.0, "is one of them in another unit (t, MWh)"),
        ("options", "gas > 0 and emissions > 0", "gas", 1000.0, "kWh or MWh for GWh?"),
        ("options", "gas > 0 and emissions > 0 and captured == 0", "emissions", 0.0, "or missing?"),
        ("options", "electricity > 0 and firm_capacity > 0", "electricity", 1000.0, "another unit (kW, MWh)?"),
        ("options", "electricity > 0 and firm_capacity > 0", "firm_capacity", 1000.0, "kW for MW?"),
        ("options", "route == 'hydrogen'", "hydrogen", 0.0, "is of the family hydrogen, and has no hydrogen"),
        (
            "prices",
            "item == 'gas' and group == 'all' and period > 2026",
            "price",
            0.001,
            "EUR/m3 or EUR/kWh for EUR/MWh?",
        ),
        (
            "options",
            "gas > 0 and emissions > 0",
            "emissions",
            3000.0,
            "the largest works of Europe emit: t for kt?",
        ),
        ("options", "gas > 0 and emissions > 0", "gas", 0.001, "is one of them in another unit (t, MWh)"),
        ("options", "electricity > 0 and firm_capacity > 0", "firm_capacity", 100.0, "another unit (kW, MWh)?"),
        ("options", "electricity > 0 and firm_capacity > 0", "capex", 1000.0, "EUR for M EUR?"),
        ("options", "electricity > 0 and firm_capacity > 0", "capex", 30.0, "another unit (EUR, kW)?"),
        ("prices", "item == 'co2' and group == 'all' and period > 2026", "price", 25.0, "goes from"),
        ("links", "length > 20", "length", 1000.0, "m for km?"),
        ("routes", "lifetime > 9", "lifetime", 100.0, "longer than plants and pipes last"),
        ("links", "length > 20", "length", 0.01, "where its ends are"),
    ],
)
@pytest.mark.some(2)
def test_another_unit_is_told(tiny: Instance, table: str, where: str, column: str, factor: float, message: str) -> None:
    """In its row, with both numbers."""
    odd, line = planted(tiny, table, where, column, factor)
    found = [text for text in told(odd) if text.startswith(f"{table}.csv:{line}: ")]
    assert len(found) == 1
    assert message in found[0]


def test_an_outline_with_latitude_first_is_told(tiny: Instance) -> None:
    """It would be drawn off Somalia, and the map show no area; right ones, and none, are not told of."""
    corners = [(6.0, 52.0), (6.4, 52.0), (6.4, 52.2), (6.0, 52.0)]
    right, turned = (
        f"POLYGON (({', '.join(f'{place[first]} {place[1 - first]}' for place in corners)}))" for first in (0, 1)
    )
    outlines = [right, turned, *[""] * (len(tiny["areas"]) - 2)]
    assert told(tiny.replace(areas=tiny["areas"].assign(outline=outlines))) == [
        "areas.csv:3: latitude 6, longitude 52 lies outside Europe, and inside with the two swapped"
    ]


@pytest.mark.nightly
def test_a_site_far_from_all_others_is_told(tiny: Instance) -> None:
    """And whether latitude and longitude are changed about, or are 0."""
    sites = tiny["sites"]
    turned = sites.copy()
    turned.loc[2, ["lat", "lon"]] = sites.loc[2, ["lon", "lat"]].to_numpy()
    lat, lon = turned.loc[2, "lat"], turned.loc[2, "lon"]
    assert told(tiny.replace(sites=turned)) == [
        f"sites.csv:4: latitude {lat:g}, longitude {lon:g} lies outside Europe, and inside with the two swapped"
    ]
    all_turned = sites.assign(lat=sites["lon"], lon=sites["lat"])
    assert len([text for text in told(tiny.replace(sites=all_turned)) if "swapped" in text]) == len(sites)
    nowhere = sites.copy()
    nowhere.loc[2, ["lat", "lon"]] = 0.0
    assert told(tiny.replace(sites=nowhere)) == [
        "sites.csv:4: latitude 0, longitude 0 is off the coast of Africa: is the place not known?"
    ]
    away = sites.copy()
    away.loc[2, ["lat", "lon"]] = [41.4, 2.2]
    (text,) = (text for text in told(tiny.replace(sites=away)) if text.startswith("sites.csv"))
    assert "km from the middle of all sites; half of them are within" in text


@pytest.mark.nightly
def test_a_row_that_lacks_is_told(tiny: Instance) -> None:
    """It counts as 0 from there on; a pot may end, and is noted."""
    headroom = tiny["headroom"]
    last = headroom["period"].max()
    for lacking in headroom["period"].unique()[1:]:
        north = (headroom["area"] == "north") & (headroom["period"] == lacking)
        instance = tiny.replace(headroom=headroom[~north].reset_index(drop=True))
        assert [text.partition(": ")[2] for text in told(instance)] == [
            f"area 'north' has no row for {lacking}, which counts as 0"
        ]
    budgets = tiny["budgets"]
    climate = (budgets["pot"] == "climate") & (budgets["period"] == 2030)
    assert [
        text.partition(": ")[2] for text in told(tiny.replace(budgets=budgets[~climate].reset_index(drop=True)))
    ] == ["pot 'climate' has no row for 2030, and no money then"]
    ended = remarks(tiny.replace(budgets=budgets[budgets["period"] < last].reset_index(drop=True)))
    assert not [warning for warning in ended.warnings if warning.file == "budgets.csv"]
    assert [str(note).partition(": ")[2] for note in ended.notes if note.file == "budgets.csv"] == [
        f"pot '{pot}' has no row for {last}, and no money then" for pot in ("climate", "round")
    ]


def test_a_first_year_after_the_horizon_is_told(tiny: Instance) -> None:
    """2045 of a horizon that ends in 2040."""
    links = tiny["links"]
    links.loc[0, "first_year"] = 2045.0
    assert told(tiny.replace(links=links)) == [
        "links.csv:2: the first year 2045 lies after 2034, when the last period begins: it is never there"
    ]


def test_the_prices_of_the_package_are_usual() -> None:
    """Every price of the default tables lies well inside the range of its item, in each year."""
    default = pd.read_csv(ROOT / "src/routeplan/estimate/tables/prices.csv")
    parts = default.melt(["item", "group", "part", "in_price"], ["2025", "2030", "2035", "2040"], "year", "price")
    assert set(parts["item"]) == set(PRICES)
    for (item, _), prices in parts[parts["in_price"] == 1].groupby(["item", "year"]):
        of_all = prices.loc[prices["group"] == "all", "price"].sum()
        assert of_all == 0 or 2 * PRICES[item].low < of_all < PRICES[item].high / 2


def test_numbers_of_a_folder_are_told_by_check(shared_data: Path) -> None:
    """With their lines in the files, beside the other warnings."""
    from_folder = pd.Series(told(read(shared_data / "reported" / "implausible" / "instance")), dtype="str")
    assert from_folder.str.contains("options.csv:11: column 'emissions' is 30000 kt/yr").sum() == 1
    assert from_folder.str.contains("is never there").sum() == 2
