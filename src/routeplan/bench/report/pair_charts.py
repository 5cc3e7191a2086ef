"""Charts that hold settings against each other: two of them, all against a base, seeds, sizes, and instances."""

from collections.abc import Callable
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from routeplan.bench.pairs import EQUAL
from routeplan.bench.report.comparisons import grid_table, scaling_table, seed_table, two_settings
from routeplan.bench.report.course import LEAST
from routeplan.bench.report.look import (
    HEIGHT,
    SHAPES,
    STEP,
    colour,
    dash,
    legend,
    powers,
    powers_above,
    specified,
    taken,
    tooltips,
)
from routeplan.bench.report.results import Results
from routeplan.report import palette
from routeplan.report.figure import inline


def scatter_chart(results: Results, other: str, title: str) -> dict[str, Any]:
    """Draw the time of each instance with the base and with another setting."""
    frame = two_settings(results, other)
    frame = frame.assign(base=frame["base"].clip(lower=LEAST), other=frame["other"].clip(lower=LEAST))
    families = sorted(set(frame["family"]))
    least = float(frame[["base", "other"]].min().min()) / 1.5
    ends = [least, 1.4 * results.limit]
    scale = alt.Scale(type="log", domain=ends, nice=False)
    points = (
        alt.Chart(inline(frame))
        .mark_point(size=70, filled=True, opacity=0.85)
        .encode(
            x=alt.X("base:Q", scale=scale, axis=powers(f"{results.base} [s]", *ends)),
            y=alt.Y("other:Q", scale=scale, axis=powers_above(f"{other} [s]", *ends)),
            color=alt.Color(
                "family:N",
                scale=alt.Scale(domain=families, range=taken(palette.SECTORS, len(families))),
                legend=legend(families),
            ),
            shape=alt.Shape(
                "family:N",
                scale=alt.Scale(domain=families, range=taken(SHAPES, len(families))),
                legend=legend(families),
            ),
            tooltip=tooltips(
                {"instance:N": "Instance", "base:Q": f"{results.base} [s]", "other:Q": f"{other} [s]",
                 "solved:N": "Solved by"}
            ),
        )
    )  # fmt: skip
    return specified(alt.layer(*_guides(ends, results.limit), points), title, square=True)


def _guides(ends: list[float], limit: float) -> list[alt.Chart]:
    """The line on which times are equal, and those of the limit."""
    equal = alt.Chart(inline(pd.DataFrame({"base": ends, "other": ends}))).mark_line(
        color=palette.FAINT, strokeWidth=1, strokeDash=[1, 0]
    )
    at = alt.Chart(inline(pd.DataFrame({"limit": [limit]})))
    dashed: dict[str, Any] = {"color": palette.VERMILION, "strokeDash": [5, 4], "strokeWidth": 1}
    return [
        equal.encode(x="base:Q", y="other:Q"),
        at.mark_rule(**dashed).encode(x="limit:Q"),
        at.mark_rule(**dashed).encode(y="limit:Q"),
    ]


def factor_chart(pairs: pd.DataFrame, title: str) -> dict[str, Any]:
    """Draw how many times as fast each setting is as the base, with intervals, and the band called equal."""
    base = pairs["base"].iloc[0]
    frame = pairs.sort_values("factor", ascending=False)
    frame = frame.assign(low=frame["low"].astype(float), high=frame["high"].astype(float))
    order = list(frame["setting"])
    bounds = frame[["factor", "low", "high"]].astype(float)
    least, most = float(np.nanmin(bounds)), float(np.nanmax(bounds))
    ends = [min(0.9, 0.9 * least), max(1.1, 1.1 * most)]
    scale = alt.Scale(type="log", domain=ends, nice=False)
    x = alt.X("factor:Q", scale=scale, axis=powers(f"Times as fast as {base} (right: faster)", *ends))
    y = alt.Y("setting:N", sort=order, axis=alt.Axis(title=None, labelLimit=220, ticks=False, domain=False))
    band = pd.DataFrame({"low": [1.0 / (1.0 + EQUAL)], "high": [1.0 + EQUAL]})
    shown = tooltips(
        {"setting:N": "Setting", "factor:Q": "Times as fast", "low:Q": "95 % interval from", "high:Q": "to",
         "wilcoxon_holm:Q": "p-value (Wilcoxon, Holm)"}
    )  # fmt: skip
    chart = alt.layer(
        alt.Chart(inline(band)).mark_rect(color=palette.PALE, opacity=0.7).encode(
            x=alt.X("low:Q", scale=scale), x2="high:Q"
        ),
        alt.Chart(inline(band.assign(one=1.0))).mark_rule(color=palette.INK, strokeWidth=1).encode(x="one:Q"),
        alt.Chart(inline(frame[["setting", "low", "high"]].dropna())).mark_rule(
            color=palette.BLUE, strokeWidth=2.5
        ).encode(x=alt.X("low:Q", scale=scale), x2="high:Q", y=y),
        alt.Chart(inline(frame)).mark_point(filled=True, size=90, color=palette.BLUE, opacity=1).encode(
            x=x, y=y, tooltip=shown
        ),
    )  # fmt: skip
    return specified(chart, title, max(80, 34 * len(order)))


def seed_chart(results: Results, title: str) -> dict[str, Any]:
    """Draw the mean of each setting with each seed."""
    frame = seed_table(results)
    frame = frame.assign(mean=frame["mean"].clip(lower=LEAST))
    ends = [0.9 * float(frame["mean"].min()), 1.1 * float(frame["mean"].max())]
    axis = powers("Shifted geometric mean over instances [s]", *ends)
    points = (
        alt.Chart(inline(frame))
        .mark_tick(thickness=2.5, size=16, color=palette.BLUE)
        .encode(
            x=alt.X("mean:Q", scale=alt.Scale(type="log", domain=ends, nice=False), axis=axis),
            y=alt.Y("setting:N", sort=results.settings, axis=alt.Axis(title=None, labelLimit=220, ticks=False)),
            tooltip=tooltips({"setting:N": "Setting", "seed:N": "Seed", "mean:Q": "Mean [s]"}),
        )
    )
    return specified(points, title, max(80, 30 * len(results.settings)))


def scaling_chart(results: Results, family: str, title: str) -> dict[str, Any]:
    """Draw how the time of each setting grows with the size of a family's instances."""
    frame = scaling_table(results)
    frame = frame[frame["family"] == family]
    frame = frame.assign(mean=frame["mean"].clip(lower=LEAST))
    wide = [0.9 * float(frame["columns"].min()), 1.1 * float(frame["columns"].max())]
    high = [0.8 * float(frame["mean"].min()), 1.2 * float(frame["mean"].max())]
    base = alt.Chart(inline(frame)).encode(
        x=_on_powers(alt.X("columns:Q", axis=powers("Columns of instances", *wide)), wide),
        y=_on_powers(alt.Y("mean:Q", axis=powers_above("Mean time [s]", *high)), high),
        color=colour(results.settings),
        tooltip=tooltips(
            {"setting:N": "Setting", "size:N": "Size", "columns:Q": "Columns", "mean:Q": "Mean time [s]",
             "solved:Q": "Instances solved", "instances:Q": "of"}
        ),
    )  # fmt: skip
    lines = base.mark_line(strokeWidth=2.2).encode(strokeDash=dash(results.settings))
    return specified(alt.layer(lines, base.mark_point(filled=True, size=60, opacity=1)), title, HEIGHT)


def _on_powers(channel: Any, ends: list[float]) -> Any:
    return channel.scale(alt.Scale(type="log", domain=ends, nice=False))


WRONG, UNSOLVED = palette.VERMILION, palette.PALE
"""Colours of an instance that is answered wrongly, and of one that is not solved."""

SHADES = ("#f2f8fd", "#5a9fd0")
"""From the shortest to the longest time; dark text can be read on both."""


def grid_chart(results: Results, title: str) -> dict[str, Any]:
    """Draw the time of each instance with each setting."""
    frame = grid_table(results)
    frame = frame.assign(shade=frame["seconds"].clip(lower=LEAST), text=[grid_cell(row) for row in frame.itertuples()])
    x = alt.X(
        "setting:N",
        sort=results.settings,
        axis=alt.Axis(title=None, orient="top", labelAngle=-40, labelLimit=160, ticks=False, domain=False),
    )
    y = alt.Y("instance:N", axis=alt.Axis(title=None, labelLimit=240, ticks=False, domain=False))
    shown = tooltips(
        {"instance:N": "Instance", "setting:N": "Setting", "kind:N": "Outcome", "seconds:Q": "Mean time [s]",
         "solved_seeds:Q": "Runs solved", "seeds:Q": "of"}
    )  # fmt: skip
    base = alt.Chart(inline(frame)).encode(x=x, y=y, tooltip=shown)
    cells = base.mark_rect(stroke=palette.PAPER).encode(
        color=alt.Color(
            "shade:Q",
            scale=alt.Scale(type="log", range=list(SHADES)),
            legend=alt.Legend(title="Solved in [s]", orient="bottom", format="~r", gradientLength=180, tickCount=4),
        )
    )
    solved, wrong = alt.datum.kind == "solved", alt.datum.kind == "wrong"
    layers = alt.layer(
        cells.transform_filter(solved),
        base.mark_rect(stroke=palette.PAPER, color=UNSOLVED).transform_filter(alt.datum.kind == "not solved"),
        base.mark_rect(stroke=palette.PAPER, color=WRONG).transform_filter(wrong),
        base.mark_text(fontSize=11, color=palette.BLACK).encode(text="text:N"),
    )
    return specified(layers, title, STEP * len(results.instances))


def grid_cell(row: Any, form: Callable[[float], str] = "{:.2g}".format) -> str:
    """What stands in the cell of an instance and a setting: the time in a form, or how it is not solved."""
    return form(row.seconds) if row.kind == "solved" else "wrong" if row.kind == "wrong" else "–"
