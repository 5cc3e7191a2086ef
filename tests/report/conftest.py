"""Pages of the small instance `tiny`, each made once, and a browser to look at them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from made import HOSTILE, Pages
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from routeplan.data.read import read

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """One plan in English and in Dutch, and two plans beside each other, of sites of which one has a hostile name."""
    instance = read(ROOT / "instances" / "tiny")
    sites = instance["sites"]
    hostile = {name: sites[name].where(sites["site"] != "mill", HOSTILE) for name in ("name", "name_nl")}
    return Pages(instance.replace(sites=sites.assign(**hostile)), tmp_path_factory.mktemp("pages"))


SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A browser without a screen, that does nothing of its own accord."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    """Chromium, driven by its driver; the tests are skipped where either is absent."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("Chromium or its driver is not installed (Debian: apt install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(driver))
    yield started
    started.quit()
