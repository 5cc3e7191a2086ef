"""The table of sites and their cards in a browser: filters, search, order, and what a card says."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import expected
import pytest
from looking import (
    cells,
    choose,
    choose_period,
    in_sight,
    listed,
    look,
    until,
)
from made import Pages
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from routeplan.language.language import Words
from routeplan.result.result import Result

ENGLISH, DUTCH = Words("en"), Words("nl")


def options(chromium: Chrome, select: str) -> list[str]:
    """What a list offers, besides all."""
    return [one.text for one in chromium.find_elements(By.CSS_SELECTOR, f"#{select} option")][1:]


@pytest.mark.parametrize("field", ["sector", "region"])
@pytest.mark.nightly
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


@pytest.mark.nightly
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


@pytest.mark.nightly
def test_filters_hold_together(pages: Pages, chromium: Chrome) -> None:
    """Sector and region at once; where no site has both, the table says so."""
    look(chromium, pages.english)
    choose(chromium, "filter-sector", "food")
    choose(chromium, "filter-region", "West")
    assert set(listed(chromium)) == {"dairy", "bakery"}
    choose(chromium, "filter-region", "East")
    assert cells(chromium, "#site-table") == [["no rows"]]


@pytest.mark.nightly
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
        until(chromium, lambda: set(listed(chromium)), found)
    box.clear()
    box.send_keys("nothing at all")
    until(chromium, lambda: cells(chromium, "#site-table"), [["No row matches."]])


def keys_of(plan: Result) -> list[Callable[[str], Any]]:
    """By what the sites are sorted, column by column."""
    first, *_, last = expected.periods(plan)
    row = {site: expected.row_of(plan, site, len(expected.periods(plan)) - 1, ENGLISH) for site in expected.sites(plan)}

    def text(place: int) -> Callable[[str], Any]:
        # As in a dictionary: spaces and commas do not count, marks such as < do.
        return lambda site: re.sub(r"[\s,.]", "", row[site][place]).casefold()

    return [
        *(text(place) for place in range(4)),
        lambda site: expected.emitted(plan, site, first),
        lambda site: expected.emitted(plan, site, last),
        text(6),
        lambda site: expected.first_change(plan, site) or 9999,
        lambda site: expected.invested(plan, site),
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
@pytest.mark.nightly
def test_a_heading_sorts_by_its_column(
    pages: Pages, chromium: Chrome, press: Callable[[Chrome, WebElement], None]
) -> None:
    """Up, then down; by numbers and not by their digits; and those who listen are told."""
    look(chromium, pages.english)
    in_sight(chromium, "#site-table")
    for place, key in enumerate(keys_of(pages.plan)):
        heading = chromium.find_elements(By.CSS_SELECTOR, "#site-table thead th")[place]
        up = sorted(key(site) for site in expected.sites(pages.plan))
        assert up[0] != up[-1]
        for order, wanted in (("ascending", up), ("descending", up[::-1])):
            while (before := heading.get_attribute("aria-sort")) != order:
                press(chromium, heading)
                until(chromium, lambda: heading.get_attribute("aria-sort") != before, True)  # noqa: B023
            until(chromium, lambda: [key(site) for site in listed(chromium)], wanted)  # noqa: B023
            assert heading.get_attribute("aria-sort") == order


def with_pages_of_three(page: Path) -> Path:
    """A page whose table of sites holds three rows at a time."""
    changed = page.with_name(f"{page.stem}-three.html")
    text = page.read_text(encoding="utf-8")
    assert "pageLength: 15" in text
    changed.write_text(text.replace("pageLength: 15", "pageLength: 3"), "utf-8")
    return changed


@pytest.mark.nightly
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


@pytest.mark.nightly
def test_on_paper_every_site_is_listed(pages: Pages, chromium: Chrome) -> None:
    """There is nothing to click on; afterwards the table is as before. The paper has the whole page on it."""
    look(chromium, with_pages_of_three(pages.english))
    before = listed(chromium)
    chromium.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert sorted(listed(chromium)) == sorted(expected.sites(pages.plan))
    chromium.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert listed(chromium) == before


@pytest.mark.nightly
def test_paper_has_the_whole_table_and_nothing_about_choosing(pages: Pages, chromium: Chrome) -> None:
    """Every column, the first change and the investment among them; no count of rows and no call to choose."""
    look(chromium, pages.dutch)
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    heads = chromium.find_elements(By.CSS_SELECTOR, "#site-table thead th")
    assert len(heads) == len(expected.row_of(pages.plan, "dairy", 0, DUTCH))
    assert all(head.is_displayed() for head in heads)
    shown = [head.text.replace("\n", " ") for head in heads]
    assert {"Eerste overstap", "Investering [mln. euro]"} <= set(shown)
    for selector in ("#sites .to-choose", "#site-table_info"):
        assert not chromium.find_element(By.CSS_SELECTOR, selector).is_displayed()
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert all(
        chromium.find_element(By.CSS_SELECTOR, selector).is_displayed()
        for selector in ("#sites .to-choose", "#site-table_info")
    )
