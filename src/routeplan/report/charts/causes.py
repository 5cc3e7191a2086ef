"""Picture of why projects cannot go ahead: a bar for each cause, of those that can later and those that cannot."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.report.figure import inline, legend_below, styled, tooltips
from routeplan.why.judged import Verdict
from routeplan.why.tables import IMPOSSIBLE
from routeplan.why.told import causes_in_words, verdict_name

COLOURS = {Verdict.LATER: palette.TIGHT, Verdict.BLOCKED: palette.FULL}
"""Colour of projects that can go ahead later, and of those that cannot."""

STEP, WIDTH = 34, 560
"""Height of a bar with the gap to the next, and width, unless a page sets another [px]."""


def cause_chart(tables: Mapping[str, pd.DataFrame], words: Words) -> alt.LayerChart:
    """Draw the table ``causes`` of `verdict_tables`, each project under its causes and by its verdict.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables.
    words : Words
        The readers' language.
    """
    projects = tables["projects"]
    held = projects[(projects["infrastructure"] == 1) & projects["verdict"].isin(IMPOSSIBLE)]
    counts = held.groupby(["causes", "verdict"]).size().rename("count").reset_index()
    data = pd.DataFrame(
        {
            "cause": [causes_in_words(causes, words) for causes in counts["causes"]],
            "verdict": [verdict_name(Verdict(verdict), words) for verdict in counts["verdict"]],
            "count": counts["count"],
            "place": [list(COLOURS).index(Verdict(verdict)) for verdict in counts["verdict"]],
            "ink": [palette.ink_on(COLOURS[Verdict(verdict)]) for verdict in counts["verdict"]],
        }
    )
    order = [causes_in_words(causes, words) for causes in tables["by_cause"]["causes"]]
    names = [verdict_name(verdict, words) for verdict in COLOURS]
    base = alt.Chart().encode(
        y=alt.Y("cause:N", sort=order, axis=alt.Axis(title=None, labelLimit=420, domain=False, ticks=False)),
        x=alt.X("count:Q", stack="zero", axis=alt.Axis(title=words("projects"), tickMinStep=1, format="d")),
        order=alt.Order("place:Q"),
    )
    bars = base.mark_bar(stroke=palette.PAPER).encode(
        color=alt.Color(
            "verdict:N", scale=alt.Scale(domain=names, range=list(COLOURS.values())), legend=legend_below(names)
        ),
        tooltip=tooltips({"cause": words("cause"), "verdict": words("Verdict"), "count": words("projects")}),
    )
    numbers = base.mark_text(color=alt.ExprRef("datum.ink"), fontSize=12).encode(
        x=alt.X("count:Q", stack="zero", bandPosition=0.5), text="count:Q"
    )
    chart = alt.LayerChart(layer=[bars, numbers], data=inline(data), width=WIDTH, height=max(2, len(order)) * STEP)
    return styled(chart, words)
