"""A merged instance in a workbook: cells of three sheets and the derivation are new, all else is as it was."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from capacity_map import area, until, work, written
from routeplan.data.read import read
from routeplan.data.write import write
from routeplan.errors import DataError, UsageError
from routeplan.importers.capacity.merge import Merged, merge_capacity
from routeplan.importers.into.folder import write_merged
from small import small

HEADROOM = "area,period,firm,flexible\ntown,2030,1,1\ntown,2032,2,2"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The small instance, to which a user has added a source, a red cell, a remark and a sheet of notes."""
    path = write(small(headroom=HEADROOM), tmp_path / "town.xlsx")
    opened = openpyxl.load_workbook(path)
    sheet = opened["headroom"]
    for place, text in (("E1", "source"), ("E2", "a"), ("E3", "b"), ("F1", "source_confidence"), ("F3", "H")):
        sheet[place] = text
    sheet["C3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF0000")
    sheet["C3"].comment = openpyxl.comments.Comment("ask the grid operator", "me")
    opened.create_sheet("note_mine")["B2"] = "mine"
    opened["note_mine"]["B3"] = "=1+1"
    del opened["works"]
    opened.save(path)
    return path


def merging(book: Path, year: int = 2031, name: str = "town") -> Merged:
    """A map that gives the town 5 MW from the period 2032 on, and a work."""
    file = written(book.parent / "map.json", area(name, 5, works=[work("W", until(year=2031))]))
    return merge_capacity([(year, file)], read(book))


def sheet_of(book: Path, sheet: str) -> Any:
    return openpyxl.load_workbook(book)[sheet]


def rows(book: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(sheet_of(book, sheet).iter_rows(values_only=True))


@pytest.mark.nightly
def test_the_map_is_in_the_cells_that_it_tells(book: Path) -> None:
    """Of the two periods of the town the later has the 5 MW of the map, and its source says so."""
    merged = merging(book)
    assert write_merged(merged, book) == book
    assert rows(book, "headroom") == [
        ("area", "period", "firm", "flexible", "source", "source_confidence"),
        ("town", 2030, 1, 1, "a", None),
        ("town", 2032, 5, 0, "capacity map: see sheet note_derivation", None),
    ]
    assert read(book).sha256 == merged.instance.sha256
    assert {path.name for path in book.parent.iterdir()} == {"town.xlsx", "map.json"}


@pytest.mark.nightly
def test_formats_and_remarks_stay(book: Path) -> None:
    """A changed cell is as red as before and has its remark; each part of the file but the sheets named is the same."""
    before = zipfile.ZipFile(book)
    parts = {name: before.read(name) for name in before.namelist()}
    write_merged(merging(book), book)
    cell = sheet_of(book, "headroom")["C3"]
    assert (cell.value, cell.fill.fgColor.rgb, cell.comment.text) == (5, "FFFF0000", "ask the grid operator")
    assert rows(book, "note_mine") == [(None, None), (None, "mine"), (None, "=1+1")]
    after = zipfile.ZipFile(book)
    changed = {name for name in after.namelist() if after.read(name) != parts.get(name)}
    titles = [sheet.title for sheet in openpyxl.load_workbook(book).worksheets]
    sheets = {f"xl/worksheets/sheet{titles.index(name) + 1}.xml" for name in ("headroom", "works", "note_derivation")}
    places = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    assert changed - sheets - places <= {f"xl/worksheets/sheet{titles.index('areas') + 1}.xml"}
    assert set(parts) <= set(after.namelist())


@pytest.mark.nightly
def test_a_sheet_that_lacked_is_added(book: Path) -> None:
    """The work W is done in 2031, and the user had no sheet of works; the derivation is a sheet of notes."""
    write_merged(merging(book), book)
    assert rows(book, "works")[0] == tuple(small()["works"].columns)
    assert rows(book, "works")[1][:2] == ("town:W", "town")
    derived = rows(book, "note_derivation")
    assert derived[0] == ("table", "key", "column", "value", "rule", "parameters")
    assert ("headroom", "town / 2032", "firm", "5.0", "demand_available_capacity") in {row[:5] for row in derived}


@pytest.mark.nightly
def test_a_new_area_stands_below_the_others(book: Path) -> None:
    """An area that the map adds has a row in each period with a forecast, behind those that were there."""
    merged = merging(book, year=2030, name="OS New")
    write_merged(merged, book)
    assert [row[:4] for row in rows(book, "headroom")[3:]] == [("OS-New", 2030, 5, 0), ("OS-New", 2032, 5, 0)]
    assert read(book).sha256 == merged.instance.sha256


@pytest.mark.nightly
def test_a_second_import_changes_nothing(book: Path) -> None:
    """The same files into what they made: the same workbook, to the last byte."""
    write_merged(merging(book), book)
    once = book.read_bytes()
    write_merged(merging(book), book)
    assert book.read_bytes() == once


@pytest.mark.nightly
def test_another_place_leaves_the_workbook_alone(book: Path) -> None:
    """A new workbook, or a new folder, with the same instance in it."""
    before = book.read_bytes()
    merged = merging(book)
    other = write_merged(merged, book, book.parent / "new.xlsx")
    folder = write_merged(merged, book, book.parent / "new")
    assert book.read_bytes() == before
    assert read(other).sha256 == read(folder).sha256 == merged.instance.sha256
    assert (folder / "headroom.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "town,2030,1,1,a,",
        "town,2032,5,0,capacity map: see derivation.csv,",
    ]


@pytest.mark.nightly
def test_a_place_that_is_taken_is_refused(book: Path) -> None:
    """A workbook that is there, and a derivation of another form: nothing is written."""
    merged = merging(book)
    (book.parent / "there.xlsx").write_bytes(b"mine")
    with pytest.raises(UsageError, match=r"there\.xlsx is there already; allowed: a new name"):
        write_merged(merged, book, book.parent / "there.xlsx")
    opened = openpyxl.load_workbook(book)
    opened.create_sheet("note_derivation")["A1"] = "table"
    opened.save(book)
    before = book.read_bytes()
    with pytest.raises(DataError, match=r"note_derivation:1: lacks key, column, value, rule, parameters"):
        write_merged(merged, book)
    assert book.read_bytes() == before


@pytest.mark.nightly
def test_a_workbook_that_was_changed_meanwhile_is_refused(book: Path) -> None:
    """Cells of other rows than those of the merge would be changed; it stays as it is."""
    merged = merging(book)
    opened = openpyxl.load_workbook(book)
    opened["headroom"]["C2"] = 7
    opened.save(book)
    before = book.read_bytes()
    with pytest.raises(UsageError, match="was changed while something was imported into it"):
        write_merged(merged, book)
    assert book.read_bytes() == before
