"""What is to be said of runs before their times are believed: of waiting, of machines, and of budgets."""

from collections.abc import Sequence

import pandas as pd

from routeplan.bench.comparable import BUDGET
from routeplan.bench.judged_runs import Run
from routeplan.bench.machines import run_on_several, settings_together

IDLE = 0.8
"""Processor time as a share of time on the clock below which, in the median, runs have had to wait for a processor."""

LONG = 10.0
"""Time on the clock of runs that are looked at for that [s]: in shorter ones starting a process counts for much."""

APART = 0.1
"""Difference between the shares of two settings from which they have not had the same of the machine."""


def remarks(runs: Sequence[Run], frame: pd.DataFrame) -> list[str]:
    """What is to be said of runs, a sentence each; nothing where all is as it should be.

    Parameters
    ----------
    runs : sequence of Run
        The runs.
    frame : DataFrame
        The same as a table (`as_frame`).
    """
    return [told for told in (_budgets(runs), _busy(frame), _unequal(frame), _machines(frame)) if told]


def processor_shares(frame: pd.DataFrame) -> "pd.Series[float]":
    """Processor time of the long runs as a share of their time on the clock, at most 1: the median of each setting."""
    long = frame[frame["wall"] >= LONG]
    return _shares(long).groupby(long["setting"]).median()


def _shares(frame: pd.DataFrame) -> "pd.Series[float]":
    share: pd.Series[float] = (frame["cpu"] / frame["wall"]).clip(upper=1.0)
    return share


def _busy(frame: pd.DataFrame) -> str:
    share = float(_shares(frame[frame["wall"] >= LONG]).median())
    if not share < IDLE:
        return ""
    told = f"the runs had a processor for {share:.0%} of their time, in the median: the machine was busy"
    return f"{told}, and their times say little; run them again on one that does nothing else"


def _unequal(frame: pd.DataFrame) -> str:
    """Whether the machine was busier with some settings than with others."""
    shares = processor_shares(frame).sort_values()
    if shares.empty or shares.iloc[-1] - shares.iloc[0] <= APART:
        return ""
    told = ", ".join(f"{setting} {share:.0%}" for setting, share in shares.items())
    return (
        f"the settings had a processor for different shares of their time, in the median ({told}): "
        "part of what they differ in is the machine's"
    )


def _machines(frame: pd.DataFrame) -> str:
    count = frame["machine"].nunique()
    if count < 2 or run_on_several(frame):
        return ""
    told = f"runs of {count} machines are put together"
    if settings_together(frame):
        return (
            f"{told}, each of all settings of an instance and seed: settings are compared on equal terms, times of "
            "different instances as far as the machines are alike"
        )
    return f"{told}, of which each has run a part: their times can be compared as far as the machines are alike"


def _budgets(runs: Sequence[Run]) -> str:
    known = {name: sorted({run.about[name] for run in runs}) for name in BUDGET}
    several = [f"{name} {' and '.join(f'{value:g}' for value in known[name])}" for name in BUDGET if known[name][1:]]
    if not several:
        return ""
    told = f"runs of several budgets are put together ({'; '.join(several)})"
    return f"{told}: means, counts and factors are over instances of different limits"
