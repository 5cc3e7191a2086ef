"""Verdicts read back from their folder."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.paths import holds_result, path_of
from routeplan.data.tables import read_tables
from routeplan.data.typed import TypedTable
from routeplan.errors import DataError, NoPlan, Problem, UsageError
from routeplan.instance.instance import Instance
from routeplan.result.folder import load
from routeplan.result.result import Result
from routeplan.schema.verdicts import VERDICT_TABLES
from routeplan.why.agree import counted_otherwise, told_otherwise, twice
from routeplan.why.files import FILES, PLAN, holds_verdicts
from routeplan.why.judged import Added, Blockers, Judged, Lifting, Verdict
from routeplan.why.limit import Kind, Limit
from routeplan.why.limit_texts import NAMES, PLACES
from routeplan.why.tables import HELD_BACK, IMPOSSIBLE, verdict_tables
from routeplan.why.wishes import Wish

Row = dict[str, Any]

ALLOWED = "allowed: tables as `routeplan verdicts --out` has written them with it"

FIRST_OF_PLACES = {
    Kind.GRID: ("areas", "area"),
    Kind.LINK_CAPACITY: ("links", "link"),
    Kind.HUB_CAPACITY: ("hubs", "hub"),
    Kind.SOURCE: ("nodes", "node"),
    Kind.POT: ("pots", "pot"),
    Kind.STOP: ("processes", "process"),
    Kind.LEAD_TIME: ("processes", "process"),
    Kind.SUPPORT: ("processes", "process"),
    Kind.REACH: ("sites", "site"),
}
"""Table and column that have the first name of the place of a limit."""


def read_verdicts(folder: Path | str) -> tuple[Result, list[Judged]]:
    """Read verdicts back.

    Parameters
    ----------
    folder : path
        A folder written by `write_verdicts`.

    Returns
    -------
    Result
        The result that the projects were held against.
    list of Judged
        The verdicts. How many programs were solved for them is not kept.

    Raises
    ------
    UsageError
        When it is no folder of verdicts, or one without the plan or some of its tables.
    DataError
        When its files cannot be read, are not of this plan, or do not agree with each other.
    """
    place = path_of(folder)
    if not holds_verdicts(place):
        raise UsageError(f"{place} holds no verdicts; allowed: a folder with {', '.join(FILES)}")
    if lost := [file for file in FILES if not (place / file).is_file()]:
        raise UsageError(
            f"{place} holds verdicts without {', '.join(lost)}; allowed: all tables, as `routeplan verdicts --out` "
            "writes them"
        )
    if not holds_result(place / PLAN):
        raise UsageError(
            f"{place} holds verdicts without the plan that projects were held against; allowed: a folder with {PLAN}, "
            "as `routeplan verdicts --out` writes it"
        )
    result = load(place / PLAN)
    if not result.status.has_plan:
        raise NoPlan(f"{place / PLAN} has no plan, its status is {result.status}")
    tables = read_tables(place, VERDICT_TABLES.values())
    _refuse([*twice(tables), *_strange(tables, result.instance)])
    _refuse([*counted_otherwise(tables)])
    judged = _judged({name: table.frame for name, table in tables.items()}, result.instance)
    _refuse([*told_otherwise(tables, verdict_tables(result, judged))])
    return result, judged


def _refuse(problems: list[Problem]) -> None:
    """Refuse tables with problems; what follows from these is left out, as later checks build on earlier ones."""
    if problems:
        raise DataError(problems)


def _strange(tables: Mapping[str, TypedTable], instance: Instance) -> Iterator[Problem]:
    """Rows that are not of the plan, or of no project."""
    options, processes = instance["options"], instance["processes"]
    chosen = set(zip(options["process"], options["route"], strict=True))
    at = dict(zip(processes["process"], processes["site"], strict=True))
    first = {int(year) for year in instance.horizon.first}
    last = set(instance.horizon.last_years.values())
    projects = set(tables["projects"].frame["project"])
    places = {kind: set(instance[table][column]) for kind, (table, column) in FIRST_OF_PLACES.items()}

    def known_project(row: Row) -> bool:
        ours = (row["process"], row["route"]) in chosen and at[row["process"]] == row["site"]
        dated = row["period"] in first and (pd.isna(row["possible_from"]) or row["possible_from"] in first)
        return ours and dated and row["verdict"] in list(Verdict)

    def known_set(row: Row) -> bool:
        return row["project"] in projects and not pd.isna(row["set"])

    def known_limit(row: Row) -> bool:
        if not known_set(row) or row["kind"] not in NAMES:
            return False
        limit = _limit(row)
        kind, place = limit.kind, limit.place
        named = len(place) == len(PLACES[kind]) and place[0] in places.get(kind, place)
        dated: bool = pd.isna(row["amount"]) or (row["from"] in first and row["until"] in last)
        return named and dated

    for name, known in {"projects": known_project, "blockers": known_limit, "liftings": known_set}.items():
        for line, row in zip(tables[name].lines, tables[name].frame.to_dict("records"), strict=True):
            if not known({str(column): value for column, value in row.items()}):
                text = f"project {row['project']}: this row is not about the plan in {PLAN}; " + ALLOWED
                yield Problem(VERDICT_TABLES[name].file, int(line), text)


def _judged(tables: Mapping[str, pd.DataFrame], instance: Instance) -> list[Judged]:
    begins = {last: first for first, last in instance.horizon.last_years.items()}
    limits, liftings = _by_set(tables["blockers"]), _by_set(tables["liftings"])
    found = []
    for row in _rows(tables["projects"]):
        wish = Wish(
            **{name: row[name] for name in ("project", "site", "process", "route", "maturity")},
            period=int(row["period"]),
            infrastructure=bool(row["infrastructure"]),
        )
        sets, worth = limits[wish.project], liftings[wish.project]
        told = tuple(_lifting(each[0], sets.get(number, []), begins) for number, each in sorted(worth.items()))
        possible: int | None = None if pd.isna(row["possible_from"]) else int(row["possible_from"])
        blockers = _blockers(row, [frozenset(map(_limit, each)) for _, each in sorted(sets.items())])
        found.append(Judged(wish, Verdict(row["verdict"]), possible, blockers, told))
    return found


def _by_set(table: pd.DataFrame) -> defaultdict[str, dict[int, list[Row]]]:
    """Rows of each set, by project and number of the set."""
    found: defaultdict[str, dict[int, list[Row]]] = defaultdict(dict)
    for row in _rows(table):
        found[row["project"]].setdefault(int(row["set"]), []).append(row)
    return found


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(column): value for column, value in row.items()} for row in table.to_dict("records")]


def _limit(row: Row) -> Limit:
    return Limit.read(row["kind"], row["place"])


def _blockers(row: Row, sets: list[frozenset[Limit]]) -> Blockers | None:
    """What stands in the way; where all sets are known and there is none, something besides the limits."""
    complete = bool(row["complete"])
    if row["verdict"] not in HELD_BACK or not (sets or complete or row["verdict"] in IMPOSSIBLE):
        return None
    return Blockers(tuple(sets), complete, False if complete else None, beyond=complete and not sets)


def _lifting(row: Row, limits: list[Row], begins: Mapping[int, int]) -> Lifting:
    """What lifting a set is worth; of what is added, the periods at both ends alone are kept."""
    added = {
        Added(_limit(each), period, each["amount"])
        for each in limits
        if not pd.isna(each["amount"])
        for period in (int(each["from"]), begins[int(each["until"])])
    }
    saved: tuple[float, float] | None = None if pd.isna(row["saved_low"]) else (row["saved_low"], row["saved_high"])
    ordered = tuple(sorted(added, key=lambda each: (each.limit, each.period)))
    return Lifting(frozenset(map(_limit, limits)), ordered, saved, None if pd.isna(row["avoided"]) else row["avoided"])
