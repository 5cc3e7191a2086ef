"""The map of a plan: routes of sites in a period, the networks, and the fullness of the grid."""

import json
from typing import Any, cast

import altair as alt
import numpy as np
import pandas as pd

from routeplan.errors import UsageError
from routeplan.instance.basis import said_of_all
from routeplan.instance.instance import Instance
from routeplan.instance.titles import title_of
from routeplan.language.language import Language, Words
from routeplan.report.figure import styled, titled
from routeplan.report.map.congestion import areas
from routeplan.report.map.connections import hubs, links
from routeplan.report.map.layers import Layers
from routeplan.report.map.outlines import provinces
from routeplan.report.map.parts import NOW, WIDTH, Plane
from routeplan.report.map.places import sites
from routeplan.report.map.projection import Projection, Window, window_around
from routeplan.report.years import spans
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.summary_places import BUILT

PERIOD = "period"
"""Signal of a view with the first year of the period that it shows: ``view.signal("period", 2030).run()``."""

ZOOM_X, ZOOM_Y = "zoom_x", "zoom_y"
"""Signals of a view with what it shows [km], null for all of it: ``view.signal("zoom_x", [120.0, 160.0]).run()``."""

AROUND_SITES = 0.025
"""How far around its sites an area of the grid is drawn, as a share of the map's width."""

LEGENDS = alt.ExprRef(
    "{bottom: {direction: 'vertical', anchor: 'start', margin: 10, offset: 14}, top: {anchor: 'start', offset: 10}}"
)
"""Legends stand below each other, so that they fit on a narrow page."""

_MAKERS = (sites, hubs, links)


def plot_map(
    result: Result,
    language: Language | str = Language.ENGLISH,
    *,
    period: int | None = None,
    window: Window | None = None,
) -> alt.LayerChart:
    """Draw the map of a plan.

    A site has the colour and shape of the family of routes that its main process runs: the process that emits most
    CO2 today. Areas of the grid are drawn around their sites, since the format tells no borders.

    Dragging moves the map, the wheel zooms while Ctrl is held, a double click shows all again. A page can do the
    same by the signals `PERIOD`, `ZOOM_X` and `ZOOM_Y` of its view, and finds the id of a site that is clicked in the
    datum's ``site``. ``usermeta["ratio"]`` is the ratio of height to width at which the map is true to scale.

    Parameters
    ----------
    result : Result
        A result with a plan.
    language : Language or str, optional
        The readers' language.
    period : int, optional
        First year of the period that is shown first; the last one when None.
    window : Window, optional
        What the map shows; what `window_of` fits around the plan when None.

    Returns
    -------
    LayerChart
        The map, with a choice of the period where inputs are shown.

    Raises
    ------
    UsageError
        When the result has no plan, or no period starts in that year.
    """
    refuse_unsolved(result)
    words = Words(language)
    instance = result.instance
    shown = _period(instance, period)
    projection = _projection(instance)
    at_sites, at_hubs, over_links = (make(result, words, projection) for make in _MAKERS)
    window = _window(at_sites, at_hubs, over_links) if window is None else window
    in_areas = areas(result, words, projection, AROUND_SITES * (window.x[1] - window.x[0]))
    layers = Layers(Plane(window), words)
    drawn = [
        layers.ground(provinces(projection)).properties(name="ground").add_params(_zoom()),
        *layers.areas(in_areas),
        *([layers.links(over_links)] if len(over_links) else []),
        *([layers.hubs(at_hubs)] if len(at_hubs) else []),
        layers.sites(at_sites),
        *(layers.labels(in_areas) if len(in_areas) else []),
    ]
    apart: Any = dict.fromkeys(("fill", "stroke", "strokeDash", "shape", "size"), "independent")
    chart = alt.layer(*drawn).resolve_scale(**apart).add_params(*_params(instance, shown, words))
    return _finished(chart, result, window, words)


def window_of(result: Result) -> Window:
    """The part of the plane in which a plan's sites, hubs and new pipes lie, in all periods."""
    words, projection = Words(), _projection(result.instance)
    return _window(*(make(result, words, projection) for make in _MAKERS))


def _projection(instance: Instance) -> Projection:
    return Projection(float(instance["sites"]["lat"].mean()))


def _finished(chart: alt.LayerChart, result: Result, window: Window, words: Words) -> alt.LayerChart:
    """Set the size, title and look of the map."""
    sized = chart.properties(
        width=WIDTH,
        height=round(WIDTH * window.ratio),
        title=_title(result.instance, words),
        description=_description(result, words),
    )
    figure: Any = styled(sized, words)
    figure.config.legend = {**figure.config.legend, "layout": LEGENDS}
    figure.usermeta["ratio"] = window.ratio
    return cast(alt.LayerChart, figure)


def _zoom() -> alt.Parameter:
    """Pan and zoom of the map by mouse; the wheel is left to the page unless Ctrl is held."""
    return alt.selection_interval(name="zoom", bind="scales", zoom="wheel![event.ctrlKey]")


def _period(instance: Instance, period: int | None) -> int:
    """The period asked for, or the last."""
    known = instance.horizon.first.tolist()
    if period is not None and period not in known:
        raise UsageError(f"no period starts in {period}; periods: {', '.join(map(str, known))}")
    return int(known[-1] if period is None else period)


def _window(at_sites: pd.DataFrame, at_hubs: pd.DataFrame, over_links: pd.DataFrame) -> Window:
    """Window around all sites, hubs and built pipes; planned links, ships and lorries may lead off the map."""
    pipes = over_links[(over_links["status"] == BUILT) & (over_links["mode"] == "pipe")]
    x, y = (
        np.concatenate([at_sites[name], at_hubs[name], pipes[name], pipes[f"{name}2"]]).astype(float) for name in "xy"
    )
    return window_around(x, y)


def _params(instance: Instance, shown: int, words: Words) -> tuple[alt.Parameter, alt.Parameter]:
    """The period, which inputs and pages choose, and its position."""
    known = instance.horizon.first.tolist()
    choice = alt.binding_select(options=known, name=words("Period") + " ")
    return (
        alt.param(name=PERIOD, value=shown, bind=choice),
        alt.param(name=NOW, expr=f"indexof({json.dumps(known)}, {PERIOD})"),
    )


def _title(instance: Instance, words: Words) -> alt.TitleParams:
    titles = [words("Routes in {years}", years=years) for years in spans(instance).values()]
    drawn = words("Links are drawn straight, grid areas around their sites.")
    title = titled("", drawn, *said_of_all(instance["sites"], words))
    title["text"] = alt.ExprRef(f"{json.dumps(titles)}[{NOW}]")
    return title


def _description(result: Result, words: Words) -> str:
    """Description of the picture in words, for readers who cannot see it."""
    return words(
        "Map of the sites of {name} with the route that each runs, the links and hubs, and the room on the grid.",
        name=title_of(result.instance.settings, words),
    )
