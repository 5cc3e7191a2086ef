"""The table of sites and their cards in a browser: filters, search, order, and what a card says."""

import re
from collections.abc import Callable
from pathlib import Path

import expected
import pytest
from looking import (
    card_is_open,
    cells,
    choose,
    choose_period,
    close_card,
    in_sight,
    listed,
    look,
    mark_of,
    read_card,
    show_card,
    until,
)
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from conftest import Pages
from routeplan.report.language import Words
from routeplan.result import Result

ENGLISH, DUTCH = Words("en"), Words("nl")


def options(chromium: Chrome, select: str) -> list[str]:
    """What a list offers, besides all."""
    return [one.text for one in chromium.find_elements(By.CSS_SELECTOR, f"#{select} option")][1:]


@pytest.mark.parametrize("field", ["sector", "region"])
def test_a_filter_keeps_the_sites_that_have_what_is_chosen(pages: Pages, chromium: Chrome, field: str) -> None:
    """It offers what occurs, and `all` shows every site again."""
    look(chromium, pages.english)
    table = pages.plan.instance["sites"]
    said = {word: ENGLISH.name(word) if field == "sector" else word for word in table[field]}
    assert options(chromium, f"filter-{field}") == sorted(said.values())
    for word, text in said.items():
        choose(chromium, f"filter-{field}", text)
        assert set(listed(chromium)) == set(table.loc[table[field] == word, "site"])
    choose(chromium, f"filter-{field}", "all")
    assert set(listed(chromium)) == set(table["site"])


def test_the_filter_of_routes_is_of_the_chosen_period(pages: Pages, chromium: Chrome) -> None:
    """It follows the slider, and offers what runs in any period."""
    look(chromium, pages.english)
    plan, periods = pages.plan, expected.periods(pages.plan)
    runs = {
        (site, period): {ENGLISH.name(family) for family in expected.families(plan, site, period)}
        for site in expected.sites(plan)
        for period in periods
    }
    offered = sorted(set().union(*runs.values()))
    assert sorted(options(chromium, "filter-family")) == offered
    for position, period in enumerate(periods):
        choose_period(chromium, position)
        for family in offered:
            choose(chromium, "filter-family", family)
            assert set(listed(chromium)) == {site for site in expected.sites(plan) if family in runs[site, period]}
    assert len({frozenset(found) for found in runs.values()}) > 3


def test_filters_hold_together(pages: Pages, chromium: Chrome) -> None:
    """Sector and region at once; where no site has both, the table says so."""
    look(chromium, pages.english)
    choose(chromium, "filter-sector", "food")
    choose(chromium, "filter-region", "West")
    assert set(listed(chromium)) == {"dairy", "bakery"}
    choose(chromium, "filter-region", "East")
    assert cells(chromium, "#site-table") == [["no rows"]]


def test_the_search_finds_what_is_shown(pages: Pages, chromium: Chrome) -> None:
    """Letters of any column, in upper or lower case; of a hostile name too, with its marks."""
    look(chromium, pages.english)
    last = len(expected.periods(pages.plan)) - 1
    rows = {
        site: " ".join(expected.row_of(pages.plan, site, last, ENGLISH)).casefold()
        for site in expected.sites(pages.plan)
    }
    box = in_sight(chromium, "#site-table_wrapper input[type=search]")
    for wanted in ("works", "TILE", "North", "hydrogen", "<script>", "food"):
        box.clear()
        box.send_keys(wanted)
        found = {site for site, text in rows.items() if wanted.casefold() in text}
        assert 0 < len(found) < len(rows)
        until(chromium, lambda found=found: set(listed(chromium)), found)  # type: ignore[misc]
    box.clear()
    box.send_keys("nothing at all")
    until(chromium, lambda: cells(chromium, "#site-table"), [["nothing is like that"]])


def keys_of(plan: Result) -> list[Callable[[str], object]]:
    """By what the sites are sorted, column by column."""
    first, *_, last = expected.periods(plan)
    row = {site: expected.row_of(plan, site, len(expected.periods(plan)) - 1, ENGLISH) for site in expected.sites(plan)}

    def text(place: int) -> Callable[[str], object]:
        # As in a dictionary: letters and digits count, not what stands between them.
        return lambda site: re.sub(r"[^\w]|_", "", row[site][place]).casefold()

    return [
        *(text(place) for place in range(4)),
        lambda site: expected.emitted(plan, site, first),
        lambda site: expected.emitted(plan, site, last),
        text(6),
        lambda site: expected.granted(plan, site),
        lambda site: expected.connection(plan, site),
    ]


def by_click(chromium: Chrome, heading: WebElement) -> None:
    """Click on a heading."""
    heading.click()


def by_key(chromium: Chrome, heading: WebElement) -> None:
    """Go to a heading by keyboard, and press Enter."""
    heading.find_element(By.CSS_SELECTOR, "[role=button]").send_keys(Keys.ENTER)


@pytest.mark.parametrize("press", [by_click, by_key])
def test_a_heading_sorts_by_its_column(
    pages: Pages, chromium: Chrome, press: Callable[[Chrome, WebElement], None]
) -> None:
    """Up, then down; by numbers and not by their digits; and those who listen are told."""
    look(chromium, pages.english)
    in_sight(chromium, "#site-table")
    for place, key in enumerate(keys_of(pages.plan)):
        heading = chromium.find_elements(By.CSS_SELECTOR, "#site-table thead th")[place]
        seen = {}
        for _ in range(2):
            press(chromium, heading)
            until(chromium, lambda heading=heading: heading.get_attribute("aria-sort") is not None, True)  # type: ignore[misc]
            seen[heading.get_attribute("aria-sort")] = [key(site) for site in listed(chromium)]
            if set(seen) == {None}:
                break
        assert seen["ascending"] == sorted(seen["ascending"], key=lambda value: value)  # type: ignore[arg-type]
        assert seen["descending"] == seen["ascending"][::-1]
        assert len(set(seen["ascending"])) > 1


def with_pages_of_three(page: Path) -> Path:
    """A page whose table of sites holds three rows at a time."""
    changed = page.with_name(f"{page.stem}-three.html")
    text = page.read_text(encoding="utf-8")
    assert "pageLength: 15" in text
    changed.write_text(text.replace("pageLength: 15", "pageLength: 3").replace("length = 15", "length = 3"), "utf-8")
    return changed


def test_paging_shows_every_site_once(pages: Pages, chromium: Chrome) -> None:
    """Three at a time, with what stands where; the slider stays on the page that is shown."""
    look(chromium, with_pages_of_three(pages.english))
    every = [listed(chromium)]
    info = chromium.find_element(By.ID, "site-table_info")
    assert info.text == "1 to 3 of 8 rows"
    for _ in range(2):
        in_sight(chromium, "#site-table_wrapper .dt-paging .next").click()
        every.append(listed(chromium))
    assert [len(some) for some in every] == [3, 3, 2]
    assert sorted(site for some in every for site in some) == sorted(expected.sites(pages.plan))
    choose_period(chromium, 0)
    assert listed(chromium) == every[-1]
    choose(chromium, "filter-region", "East")
    assert info.text == "4 to 4 of 4 rows"


def test_on_paper_every_site_is_listed(pages: Pages, chromium: Chrome) -> None:
    """There is nothing to click on; afterwards the table is as before. The paper has the whole page on it."""
    look(chromium, with_pages_of_three(pages.english))
    before = listed(chromium)
    chromium.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert sorted(listed(chromium)) == sorted(expected.sites(pages.plan))
    chromium.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert listed(chromium) == before


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
    ActionChains(chromium).move_by_offset(4, 4).click().perform()


@pytest.mark.parametrize("show", [by_name, by_enter, by_mark])
@pytest.mark.parametrize("close", [close_card, by_escape, beside_it])
def test_a_card_opens_and_closes(
    pages: Pages, chromium: Chrome, show: Callable[[Chrome, str], None], close: Callable[[Chrome], None]
) -> None:
    """By mouse and keyboard; who came from a name is on that name again."""
    look(chromium, pages.english)
    ActionChains(chromium).move_by_offset(0, 0).perform()
    for site in ("dairy", "tiles"):
        show(chromium, site)
        assert read_card(chromium).title == expected.name_of(pages.plan, site)
        if close is beside_it:
            chromium.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": 5, "y": 5})
            for kind in ("mousePressed", "mouseReleased"):
                chromium.execute_cdp_cmd(
                    "Input.dispatchMouseEvent", {"type": kind, "x": 5, "y": 5, "button": "left", "clickCount": 1}
                )
        else:
            close(chromium)
        until(chromium, lambda: card_is_open(chromium), False)
        if show is not by_mark:
            assert chromium.execute_script("return document.activeElement.dataset.site") == site


@pytest.mark.parametrize("page, words", [("english", ENGLISH), ("dutch", DUTCH)])
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
        "Energy": words("Energy [{unit}]", unit=unit("GWh/yr")),
        "Cost": words("Cost [{unit}]", unit=unit("M EUR/yr")),
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


def test_the_card_of_several_plans_has_all_of_them(pages: Pages, chromium: Chrome) -> None:
    """Each under its name, with its own numbers."""
    look(chromium, pages.both)
    plans = {"tiny": pages.plan, "late-grid": pages.late}
    differ = 0
    for site in expected.sites(pages.plan):
        card = show_card(chromium, site)
        assert list(card.plans) == list(plans)
        for name, plan in plans.items():
            assert check(card.plans[name], expected.card(plan, site, ENGLISH), plan, titles_of(ENGLISH))
        differ += card.plans["tiny"] != card.plans["late-grid"]
        close_card(chromium)
    assert differ > 0
