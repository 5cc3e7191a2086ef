"""A plan as one workbook: every table of it, its summaries, and how it came about."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from by_hand import INSTANCE, instance, plan, without_plan

from routeplan.data.write import write
from routeplan.errors import NoPlan, UsageError
from routeplan.report.files.summaries import SUMMARIES
from routeplan.report.files.workbook import write_result_workbook
from routeplan.result.result import Record, Result
from routeplan.schema.inputs import BASES
from routeplan.schema.result_file import RESULT_KEYS
from routeplan.schema.results import RESULT_TABLES
from small import best, small
from small import table as table_of

SUMMARY_SHEETS = [
    "routes_by_period",
    "emissions_by_period",
    "cost_by_term",
    "targets_reached",
    "energy_by_commodity",
    "grid",
    "public_money",
    "limits_that_bind",
    "routes_by_process",
    "attributed_costs",
]


@pytest.fixture(scope="module")
def result() -> Result:
    """A solved plan with a target, a pot and limits, so that no summary is empty."""
    return best(
        small(
            targets="scope,period,cap,price\nall,2030,1,\nsector:food,2032,0,80",
            headroom="area,period,firm,flexible\ntown,2030,2,0\ntown,2032,2,0",
            pots="pot,name,carry_over\nfund,,0",
            budgets="pot,period,amount\nfund,2030,1",
        )
    )


@pytest.fixture(scope="module")
def book(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Its workbook."""
    path = write_result_workbook(result, tmp_path_factory.mktemp("books") / "plan.xlsx")
    book = openpyxl.load_workbook(path)
    yield book
    book.close()


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_the_overview_comes_first_then_summaries_then_tables(book: Any) -> None:
    """In the order in which a reader asks."""
    assert book.sheetnames == ["result", *SUMMARY_SHEETS, *RESULT_TABLES]


def test_sheets_hold_what_the_tables_do(book: Any, result: Result) -> None:
    """Every row of every table; text as text, and numbers as the same numbers."""
    for name, table in RESULT_TABLES.items():
        frame = result[name][table.names].astype(object)
        told = [tuple(frame.columns), *frame.where(frame.notna() & (frame != ""), None).itertuples(index=False)]
        assert rows(book[name]) == [tuple(row) for row in told]
    assert len(rows(book["runs"])) == 1 + 2 * 2


def test_summaries_declare_the_columns_that_they_have(book: Any, result: Result) -> None:
    """No column of a summary is left out, and each has as many rows as its function makes."""
    assert [table.name for table, _ in SUMMARIES] == SUMMARY_SHEETS
    for table, make in SUMMARIES:
        frame = make(result)
        assert set(table.names) == set(frame.columns)
        assert len(rows(book[table.name])) == 1 + len(frame) > 1
        assert all(column.about for column in table.columns)


def test_summaries_tell_what_the_plan_does(book: Any) -> None:
    """Oven and kiln leave gas in 2030: 6 kt/yr as today, of which none are left."""
    assert rows(book["emissions_by_period"])[1:] == [(2030, 6, 0, 0, 0), (2032, 6, 0, 0, 0)]
    assert rows(book["routes_by_process"])[1:] == [
        ("bakery", "oven", 2030, "electric"),
        ("tiles", "kiln", 2030, "burner"),
    ]
    assert rows(book["grid"])[1:] == [("town", 2030, 2, 2, 2, 2), ("town", 2032, 2, 2, 2, 2)]


def test_the_overview_tells_what_is_proven(book: Any, result: Result) -> None:
    """Every key of result.json with its unit, and the settings; 4 x (0.4 + 0.8) = 4.8 M EUR."""
    told = {key: (value, unit) for key, value, unit, _ in rows(book["result"])[1:]}
    assert list(told)[: len(RESULT_KEYS)] == list(RESULT_KEYS)
    assert told["status"] == ("optimal", None)
    assert told["cost"] == (pytest.approx(4.8), "M EUR")
    assert told["seconds"] == (result.record.seconds, "s")
    assert told["instance.sha256"] == (result.instance.sha256, None)
    assert told["versions.highspy"][0] == result.record.versions["highspy"]
    assert told["scenario"] == (None, None)
    assert told["settings.currency_year"] == (2030, None)
    assert told["settings.objective"] == ("cost", None)


def test_sites_of_the_register_say_so(tmp_path: Path) -> None:
    """Before all else on the first sheet, and beside each row of such a site or of its process; nowhere for others."""
    sites = table_of("sites", INSTANCE["sites"]).assign(basis=["", "register"])
    book = openpyxl.load_workbook(write_result_workbook(plan(instance(sites=sites)), tmp_path / "plan.xlsx"))
    assert rows(book["result"])[1][:2] == ("sites", f"For 1 of the 2 sites: {BASES['register']}.")
    beside = {sheet.title: rows(sheet) for sheet in book if rows(sheet)[0][-1] == "basis"}
    of_sites = {"routes_by_process", "emissions", "site_costs", "attributed_costs"}
    assert set(beside) == of_sites | {"runs", "starts", "grants", "energy"}
    for title, (_, *lines) in beside.items():
        assert {line[0]: line[-1] for line in lines} == (
            {"bakery": None, "tiles": BASES["register"]}
            if title in of_sites
            else {"oven": None, "fryer": None, "kiln": BASES["register"]}
            if lines
            else {}
        )
    book.close()


def test_every_sheet_can_be_filtered_and_explains_itself(book: Any) -> None:
    """The header stays in sight, all rows are under the filter, and comments tell unit and sentence."""
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.comment is not None for cell in sheet[1])
    assert book["starts"]["D1"].comment.text == "Investment at the start.\nUnit: M EUR"
    assert book["grid"]["C1"].comment.text == "Firm capacity asked for.\nUnit: MW"
    assert book["result"].column_dimensions["D"].width > book["result"].column_dimensions["C"].width


def test_what_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    """In a table, and among what is told of the result."""
    odd = plan(
        record=Record("=1+1", reason="#N/A"), limits="limit,area,period,used,bound,unit\n=HYPERLINK(),@town,2030,1,1,MW"
    )
    book = openpyxl.load_workbook(write_result_workbook(odd, tmp_path / "odd.xlsx"))
    cells = [book["limits"]["A2"], book["limits"]["B2"], book["limits_that_bind"]["A2"]]
    cells += [row[1] for row in book["result"].iter_rows() if row[0].value in ("method", "reason")]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=HYPERLINK()", "s"),
        ("@town", "s"),
        ("=HYPERLINK()", "s"),
        ("=1+1", "s"),
        ("#N/A", "s"),
    ]
    book.close()


def test_the_same_plan_makes_the_same_bytes(tmp_path: Path) -> None:
    """Whenever it is written; so does an instance."""
    one, other = (write_result_workbook(plan(), tmp_path / f"{name}.xlsx") for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
    one, other = (write(small(), tmp_path / f"small-{name}.xlsx") for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_no_time_is_told(tmp_path: Path) -> None:
    """What a second can change would make other bytes: the file's own moments are the earliest that there are."""
    path = write_result_workbook(plan(), tmp_path / "plan.xlsx")
    with zipfile.ZipFile(path) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    book = openpyxl.load_workbook(path)
    assert (book.properties.created.year, book.properties.modified.year) == (1980, 1980)
    book.close()


def test_a_result_without_a_plan_has_no_workbook(tmp_path: Path) -> None:
    """And none is left."""
    with pytest.raises(NoPlan):
        write_result_workbook(without_plan(), tmp_path / "none.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_only_the_workbook_of_a_result_is_replaced(tmp_path: Path) -> None:
    """Not unasked, and never that of an instance; nor does an instance replace it."""
    path = write_result_workbook(plan(), tmp_path / "plan.xlsx")
    with pytest.raises(UsageError) as refused:
        write_result_workbook(plan(), path)
    assert str(refused.value) == f"{path} is there already; allowed: a new name"
    assert write_result_workbook(plan(), path, overwrite=True) == path
    with pytest.raises(UsageError) as refused:
        write(small(), path, overwrite=True)
    assert str(refused.value) == f"{path} holds no instance, so it stays; allowed: a workbook with a sheet 'instance'"
    of_instance = write(small(), tmp_path / "small.xlsx")
    with pytest.raises(UsageError) as refused:
        write_result_workbook(plan(), of_instance, overwrite=True)
    assert (
        str(refused.value) == f"{of_instance} holds no result, so it stays; allowed: a workbook with a sheet 'result'"
    )


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    """A text that no cell can hold: the older workbook stays as it was, alone."""
    path = write_result_workbook(plan(), tmp_path / "plan.xlsx")
    before = path.read_bytes()
    with pytest.raises(UsageError) as refused:
        write_result_workbook(plan(record=Record("by hand", reason="x" * 40_000)), path, overwrite=True)
    assert str(refused.value) == "result holds a text of 40,000 characters; allowed in Excel: 32,767"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
