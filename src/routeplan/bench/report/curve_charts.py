"""Charts of what happens as time goes on: what is solved, how near to the best, and which gap is left."""

from typing import Any

import altair as alt

from routeplan.bench.report.course import gap_curve, profile, solved_curve
from routeplan.bench.report.look import HEIGHT, above, colour, dash, powers, specified, tooltips
from routeplan.bench.report.results import Results
from routeplan.report.figure import inline

PERCENT = alt.Scale(domain=[0, 100])


def solved_chart(results: Results, title: str) -> dict[str, Any]:
    """Draw the share of runs that are solved within a time."""
    data = alt.Chart(inline(solved_curve(results)))
    lines = data.mark_line(interpolate="step-after", strokeWidth=2.2).encode(
        x=alt.X("seconds:Q", scale=alt.Scale(type="log", nice=False), axis=powers("Time since the start of a run [s]")),
        y=alt.Y("share:Q", scale=PERCENT, axis=above("Runs solved [%]")),
        color=colour(results.settings),
        strokeDash=dash(results.settings),
        tooltip=tooltips({"setting:N": "Setting", "seconds:Q": "Within [s]", "share:Q": "Solved [%]"}),
    )
    return specified(lines, title)


def profile_chart(results: Results, title: str) -> dict[str, Any]:
    """Draw the share of instances that are solved within a factor of the best time."""
    data = alt.Chart(inline(profile(results)))
    axis = powers("Time, as a multiple of the best time on the instance")
    lines = data.mark_line(interpolate="step-after", strokeWidth=2.2).encode(
        x=alt.X("factor:Q", scale=alt.Scale(type="log", nice=False), axis=axis),
        y=alt.Y("share:Q", scale=PERCENT, axis=above("Instances solved [%]")),
        color=colour(results.settings),
        strokeDash=dash(results.settings),
        tooltip=tooltips({"setting:N": "Setting", "factor:Q": "Within [times the best]", "share:Q": "Solved [%]"}),
    )
    return specified(lines, title)


BANDS = 3
"""Settings of which the band is drawn at most: the bands of more hide each other."""


def gap_chart(results: Results, title: str) -> dict[str, Any]:
    """Draw the median gap over time, and around it the half of the runs that is nearest."""
    frame = gap_curve(results)
    x = alt.X("seconds:Q", scale=alt.Scale(type="log", nice=False), axis=powers("Time since the start of a run [s]"))
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
                {"setting:N": "Setting", "seconds:Q": "At [s]", "median:Q": "Median gap [%]", "low:Q": "A quarter is below [%]",
                 "high:Q": "A quarter is above [%]"}
            ),
        )
    )  # fmt: skip
    banded = frame[frame["setting"].isin(results.settings[:BANDS])]
    band = (
        alt.Chart(inline(banded))
        .mark_area(interpolate="step-after", opacity=0.13)
        .encode(
            x=x,
            y=alt.Y("low:Q", scale=PERCENT, axis=axis),
            y2="high:Q",
            color=colour(results.settings),
        )
    )
    return specified(alt.layer(band, lines), title, HEIGHT)
