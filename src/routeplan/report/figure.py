"""Common parts of all pictures: their look, the form of numbers, and their data."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any, TypeVar

import altair as alt
import pandas as pd

from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.report.notebook import shown_offline
from routeplan.result.summary import records

LINE = 56
"""Letters of a line of a title's second part that fit on a telephone."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"

Figure = TypeVar("Figure", bound=alt.TopLevelMixin)


class _Rows(alt.InlineData):
    """Data of a picture that copies of it share: Altair copies a picture with each layer that it is put in."""

    def __deepcopy__(self, memo: object = None) -> "_Rows":
        return self


def inline(frame: pd.DataFrame) -> alt.InlineData:
    """A table as the data of a picture, however many rows it has."""
    rows: Any = records(frame)
    return _Rows(values=rows)


def titled(title: str, *more: str) -> alt.TitleParams:
    """A title, and sentences below it in lines that fit on a telephone."""
    lines = [line for text in more for line in wrap(text, LINE)]
    rest: dict[str, Any] = {"subtitle": lines} if lines else {}
    return alt.TitleParams(title, offset=18, subtitlePadding=5, **rest)


def tooltips(titles: Mapping[str, str]) -> list[alt.Tooltip]:
    """Tooltip of a mark: columns of text, each under its title."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()]


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


def styled(figure: Figure, words: Words) -> Figure:
    """Apply the common look and the language's form of numbers to a picture, which shows without a network.

    Parameters
    ----------
    figure : chart
        The picture; it stays as it is.
    words : Words
        Its readers' language.
    """
    dressed: Any = figure.configure(**_LOOK, locale={"number": words.separators})
    dressed.usermeta = {"embedOptions": {"formatLocale": words.separators, "actions": False}}
    return shown_offline(dressed)  # type: ignore[no-any-return]  # the same kind as it came


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
