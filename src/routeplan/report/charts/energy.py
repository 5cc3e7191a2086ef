"""The picture of energy: use of each form of energy by all processes, by period."""

import altair as alt
import pandas as pd

from routeplan.language.language import Language, Words
from routeplan.report import palette
from routeplan.report.charts.axis import Axis, Extent, extent_of, within
from routeplan.report.charts.bars import HEIGHT, WIDTH, described, stacked, summed, totals, with_tooltips
from routeplan.report.figure import styled, titled
from routeplan.report.years import dated
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.summary import energy_by_commodity, wide
from routeplan.schema import units


def plot_energy(
    result: Result,
    language: Language | str = Language.ENGLISH,
    *,
    top: float | None = None,
    bottom: float | None = None,
) -> alt.LayerChart:
    """Draw the use of each form of energy by all processes in each period.

    Parameters
    ----------
    result : Result
        A result with a plan.
    language : Language or str, optional
        Language of the readers.
    top, bottom : float, optional
        Ends of the y axis [GWh/yr], see `extent_of_energy`; its own when left out.

    Raises
    ------
    UsageError
        When the result has no plan.
    """
    refuse_unsolved(result)
    words, energy = Words(language), energy_by_commodity(result)
    extent = within(extent_of_energy(result), top, bottom)
    axis = Axis(words("Energy"), words("Form of energy"), words.unit(units.ENERGY), extent, totalled=True)
    colours = {words.name(commodity): palette.COMMODITIES[commodity] for commodity in energy["commodity"].unique()}
    named = energy.assign(name=energy["commodity"].map(words.name), value=energy["amount"])
    data = dated(with_tooltips(named, axis, words), result.instance)
    title = words("Energy over time")
    figure = alt.LayerChart(
        layer=[stacked(data, colours, axis, words), totals(summed(data), "value", axis, words)]
    ).properties(
        title=titled(
            title,
            words("What these processes use; below 0: more is made than used.")
            if extent.bottom < 0
            else words("What these processes use."),
            words("Electricity is extra: what sites use for all else is not in it."),
        ),
        description=described(data, title, axis, words),
        width=WIDTH,
        height=HEIGHT,
    )
    return styled(figure, words)


def extent_of_energy(result: Result) -> Extent:
    """Extent of the y axis of `plot_energy` [GWh/yr]."""
    return extent_of(energy_by_commodity(result), "amount")


def energy_table(result: Result, words: Words) -> pd.DataFrame:
    """The numbers of `plot_energy`: forms of energy by period [GWh/yr].

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    energy = energy_by_commodity(result)
    heading = f"{words('Form of energy')} [{words.unit(units.ENERGY)}]"
    named = energy.assign(name=energy["commodity"].map(words.name))
    return wide(named, ["name"], "amount", 0.0).rename(columns={"name": heading})
