"""What tests do with a page in a browser."""

import json
from collections.abc import Sequence
from pathlib import Path

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

WIDE, NARROW = 1280, 400
"""A laptop and a telephone [px]."""

SECONDS = 60
"""A machine that does many things at once may take so long to draw a page."""


def look(chromium: Chrome, page: Path, width: int = WIDE) -> Chrome:
    """Open a page in a window of this width, and wait until all pictures are drawn."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for kind in ("browser", "performance"):
        chromium.get_log(kind)  # what earlier pages logged is theirs
    chromium.get(page.as_uri())
    ready = "return document.documentElement.dataset.ready === 'true'"
    WebDriverWait(chromium, SECONDS).until(lambda browser: browser.execute_script(ready))
    return chromium


def requests(chromium: Chrome) -> list[str]:
    """Addresses that were asked for since the page was opened."""
    messages = [json.loads(entry["message"])["message"] for entry in chromium.get_log("performance")]
    return [
        message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"
    ]


def choose_period(chromium: Chrome, position: int) -> None:
    """Move the slider, and wait until the map has followed."""
    chromium.execute_async_script(
        """
        const [position, done] = arguments;
        const slider = document.getElementById("period");
        slider.value = position;
        slider.dispatchEvent(new Event("input"));
        setTimeout(done, 300);
        """,
        position,
    )


def choose(chromium: Chrome, select: str, text: str) -> None:
    """Choose from a list."""
    Select(chromium.find_element(By.ID, select)).select_by_visible_text(text)


def cells(chromium: Chrome, table: str) -> list[list[str]]:
    """The rows that a table shows."""
    script = (
        "return [...document.querySelectorAll(arguments[0] + ' tbody tr')]"
        ".map(row => [...row.cells].map(cell => cell.textContent))"
    )
    found: list[list[str]] = chromium.execute_script(script, table)
    return found


def texts(chromium: Chrome) -> Sequence[str]:
    """Every text on the page: of elements, of pictures, and what is read out."""
    script = """
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) {
            const inside = walker.currentNode.parentElement.closest("script, style, noscript");
            if (!inside) found.push(walker.currentNode.textContent);
        }
        document.querySelectorAll("[aria-label]").forEach(one => found.push(one.getAttribute("aria-label")));
        document.querySelectorAll("[title]").forEach(one => found.push(one.getAttribute("title")));
        return found.map(text => text.trim()).filter(text => text);
    """
    found: list[str] = chromium.execute_script(script)
    return found
