"""Pages of the small instance `tiny`, made once, and a browser to look at them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from made import HOSTILE, Pages
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from routeplan.data.read import read
from routeplan.report.page.build import page
from routeplan.solving.solve import solve

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """One plan in English and in Dutch, and two plans beside each other."""
    instance = read(ROOT / "instances" / "tiny")
    sites = instance["sites"]
    hostile = {name: sites[name].where(sites["site"] != "mill", HOSTILE) for name in ("name", "name_nl")}
    instance = instance.replace(sites=sites.assign(**hostile))
    plan, late = solve(instance), solve(instance.under("late-grid"))
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "english": page({"tiny": plan}),
        "dutch": page({"tiny": plan}, "nl"),
        "both": page({"tiny": plan, "late-grid": late}),
        "both_dutch": page({"tiny": plan, "late-grid": late}, "nl"),
    }
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return Pages(plan, late, *(folder / f"{name}.html" for name in made))


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
