"""What tests do with a page in a browser."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

WIDE, NARROW = 1280, 400
"""A laptop and a telephone [px]."""

SECONDS = 60
"""A machine that does many things at once may take so long to draw a page."""

OFTEN = 0.05
"""How often to look whether something has happened [s]."""

READY = "return document.documentElement.dataset.ready === 'true'"

Found = TypeVar("Found")


class Mark(NamedTuple):
    """A site on a map: its id, its colour, its shape as a path, what is read out of it, and where it is [px]."""

    site: str
    colour: str
    shape: str
    label: str
    x: float
    y: float


class Card(NamedTuple):
    """What the card of a site shows: of each plan, under its name, tables by title; each row a list of cells."""

    title: str
    facts: str
    plans: dict[str, dict[str, list[list[str]]]]


def look(chromium: Chrome, page: Path, width: int = WIDE) -> Chrome:
    """Open a page in a window of this width, and wait until all pictures are drawn."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for kind in ("browser", "performance"):
        chromium.get_log(kind)  # what earlier pages logged is theirs
    chromium.get(page.as_uri())
    WebDriverWait(chromium, SECONDS, OFTEN).until(lambda browser: browser.execute_script(READY))
    return chromium


def until(chromium: Chrome, found: Callable[[], Found], expected: Found) -> None:
    """Wait until the page shows what is expected; when it does not, say what it shows instead."""
    try:
        WebDriverWait(chromium, 10, OFTEN).until(lambda _: found() == expected)
    except Exception:
        assert found() == expected
        raise


def requests(chromium: Chrome) -> list[str]:
    """Addresses that were asked for since the page was opened."""
    messages = [json.loads(entry["message"])["message"] for entry in chromium.get_log("performance")]
    return [
        message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"
    ]


def choose_period(chromium: Chrome, position: int) -> None:
    """Move the slider, and wait until what follows at once has followed."""
    chromium.execute_async_script(
        """
        const [position, done] = arguments;
        const slider = document.getElementById("period");
        slider.value = position;
        slider.dispatchEvent(new Event("input"));
        requestAnimationFrame(() => setTimeout(done, 50));
        """,
        position,
    )


def choose(chromium: Chrome, select: str, text: str) -> None:
    """Choose from a list."""
    Select(chromium.find_element(By.ID, select)).select_by_visible_text(text)


def in_sight(chromium: Chrome, selector: str) -> WebElement:
    """An element, scrolled to where nothing lies over it."""
    found = chromium.find_element(By.CSS_SELECTOR, selector)
    chromium.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", found)
    return found


def cells(chromium: Chrome, table: str) -> list[list[str]]:
    """The rows that a table shows."""
    script = (
        "return [...document.querySelectorAll(arguments[0] + ' tbody tr')]"
        ".map(row => [...row.cells].map(cell => cell.textContent))"
    )
    found: list[list[str]] = chromium.execute_script(script, table)
    return found


def headings(chromium: Chrome, table: str) -> list[str]:
    """The headings of a table."""
    script = "return [...document.querySelectorAll(arguments[0] + ' thead th')].map(cell => cell.textContent)"
    found: list[str] = chromium.execute_script(script, table)
    return found


def listed(chromium: Chrome) -> list[str]:
    """Ids of the sites that the table lists, in its order."""
    found: list[str] = chromium.execute_script(
        "return [...document.querySelectorAll('#site-table [data-site]')].map(one => one.dataset.site)"
    )
    return found


def on_map(chromium: Chrome, plan: int = 0) -> list[Mark]:
    """The sites on the map of a plan."""
    script = """
        const plot = document.querySelector(`.plot[data-picture="map"][data-plan="${arguments[0]}"]`);
        return [...plot.querySelectorAll(".role-mark path")]
            .filter(path => path.__data__.datum && path.__data__.datum.site)
            .map(path => {
                const box = path.getBoundingClientRect();
                return [path.__data__.datum.site, path.getAttribute("fill"), path.getAttribute("d"),
                    path.getAttribute("aria-label"), box.x + box.width / 2, box.y + box.height / 2];
            });
    """
    return [Mark(*found) for found in chromium.execute_script(script, plan)]


def mark_of(chromium: Chrome, site: str) -> WebElement:
    """The mark of a site on the first map, scrolled into sight."""
    script = """
        const found = [...document.querySelectorAll('.plot[data-picture="map"] .role-mark path')]
            .find(path => path.__data__.datum && path.__data__.datum.site === arguments[0]);
        found.scrollIntoView({block: "center", behavior: "instant"});
        return found;
    """
    found: WebElement = chromium.execute_script(script, site)
    return found


def drawn(chromium: Chrome, description: str, plan: int = 0) -> set[str]:
    """What is read out of the marks of a kind on the map: links, hubs or areas."""
    script = """
        const plot = document.querySelector(`.plot[data-picture="map"][data-plan="${arguments[0]}"]`);
        return [...plot.querySelectorAll(`[aria-roledescription="${arguments[1]}"]`)]
            .map(mark => mark.getAttribute("aria-label"));
    """
    return set(chromium.execute_script(script, plan, description))


def point_at(chromium: Chrome, element: WebElement) -> list[list[str]]:
    """Point at a mark, and read what is told of it: titles and values."""
    ActionChains(chromium).move_to_element(element).perform()
    shown = "return document.querySelector('#vg-tooltip-element.visible') !== null"
    WebDriverWait(chromium, 15, OFTEN).until(lambda browser: browser.execute_script(shown))
    return cells(chromium, "#vg-tooltip-element")


def card_is_open(chromium: Chrome) -> bool:
    """Whether the card of a site is shown."""
    return bool(chromium.execute_script("return document.getElementById('card').open"))


def show_card(chromium: Chrome, site: str) -> Card:
    """Open the card of a site by its name in the table, and read it."""
    in_sight(chromium, f'#site-table [data-site="{site}"]').click()
    return read_card(chromium)


def read_card(chromium: Chrome) -> Card:
    """What the open card shows."""
    until(chromium, lambda: card_is_open(chromium), True)
    script = """
        const told = cell => Array(cell.colSpan).fill(cell.textContent);
        const rows = table => [...table.rows].map(row => [...row.cells].flatMap(told));
        const plans = [...document.querySelectorAll("#card-plans > div")].map(part => [
            part.querySelector("h3") ? part.querySelector("h3").textContent : "",
            [...part.querySelectorAll("h4")].map(
                head => [head.textContent, rows(head.nextElementSibling.querySelector("table"))]),
        ]);
        const text = id => document.getElementById(id).textContent;
        return [text("card-title"), text("card-facts"), plans];
    """
    title, facts, plans = chromium.execute_script(script)
    return Card(title, facts, {name: dict(tables) for name, tables in plans})


def close_card(chromium: Chrome) -> None:
    """Close the card."""
    chromium.find_element(By.ID, "card-close").click()
    until(chromium, lambda: card_is_open(chromium), False)


def data_of(chromium: Chrome) -> Any:
    """What the scripts of the page read."""
    return json.loads(chromium.execute_script("return document.getElementById('page-data').textContent"))


def texts(chromium: Chrome) -> Sequence[str]:
    """Every text on the page: of elements, of pictures, and what is read out."""
    script = """
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [document.title];
        while (walker.nextNode()) {
            const inside = walker.currentNode.parentElement.closest("script, style, noscript");
            if (!inside) found.push(walker.currentNode.textContent);
        }
        for (const name of ["aria-label", "aria-roledescription", "aria-valuetext", "title", "alt", "placeholder"]) {
            document.querySelectorAll(`[${name}]`).forEach(one => found.push(one.getAttribute(name)));
        }
        return found.map(text => text.trim()).filter(text => text);
    """
    found: list[str] = chromium.execute_script(script)
    return found
