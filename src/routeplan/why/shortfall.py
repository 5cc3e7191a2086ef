"""Shortfall: what is missing where an instance has no plan, and which limits cannot hold together."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from routeplan.instance.horizon import IntArray
from routeplan.instance.instance import Instance, refuse_unless_instance
from routeplan.language.language import Words
from routeplan.solver.highs import run
from routeplan.solver.parameters import refuse_wrong_seconds, refuse_wrong_seed, refuse_wrong_threads
from routeplan.solver.solution import Limits
from routeplan.why.conflict import conflict
from routeplan.why.least_excess import ORDER, LeastExcess, least_excess
from routeplan.why.limit import NamedLimit
from routeplan.why.names import LimitNames
from routeplan.why.project import answer
from routeplan.why.relaxed import Relaxed, relaxed
from routeplan.why.shortfall_told import excesses_told, told

FIRST_SHARE, EXCESS_SHARE = 0.3, 0.5
"""Shares of the time for the question whether there is a plan at all, and, of the rest, for the excesses."""

PROBE_SHARE = 0.05
"""Share of the time that is left which one probe of the conflict may take."""


@dataclass(frozen=True)
class Excess:
    """A limit that must be exceeded.

    Parameters
    ----------
    limit : NamedLimit
        The limit.
    amount : float
        By how much, in its unit; 1 where it holds or not.
    """

    limit: NamedLimit
    amount: float


@dataclass(frozen=True)
class Shortfall:
    """What is missing for a plan.

    Parameters
    ----------
    instance : Instance
        The instance.
    possible : bool, optional
        Whether it has a plan as it is; None where the time was up before that was known.
    excesses : tuple of Excess
        With all of these there is a plan. They are the smallest, by the order in which limits give way: targets, public
        money, the grid, networks, supply, decisions, then rules of public money, years, stops and reach.
    smallest : bool
        Whether it is proven that they are.
    conflict : tuple of NamedLimit
        Limits that cannot hold together; none where no group was found in time.
    minimal : bool
        Whether it is proven that none of these can be left out.
    seconds : float
        Time taken [s].
    solves : int
        How many programs were solved.
    """

    instance: Instance
    possible: bool | None
    excesses: tuple[Excess, ...] = ()
    smallest: bool = False
    conflict: tuple[NamedLimit, ...] = ()
    minimal: bool = False
    seconds: float = 0.0
    solves: int = 0

    def told(self, language: str = "en") -> list[str]:
        """Tell it in sentences of a language, ``en`` or ``nl``.

        Raises
        ------
        UsageError
            When there is no such language.
        """
        excesses = [(excess.limit, excess.amount) for excess in self.excesses]
        return told(self.possible, excesses, self.smallest, self.conflict, self.minimal, self._names(language))

    def told_briefly(self, language: str = "en") -> list[str]:
        """Tell the excesses alone, in sentences of a language, ``en`` or ``nl``; nothing where none is known."""
        excesses = [(excess.limit, excess.amount) for excess in self.excesses]
        return excesses_told(excesses, self.smallest, self._names(language)) if excesses else []

    def _names(self, language: str) -> LimitNames:
        return LimitNames(self.instance, Words(language))

    def table(self) -> pd.DataFrame:
        """The excesses: kind, place, period (empty where a limit stands in all), excess, limit and unit."""
        rows = [{**_facts(excess.limit), "excess": excess.amount} for excess in self.excesses]
        return pd.DataFrame(rows, columns=["kind", "place", "period", "excess", "limit", "unit"])

    def conflict_table(self) -> pd.DataFrame:
        """The limits that cannot hold together: kind, place, period, limit and unit."""
        return pd.DataFrame(map(_facts, self.conflict), columns=["kind", "place", "period", "limit", "unit"])


def _facts(limit: NamedLimit) -> dict[str, Any]:
    """A limit as a row of a table."""
    return {
        "kind": str(limit.kind),
        "place": " ".join(limit.place),
        "period": "" if limit.period is None else str(limit.period),
        "limit": limit.most,
        "unit": limit.unit,
    }


def shortfall(
    instance: Instance,
    *,
    seconds: float = 60.0,
    seed: int = 0,
    threads: int | None = None,
    group: bool = True,
) -> Shortfall:
    """Tell what is missing where an instance has no plan.

    Parameters
    ----------
    instance : Instance
        The instance.
    seconds : float
        Most time of all searches together [s]; that of reading the tables into a program is not limited.
    seed : int
        Random seed of the solver.
    threads : int, optional
        Threads of the solver; its own choice when None.
    group : bool
        Whether to look for limits that cannot hold together, too.

    Returns
    -------
    Shortfall
        The smallest excesses with which there is a plan, and limits that cannot hold together. An answer without proof
        is never taken for one.

    Raises
    ------
    UsageError
        When a parameter makes no sense.
    """
    refuse_unless_instance(instance)
    refuse_wrong_seconds(seconds)
    refuse_wrong_seed(seed)
    refuse_wrong_threads(threads)
    begun = time.monotonic()
    program = relaxed(instance)
    limits = Limits(seed=seed, threads=threads)
    return _Search(instance, program, begun, time.monotonic() + seconds, limits).found(group)


class _Search:
    """The three questions, and the time that each may take."""

    def __init__(self, instance: Instance, program: Relaxed, begun: float, deadline: float, limits: Limits) -> None:
        self._instance, self._program = instance, program
        self._begun, self._deadline, self._limits = begun, deadline, limits
        self._solves = 0

    def found(self, group: bool) -> Shortfall:
        possible = self._possible(np.arange(len(self._program.limits)), FIRST_SHARE)
        if possible:
            return self._ended(True)
        least = least_excess(self._program, self._within(EXCESS_SHARE if group else 1.0))
        if least is None:
            return self._ended(possible)
        self._solves += least.solves
        if least.hardest < 0 and possible is None:
            return self._ended(True)
        if possible is None and least.hardest_needed:
            possible = False
        if possible is None or not group:
            return self._ended(possible, least)
        return self._ended(possible, least, *self._conflict(least))

    def _conflict(self, least: LeastExcess) -> tuple[IntArray, bool]:
        """A group of limits that cannot hold together.

        It is among those of the hardest kind that must be exceeded whatever easier ones are, and of harder kinds. That
        each process runs an option is beyond question, unless it is that which cannot be.
        """
        last, hardest = ORDER[-1], max(0, least.hardest)
        questioned = ORDER if ORDER[hardest] == last else ORDER[:-1]
        own = self._program.of(ORDER[hardest])
        others = questioned[hardest + 1 :] if least.hardest_needed else questioned
        rest = np.setdiff1d(self._program.of(kind for kinds in others for kind in kinds), own)
        certain = self._program.of(()) if questioned is ORDER else self._program.of(last)
        return conflict([rest, own], lambda held: self._possible(np.union1d(held, certain), PROBE_SHARE))

    def _within(self, share: float) -> Limits:
        now = time.monotonic()
        until = now + share * max(0.0, self._deadline - now)
        return Limits(deadline=until, seed=self._limits.seed, threads=self._limits.threads)

    def _possible(self, held: IntArray, share: float) -> bool | None:
        if time.monotonic() >= self._deadline:
            return None
        self._solves += 1
        return answer(run(self._program.holding(held), self._within(share)))

    def _ended(
        self,
        possible: bool | None,
        least: LeastExcess | None = None,
        group: IntArray | None = None,
        minimal: bool = False,
    ) -> Shortfall:
        limits = self._program.limits
        amounts = np.zeros(len(limits)) if least is None else least.amount
        return Shortfall(
            self._instance,
            possible,
            tuple(Excess(limits[at], float(amounts[at])) for at in np.flatnonzero(amounts)),
            least is not None and least.proven and possible is False,
            () if group is None else tuple(limits[at] for at in group),
            minimal,
            time.monotonic() - self._begun,
            self._solves,
        )
