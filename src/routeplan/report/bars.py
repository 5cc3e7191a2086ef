"""Stacked bars, one for each period: what the pictures of routes, CO2, costs and energy have in common."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from routeplan.instance import Instance
from routeplan.report import palette
from routeplan.report.figure import inline
from routeplan.report.language import Words

WIDTH, HEIGHT = 560, 300
"""Size of a picture in pixels, unless a page sets another."""

LINE = 56
"""Letters of a line of a title's second part that fit on a telephone."""

COLUMNS = "columns"
"""Parameter of a picture of small pictures: how many stand beside each other. It is told the legend below them."""

SHOWN, SHOWN_SMALL = 0.045, 0.1
"""A number is written in its bar where that is at least this share of the axis: there it fits."""

BELOW = 28
"""Pixels from the plot to the sums below its years."""

NUMBER = ",~f"
"""Numbers as they are, in the words of d3-format."""


class Extent(NamedTuple):
    """What the y axis of a picture must hold: take the least and the greatest of several for one scale."""

    bottom: float
    top: float


_ZERO_STANDS_OUT: Any = {
    "condition": {"test": "datum.value === 0", "value": palette.FAINT},
    "value": palette.GRID,
}
"""Colour of the lines of a grid."""


class Axis(NamedTuple):
    """The y axis: what is stacked, of what kinds, in which unit; and what it must hold."""

    quantity: str
    kind: str
    unit: str
    extent: Extent

    form: str = NUMBER
    """How its numbers are written, in the words of d3-format."""
    small: bool = False
    """Whether it is one of many side by side: titles would crowd them, so that the picture's own title says it."""
    totalled: bool = False
    """Whether sums stand below the years."""

    @property
    def height(self) -> float:
        """How much it holds."""
        return max(self.extent.top, 0.0) - min(self.extent.bottom, 0.0)

    def values(self, column: str, **more: Any) -> alt.Y:
        """The y axis of a column, with a title that is read without turning the head: it stands above its plot."""
        title = f"{self.quantity} [{self.unit}]" if self.unit else self.quantity
        axis = alt.Axis(
            title=None if self.small else title,
            titleAngle=0,
            titleAlign="left",
            titleAnchor="end",
            titleX=-4,
            titleY=-9,
            titleBaseline="bottom",
            tickCount=3 if self.small else 5,
            format=self.form,
            domain=False,
            ticks=False,
            gridColor=_ZERO_STANDS_OUT,
        )
        bottom, top = min(self.extent.bottom, 0.0), max(self.extent.top, 0.0)
        ends = [bottom, top if top > bottom else 1.0]
        return alt.Y(f"{column}:Q", axis=axis, scale=alt.Scale(domain=ends), **more)

    def amount(self, words: Words, value: float) -> str:
        """A number with its unit."""
        return f"{words.number(value)} {self.unit}".strip()

    def periods(self, words: Words, **more: Any) -> alt.X:
        """The axis of periods, by their first years, that goes with it."""
        plain, bold = words("First year of the period"), words("First year of the period; total in bold")
        title = None if self.small else bold if self.totalled else plain
        axis = alt.Axis(
            title=title,
            labelAngle=0,
            labelOverlap=True,
            zindex=1,
            domain=self.extent.bottom >= 0,
            titlePadding=28 if self.totalled else 8,
            ticks=False,
        )
        return alt.X("period:O", axis=axis, scale=alt.Scale(paddingInner=0.2, paddingOuter=0.1), **more)


def extent_of(frame: pd.DataFrame, value: str) -> Extent:
    """What stacked bars need: the sums, by period, of what is above and of what is below 0.

    Parameters
    ----------
    frame : DataFrame
        With ``period`` and the column `value`.
    value : str
        Column that is stacked.
    """
    above, below = (
        part.groupby(frame["period"]).sum() for part in (frame[value].clip(lower=0.0), frame[value].clip(upper=0.0))
    )
    return Extent(float(below.min()), float(above.max())) if len(frame) else Extent(0.0, 0.0)


def within(extent: Extent, top: float | None = None, bottom: float | None = None) -> Extent:
    """An extent with those ends replaced that are asked for."""
    return Extent(extent.bottom if bottom is None else bottom, extent.top if top is None else top)


def spans(instance: Instance) -> dict[int, str]:
    """The years of each period, as ``2030–2032``, by its first year."""
    periods = instance["periods"]
    told = zip(periods["period"].tolist(), periods["years"].tolist(), strict=True)
    return {first: f"{first}\u2013{first + years - 1}" if years > 1 else str(first) for first, years in told}


def dated(frame: pd.DataFrame, instance: Instance) -> pd.DataFrame:
    """A table with the years of its periods in ``span``."""
    return frame.assign(span=frame["period"].map(spans(instance)))


def told(frame: pd.DataFrame, axis: Axis, words: Words) -> pd.DataFrame:
    """Write each value as text: ``number``, and ``amount`` with its unit."""
    number, amount = words.number, lambda value: axis.amount(words, value)
    return frame.assign(number=frame["value"].map(number), amount=frame["value"].map(amount))


def stacked(
    frame: pd.DataFrame, colours: Mapping[str, str], axis: Axis, words: Words, width: str = "width"
) -> alt.LayerChart:
    """Bars over the periods, stacked by name, with a number in each part that has room for it.

    Parameters
    ----------
    frame : DataFrame
        ``period``, ``span`` (see `dated`), ``name`` (a key of `colours`), ``value``, ``number`` and ``amount``
        (see `told`); other columns are kept.
    colours : mapping of str to str
        Colour of each name, in the order in which they are stacked, the lowest first.
    axis : Axis
        The y axis.
    words : Words
        The readers' language.
    width : str, optional
        How wide the legend may be, as an expression of Vega's.

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
    parts = base.mark_bar(stroke=palette.PAPER, strokeWidth=1).encode(
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
    data = told(sums.assign(value=sums[column]), axis, words)
    titles = {"span": words("Years"), "amount": words("Total")}
    chart: alt.Chart = (
        alt.Chart(inline(data[["period", "span", "number", "amount"]]))
        .mark_text(y="height", dy=BELOW, fontSize=12, fontWeight="bold", color=palette.INK)
        .encode(x=axis.periods(words), text="number:N", tooltip=tooltips(titles))
    )
    return chart


def summed(frame: pd.DataFrame) -> pd.DataFrame:
    """What is stacked, summed for each period: ``period``, ``span``, ``value``."""
    return frame.groupby(["period", "span"])["value"].sum().reset_index()


def described(frame: pd.DataFrame, title: str, axis: Axis, words: Words) -> str:
    """Say in words what stacked bars show: the title, and the parts of the last period."""
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


def legend_below(names: list[str], width: str = "width") -> alt.Legend:
    """A legend under the picture, in as many columns as its width allows.

    Parameters
    ----------
    names : list of str
        What it lists.
    width : str, optional
        How wide the picture is, as an expression of Vega's.
    """
    column = 36 + 6 * max((len(name) for name in names), default=0)
    fit = f"max(1, min({len(names)}, floor(({width}) / {column})))"
    return alt.Legend(
        title=None,
        orient="bottom",
        direction="horizontal",
        columns=alt.ExprRef(fit),
        labelLimit=0,
        symbolType="square",
        symbolStrokeWidth=1,
        columnPadding=14,
        rowPadding=4,
        offset=14,
    )


def tooltips(titles: Mapping[str, str]) -> list[alt.Tooltip]:
    """What is told of a mark that is pointed at: columns of text, each under its title."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()]


def titled(title: str, *more: str) -> alt.TitleParams:
    """A title, and sentences below it in lines that fit on a telephone."""
    lines = [line for text in more for line in wrap(text, LINE)]
    rest: dict[str, Any] = {"subtitle": lines} if lines else {}
    return alt.TitleParams(title, offset=18, subtitlePadding=5, **rest)
