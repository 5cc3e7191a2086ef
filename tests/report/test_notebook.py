"""Pictures in a notebook show without a network."""

import copy
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import pytest
from looking import requests, until
from made import HOSTILE, Pages
from selenium.webdriver import Chrome

import routeplan
from routeplan.report.notebook import ShownOffline

PLOTS = tuple(name for name in routeplan.__all__ if name.startswith("plot_"))
LIBRARIES = "<script>window.define = function () {}; window.define.amd = {};</script>"
"""What a classic notebook has: libraries that hear of it put nothing into the window."""


@pytest.fixture
def renderers() -> Iterator[Any]:
    """The renderers of Altair, at their default again after the test."""
    yield alt.renderers
    alt.renderers.enable("default")


def shown(chart: Any) -> Any:
    """What a notebook is given of a chart."""
    return chart._repr_mimebundle_(include=None, exclude=None)


@pytest.mark.nightly
def test_every_picture_shows_in_one_notebook_without_a_network(pages: Pages, chromium: Chrome, tmp_path: Path) -> None:
    """One below the other, as cells of a notebook: each is drawn, nothing is fetched, and nothing complains."""
    charts = [getattr(routeplan, name)(pages.plan) for name in PLOTS]
    cells = "".join(f"<section>{shown(chart)['text/html']}</section>" for chart in charts)
    file = tmp_path / "notebook.html"
    file.write_text(f"<!DOCTYPE html><meta charset='utf-8'><link rel='icon' href='data:,'>{LIBRARIES}{cells}", "utf-8")
    for kind in ("browser", "performance"):
        chromium.get_log(kind)  # what earlier pages logged is theirs
    chromium.get(file.as_uri())
    drawn = "return [...document.querySelectorAll('section')].map(s => s.querySelectorAll('canvas, svg').length)"
    until(chromium, lambda: chromium.execute_script(drawn), [1] * len(PLOTS))
    assert chromium.get_log("browser") == []
    assert {address for address in requests(chromium) if not address.startswith("data:")} == {file.as_uri()}


@pytest.mark.nightly
def test_a_renderer_of_the_users_choice_is_used(pages: Pages, renderers: Any) -> None:
    """Whoever has chosen one of Altair's gets what that makes, and no scripts."""
    chart = routeplan.plot_energy(pages.plan)
    renderers.enable("svg")
    assert list(shown(chart)) == ["image/svg+xml"]
    renderers.enable("html")
    assert "jsdelivr" in shown(chart)["text/html"]


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.nightly
def test_a_picture_stays_a_chart_of_altair(pages: Pages, name: str) -> None:
    """It can be changed, copied, pickled and saved as before, and its copies show without a network too."""
    chart = getattr(routeplan, name)(pages.plan)
    assert isinstance(chart, alt.LayerChart | alt.FacetChart)
    for other in (chart.properties(title="mine"), copy.deepcopy(chart), pickle.loads(pickle.dumps(chart))):
        assert isinstance(other, ShownOffline)
        assert type(other) is type(chart)
    assert copy.deepcopy(chart).to_dict() == chart.to_dict()
    assert "jsdelivr" not in chart.to_html(inline=True).partition("<body>")[2]


@pytest.mark.nightly
def test_a_text_that_looks_like_the_end_of_a_script_stays_in_it(pages: Pages) -> None:
    """The map holds a name with a script in it; the cell's own script ends once, and no comment begins in it."""
    text = shown(routeplan.plot_map(pages.plan))["text/html"]
    assert "<script>document.title" in HOSTILE
    assert "<script>document.title" in text
    assert (text.count("</script"), text.count("<!--")) == (1, 0)
