"""Pictures of the routes that processes run in each period: of all sectors together, and of each."""

import altair as alt
import pandas as pd

from routeplan.language.language import Language, Words
from routeplan.report import palette
from routeplan.report.charts.axis import Axis, Extent, extent_of, within
from routeplan.report.charts.bars import COLUMNS, HEIGHT, WIDTH, described, stacked, with_tooltips
from routeplan.report.figure import styled, titled
from routeplan.report.names import word_names
from routeplan.report.years import dated
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.summary import routes_by_period, wide
from routeplan.result.summary_sectors import routes_by_sector
from routeplan.schema.inputs import FAMILIES

SECTOR_WIDTH, SECTOR_HEIGHT = 170, 130
"""Size in pixels of the picture of one sector."""


def plot_routes(
    result: Result,
    language: Language | str = Language.ENGLISH,
    *,
    top: float | None = None,
    bottom: float | None = None,
) -> alt.LayerChart:
    """Draw the number of processes that run each family of routes in each period.

    Parameters
    ----------
    result : Result
        A result with a plan.
    language : Language or str, optional
        Language of the readers.
    top, bottom : float, optional
        Ends of the y axis [processes], see `extent_of_routes`; its own when left out.

    Raises
    ------
    UsageError
        When the result has no plan.
    """
    refuse_unsolved(result)
    words, routes = Words(language), routes_by_period(result)
    axis = Axis(words("Processes"), words("Family of routes"), "", within(extent_of_routes(result), top, bottom))
    data = with_tooltips(_named(routes.rename(columns={"processes": "value"}), words), axis, words)
    title = words("Routes over time")
    figure = stacked(dated(data, result.instance), _colours(routes, words), axis, words).properties(
        title=titled(title, words("How many processes run each family of routes.")),
        description=described(data, title, axis, words),
        width=WIDTH,
        height=HEIGHT,
    )
    return styled(figure, words)


def extent_of_routes(result: Result) -> Extent:
    """Extent of the y axis of `plot_routes` [processes]."""
    return extent_of(routes_by_period(result), "processes")


def plot_routes_by_sector(
    result: Result, language: Language | str = Language.ENGLISH, *, columns: int = 3
) -> alt.FacetChart:
    """Draw the share of each sector's processes on each family of routes, a small picture for each sector.

    Sectors come by their CO2 today, the largest first. Shares run from 0 to 100 per cent in every picture.

    Parameters
    ----------
    result : Result
        A result with a plan.
    language : Language or str, optional
        Language of the readers.
    columns : int, optional
        Pictures beside each other; ``spec.width`` of the chart sets how wide each is.

    Raises
    ------
    UsageError
        When the result has no plan.
    """
    refuse_unsolved(result)
    words, routes = Words(language), routes_by_sector(result)
    axis = Axis(words("Share of processes"), words("Family of routes"), "", Extent(0.0, 1.0), ".0%", small=True)
    data = _shares(_named(routes, words), words)
    title, sectors = words("Routes by sector"), data["sector"].unique().tolist()
    width = f"child_width * {COLUMNS} + 50"
    inner = stacked(dated(data, result.instance), _colours(routes, words), axis, words, width)
    figure: alt.FacetChart = (
        inner.properties(width=SECTOR_WIDTH, height=SECTOR_HEIGHT)
        .facet(
            facet=alt.Facet("sector:N", sort=sectors, header=alt.Header(title=None, labelAnchor="start")),
            columns=columns,
            spacing={"row": 16, "column": 26},
        )
        .resolve_axis(x="independent")
        .add_params(alt.param(name=COLUMNS, value=columns))
        .properties(
            title=titled(
                title, words("Share of each sector's processes, by first year of the period; in the bars: how many.")
            ),
            description=words(
                "{title}. A small picture for each of: {names}.",
                title=title,
                names=", ".join(sectors),
            ),
        )
    )
    return styled(figure, words)


def routes_table(result: Result, words: Words) -> pd.DataFrame:
    """The numbers of `plot_routes`: families of routes by period [processes].

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    named = _named(routes_by_period(result), words)
    return wide(named, ["name"], "processes").rename(columns={"name": words("Family of routes [processes]")})


def routes_by_sector_table(result: Result, words: Words) -> pd.DataFrame:
    """The numbers of `plot_routes_by_sector`: sectors and families of routes by period [processes].

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    named = _named(routes_by_sector(result), words)
    named["sector"] = named["sector"].map(word_names(named["sector"], words))
    headings = {"sector": words("Sector"), "name": words("Family of routes [processes]")}
    return wide(named, ["sector", "name"], "processes").rename(columns=headings)


def _named(routes: pd.DataFrame, words: Words) -> pd.DataFrame:
    """A table of routes with the families' names."""
    return routes.assign(name=routes["family"].map(words.name))


def _colours(routes: pd.DataFrame, words: Words) -> dict[str, str]:
    """Colour by name of the families that run at all."""
    return {words.name(family): palette.FAMILIES[family] for family in FAMILIES if (routes["family"] == family).any()}


def _shares(routes: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Routes by sector with ``value``, the share of the sector's processes, and how many the sector has."""
    every = routes.groupby(["sector", "period"])["processes"].transform("sum")
    most = every.groupby(routes["sector"]).transform("max")
    shares = routes["processes"] / every
    return routes.assign(
        value=shares,
        number=routes["processes"].map(words.number),
        amount=routes["processes"].map(words.number) + " (" + shares.map(words.percent) + ")",
        sector=routes["sector"].map(word_names(routes["sector"], words)) + " (" + most.map(words.number) + ")",
    )
