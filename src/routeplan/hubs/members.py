"""Members that a hub needs: without whom it does not pay, and how few suffice.

Whether it pays for a coalition is told by what the coalition saves, proven within an interval, and nothing else: by
`pays` alone. So wherever it is told, it is told by one rule.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import pandas as pd

from routeplan.hubs.game import Answer, answer
from routeplan.hubs.saving import Coalition, Saving
from routeplan.schema.hubs import NO_PLAN
from routeplan.tolerances import ROUNDING


class Interval(Protocol):
    """What a coalition saves, at least and at most [M EUR]; minus infinity at most: it has no plan."""

    @property
    def low(self) -> float:
        """It saves at least this."""

    @property
    def high(self) -> float:
        """It saves at most this."""


Known = TypeVar("Known", bound=Interval)


def pays(saving: Interval, rounding: float = 0.0) -> Answer:
    """Tell whether the hub pays for whoever saves this.

    Parameters
    ----------
    saving : Interval
        What it saves.
    rounding : float
        Savings up to this are none [M EUR].

    Returns
    -------
    Answer
        Yes: it is proven to save something. No: it is proven to save nothing, or has no plan with the hub while all
        others keep theirs. Perhaps: neither is proven.
    """
    return answer(yes=saving.low > rounding, no=saving.high <= rounding)


def rounding_of(savings: Mapping[Coalition, Interval]) -> float:
    """The rounding of sums of the size of the largest saving [M EUR]."""
    ends = [abs(end) for saving in savings.values() for end in (saving.low, saving.high)]
    return ROUNDING * max((end for end in ends if math.isfinite(end)), default=0.0)


def critical_members(savings: Mapping[Coalition, Interval], members: Collection[str]) -> dict[str, Answer]:
    """Tell without whom the hub does not pay for all others together.

    Parameters
    ----------
    savings : mapping of frozenset to Interval
        What coalitions save.
    members : collection of str
        All members.

    Returns
    -------
    dict
        For each member of which all others were planned: yes, it does not pay for them; no, it pays; perhaps, neither
        is proven. Who is the only member is critical: without anybody there is no hub.
    """
    rounding, everyone = rounding_of(savings), frozenset(members)
    told: dict[str, Answer] = {}
    for name in members:
        rest = everyone - {name}
        if not rest:
            told[name] = Answer.YES
        elif rest in savings:
            told[name] = _OPPOSITE[pays(savings[rest], rounding)]
    return told


_OPPOSITE = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.PERHAPS: Answer.PERHAPS}


@dataclass(frozen=True)
class BreakEven(Generic[Known]):
    """With how few members the hub pays, of the coalitions that were planned.

    Parameters
    ----------
    members : int, optional
        The least number of members of a coalition for which it is proven to pay; None where there is none.
    coalition : frozenset of str, optional
        Of the coalitions of that many, the one that surely saves most; of equals the first by name.
    saving : Interval, optional
        What it saves.
    perhaps : int, optional
        The least number for which it may pay, if that is fewer than `members`; None else.
    """

    members: int | None
    coalition: Coalition | None
    saving: Known | None
    perhaps: int | None

    @property
    def never(self) -> bool:
        """Whether it is proven to pay for no coalition that was planned."""
        return self.members is None and self.perhaps is None


def break_even(savings: Mapping[Coalition, Known]) -> BreakEven[Known]:
    """Tell with how few members the hub pays.

    Parameters
    ----------
    savings : mapping of frozenset to Interval
        What coalitions save, the empty one aside: those that were planned, be it all, or some of each size.

    Returns
    -------
    BreakEven
        The least number proven, and the least that is perhaps enough.
    """
    rounding = rounding_of(savings)
    told = {each: pays(saving, rounding) for each, saving in savings.items() if each}
    surely = [each for each, answered in told.items() if answered is Answer.YES]
    maybe = min((len(each) for each, answered in told.items() if answered is Answer.PERHAPS), default=None)
    if not surely:
        return BreakEven(None, None, None, maybe)
    best = min(surely, key=lambda each: (len(each), -savings[each].low, sorted(each)))
    return BreakEven(len(best), best, savings[best], maybe if maybe is not None and maybe < len(best) else None)


def savings_of_table(coalitions: pd.DataFrame) -> dict[Coalition, Saving]:
    """What coalitions save, from rows of the table ``coalitions`` on one design.

    Parameters
    ----------
    coalitions : DataFrame
        Rows of one design.

    Returns
    -------
    dict of frozenset to Saving
        An end that is empty is not known; of who has no plan both are minus infinity.
    """
    columns = coalitions[["sites", "finding", "saves_low", "saves_high"]]
    return {
        frozenset(str(sites).split()): Saving(-math.inf, -math.inf)
        if finding == NO_PLAN
        else Saving(-math.inf if pd.isna(low) else float(low), math.inf if pd.isna(high) else float(high))
        for sites, finding, low, high in columns.itertuples(index=False, name=None)
    }
