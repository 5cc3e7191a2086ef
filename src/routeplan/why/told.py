"""Verdicts in words."""

from collections.abc import Iterable, Iterator

import pandas as pd

from routeplan.instance.names import names_in, process_name
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.schema import units
from routeplan.why.causes import TOGETHER, Cause, Causes
from routeplan.why.facts import Facts
from routeplan.why.judged import LARGEST, Added, Judged, Verdict
from routeplan.why.limit import Kind, Limit
from routeplan.why.names import LimitNames
from routeplan.why.tables import IMPOSSIBLE
from routeplan.why.until import Spell, UntilThen
from routeplan.why.wishes import Wish, wishes_of

SETS = 3
"""Most blocker sets that a sentence names."""

LIMIT_MARK = "  - "
"""Stands before each limit among the reasons."""


class Told:
    """Tells verdicts in words.

    Parameters
    ----------
    result : Result
        The result that the projects were held against.
    words : Words
        The language.
    facts : Facts, optional
        Facts of the result, where they are known already.
    """

    def __init__(self, result: Result, words: Words, facts: Facts | None = None) -> None:
        self.words, self.names = words, LimitNames(result.instance, words)
        self._sites, self._facts = names_in(result.instance, "sites", words), facts or Facts(result)
        self._last = result.instance.horizon.last_years
        self._until = UntilThen(result)
        windows = result.instance["windows"]
        self._stops: dict[object, list[int]] = windows.groupby("process")["period"].agg(list).to_dict()

    def project(self, wish: Wish) -> str:
        """What is wanted, where and when."""
        return self.words(
            "{site}, {process}: {route} in {year}",
            site=self._sites[wish.site],
            process=self.process(wish),
            route=self.words.name(wish.route),
            year=wish.period,
        )

    def process(self, wish: Wish) -> str:
        """Name of a process without its site, which stands before it."""
        return process_name(wish.process, wish.site, self.words)

    def verdict(self, judged: Judged) -> str:
        """What becomes of it."""
        words = self.words
        planned = self.planned(judged.wish, judged.possible_from if judged.verdict is Verdict.LATER else None)
        match judged.verdict:
            case Verdict.GOES_AHEAD:
                return words("goes ahead")
            case Verdict.OTHER_ROUTE:
                return words("possible; the plan has {route}", route=planned)
            case Verdict.LATER if judged.possible_from is not None:
                return words(
                    "not before {year}; in the plan until then: {route}", year=judged.possible_from, route=planned
                )
            case Verdict.LATER:
                return words("not then, but later; in the plan: {route}", route=planned)
            case Verdict.BLOCKED:
                return words("neither then nor later; in the plan: {route}", route=planned)
            case Verdict.NOT_KNOWN:
                return words("not known: a search ended without an answer")

    def planned(self, wish: Wish, before: int | None = None) -> str:
        """What the plan has instead from the year on in which the project is wanted, and which of it are bridges."""
        spells = self._until(wish.process, before).since(wish.period)
        if len(spells) == 1:
            return self._route(spells[0])
        return "; ".join(f"{self._route(spell)} {spell.years}" for spell in spells)

    def _route(self, spell: Spell) -> str:
        name = self.words.name(spell.route)
        return f"{name} ({self.words('bridge')})" if spell.bridge else name

    def reasons(self, judged: Judged) -> list[str]:
        """What stands in its way, a line each: the limits of the first blocker sets, one set after the other."""
        if judged.found is None or not (judged.found.sets or judged.found.beyond):
            return [self.words("what is in the way was not found")] if judged.verdict in IMPOSSIBLE else []
        if judged.found.beyond:
            return [self.words("in the way: something besides all limits that can be lifted")]
        lines = []
        for number, limits in enumerate(judged.found.sets[:SETS]):
            several = self.words("in the way, all of these:") if len(limits) > 1 else self.words("in the way:")
            lines.append(several if number == 0 else self.words("or") + " " + several)
            lines += [f"{LIMIT_MARK}{told}" for told in self._limits(judged, number)]
        if (more := len(judged.found.sets) - SETS) > 0:
            lines.append(self.words("and {count} other ways", count=more))
        if not judged.found.complete:
            lines.append(self.words("there may be other ways: not all were looked for in the time that there was"))
        elif len(judged.found.sets[0]) > LARGEST:
            lines.append(self.words("there may be other ways, but none with {count} limits or fewer", count=LARGEST))
        return lines

    def in_one_line(self, judged: Judged) -> str:
        """What stands in its way, for a cell of a table."""
        sets = judged.found.sets[:SETS] if judged.found and not judged.found.beyond else ()
        if not sets:
            return " ".join(self.reasons(judged))
        joined = [self.words(" and ").join(self._limits(judged, number)) for number in range(len(sets))]
        return self.words("; or ").join(joined)

    def worth(self, judged: Judged) -> list[str]:
        """What the project brings: with the first of the sets lifted, or as it is where it is possible."""
        first = judged.worth[0] if judged.worth else None
        if first is None or first.saved is None or first.avoided is None:
            return []
        words, (low, high) = self.words, first.saved
        changes = {
            "cost": _from_to(words, -high, -low),
            "unit": words.unit(units.MONEY),
            "co2": words.signed(-first.avoided),
        }
        if first.limits:
            return [
                words(
                    "With that lifted, at no cost, the project changes cost to society by {cost} {unit} and CO2 over "
                    "the whole plan by {co2} kt.",
                    **changes,
                )
            ]
        return [
            words("It changes cost to society by {cost} {unit} and CO2 over the whole plan by {co2} kt.", **changes)
        ]

    def _limits(self, judged: Judged, number: int) -> list[str]:
        """The limits of one of the blocker sets."""
        added = judged.worth[number].added if number < len(judged.worth) else ()
        limits = sorted(judged.found.sets[number] if judged.found else ())
        return [self._of_project(limit, judged, added) for limit in limits]

    def _of_project(self, limit: Limit, judged: Judged, added: Iterable[Added]) -> str:
        """A limit that stands in the way of a project."""
        if limit.kind is Kind.STOP:
            return self.stop(limit, judged.wish)
        if limit.kind is Kind.SUPPORT:
            return self.support(limit, judged.wish)
        return self._limit(limit, added)

    def support(self, limit: Limit, wish: Wish) -> str:
        """The funding gap of the start, and what may be paid of it."""
        found = self._facts.gaps.of(wish)
        if found is None:
            return self.names.name(limit)
        gap, unit = self.words.number(found.gap), self.words.unit(units.MONEY)
        if found.payable >= found.gap:
            return self.words(
                "funding gap {gap} {unit}, which what is left in the pots does not cover", gap=gap, unit=unit
            )
        most = self.words.number(found.payable)
        return self.words(
            "funding gap {gap} {unit}, of which at most {most} may be paid", gap=gap, unit=unit, most=most
        )

    def stop(self, limit: Limit, wish: Wish) -> str:
        """That there is no stop then, and when the next one is."""
        later = [period for period in self._stops.get(limit.place[0], ()) if period > wish.period]
        name = self.names.name(limit)
        return self.words("{limit}; the next in {year}", limit=name, year=min(later)) if later else name

    def _limit(self, limit: Limit, added: Iterable[Added]) -> str:
        amounts = [each for each in added if each.limit == limit]
        if not amounts:
            return self.names.name(limit)
        return self.words(
            "{limit} ({amount} {unit} more, {first} to {last})",
            limit=self.names.name(limit),
            amount=self.words.number(max(each.amount for each in amounts)),
            unit=self.words.unit(self.names.unit(limit)),
            first=min(each.period for each in amounts),
            last=max(self._last[each.period] for each in amounts),
        )


def _from_to(words: Words, low: float, high: float) -> str:
    """An interval with signs, or a number where it is as good as one."""
    least, most = words.signed(low), words.signed(high)
    return least if least == most else words("{low} to {high}", low=least, high=most)


def saved_in_words(low: float, high: float, words: Words) -> str:
    """What is saved, least to most, or a number where these are as good as one."""
    if pd.isna(low):
        return words("not known")
    least, most = words.number(low), words.number(high)
    return least if least == most else words("{low} to {high}", low=least, high=most)


def verdict_name(verdict: Verdict, words: Words) -> str:
    """A verdict in a word or two, as the heading of a column."""
    match verdict:
        case Verdict.GOES_AHEAD:
            return words("goes ahead")
        case Verdict.OTHER_ROUTE:
            return words("possible, not in the plan")
        case Verdict.LATER:
            return words("can later")
        case Verdict.BLOCKED:
            return words("blocked")
        case Verdict.NOT_KNOWN:
            return words("not known")


def causes_in_words(causes: str, words: Words) -> str:
    """Causes that hold a project back together, as `verdict_tables` has them, in words."""
    if not causes:
        return words("not found")
    return words(" and ").join(words.name(cause) for cause in causes.split(TOGETHER))


def count_in_words(result: Result, projects: pd.DataFrame, words: Words) -> str:
    """The figure of the whole: how many projects that need infrastructure cannot go ahead when they are wanted.

    Those that wait for their own maintenance stop or lead time alone are told of apart. Where not all projects were
    judged, or no firm has told its wishes, that comes first.

    Parameters
    ----------
    result : Result
        The result that the projects were held against.
    projects : DataFrame
        The table of `verdict_tables`.
    words : Words
        The language.
    """
    return " ".join([*_what_was_judged(result, projects, words), _count(projects, words)])


def ties_in_words(result: Result, judged: Iterable[Judged], words: Words) -> list[str]:
    """That some projects could be counted under other causes, as they have several smallest sets; else nothing.

    Parameters
    ----------
    result : Result
        The result that the projects were held against.
    judged : iterable of Judged
        The verdicts.
    words : Words
        The language.
    """
    causes = Causes(result.instance)
    counted = [each for each in judged if each.wish.infrastructure and each.verdict in IMPOSSIBLE]
    ties = sum(len({causes.of(limits, each.wish.period) for limits in _smallest(each)}) > 1 for each in counted)
    if not ties:
        return []
    return [
        words(
            "Projects that could count under another cause, as another set of the same size holds them back too: "
            "{count}. Counted is the first: grid before networks, hubs, sources, supply, money, targets, own timing "
            "and decisions.",
            count=ties,
        )
    ]


def _smallest(judged: Judged) -> list[frozenset[Limit]]:
    sets = judged.found.sets if judged.found else ()
    return [limits for limits in sets if len(limits) == len(sets[0])]


def not_judged(result: Result, projects: Iterable[str], words: Words) -> Iterator[str]:
    """That not all projects of the plan are among some, where they are not."""
    known = {wish.project for wish in wishes_of(result.instance)}
    if left := known.difference(projects):
        yield words("Not judged are {count} of the {known} projects.", count=len(left), known=len(known))


def _what_was_judged(result: Result, projects: pd.DataFrame, words: Words) -> Iterator[str]:
    yield from not_judged(result, projects["project"], words)
    if result.instance["wishes"].empty:
        yield words("No firm has told its wishes: taken for a project is the cheapest clean route of each process.")


def _count(projects: pd.DataFrame, words: Words) -> str:
    asked = projects[projects["infrastructure"] == 1]
    if asked.empty:
        return words("None of the {count} projects needs infrastructure.", count=len(projects))
    own = asked["causes"] == Cause.OWN_TIMING
    counts, waiting = (asked.loc[which, "verdict"].value_counts() for which in (~own, own))
    later, blocked = (int(counts.get(str(each), 0)) for each in (Verdict.LATER, Verdict.BLOCKED))
    said = words(
        "Of the {count} projects that need infrastructure {impossible} ({share}) cannot go ahead when they are wanted: "
        "{later} can later, {blocked} cannot at all.",
        count=len(asked),
        impossible=later + blocked,
        share=words.percent((later + blocked) / len(asked)),
        later=later,
        blocked=blocked,
    )
    more = []
    if len(waiting):
        more.append(words("Besides, waiting for their own stop or lead time: {count}.", count=int(waiting.sum())))
    if unknown := int(counts.get(str(Verdict.NOT_KNOWN), 0)):
        more.append(words("Of {count} nothing is known: a search ended without an answer.", count=unknown))
    return " ".join([said, *more])
