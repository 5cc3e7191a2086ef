"""Years that lie outside the horizon or inside a period, and rows that lack."""

from collections.abc import Mapping

import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.options import Options
from routeplan.instance.rules.findings import Findings

DATED = ("options", "links", "hubs", "reinforcements", "support")
"""Tables of things that are there from a first year on."""

ENDING = ("options", "support")
"""Those of them that have a last year too."""

Keyed = Mapping[str, tuple[list[str], list[str]]]
"""For each of some tables, the key of a thing and the columns of its amounts."""

KEPT: Keyed = {
    "headroom": (["area"], ["firm", "flexible"]),
    "supply": (["commodity", "zone", "step"], ["quantity"]),
    "sources": (["node", "carrier"], ["capacity"]),
}
"""Things that seldom end: a row that lacks counts as 0, and is most likely forgotten."""

ENDED: Keyed = {"budgets": (["pot"], ["amount"]), "targets": (["scope"], ["cap"])}
"""Things that often end."""


def missing_rows(findings: Findings) -> None:
    """Warn of room, supply and sources that have an amount in a period, and no row in a later one."""
    for table, (key, amounts) in KEPT.items():
        _row_lacks(findings, table, key, amounts, "which counts as 0")


def ended_rows(findings: Findings, _: Options) -> None:
    """Note pots and caps that end before the horizon does."""
    for (table, (key, amounts)), means in zip(ENDED.items(), ("so no money", "so no limit"), strict=True):
        _row_lacks(findings, table, key, amounts, means)


def _row_lacks(findings: Findings, table: str, key: list[str], amounts: list[str], means: str) -> None:
    periods = findings["periods"]["period"].tolist()
    frame = findings[table]
    for names, rows in frame[frame[amounts].sum(axis=1) > 0].groupby(key):
        there = set(frame.merge(rows[key].drop_duplicates(), on=key)["period"])
        last = rows["period"].max()
        lacking = [period for period in periods if period > last and period not in there]
        if lacking:
            named = ", ".join(map(str, names if isinstance(names, tuple) else (names,)))
            text = f"{named} has no row for {', '.join(map(str, lacking))}, {means}, after {last}"
            findings.add(Problem(f"{table}.csv", findings.line(table, int(rows.index[-1])), text, "period"))


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
