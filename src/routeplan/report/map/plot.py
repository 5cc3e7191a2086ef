"""The map of a plan: routes of sites in a period, the networks, and the fullness of the grid."""

import json
from collections.abc import Collection
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
from routeplan.report.map.connections import hubs, links, nodes
from routeplan.report.map.layers import LAND, Layers, radii
from routeplan.report.map.lettering import lettering
from routeplan.report.map.naming import FARTHER, FIRST_TOWNS, MOST_TOWNS, Names
from routeplan.report.map.outlines import WATER, ground, province_borders, towns
from routeplan.report.map.parts import CHOSEN, NOW, SCALE, WIDTH, Plane
from routeplan.report.map.places import sites
from routeplan.report.map.projection import Projection, Window, projection_of, window_around
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
    "{bottom: {direction: 'vertical', anchor: 'start', margin: 10, offset: 14}, top: {anchor: 'start', offset: 10}, "
    "right: {direction: 'vertical', anchor: 'start', margin: 14, offset: 18}}"
)
"""Legends stand below each other, so that they fit on a narrow page, or on a wide one beside the map."""

_MAKERS = (sites, hubs, links)


def plot_map(
    result: Result,
    language: Language | str = Language.ENGLISH,
    *,
    period: int | None = None,
    window: Window | None = None,
    choice: bool = True,
    ringed: Collection[str] = (),
) -> alt.LayerChart:
    """Draw the map of a plan.

    A site has the colour and shape of the family of routes that its main process runs: the process that emits most
    CO2 today. Areas of the grid are drawn by their outlines; those without one are drawn around their sites.

    Dragging moves the map, the wheel zooms while Ctrl is held, a double click shows all again. A page can do the
    same by the signals `PERIOD`, `ZOOM_X` and `ZOOM_Y` of its view, marks a site by the signal `CHOSEN`, and finds the
    id of a site that is clicked in the datum's ``site``. ``usermeta["ratio"]`` is the ratio of height to width at which
    the map is true to scale. More names are shown the farther it is zoomed in, none over another.

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
    choice : bool, optional
        Whether readers may choose the period where inputs are shown; else the map is of one period, as on paper.
    ringed : collection of str, optional
        Sites that have a ring around them and are named before all others.

    Returns
    -------
    LayerChart
        The map.

    Raises
    ------
    UsageError
        When the result has no plan, or no period starts in that year.
    """
    refuse_unsolved(result)
    words = Words(language)
    instance = result.instance
    shown = _period(instance, period)
    projection = projection_of(instance)
    at_sites, at_hubs, over_links = (make(result, words, projection) for make in _MAKERS)
    window = _window(at_sites, at_hubs, over_links) if window is None else window
    in_areas = areas(result, words, projection, AROUND_SITES * (window.x[1] - window.x[0]))
    at_nodes = nodes(result, words, projection)
    at_nodes = at_nodes[~at_nodes["node"].isin(at_hubs["node"])]
    around = window.surroundings()
    land = ground(projection, around)
    at_sites = at_sites.assign(ringed=at_sites["site"].isin(ringed))
    names = _names(window, words, projection, land, in_areas, at_hubs, at_nodes, over_links, at_sites)
    plane = Plane(window)
    layers = Layers(plane, words)
    first, *rest = layers.ground(land, province_borders(projection, around))
    drawn = [
        first.properties(name="ground").add_params(_zoom()),
        *rest,
        *layers.areas(in_areas),
        *([layers.links(over_links)] if len(over_links) else []),
        *([layers.nodes(at_nodes)] if len(at_nodes) else []),
        *([layers.hubs(at_hubs)] if len(at_hubs) else []),
        layers.sites(at_sites),
        *([layers.rings(at_sites[at_sites["ringed"]])] if at_sites["ringed"].any() else []),
        layers.mark(at_sites),
        *lettering(names, plane),
    ]
    apart: Any = dict.fromkeys(("fill", "stroke", "strokeDash", "shape", "size"), "independent")
    chart = (
        alt.layer(*drawn)
        .resolve_scale(**apart)
        .add_params(*_params(instance, shown, words, choice), *_scale_and_mark(plane))
    )
    return _finished(chart, result, window, words)


def _names(
    window: Window,
    words: Words,
    projection: Projection,
    land: pd.DataFrame,
    in_areas: pd.DataFrame,
    at_hubs: pd.DataFrame,
    at_nodes: pd.DataFrame,
    over_links: pd.DataFrame,
    at_sites: pd.DataFrame,
) -> pd.DataFrame:
    """Names on the map; those placed first matter most. A few towns tell readers where they are."""
    places, reach = Names(window, WIDTH), radii(at_sites)
    in_towns = towns(projection, window).head(MOST_TOWNS)
    first = at_sites["ringed"].to_numpy(bool)
    places.symbols(at_sites, reach)
    places.sites(at_sites[first], reach[first], FARTHER)
    places.towns(in_towns.head(FIRST_TOWNS))
    places.areas(in_areas, words)
    places.networks(at_hubs, at_nodes, over_links)
    places.ground(land, projection, words)
    places.sites(at_sites[~first], reach[~first])
    places.towns(in_towns[FIRST_TOWNS:])
    around = towns(projection, window.surroundings())
    places.towns(around[~around["name"].isin(in_towns["name"])].head(MOST_TOWNS))
    return places.table()


def window_of(result: Result) -> Window:
    """The part of the plane in which a plan's sites, hubs and new pipes lie, in all periods."""
    words, projection = Words(), projection_of(result.instance)
    return _window(*(make(result, words, projection) for make in _MAKERS))


def _finished(chart: alt.LayerChart, result: Result, window: Window, words: Words) -> alt.LayerChart:
    """Set the size, title and look of the map."""
    sized = chart.properties(
        width=WIDTH,
        height=round(WIDTH * window.ratio),
        title=_title(result.instance, words),
        description=_description(result, words),
    )
    figure: Any = styled(sized, words)
    figure.config.view = {**figure.config.view, "fill": LAND[WATER]}
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


def _params(instance: Instance, shown: int, words: Words, choice: bool) -> tuple[alt.Parameter, alt.Parameter]:
    """The period, which inputs and pages choose, and its position."""
    known = instance.horizon.first.tolist()
    bound: dict[str, Any] = {"bind": alt.binding_select(options=known, name=words("Period") + " ")} if choice else {}
    return (
        alt.param(name=PERIOD, value=shown, **bound),
        alt.param(name=NOW, expr=f"indexof({json.dumps(known)}, {PERIOD})"),
    )


def _scale_and_mark(plane: Plane) -> tuple[alt.Parameter, alt.Parameter]:
    """The scale of the map, which names depend on, and the site that is marked."""
    return alt.param(name=SCALE, expr=plane.scale(ZOOM_X)), alt.param(name=CHOSEN, value="")


def _title(instance: Instance, words: Words) -> alt.TitleParams:
    titles = [words("Routes in {years}", years=years) for years in spans(instance).values()]
    drawn = _drawn(instance, words)
    title = titled("", drawn, *said_of_all(instance["sites"], words))
    title["text"] = alt.ExprRef(f"{json.dumps(titles)}[{NOW}]")
    return title


def _drawn(instance: Instance, words: Words) -> str:
    """What must be known of the drawing."""
    if (instance["areas"]["outline"] != "").any():
        return words(
            "Links are drawn straight, grid areas without an outline around their sites. Pale links carry nothing."
        )
    return words("Links are drawn straight, grid areas around their sites. Pale links carry nothing.")


def _description(result: Result, words: Words) -> str:
    """Description of the picture in words, for readers who cannot see it."""
    return words(
        "Map of the sites of {name} with the route that each runs, the links and hubs, and the room on the grid.",
        name=title_of(result.instance.settings, words),
    )
