"""Stacked bars, one for each period: the common part of the pictures of routes, CO2, costs and energy."""

import json
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.report.charts.axis import Axis
from routeplan.report.figure import inline, legend_below, tooltips

WIDTH, HEIGHT = 560, 300
"""Size of a picture in pixels, unless a page sets another."""

COLUMNS = "columns"
"""Parameter of a picture of small pictures: how many stand beside each other. It is told the legend below them."""

SHOWN, SHOWN_SMALL = 0.045, 0.1
"""A number is written in its bar where that is at least this share of the axis: there it fits."""

BELOW = 28
"""Pixels from the plot to the sums below its years."""


def with_tooltips(frame: pd.DataFrame, axis: Axis, words: Words) -> pd.DataFrame:
    """Write each value as text: ``number``, and ``amount`` with its unit."""
    number, amount = words.number, lambda value: axis.amount(words, value)
    return frame.assign(number=frame["value"].map(number), amount=frame["value"].map(amount))


def stacked(
    frame: pd.DataFrame,
    colours: Mapping[str, str],
    axis: Axis,
    words: Words,
    width: str = "width",
    hollow: Sequence[str] = (),
) -> alt.LayerChart:
    """Bars over the periods, stacked by name, with a number in each part that has room for it.

    Parameters
    ----------
    frame : DataFrame
        ``period``, ``span`` (see `dated`), ``name`` (a key of `colours`), ``value``, ``number`` and ``amount``
        (see `with_tooltips`); other columns are kept.
    colours : mapping of str to str
        Colour of each name, in the order in which they are stacked, the lowest first.
    axis : Axis
        The y axis.
    words : Words
        The readers' language.
    width : str, optional
        How wide the legend may be, as an expression of Vega's.
    hollow : sequence of str, optional
        Names whose parts are drawn with a dashed edge and hardly filled: they stand beside the others.

    Returns
    -------
    LayerChart
        With data, without a title.
    """
    least = (SHOWN_SMALL if axis.small else SHOWN) * axis.height
    # A part of nothing would still have a white edge.
    shown = frame[frame["value"] != 0.0]
    data = shown.assign(
        place=shown["name"].map({name: place for place, name in enumerate(colours)}),
        number=shown["number"].where(shown["value"].abs() > least, ""),
        ink=shown["name"].map({name: palette.ink_on(colour) for name, colour in colours.items()}),
    )
    base = alt.Chart().encode(
        x=axis.periods(words),
        y=axis.values("value", stack="zero"),
        order=alt.Order("place:Q"),
    )
    beside = f"indexof({json.dumps(list(hollow))}, datum.name) >= 0"
    parts = base.mark_bar(
        stroke=alt.ExprRef(f"{beside} ? '{palette.FAINT}' : '{palette.PAPER}'"),
        strokeDash=alt.ExprRef(f"{beside} ? [3, 3] : []"),
        fillOpacity=alt.ExprRef(f"{beside} ? 0.3 : 1"),
        strokeWidth=1,
    ).encode(
        color=alt.Color(
            "name:N",
            scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            legend=legend_below(list(colours), width),
        ),
        tooltip=tooltips({"name": axis.kind, "span": words("Years"), "amount": axis.quantity}),
    )
    # A stack needs all its parts: of those without room the number is empty, and takes no room itself.
    numbers = base.mark_text(color=alt.ExprRef("datum.ink"), fontSize=alt.ExprRef("datum.number ? 11 : 0")).encode(
        y=axis.values("value", stack="zero", bandPosition=0.5), text="number:N"
    )
    return alt.LayerChart(layer=[parts, numbers], data=inline(data))


def totals(sums: pd.DataFrame, column: str, axis: Axis, words: Words) -> alt.Chart:
    """The sum of each period in bold below its year, where no bar and no line can hide it.

    Parameters
    ----------
    sums : DataFrame
        ``period``, ``span`` and the column of sums.
    column : str
        Name of that column.
    axis : Axis
        The y axis, with `totalled`.
    words : Words
        The readers' language.
    """
    data = with_tooltips(sums.assign(value=sums[column]), axis, words)
    titles = {"span": words("Years"), "amount": words("Total")}
    chart: alt.Chart = (
        alt.Chart(inline(data[["period", "span", "number", "amount"]]))
        .mark_text(y="height", dy=BELOW, fontSize=12, fontWeight="bold", color=palette.INK)
        .encode(x=axis.periods(words), text="number:N", tooltip=tooltips(titles))
    )
    return chart


def summed(frame: pd.DataFrame) -> pd.DataFrame:
    """Stacked values summed for each period: ``period``, ``span``, ``value``."""
    return frame.groupby(["period", "span"])["value"].sum().reset_index()


def described(frame: pd.DataFrame, title: str, axis: Axis, words: Words) -> str:
    """Describe stacked bars in words: the title, and the parts of the last period."""
    last = frame[(frame["period"] == frame["period"].max()) & (frame["value"] != 0.0)]
    parts = ", ".join(f"{name} {amount}" for name, amount in zip(last["name"], last["amount"], strict=True))
    return words(
        "{title}. {quantity} in bars for the periods from {first} to {last}. In the last: {parts}.",
        title=title,
        quantity=axis.quantity,
        first=frame["period"].min(),
        last=frame["period"].max(),
        parts=parts or "0",
    )
