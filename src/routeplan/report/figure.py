"""What all pictures share: how they look, how numbers are written on them, and their data."""

from typing import Any, TypeVar

import altair as alt
import pandas as pd

from routeplan.report import palette
from routeplan.report.language import Words
from routeplan.summary import records

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"

Figure = TypeVar("Figure", bound=alt.TopLevelMixin)


def inline(frame: pd.DataFrame) -> alt.InlineData:
    """A table as the data of a picture, however many rows it has."""
    rows: Any = records(frame)
    return alt.InlineData(values=rows)


def styled(figure: Figure, words: Words) -> Figure:
    """Give a picture the look of all others, and its readers' way of writing numbers.

    Parameters
    ----------
    figure : chart
        The picture; it stays as it is.
    words : Words
        Its readers' language.
    """
    dressed: Any = figure.configure(**_LOOK, locale={"number": words.separators})
    dressed.usermeta = {"embedOptions": {"formatLocale": words.separators, "actions": False}}
    return dressed  # type: ignore[no-any-return]  # the same kind as it came


_LOOK: dict[str, Any] = {
    "background": palette.PAPER,
    "font": FONT,
    # What Vega itself would have read out of axes, legends and marks is English, whatever the language: the picture's
    # description says it instead, and marks that are to be read out have one of their own.
    "aria": False,
    "axis": {
        "labelColor": palette.INK,
        "titleColor": palette.INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": palette.GRID,
        "domainColor": palette.FAINT,
        "tickColor": palette.FAINT,
    },
    "legend": {"labelColor": palette.INK, "titleColor": palette.INK, "labelFontSize": 12, "titleFontSize": 12},
    "header": {"labelColor": palette.INK, "labelFontSize": 13, "labelFontWeight": "bold"},
    "title": {"color": palette.INK, "fontSize": 15, "anchor": "start", "subtitleColor": palette.INK},
    "view": {"stroke": None},
}
