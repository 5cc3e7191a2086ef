"""Plans side by side in a browser: pictures, slider, table of sites, and what differs."""

from collections.abc import Iterable

import expected
import pandas as pd
import pytest
from looking import Mark, cells, choose, choose_period, data_of, headings, in_sight, listed, look, on_map, until
from made import Pages
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

import routeplan
from routeplan.language.language import Words
from routeplan.report import palette

ENGLISH, DUTCH = Words("en"), Words("nl")


@pytest.mark.nightly
def test_pictures_of_both_plans_stand_side_by_side(pages: Pages, chromium: Chrome) -> None:
    """Each under the name of its plan."""
    look(chromium, pages.both)
    plans = pages.side_by_side(ENGLISH)
    for picture in data_of(chromium)["pictures"]:
        names = chromium.find_elements(By.CSS_SELECTOR, f"#{picture} figure > h3")
        assert [name.text for name in names] == list(plans)
        drawn = chromium.find_elements(By.CSS_SELECTOR, f"#{picture} figure svg.marks")
        assert len(drawn) == len(plans)
        assert drawn[0].rect["y"] == drawn[1].rect["y"] and drawn[0].rect["x"] < drawn[1].rect["x"]


def colours(marks: Iterable[Mark]) -> dict[str, str]:
    """Colour by site."""
    return {mark.site: mark.colour for mark in marks}


@pytest.mark.nightly
def test_the_slider_moves_the_maps_of_both_plans(pages: Pages, chromium: Chrome) -> None:
    """Each shows its own plan in the same period."""
    look(chromium, pages.both)
    differ = 0
    for position, period in enumerate(expected.periods(pages.plan)):
        choose_period(chromium, position)
        wanted = [
            {site: palette.FAMILIES[expected.main_family(plan, site, period)] for site in expected.sites(plan)}
            for plan in (pages.plan, pages.late)
        ]
        for place in (0, 1):
            until(chromium, lambda: colours(on_map(chromium, place)), wanted[place])  # noqa: B023
        differ += wanted[0] != wanted[1]
    assert differ > 0


@pytest.mark.nightly
def test_the_table_of_sites_shows_the_plan_that_is_chosen(pages: Pages, chromium: Chrome) -> None:
    """In every period."""
    look(chromium, pages.both)
    shown = []
    for name, plan in reversed(pages.side_by_side(ENGLISH).items()):
        choose(chromium, "plan", name)
        for position in range(len(expected.periods(plan))):
            choose_period(chromium, position)
            rows = dict(zip(listed(chromium), cells(chromium, "#site-table"), strict=True))
            assert rows == {site: expected.row_of(plan, site, position, ENGLISH) for site in expected.sites(plan)}
            shown.append(rows)
    assert shown[1] != shown[4]


def written(value: object, measure: object) -> str:
    """A number of a comparison as it is written: gaps are shares."""
    number = float("nan") if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]
    return ENGLISH.percent(number, 3) if measure == "gap" else ENGLISH.number(number)


@pytest.mark.nightly
def test_the_differences_are_those_of_compare(pages: Pages, chromium: Chrome) -> None:
    """Row by row, over all its pages: what differs, by how much; of an item what differs by a hundredth or more."""
    look(chromium, pages.both)
    plans = pages.side_by_side(ENGLISH)
    one, other = plans
    found = routeplan.compare(plans)
    same = (found[one] == found[other]) | (found[one].isna() & found[other].isna())
    apart = (found[other] - found[one]).abs() / found[[one, other]].abs().max(axis=1)
    small = (found["item"] != "") & (apart < 0.01)
    assert (~same & small).any()
    rows = [
        [
            ENGLISH.name(row["measure"]),
            "" if pd.isna(row["period"]) else str(row["period"]),
            row["unit"],
            written(row[one], row["measure"]),
            written(row[other], row["measure"]),
            written(row[other] - row[one], row["measure"]),
        ]
        for row in found[~same & ~small].to_dict("records")
    ]
    wanted = [row for row in rows if row[3] != row[4]]  # what reads the same is no difference to a reader
    assert 25 < len(wanted) < len(found)
    assert headings(chromium, "#difference-table") == [
        *("Measure", "Of", "Period", "Unit", *plans, f"{other} minus {one}")
    ]
    shown = cells(chromium, "#difference-table")
    in_sight(chromium, "#difference-table_wrapper .dt-paging .next").click()
    shown += cells(chromium, "#difference-table")
    chromium.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert cells(chromium, "#difference-table") == shown  # on paper there is one page of them
    assert [[row[0], *row[2:]] for row in shown] == wanted
    items = {row[1] for row in shown}
    south = pages.plan.instance["areas"].set_index("area")["name"]["south"]
    assert {"electrification", "natural gas", south, "all sites: emission target"} <= items
