"""Words of sites that are nearly, but not quite, the same as others."""

import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.options import Options
from routeplan.instance.rules.findings import Findings
from routeplan.instance.rules.words import folded, nearest, one_slip
from routeplan.schema.inputs import ALL

GROUPING = ("sector", "region", "price_group", "contract")
"""Columns of sites whose words group them."""


def groups_misspelt(findings: Findings) -> None:
    """Warn of price groups without any price, whose name is nearly that of one with prices."""
    for row, group, meant in _groups_without_prices(findings):
        if meant:
            text = f"no row of prices is for price group '{group}'; did you mean '{meant}'?"
            findings.add(Problem("sites.csv", findings.line("sites", row), text, "price_group"))


def groups_without_prices(findings: Findings, _: Options) -> None:
    """Note price groups without any price of their own."""
    for row, group, meant in _groups_without_prices(findings):
        if not meant:
            text = f"no row of prices is for price group '{group}', so it pays the prices of group 'all'"
            findings.add(Problem("sites.csv", findings.line("sites", row), text, "price_group"))


def _groups_without_prices(findings: Findings) -> list[tuple[int, str, str]]:
    """First row of each price group without any price, the group, and the group of prices that was perhaps meant."""
    groups = [group for group in findings["prices"]["group"].unique().tolist() if group != ALL]
    named = _first_rows(findings["sites"]["price_group"])
    return [(row, group, nearest(group, groups)) for row, group in named if group not in {ALL, *groups}]


def differing_in_form(findings: Findings) -> None:
    """Warn of words that differ from an earlier one in case or form alone."""
    for column in GROUPING:
        _differing_in_form(findings, column)


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


def misspelt(findings: Findings) -> None:
    """Warn of sectors and regions of one site that are a slip away from those of others."""
    sites = findings["sites"]
    named = {"sector": findings["support"]["sector"], "region": findings["supply"]["zone"]}
    for column, others in named.items():
        count = sites[column].value_counts()
        known = sorted({*count.index, *others} - {ALL})
        for row, word in _first_rows(sites[column]):
            meant = [each for each in known if one_slip(folded(word), folded(each))]
            if count[word] == 1 and word not in set(others) and meant:
                text = f"{column} '{word}' is that of this site alone; did you mean '{meant[0]}'?"
                findings.add(Problem("sites.csv", findings.line("sites", row), text, column))


def _first_rows(words: "pd.Series[str]") -> list[tuple[int, str]]:
    """The first row of each word, in their order."""
    first = words[~words.duplicated() & (words != "")]
    return list(zip(first.index.tolist(), first.tolist(), strict=True))
