"""Pictures of the routes in each period, by the CO2 at stake: of all sectors together, and of each."""

import altair as alt
import pandas as pd

from routeplan.instance.names import word_names
from routeplan.language.language import Language, Words
from routeplan.report import palette
from routeplan.report.charts.axis import Axis, Extent, extent_of, within
from routeplan.report.charts.bars import COLUMNS, HEIGHT, WIDTH, described, stacked, with_tooltips
from routeplan.report.figure import styled, titled
from routeplan.report.years import dated
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.summary import routes_by_period, wide
from routeplan.result.summary_routes import co2_by_family, co2_by_sector_and_family
from routeplan.result.summary_sectors import routes_by_sector
from routeplan.schema import units
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
    """Draw the CO2 of today that stands on each family of routes in each period.

    Each process counts with what it would emit if nothing changed: by their number, a small boiler would weigh as much
    as a large one.

    Parameters
    ----------
    result : Result
        A result with a plan.
    language : Language or str, optional
        Language of the readers.
    top, bottom : float, optional
        Ends of the y axis [kt/yr], see `extent_of_routes`; its own when left out.

    Raises
    ------
    UsageError
        When the result has no plan.
    """
    refuse_unsolved(result)
    words, routes = Words(language), co2_by_family(result)
    extent, unit = within(extent_of_routes(result), top, bottom), words.unit(units.CO2)
    axis = Axis(words("CO2 if nothing changed"), words("Family of routes"), unit, extent)
    data = with_tooltips(_named(routes.rename(columns={"as_today": "value"}), words), axis, words)
    title = words("Routes over time")
    figure = stacked(dated(data, result.instance), _colours(routes, words), axis, words).properties(
        title=titled(title, words("CO2 of each process if nothing changed, by its route.")),
        description=described(data, title, axis, words),
        width=WIDTH,
        height=HEIGHT,
    )
    return styled(figure, words)


def extent_of_routes(result: Result) -> Extent:
    """Extent of the y axis of `plot_routes` [kt/yr]."""
    return extent_of(co2_by_family(result), "as_today")


def plot_routes_by_sector(
    result: Result, language: Language | str = Language.ENGLISH, *, columns: int = 3
) -> alt.FacetChart:
    """Draw the share of each sector's CO2 of today on each family of routes, a small picture for each sector.

    Sectors come by their CO2 today, the largest first; those without any are left out. Shares run from 0 to 100 per
    cent in every picture.

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
    words, routes = Words(language), co2_by_sector_and_family(result)
    axis = Axis(words("Share of CO2"), words("Family of routes"), "", Extent(0.0, 1.0), ".0%", small=True)
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
                title,
                words(
                    "Share of what each sector would emit if nothing changed, by first year of the period; in the bars "
                    "and beside the name: {unit}.",
                    unit=words.unit(units.CO2),
                ),
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
    """The numbers of `plot_routes` [kt/yr], and how many processes run each family of routes, by period.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    parts = {
        words("CO2 if nothing changed [{unit}]", unit=words.unit(units.CO2)): co2_by_family(result).rename(
            columns={"as_today": "value"}
        ),
        words("number of processes"): routes_by_period(result).rename(columns={"processes": "value"}),
    }
    rows = pd.concat([_named(part, words).assign(what=what) for what, part in parts.items()])
    headings = {"name": words("Family of routes"), "what": words("What")}
    return wide(rows, ["name", "what"], "value", 0.0).rename(columns=headings)


def routes_by_sector_table(result: Result, words: Words) -> pd.DataFrame:
    """The numbers of `plot_routes_by_sector` [kt/yr], and how many processes, by sector, family and period.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    parts = {
        words("CO2 if nothing changed [{unit}]", unit=words.unit(units.CO2)): co2_by_sector_and_family(result).rename(
            columns={"as_today": "value"}
        ),
        words("number of processes"): routes_by_sector(result).rename(columns={"processes": "value"}),
    }
    rows = pd.concat([_named(part, words).assign(what=what) for what, part in parts.items()])
    rows["sector"] = rows["sector"].map(word_names(rows["sector"], words))
    headings = {"sector": words("Sector"), "name": words("Family of routes"), "what": words("What")}
    return wide(rows, ["sector", "name", "what"], "value", 0.0).rename(columns=headings)


def _named(routes: pd.DataFrame, words: Words) -> pd.DataFrame:
    """A table of routes with the families' names."""
    return routes.assign(name=routes["family"].map(words.name))


def _colours(routes: pd.DataFrame, words: Words) -> dict[str, str]:
    """Colour by name of the families that run at all."""
    return {words.name(family): palette.FAMILIES[family] for family in FAMILIES if (routes["family"] == family).any()}


def _shares(routes: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Routes by sector with ``value``, the share of the sector's CO2, and how much the sector has."""
    every = routes.groupby(["sector", "period"])["as_today"].transform("sum")
    most = every.groupby(routes["sector"]).transform("max")
    shares = (routes["as_today"] / every).fillna(0.0)
    unit = words.unit(units.CO2)
    return routes.assign(
        value=shares,
        number=routes["as_today"].map(words.number),
        amount=routes["as_today"].map(words.number) + f" {unit} (" + shares.map(words.percent) + ")",
        sector=routes["sector"].map(word_names(routes["sector"], words)) + " (" + most.map(words.number) + ")",
    )
