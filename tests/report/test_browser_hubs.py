"""The page of hub designs in a browser: maps are drawn, tables are there, in both languages; no text of a user runs."""

import dataclasses
from pathlib import Path

import pytest
from looking import NARROW, cells, look
from made import HOSTILE, hostile
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from kilns import KILNS, kilns
from routeplan.hubs.apply import Presence, with_designs
from routeplan.hubs.compare import Case, Comparison
from routeplan.hubs.design import WITHOUT, Design, OpenedHub
from routeplan.hubs.tables import hub_tables
from routeplan.language.language import Words
from routeplan.report.page.hub_page import hub_page
from routeplan.result.result import Result, Status
from small import best

PLANNED = Design("harbour", "The harbour", "De haven", hubs=(OpenedHub("harbour", "electrolysis", 2030),))
UNPLANNED = Design("never", "Never", "Nooit", hubs=(OpenedHub("harbour", "electrolysis", 2030),))


def page_of(language: str, harm: bool = False) -> str:
    """The page of two designs: one that three kilns use, and one without a plan."""
    instance, planned, unplanned = kilns(1.5), PLANNED, UNPLANNED
    plans = [best(with_designs(instance, [planned, unplanned], each)) for each in (None, planned)]
    if harm:
        plans = [hostile(plan) for plan in plans]
        own = dataclasses.replace(
            UNPLANNED.hubs[0], hub="quay", row={"name": f"hub {HOSTILE}", "name_nl": f"hub {HOSTILE}"}
        )
        planned = dataclasses.replace(planned, title=f"title {HOSTILE}", title_nl=f"title_nl {HOSTILE}")
        unplanned = dataclasses.replace(unplanned, hubs=(own,))
    without, with_it = plans
    none = Result(instance, Status.INFEASIBLE, dataclasses.replace(with_it.record, reason="it was infeasible"))
    made = {
        Case(): without,
        Case("harbour", Presence.FORCED): with_it,
        Case("never", Presence.FORCED): none,
    }
    tables = hub_tables(Comparison(without.instance, (planned, unplanned), made, frozenset(), 0.0))
    if harm:
        tables["designs"] = tables["designs"].assign(told=f"told {HOSTILE}", told_nl=f"told_nl {HOSTILE}")
    return hub_page((planned, unplanned), tables, {WITHOUT: without, "harbour": with_it}, language)


def written(folder: Path, text: str) -> Path:
    file = folder / "hubs.html"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.nightly
@pytest.mark.parametrize("width", [1280, NARROW])
@pytest.mark.parametrize(("language", "title"), [("en", "The harbour"), ("nl", "De haven")])
def test_the_page_of_hubs_draws_its_map_and_has_its_tables(
    chromium: Chrome, tmp_path: Path, language: str, title: str, width: int
) -> None:
    """One map, of the design that has a plan; a row of the overview for each; nothing is logged or too wide."""
    look(chromium, written(tmp_path, page_of(language)), width)
    words = Words(language)
    assert chromium.find_element(By.TAG_NAME, "html").get_attribute("lang") == language
    assert len(chromium.find_elements(By.CSS_SELECTOR, "figure .plot svg.marks")) == 1
    assert len(chromium.find_elements(By.CSS_SELECTOR, "#design-harbour ~ figure")) == 1
    overview = cells(chromium, "#summary")
    assert [row[0] for row in overview] == [title, {"en": "Never", "nl": "Nooit"}[language]]
    assert overview[0][-1] == str(len(KILNS))
    assert words("there is no plan with it") in overview[1][1]
    assert [row[0] for row in cells(chromium, "#design-harbour")][: len(KILNS)] == [f"Kiln {each}" for each in KILNS]
    assert cells(chromium, "#design-never")[0][0] == "harbour"
    wider = "return document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not chromium.execute_script(wider)
    assert chromium.get_log("browser") == []


@pytest.mark.nightly
@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_name_in_a_design_or_region_runs(chromium: Chrome, tmp_path: Path, language: str) -> None:
    """Titles of designs, names of hubs, sites and areas, and what is missing: all stay text, on page and map."""
    text = page_of(language, harm=True)
    assert HOSTILE not in text
    look(chromium, written(tmp_path, text))
    ending = "_nl" if language == "nl" else ""
    overview = cells(chromium, "#summary")
    assert overview[0][0] == f"title{ending} {HOSTILE}"
    assert overview[1][1].endswith(f"told{ending} {HOSTILE}")
    assert f"hub {HOSTILE}" in [row[0] for row in cells(chromium, "#design-never")]
    assert f"sites.name{ending} {HOSTILE}" in [row[0] for row in cells(chromium, "#design-harbour")]
    assert len(chromium.find_elements(By.CSS_SELECTOR, "figure .plot svg.marks")) == 1
    assert chromium.title.startswith(f"settings.title{ending} {HOSTILE}")
    assert chromium.execute_script("return document.querySelectorAll('[onerror], [src=x]').length") == 0
    assert chromium.get_log("browser") == []
