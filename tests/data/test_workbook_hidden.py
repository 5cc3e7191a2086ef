"""What is hidden in a workbook counts, and is told: people filter rows to leave them out."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from routeplan.data.read import check, hidden
from routeplan.data.write import write
from small import small

Edit = Callable[[Any], None]


@pytest.fixture
def told(tmp_path: Path) -> Callable[[Edit], list[str]]:
    """What is told of the small workbook after somebody has hidden something in it."""

    def make(edit: Edit) -> list[str]:
        path = write(small(), tmp_path / "book.xlsx", overwrite=True)
        opened = openpyxl.load_workbook(path)
        edit(opened)
        opened.save(path)
        before = {str(problem) for problem in check(write(small(), tmp_path / "folder", overwrite=True)).warnings}
        found = check(path)
        assert found.instance is not None
        assert found.instance.sha256 == small().sha256
        return [str(each) for each in found.warnings if str(each).removeprefix("book.xlsx: ") not in before]

    return make


Told = Callable[[Edit], list[str]]


def hide_rows(opened: Any, sheet: str, *lines: int) -> None:
    for line in lines:
        opened[sheet].row_dimensions[line].hidden = True


@pytest.mark.nightly
def test_rows_that_a_filter_hides_are_told(told: Told) -> None:
    """Two of the four options are filtered out: one line says how many, where, and that they count."""

    def edit(opened: Any) -> None:
        opened["options"].auto_filter.ref = "A1:S5"
        opened["options"].auto_filter.add_filter_column(0, ["oven"])
        hide_rows(opened, "options", 4, 5)

    assert told(edit) == ["book.xlsx: options!4:5: 2 rows are hidden by a filter; they count all the same"]


@pytest.mark.nightly
def test_rows_columns_and_sheets_are_told_in_a_line_a_sheet(told: Told) -> None:
    """Hidden by hand, with no filter; the sheets in their order."""

    def edit(opened: Any) -> None:
        hide_rows(opened, "sites", 3)
        opened["sites"].column_dimensions["C"].hidden = True
        opened["options"].column_dimensions.group("D", "F", hidden=True)
        opened["routes"].sheet_state = "veryHidden"

    assert told(edit) == [
        "book.xlsx: options!D:F: columns D to F are hidden; they count all the same",
        "book.xlsx: routes: the sheet is hidden; it counts all the same",
        "book.xlsx: sites!3:3: 1 row is hidden, and column C is hidden; they count all the same",
    ]


@pytest.mark.nightly
def test_a_filter_of_a_table_is_told_as_one(told: Told) -> None:
    """Where rows lie in a table of Excel, its filter is a part of its own."""

    def edit(opened: Any) -> None:
        table = Table(displayName="periods_table", ref="A1:B3")
        table._initialise_columns()
        for column, name in zip(table.tableColumns, ("period", "years"), strict=True):
            column.name = name
        table.autoFilter.filterColumn.append(openpyxl.worksheet.filters.FilterColumn(colId=0))
        opened["periods"].add_table(table)
        hide_rows(opened, "periods", 3)

    assert told(edit) == ["book.xlsx: periods!3:3: 1 row is hidden by a filter; it counts all the same"]


@pytest.mark.nightly
def test_nothing_is_told_of_what_holds_nothing_of_the_instance(told: Told) -> None:
    """Empty rows and columns, an empty table, notes and the lists to choose from."""

    def edit(opened: Any) -> None:
        hide_rows(opened, "options", 1, 60)
        opened["options"].column_dimensions.group("X", "XFD", hidden=True)
        opened["pots"].sheet_state = "hidden"
        opened.create_sheet("note_mine")["A1"] = "mine"
        hide_rows(opened, "note_mine", 1)

    assert told(edit) == []


@pytest.mark.nightly
def test_other_programs_write_it_otherwise(tmp_path: Path) -> None:
    """Prefixes, rows and cells without places, single quotation marks, and `true` for 1."""
    path = write(small(), tmp_path / "book.xlsx")
    with zipfile.ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    rows = "<x:row><x:c t='str'><x:v>period</x:v></x:c><x:c t='str'><x:v>years</x:v></x:c></x:row>" + "".join(
        f"<x:row hidden='{flag}'><x:c><x:v>{period}</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>"
        for period, flag in ((2030, "false"), (2032, "true"))
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    number = openpyxl.load_workbook(path).sheetnames.index("periods") + 1
    contents[f"xl/worksheets/sheet{number}.xml"] = (
        f"<x:worksheet xmlns:x='{main}'><x:cols><x:col min='2' max='2' hidden='true'/></x:cols>"
        f"<x:sheetData>{rows}</x:sheetData></x:worksheet>"
    ).encode()
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in contents.items():
            parts.writestr(name, content)
    text = "book.xlsx: periods!3:3: 1 row is hidden, and column B is hidden; they count all the same"
    assert [str(problem) for problem in hidden(path)] == [text]


def test_a_folder_hides_nothing(tmp_path: Path) -> None:
    """Its files have no rows but those that stand in them."""
    assert hidden(write(small(), tmp_path / "folder")) == []
