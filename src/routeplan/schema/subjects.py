"""What tables are about, and which of them a plan cannot do without."""

from enum import Enum

from routeplan.schema.inputs import INPUT_TABLES


class Subject(Enum):
    """What a table is about."""

    SETTINGS = "settings and periods"
    SITES = "sites"
    ROUTES = "routes and costs"
    GRID = "grid"
    NETWORKS = "networks"
    MONEY = "money and targets"
    EXPLANATIONS = "explanations"


TABLES_OF: dict[Subject, tuple[str, ...]] = {
    Subject.SETTINGS: ("instance", "scenarios", "periods", "decided"),
    Subject.SITES: ("sites", "processes", "activity", "windows"),
    Subject.ROUTES: ("routes", "options", "trends", "prices", "supply"),
    Subject.GRID: ("areas", "works", "headroom", "reinforcements"),
    Subject.NETWORKS: ("nodes", "sources", "links", "sizes", "hubs"),
    Subject.MONEY: ("pots", "budgets", "support", "targets"),
    Subject.EXPLANATIONS: ("wishes",),
}
"""Tables of an instance by subject, settings and scenarios among them."""

_SUBJECT_OF = {table: subject for subject, tables in TABLES_OF.items() for table in tables}

_HEART = ("options", "prices")
"""Tables without which there is nothing to choose, or nothing to weigh."""


def subject_of(table: str) -> Subject:
    """Subject of a table; what is not listed explains others."""
    return _SUBJECT_OF.get(table, Subject.EXPLANATIONS)


def needed_tables() -> list[str]:
    """Tables that must have rows before there can be a plan: options, prices, and what their rows must refer to."""
    needed: set[str] = set()
    found = set(_HEART)
    while found:
        needed |= found
        columns = [column for name in found for column in INPUT_TABLES[name].columns if column.required]
        found = {column.refers[0] for column in columns if len(column.refers) == 1} - needed
    return [name for name in INPUT_TABLES if name in needed]
