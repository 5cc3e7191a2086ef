"""Numbers behind the curves of a report: what is solved, and which gap is left, as time goes on."""

from bisect import bisect_right

import numpy as np
import pandas as pd

from routeplan.bench.curves import performance_profile, solved_over_time, virtual_best
from routeplan.bench.judged_runs import Run
from routeplan.bench.report.over_time import closing_events, gap_at
from routeplan.bench.report.results import Results
from routeplan.bench.statistics import aggregated
from routeplan.bench.trajectory import improved
from routeplan.instance.horizon import FloatArray

POINTS = 80
"""Points of a curve."""

LEAST = 1e-3
"""Least time on an axis [s]: clocks of solvers tell no less."""

MOST_FACTOR = 1000.0
"""Largest factor on the axis of a performance profile."""

TOLD = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Times of tables, as shares of the limit."""


def times(results: Results) -> FloatArray:
    """Times of an axis from the first run solved to the limit, evenly on a scale of powers [s], shape (80,)."""
    solved = results.frame.loc[results.frame["solved"], "seconds"]
    first = max(LEAST, float(solved.min()) if len(solved) else results.limit / 100.0)
    grid: FloatArray = np.geomspace(min(first, results.limit / 2.0), results.limit, POINTS)
    grid[-1] = results.limit  # not a little less, by rounding
    return grid


def solved_curve(results: Results) -> pd.DataFrame:
    """Share of runs that are solved within a time, in the long form: ``seconds``, ``setting``, ``share`` [%]."""
    return _long(solved_over_time(results.frame, list(times(results))), "seconds", "share", 100.0)


def solved_at(results: Results) -> pd.DataFrame:
    """Share of runs of each setting that are solved within some times: ``setting``, and a column for each time [%]."""
    moments = [share * results.limit for share in TOLD]
    table = 100.0 * solved_over_time(results.frame, moments).T.reindex(results.settings)
    return table.rename(columns=lambda time: f"{time:.3g} s").reset_index()


def profile(results: Results, factors: FloatArray | None = None) -> pd.DataFrame:
    """Performance profile in the long form: ``factor``, ``setting``, ``share`` of the instances [%]."""
    means = aggregated(results.frame)
    best = virtual_best(means)
    if factors is None:
        ratio = (means["seconds"] / means["instance"].map(best)).where(means["solved"])
        most = ratio.replace(np.inf, np.nan).max()
        factors = np.geomspace(1.0, min(MOST_FACTOR, max(2.0, 1.0 if np.isnan(most) else 1.05 * float(most))), POINTS)
    return _long(performance_profile(means, best, list(factors)), "factor", "share", 100.0)


def profile_at(results: Results) -> pd.DataFrame:
    """Share of instances that each setting solves within some factors of the best time [%]."""
    table = profile(results, np.array([1.0, 1.1, 1.5, 2.0, 5.0, 10.0, 100.0]))
    wide = table.pivot(index="setting", columns="factor", values="share").reindex(results.settings)
    return wide.rename(columns=lambda factor: f"{factor:g} times").rename_axis(columns=None).reset_index()


def gap_curve(results: Results, moments: FloatArray | None = None) -> pd.DataFrame:
    """Gap of the runs of each setting over time: ``seconds``, ``setting``, ``median``, ``low``, ``high`` [%].

    Low and high are the quartiles: half of the runs are between them.
    """
    grid = times(results) if moments is None else moments
    gaps = np.array([gaps_of(run, grid) for run in results.runs])
    names = results.frame["setting"].to_numpy()
    parts = []
    for name in results.settings:
        low, median, high = 100.0 * np.quantile(gaps[names == name], (0.25, 0.5, 0.75), axis=0)
        parts.append(pd.DataFrame({"seconds": grid, "setting": name, "median": median, "low": low, "high": high}))
    return pd.concat(parts, ignore_index=True)


def gap_at_times(results: Results) -> pd.DataFrame:
    """Median gap of each setting at some times [%]."""
    table = gap_curve(results, np.array([share * results.limit for share in TOLD]))
    wide = table.pivot(index="setting", columns="seconds", values="median").reindex(results.settings)
    return wide.rename(columns=lambda time: f"{time:.3g} s").rename_axis(columns=None).reset_index()


def gaps_of(run: Run, moments: FloatArray) -> FloatArray:
    """Gap of a run at some times, between 0 and 1, shape of the times; 1 before it has point and bound."""
    events = improved(closing_events(run))
    starts = [event.seconds for event in events]
    return np.array([gap_at(run, events[bisect_right(starts, moment) - 1]) for moment in moments])


def _long(table: pd.DataFrame, index: str, value: str, factor: float) -> pd.DataFrame:
    return (factor * table).rename_axis(index).reset_index().melt(index, var_name="setting", value_name=value)
