"""Comparison of two settings on the same instances."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
import pandas as pd

from routeplan.bench.bootstrap import RESAMPLES, Interval, can_vary, interval, resampled
from routeplan.bench.significance import holm, mcnemar, wilcoxon
from routeplan.bench.statistics import SHIFT_OF_SEEDS, aggregated, refuse_runs
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray
from routeplan.tolerances import ROUNDING

EQUAL = 0.05
"""Two settings whose difference is known to be below this fraction are called equal."""

TOO_SHORT = "too short to tell"
"""Verdict on settings that seem equal on instances of which most take less time than is added to each."""

SURE = 0.05
"""p-value, adjusted for all comparisons made at once, up to which a difference is called sure."""

BRACKETS = (0.0, 1.0, 10.0, 100.0)
"""Seconds from which an instance counts in a bracket."""

PENALTY = 10.0
"""What an unsolved run counts, in limits, where it is tried whether the limit decides the outcome."""


@dataclass(frozen=True)
class Factor:
    """How many times faster the second of two settings is than the first; below 1 it is slower.

    Parameters
    ----------
    instances : int
        Instances that it is taken over.
    value : float, optional
        The factor; none without instances.
    interval : pair of float, optional
        95 % interval of the bootstrap over instances, stratified by family; none where no family has two. Families of
        one instance add nothing to its width.
    """

    instances: int
    value: float | None
    interval: Interval | None

    @property
    def equal(self) -> bool:
        """Whether neither is faster by `EQUAL` or more."""
        return self.value is not None and abs(log(self.value)) < log(1.0 + EQUAL)


@dataclass(frozen=True)
class Counts:
    """Numbers of instances of which something holds for both settings, for one of them alone, and for neither."""

    both: int
    first: int
    second: int
    neither: int

    @property
    def one(self) -> int:
        """Those of one setting alone, whichever it is."""
        return self.first + self.second


@dataclass(frozen=True)
class Comparison:
    """Two settings on the instances that both were run on.

    Parameters
    ----------
    first, second : str
        The settings.
    left_out : int
        Instances that only one of them was run on.
    factor : Factor
        Over all instances; what is not solved counts the limit.
    factor_penalised : Factor
        The same where what is not solved counts `PENALTY` limits.
    brackets : tuple of (float, Factor)
        By the seconds of `BRACKETS`: over instances that one of the two solves, and that take one of them so long.
    wilcoxon : float
        p-value of the signed-rank test that neither is faster.
    wilcoxon_holm : float
        The same, adjusted for all comparisons made at once.
    solved : Counts
        Instances that they solve.
    mcnemar : float
        p-value of the exact test that both are as likely to solve an instance.
    censored : Counts
        Instances on which they have a run that is not solved, so that the factor is not known in full.
    short : int
        Instances on which neither takes as long as the shift of times, which then counts for more than they do.
    """

    first: str
    second: str
    left_out: int
    factor: Factor
    factor_penalised: Factor
    brackets: tuple[tuple[float, Factor], ...]
    wilcoxon: float
    wilcoxon_holm: float
    solved: Counts
    mcnemar: float
    censored: Counts
    short: int = 0

    @property
    def verdict(self) -> str:
        """What can be said of the second setting.

        ``equal`` where the whole interval, or a difference that is known, lies within `EQUAL`; ``too short to tell``
        where it would be, but most instances are `short`; ``faster`` is what interval and adjusted p-value agree on.
        """
        alike = TOO_SHORT if self.short > self.factor.instances / 2 else "equal"
        factor = self.factor
        if factor.value is None or factor.interval is None:
            return "too few instances"
        low, high = factor.interval
        if low > 1.0 / (1.0 + EQUAL) and high < 1.0 + EQUAL:
            return alike
        if low <= 1.0 <= high:
            return "not sure"
        if factor.equal:
            return alike
        found = "faster" if factor.value > 1.0 else "slower"
        return found if self.wilcoxon_holm <= SURE else f"perhaps {found}"


def compared(
    runs: pd.DataFrame,
    first: str,
    second: str,
    *,
    shift: float = SHIFT_OF_SEEDS,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Comparison:
    """Compare two settings.

    Parameters
    ----------
    runs : DataFrame
        The runs, with the columns of `statistics.COLUMNS`.
    first, second : str
        The settings.
    shift : float
        Shift of times [s], of seeds and of factors.
    seed, resamples : int
        Seed and number of the resamples of intervals.

    Returns
    -------
    Comparison
        What they differ in.

    Raises
    ------
    DataError
        When the table breaks a rule.
    UsageError
        When a setting is not there, both are the same, they share no instance, or the shift is negative, or 0
        where a time is.
    """
    _refuse_settings(runs, [first, second])
    means = aggregated(runs, shift=shift)
    pairs = paired(means, first, second)
    penalised = paired(aggregated(runs, shift=shift, penalty=PENALTY), first, second)
    solved = _counts(pairs, "solved")
    p_value = wilcoxon(log_ratios(pairs, shift))
    return Comparison(
        first=first,
        second=second,
        left_out=means.loc[means["setting"].isin([first, second]), "instance"].nunique() - len(pairs),
        factor=factor(pairs, shift, seed, resamples),
        factor_penalised=factor(penalised, shift, seed, resamples),
        brackets=tuple((least, factor(bracket(pairs, least), shift, seed, resamples)) for least in BRACKETS),
        wilcoxon=p_value,
        wilcoxon_holm=p_value,
        solved=solved,
        mcnemar=mcnemar(solved.first, solved.second),
        censored=_counts(pairs, "censored"),
        short=int((_longer(pairs) < shift).sum()),
    )


def compared_with(
    runs: pd.DataFrame, base: str, *, shift: float = SHIFT_OF_SEEDS, seed: int = 0, resamples: int = RESAMPLES
) -> tuple[Comparison, ...]:
    """Compare every other setting with a base, p-values adjusted for so many tests (`holm`).

    Parameters and errors are those of `compared`, with the base first and each other setting second, by name.
    """
    _refuse_settings(runs, [base])
    others = sorted(set(runs["setting"]) - {base})
    found = [compared(runs, base, other, shift=shift, seed=seed, resamples=resamples) for other in others]
    adjusted = holm([comparison.wilcoxon for comparison in found])
    return tuple(
        replace(comparison, wilcoxon_holm=p_value) for comparison, p_value in zip(found, adjusted, strict=True)
    )


def paired(means: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Two settings side by side.

    Parameters
    ----------
    means : DataFrame
        What `aggregated` returns.
    first, second : str
        The settings.

    Returns
    -------
    DataFrame
        A row for each instance that both have, named by it: ``family``, and ``seconds``, ``solved`` and ``censored``
        of each, with the endings ``_first`` and ``_second``.

    Raises
    ------
    UsageError
        When they share no instance.
    """
    kept = means.set_index("instance")[["setting", "family", "seconds", "solved", "censored"]]
    one, other = (kept[kept["setting"] == setting].drop(columns="setting") for setting in (first, second))
    both = one.merge(other.drop(columns="family"), on="instance", suffixes=("_first", "_second"))
    if both.empty:
        raise UsageError(f"{first} and {second} share no instance; allowed: settings that were run on the same ones")
    return both


def bracket(pairs: pd.DataFrame, least: float) -> pd.DataFrame:
    """The pairs of which one is solved and one takes at least so many seconds.

    So chosen, the two are treated alike: to choose by the time of one alone would favour the other. Source: Achterberg
    and Wunderling 2013, doi 10.1007/978-3-642-38189-8_18.
    """
    return pairs[(_longer(pairs) >= least * (1.0 - ROUNDING)) & (pairs["solved_first"] | pairs["solved_second"])]


def _longer(pairs: pd.DataFrame) -> "pd.Series[float]":
    """The longer time of each pair [s]."""
    longer: pd.Series[float] = pairs[["seconds_first", "seconds_second"]].max(axis=1)
    return longer


def log_ratios(pairs: pd.DataFrame, shift: float) -> FloatArray:
    """Logarithm of how many times faster the second is, by instance, shape (N,).

    Raises `UsageError` when a time is 0 and the shift too.
    """
    seconds = pairs[["seconds_first", "seconds_second"]].to_numpy(float)
    if shift == 0.0 and not (seconds > 0.0).all():
        raise UsageError("a time is 0 s, which is infinitely faster than any other; allowed: a shift of more than 0")
    ratios: FloatArray = np.log((seconds[:, 0] + shift) / (seconds[:, 1] + shift))
    # Equal times are told apart by the rounding of means; a test of signs would count that.
    return np.where(np.abs(ratios) <= ROUNDING, 0.0, ratios)


def factor(pairs: pd.DataFrame, shift: float, seed: int = 0, resamples: int = RESAMPLES) -> Factor:
    r"""How many times faster the second is, with its interval.

    .. math:: \exp\left(\frac{1}{n} \sum_i \ln \frac{t_{1i} + s}{t_{2i} + s}\right)

    Parameters
    ----------
    pairs : DataFrame
        What `paired` returns.
    shift : float
        The shift s [s].
    seed, resamples : int
        Seed and number of the resamples.

    Returns
    -------
    Factor
        The factor: the quotient of the two shifted geometric means, both with their shift.
    """
    if pairs.empty:
        return Factor(0, None, None)
    ratios, families = log_ratios(pairs, shift), pairs["family"].tolist()
    if not can_vary(families):
        return Factor(len(pairs), float(np.exp(ratios.mean())), None)
    drawn = resampled(families, np.random.default_rng(seed), resamples)
    return Factor(len(pairs), float(np.exp(ratios.mean())), interval(np.exp(ratios[drawn].mean(axis=1))))


def _counts(pairs: pd.DataFrame, name: str) -> Counts:
    first, second = (pairs[f"{name}_{which}"].to_numpy(bool) for which in ("first", "second"))
    both, neither = int((first & second).sum()), int((~first & ~second).sum())
    return Counts(both, int(first.sum()) - both, int(second.sum()) - both, neither)


def _refuse_settings(runs: pd.DataFrame, settings: Sequence[str]) -> None:
    refuse_runs(runs)
    known = sorted(set(runs["setting"]))
    if unknown := [setting for setting in settings if setting not in known]:
        raise UsageError(f"there are no runs of {', '.join(unknown)}; allowed: {', '.join(known)}")
    if len(set(settings)) < len(settings):
        raise UsageError(f"{settings[0]} is compared with itself; allowed: two settings")
