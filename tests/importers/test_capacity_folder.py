"""A merged instance on disk: three tables and the derivation are new, all else is as it was, or nothing is."""

import json
from pathlib import Path

import pytest

from capacity_map import area, until, work, written
from routeplan.data.datapackage import DATAPACKAGE_FILE
from routeplan.data.read import read
from routeplan.data.write import write
from routeplan.errors import DataError, UsageError
from routeplan.importers.capacity.merge import Merged, merge_capacity
from routeplan.importers.into.folder import write_merged
from routeplan.schema.inputs import INPUT_TABLES
from small import small

AREAS = "area,name,parent,queue,note,source,source_confidence\nregion,,,0,ours,a,H\ntown,,region,0,theirs,b,L\n"
HEADROOM = "area,period,firm,flexible,source\ntown,2030,1,1,c\ntown,2032,2,2,c\n"
DERIVATION = """table,key,column,value,rule,parameters
headroom,town / 2030,firm,1.0,old,x
headroom,x / 2030,firm,1.0,old,x
"""
LATE_GRID = """
[[scenario]]  # a remark
name = "late"
[[scenario.change]]
table = "headroom"
where = {area = "town"}
column = "firm"
delay = 2
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small instance with notes, sources, a derivation, a scenario and files of the user's."""
    place = write(small(), tmp_path / "town")
    files = {
        "areas.csv": AREAS,
        "headroom.csv": HEADROOM,
        "derivation.csv": DERIVATION,
        "scenarios.toml": LATE_GRID,
        "README.md": "mine\n",
        "note_sites.csv": "anything\n1\n",
    }
    for name, text in files.items():
        (place / name).write_text(text, encoding="utf-8")
    (place / "pictures").mkdir()
    (place / "pictures" / "grid.txt").write_text("a picture", encoding="utf-8")
    return place


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def merging(folder: Path, year: int = 2031) -> Merged:
    """A map that gives the town 5 MW from the period 2032 on, and a work."""
    file = written(folder.parent / "map.json", area("town", 5, works=[work("W", until(year=2031))]))
    return merge_capacity([(year, file)], read(folder))


def lines(folder: Path, table: str) -> list[str]:
    return (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()


def test_only_what_the_map_tells_is_written(folder: Path) -> None:
    """Every other file is the same to the last byte, remarks in TOML too; nothing else appears beside the folder."""
    before = contents(folder)
    merged = merging(folder)
    assert write_merged(merged, folder) == folder
    after = contents(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"areas.csv", "headroom.csv", "works.csv", "derivation.csv", DATAPACKAGE_FILE}
    assert set(before) <= set(after)
    assert read(folder).sha256 == merged.instance.sha256
    assert {path.name for path in folder.parent.iterdir()} == {"town", "map.json"}


@pytest.mark.nightly
def test_notes_stay_and_sources_tell_of_the_map(folder: Path) -> None:
    """A row that the map changed has a new source, and no confidence of the old one; other rows keep theirs."""
    write_merged(merging(folder), folder)
    assert lines(folder, "areas") == [
        "area,name,parent,queue,note,source,source_confidence",
        "region,,,0,ours,a,H",
        "town,town,region,0,theirs,capacity map: see derivation.csv,",
    ]
    assert lines(folder, "headroom") == [
        "area,period,firm,flexible,source",
        "town,2030,1,1,c",
        "town,2032,5,0,capacity map: see derivation.csv",
    ]


@pytest.mark.nightly
def test_the_derivation_tells_what_the_map_made(folder: Path) -> None:
    """Rows of what is as before stay, those of what changed are replaced."""
    write_merged(merging(folder, 2030), folder)
    rows = lines(folder, "derivation")
    assert rows[:2] == ["table,key,column,value,rule,parameters", "headroom,x / 2030,firm,1.0,old,x"]
    assert [row.split(",")[1] for row in rows if row.startswith("headroom") and ",firm," in row] == [
        "x / 2030",
        "town / 2030",
        "town / 2032",
    ]


@pytest.mark.nightly
def test_the_description_of_the_tables_follows(folder: Path) -> None:
    """The folder had no table of works; its datapackage.json now lists it."""
    write_merged(merging(folder), folder)
    package = json.loads((folder / DATAPACKAGE_FILE).read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert "works" in resources
    assert [field["name"] for field in resources["headroom"]["schema"]["fields"]][-1] == "source"


@pytest.mark.nightly
def test_tables_without_a_description_get_one(folder: Path) -> None:
    """A folder that was written by hand has none; what is saved has, of the tables as they are now."""
    (folder / DATAPACKAGE_FILE).unlink()
    write_merged(merging(folder), folder)
    package = json.loads((folder / DATAPACKAGE_FILE).read_text(encoding="utf-8"))
    assert {f"{resource['name']}.csv" for resource in package["resources"]} == {
        path.name for path in folder.glob("*.csv") if path.stem in INPUT_TABLES
    }


@pytest.mark.nightly
def test_a_second_import_changes_nothing(folder: Path) -> None:
    """The same files into what they made: the same folder, to the last byte."""
    write_merged(merging(folder), folder)
    once = contents(folder)
    write_merged(merging(folder), folder)
    assert contents(folder) == once


@pytest.mark.nightly
def test_another_folder_leaves_the_instance_alone(folder: Path) -> None:
    """With a folder to write to, all files are there, and the instance is as it was."""
    before = contents(folder)
    merged = merging(folder)
    out = write_merged(merged, folder, folder.parent / "new")
    assert contents(folder) == before
    assert set(before) <= set(contents(out))
    assert read(out).sha256 == merged.instance.sha256


@pytest.mark.nightly
def test_a_scenario_that_no_longer_fits_is_refused(folder: Path) -> None:
    """A scenario of an area that is not there: nothing is written, and the message names the scenario."""
    merged = merging(folder)
    stale = LATE_GRID.replace('"town"', '"village"')
    (folder / "scenarios.toml").write_text(stale, encoding="utf-8")
    before = contents(folder)
    with pytest.raises(DataError, match="late"):
        write_merged(merged, folder)
    assert contents(folder) == before
    assert {path.name for path in folder.parent.iterdir()} == {"town", "map.json"}


def test_a_derivation_of_another_form_is_refused(folder: Path) -> None:
    """Rows could not be added to it; the folder stays."""
    (folder / "derivation.csv").write_text("table,key\nheadroom,x\n", encoding="utf-8")
    before = contents(folder)
    with pytest.raises(DataError, match=r"derivation\.csv:1: lacks column, value, rule, parameters"):
        write_merged(merging(folder), folder)
    assert contents(folder) == before


@pytest.mark.nightly
def test_a_place_that_is_taken_or_inside_is_refused(folder: Path) -> None:
    """A folder with something in it, one inside the instance, and the name of a workbook."""
    merged = merging(folder)
    for place, reason in (
        (folder.parent, "is there already"),
        (folder / "new", "lies inside"),
        (folder.parent / "new.xlsx", "is the name of a workbook"),
    ):
        with pytest.raises(UsageError, match=reason):
            write_merged(merged, folder, place)
    assert {path.name for path in folder.parent.iterdir()} == {"town", "map.json"}
