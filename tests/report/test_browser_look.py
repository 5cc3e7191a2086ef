"""The page in a browser, for every reader: on a telephone and on paper, by keyboard, and read out."""

import base64
import re
from pathlib import Path

import expected
import pytest
from looking import NARROW, WIDE, card_is_open, close_card, data_of, in_sight, look, show_card, until
from made import Pages
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from routeplan.report.page.build import page

OUTSIDE = """
    const inside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
        && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    const found = [];
    for (const plot of document.querySelectorAll(".plot")) {
        const column = plot.parentElement.getBoundingClientRect();
        const picture = plot.querySelector("svg.marks").getBoundingClientRect();
        if (picture.width < 100 || picture.height < 60) found.push(`${plot.dataset.picture}: small`);
        if (picture.left < column.left - 1 || picture.right > column.right + 1) {
            found.push(`${plot.dataset.picture}: wide`);
        }
        const parts = "[class*=role-legend] text, [class*=role-axis] text, [class*=role-title] text";
        for (const text of plot.querySelectorAll(parts)) {
            const box = text.getBoundingClientRect();
            if (text.textContent && box.width && !inside(box, picture)) {
                found.push(`${plot.dataset.picture}: ${text.textContent}`);
            }
        }
    }
    return found;
"""
"""Pictures that leave their columns, and texts of legends, axes and titles that leave their pictures."""


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("page", [pytest.param("dutch", marks=pytest.mark.nightly), "both_dutch"])
@pytest.mark.nightly
def test_everything_fits(pages: Pages, chromium: Chrome, page: str, width: int) -> None:
    """Nothing is cut off, Dutch words neither, and the page is no wider than its window; nor is the card."""
    look(chromium, getattr(pages, page), width)
    wanted, room = chromium.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wanted == room <= width
    assert chromium.execute_script(OUTSIDE) == []
    show_card(chromium, "mill")
    box = chromium.execute_script("return document.getElementById('card').getBoundingClientRect().toJSON()")
    assert box["left"] >= 0 and box["right"] <= width
    close_card(chromium)


@pytest.mark.nightly
def test_a_telephone_shows_what_matters_of_each_site(pages: Pages, chromium: Chrome) -> None:
    """Names, CO2 and routes without scrolling to the side; a name opens its card."""
    look(chromium, pages.english, NARROW)
    script = """
        return [...document.querySelectorAll("#site-table thead th")]
            .filter(cell => cell.getBoundingClientRect().width > 0)
            .map(cell => [cell.textContent, cell.getBoundingClientRect().right]);
    """
    shown = dict(chromium.execute_script(script))
    years = expected.years(pages.plan)[-1]
    assert set(shown) >= {"Site", f"CO2 [kt/yr] {years}", f"Routes {years}"}
    assert max(shown["Site"], shown[f"CO2 [kt/yr] {years}"]) <= NARROW
    for site in expected.sites(pages.plan):
        assert in_sight(chromium, f'#site-table [data-site="{site}"]').rect["height"] >= 18
    assert show_card(chromium, "bakery").title == "Bakery"
    close_card(chromium)


@pytest.mark.nightly
def test_pictures_are_drawn_anew_when_the_window_changes(pages: Pages, chromium: Chrome) -> None:
    """As wide as there is room, without losing the period that was chosen."""
    look(chromium, pages.english, WIDE)
    size = {"width": NARROW, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    script = """
        const plots = [...document.querySelectorAll(".plot")];
        return plots.every(plot => plot.querySelector("svg.marks")
            && plot.querySelector("svg.marks").viewBox.baseVal.width <= plot.clientWidth + 12);
    """
    until(chromium, lambda: chromium.execute_script(script), True)
    until(chromium, lambda: chromium.execute_script(OUTSIDE), [])


@pytest.mark.nightly
def test_the_paper_has_the_whole_page(pages: Pages, chromium: Chrome) -> None:
    """Several sheets, and nothing to press."""
    look(chromium, pages.english)
    printed = base64.b64decode(
        chromium.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.7})["data"]
    )
    assert printed.startswith(b"%PDF")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 20
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    hidden = (
        "return [...document.querySelectorAll('#play, .zoom, .filters, .dt-search')].every(one => !one.offsetParent)"
    )
    assert chromium.execute_script(hidden)
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.nightly
def test_who_wants_no_motion_has_none(pages: Pages, chromium: Chrome) -> None:
    """The page jumps instead of gliding."""
    look(chromium, pages.english)
    script = "return getComputedStyle(document.documentElement).scrollBehavior"
    features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    assert chromium.execute_script(script) == "auto"
    chromium.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": ""}]}
    )


INTERACTIVE = "a[href], button, input, select, summary, [tabindex='0']"

WATCH = """
    window.visited = [];
    const name = one => one.id || one.dataset.site || one.dataset.zoom || one.getAttribute("aria-label")
        || one.textContent;
    window.nameOf = name;
    document.addEventListener("focusin", (event) => {
        const one = event.target;
        const style = getComputedStyle(one);
        window.visited.push([name(one), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
            document.getElementById("card").contains(one)]);
    });
"""


@pytest.mark.nightly
def test_everything_can_be_reached_by_keyboard(pages: Pages, chromium: Chrome) -> None:
    """By Tab alone, and whoever is there is seen to be there."""
    look(chromium, pages.both)
    script = f"""
        return [...document.querySelectorAll("{INTERACTIVE}")]
            .filter(one => !one.disabled && !one.classList.contains("disabled") && one.checkVisibility()
                && !one.closest("dialog"))
            .map(window.nameOf);
    """
    chromium.execute_script(WATCH)
    wanted = chromium.execute_script(script)
    for _ in range(len(wanted) // 10 + 2):
        ActionChains(chromium).send_keys(*[Keys.TAB] * 10).perform()
    visited = chromium.execute_script("return window.visited")
    assert set(wanted) - {name for name, _, _ in visited} == set()
    assert [name for name, outlined, _ in visited if not outlined] == []
    assert visited[0][0] == "To the map"
    assert {"play", "period", "plan", "filter-sector", "filter-region", "filter-family", "dairy"} <= set(wanted)


@pytest.mark.nightly
def test_the_card_holds_the_keyboard(pages: Pages, chromium: Chrome) -> None:
    """As long as it is open, nothing behind it can be reached."""
    look(chromium, pages.english)
    show_card(chromium, "dairy")
    chromium.execute_script(WATCH)
    ActionChains(chromium).send_keys(*[Keys.TAB] * 12).perform()
    visited = chromium.execute_script("return window.visited")
    assert [name for name, _, inside in visited if not inside and name.strip() != ""] == []
    assert card_is_open(chromium)
    close_card(chromium)


@pytest.mark.nightly
def test_the_skip_link_is_seen_when_it_is_reached(pages: Pages, chromium: Chrome) -> None:
    """And leads to the map."""
    look(chromium, pages.english)
    ActionChains(chromium).send_keys(Keys.TAB).perform()
    box = chromium.execute_script("return document.activeElement.getBoundingClientRect().toJSON()")
    assert box["left"] >= 0 and box["top"] >= 0 and box["width"] > 20
    ActionChains(chromium).send_keys(Keys.ENTER).perform()
    assert chromium.current_url.endswith("#map")


@pytest.mark.nightly
def test_links_to_the_parts_of_the_page_lead_there(pages: Pages, chromium: Chrome) -> None:
    """Each has its part."""
    look(chromium, pages.both)
    targets = [one.get_attribute("href") or "" for one in chromium.find_elements(By.CSS_SELECTOR, "nav.contents a")]
    ids = [target.partition("#")[2] for target in targets]
    parts = [*data_of(chromium)["pictures"]]
    for section, before in (("payers", "costs"), ("room", "limits")):
        parts.insert(parts.index(before), section)
    assert ids == [*parts, "sites", "differences", "inputs", "about"]
    assert all(len(chromium.find_elements(By.ID, name)) == 1 for name in ids)


FAULTS = """
    const found = [];
    const fault = (one, what) => found.push(`${what}: ${one.outerHTML.slice(0, 90)}`);
    const ids = [...document.querySelectorAll("[id]")].map(one => one.id);
    new Set(ids.filter((id, place) => ids.indexOf(id) !== place)).forEach(id => found.push(`twice: ${id}`));
    document.querySelectorAll("input, select").forEach((one) => {
        if (!one.labels.length && !one.getAttribute("aria-label")) fault(one, "no label");
    });
    document.querySelectorAll("button, a[href], [role=button]").forEach((one) => {
        if (!one.textContent.trim() && !one.getAttribute("aria-label")) fault(one, "no name");
    });
    document.querySelectorAll("main table, dialog table").forEach((one) => {
        const heads = [...one.querySelectorAll("thead th")];
        if (!heads.length || heads.some(head => head.scope !== "col")) fault(one, "headings without scope");
    });
    document.querySelectorAll("main tbody th, dialog tbody th").forEach((one) => {
        if (one.scope !== "row") fault(one, "a row's heading without scope");
    });
    document.querySelectorAll(".plot").forEach((one) => {
        if (one.getAttribute("role") !== "graphics-document") fault(one, "no role");
        if ((one.getAttribute("aria-label") || "").length < 30) fault(one, "no description");
    });
    let level = 0;
    document.querySelectorAll("h1, h2, h3, h4").forEach((one) => {
        const own = Number(one.getAttribute("aria-level") || one.tagName[1]);
        if (own > level + 1) fault(one, "a heading is left out before");
        level = own;
    });
    document.querySelectorAll("nav, [role=group], section:not(:has(h2))").forEach((one) => {
        if (!one.getAttribute("aria-label")) fault(one, "no name");
    });
    if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
    if (document.querySelectorAll("main").length !== 1) found.push("not one main");
    return found;
"""
"""What hinders those who listen to a page."""


@pytest.mark.parametrize("page", ["both_dutch", "english"])
@pytest.mark.nightly
def test_the_page_can_be_listened_to(pages: Pages, chromium: Chrome, page: str) -> None:
    """Headings, labels, tables with headings, pictures with a description; on the card too."""
    look(chromium, getattr(pages, page))
    assert chromium.execute_script(FAULTS) == []
    show_card(chromium, "glass")
    assert chromium.execute_script(FAULTS) == []
    assert chromium.execute_script("return document.activeElement.closest('dialog') !== null")
    close_card(chromium)


@pytest.mark.nightly
def test_paper_has_the_map_in_three_periods(pages: Pages, chromium: Chrome) -> None:
    """The first, that of the first target, and the last, with their legends once; the screen has one that moves."""
    look(chromium, pages.english)
    until(chromium, lambda: chromium.execute_script("return document.documentElement.dataset.paper"), "true")
    *images, legends = chromium.find_elements(By.CSS_SELECTOR, "#map .on-paper img")
    of_legends = chromium.execute_script("return decodeURIComponent(arguments[0].src)", legends)
    of_maps = [chromium.execute_script("return decodeURIComponent(arguments[0].src)", image) for image in images]
    assert "Route of the main process" in of_legends
    assert not any("Route of the main process" in drawn for drawn in of_maps)
    years = expected.years(pages.plan)
    assert [image.get_attribute("alt") for image in images] == years
    moving = chromium.find_element(By.CSS_SELECTOR, "#map .plot")
    for medium, shown in (("screen", False), ("print", True)):
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": medium})
        assert [image.is_displayed() for image in images] == [shown] * len(years)
        assert moving.is_displayed() is not shown
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.nightly
def test_three_plans_stand_beside_each_other(pages: Pages, chromium: Chrome, tmp_path: Path) -> None:
    """On a laptop: their summaries and pictures in one row, and names in tables with room to be read."""
    place = tmp_path / "three.html"
    place.write_text(page({"one": pages.plan, "late-grid": pages.late, "three": pages.plan}), encoding="utf-8")
    look(chromium, place)
    for part in ("article.plan", "#routes figure", "#map figure"):
        tops = {one.rect["y"] for one in chromium.find_elements(By.CSS_SELECTOR, part)}
        assert len(tops) == 1
    chromium.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    names = chromium.find_elements(By.CSS_SELECTOR, "figure .scroll tbody th")
    assert min(name.rect["width"] for name in names) >= 120
    assert chromium.execute_script("return document.documentElement.scrollWidth") <= WIDE


@pytest.mark.nightly
def test_facts_stay_within_their_own_room(pages: Pages, chromium: Chrome) -> None:
    """No label runs through the value beside it, or out of its own column."""
    look(chromium, pages.dutch, 1280)
    script = """
        return [...document.querySelectorAll("#about .facts > div")].filter(one => {
            const right = one.getBoundingClientRect().right;
            const [label, value] = one.children;
            return one.scrollWidth > one.clientWidth || value.getBoundingClientRect().right > right + 1
                || label.getBoundingClientRect().right > value.getBoundingClientRect().left;
        }).map(one => one.textContent);
    """
    assert chromium.execute_script(script) == []


@pytest.mark.nightly
def test_the_table_of_sites_fits_a_laptop(pages: Pages, chromium: Chrome) -> None:
    """At 1280 px no column is out of sight."""
    look(chromium, pages.dutch, 1280)
    script = """
        const room = document.querySelector("#site-table").closest(".scroll");
        return [room.scrollWidth, room.clientWidth];
    """
    needed, there = chromium.execute_script(script)
    assert needed <= there
