"""Warnings on words of sites that are nearly, but not quite, the same."""

import unicodedata
from difflib import get_close_matches

import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.rules.findings import Findings
from routeplan.schema.inputs import ALL

GROUPING = ("sector", "region", "price_group", "contract")
"""Columns of sites whose words group them."""


def nearest(word: str, known: list[str]) -> str:
    """The known word that was most likely meant, whatever its case and form; "" where none is near."""
    by_form: dict[str, str] = {}
    for each in known:
        by_form.setdefault(folded(each), each)
    found = get_close_matches(folded(word), list(by_form), n=1, cutoff=0.75)
    return by_form[found[0]] if found else ""


def folded(word: str) -> str:
    """Write a word without what readers do not see: case, Unicode form and blanks at its ends or doubled."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())


def warn_of_words(findings: Findings) -> None:
    """Warn of words that differ from an earlier one in case or form alone, and of groups that prices nearly have."""
    for column in GROUPING:
        _differing_in_form(findings, column)
    groups = [group for group in findings["prices"]["group"].unique().tolist() if group != ALL]
    for row, group in _first_rows(findings["sites"]["price_group"]):
        if group not in {ALL, *groups} and (meant := nearest(group, groups)):
            text = f"no row of prices is for price group '{group}'; did you mean '{meant}'?"
            findings.add(Problem("sites.csv", findings.line("sites", row), text, "price_group"))


def _differing_in_form(findings: Findings, column: str) -> None:
    earlier: dict[str, tuple[int, str]] = {}
    for row, word in _first_rows(findings["sites"][column]):
        first, other = earlier.setdefault(folded(word), (row, word))
        if other != word:
            text = (
                f"{column.replace('_', ' ')} {word!r} differs from {other!r} of line {findings.line('sites', first)} "
                "in case or form alone; they count as two"
            )
            findings.add(Problem("sites.csv", findings.line("sites", row), text, column))


def _first_rows(words: "pd.Series[str]") -> list[tuple[int, str]]:
    """The first row of each word, in their order."""
    first = words[~words.duplicated() & (words != "")]
    return list(zip(first.index.tolist(), first.tolist(), strict=True))
