"""Takes the README's picture of a page: python scripts/picture.py achterhoek-plan.html docs/page.png.

Needs Chromium and its driver (Debian: chromium, chromium-driver) and the tools of developers.
"""

import base64
import shutil
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

WIDTH, HEIGHT, SHOWN = 1280, 900, 1524
"""A reader's window, and how much of the page is shown: its head and the map [px]."""

SWITCHES = ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--disable-background-networking")

DRAWN = "return document.documentElement.dataset.ready === 'true'"


def picture(page: Path) -> bytes:
    """The upper part of a page, as PNG."""
    options = webdriver.ChromeOptions()
    for switch in SWITCHES:
        options.add_argument(switch)
    options.binary_location = shutil.which("chromium") or sys.exit("chromium is not installed")
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get(page.resolve().as_uri())
        WebDriverWait(browser, 60).until(lambda shown: shown.execute_script(DRAWN))
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": SHOWN, "scale": 1}
        taken = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        return base64.b64decode(taken["data"])
    finally:
        browser.quit()


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(picture(Path(sys.argv[1])))
