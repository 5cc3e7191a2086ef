"""The page of a plan with verdicts and perspective: its section, its cards, and the sheets of the workbook."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from judged import ALL, FUND, GRID, held
from routeplan.errors import UsageError
from routeplan.language.language import Words
from routeplan.report.files.answer_sheets import answer_sheets
from routeplan.report.files.workbook import write_result_workbook
from routeplan.report.page.answer_cards import expected_block
from routeplan.report.page.answers import answers_section, missed_table
from routeplan.report.page.build import page
from routeplan.report.page.cards import cards
from routeplan.result.result import Result
from routeplan.why.answers import Answers, refuse_another_plan
from routeplan.why.dates import Dates
from routeplan.why.judged import Verdict
from routeplan.why.outlook import Answer, Outlook, Perspective
from routeplan.why.perspective_told import lack_told
from routeplan.why.tables import verdict_tables
from routeplan.why.told import count_in_words
from routeplan.why.until import Spell, Until
from small import best, small

MISSED = {"headroom": "area,period,firm,flexible\ntown,2030,1,0\ntown,2032,1,0"}


@pytest.fixture(scope="module")
def result() -> Result:
    return best(small(**FUND))


def expected(result: Result) -> Perspective:
    """The oven, electric in 2032 and late never, with the decision two years before."""
    until = Until((Spell("gas", 2030, 2031, False),), 2.0, 0.5, None, None, 0.0)
    possible = {Dates.EARLY: Answer(2030), Dates.EXPECTED: Answer(2032), Dates.LATE: Answer(None)}
    never = dict.fromkeys(Dates, Answer(None))
    outlooks = (
        Outlook("bakery", "oven", "electric", possible, None, until, 2),
        Outlook("tiles", "kiln", "burner", never, None, until, None),
    )
    return Perspective(result, 2, {Dates.EARLY: "as_planned", Dates.LATE: "as_planned"}, outlooks)


def rows_of(result: Result, answers: Answers, title: str, site: str) -> list[list[str]]:
    (block,) = (each for each in cards(result, Words(), answers) if each.title == title)
    return block.rows.get(site, [])


def test_a_card_tells_what_becomes_of_projects_and_why(result: Result) -> None:
    """A row for each, in the words of the command; what the firm wishes is not told twice."""
    answers = Answers([each for each in ALL if each.wish.project in ("later", "other")])
    other, later = rows_of(result, answers, "What becomes of its projects", "bakery")
    assert other == ["oven", "electric", "2030", "possible; the plan has electric", ""]
    assert later[:4] == ["oven", "electric", "2030", "not before 2032; in the plan until then: electric"]
    assert later[4] == "grid of town (4 MW more, 2030 to 2031)"
    assert not rows_of(result, answers, "What becomes of its projects", "tiles")
    assert "What the firm wants" not in {each.title for each in cards(result, Words(), answers)}
    assert "What the firm wants" in {each.title for each in cards(result, Words())}


def test_two_ways_out_stand_in_one_cell(result: Result) -> None:
    """The limits of a set with "and", the sets with "or"."""
    title = "What becomes of its projects"
    cells = [
        row[4]
        for row in rows_of(result, Answers([each for each in ALL if each.wish.project == "both"]), title, "bakery")
    ]
    assert cells == ["grid of town and pot Fund; or pot Fund and no maintenance stop in that period"]


@pytest.mark.nightly
def test_a_card_tells_when_routes_are_possible(result: Result) -> None:
    """Early, expected and late; until then; and the year of the decision, two before 2032."""
    title = "When routes are possible, with early and late dates of grid and networks"
    answers = Answers((), expected(result))
    assert rows_of(result, answers, title, "bakery") == [
        ["oven", "electric", "2030", "2032", "–", "–", "natural gas 2030-2031 (2 kt/yr, 0.5 M EUR/yr)", "2030"]
    ]
    assert rows_of(result, answers, title, "tiles") == [["kiln", "burner", "–", "–", "–", "–", "–", "–"]]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_was_ended_early_is_said_on_cards_and_the_sheet(result: Result, language: str) -> None:
    """Where its routes are listed; on the card of a site what is lacking there."""
    words = Words(language)
    early = replace(expected(result), stopped=True, asked=5)
    (said,) = lack_told(early, words)
    assert {"en": "is told of 2 of 5: the search was ended", "nl": "staat hier voor 2 van de 5: de"}[language] in said
    assert said in answer_sheets(result, Answers((), early), words)[0].table.about
    lacks = {site: [*lack_told(early.at(site), words)] for site in ("bakery", "tiles")}
    assert expected_block(early, words).notes == {
        site: " ".join([*told, words("–: none. CO2 and cost are means over the years until then.")])
        for site, told in lacks.items()
    }


@pytest.mark.nightly
def test_what_was_ended_early_is_said_at_the_head_of_the_page(result: Result) -> None:
    """Once, above all pictures."""
    early = replace(expected(result), stopped=True, asked=5)
    (said,) = lack_told(early, Words())
    assert f'<p class="warning">{said}</p>' in page({"plan": result}, answers=Answers((), early))


def test_a_missed_target_stands_beside_its_causes() -> None:
    """The oven on gas emits 2 kt/yr of the 1 that is allowed."""
    result = best(small(**MISSED, targets="scope,period,cap,price\nall,2030,1,10"))
    held_back = Answers([held("oven", Verdict.BLOCKED, frozenset({GRID}))])
    assert missed_table(result, held_back, Words()).rows == [["all sites, 2030", "congestion", "1", "1", "2"]]
    none = missed_table(result, Answers(ALL[:1]), Words())
    assert none.rows == [["all sites, 2030", "no such project", "1", "0", "–"]]


@pytest.mark.nightly
@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_has_a_section_on_it(result: Result, language: str) -> None:
    """With the figure of the whole; without answers there is none."""
    words, answers = Words(language), Answers(ALL, expected(result))
    told = count_in_words(result, verdict_tables(result, ALL)["projects"], words)
    assert answers_section(result, answers, words).notes[0] == told
    assert '<section id="why"' in page({"plan": result}, language, answers=answers)


def test_answers_go_with_one_plan(result: Result) -> None:
    """With two they could be of either."""
    with pytest.raises(UsageError, match="answers are given for 2 results"):
        page({"a": result, "b": result}, answers=Answers(ALL))


def test_answers_about_another_plan_are_refused(result: Result) -> None:
    """Of other tables, or of other routes."""
    refuse_another_plan(result, result, "verdicts")
    with pytest.raises(UsageError, match="verdicts is about another plan"):
        refuse_another_plan(result, best(small()), "verdicts")


@pytest.mark.some(1)
@pytest.mark.parametrize(
    ("language", "names"), [("en", ("projects", "perspective")), ("nl", ("projecten", "perspectief"))]
)
def test_a_workbook_has_a_sheet_of_each(result: Result, tmp_path: Path, language: str, names: tuple[str, str]) -> None:
    """A row for each project and each route; years are numbers."""
    file = write_result_workbook(
        result, tmp_path / "plan.xlsx", language=language, answers=Answers(ALL, expected(result))
    )
    book = openpyxl.load_workbook(file)
    projects, routes = (list(book[name].iter_rows(values_only=True)) for name in names)
    assert [row[0] for row in projects[1:]] == [each.wish.project for each in ALL]
    years = {row[0]: row[7] for row in projects[1:]}
    assert years["later"] == 2032 and years["both"] is None
    assert len(routes) == 3
    assert routes[1][3:5] == (2030, 2032)


def test_a_plan_without_any_co2_has_cards(result: Result) -> None:
    """Both processes have left gas: no site has a row on CO2, and the others are there."""
    assert result["emissions"][["emissions", "captured"]].to_numpy().max() < 1e-9
    assert not rows_of(result, Answers(), "CO2 [kt/yr]", "bakery")
    assert rows_of(result, Answers(), "Routes", "bakery")
