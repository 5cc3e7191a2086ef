"""Agreement of rankings of settings: between seeds or machines, and when the best setting is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from routeplan.bench.bootstrap import RESAMPLES, Interval, can_vary, interval, resampled
from routeplan.bench.statistics import KEY, SHIFT_OF_INSTANCES, aggregated, counted_seconds, logs, refuse_runs
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.tolerances import ROUNDING

WITHIN = 2.0
"""The factor of the best time by which settings are ranked in a performance profile."""


@dataclass(frozen=True)
class Agreement:
    """How far rankings agree.

    Parameters
    ----------
    rankings : int
        Rankings that are held against each other.
    instances : int
        Instances that they are made from.
    tau : float, optional
        Kendall's tau, the mean over pairs of rankings: 1 where they are the same, -1 where they are reversed; none
        where a ranking has nothing but ties.
    interval : pair of float, optional
        95 % interval of the bootstrap over instances, stratified by family.
    """

    rankings: int
    instances: int
    tau: float | None
    interval: Interval | None


def kendall(first: ArrayLike, second: ArrayLike) -> float:
    r"""Kendall's tau-b of two rankings of the same settings; not a number where one has nothing but ties.

    .. math:: \frac{\sum_{i<j} a_{ij} b_{ij}}{\sqrt{\sum_{i<j} a_{ij}^2 \sum_{i<j} b_{ij}^2}}

    with a and b the signs of differences. Source: Kendall 1945, doi 10.1093/biomet/33.3.239.

    Parameters
    ----------
    first, second : array-like, shape (S,)
        A number of each setting, by which it is ranked.

    Returns
    -------
    float
        Between -1 and 1.

    Raises
    ------
    UsageError
        When they are not of the same settings.
    """
    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.shape != other.shape or one.ndim != 1:
        raise UsageError(
            f"rankings have the shapes {one.shape} and {other.shape}; allowed: the same number of settings"
        )
    return float(_tau(_signs(one), _signs(other)))


def agreement(
    runs: pd.DataFrame,
    by: str = "seed",
    *,
    shift: float = SHIFT_OF_INSTANCES,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Agreement:
    """How far the rankings of settings by their shifted geometric mean agree between seeds, or machines.

    Parameters
    ----------
    runs : DataFrame
        The runs, with the columns of `statistics.COLUMNS` and that of `by`.
    by : str
        The column whose values each give a ranking, such as ``seed`` or ``machine``.
    shift : float
        Shift of the means [s].
    seed, resamples : int
        Seed and number of the resamples of the interval.

    Returns
    -------
    Agreement
        Over the instances of which there are runs of every setting with every value of `by`.

    Raises
    ------
    DataError
        When the table breaks a rule.
    UsageError
        When there is no such column, or there are fewer than two rankings, two settings or one instance.
    """
    if by not in runs.columns:
        raise UsageError(f"runs have no column {by}; allowed: {', '.join(map(str, runs.columns))}")
    refuse_runs(runs, key=[*KEY, by])
    counted = runs.assign(log=logs(counted_seconds(runs), shift))
    table = counted.pivot_table(index=[by, "setting"], columns="instance", values="log", aggfunc="mean", observed=True)
    table = table.dropna(axis="columns")
    rankings, settings = (table.index.get_level_values(level).nunique() for level in (by, "setting"))
    if min(rankings, settings) < 2 or len(table) < rankings * settings or table.columns.empty:
        raise UsageError(f"rankings by {by} cannot be compared; allowed: two or more, of the same two settings or more")
    values = table.to_numpy(float).reshape(rankings, settings, -1)

    def outcome(drawn: IntArray) -> float:
        return _mean_tau(_signs(values[:, :, drawn].mean(axis=2)))

    return _agreement(rankings, _families(runs, table.columns), outcome, seed, resamples)


def agreement_without_best(
    runs: pd.DataFrame, *, within: float = WITHIN, seed: int = 0, resamples: int = RESAMPLES
) -> Agreement:
    """How far the ranking of the others stays when the best setting is left out.

    Settings are ranked by the share of instances that they solve within a factor of the best time of those ranked, as
    in a performance profile, which a left-out setting may turn (Gould and Scott 2016, doi 10.1145/2950048). A ranking
    by means cannot turn so.

    Parameters
    ----------
    runs : DataFrame
        The runs, with the columns of `statistics.COLUMNS`.
    within : float
        The factor, 1 or more.
    seed, resamples : int
        Seed and number of the resamples of the interval.

    Returns
    -------
    Agreement
        Of two rankings, over the instances that every setting was run on.

    Raises
    ------
    DataError
        When the table breaks a rule.
    UsageError
        When there are fewer than three settings, or they share no instance.
    """
    means = aggregated(runs)
    seconds = means["seconds"].where(means["solved"], np.inf)
    table = means.assign(seconds=seconds).pivot(index="setting", columns="instance", values="seconds")
    table = table.dropna(axis="columns")
    if len(table) < 3 or table.columns.empty:
        raise UsageError(
            f"{len(table)} settings share {len(table.columns)} instances; allowed: 3 or more, and 1 or more"
        )
    values = table.to_numpy(float)

    def outcome(drawn: IntArray) -> float:
        return _tau_without_best(values[:, drawn], within)

    return _agreement(2, _families(runs, table.columns), outcome, seed, resamples)


def _agreement(
    rankings: int, families: list[str], outcome: Callable[[IntArray], float], seed: int, resamples: int
) -> Agreement:
    """The outcome of the sample, and the interval of the outcomes of resamples."""
    tau = outcome(np.arange(len(families)))
    found = Agreement(rankings, len(families), None if np.isnan(tau) else tau, None)
    if found.tau is None or not can_vary(families):
        return found
    drawn = resampled(families, np.random.default_rng(seed), resamples)
    return Agreement(rankings, len(families), tau, interval([outcome(positions) for positions in drawn]))


def _families(runs: pd.DataFrame, instances: pd.Index) -> list[str]:
    return runs.drop_duplicates("instance").set_index("instance")["family"].loc[instances].tolist()


def _mean_tau(signs: FloatArray) -> float:
    """Mean tau over pairs of rankings that are not all ties, from signs of shape (V, S (S - 1) / 2)."""
    taus = np.array([_tau(signs[one], signs[other]) for one, other in combinations(range(len(signs)), 2)])
    known = taus[~np.isnan(taus)]
    return float(known.mean()) if len(known) else np.nan


def _tau_without_best(seconds: FloatArray, within: float) -> float:
    """Tau of the others before and after the best is left out, from times of shape (S, N)."""
    before = _shares(seconds, within)
    others = np.arange(len(before)) != before.argmax()
    return float(_tau(_signs(before[others]), _signs(_shares(seconds[others], within))))


def _shares(seconds: FloatArray, within: float) -> FloatArray:
    """Share of the instances that are solved within a factor of the least time, shape (S,)."""
    near: NDArray[np.bool_] = np.isfinite(seconds) & (seconds <= within * (1.0 + ROUNDING) * seconds.min(axis=0))
    return np.asarray(near.mean(axis=1), dtype=np.float64)


def _signs(scores: FloatArray) -> FloatArray:
    """Signs of the differences of all pairs of settings, shape (..., S (S - 1) / 2), from shape (..., S)."""
    first, second = np.triu_indices(scores.shape[-1], 1)
    one, other = scores[..., first], scores[..., second]
    # Not the sign of the difference, which two infinite scores do not have.
    return np.greater(one, other).astype(np.float64) - np.less(one, other)


def _tau(first: FloatArray, second: FloatArray) -> float:
    ties = np.sqrt((first**2).sum() * (second**2).sum())
    return float((first * second).sum() / ties) if ties > 0.0 else np.nan
