"""The cards of sites in a browser: how they open and close, and what they say."""

from collections.abc import Callable
from pathlib import Path

import expected
import pytest
from looking import (
    card_is_open,
    close_card,
    in_sight,
    look,
    mark_of,
    read_card,
    show_card,
    until,
)
from made import Pages
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.keys import Keys

from routeplan.language.language import Words
from routeplan.report.report import report
from routeplan.result.result import Result
from routeplan.schema.inputs import BASES
from small import SMALL, best, small, table

ENGLISH, DUTCH = Words("en"), Words("nl")


def by_name(chromium: Chrome, site: str) -> None:
    """Click on a name."""
    in_sight(chromium, f'#site-table [data-site="{site}"]').click()


def by_enter(chromium: Chrome, site: str) -> None:
    """Press Enter on a name."""
    in_sight(chromium, f'#site-table [data-site="{site}"]').send_keys(Keys.ENTER)


def by_mark(chromium: Chrome, site: str) -> None:
    """Click on a mark."""
    ActionChains(chromium).move_to_element(mark_of(chromium, site)).click().perform()


def by_escape(chromium: Chrome) -> None:
    """Press Escape."""
    ActionChains(chromium).send_keys(Keys.ESCAPE).perform()


def beside_it(chromium: Chrome) -> None:
    """Click on what lies around the card."""
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        event = {"type": kind, "x": 5, "y": 5, "button": "none" if kind == "mouseMoved" else "left", "clickCount": 1}
        chromium.execute_cdp_cmd("Input.dispatchMouseEvent", event)


@pytest.mark.nightly
@pytest.mark.parametrize(
    "show, close", [(by_name, close_card), (by_enter, by_escape), (by_mark, beside_it), (by_mark, by_escape)]
)
@pytest.mark.some(1)
def test_a_card_opens_and_closes(
    pages: Pages, chromium: Chrome, show: Callable[[Chrome, str], None], close: Callable[[Chrome], None]
) -> None:
    """By mouse and keyboard; who came from a name is on that name again."""
    look(chromium, pages.english)
    for site in ("dairy", "tiles"):
        show(chromium, site)
        assert read_card(chromium).title == expected.name_of(pages.plan, site, ENGLISH)
        close(chromium)
        until(chromium, lambda: card_is_open(chromium), False)
        if show is not by_mark:
            assert chromium.execute_script("return document.activeElement.dataset.site") == site


@pytest.mark.parametrize("page, words", [("dutch", DUTCH), ("english", ENGLISH)])
@pytest.mark.nightly
def test_every_card_tells_the_tables(pages: Pages, chromium: Chrome, page: str, words: Words) -> None:
    """Every row of every table of every site."""
    look(chromium, getattr(pages, page))
    titles = titles_of(words)
    seen: set[str] = set()
    for site in expected.sites(pages.plan):
        card = show_card(chromium, site)
        row = expected.row_of(pages.plan, site, 0, words)
        assert card.title == row[0]
        assert card.facts == " · ".join([site, *row[1:4]])
        assert check(card.plans[""], expected.card(pages.plan, site, words), pages.plan, titles)
        seen |= set(card.plans[""])
        close_card(chromium)
    assert seen == set(titles.values())


def titles_of(words: Words) -> dict[str, str]:
    """Titles of the tables on a card, by their English beginnings."""
    unit = words.unit
    return {
        "Routes": words("Routes"),
        "CO2": words("CO2 [{unit}]", unit=unit("kt/yr")),
        "Energy": words("Energy [{unit}]; electricity without what the site uses for all else", unit=unit("GWh/yr")),
        "Cost": words("Cost [{unit}], shared costs by use", unit=unit("M EUR/yr")),
        "Investments": words("Investments [{unit}]", unit=unit("M EUR")),
        "Public money": words("Public money [{unit}]", unit=unit("M EUR")),
        "Grid connection": words("Grid connection [{unit}]", unit=unit("MW")),
        "Links": words("Links"),
        "What the firm wants": words("What the firm wants"),
    }


def check(
    shown: dict[str, list[list[str]]],
    wanted: dict[str, list[list[str]]],
    plan: Result,
    titles: dict[str, str],
) -> bool:
    """Compare the tables of a card with those of the result."""
    assert set(shown) == {titles[title] for title in wanted}
    for title, rows in wanted.items():
        heads, *lines = shown[titles[title]]
        if title in ("Routes", "CO2", "Energy", "Cost", "Grid connection", "Links"):
            assert heads[1:] == list(map(str, expected.periods(plan)))
        if title == "Links":
            lines = [line[1:] for line in lines]
        assert sorted(lines) == sorted(rows), title
    return True


@pytest.mark.nightly
def test_the_card_of_several_plans_has_all_of_them(pages: Pages, chromium: Chrome) -> None:
    """Each under its name, with its own numbers."""
    look(chromium, pages.both)
    plans = pages.side_by_side(ENGLISH)
    differ = 0
    for site in expected.sites(pages.plan):
        card = show_card(chromium, site)
        assert list(card.plans) == list(plans)
        for name, plan in plans.items():
            assert check(card.plans[name], expected.card(plan, site, ENGLISH), plan, titles_of(ENGLISH))
        one, other = (card.plans[name] for name in plans)
        differ += one != other
        close_card(chromium)
    assert differ > 0


@pytest.mark.parametrize(("language", "words"), [("nl", DUTCH), ("en", ENGLISH)])
@pytest.mark.nightly
def test_the_card_of_a_site_of_the_register_says_so(
    chromium: Chrome, tmp_path: Path, language: str, words: Words
) -> None:
    """On the screen and on paper; the next card that is opened, of a given site, has no such line."""
    sites = table("sites", SMALL["sites"]).assign(basis=["", "register"])
    plan = best(small(sites=sites, headroom="area,period,firm,flexible\ntown,2030,2,0"))
    look(chromium, report(plan, tmp_path / "page.html", language=language))
    for medium in ("screen", "print"):
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": medium})
        for site, said in (("tiles", words(BASES["register"])), ("bakery", "")):
            chromium.execute_script(f"document.querySelector('#site-table [data-site={site}]').click()")
            line = chromium.find_element("id", "card-said")
            assert (line.text, line.is_displayed()) == (said, bool(said))
            chromium.execute_script("document.getElementById('card-close').click()")
        lines = chromium.find_elements("css selector", "main .said")
        assert [line.is_displayed() for line in lines] == [True, True]
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.nightly
def test_a_card_says_why_public_money_exceeds_an_investment(pages: Pages, chromium: Chrome) -> None:
    """Below the public money of such sites, and of no others."""
    look(chromium, pages.english)
    said = ENGLISH("Public money can exceed the investment: it also covers running costs that rise.")
    plan, key = pages.plan, ["process", "route", "period"]
    told = set()
    for site in expected.sites(plan):
        own = plan["starts"][plan["starts"]["process"].isin(expected.processes(plan, site))]
        more = [
            expected.total(plan["grants"], "amount", **{name: getattr(start, name) for name in key}) > start.capex
            for start in own.itertuples()
        ]
        show_card(chromium, site)
        notes = [note.text for note in chromium.find_elements("css selector", "#card-plans .note")]
        assert notes == ([said] if any(more) else [])
        told.add(any(more))
        close_card(chromium)
    assert told == {True, False}


@pytest.mark.nightly
def test_texts_on_a_card_stand_at_the_left(pages: Pages, chromium: Chrome) -> None:
    """Those of what the firm wants, and of who pays; amounts stand at the right."""
    look(chromium, pages.english)
    script = """
        return [...document.querySelectorAll("#card-plans h4")].map(head => [head.textContent,
            [...head.nextElementSibling.querySelectorAll("tbody tr:first-child > *")].map(
                cell => getComputedStyle(cell).textAlign)]);
    """
    show_card(chromium, "dairy")
    aligned = dict(chromium.execute_script(script))
    assert aligned["What the firm wants"] == ["left"] * 4
    assert aligned["Public money [M EUR]"] == ["left", "right", "left", "right"]
    assert aligned["Investments [M EUR]"] == ["left", "right", "right", "right"]
    close_card(chromium)
