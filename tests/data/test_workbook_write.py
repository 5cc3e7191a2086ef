"""Writing an instance to a workbook, and finding the same one again, to the last bit."""

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from routeplan.data.read import read, read_with_free_columns
from routeplan.data.workbook.text import decoded, encoded
from routeplan.data.workbook.values import cell_of, value_of
from routeplan.data.write import write
from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Change, Scenario
from routeplan.schema.inputs import BASES, INPUT_TABLES
from routeplan.schema.subjects import TABLES_OF, Subject
from small import SMALL, small, table, with_rows, with_settings

ROOT = Path(__file__).parents[2]
SHIPPED = [ROOT / "instances" / name for name in ("tiny", "achterhoek")]

ODD_TEXTS = [
    "=1+1",
    "=",
    "#N/A",
    "a\rb\r\nc\n",
    "_x000D_",
    "007",
    "1e5",
    "TRUE",
    "  ",
    " x ",
    "json: 1",
    "\x01",
    "é€😀",
    "'q",
]
ODD_NUMBERS = [0.1 + 0.2, 1e9, 1e-7, 2 / 3, 5e-324, 999999999.9999999, 123456789.12345679]

CHANGES = (
    Change("links", "first_year", "set", 2032, {"carrier": "hydrogen", "status": "candidate", "one_way": 0}),
    Change("links", "first_year", "set", "", {"to": "tiles"}),
    Change("areas", "name", "set", "12", {"area": "town", "parent": ""}),
    Change("options", "current", "set", True, {"process": "oven", "route": "gas", "capex": "0.8", "gas": 10.5}),
    Change("prices", "price", "multiply", 0.1 + 0.2, {}),
    Change("headroom", "firm", "delay", 3, {}),
    Change("nowhere", "x", "add", [1, "two", {"three": 3.5}], {"y": "json: 4"}),
)


def same(one: Instance, other: Instance) -> bool:
    """Whether two instances hold the same settings, scenarios and tables, row by row and type by type."""
    tables = all(one[name].equals(other[name]) and (one[name].dtypes == other[name].dtypes).all() for name in one)
    return tables and (one.settings, one.scenarios) == (other.settings, other.scenarios)


def equal_free(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> bool:
    """Whether two sets of columns of the user's own are the same."""
    return one.keys() == other.keys() and all(one[name].equals(other[name]) for name in one)


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
@pytest.mark.some(1)
def test_csv_and_excel_agree(folder: Path, tmp_path: Path) -> None:
    """From CSV to Excel and back: the same instance, fingerprint, scenarios, and columns of notes and sources."""
    instance, free = read_with_free_columns(folder)
    assert free
    book = write(instance, tmp_path / "book.xlsx", free=free)
    in_excel, free_in_excel = read_with_free_columns(book)
    back = write(in_excel, tmp_path / "back", free=free_in_excel)
    again, free_again = read_with_free_columns(back)
    assert same(instance, in_excel)
    assert same(instance, again)
    assert instance.sha256 == in_excel.sha256 == again.sha256
    assert equal_free(free, free_in_excel)
    assert equal_free(free, free_again)


@pytest.mark.nightly
def test_agreed_instances_survive_a_workbook(shared_data: Path, tmp_path: Path) -> None:
    """Instances of every kind: read, written to a workbook, read again."""
    folders = sorted((shared_data / "agreed" / "instances").iterdir())[::10]
    lost = [
        folder.name
        for folder in folders
        if not same(instance := read(folder), again := read(write(instance, tmp_path / f"{folder.name}.xlsx")))
        or instance.sha256 != again.sha256
    ]
    assert (lost, len(folders)) == ([], 6)


def test_nothing_odd_is_lost(tmp_path: Path) -> None:
    """Text that Excel takes for formulas, errors or numbers, and numbers of 17 digits, come back as they were."""
    names = table("areas", SMALL["areas"]).assign(name=["=A1", "007"])
    more = pd.DataFrame({"area": [f"a{i}" for i in range(len(ODD_TEXTS))], "name": ODD_TEXTS, "parent": "town"})
    supply = pd.DataFrame(
        {
            "commodity": "heat",
            "zone": "all",
            "step": [f"s{i}" for i in range(len(ODD_NUMBERS))],
            "period": 2030,
            "quantity": ODD_NUMBERS,
            "price": 1.0,
        }
    )
    instance = small(areas=pd.concat([names, table("areas", more)], ignore_index=True), supply=supply)
    again = read(write(instance, tmp_path / "odd.xlsx"))
    assert again["areas"]["name"].tolist() == ["=A1", "007", *ODD_TEXTS]
    assert again["supply"]["quantity"].tolist() == ODD_NUMBERS
    assert again.sha256 == instance.sha256


@pytest.mark.nightly
def test_scenarios_come_back_as_they_were(tmp_path: Path) -> None:
    """Values and conditions of every type, also those that make no sense: the same types, the same fingerprint."""
    scenarios = (Scenario("all sorts", CHANGES, 0.25), Scenario("none", ()), Scenario("sure", CHANGES[:1], 1.0))
    instance = dataclasses.replace(small(), scenarios=scenarios)
    again = read(write(instance, tmp_path / "small.xlsx"))
    assert again.scenarios == scenarios
    assert again.sha256 == instance.sha256
    kinds = [[type(value) is bool for value in (change.value, *change.where.values())] for change in CHANGES]
    found = again.scenarios[0].changes
    assert [[type(value) is bool for value in (change.value, *change.where.values())] for change in found] == kinds


def test_settings_come_back_as_they_were(tmp_path: Path) -> None:
    """Free text of every type below its group, names with points, and text that looks like a number or a list."""
    settings = with_settings(
        title="2030",
        description="one\ntwo",
        firm_rate=0.1,
        sources={"grid": ["a", 1.5, {"b": True}], "x.y": "json: 1", "": "", "deep": {"one": {"two": 2}}, "n": 3},
        calibration={"done": False},
    )
    instance = small(settings)
    again = read(write(instance, tmp_path / "small.xlsx"))
    assert again.settings == settings
    assert again.sha256 == instance.sha256


@pytest.mark.nightly
def test_a_date_becomes_text(tmp_path: Path) -> None:
    """A date among the sources is text in a workbook; the fingerprint, which takes dates as text, stays."""
    instance = small(with_settings(sources={"on": datetime.date(2026, 1, 2)}))
    again = read(write(instance, tmp_path / "small.xlsx"))
    assert again.settings.sources == {"on": "2026-01-02"}
    assert again.sha256 == instance.sha256


@pytest.mark.nightly
@given(st.text())
def test_no_character_is_lost(text: str) -> None:
    """What is written in place of characters that a cell cannot hold is read back."""
    assert decoded(encoded(text)) == text


COLUMNS = [None, INPUT_TABLES["areas"].column("name"), INPUT_TABLES["options"].column("capex")]
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(JSON_VALUES, st.sampled_from(COLUMNS))
def test_any_value_comes_back(value: Any, column: Any) -> None:
    """Whatever a scenario gives, the cell gives back, whatever the column: text stays text, numbers numbers."""
    found = value_of(cell_of(value, column), column)
    assert found == value
    assert isinstance(found, str) == isinstance(value, str)


def test_the_sheets_explain_themselves(tmp_path: Path) -> None:
    """Headers are frozen and told in comments with unit and sentence; words are chosen from a list."""
    book = openpyxl.load_workbook(write(small(), tmp_path / "small.xlsx"))
    assert book.sheetnames == ["instance", "note_legend", "scenarios", *INPUT_TABLES, "note_lists"]
    sheet = book["options"]
    assert [cell.value for cell in sheet[1]] == INPUT_TABLES["options"].names
    assert sheet.freeze_panes == "A2"
    assert sheet["D1"].comment.text == (
        "Investment at the start.\nUnit: M EUR\nAllowed: 0 M EUR or more\nRequired in each row"
    )
    assert sheet["E1"].comment.text.endswith("Empty: 0")
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in book["links"].data_validations.dataValidation}
    letter = offered["E2"].split("$")[1]
    assert offered["E2"] == f"note_lists!${letter}$2:${letter}$4"
    assert [cell.value for cell in book["note_lists"][letter]][1:4] == ["pipe", "barge", "truck"]
    # A reference to one table offers its ids; one to either of two tables offers none.
    assert "C2" not in offered
    areas = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in book["sites"].data_validations.dataValidation}
    assert areas["E2"] == "areas!$A$2:$A$1048576"
    book.close()


def test_what_each_row_must_have_is_marked_and_not_by_colour_alone(tmp_path: Path) -> None:
    """Bold and underlined, where others are in italics; the legend has a sample of each, and each subject's colour."""
    book = openpyxl.load_workbook(write(small(), tmp_path / "small.xlsx"))
    for name, declared in INPUT_TABLES.items():
        for cell in book[name][1]:
            needed = declared.column(cell.value).required
            assert (cell.font.b, cell.font.u == "single", cell.font.i) == (needed, needed, not needed)
            assert ("Required in each row" in cell.comment.text) == needed
    legend = book["note_legend"]
    assert [(cell.font.b, cell.font.u, cell.font.i) for cell in (legend["A2"], legend["A3"])] == [
        (True, "single", False),
        (False, None, True),
    ]
    fills = {cell.value.partition(":")[0]: beside.fill.fgColor.rgb for beside, cell, *_ in legend if cell.value}
    for subject, tables in TABLES_OF.items():
        colours = {book[name].sheet_properties.tabColor.rgb for name in tables}
        assert colours == {fills[subject.value]}
    assert len({fills[subject.value] for subject in Subject}) == len(Subject)
    book.close()


@pytest.mark.nightly
def test_rows_can_be_filtered(tmp_path: Path) -> None:
    """On every sheet to fill in; where there are no rows yet, from the first one on."""
    book = openpyxl.load_workbook(write(small(), tmp_path / "small.xlsx"))
    for name, declared in INPUT_TABLES.items():
        corner = f"{get_column_letter(len(declared.columns))}{max(len(small()[name]), 1) + 1}"
        assert book[name].auto_filter.ref == f"A1:{corner}"
    book.close()


@pytest.mark.nightly
def test_excel_takes_every_rule_of_a_cell(tmp_path: Path) -> None:
    """It would mend the file at opening if a list had over 255 characters, or a title over 32."""
    book = openpyxl.load_workbook(write(small(), tmp_path / "small.xlsx"))
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert rules
    assert max(len(rule.formula1) for rule in rules) <= 255
    assert max(len(rule.errorTitle) for rule in rules) <= 32
    # A yes may be typed where 0 and 1 are offered.
    styles = {str(rule.sqref)[0]: rule.errorStyle for rule in book["routes"].data_validations.dataValidation}
    assert styles == {"B": "stop", "D": "warning"}
    book.close()


@pytest.mark.nightly
def test_what_lies_beside_tables_is_on_sheets_of_notes(tmp_path: Path) -> None:
    """A text a line a row, without the marks of Markdown, files called by their sheets; a table cell by cell."""
    texts = {
        "README.md": "# A title\n\nSee `areas.csv` and `derivation.csv`; **bold**.\n=1+1\n",
        "derivation.csv": 'table,key,value\nsites,"a, b",0.5\nsites,=c,007\n',
        "note_dropped.csv": "line\n",
        "note_what is [odd] and has a long name.csv": "a,b\nc\n",
        "empty.csv": "",
    }
    path = write(small(), tmp_path / "small.xlsx", beside=texts)
    assert same(read(path), small())
    book = openpyxl.load_workbook(path)
    titles = ["note_readme", "note_derivation", "note_dropped", "note_what is _odd_ and has a lo", "note_empty"]
    assert book.sheetnames[-6:] == [*titles, "note_lists"]
    assert [cell.value for cell in book[titles[3]]["A"]] == ["a,b", "c"]
    assert [cell.value for cell in book["note_readme"]["A"]] == [
        "A title",
        None,
        "See areas and note_derivation; bold.",
        "=1+1",
    ]
    assert book["note_readme"]["A4"].data_type == "s"
    assert [list(row) for row in book["note_derivation"].iter_rows(values_only=True)] == [
        ["table", "key", "value"],
        ["sites", "a, b", 0.5],
        ["sites", "=c", "007"],
    ]
    book.close()


@pytest.mark.nightly
def test_an_instance_under_a_scenario_is_written_as_it_then_is(tmp_path: Path) -> None:
    """The changed tables are written, and no scenarios, which are changes to other tables."""
    late = Scenario("late", CHANGES[:1])
    under = dataclasses.replace(small(), scenarios=(late,)).under("late")
    again = read(write(under, tmp_path / "late.xlsx"))
    assert again["links"]["first_year"].tolist() == [2032.0]
    assert again.scenarios == ()


@pytest.mark.nightly
def test_notes_that_are_numbers_are_numbers(tmp_path: Path) -> None:
    """A note that reads as a number, written as we write numbers, is one in Excel; any other is text."""
    notes = {"pots": pd.DataFrame({"note": ["12", "012", "1.50", ""]}, dtype="str")}
    pots = "pot,name,carry_over\na,,0\nb,,0\nc,,0\nd,,0"
    path = write(small(pots=pots), tmp_path / "small.xlsx", free=notes)
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["pots"]["E"]] == ["note", 12, "012", "1.50", None]
    book.close()
    assert equal_free(read_with_free_columns(path)[1], notes)


def test_notes_follow_their_periods(tmp_path: Path) -> None:
    """Periods are kept in the order of time, and their notes with them."""
    folder = write(small(), tmp_path / "small")
    (folder / "periods.csv").write_text("period,note,years\n2032,second,2\n2030,first,2\n", encoding="utf-8")
    instance, free = read_with_free_columns(folder)
    assert instance["periods"]["period"].tolist() == [2030, 2032]
    assert free["periods"]["note"].tolist() == ["first", "second"]


@pytest.mark.nightly
def test_a_workbook_in_use_stays(tmp_path: Path) -> None:
    """Without leave nothing is replaced; with leave a workbook of an instance, and no other file."""
    path = write(small(), tmp_path / "small.xlsx")
    with pytest.raises(UsageError, match=r"small\.xlsx is there already; allowed: a new name"):
        write(small(), path)
    other = small(with_settings(title="other"))
    assert read(write(other, path, overwrite=True)).settings.title == "other"
    holiday = tmp_path / "holiday.xlsx"
    openpyxl.Workbook().save(holiday)
    thesis = tmp_path / "thesis.xlsx"
    thesis.write_text("mine", encoding="utf-8")
    for file in (holiday, thesis):
        before = file.read_bytes()
        with pytest.raises(UsageError, match="holds no instance, so it stays"):
            write(small(), file, overwrite=True)
        assert file.read_bytes() == before


def test_what_excel_cannot_hold_is_refused(tmp_path: Path) -> None:
    """A text of more characters than a cell holds: refused, and nothing is left behind."""
    areas = with_rows("areas", "area,name,parent\nx,y,").assign(name="z" * 32_768)
    with pytest.raises(UsageError, match="areas holds a text of 32,768 characters; allowed in Excel: 32,767"):
        write(small(areas=areas), tmp_path / "small.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """Below a file there is no place for a workbook."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written: "):
        write(small(), tmp_path / "file" / "small.xlsx")


@pytest.mark.nightly
def test_sites_of_the_register_say_so(tmp_path: Path) -> None:
    """On the first sheet before all else, and beside each such site; what is said is not read, and not said twice."""
    sites = table("sites", SMALL["sites"]).assign(basis=["", "register"])
    marked = small(sites=sites)
    path = write(marked, tmp_path / "once.xlsx")
    again, free = read_with_free_columns(path)
    assert same(marked, again)
    for each in (path, write(again, tmp_path / "twice.xlsx", free=free)):
        book = openpyxl.load_workbook(each)
        assert [cell.value for cell in book["instance"][2]] == [
            "sites",
            None,
            f"For 1 of the 2 sites: {BASES['register']}.",
        ]
        header, *rows = book["sites"].iter_rows(values_only=True)
        assert header[-2:] == ("basis", "note_basis")
        assert [row[-2:] for row in rows] == [(None, None), ("register", BASES["register"])]
        book.close()


@pytest.mark.nightly
def test_of_given_sites_nothing_is_said(tmp_path: Path) -> None:
    """Also where an earlier workbook said something of them: the note goes with the basis."""
    note = {"sites": pd.DataFrame({"note_basis": ["", BASES["register"]], "note": ["a", "b"]})}
    book = openpyxl.load_workbook(write(small(), tmp_path / "plain.xlsx", free=note))
    assert [cell.value for cell in book["sites"][1]][-2:] == ["basis", "note"]
    assert book["instance"]["A2"].value == "format"
    book.close()
