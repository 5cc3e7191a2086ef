"""The picture of costs: yearly cost of the plan, by period and group of terms."""

import altair as alt
import pandas as pd

from routeplan.language.language import Language, Words
from routeplan.report import palette
from routeplan.report.charts.axis import Axis, Extent, extent_of, within
from routeplan.report.charts.bars import HEIGHT, WIDTH, described, stacked, summed, totals, with_tooltips
from routeplan.report.figure import styled, titled
from routeplan.report.years import dated
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.summary import cost_by_term, wide
from routeplan.schema import units

GROUPS = {
    "energy": ("electricity", "flexible_electricity", "gas", "green_gas", "hydrogen", "heat"),
    "co2": ("co2",),
    "sites": ("options", "fixed_cost"),
    "links": ("links", "link_upkeep", "transport", "co2_storage"),
    "hubs": ("hubs", "hub_upkeep", "hub_output"),
    "grid": ("grid_fee", "flexible_fee", "reinforcements"),
    "targets": ("overshoot",),
    "removed": ("co2_removed",),
}
"""Terms of the cost by what the money is spent on: each in one group."""

GROUP_OF = {term: group for group, terms in GROUPS.items() for term in terms}


def plot_costs(
    result: Result,
    language: Language | str = Language.ENGLISH,
    *,
    top: float | None = None,
    bottom: float | None = None,
) -> alt.LayerChart:
    """Draw the yearly cost of the plan in each period, by groups of terms; revenue is below 0.

    Parameters
    ----------
    result : Result
        A result with a plan.
    language : Language or str, optional
        Language of the readers.
    top, bottom : float, optional
        Ends of the y axis [M EUR/yr], see `extent_of_costs`; its own when left out.

    Raises
    ------
    UsageError
        When the result has no plan.
    """
    refuse_unsolved(result)
    words, costs = Words(language), costs_by_group(result)
    extent = within(extent_of_costs(result), top, bottom)
    unit = words.unit(units.MONEY_PER_YEAR)
    axis = Axis(words("Cost"), words("Spent on"), unit, extent, totalled=True)
    names = {group: group_name(group, words) for group in costs["group"].unique()}
    data = with_tooltips(costs.assign(name=costs["group"].map(names), value=costs["cost"]), axis, words)
    data = dated(data, result.instance)
    title = words("Cost over time")
    colours = {name: palette.COST_GROUPS[group] for group, name in names.items()}
    year = result.instance.settings.currency_year
    figure = alt.LayerChart(
        layer=[stacked(data, colours, axis, words), totals(summed(data), "value", axis, words)]
    ).properties(
        title=titled(title, words("Mean of the period, in money of {year}, not discounted.", year=year)),
        description=described(data, title, axis, words),
        width=WIDTH,
        height=HEIGHT,
    )
    return styled(figure, words)


def extent_of_costs(result: Result) -> Extent:
    """Extent of the y axis of `plot_costs` [M EUR/yr]."""
    return extent_of(costs_by_group(result), "cost")


def costs_by_group(result: Result) -> pd.DataFrame:
    """Add up the terms of each group of the cost.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``group`` (a key of `GROUPS`), ``period``, ``cost`` [M EUR/yr]; groups in the order of `GROUPS`.
    """
    costs = cost_by_term(result)
    summed_up = costs.assign(group=costs["term"].map(GROUP_OF)).groupby(["group", "period"])["cost"].sum()
    place = {group: number for number, group in enumerate(GROUPS)}
    return (
        summed_up.reset_index()
        .sort_values(["group", "period"], key=lambda column: column.map(place) if column.name == "group" else column)
        .reset_index(drop=True)
    )


def costs_table(result: Result, words: Words) -> pd.DataFrame:
    """The numbers of `plot_costs`: groups and their terms by period, and the total [M EUR/yr].

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    costs = cost_by_term(result)
    terms = pd.concat([costs[costs["term"].isin(terms)] for terms in GROUPS.values()])
    total = costs.groupby("period")[["cost"]].sum().reset_index()
    rows = pd.concat(
        [
            terms.assign(
                group=terms["term"].map(lambda term: group_name(GROUP_OF[term], words)),
                term=terms["term"].map(words.name),
            ),
            total.assign(group=words("Total"), term=""),
        ]
    )
    headings = {"group": words("Spent on"), "term": f"{words('Term')} [{words.unit(units.MONEY_PER_YEAR)}]"}
    return wide(rows, ["group", "term"], "cost", 0.0).rename(columns=headings)


def group_name(group: str, words: Words) -> str:
    """Name of a group of `GROUPS`."""
    return {
        "energy": words.name("energy"),
        "co2": words("CO2 emitted"),
        "sites": words("investments and upkeep at sites"),
        "links": words("transport and storage"),
        "hubs": words.name("hubs"),
        "grid": words("electricity grid"),
        "targets": words.name("overshoot"),
        "removed": words.name("co2_removed"),
    }[group]
