"""Sections on what happens as time goes on."""

import numpy as np

from routeplan.bench.report.course import gap_at_times, gap_curve, profile_at, solved_at
from routeplan.bench.report.curve_charts import banded_settings, gap_chart, profile_chart, solved_chart
from routeplan.bench.report.part import Exhibit, Part, listed, number, plural, table_of_numbers
from routeplan.bench.report.results import Results

GAP = (
    "The gap is the distance between the objective of the best point and the bound, as a share of the larger of the "
    "two: 100 % before there are both, 0 % when the instance is solved as closely as was asked for."
)


def solved_part(results: Results) -> Part:
    """Solved over time."""
    title = solved_title(results)
    note = "A curve that is higher is better. It ends at the time limit. What is wrong counts as never solved."
    exhibit = Exhibit(
        title, table_of_numbers(solved_at(results), "Solved [% of runs]"), solved_chart(results, title), note
    )
    return Part("solved", "Solved", "Solved over time", [], [exhibit])


def solved_title(results: Results) -> str:
    """What the chart shows, in a sentence."""
    counts = results.frame.groupby("setting")["solved"].agg(["sum", "size"]).reindex(results.settings)
    share = counts["sum"] / counts["size"]
    if share.max() == 0.0:
        return f"No run is solved within {results.limit:g} s"
    best = list(share.index[np.isclose(share, share.max())])
    if share.max() == 1.0:
        which = "All settings" if len(best) == len(share) > 1 else listed(best)
        return f"{which} {'solve' if len(best) > 1 else 'solves'} every run within {results.limit:g} s"
    verb = "solves" if len(best) == 1 else "solve"
    return f"{listed(best)} {verb} the most runs within {results.limit:g} s: {number(100 * share.max())} %"


def profile_part(results: Results) -> Part:
    """Performance profile."""
    table = profile_at(results)
    first = table["1 times"]
    best = list(table["setting"][np.isclose(first, first.max())])
    title = "No instance is solved"
    if first.max() > 0.0:
        verb = "is" if len(best) == 1 else "are"
        title = f"{listed(best)} {verb} fastest most often: on {number(first.max())} % of the instances"
    note = (
        "A performance profile: at the left, how often a setting is the fastest; to the right, how many instances it "
        "solves within so many times the best time. The best time of an instance is that of the fastest setting on "
        "this page (the virtual best), so the curves are relative to the best of those drawn: read off who is near the "
        "best, but not who is second, since the order of the others may change when one setting is left out (Gould and "
        "Scott 2016)."
    )
    exhibit = Exhibit(
        title, table_of_numbers(table, "Solved [% of instances] within"), profile_chart(results, title), note
    )
    return Part("profile", "Profile", "Near to the best", [], [exhibit])


def gap_part(results: Results) -> Part:
    """Gap over time."""
    title = gap_title(results)
    drawn = f", drawn for {listed(banded_settings(results))}" if len(results.settings) > 2 else ""
    note = f"{GAP} The line is the median over runs; between the edges of the band{drawn}, half of the runs are."
    exhibit = Exhibit(
        title, table_of_numbers(gap_at_times(results), "Median gap [%] at"), gap_chart(results, title), note
    )
    return Part("gap", "Gap", "Gap over time", [], [exhibit])


def gap_title(results: Results) -> str:
    """What the chart shows, in a sentence."""
    curve = gap_curve(results)
    closed = curve[curve["median"] <= NEARLY].groupby("setting")["seconds"].min().sort_values()
    if len(closed) == len(results.settings):
        first, last = closed.index[0], closed.index[-1]
        title = f"The median gap is {NEARLY:g} % or less after {number(closed.iloc[0])} s with {first}"
        return title if first == last else f"{title}, and after {number(closed.iloc[-1])} s with {last}"
    gaps = curve[curve["seconds"] == results.limit].set_index("setting")["median"].sort_values()
    least, most = (f"{number(gaps.iloc[place])} %" for place in (0, -1))
    if len(gaps) == 1 or least == most:
        return f"The median gap at {results.limit:g} s is {least}{' with every setting' if len(gaps) > 1 else ''}"
    return f"At {results.limit:g} s the median gap is {least} with {gaps.index[0]}, and {most} with {gaps.index[-1]}"


NEARLY = 1.0
"""Gap at which an instance is nearly solved [%]."""


def runs_told(results: Results) -> str:
    """Size of the benchmark, in a sentence."""
    seeds = results.frame["seed"].nunique()
    return (
        f"{plural(len(results.settings), 'setting')} on {plural(len(results.instances), 'instance')} with "
        f"{plural(seeds, 'seed')}: {plural(len(results.runs), 'run')} of at most {results.limit:g} s"
    )
