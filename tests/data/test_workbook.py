"""Workbooks as they come back from those who fill them in: what is read, and what is refused, with sheet and cell."""

import datetime
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from routeplan.data.read import check, read
from routeplan.data.typed import YES_OR_NO
from routeplan.data.write import write
from routeplan.errors import DataError
from routeplan.schema.inputs import FAMILIES
from small import SMALL, prices, small

Edit = Callable[[Any], None]
Edited = Callable[[Edit], Path]
WORDS = "(written like -12, 0.5 or 1e3)"
POINT = "(written like -12, 0.5 or 1e3; write a decimal point: 0.8)"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small instance as a workbook."""
    return write(small(), tmp_path_factory.mktemp("books") / "book.xlsx")


@pytest.fixture
def edited(book: Path, tmp_path: Path) -> Edited:
    """The workbook after somebody has opened, changed and saved it."""

    def make(edit: Edit) -> Path:
        path = tmp_path / "book.xlsx"
        opened = openpyxl.load_workbook(book)
        edit(opened)
        opened.save(path)
        opened.close()
        return path

    return make


def told(path: Path) -> list[str]:
    """The problems of a workbook."""
    return [str(problem) for problem in check(path).problems]


def cells(sheet: str, **values: object) -> Edit:
    """Set cells of a sheet."""

    def edit(opened: Any) -> None:
        for place, value in values.items():
            opened[sheet][place] = value

    return edit


def test_a_workbook_is_read_as_its_folder_would_be(book: Path, tmp_path: Path) -> None:
    """The same instance, with as many rows, and no problem or warning that the folder has not."""
    found, folder = check(book), check(write(small(), tmp_path / "small"))
    assert found.instance is not None
    assert found.instance.sha256 == small().sha256
    assert (found.rows, len(found.warnings)) == (folder.rows, len(folder.warnings))
    assert found.problems == ()


REFUSED: dict[str, tuple[str, dict[str, object], str]] = {
    "range": ("options", {"D3": -3}, "options!D3: column 'capex' is -3.0; allowed: 0 M EUR or more"),
    "text": ("options", {"D3": "much"}, f"options!D3: column 'capex' is much; allowed: 0 M EUR or more {WORDS}"),
    "comma": ("options", {"D3": "0,8"}, f"options!D3: column 'capex' is 0,8; allowed: 0 M EUR or more {POINT}"),
    "flag": ("options", {"C3": 7}, "options!C3: column 'current' is 7; allowed: 0 or 1"),
    "bool": ("options", {"D3": True}, f"options!D3: column 'capex' is TRUE; allowed: 0 M EUR or more {WORDS}"),
    "half a year": (
        "options",
        {"Q3": 2030.5},
        "options!Q3: column 'first_year' is 2030.5; allowed: 0 or more, whole, or empty",
    ),
    "date for a year": (
        "options",
        {"Q3": datetime.datetime(2030, 1, 1)},
        f"options!Q3: column 'first_year' is the date 2030-01-01; allowed: 0 or more, whole, or empty {WORDS}",
    ),
    "date for an id": (
        "nodes",
        {"A2": datetime.datetime(2030, 2, 1)},
        "nodes!A2: column 'node' is the date 2030-02-01; allowed: an id without spaces, not 'all'",
    ),
    "time": (
        "options",
        {"D3": datetime.time(12, 30)},
        f"options!D3: column 'capex' is the time 12:30:00; allowed: 0 M EUR or more {WORDS}",
    ),
    "error": (
        "options",
        {"D3": "#REF!"},
        f"options!D3: column 'capex' is the error #REF!; allowed: 0 M EUR or more {WORDS}",
    ),
    "formula": (
        "options",
        {"D3": "=1+1"},
        "options!D3: column 'capex' is a formula whose value is not stored (open and save the workbook in Excel); "
        f"allowed: 0 M EUR or more {WORDS}",
    ),
    "formula for text": (
        "sites",
        {"C2": '=A2&"x"'},
        "sites!C2: column 'sector' is a formula whose value is not stored (open and save the workbook in Excel); "
        "allowed: a word, which may hold spaces",
    ),
    "empty": ("options", {"D3": None}, "options!D3: column 'capex' is empty; allowed: 0 M EUR or more"),
    "reference": ("sites", {"E2": "no"}, "sites!E2: column 'area' is no; allowed: an id listed in sheet areas"),
    "two tables": (
        "links",
        {"C2": "no"},
        "links!C2: column 'from' is no; allowed: an id listed in sheet nodes or sheet sites",
    ),
    "key": (
        "periods",
        {"A3": 2030, "B2": 0.5},
        "periods!A3: column 'period' is 2030; allowed: on one row only (row 2 has the same)",
    ),
    "unknown column": (
        "works",
        {"F1": "remark", "F3": "x"},
        "works!F1: column 'remark' is unknown; allowed: work, area, earliest, estimate, latest, and names that begin "
        "with note or source",
    ),
    "lost column": ("pots", {"A1": None}, "pots!A1: column 'pot' is missing; it has no default"),
    "nameless column": ("pots", {"E2": 3}, "pots!E2: column 5 has no name; allowed: one of the table's columns"),
    "nameless column in the midst": (
        "pots",
        {"B1": None, "B2": "x"},
        "pots!B2: column 2 has no name; allowed: one of the table's columns",
    ),
    "header twice": ("pots", {"D1": "name"}, "pots!D1: column 'name' is there twice; allowed: each column once"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.some(2)
def test_what_is_wrong_is_told_with_sheet_and_cell(edited: Edited, case: str) -> None:
    """Each message is that of the CSV file, with the cell for the line, and sheets for files."""
    sheet, values, message = REFUSED[case]
    assert f"book.xlsx: {message}" in told(edited(cells(sheet, **values)))


def test_a_stray_cell_is_one_message(edited: Edited) -> None:
    """Far right of the table, it is named itself; the empty columns between are of no matter."""
    path = edited(cells("sites", Z3="stray", AB2="another", AB3="below"))
    assert told(path) == [
        "book.xlsx: sites!AB2: column 28 has no name; allowed: one of the table's columns",
        "book.xlsx: sites!Z3: column 26 has no name; allowed: one of the table's columns",
    ]


@pytest.mark.nightly
def test_columns_after_an_empty_one_keep_their_letters(edited: Edited) -> None:
    """An emptied column is no problem, and what is wrong right of it is told where it stands."""

    def edit(opened: Any) -> None:
        opened["options"].insert_cols(2)
        opened["options"]["E3"] = -3

    assert told(edited(edit)) == ["book.xlsx: options!E3: column 'capex' is -3.0; allowed: 0 M EUR or more"]


def test_a_cell_is_reported_once(edited: Edited) -> None:
    """A date for an id is told where it stands; so is the reference that is lost with it, and nothing else."""
    path = edited(cells("links", A2=datetime.datetime(2030, 2, 1)))
    assert told(path) == [
        "book.xlsx: links!A2: column 'link' is the date 2030-02-01; allowed: an id without spaces, not 'all'"
    ]


def test_problems_are_raised_with_their_cells(edited: Edited) -> None:
    """`read` tells the same as `check`."""
    with pytest.raises(DataError, match=r"book\.xlsx: options!D3: column 'capex' is -3\.0"):
        read(edited(cells("options", D3=-3)))


def test_scenarios_are_tried(edited: Edited) -> None:
    """A scenario that breaks a rule, or changes what is not there, is told with the row of its change."""

    def edit(opened: Any) -> None:
        opened["scenarios"].append(["late", 0.5, None, None, "links", "first_year", "delay", 1.5])
        opened["scenarios"].append(["odd", None, None, None, "options", "capex", "set", 1, "route", "none"])
        opened["scenarios"].append(["worse", None, None, None, "options", "capex", "set", -1, "route", "electric"])

    assert told(edited(edit)) == [
        "book.xlsx: scenarios!G2: scenario 'late', change 1: delay is 1.5; allowed: whole years, below 0 for earlier",
        "book.xlsx: scenarios!G3: scenario 'odd', change 1: fits no row of options (where route = none)",
        "book.xlsx: scenarios!G4: scenario 'worse' changes sheet options (process oven, route electric): "
        "column 'capex' is -1.0; allowed: 0 M EUR or more",
    ]


def test_scenarios_are_read_row_by_row(edited: Edited) -> None:
    """Rows of one name are one scenario; numbers, flags and text are as the column has them."""

    def edit(opened: Any) -> None:
        sheet = opened["scenarios"]
        sheet.append(
            ["late", 0.5, None, None, "links", "first_year", "set", "2032", "status", "candidate", "one_way", False]
        )
        sheet.append(["late", None, None, None, "prices", "price", "multiply", 2])
        sheet.append(["none"])

    late, none = read(edited(edit)).scenarios
    assert (late.name, late.probability, none.name, none.changes) == ("late", 0.5, "none", ())
    first, second = late.changes
    assert (first.value, dict(first.where)) == (2032, {"status": "candidate", "one_way": False})
    assert (second.table, second.column, second.action, second.value) == ("prices", "price", "multiply", 2)


@pytest.mark.nightly
def test_scenarios_of_the_wrong_form(edited: Edited) -> None:
    """An action that does not exist, a date, a condition without its column, two probabilities, a name twice."""

    def edit(opened: Any) -> None:
        sheet = opened["scenarios"]
        sheet.append(["a", 0.5, None, None, "links", "first_year", "delayed", 3])
        sheet.append(["a", 0.6, None, None, "links", "first_year", "set", datetime.datetime(2030, 1, 1)])
        sheet.append(["b", None, None, None, "links", "first_year", "set", 1, None, "candidate"])
        sheet.append(["a"])
        sheet.append(["c", None, None, None, None, None, None, 7])

    assert sorted(told(edited(edit)), key=lambda text: text.split("!")[1][1]) == [
        f"book.xlsx: scenarios!{text}"
        for text in (
            "G2: scenario 'a', change 1: has none of them; allowed: exactly one of set, multiply, add, delay",
            "G2: scenario 'a', change 1: key 'delayed' is unknown (did you mean 'delay'?); "
            "allowed: table, where, column, set, multiply, add, delay",
            "H3: column 'value' is the date 2030-01-01; allowed: text or a number",
            "B3: scenario 'a': has two probabilities; allowed: one, on its first row",
            "I4: column 'where_1' is empty; allowed: a column, or 'equals_1' empty too",
            "A5: scenario 'a' is there twice; allowed: each name once",
            "G6: scenario 'c', change 1: has none of them; allowed: exactly one of set, multiply, add, delay",
            "F6: scenario 'c', change 1: key 'column' is missing; allowed: the name of a column",
            "E6: scenario 'c', change 1: key 'table' is missing; allowed: the name of a table",
        )
    ]


def test_settings_of_the_wrong_form(edited: Edited) -> None:
    """A value out of range, a date, a key that is unknown, twice, or lost: each with its cell."""

    def edit(opened: Any) -> None:
        sheet = opened["instance"]
        rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
        assert rows["base_year"] == 9
        sheet["B9"] = datetime.datetime(2030, 1, 1)
        sheet.cell(rows["discount_rate"], 2).value = 3
        sheet.cell(rows["firm_rate"], 1).value = "frim_rate"
        sheet.append(["name", "other"])

    known = "format, name, title, title_nl, description, description_nl, currency_year, base_year, discount_rate, "
    found = told(edited(edit))
    assert found[0] == "book.xlsx: instance: key 'firm_rate' is missing; allowed: 0 or more and below 1"
    assert found[1] == "book.xlsx: instance!B9: key 'base_year' is the date 2030-01-01; allowed: 1900 to 2200, whole"
    assert any(text.endswith("key 'discount_rate' is 3; allowed: 0 or more and below 1") for text in found)
    assert any(f"key 'frim_rate' is unknown (did you mean 'firm_rate'?); allowed: {known}" in text for text in found)
    assert any(text.endswith("key 'name' is there twice; allowed: each key once") for text in found)
    assert len(found) == 5


def test_settings_take_what_a_sheet_offers(edited: Edited) -> None:
    """Text that is a number, TRUE as text, a title that is a number, free text below its group."""

    def edit(opened: Any) -> None:
        sheet = opened["instance"]
        rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
        sheet.cell(rows["base_year"], 2).value = "2030"
        sheet.cell(rows["participation"], 2).value = "FALSE"
        sheet.cell(rows["title"], 2).value = 2050
        sheet.append(["sources.grid", "the operator"])

    settings = read(edited(edit)).settings
    assert (settings.base_year, settings.participation, settings.title) == (2030, False, "2050")
    assert settings.sources == {"grid": "the operator"}


def test_sheets_that_lack_or_are_too_many(edited: Edited) -> None:
    """A sheet that must be there, one that is misspelt, one of nobody; notes are let be, merged and all."""

    def edit(opened: Any) -> None:
        del opened["areas"]
        opened["hubs"].title = "hub"
        opened.create_sheet("Sheet1")
        opened.create_sheet("notes of Ann").merge_cells("A1:C3")

    allowed = "allowed: sheets named as tables, instance, scenarios, and names that begin with note"
    assert told(edited(edit)) == [
        f"book.xlsx: Sheet1: is no sheet of the format; {allowed}",
        "book.xlsx: areas: the sheet is missing; allowed: a table, if need be without rows",
        f"book.xlsx: hub: is no sheet of the format (did you mean 'hubs'?); {allowed}",
    ]


def test_merged_cells_and_empty_sheets_are_refused(edited: Edited) -> None:
    """Nobody can tell which rows a merged cell is of; a sheet without a header is no table."""

    def edit(opened: Any) -> None:
        opened["links"].merge_cells("B2:B3")
        opened["pots"].delete_rows(1)

    assert told(edited(edit)) == [
        "book.xlsx: links: cells B2:B3 are merged; allowed: a cell for each value",
        "book.xlsx: pots: is empty; allowed: a table with a header, if need be without rows",
    ]


def test_a_workbook_without_settings(edited: Edited) -> None:
    """The sheet of settings must be there."""
    path = edited(lambda opened: opened.remove(opened["instance"]))
    assert told(path) == ["book.xlsx: instance: the sheet is missing; allowed: one in every instance"]


@pytest.mark.nightly
def test_rows_and_columns_may_be_set_apart(edited: Edited) -> None:
    """Empty rows above, between and below, and columns of notes, change nothing, but for the row in a message."""

    def edit(opened: Any) -> None:
        sheet = opened["options"]
        sheet.insert_rows(3)
        sheet.insert_rows(1)
        sheet["A40"] = "  "
        sheet.insert_cols(2)
        sheet["B2"] = "note"
        sheet["B3"] = datetime.datetime(2030, 1, 1)

    assert read(edited(edit)).sha256 == small().sha256

    def edit_wrongly(opened: Any) -> None:
        edit(opened)
        opened["options"]["E5"] = -1

    assert told(edited(edit_wrongly)) == ["book.xlsx: options!E5: column 'capex' is -1.0; allowed: 0 M EUR or more"]


def test_numbers_count_as_they_are(edited: Edited) -> None:
    """2030.0 is a year, TRUE a flag, a number in quotes a number, and a number an id."""

    def edit(opened: Any) -> None:
        opened["periods"]["A2"] = 2030.0
        opened["options"]["C2"] = True
        opened["options"]["D3"] = "0.8"
        opened["links"]["A2"] = 12

    instance = read(edited(edit))
    assert instance["periods"]["period"].tolist() == [2030, 2032]
    assert instance["options"]["current"].tolist() == [1, 0, 1, 0]
    assert instance["options"]["capex"].tolist()[1] == 0.8
    assert instance["links"]["link"].tolist() == ["12"]


def with_formulas(book: Path, target: Path, sheet: int, **stored: str) -> Path:
    """A copy of a workbook in which cells of a sheet, by its number, are formulas with the value that is stored."""
    name = f"xl/worksheets/sheet{sheet}.xml"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            content = old.read(part).decode() if part == name else old.read(part)
            if isinstance(content, str):
                for place, value in stored.items():
                    before, _, rest = content.partition(f'<c r="{place}"')
                    content = f'{before}<c r="{place}" {value}</c>{rest.partition("/c>")[2]}'
            new.writestr(part, content)
    return target


@pytest.mark.nightly
def test_formulas_count_by_their_stored_value(book: Path, tmp_path: Path) -> None:
    """The value that Excel has stored counts: a number, a text, a text that is empty."""
    opened = openpyxl.load_workbook(book, read_only=True)
    number = opened.sheetnames.index("sites") + 1
    opened.close()
    path = with_formulas(
        book,
        tmp_path / "formulas.xlsx",
        number,
        H2="><f>0.5+0.5</f><v>1</v>",
        C2='t="str"><f>"fo"&amp;"od"</f><v>food</v>',
        D2='t="str"><f>""</f><v></v>',
    )
    assert told(path) == ["formulas.xlsx: sites!D2: column 'region' is empty; allowed: a word, which may hold spaces"]
    again = with_formulas(book, path, number, H2="><f>0.5+0.5</f><v>1</v>", C2='t="str"><f>1</f><v>food</v>')
    assert read(again).sha256 == small().sha256


FILES = {
    "text.xlsx": b"hello",
    "empty.xlsx": b"",
    "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_workbooks(tmp_path: Path, name: str) -> None:
    """Other files, and workbooks under a password or of an old Excel, are refused in one line."""
    path = tmp_path / name
    path.write_bytes(FILES[name])
    (line,) = told(path)
    what = (
        "locked by a password, or of an old Excel" if name == "locked.xlsx" else "no Excel workbook, or a damaged one"
    )
    assert line.startswith(f"{path}: is {what}; allowed: an Excel workbook (.xlsx)")


def test_damaged_workbooks(book: Path, tmp_path: Path) -> None:
    """Half a file, an archive of other things, and a sheet that breaks off: one line each."""
    half, other, broken = (tmp_path / f"{name}.xlsx" for name in ("half", "other", "broken"))
    half.write_bytes(book.read_bytes()[:5000])
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("letter.txt", "Dear Sir")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(broken, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, content[: len(content) // 2] if part.endswith("sheet5.xml") else content)
    for path in (half, other, broken):
        (line,) = told(path)
        assert line.startswith(f"{path}: is no Excel workbook, or a damaged one")


def test_other_spreadsheets(tmp_path: Path) -> None:
    """An .xls is told from a folder and from a workbook."""
    path = tmp_path / "book.xls"
    path.touch()
    assert told(path) == [
        f"{path}: is a spreadsheet of another kind; allowed: a folder with instance.toml and CSV tables, "
        "or an .xlsx workbook"
    ]


def test_a_workbook_of_other_things_or_none(tmp_path: Path) -> None:
    """A workbook without a sheet of the format, and no workbook at all: one line."""
    path = tmp_path / "holiday.xlsx"
    openpyxl.Workbook().save(path)
    (line,) = told(path)
    assert line.startswith(f"{path}: holds no instance; allowed: ")
    assert told(tmp_path / "none.xlsx")[0].startswith(f"{tmp_path / 'none.xlsx'}: does not exist; allowed: ")


def test_a_folder_may_be_named_like_a_workbook(tmp_path: Path) -> None:
    """What is a folder is read as one."""
    folder = write(small(), tmp_path / "small")
    shutil.move(folder, tmp_path / "small.xlsx")
    assert read(tmp_path / "small.xlsx").sha256 == small().sha256


@pytest.mark.nightly
def test_rows_are_counted(book: Path) -> None:
    """Every table has a sheet; rows are those of the small instance, prices among them."""
    found = check(book)
    given = sum(len(text.strip().splitlines()) - 1 for text in SMALL.values())
    assert (found.tables, found.rows) == (25, given + len(prices()))


@pytest.mark.parametrize(("word", "value"), sorted(YES_OR_NO.items()))
@pytest.mark.nightly
def test_yes_and_no_are_understood_in_cells_of_0_and_1(edited: Edited, word: str, value: float) -> None:
    """In Dutch and English, whatever the case, and in settings; what is written again is 0 or 1."""
    given = read(edited(cells("routes", D3=f" {word.title()} ")))
    assert given["routes"]["temporary"].tolist()[1] == value

    def answer(opened: Any) -> None:
        (row,) = (row for row in opened["instance"] if row[0].value == "participation")
        row[1].value = word

    assert read(edited(answer)).settings.participation is bool(value)


def test_yes_and_no_are_understood_in_files(tmp_path: Path) -> None:
    """And written as the numbers that `datapackage.json` promises."""
    folder = write(small(), tmp_path / "small")
    file = folder / "pots.csv"
    file.write_text("pot,name,carry_over\na,,ja\nb,,nee\n", encoding="utf-8")
    (folder / "budgets.csv").write_text("pot,period,amount\n", encoding="utf-8")
    (folder / "support.csv").write_text("pot,family,sector,basis,share\n", encoding="utf-8")
    instance = read(folder)
    assert instance["pots"]["carry_over"].tolist() == [1, 0]
    again = write(instance, tmp_path / "again")
    assert (again / "pots.csv").read_text(encoding="utf-8") == "pot,name,carry_over\na,,1\nb,,0\n"


MEANT = {
    "elektrificatie": "electrification",
    "Waterstof": "hydrogen",
    "groen gas": "green_gas",
    "electrificatie": "electrification",
    "hydrogn": "hydrogen",
    "kernenergie": "",
}


@pytest.mark.parametrize(("word", "meant"), MEANT.items())
@pytest.mark.some(1)
def test_the_word_of_the_format_is_suggested_for_a_dutch_one(edited: Edited, word: str, meant: str) -> None:
    """The format stays English; a word that is near none has no suggestion."""
    text = f"book.xlsx: routes!B3: column 'family' is {word}; allowed: {', '.join(FAMILIES[:-1])} or {FAMILIES[-1]}"
    assert text + (f" (did you mean '{meant}'?)" if meant else "") in told(edited(cells("routes", B3=word)))
