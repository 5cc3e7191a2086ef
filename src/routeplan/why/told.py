"""Verdicts in words."""

from collections.abc import Iterable

import pandas as pd

from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.why.lifting import Added, Lifting
from routeplan.why.limit import Limit
from routeplan.why.names import LimitNames
from routeplan.why.verdicts import Judged, Verdict

SETS = 3
"""Most blocker sets that a sentence names."""


class Told:
    """Tells verdicts in words.

    Parameters
    ----------
    result : Result
        The result that the projects were held against.
    words : Words
        The language.
    """

    def __init__(self, result: Result, words: Words) -> None:
        self._words, self._names = words, LimitNames(result.instance, words)
        self._sites = names_in(result.instance, "sites", words)
        horizon = result.instance.horizon
        self._last = {int(first): int(after) - 1 for first, after in zip(horizon.first, horizon.ends, strict=True)}
        runs = result["runs"]
        keys = zip(runs["process"], runs["period"].astype(int), strict=True)
        self._planned = dict(zip(keys, runs["route"], strict=True))

    def project(self, judged: Judged) -> str:
        """What is wanted, where and when."""
        wish = judged.wish
        return self._words(
            "{site}, {process}: {route} in {year}",
            site=self._sites[wish.site],
            process=self._process(wish.process, wish.site),
            route=self._words.name(wish.route),
            year=wish.period,
        )

    def verdict(self, judged: Judged) -> str:
        """What becomes of it."""
        words, wish = self._words, judged.wish
        planned = words.name(self._planned[wish.process, wish.period])
        match judged.verdict:
            case Verdict.GOES_AHEAD:
                return words("goes ahead")
            case Verdict.OTHER_ROUTE:
                return words("possible; the plan has {route} then", route=planned)
            case Verdict.LATER if judged.possible_from is not None:
                return words(
                    "possible from {year} on; until then the plan has {route}", year=judged.possible_from, route=planned
                )
            case Verdict.LATER:
                return words("impossible then, possible later; the plan has {route} then", route=planned)
            case Verdict.BLOCKED:
                return words("impossible, then and later; the plan has {route} then", route=planned)
            case Verdict.NOT_KNOWN:
                return words("not known: a search ended without an answer")

    def reasons(self, judged: Judged) -> list[str]:
        """What stands in its way: a text for each of the first blocker sets."""
        if judged.found is None:
            return []
        if judged.found.beyond:
            return [self._words("not even with every limit lifted")]
        return [
            self._set(limits, judged.worth[number] if number < len(judged.worth) else None)
            for number, limits in enumerate(judged.found.sets[:SETS])
        ]

    def _set(self, limits: Iterable[Limit], lifting: Lifting | None) -> str:
        added = lifting.added if lifting else ()
        return self._words(" and ").join(self._limit(limit, added) for limit in sorted(limits))

    def _limit(self, limit: Limit, added: Iterable[Added]) -> str:
        amounts = [each for each in added if each.limit == limit]
        if not amounts:
            return self._names.name(limit)
        return self._words(
            "{limit} ({amount} {unit} more, {first} to {last})",
            limit=self._names.name(limit),
            amount=self._words.number(max(each.amount for each in amounts)),
            unit=self._words.unit(self._names.unit(limit)),
            first=min(each.period for each in amounts),
            last=max(self._last[each.period] for each in amounts),
        )

    def _process(self, process: str, site: str) -> str:
        """Name of a process without its site, which stands before it."""
        short = process.removeprefix(f"{site}.")
        return self._words.name(short) if self._words.has_name(short) else short


def count_in_words(verdicts: pd.DataFrame, words: Words) -> str:
    """The figure of the whole: how many projects that need infrastructure cannot go ahead when they are wanted."""
    asked = verdicts[verdicts["infrastructure"] == 1]
    counts = asked["verdict"].value_counts()
    later, blocked = (int(counts.get(str(each), 0)) for each in (Verdict.LATER, Verdict.BLOCKED))
    if not len(asked):
        return words("None of the {count} projects needs infrastructure.", count=len(verdicts))
    said = words(
        "Of the {count} projects that need infrastructure {impossible} ({share}) cannot go ahead when they are wanted: "
        "{later} can later, {blocked} cannot at all.",
        count=len(asked),
        impossible=later + blocked,
        share=words.percent((later + blocked) / len(asked)),
        later=later,
        blocked=blocked,
    )
    unknown = int(counts.get(str(Verdict.NOT_KNOWN), 0))
    return (
        f"{said} {words('Of {count} nothing is known: a search ended without an answer.', count=unknown)}"
        if unknown
        else said
    )
