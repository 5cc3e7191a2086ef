"""Folders: what must be in them, what may be, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from routeplan.data.read import check, read
from routeplan.errors import DataError
from small import small

Spoil = Callable[..., Path]

WHAT = "a folder with instance.toml and CSV tables"


def told(folder: Path) -> list[str]:
    """The problems of a folder."""
    return [str(problem) for problem in check(folder).problems]


def test_a_whole_folder_is_read(spoiled: Spoil) -> None:
    """Tables and rows are counted: 2 periods, 2 sites, 2 processes, 6 routes, 4 options, 2 areas, 2 nodes,
    2 sources, 1 link, 1 size, and a price of each of 10 items (all but co2_removed) in both periods = 44.
    """
    found = check(spoiled())
    assert found.problems == ()
    assert (found.tables, found.rows) == (15, 24 + 2 * 10)
    assert found.instance is not None
    assert found.instance.sha256 == small().sha256


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """No such folder: one line."""
    assert told(tmp_path / "none") == [f"{tmp_path / 'none'}: does not exist; allowed: {WHAT}"]
    with pytest.raises(DataError, match="does not exist"):
        read(tmp_path / "none")


def test_a_folder_that_is_a_file(spoiled: Spoil) -> None:
    """A table given for its folder: one line."""
    file = spoiled() / "sites.csv"
    assert told(file) == [f"{file}: is a file; allowed: {WHAT}"]


def test_a_folder_without_an_instance(tmp_path: Path) -> None:
    """A folder of other things: one line, not one for each table."""
    (tmp_path / "holiday.jpg").touch()
    assert told(tmp_path) == [f"{tmp_path}: holds no instance; allowed: {WHAT}"]


def test_files_that_must_be_there(spoiled: Spoil) -> None:
    """Settings and required tables that lack are told; what refers to them is not."""
    assert told(spoiled(instance_toml=None, areas_csv=None, prices_csv=None)) == [
        "areas.csv: the file is missing; allowed: a table, if need be without rows",
        "instance.toml: the file is missing; allowed: one in every instance",
        "prices.csv: the file is missing; allowed: a table, if need be without rows",
    ]


def test_a_misspelt_table_is_not_lost(spoiled: Spoil) -> None:
    """A CSV file that is no table is refused, with the nearest name."""
    assert told(spoiled(target_csv="scope,period,cap\n", Hubs_csv="", prices2_csv="", xyz_csv="")) == [
        f"{file}: is no table of the format{hint}; allowed: tables, derivation.csv and note*.csv"
        for file, hint in (
            ("Hubs.csv", " (did you mean 'hubs.csv'?)"),
            ("prices2.csv", " (did you mean 'prices.csv'?)"),
            ("target.csv", " (did you mean 'targets.csv'?)"),
            ("xyz.csv", ""),
        )
    ]


@pytest.mark.nightly
def test_other_files_may_be_there(spoiled: Spoil) -> None:
    """Notes, the derivation of an import, hidden files and whatever is no CSV are left alone."""
    folder = spoiled(derivation_csv="a;b\n", notes_csv="", note_on_prices_csv="x\n")
    for name in ("README.md", "map.geojson", ".~lock.sites.csv#", "._sites.csv"):
        (folder / name).write_bytes(b"\xff")
    assert told(folder) == []


def test_defaults_are_filled_in(spoiled: Spoil) -> None:
    """Columns left out and cells left empty take their defaults: a contract is the site itself."""
    sites = read(
        spoiled(
            sites_csv="site,sector,region,area,lat,lon,contract,price_group\n"
            "bakery,food,east,town,52,6,,\ntiles,ceramics,west,town,52.1,6.1,core,\n"
        )
    )["sites"]
    assert sites["contract"].tolist() == ["bakery", "core"]
    assert sites["price_group"].tolist() == ["all", "all"]
    assert sites["spare_capacity"].tolist() == [0.0, 0.0]
    assert sites["name"].tolist() == ["", ""]


def test_types_are_settled(spoiled: Spoil) -> None:
    """Text is str, numbers are float64, flags and whole numbers that may not be empty are int64."""
    types = read(spoiled())["links"].dtypes.astype(str).to_dict()
    assert types == {
        "link": "str",
        "carrier": "str",
        "from": "str",
        "to": "str",
        "mode": "str",
        "status": "str",
        "length": "float64",
        "first_year": "float64",
        "capacity": "float64",
        "variable_cost": "float64",
        "one_way": "int64",
    }
