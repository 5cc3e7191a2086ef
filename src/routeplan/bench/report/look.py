"""The look of a report's charts: the same colour and dash for a setting in each of them, and its axes."""

from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from math import ceil, floor, log10
from typing import Any

import altair as alt

from routeplan.language.language import Language, Words
from routeplan.report import palette
from routeplan.report.figure import styled
from routeplan.tolerances import ROUNDING

WORDS = Words(Language.ENGLISH)

COLOURS = (palette.INK, *palette.SECTORS)
"""Colours of settings, that of the base first."""

DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
"""Dashes of settings: a second sign beside the colour, and the only one where there are more of them than colours."""

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")

HEIGHT = 340
"""Height of a chart [px]; its width is that of the page."""

STEP = 22
"""Height of a row of a chart [px]."""

PLAIN = "~r"
"""Numbers without zeros at their end, in the words of d3-format."""


def taken(values: Sequence[Any], count: int) -> list[Any]:
    """So many values, from the first again when they are used up."""
    return list(islice(cycle(values), count))


def colour(settings: Sequence[str]) -> alt.Color:
    """The colour of each setting, with a legend below the chart."""
    scale = alt.Scale(domain=list(settings), range=taken(COLOURS, len(settings)))
    return alt.Color("setting:N", scale=scale, legend=legend(settings, "stroke"))


def dash(settings: Sequence[str]) -> alt.StrokeDash:
    """The dash of each setting, in the same legend."""
    scale = alt.Scale(domain=list(settings), range=taken(DASHES, len(settings)))
    return alt.StrokeDash("setting:N", scale=scale, legend=legend(settings, "stroke"))


def legend(names: Sequence[str], symbol: str = "circle") -> alt.Legend:
    """A legend under the chart, in as many columns as its width allows."""
    column = 44 + 6.6 * max((len(name) for name in names), default=0)
    return alt.Legend(
        title=None,
        orient="bottom",
        direction="horizontal",
        columns=alt.ExprRef(f"max(1, min({max(1, len(names))}, floor(width / {column:.0f})))"),
        labelLimit=0,
        symbolType=symbol,
        symbolStrokeWidth=2.5 if symbol == "stroke" else 1,
        symbolSize=260 if symbol == "stroke" else 90,
        columnPadding=14,
        rowPadding=4,
        offset=14,
    )


def above(title: str, **more: Any) -> alt.Axis:
    """An axis with its title written level above the plot."""
    return alt.Axis(
        title=title, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=0, titleY=-10, titleBaseline="bottom",
        **{"domain": False, "ticks": False, **more},
    )  # fmt: skip


def powers(title: str, least: float, most: float) -> alt.Axis:
    """An axis on a scale of powers, at the foot of a chart."""
    return alt.Axis(title=title, format=PLAIN, values=marks(least, most), labelOverlap=True)


def powers_above(title: str, least: float, most: float) -> alt.Axis:
    """An axis on a scale of powers, at the side of a chart."""
    return above(title, format=PLAIN, values=marks(least, most))


def marks(least: float, most: float) -> list[float]:
    """Round numbers for an axis on a scale of powers: powers of ten, with more between them the fewer they are."""
    span = log10(most / least)
    low, high = floor(log10(least)), ceil(log10(most))
    wanted = (1, 2, 5) if span < FEW_POWERS else (1,)
    numbers = [float(f"{digit}e{power}") for power in range(low, high + 1) for digit in wanted]
    if span < ONE_POWER:
        step = _step(most - least)
        numbers = [step * number for number in range(floor(least / step), ceil(most / step) + 1)]
    return [round(number, 12) for number in numbers if least * (1.0 - ROUNDING) <= number <= most * (1.0 + ROUNDING)]


FEW_POWERS, ONE_POWER = 2.5, 1.0
"""Powers of ten below which there is room for 2 and 5 times them, and below which numbers are a step apart."""

MOST_STEPS = 8
"""Steps on an axis at most."""


def _step(span: float) -> float:
    """The least round step of which a span has no more than `MOST_STEPS`."""
    power = floor(log10(span)) - 1
    steps = (float(f"{digit}e{power + more}") for more in (0, 1, 2) for digit in (1, 2, 5))
    return next(step for step in steps if span <= MOST_STEPS * step)


def tooltips(titles: Mapping[str, str], form: str = ".3~r") -> list[alt.Tooltip]:
    """What is shown of a mark: columns, each under its title, numbers with three digits."""
    return [
        alt.Tooltip(column, title=title, format=form if column.endswith(":Q") else alt.Undefined)
        for column, title in titles.items()
    ]


def specified(chart: Any, described: str, height: float = HEIGHT, *, square: bool = False) -> dict[str, Any]:
    """A chart as the browser draws it, with the common look, and in words for those who do not see it."""
    drawn: dict[str, Any] = styled(chart.properties(height=height, description=described), WORDS).to_dict(
        validate=False
    )
    drawn["usermeta"]["square"] = square
    return drawn
