"""Charts of what happens as time goes on: what is solved, how near to the best, and which gap is left."""

from typing import Any

import altair as alt
import pandas as pd

from routeplan.bench.report.course import gap_curve, profile, solved_curve
from routeplan.bench.report.look import COLOURS, HEIGHT, above, colour, dash, powers, specified, taken, tooltips
from routeplan.bench.report.results import Results
from routeplan.bench.report.tables import best_other
from routeplan.report.figure import inline

PERCENT = alt.Scale(domain=[0, 100])


def solved_chart(results: Results, title: str) -> dict[str, Any]:
    """Draw the share of runs that are solved within a time."""
    frame = solved_curve(results)
    data = alt.Chart(inline(frame))
    lines = data.mark_line(interpolate="step-after", strokeWidth=2.2).encode(
        x=_seconds(frame),
        y=alt.Y("share:Q", scale=PERCENT, axis=above("Runs solved [%]")),
        color=colour(results.settings),
        strokeDash=dash(results.settings),
        tooltip=tooltips({"setting:N": "Setting", "seconds:Q": "Within [s]", "share:Q": "Solved [%]"}),
    )
    return specified(lines, title)


def profile_chart(results: Results, title: str) -> dict[str, Any]:
    """Draw the share of instances that are solved within a factor of the best time."""
    frame = profile(results)
    data = alt.Chart(inline(frame))
    axis = powers("Time, as a multiple of the best time on the instance", 1.0, float(frame["factor"].max()))
    lines = data.mark_line(interpolate="step-after", strokeWidth=2.2).encode(
        x=alt.X("factor:Q", scale=alt.Scale(type="log", nice=False), axis=axis),
        y=alt.Y("share:Q", scale=PERCENT, axis=above("Instances solved [%]")),
        color=colour(results.settings),
        strokeDash=dash(results.settings),
        tooltip=tooltips({"setting:N": "Setting", "factor:Q": "Within [times the best]", "share:Q": "Solved [%]"}),
    )
    return specified(lines, title)


def _seconds(frame: pd.DataFrame) -> alt.X:
    axis = powers("Time since the start of a run [s]", float(frame["seconds"].min()), float(frame["seconds"].max()))
    return alt.X("seconds:Q", scale=alt.Scale(type="log", nice=False), axis=axis)


def banded_settings(results: Results) -> list[str]:
    """Settings of which the band is drawn: the base and the best other, since the bands of more hide each other."""
    best = best_other(results)
    return [results.base] if best is None else [results.base, best]


def gap_chart(results: Results, title: str) -> dict[str, Any]:
    """Draw the median gap over time, and around it the half of the runs that is nearest."""
    frame = gap_curve(results)
    x = _seconds(frame)
    axis = above("Gap between point and bound [%]")
    lines = (
        alt.Chart(inline(frame))
        .mark_line(interpolate="step-after", strokeWidth=2.2)
        .encode(
            x=x,
            y=alt.Y("median:Q", scale=PERCENT, axis=axis),
            color=colour(results.settings),
            strokeDash=dash(results.settings),
            tooltip=tooltips(
                {"setting:N": "Setting", "seconds:Q": "At [s]", "median:Q": "Median gap [%]",
                 "low:Q": "A quarter is below [%]", "high:Q": "A quarter is above [%]"}
            ),
        )
    )  # fmt: skip
    colours = dict(zip(results.settings, taken(COLOURS, len(results.settings)), strict=True))
    bands = [
        # With a colour of its own, not of the scale, whose legend would fade with the band.
        alt.Chart(inline(frame[frame["setting"] == name]))
        .mark_area(interpolate="step-after", opacity=0.13, color=colours[name])
        .encode(x=x, y=alt.Y("low:Q", scale=PERCENT, axis=axis), y2="high:Q")
        for name in banded_settings(results)
    ]
    return specified(alt.layer(*bands, lines), title, HEIGHT)
