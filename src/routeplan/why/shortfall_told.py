"""The words in which a shortfall is told."""

import math
from collections.abc import Sequence

from routeplan.language.language import Words, decimals
from routeplan.why.limit import NamedLimit
from routeplan.why.names import LimitNames

MOST_LINES = 12
"""Lines of a list that is told; tables and JSON have all."""

HALF_WAY = 1e-6
"""An amount is rounded up to the digits that are shown, unless rounding alone carries it this far beyond."""


def told(
    possible: bool | None,
    excesses: Sequence[tuple[NamedLimit, float]],
    smallest: bool,
    conflict: Sequence[NamedLimit],
    minimal: bool,
    names: LimitNames,
) -> list[str]:
    """Tell a shortfall.

    Parameters
    ----------
    possible : bool, optional
        Whether there is a plan; None where that is not known.
    excesses : sequence of (NamedLimit, float)
        With these there is a plan.
    smallest : bool
        Whether these are proven to be the smallest.
    conflict : sequence of NamedLimit
        Limits that cannot hold together.
    minimal : bool
        Whether none of these can be left out.
    names : LimitNames
        Names of the limits, in the language.

    Returns
    -------
    list of str
        Lines.
    """
    words = names.words
    if possible:
        return [words("There is a plan: nothing falls short.")]
    if possible is None and not excesses:
        return [words("The time was up before it was known whether there is a plan, and what falls short.")]
    if not excesses and not conflict:
        return [words("There is no plan; the time was up before it was known what falls short.")]
    return [
        *(excesses_told(excesses, smallest, names) if excesses else ()),
        *(_conflict_told(conflict, minimal, names) if conflict else ()),
        *(_in_doubt(possible, conflict, words)),
        words(
            "Limits give way in this order, each kind as little as it can: targets, public money, grid, networks, "
            "supply, decisions; last of all the rules for support, first years, maintenance stops and missing links."
        ),
    ]


def excesses_told(excesses: Sequence[tuple[NamedLimit, float]], smallest: bool, names: LimitNames) -> list[str]:
    """Tell with which excesses there is a plan, and, where that is proven, that less does not do."""
    words, texts = names.words, [names.beyond(limit, rounded_up(amount)) for limit, amount in excesses]
    if not smallest:
        head = words("With all of this there is a plan; whether less would do is not known:")
    elif len(texts) == 1:
        return [words("Without {excess} there is no plan, if all else stays as it is.", excess=texts[0])]
    else:
        head = words("Without all of this there is no plan, if all else stays as it is:")
    return [head, *_listed(texts, words)]


def _conflict_told(conflict: Sequence[NamedLimit], minimal: bool, names: LimitNames) -> list[str]:
    words, texts = names.words, [names.with_number(limit) for limit in conflict]
    if len(texts) == 1:
        return [words("This cannot hold, whatever is done with all other limits: {limit}.", limit=texts[0])]
    head = words("These cannot hold together:")
    if not minimal:
        head = words("These cannot hold together; perhaps some of them could even be left out:")
    return [head, *_listed(texts, words)]


def _listed(texts: list[str], words: Words) -> list[str]:
    """Lines of a list, of which the last tells how many more there are."""
    more = len(texts) - MOST_LINES
    last = [words("- and {number} more", number=words.number(more))] if more > 0 else []
    return [*(f"- {text}" for text in texts[:MOST_LINES]), *last]


def _in_doubt(possible: bool | None, conflict: Sequence[NamedLimit], words: Words) -> list[str]:
    if possible is None:
        return [words("The time was up before it was known whether there is a plan without it.")]
    if not conflict:
        return [words("The time was up before it was known which limits cannot hold together.")]
    return []


def rounded_up(amount: float) -> float:
    """An amount with the digits that are shown, rounded up so that it suffices."""
    scale = 10.0 ** decimals(amount)
    return math.ceil(amount * scale - HALF_WAY * max(1.0, amount * scale)) / scale
