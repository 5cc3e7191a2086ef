"""Takes the README's picture of a page, and tells how fast a browser shows it.

python scripts/picture.py achterhoek-plan.html docs/page.png

Needs Chromium and its driver (Debian: chromium, chromium-driver) and the tools of developers.
"""

import base64
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

WIDTH, HEIGHT, SHOWN = 1280, 900, 1524
"""A reader's window, and how much of the page is shown: its head and the map [px]."""

SWITCHES = ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--disable-background-networking")

MAP = "return document.querySelector('.plot svg') !== null"
ALL = "return document.documentElement.dataset.ready === 'true'"

MOVE = """
const [position, done] = arguments;
const slider = document.getElementById("period");
const start = performance.now();
slider.value = position;
slider.dispatchEvent(new Event("input"));
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))));
"""


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    for switch in SWITCHES:
        options.add_argument(switch)
    options.binary_location = shutil.which("chromium") or sys.exit("chromium is not installed")
    started = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    started.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield started
    finally:
        started.quit()


def seconds_until(chromium: webdriver.Chrome, condition: str, start: float) -> float:
    WebDriverWait(chromium, 120, 0.02).until(lambda shown: shown.execute_script(condition))
    return time.perf_counter() - start


def slider_seconds(chromium: webdriver.Chrome) -> float:
    """Until the map has followed the slider, from its last period to its first and back."""
    last = chromium.execute_script("return Number(document.getElementById('period').max)")
    return max(chromium.execute_async_script(MOVE, position) for position in (0, last)) / 1000


def picture(chromium: webdriver.Chrome) -> bytes:
    """The upper part of the page, as PNG."""
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": SHOWN, "scale": 1}
    taken = chromium.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    return base64.b64decode(taken["data"])


if __name__ == "__main__":
    page, out = map(Path, sys.argv[1:])
    with browser() as chromium:
        start = time.perf_counter()
        chromium.get(page.resolve().as_uri())
        drawn, ready = (seconds_until(chromium, condition, start) for condition in (MAP, ALL))
        out.write_bytes(picture(chromium))
        moved = slider_seconds(chromium)
    print(f"{page}: {page.stat().st_size / 1e6:.1f} MB; map after {drawn:.2f} s, all pictures after {ready:.2f} s")
    print(f"the map follows the slider in {moved:.2f} s")
