"""The page of verdicts: what it tells, in both languages, and that names do no harm in it."""

import re
from html import unescape
from pathlib import Path

import pytest
from looking import look, requests
from made import HOSTILE
from selenium.webdriver import Chrome

from judged import ALL, FUND
from routeplan.errors import UsageError
from routeplan.language.language import Words
from routeplan.report.page.verdict_page import verdict_page
from routeplan.report.report import report_verdicts
from routeplan.result.result import Result
from routeplan.why.room import room_in_words
from routeplan.why.tables import verdict_tables
from routeplan.why.told import count_in_words
from small import best, small


@pytest.fixture(scope="module")
def result() -> Result:
    """A plan in which the bakery and the town have hostile names."""
    instance = small(**FUND)
    sites, areas = instance["sites"], instance["areas"]
    bakery, town = sites["site"] == "bakery", areas["area"] == "town"
    return best(
        instance.replace(
            sites=sites.assign(name=sites["name"].mask(bakery, HOSTILE)),
            areas=areas.assign(name=areas["name"].mask(town, HOSTILE)),
        )
    )


def cells(page: str, section: str) -> list[list[str]]:
    """Rows of the table of a section, as texts."""
    (body,) = re.findall(rf'<section id="{section}".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in rows if row]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_figure_of_the_whole_is_told(result: Result, language: str) -> None:
    """In the words of the command."""
    projects = verdict_tables(result, ALL)["projects"]
    page = verdict_page(result, ALL, language)
    assert f'<html lang="{language}">' in page
    assert unescape(page).count(count_in_words(result, projects, Words(language))) == 1


def test_causes_are_summed_without_what_waits_for_its_own_timing(result: Result) -> None:
    """Of eight: congestion two, congestion with money one, own stop one, none found one; 4 of 8 without the stop."""
    *rows, total = cells(verdict_page(result, ALL), "causes")
    assert {name: (int(count), share) for name, count, share in rows} == {
        "congestion": (2, "25%"),
        "congestion and public money": (1, "12%"),
        "own stop or lead time": (1, "12%"),
        "not found": (1, "12%"),
    }
    assert total[1:] == ["4", "50%"]


def test_limits_are_those_that_firms_share(result: Result) -> None:
    """The grid holds back two alone, for 6 MW at most and 3 kt once, and one with the pot; the stop is of one firm."""
    page = verdict_page(result, ALL)
    assert cells(page, "limits") == [
        [f"grid of {HOSTILE}", "2", "1", "6 MW", "1 to 2", "3"],
        ["pot Fund", "0", "1", "–", "–", "–"],
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_areas_count_the_projects_of_the_stations_below_them(result: Result, language: str) -> None:
    """All nine are in the town, and so in the region: 2 go ahead, 1 is possible, 2 later, 3 blocked, 1 unknown."""
    region, town = cells(verdict_page(result, ALL, language), "areas")
    assert region[2:] == town[2:] == ["9", "2", "1", "2", "3", "1"]
    told = room_in_words(result, "town", 2030, Words(language))
    assert town[:2] == [HOSTILE, told]
    assert "2031" in told, "the works are dated"


def test_every_project_has_a_row(result: Result) -> None:
    """In the order of the projects, with what the plan has and what stands in the way."""
    rows = cells(verdict_page(result, ALL), "projects")
    assert [row[0] for row in rows] == [HOSTILE] * len(ALL)
    assert [(row[4], row[5]) for row in rows] == [
        ("goes ahead", "2030"),
        ("possible, not in the plan", "2030"),
        ("can later", "2032"),
        ("blocked", "–"),
        ("blocked", "–"),
        ("can later", "2032"),
        ("blocked", "–"),
        ("not known", "–"),
        ("goes ahead", "2030"),
    ]
    assert rows[3][7] == f"in the way: grid of {HOSTILE} (6 MW more, 2030 to 2033)"
    assert rows[0][7] == ""
    assert {row[6] for row in rows} == {"electric"}, "the oven is electric to the end"


def test_where_all_can_go_ahead_there_are_no_causes(result: Result) -> None:
    """Neither a picture nor an address of it."""
    page = verdict_page(result, ALL[:1])
    assert "#causes" not in page
    assert len(cells(page, "projects")) == 1


@pytest.mark.parametrize("language", ["en", "nl"])
def test_nothing_is_fetched_and_no_name_is_markup(result: Result, language: str) -> None:
    """The page allows nothing from elsewhere; a hostile name is escaped wherever it stands."""
    page = verdict_page(result, ALL, language)
    assert "default-src 'none'" in page
    assert not re.findall(r'(?:src|href)="(?!#|data:,")', page.split("<script")[0])
    assert HOSTILE not in page
    assert '<img src="x"' not in page


def test_what_is_no_page_is_kept(result: Result, tmp_path: Path) -> None:
    """A file of somebody else stays as it is."""
    mine = tmp_path / "mine.html"
    mine.write_text("<p>mine</p>", encoding="utf-8")
    with pytest.raises(UsageError, match="is no page of routeplan"):
        report_verdicts(result, ALL, mine)
    assert mine.read_text(encoding="utf-8") == "<p>mine</p>"


@pytest.mark.nightly
def test_the_page_is_searched_and_filtered_without_harm(result: Result, chromium: Chrome, tmp_path: Path) -> None:
    """The picture is drawn, the filter keeps two, a hostile name is found and does nothing; nothing is fetched."""
    page = report_verdicts(result, ALL, tmp_path / "page.html")
    look(chromium, page)
    assert "routeplan" not in chromium.title
    assert chromium.find_elements("css selector", ".plot svg")
    rows = "return document.querySelectorAll('#project-table tbody tr').length"
    choose = (
        "const one = document.getElementById('filter-verdict'); one.value = arguments[0];"
        "one.dispatchEvent(new Event('change'));"
    )
    assert chromium.execute_script(rows) == len(ALL)
    chromium.execute_script(choose, "can later")
    assert chromium.execute_script(rows) == 2
    chromium.execute_script(choose, "")
    search = chromium.find_element("css selector", ".dt-search input")
    search.send_keys("O'Brien")
    assert chromium.execute_script(rows) == len(ALL)
    search.clear()
    search.send_keys("MW more")
    assert chromium.execute_script(rows) == 2
    assert chromium.title not in ("run", "1")
    assert [address for address in requests(chromium) if not address.startswith(("file:", "data:"))] == []
    assert chromium.get_log("browser") == []
