"""Writing an instance, and finding the same one again."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.data.csv_text import csv_text, number_text
from routeplan.data.read import read
from routeplan.data.write import write
from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Change, Scenario
from routeplan.schema.inputs import AREAS
from small import SETTINGS, SMALL, small, table, with_settings

LATE = Scenario(
    "late",
    (
        Change("links", "first_year", "set", 2032, {"carrier": "hydrogen", "status": "candidate"}),
        Change("prices", "price", "multiply", 1.5, {}),
    ),
    0.25,
)


def same(one: Instance, other: Instance) -> bool:
    """Whether two instances hold the same settings, scenarios and tables, row by row and type by type."""
    tables = all(one[name].equals(other[name]) and (one[name].dtypes == other[name].dtypes).all() for name in one)
    return tables and (one.settings, one.scenarios) == (other.settings, other.scenarios)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Settings with free text, scenarios, tables with odd text: the same instance, the same fingerprint."""
    settings = with_settings(
        title='Two "plants"', description="one\ntwo", firm_rate=0.1, sources={"grid": ["a", 1.5, {"b": True}]}
    )
    areas = table("areas", SMALL["areas"]).assign(name=['a, "b"\nc', "d\re\r\nf"])
    instance = dataclasses.replace(small(settings, areas=areas), scenarios=(LATE, Scenario("none", ())))
    again = read(write(instance, tmp_path / "small"))
    assert same(instance, again)
    assert again.sha256 == instance.sha256


@pytest.mark.nightly
def test_a_later_column_is_written_where_it_is_used(tmp_path: Path) -> None:
    """The file of sites that have a basis has the column; that of others is as it was before there was one."""
    sites = table("sites", SMALL["sites"])
    marked = small(sites=sites.assign(basis=["", "register"]))
    folder = write(marked, tmp_path / "marked")
    assert (folder / "sites.csv").read_text(encoding="utf-8").splitlines()[0].endswith(",price_group,basis")
    assert '"basis"' in (folder / "datapackage.json").read_text(encoding="utf-8").split('"processes"')[0]
    assert same(marked, read(folder))
    folder = write(small(), tmp_path / "plain")
    assert (folder / "sites.csv").read_text(encoding="utf-8").splitlines()[0].endswith(",price_group")
    assert same(small(), read(folder))


@pytest.mark.nightly
def test_agreed_instances_survive_writing(shared_data: Path, tmp_path: Path) -> None:
    """Instances of every kind: read, written, read again."""
    folders = sorted((shared_data / "agreed" / "instances").iterdir())[::5]
    lost = [
        folder.name
        for folder in folders
        if not same(instance := read(folder), again := read(write(instance, tmp_path / folder.name)))
        or instance.sha256 != again.sha256
    ]
    assert lost == []


def test_only_tables_with_rows_or_that_must_be_there_are_written(tmp_path: Path) -> None:
    """Optional tables without rows are left out; required ones have their header."""
    folder = write(small(), tmp_path / "new" / "small")
    assert not (folder / "hubs.csv").exists()
    assert not (folder / "scenarios.toml").exists()
    assert (folder / "budgets.csv").read_bytes() == b"pot,period,amount\n"
    assert (folder / "periods.csv").read_bytes() == b"period,years\n2030,2\n2032,2\n"
    assert [path.name for path in folder.parent.iterdir()] == ["small"]


def test_an_instance_under_a_scenario_is_written_as_it_then_is(tmp_path: Path) -> None:
    """The changed tables are written, and no scenarios, which are changes to other tables."""
    under = dataclasses.replace(small(), scenarios=(LATE,)).under("late")
    again = read(write(under, tmp_path / "late"))
    assert again["links"]["first_year"].tolist() == [2032.0]
    assert again.scenarios == ()


NUMBERS = {3.0: "3", -0.0: "0", 0.1: "0.1", 1e-7: "1e-07", 1e22: "1e+22", 2 / 3: "0.6666666666666666", float("nan"): ""}


@pytest.mark.parametrize("value", NUMBERS)
def test_numbers_are_short(value: float) -> None:
    """Whole numbers without a point, others as short as they can be, empty cells empty."""
    assert number_text(value) == NUMBERS[value]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_digit_is_lost(value: float) -> None:
    """Reading a written number gives the same number, to the last bit."""
    assert float(number_text(value)) == value


def test_a_table_is_written_in_the_schemas_order() -> None:
    """Columns stand in the order of the schema, and text in quotes only where it must."""
    assert (
        csv_text(AREAS, table("areas", 'queue,area,name\n0.5,town,"a,b"'))
        == 'area,name,parent,queue\ntown,"a,b",,0.5\n'
    )


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    """Without leave, an instance that is there stays; so does a file."""
    folder = write(small(), tmp_path / "small")
    with pytest.raises(UsageError) as refused:
        write(small(), folder)
    assert str(refused.value) == (f"{folder} is there already; allowed: a new or empty folder")
    with pytest.raises(UsageError) as refused:
        write(small(), folder / "sites.csv", overwrite=True)
    assert str(refused.value) == f"{folder / 'sites.csv'} is a file; allowed: a folder, or a new name"


def test_with_leave_only_an_instance_is_overwritten(tmp_path: Path) -> None:
    """A folder of other things stays, with leave too."""
    (tmp_path / "thesis.tex").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        write(small(), tmp_path, overwrite=True)
    assert str(refused.value) == f"{tmp_path} holds no instance, so it stays; allowed: a folder with instance.toml"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.mark.nightly
def test_overwriting_takes_old_tables_away_and_keeps_the_rest(tmp_path: Path) -> None:
    """Tables and scenarios of the old instance are gone; a README and a folder of notes are kept."""
    old = dataclasses.replace(small(trends="route,period,capex\nelectric,2032,0.9"), scenarios=(LATE,))
    folder = write(old, tmp_path / "small")
    (folder / "README.md").write_text("mine", encoding="utf-8")
    (folder / "notes").mkdir()
    (folder / "notes" / "one.txt").touch()
    write(small(), folder, overwrite=True)
    assert same(read(folder), small())
    assert (folder / "README.md").read_text(encoding="utf-8") == "mine"
    assert (folder / "notes" / "one.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """A folder that was made for the purpose needs no leave."""
    assert same(read(write(small(), tmp_path)), small())


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """Below a file there is no place for a folder."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError) as refused:
        write(small(), tmp_path / "file" / "small")
    assert str(refused.value) == f"{tmp_path / 'file' / 'small'} cannot be written: Not a directory"


def test_nothing_is_left_of_a_write_that_fails(tmp_path: Path) -> None:
    """Settings that TOML cannot hold: the old instance stays whole, and no half folder is left."""
    folder = write(small(), tmp_path / "small")
    impossible = small(dataclasses.replace(SETTINGS, sources={"grid": None}))
    with pytest.raises(TypeError):
        write(impossible, folder, overwrite=True)
    assert same(read(folder), small())
    assert [path.name for path in tmp_path.iterdir()] == ["small"]
