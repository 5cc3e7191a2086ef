"""Cells of a workbook are changed, and what else is in it stays, as Excel and other programs write it."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from routeplan.data.workbook.file import read_sheets
from routeplan.data.workbook.patch import Changes, write_patched
from routeplan.errors import UsageError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS = """
<x:row r="1" spans="1:2" ht="30" customHeight="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c><x:v>1</x:v></x:c></x:row>
<x:row r="3"><x:c r="B3" s="1"><x:f t="shared" ref="B3:B5" si="0">B1+1</x:f><x:v>2</x:v></x:c></x:row>
<x:row><x:c r="B4"><x:f t="shared" si="0"/><x:v>3</x:v></x:c></x:row>
<x:row r="5"><x:c r="B5" s="1"><x:f t="shared" si="0"/><x:v>4</x:v></x:c>
<x:c r="C5"><x:f>B5*2</x:f><x:v>8</x:v></x:c></x:row>
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with prefixes, shared texts, shared formulas and an order of calculation."""
    path = tmp_path / "book.xlsx"
    opened = openpyxl.Workbook()
    opened.active.title = "table"
    opened.save(path)
    with zipfile.ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    contents["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1:B5"/><x:sheetData>{ROWS}</x:sheetData></x:worksheet>'
    ).encode()
    contents["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t>a &amp; b</t></si></sst>'.encode()
    contents["xl/styles.xml"] = contents["xl/styles.xml"].replace(
        b"</cellXfs>", b'<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    )
    contents["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"><c r="B3" i="1"/></calcChain>'.encode()
    relations = "xl/_rels/workbook.xml.rels"
    chain = f'<Relationship Id="rId9" Type="{RELATED}/calcChain" Target="calcChain.xml"/></Relationships>'
    texts = f'<Relationship Id="rId8" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
    contents[relations] = contents[relations].replace(b"</Relationships>", (texts + chain).encode())
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    contents["[Content_Types].xml"] = contents["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/xl/calcChain.xml" ContentType="{kinds}calcChain+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}sharedStrings+xml"/></Types>'.encode(),
    )
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in contents.items():
            parts.writestr(name, content)
    return path


def patched(book: Path, changes: Changes, sheet: str = "table") -> Path:
    target = book.with_name("patched.xlsx")
    write_patched(book, target, {sheet: changes})
    return target


def values(path: Path, sheet: str = "table") -> dict[int, list[object]]:
    _, sheets = read_sheets(path, {sheet})
    return dict(zip(sheets[sheet].lines, sheets[sheet].rows, strict=True))


def test_cells_change_and_others_do_not(book: Path) -> None:
    """A text is emptied, a number becomes text with signs of XML, and a row stands below the last."""
    changed = patched(book, {1: {1: None}, 5: {2: "<5 & 'more'>"}, 6: {1: True, 2: 0.1}})
    assert values(changed) == {
        1: [None, 1],
        3: [None, 2],
        4: [None, 3],
        5: [None, "<5 & 'more'>", 8],
        6: [True, 0.1],
    }
    opened = openpyxl.load_workbook(changed)["table"]
    assert opened["B4"].value == "=B2+1"
    assert opened.row_dimensions[1].height == 30.0
    assert opened["B6"].number_format == opened["B5"].number_format == "0%"


def test_shared_formulas_become_values_where_the_first_is_replaced(book: Path) -> None:
    """The formula of B3 to B5 stands in B3 alone: B4 and B5 keep 3 and 4, and C5 keeps a formula of its own."""
    opened = openpyxl.load_workbook(patched(book, {3: {2: 7}}))["table"]
    assert [opened[place].value for place in ("B3", "B4", "B5", "C5")] == [7, 3, 4, "=B5*2"]


def test_excel_works_out_formulas_anew(book: Path) -> None:
    """The order of calculation would name cells without formula, which Excel calls damage."""
    with zipfile.ZipFile(patched(book, {3: {2: 7}})) as parts:
        assert "xl/calcChain.xml" not in parts.namelist()
        assert b"calcChain" not in parts.read("[Content_Types].xml") + parts.read("xl/_rels/workbook.xml.rels")
        assert b'fullCalcOnLoad="1"' in parts.read("xl/workbook.xml")


def test_another_encoding_is_refused(book: Path) -> None:
    """A sheet in UTF-16, which Excel reads and never writes."""
    with zipfile.ZipFile(book) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(book, "w") as parts:
        for each, content in contents.items():
            parts.writestr(each, content.decode().encode("utf-16") if each == name else content)
    with pytest.raises(UsageError, match=r"sheet1\.xml is not UTF-8; allowed: a workbook as Excel saves it"):
        patched(book, {1: {1: 2}})


def test_a_sheet_is_added_behind_the_others(book: Path) -> None:
    """One that is not there is made; without cells it is not."""
    changed = patched(book, {1: {1: "a", 3: 1}, 3: {2: 2}}, sheet="new & old")
    assert values(changed, "new & old") == {1: ["a", None, 1], 3: [None, 2]}
    assert openpyxl.load_workbook(changed).sheetnames == ["table", "new & old"]
    assert openpyxl.load_workbook(patched(book, {}, sheet="none")).sheetnames == ["table"]
