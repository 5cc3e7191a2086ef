"""Verdicts as tables: projects, blocker sets, what lifting them is worth, limits by what they hold back, causes."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from routeplan.language.language import Words
from routeplan.result.result import Result, refuse_unsolved
from routeplan.schema.verdicts import VERDICT_TABLES
from routeplan.why.causes import Causes
from routeplan.why.judged import Added, Judged, Lifting, Verdict
from routeplan.why.limit import Limit
from routeplan.why.names import LimitNames
from routeplan.why.until import UntilThen

IMPOSSIBLE = (Verdict.LATER, Verdict.BLOCKED)
"""Verdicts on projects that cannot go ahead when they are wanted."""

HELD_BACK = (*IMPOSSIBLE, Verdict.NOT_KNOWN)
"""Verdicts on projects in whose way something can stand: in a later period, the search may have had no answer."""


def verdict_tables(result: Result, judged: Sequence[Judged]) -> dict[str, pd.DataFrame]:
    """Make the tables of `routeplan.schema.verdicts`.

    Parameters
    ----------
    result : Result
        The result that the projects were held against.
    judged : sequence of Judged
        The verdicts.

    Returns
    -------
    dict of str to DataFrame
        By name: ``projects``, ``blockers``, ``liftings``, ``by_limit``, ``by_cause``. A project counts once among the
        causes, under those of the smallest of its blocker sets; what a firm's own maintenance stops and lead times add
        to another cause is left out.
    """
    refuse_unsolved(result)
    names, end = LimitNames(result.instance, Words()), result.instance.horizon.last_years
    rows = {
        "projects": _projects(result, judged),
        "blockers": (row for each in judged for row in _blockers(each, names, end)),
        "liftings": (row for each in judged for row in _liftings(each, cost_in_doubt(result))),
        "by_limit": _limits(judged, names),
        "by_cause": _by_cause(judged, Causes(result.instance)),
    }
    return {name: pd.DataFrame(list(rows[name]), columns=table.names) for name, table in VERDICT_TABLES.items()}


def _projects(result: Result, judged: Sequence[Judged]) -> Iterator[dict[str, Any]]:
    until, causes = UntilThen(result), Causes(result.instance)
    for each in judged:
        wish, found = each.wish, each.found
        planned, *later = until(wish.process, None).since(wish.period)
        yield {
            "project": wish.project,
            "site": wish.site,
            "process": wish.process,
            "route": wish.route,
            "period": wish.period,
            "maturity": wish.maturity,
            "infrastructure": int(wish.infrastructure),
            "verdict": str(each.verdict),
            "possible_from": np.nan if each.possible_from is None else each.possible_from,
            "causes": causes.of_project(each),
            "sets": len(found.sets) if found else 0,
            "complete": int(found.complete if found else each.verdict is not Verdict.NOT_KNOWN),
            "planned": planned.route,
            "until": planned.last if later else np.nan,
            "then": later[0].route if later else "",
        }


def _blockers(judged: Judged, names: LimitNames, end: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    for number, limits in enumerate(judged.found.sets if judged.found else (), start=1):
        added = _added(judged.worth, number)
        for limit in sorted(limits):
            amounts = [each for each in added if each.limit == limit]
            yield {
                "project": judged.wish.project,
                "set": number,
                "kind": str(limit.kind),
                "place": limit.written,
                "amount": max((each.amount for each in amounts), default=np.nan),
                "unit": names.unit(limit),
                "from": min((each.period for each in amounts), default=np.nan),
                "until": max((end[each.period] for each in amounts), default=np.nan),
                "limits": len(limits),
            }


def _added(worth: Sequence[Lifting], number: int) -> tuple[Added, ...]:
    """What must be added to the limits of a set; nothing is known of sets beyond the first."""
    return worth[number - 1].added if number <= len(worth) else ()


def cost_in_doubt(result: Result) -> float:
    """What a plan may cost above the best one [M EUR]; NaN where that is not known, as where CO2 is minimised."""
    if result.instance.settings.objective != "cost" or result.objective is None or result.bound is None:
        return np.nan
    return max(0.0, result.objective - result.bound) if np.isfinite(result.bound) else np.nan


def _liftings(judged: Judged, doubt: float) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(judged.worth, start=1):
        low, high = each.saved or (np.nan, np.nan)
        avoided = np.nan if each.avoided is None else each.avoided
        row = {"saved_low": low, "saved_high": high, "saved_anew": low - doubt, "avoided": avoided}
        yield {"project": judged.wish.project, "set": number, **row}


def _limits(judged: Sequence[Judged], names: LimitNames) -> list[dict[str, Any]]:
    held: Counter[Limit] = Counter()
    alone: defaultdict[Limit, list[tuple[str, Lifting | None]]] = defaultdict(list)
    for each in judged:
        sets = each.found.sets if each.found else ()
        held.update(frozenset().union(*sets))
        for number, limits in enumerate(sets):
            if len(limits) == 1:
                worth = each.worth[number] if number < len(each.worth) else None
                alone[next(iter(limits))].append((each.wish.process, worth))
    return [
        {
            "kind": str(limit.kind),
            "place": limit.written,
            "alone": len(alone[limit]),
            "projects": held[limit],
            "amount": max((each.amount for _, found in alone[limit] if found for each in found.added), default=np.nan),
            "unit": names.unit(limit),
            **_brings(alone[limit]),
        }
        for limit in sorted(held, key=lambda limit: (-len(alone[limit]), -held[limit], limit))
    ]


def _brings(liftings: Sequence[tuple[str, Lifting | None]]) -> dict[str, float]:
    """What liftings save and avoid together, by process the one that avoids most; unknown where one is unknown."""
    best: dict[str, tuple[float, float, float]] = {}
    for process, found in liftings:
        saved, avoided = (found.saved, found.avoided) if found else (None, None)
        known = (np.nan, np.nan) if saved is None else saved
        told = (np.nan if avoided is None else avoided, *known)
        best[process] = _larger(best[process], told) if process in best else told
    avoided, low, high = (float(sum(amounts)) for amounts in zip(*best.values(), strict=True)) if best else (0.0,) * 3
    return {"saved_low": low, "saved_high": high, "avoided": avoided}


def _larger(one: tuple[float, float, float], other: tuple[float, float, float]) -> tuple[float, float, float]:
    """Of two projects of a process the one that avoids most; what is unknown of one could be more than the other's."""
    first = one if one[0] >= other[0] else other
    avoided, low, high = (np.nan if np.isnan([a, b]).any() else c for a, b, c in zip(one, other, first, strict=True))
    return avoided, low, high


def _by_cause(judged: Sequence[Judged], causes: Causes) -> list[dict[str, Any]]:
    asked = [each for each in judged if each.wish.infrastructure]
    counts: defaultdict[str, int] = defaultdict(int)
    for each in asked:
        if each.verdict in IMPOSSIBLE:
            counts[causes.of_project(each)] += 1
    order = sorted(counts, key=lambda found: -counts[found])
    return [{"causes": found, "projects": counts[found], "share": counts[found] / len(asked)} for found in order]
