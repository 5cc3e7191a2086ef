"""A plan as one workbook: every table of it, its summaries, and how it came about."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from by_hand import INSTANCE, instance, plan, without_plan

from routeplan.data.write import write
from routeplan.errors import NoPlan, UsageError
from routeplan.instance.change import Change
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Scenario
from routeplan.language.language import Words
from routeplan.report.files.overview_sheet import overview_sheet
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


def test_sheets_for_people_come_before_those_for_machines(book: Any) -> None:
    """Overview, sites, summaries, in the order in which a reader asks; then the tables, whose tabs are grey."""
    people = ["overview", "sites", *SUMMARY_SHEETS]
    assert book.sheetnames == [*people, "result", *RESULT_TABLES]
    colours = {sheet.title: sheet.sheet_properties.tabColor.rgb for sheet in book}
    assert {colours[name] for name in people} != {colours["result"]}
    assert len(set(colours.values())) == 2


def test_sheets_hold_what_the_tables_do(book: Any, result: Result) -> None:
    """Every row of every table under the names of its columns; text as text, and numbers to 6 decimals."""
    for name, table in RESULT_TABLES.items():
        header, *lines = rows(book[name])
        assert [column for column in header if not column.endswith("_name")] == table.names
        assert len(lines) == len(result[name])
        for column in table.names:
            told = [line[header.index(column)] for line in lines]
            known = [None if value != value or value == "" else value for value in result[name][column].tolist()]
            assert told == [round(value, 6) if isinstance(value, float) else value for value in known]
    assert len(rows(book["runs"])) == 1 + 2 * 2


def test_summaries_declare_the_columns_that_they_have(book: Any, result: Result) -> None:
    """No column of a summary is left out, and each has as many rows as its function makes, with headers in words."""
    assert [table.name for table, _ in SUMMARIES] == SUMMARY_SHEETS
    for table, make in SUMMARIES:
        frame = make(result)
        assert set(table.names) == set(frame.columns)
        assert len(rows(book[table.name])) == 1 + len(frame) > 1
        assert all(column.about for column in table.columns)


def test_summaries_tell_what_the_plan_does(book: Any) -> None:
    """Oven and kiln leave gas in 2030: 6 kt/yr as today, of which none are left. What has no name has its id."""
    assert rows(book["emissions_by_period"])[1:] == [(2030, 6, 0, 0, 0), (2032, 6, 0, 0, 0)]
    assert rows(book["routes_by_process"])[1:] == [
        ("bakery", "bakery", "oven", 2030, "electric"),
        ("tiles", "tiles", "kiln", 2030, "burner"),
    ]
    assert rows(book["grid"])[1:] == [("town", "town", 2030, 2, 2, 2, 2), ("town", "town", 2032, 2, 2, 2, 2)]


def test_the_sheet_of_what_is_proven_tells_every_key(book: Any, result: Result) -> None:
    """Every key of result.json with its unit, and the settings; 4 x (0.4 + 0.8) = 4.8 M EUR."""
    told = {key: (value, unit) for key, value, unit, _ in rows(book["result"])[1:]}
    assert list(told)[: len(RESULT_KEYS)] == list(RESULT_KEYS)
    assert told["status"] == ("optimal", None)
    assert told["cost"] == (pytest.approx(4.8), "M EUR")
    assert told["seconds"] == (round(result.record.seconds, 6), "s")
    assert told["instance.sha256"] == (result.instance.sha256, None)
    assert told["versions.highspy"][0] == result.record.versions["highspy"]
    assert told["scenario"] == (None, None)
    assert told["settings.currency_year"] == (2030, None)
    assert told["settings.objective"] == ("cost", None)


@pytest.mark.nightly
def test_sites_of_the_register_say_so(tmp_path: Path) -> None:
    """Before all else on the first sheet, and beside each row of such a site or of its process; nowhere for others."""
    header = "To be said of the site"
    sites = table_of("sites", INSTANCE["sites"]).assign(basis=["", "register"])
    book = openpyxl.load_workbook(write_result_workbook(plan(instance(sites=sites)), tmp_path / "plan.xlsx"))
    assert rows(book["overview"])[1][:2] == ("Sites", f"For 1 of the 2 sites: {BASES['register']}.")
    assert rows(book["result"])[1][:2] == ("sites", f"For 1 of the 2 sites: {BASES['register']}.")
    people = rows(book["sites"])
    at = people[0].index(header)
    assert {row[1]: row[at] for row in people[1:]} == {"bakery": None, "tiles": BASES["register"]}
    beside = {sheet.title: rows(sheet) for sheet in book if rows(sheet)[0][-1] in ("basis", header)}
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
    assert book["starts"]["E1"].comment.text == "Investment at the start.\nUnit: M EUR"
    assert book["grid"]["D1"].comment.text.startswith("Firm capacity asked for.")
    assert book["grid"]["D1"].value == "Firm, asked for [MW]"
    assert book["result"].column_dimensions["D"].width > book["result"].column_dimensions["C"].width


@pytest.mark.nightly
def test_what_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    """In a table, and among what is told of the result."""
    odd = plan(
        record=Record("=1+1", reason="#N/A"), limits="limit,step,period,used,bound,unit\n=HYPERLINK(),@town,2030,1,1,MW"
    )
    book = openpyxl.load_workbook(write_result_workbook(odd, tmp_path / "odd.xlsx"))
    step = [cell.value for cell in book["limits"][1]].index("step")
    cells = [book["limits"]["A2"], book["limits"][2][step], book["limits_that_bind"]["A2"]]
    cells += [row[1] for row in book["result"].iter_rows() if row[0].value in ("method", "reason")]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=HYPERLINK()", "s"),
        ("@town", "s"),
        ("=HYPERLINK()", "s"),
        ("=1+1", "s"),
        ("#N/A", "s"),
    ]
    book.close()


@pytest.mark.nightly
def test_the_same_plan_makes_the_same_bytes(tmp_path: Path) -> None:
    """Whenever it is written; so does an instance."""
    one, other = (write_result_workbook(plan(), tmp_path / f"{name}.xlsx") for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
    one, other = (write(small(), tmp_path / f"small-{name}.xlsx") for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.nightly
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


@pytest.mark.nightly
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


@pytest.mark.nightly
def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    """A text that no cell can hold: the older workbook stays as it was, alone."""
    path = write_result_workbook(plan(), tmp_path / "plan.xlsx")
    before = path.read_bytes()
    with pytest.raises(UsageError) as refused:
        write_result_workbook(plan(record=Record("by hand", reason="x" * 40_000)), path, overwrite=True)
    assert str(refused.value) == "overview holds a text of 40,000 characters; allowed in Excel: 32,767"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def people(language: str, tmp_path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Rows of each sheet of the plan by hand in a language."""
    book = openpyxl.load_workbook(write_result_workbook(plan(), tmp_path / f"{language}.xlsx", language=language))
    found = {sheet.title: rows(sheet) for sheet in book}
    book.close()
    return found


@pytest.mark.nightly
def test_two_scenarios_have_both_titles_on_the_first_sheet() -> None:
    """In the readers' language, in the order in which they were applied."""
    change = Change("prices", "price", "multiply", 2.0, {})
    late, dear = (
        Scenario("late", (change,), title="A late grid", title_nl="Een laat net"),
        Scenario("dear", (change,), title="Dear gas", title_nl="Duur gas"),
    )
    given = instance()
    both = Instance(given.settings, given.tables, (late, dear)).under("late", "dear")
    for language, told in (("en", "A late grid + Dear gas"), ("nl", "Een laat net + Duur gas")):
        words = Words(language)
        sheet = overview_sheet(replace(plan(), instance=both), [], words)
        about = sheet.rows.set_index(words("What"))[words("Value")]
        assert about[words("Scenario")] == told
        plain = overview_sheet(plan(), [], words).rows.set_index(words("What"))[words("Value")]
        assert plain[words("Scenario")] == words("none")


@pytest.mark.nightly
def test_a_site_is_a_row(tmp_path: Path) -> None:
    """Bakery: 2 + 3 kt/yr today; the oven leaves gas in 2032; its contract asks for 2 MW firm and 2.5 in all."""
    header, *lines = people("en", tmp_path)["sites"]
    told = [dict(zip(header, line, strict=True)) for line in lines]
    assert [row["Id of the site"] for row in told] == ["bakery", "tiles"]
    bakery = told[0]
    assert bakery["Site"] == 'Bakery "Zoë", east'
    assert (bakery["Sector"], bakery["Region"], bakery["Station or area"]) == ("food", "east", "town")
    assert bakery["Route 2030–2031"] == "natural gas"
    assert sorted(bakery["Route 2032–2033"].split(", ")) == ["electric", "natural gas"]
    assert (bakery["First change"], told[1]["First change"]) == (2032, 2032)
    assert [bakery[f"CO2 {when} [kt/yr]"] for when in ("today", "2030–2031", "2032–2033")] == [2 + 3, 5, 3]
    assert bakery["New firm capacity (whole contract) [MW]"] == 2
    assert bakery["New flexible capacity (whole contract) [MW]"] == 2.5 - 2
    assert bakery["Cost 2030–2031 [M EUR/yr]"] == 0.75 + 0.5
    dutch = Words("nl")
    header = f"{dutch('New firm capacity')} {dutch('(whole contract)')} [MW]"
    assert header in people("nl", tmp_path)["locaties"][0]


@pytest.mark.nightly
def test_a_site_that_never_changes_has_no_year_of_change(tmp_path: Path) -> None:
    """Nor does one of which the plan runs nothing else than today."""
    each = [f"{process},{period},gas" for process in ("oven", "fryer", "kiln") for period in (2030, 2032)]
    runs = "\n".join(["process,period,route", *each])
    book = openpyxl.load_workbook(write_result_workbook(plan(runs=runs), tmp_path / "plan.xlsx"))
    header, *lines = rows(book["sites"])
    assert [line[header.index("First change")] for line in lines] == [None, None]
    book.close()


@pytest.mark.nightly
def test_investment_and_support_of_a_site_are_those_of_its_processes(tmp_path: Path) -> None:
    """Two starts of the bakery, 0.8 and 0.3 M EUR, of which 0.25 is paid; the tile works start nothing."""
    starts = "process,route,period,capex,funding_gap\noven,electric,2032,0.8,0\nfryer,electric,2032,0.3,0"
    odd = plan(starts=starts, grants="process,route,period,pot,amount\noven,electric,2032,fund,0.25")
    book = openpyxl.load_workbook(write_result_workbook(odd, tmp_path / "plan.xlsx"))
    header, *lines = rows(book["sites"])
    at = header.index("Investment [M EUR]")
    assert [line[at : at + 2] for line in lines] == [(pytest.approx(0.8 + 0.3), 0.25), (0, 0)]
    book.close()


@pytest.mark.nightly
def test_numbers_for_people_have_the_decimals_that_matter(tmp_path: Path) -> None:
    """Thirds of a kt, a MW and a M EUR: rounded in the cell, so that what is copied is short, and shown alike."""
    third = 1.0 / 3.0
    odd = plan(
        emissions=f"site,period,emissions,captured,removed\nbakery,2030,{third},0,0",
        site_costs=f"site,term,period,cost\nbakery,gas,2030,{third}",
    )
    book = openpyxl.load_workbook(write_result_workbook(odd, tmp_path / "plan.xlsx"))
    header = [cell.value for cell in book["sites"][1]]
    co2 = book["sites"][2][header.index("CO2 2030–2031 [kt/yr]")]
    cost = book["sites"][2][header.index("Cost 2030–2031 [M EUR/yr]")]
    assert (co2.value, co2.number_format) == (0.33, "#,##0.00")
    assert (cost.value, cost.number_format) == (0.333, "#,##0.000")
    assert rows(book["site_costs"])[1][-1] == 0.333333
    book.close()


@pytest.mark.nightly
def test_a_dutch_workbook_is_dutch_where_people_read_it(tmp_path: Path) -> None:
    """Names of sheets, headers, and words of the tables; the technical sheets are the same in both languages."""
    english, dutch = people("en", tmp_path), people("nl", tmp_path)
    assert list(dutch)[:3] == ["overzicht", "locaties", "routes per periode"]
    assert dutch["locaties"][0][:6] == (
        "Locatie",
        "Id van de locatie",
        "Sector",
        "Regio",
        "Station of netgebied",
        "Route 2030–2031",
    )
    assert dutch["locaties"][1][2] == "voeding"
    assert dutch["routes per periode"][1][0] == Words("nl").name("current")
    assert [row[2] for row in dutch["CO2 per periode"][1:]] == [row[2] for row in english["emissions_by_period"][1:]]
    for name in ("result", *RESULT_TABLES):
        assert dutch[name] == english[name]


def test_a_language_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(UsageError, match="the language is 'fr'; allowed: en, nl"):
        write_result_workbook(plan(), tmp_path / "plan.xlsx", language="fr")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.nightly
def test_the_overview_lists_every_sheet(tmp_path: Path) -> None:
    """Each sheet for people with what it holds, and the technical ones together."""
    book = people("en", tmp_path)
    listed = [row[1] for row in book["overview"] if row[0] == "Sheet"]
    assert [name for entry in listed for name in entry.split(", ")] == list(book)[1:]
    told = {row[0]: row[1:3] for row in book["overview"]}
    assert told["CO2 2030–2031"] == (5 + 4, "kt/yr")
    assert told["Number of sites"] == (2, None)
