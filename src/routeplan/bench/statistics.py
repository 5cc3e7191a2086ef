"""Statistics of many runs: means that seeds do not inflate, penalties for what is not solved, and counts.

All functions take a table of runs, with a row for each run and the columns of `COLUMNS`; others are left alone.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from pandas.api.types import is_numeric_dtype

from routeplan.errors import DataError, Problem, UsageError, value_problem
from routeplan.instance.horizon import FloatArray

COLUMNS: Mapping[str, str] = {
    "instance": "name of the instance",
    "family": "the family that the instance is of",
    "setting": "what is compared, such as a solver with its options",
    "seed": "number of the random numbers that the run draws",
    "seconds": "time that the run takes [s], whether it solves the instance or not",
    "solved": "whether it is solved, and rightly",
    "limit": "time that the run may take [s], the same for all runs of an instance",
}
"""The columns of a table of runs."""

KEY = ("instance", "setting", "seed")
"""The columns that tell each run from every other."""

SHIFT_OF_SEEDS = 1.0
"""Shift of the mean over the seeds of an instance [s]."""

SHIFT_OF_INSTANCES = 10.0
"""Shift of the mean over instances [s], as in the benchmarks of Hans Mittelmann."""


def shifted_geometric_mean(values: ArrayLike, shift: float) -> float:
    r"""Shifted geometric mean, in which small values weigh less than in the geometric mean.

    .. math:: \exp\left(\frac{1}{n} \sum_i \ln(t_i + s)\right) - s

    Source: Achterberg 2007, *Constraint Integer Programming*, appendix A.

    Parameters
    ----------
    values : array-like
        Numbers of 0 or more, in the unit of the shift.
    shift : float
        The shift s, 0 or more; with 0 it is the geometric mean.

    Returns
    -------
    float
        The mean.

    Raises
    ------
    UsageError
        When there are no values, or one of them or the shift is negative or no number.
    """
    numbers = np.asarray(values, dtype=np.float64)
    _refuse_shift(shift)
    if numbers.size == 0:
        raise UsageError("there is nothing to take a mean of; allowed: one value or more")
    if not (numbers >= 0.0).all():
        raise UsageError(f"a value of a mean is {numbers[~(numbers >= 0.0)][0]:g}; allowed: 0 or more")
    return float(_mean_of_logs(logs(numbers, shift).mean(), shift))


def logs(seconds: ArrayLike, shift: float) -> FloatArray:
    """ln(1 + t / s) of times and their shift, or ln t without one; so small times keep their digits."""
    times: FloatArray = np.asarray(seconds, dtype=np.float64)
    if shift > 0.0:
        return np.log1p(times / shift)
    with np.errstate(divide="ignore"):  # the logarithm of 0 is minus infinity, and the mean with it 0
        return np.log(times)


def _mean_of_logs(mean: ArrayLike, shift: float) -> FloatArray:
    """The shifted geometric mean, from the mean of `logs`."""
    exponents: FloatArray = np.asarray(mean, dtype=np.float64)
    return shift * np.expm1(exponents) if shift > 0.0 else np.exp(exponents)


def counted_seconds(runs: pd.DataFrame, penalty: float = 1.0) -> FloatArray:
    """What each run counts [s]: its time, at most the limit; a penalty times the limit where it is not solved.

    With a penalty of 10 or 2 its mean is PAR10 or PAR2 (Hutter et al. 2009, doi 10.1613/jair.2861).
    """
    seconds, limit = runs["seconds"].to_numpy(float), runs["limit"].to_numpy(float)
    return np.where(runs["solved"].to_numpy(bool), np.minimum(seconds, limit), penalty * limit)


def aggregated(runs: pd.DataFrame, *, shift: float = SHIFT_OF_SEEDS, penalty: float = 1.0) -> pd.DataFrame:
    """Aggregate seeds, so that each instance counts once: seeds are not independent samples of instances.

    Parameters
    ----------
    runs : DataFrame
        The runs, with the columns of `COLUMNS`.
    shift : float
        Shift of the mean [s].
    penalty : float
        What a run that is not solved counts, in limits.

    Returns
    -------
    DataFrame
        A row for each instance and setting: ``instance``, ``setting``, ``family``, ``limit``, ``seconds`` (the shifted
        geometric mean of `counted_seconds` over seeds), ``seeds``, ``solved_seeds``, ``solved`` (by more than half of
        the seeds) and ``censored`` (some seed is not solved, so that ``seconds`` is too low).

    Raises
    ------
    DataError
        When the table breaks a rule; every problem is told.
    UsageError
        When the shift is negative.
    """
    refuse_runs(runs)
    _refuse_shift(shift)
    counted = runs.assign(log=logs(counted_seconds(runs, penalty), shift), solved=runs["solved"].astype(bool))
    means = counted.groupby(["instance", "setting"], as_index=False, observed=True).agg(
        family=("family", "first"),
        limit=("limit", "first"),
        log=("log", "mean"),
        seeds=("seed", "size"),
        solved_seeds=("solved", "sum"),
    )
    return means.assign(
        seconds=_mean_of_logs(means["log"].to_numpy(float), shift),
        solved=2 * means["solved_seeds"] > means["seeds"],
        censored=means["solved_seeds"] < means["seeds"],
    ).drop(columns="log")


def summary(runs: pd.DataFrame, *, shift: float = SHIFT_OF_INSTANCES) -> pd.DataFrame:
    """Counts and means of each setting, over the instances that it was run on.

    Parameters
    ----------
    runs : DataFrame
        The runs, with the columns of `COLUMNS`.
    shift : float
        Shift of the mean over instances [s].

    Returns
    -------
    DataFrame
        A row for each setting, named by it: ``instances``, ``solved`` (instances), ``runs``, ``solved_runs``,
        ``mean`` (shifted geometric mean of `aggregated` times [s]), and ``par2`` and ``par10`` (means over instances of
        the means over seeds [s]). A mean alone misleads where another setting solves more.

    Raises
    ------
    DataError, UsageError
        As `aggregated`.
    """
    means = aggregated(runs)
    _refuse_shift(shift)
    by_setting = means.assign(log=logs(means["seconds"], shift)).groupby("setting", observed=True)
    found = by_setting.agg(
        instances=("instance", "size"),
        solved=("solved", "sum"),
        runs=("seeds", "sum"),
        solved_runs=("solved_seeds", "sum"),
        mean=("log", "mean"),
    )
    return found.assign(
        mean=_mean_of_logs(found["mean"].to_numpy(float), shift),
        par2=penalised_average(runs, 2.0),
        par10=penalised_average(runs, 10.0),
    )


def penalised_average(runs: pd.DataFrame, penalty: float) -> pd.Series:
    """Mean over instances of the mean of `counted_seconds` over seeds, by setting [s]."""
    counted = runs.assign(counted=counted_seconds(runs, penalty))
    by_instance = counted.groupby(["setting", "instance"], observed=True)["counted"].mean()
    return by_instance.groupby(level="setting", observed=True).mean()


def refuse_runs(runs: pd.DataFrame, key: Sequence[str] = KEY) -> None:
    """Refuse a table of runs that breaks rules.

    Parameters
    ----------
    runs : DataFrame
        The runs.
    key : sequence of str
        The columns that together tell each run from every other.

    Raises
    ------
    DataError
        With every problem: columns or runs that are missing, times that are none, instances of two families or limits,
        and runs that are there twice. Lines count from the first run, on line 2.
    """
    if missing := [name for name in COLUMNS if name not in runs.columns]:
        raise DataError([Problem("runs", 1, f"missing: {', '.join(missing)}; allowed: all of {', '.join(COLUMNS)}")])
    if texts := [name for name in ("seconds", "limit") if not is_numeric_dtype(runs[name])]:
        raise DataError([Problem("runs", 1, f"column '{name}' holds text; allowed: numbers") for name in texts])
    if runs.empty:
        raise DataError([Problem("runs", 1, "there are no runs; allowed: one or more")])
    if problems := [*_wrong_values(runs), *_contradictions(runs, key)]:
        raise DataError(problems)


def _wrong_values(runs: pd.DataFrame) -> Iterator[Problem]:
    """Cells that are empty or out of range."""
    for name in COLUMNS:
        yield from _problems(runs, name, runs[name].isna(), "a value")
    seconds, limit, solved = (runs[name] for name in ("seconds", "limit", "solved"))
    yield from _problems(runs, "seconds", (seconds < 0.0) | np.isinf(seconds), "0 or more")
    yield from _problems(runs, "limit", (limit <= 0.0) | np.isinf(limit), "more than 0")
    yield from _problems(runs, "solved", solved.notna() & ~solved.isin([True, False]), "True or False")


def _contradictions(runs: pd.DataFrame, key: Sequence[str]) -> Iterator[Problem]:
    """Instances of more than one family or limit, and runs that are there twice."""
    for name in ("family", "limit"):
        first = runs.groupby("instance", observed=True)[name].transform("first")
        yield from _problems(
            runs, name, (runs[name] != first) & runs[name].notna(), "the same on all rows of an instance"
        )
    names = list(dict.fromkeys(key))
    yield from _problems(runs, "seed", runs.duplicated(names), f"one run with the same {', '.join(names)}")


def _problems(runs: pd.DataFrame, column: str, wrong: pd.Series, allowed: str) -> Iterator[Problem]:
    for position in np.flatnonzero(wrong.to_numpy(bool)):
        value = runs[column].iloc[position]
        yield value_problem("runs", int(position) + 2, column, None if pd.isna(value) else value, allowed)


def _refuse_shift(shift: float) -> None:
    if not shift >= 0.0:
        raise UsageError(f"the shift is {shift:g} s; allowed: 0 or more")
