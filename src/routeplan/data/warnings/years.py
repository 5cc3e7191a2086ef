"""Years that lie outside the horizon or inside a period, and rows that lack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.options import Options
from routeplan.instance.rules.findings import Findings

DATED = ("options", "links", "hubs", "reinforcements", "support")
"""Tables of things that are there from a first year on."""

ENDING = ("options", "support")
"""Those of them that have a last year too."""

Keyed = Mapping[str, tuple[list[str], list[str], str]]
"""For each of some tables, the key of a thing, the columns of its amounts, and what a row that lacks means."""

KEPT: Keyed = {
    "headroom": (["area"], ["firm", "flexible"], "which counts as 0"),
    "supply": (["commodity", "zone", "step"], ["quantity"], "which counts as 0"),
    "sources": (["node", "carrier"], ["capacity"], "which counts as 0"),
    "prices": (["item", "group"], ["price"], "where the price of all counts"),
}
"""Things that seldom end: a row that lacks is most likely forgotten."""

ENDED: Keyed = {
    "budgets": (["pot"], ["amount"], "and no money then"),
    "activity": (["process"], ["factor"], "where the factor is 1 again"),
    "trends": (["route"], ["capex"], "where the factor is 1 again"),
}
"""Things that often end; a row that lacks between two others is as odd as one of `KEPT`."""

MILESTONES: Keyed = {"targets": (["scope"], ["cap"], "and no cap then")}
"""Things that often hold in some periods alone."""


def missing_rows(findings: Findings) -> None:
    """Warn of things that have an amount in a period, and no row in a later one; where things end, of gaps alone."""
    for table, (key, amounts, means) in KEPT.items():
        for gap in _gaps(findings, table, key, amounts):
            gap.tell(findings, [*gap.between, *gap.behind], means)
    for table, (key, amounts, means) in ENDED.items():
        for gap in _gaps(findings, table, key, amounts):
            gap.tell(findings, gap.between, means)


def ended_rows(findings: Findings, _: Options) -> None:
    """Note pots, caps and factors that end before the horizon does."""
    for table, (key, amounts, means) in ENDED.items():
        for gap in _gaps(findings, table, key, amounts):
            gap.tell(findings, gap.behind, means)
    for table, (key, amounts, means) in MILESTONES.items():
        for gap in _gaps(findings, table, key, amounts):
            gap.tell(findings, [*gap.between, *gap.behind], means)


@dataclass(frozen=True)
class _Gap:
    """A thing that has no row in some periods after the first with an amount: between others, or behind the last."""

    table: str
    row: int
    name: str
    between: list[int]
    behind: list[int]

    def tell(self, findings: Findings, periods: list[int], means: str) -> None:
        """Report the periods that lack, if there are any."""
        if periods:
            text = f"{self.name} has no row for {', '.join(map(str, periods))}, {means}"
            findings.add(Problem(f"{self.table}.csv", findings.line(self.table, self.row), text, "period"))


def _gaps(findings: Findings, table: str, key: list[str], amounts: list[str]) -> Iterator[_Gap]:
    periods = findings["periods"]["period"].tolist()
    frame = findings[table]
    there = frame.groupby(key)["period"].agg(set).to_dict()
    for names, rows in frame[(frame[amounts] > 0).any(axis=1)].groupby(key):
        first, last = int(rows["period"].min()), int(rows["period"].max())
        lacking = [year for year in periods if year > first and year not in there[names if len(key) > 1 else names[0]]]
        called = ", ".join(f"{column} '{name}'" for column, name in zip(key, names, strict=True))
        between, behind = ([year for year in lacking if (year > last) is late] for late in (False, True))
        yield _Gap(table, int(rows.index[-1]), called, between, behind)


def outside_the_horizon(findings: Findings) -> None:
    """Warn of what is there in no period, by its first or last year."""
    periods = findings["periods"]["period"]
    begin, end = int(periods.iloc[0]), int(periods.iloc[-1])
    for table in DATED:
        year = findings[table]["first_year"]
        _never(findings, table, "first_year", year > end, f"after {end}, when the last period begins")
    for table in ENDING:
        year = findings[table]["last_year"]
        _never(findings, table, "last_year", year < begin, f"before {begin}, when the first period begins")


def _never(findings: Findings, table: str, column: str, rows: "pd.Series[bool]", why: str) -> None:
    years = findings[table][column]

    def text(row: int) -> str:
        return f"the {column.replace('_', ' ')} {years[row]:.0f} lies {why}: it is never there"

    findings.warn(table, rows, column, text)


def inside_a_period(findings: Findings, _: Options) -> None:
    """Note years between the first years of periods: what they mean is not what they say."""
    starts = findings["periods"]["period"].tolist()
    lengths = findings["periods"]["years"].tolist()
    for period, length, following in zip(starts, lengths, starts[1:], strict=False):
        for table in DATED:
            _counts_from(findings, table, period, following)
        for table in ENDING:
            _counts_until(findings, table, period, period + length - 1)


def _counts_from(findings: Findings, table: str, period: int, following: int) -> None:
    year = findings[table]["first_year"]

    def text(row: int) -> str:
        return f"the first year {year[row]:.0f} lies inside the period of {period}, so it counts from {following} on"

    findings.warn(table, (year > period) & (year < following), "first_year", text)


def _counts_until(findings: Findings, table: str, period: int, end: int) -> None:
    year = findings[table]["last_year"]

    def text(row: int) -> str:
        return f"the last year {year[row]:.0f} lies inside the period of {period}, so it counts until {end}"

    findings.warn(table, (year >= period) & (year < end), "last_year", text)
