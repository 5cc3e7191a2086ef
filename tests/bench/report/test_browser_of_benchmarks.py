"""The page of a benchmark in a browser: drawn in full, at any width, by itself."""

import json
from dataclasses import replace

import pytest
from made_runs import manifest, run
from selenium.webdriver.support.ui import WebDriverWait

from browser import chromium as chromium
from routeplan.bench.report.page import benchmark_page
from routeplan.bench.report.results import results_of


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Settings and instances of long names, solved, unsolved and wrong, with two seeds; all tables are there."""
    instances = {f"a-family-of-a-very-long-name-{size}-0": columns for size, columns in (("S", 10), ("M", 100))}
    runs = [
        run(
            name,
            setting,
            None if columns > 10 and factor > 2 else factor * columns / 10,
            seed=seed,
            wrong=wrong,
            point=10.0,
            root_bound=8.0,
        )
        for name, columns in instances.items()
        for setting, factor, wrong in (
            ("highs-default", 1.0, ""),
            ("a-setting-of-a-very-long-name", 3.0, ""),
            ("b", 2, "x"),
            *((f"highs-of-a-name-{letter}", 1.5, "") for letter in "abcdefghijklm"),
        )
        for seed in (0, 1)
    ]
    manifests = {name: replace(manifest(name, columns), lp_bound=6.0) for name, columns in instances.items()}
    file = tmp_path_factory.mktemp("page") / "index.html"
    file.write_text(benchmark_page(results_of(runs, manifests=manifests)), encoding="utf-8")
    return file


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.nightly
def test_every_chart_is_drawn_and_nothing_is_fetched(chromium, page, width):
    """On a laptop and on a telephone: no chart is wider than the page, and the page is no wider than its window.

    On a laptop no table is cut at the right either, with sixteen settings.
    """
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for kind in ("browser", "performance"):
        chromium.get_log(kind)
    chromium.get(page.as_uri())
    ready = "return document.documentElement.dataset.ready === 'true'"
    WebDriverWait(chromium, 60, 0.05).until(lambda browser: browser.execute_script(ready))
    plots, drawn = chromium.execute_script(
        "const all = (what) => document.querySelectorAll(what).length;"
        "return [all('.plot'), all(['line', 'rect', 'symbol'].map((kind) => `.plot svg .mark-${kind} path`).join())];"
    )
    assert plots == 8
    assert drawn > plots
    wider = (
        "return [...document.querySelectorAll('.plot')].filter((one) => one.scrollWidth > one.clientWidth + 1)"
        ".map((one) => one.dataset.chart)"
    )
    assert chromium.execute_script(wider) == []
    assert chromium.execute_script("return document.documentElement.scrollWidth") <= width
    chromium.execute_script("for (const each of document.querySelectorAll('details')) each.open = true;")
    cut = (
        "return [...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1)"
        ".map((one) => one.closest('section').id)"
    )
    assert width < 700 or chromium.execute_script(cut) == []
    assert chromium.get_log("browser") == []
    sent = [json.loads(entry["message"])["message"] for entry in chromium.get_log("performance")]
    asked = {each["params"]["request"]["url"] for each in sent if each["method"] == "Network.requestWillBeSent"}
    assert {address for address in asked if not address.startswith("data:")} == {page.as_uri()}
