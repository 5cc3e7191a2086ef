"""Every picture of a plan: its scale, its words, its files, and what it does without a plan."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt
import pytest
import vl_convert
from charted import domain, plan, rows
from expected import available

import routeplan
from routeplan.errors import UsageError
from routeplan.language.language import Words
from routeplan.report.charts.axis import Extent
from routeplan.report.charts.costs import costs_table, extent_of_costs, plot_costs
from routeplan.report.charts.emissions import emissions_table, extent_of_emissions, plot_emissions
from routeplan.report.charts.energy import energy_table, extent_of_energy, plot_energy
from routeplan.report.charts.limits import limits_table, plot_limits
from routeplan.report.charts.public_money import (
    ABOVE,
    most_by_pot,
    plot_public_money,
    public_money_table,
)
from routeplan.report.charts.routes import (
    extent_of_routes,
    plot_routes,
    plot_routes_by_sector,
    routes_by_sector_table,
    routes_table,
)
from routeplan.result.result import Status
from small import best, small

PLOTS = (
    plot_routes,
    plot_routes_by_sector,
    plot_emissions,
    plot_costs,
    plot_energy,
    plot_limits,
    plot_public_money,
)
TABLES = (
    routes_table,
    routes_by_sector_table,
    emissions_table,
    costs_table,
    energy_table,
    limits_table,
    public_money_table,
)
SCALED = (
    (plot_routes, extent_of_routes),
    (plot_emissions, extent_of_emissions),
    (plot_costs, extent_of_costs),
    (plot_energy, extent_of_energy),
)


def _name(function: Any) -> str:
    return str(getattr(function, "__name__", ""))


@pytest.mark.parametrize("plot", PLOTS, ids=_name)
def test_pictures_are_public(plot: Callable[..., Any]) -> None:
    assert getattr(routeplan, _name(plot)) is plot
    assert _name(plot) in routeplan.__all__


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("plot", PLOTS, ids=_name)
@pytest.mark.some(2)
def test_every_picture_says_what_it_shows(plot: Callable[..., Any], language: str) -> None:
    """It has a title, the same text first in its description, and numbers in the readers' way of writing."""
    chart = plot(plan(), language).to_dict()
    assert chart["description"].startswith(chart["title"]["text"])
    assert chart["config"]["locale"]["number"]["decimal"] == {"en": ".", "nl": ","}[language]


@pytest.mark.parametrize("plot", PLOTS, ids=_name)
@pytest.mark.some(1)
def test_titles_are_dutch_for_dutch_readers(plot: Callable[..., Any]) -> None:
    assert plot(plan(), "nl").to_dict()["title"] != plot(plan(), "en").to_dict()["title"]


@pytest.mark.parametrize("plot", PLOTS, ids=_name)
@pytest.mark.some(1)
def test_a_picture_is_the_same_every_time(plot: Callable[..., Any]) -> None:
    assert plot(plan()).to_json() == plot(plan()).to_json()


@pytest.mark.parametrize("drawn", [*PLOTS, *TABLES], ids=_name)
def test_without_a_plan_there_is_nothing_to_draw(drawn: Callable[..., Any]) -> None:
    none = dataclasses.replace(plan(), status=Status.INFEASIBLE, tables={})
    with pytest.raises(UsageError, match="because it has no plan: its status is infeasible"):
        drawn(none, "en" if drawn in PLOTS else Words())


@pytest.mark.parametrize(("plot", "extent"), SCALED, ids=_name)
@pytest.mark.some(1)
def test_an_axis_holds_what_is_drawn_and_what_is_asked_for(
    plot: Callable[..., Any], extent: Callable[..., Extent]
) -> None:
    """Its own extent, or the ends that are given: so that several plans have one scale."""
    own = extent(plan())
    assert domain(plot(plan())) == [own.bottom, own.top]
    assert domain(plot(plan(), top=2 * own.top, bottom=-5.0)) == [-5.0, 2 * own.top]


@pytest.mark.nightly
def test_pictures_of_pots_leave_room_for_numbers() -> None:
    """Each has the height of what the pot has or pays at most, or of what is asked for, and a scale of its own."""
    most = {pot: max(available(plan(), pot).values()) for pot in plan().instance["pots"]["pot"]}
    assert most_by_pot(plan()) == pytest.approx(most)
    small = min(most, key=lambda pot: most[pot])
    asked = {small: 2 * max(most.values())}
    for chart, tops in ((plot_public_money(plan()), most), (plot_public_money(plan(), tops=asked), most | asked)):
        heights = rows(chart, "most", "pot").groupby("pot")["most"].max()
        assert sorted(heights) == pytest.approx(sorted(ABOVE * top for top in tops.values()))
        assert chart.to_dict()["resolve"]["scale"]["y"] == "independent"
        assert "domain" not in chart.to_dict()["spec"]["layer"][0]["encoding"]["y"]["scale"]


def test_periods_are_told_as_years() -> None:
    """Periods of 4, 4 and 6 years."""
    data = rows(plot_routes(plan()), "span")
    assert dict(zip(data["period"], data["span"], strict=True)) == {
        2026: "2026\u20132029",
        2030: "2030\u20132033",
        2034: "2034\u20132039",
    }


@pytest.mark.parametrize("plot", PLOTS, ids=_name)
@pytest.mark.nightly
def test_the_smallest_plan_can_be_drawn(plot: Callable[..., Any]) -> None:
    """There are no pots, no limit is nearly full and nothing is emitted any more."""
    assert plot(best(small()), "nl").to_dict()["title"]["subtitle"]


@pytest.mark.nightly
@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
def test_pictures_are_saved_as_files_of_their_kind(tmp_path: Path, ending: str, start: bytes) -> None:
    file = tmp_path / f"limits.{ending}"
    plot_limits(plan()).save(str(file))
    assert file.read_bytes().startswith(start)


@pytest.mark.parametrize("plot", PLOTS, ids=_name)
@pytest.mark.some(1)
def test_every_picture_fits_on_a_telephone(plot: Callable[..., Any]) -> None:
    """With a plot of 290 pixels nothing is cut off, and axis, legend and title fit in 360."""
    chart = plot(plan(), "nl", **({"columns": 1} if plot in (plot_routes_by_sector, plot_public_money) else {}))
    (chart.spec if isinstance(chart, alt.FacetChart) else chart).width = 290
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    width = re.search(r'<svg[^>]* width="([\d.]+)"', svg)
    assert width is not None
    assert 290 <= float(width[1]) <= 360
    assert "…" not in svg
