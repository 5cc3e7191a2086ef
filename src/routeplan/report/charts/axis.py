"""The axes of stacked bars: their extent and their look."""

from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from routeplan.language.language import Words
from routeplan.report import palette

NUMBER = ",~f"
"""Numbers as they are, in the words of d3-format."""


class Extent(NamedTuple):
    """Extent of the y axis of a picture; pictures on one scale take the least and the greatest of theirs."""

    bottom: float
    top: float


_ZERO_STANDS_OUT: Any = {
    "condition": {"test": "datum.value === 0", "value": palette.FAINT},
    "value": palette.GRID,
}
"""Colour of the lines of a grid."""


class Axis(NamedTuple):
    """The y axis: quantity stacked, its kinds, its unit, and its extent."""

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
        """Height of the extent, 0 included."""
        return max(self.extent.top, 0.0) - min(self.extent.bottom, 0.0)

    def values(self, column: str, **more: Any) -> alt.Y:
        """The y axis of a column, with a horizontal title above its plot."""
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
    """Extent of stacked bars: the sums, by period, of values above and of values below 0.

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
