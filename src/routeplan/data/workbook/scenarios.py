"""The sheet of scenarios: one change in each row."""

from collections.abc import Iterator
from itertools import chain, groupby, zip_longest
from typing import Any

from routeplan.data.csv_cells import Cells
from routeplan.data.header import header_problems
from routeplan.data.scenario_file import TITLES, scenario_label
from routeplan.data.workbook.cells import cells_of, text_of
from routeplan.data.workbook.file import Sheet, Value
from routeplan.data.workbook.sheets import declared_scenarios, scenarios_sheet
from routeplan.data.workbook.values import cell_of, value_of
from routeplan.errors import Problem
from routeplan.instance.change import Change
from routeplan.instance.scenario import SCENARIOS_FILE, Scenario
from routeplan.schema.column import Column, Table, share, signed
from routeplan.schema.inputs import INPUT_TABLES

LEAST_PAIRS = 2
"""Pairs of `where` and `equals` that a sheet has at least."""

_PROBABILITY = share("probability", "")
_FACTOR = signed("value", "", "")
Row = dict[str, Value]


def scenario_rows(scenarios: tuple[Scenario, ...]) -> tuple[Table, list[tuple[Value, ...]]]:
    """Put scenarios into rows.

    Parameters
    ----------
    scenarios : tuple of Scenario
        The scenarios.

    Returns
    -------
    table : Table
        Declaration of the sheet.
    rows : list of tuple
        Its rows.
    """
    conditions = [len(change.where) for scenario in scenarios for change in scenario.changes]
    table = declared_scenarios(max([LEAST_PAIRS, *conditions]))
    rows = [row for scenario in scenarios for row in _rows(scenario)]
    return table, [row + (None,) * (len(table.columns) - len(row)) for row in rows]


def _rows(scenario: Scenario) -> Iterator[tuple[Value, ...]]:
    first = (scenario.probability, scenario.title or None, scenario.title_nl or None)
    for change, told in zip_longest(scenario.changes or [None], [first], fillvalue=None):
        head = (scenario.name, *(told or (None, None, None)))
        yield head if change is None else (*head, *_change_cells(change))


def _change_cells(change: Change) -> tuple[Value, ...]:
    value = cell_of(change.value, _column(change.table, change.column, change.action))
    where = [(name, cell_of(given, _column(change.table, name))) for name, given in change.where.items()]
    return change.table, change.column, change.action, value, *chain.from_iterable(where)


def _column(table: str, column: str, action: str = "set") -> Column | None:
    """Column that declares a value of a change; for factors and years a number."""
    if action != "set":
        return _FACTOR
    found = INPUT_TABLES.get(table)
    return found.column(column) if found is not None and found.has(column) else None


class ScenarioSheet:
    """The sheet of scenarios as read.

    Parameters
    ----------
    sheet : Sheet
        The sheet.

    Attributes
    ----------
    cells : Cells
        The sheet as text.
    given : dict
        The scenarios, as ``scenarios.toml`` would have them.
    problems : list of Problem
        What is wrong with the form of the sheet.
    lines : dict of str to int
        The row of each scenario and change, by the words with which a message about it begins.

    Raises
    ------
    Unreadable
        When it is empty, or cells are merged.
    """

    def __init__(self, sheet: Sheet) -> None:
        header = [text_of(value) for value in sheet.rows[0]] if sheet.rows else []
        table = scenarios_sheet(header)
        self.cells: Cells = cells_of(SCENARIOS_FILE, table, sheet)
        self.problems = header_problems(table, self.cells)
        self.lines: dict[str, int] = {}
        self.given: dict[str, Any] = {}
        self._of_change = set(table.names) - {"scenario", "probability", *TITLES}
        if not self.problems:
            rows = [dict(zip(self.cells.header, row, strict=False)) for row in sheet.rows[1:]]
            numbered = list(zip(sheet.lines[1:], rows, strict=True))
            groups = groupby(numbered, key=lambda pair: text_of(pair[1].get("scenario")))
            self.given["scenario"] = [
                self._entry(number, name, list(group)) for number, (name, group) in enumerate(groups, start=1)
            ]

    def _entry(self, number: int, name: str, rows: list[tuple[int, Row]]) -> dict[str, Any]:
        entry: dict[str, Any] = {"name": name, "change": []}
        label = scenario_label(entry, number)
        self.lines[label] = rows[0][0]
        for line, row in rows:
            if row.get("probability") is not None:
                probability = self._taken(line, row, "probability", _PROBABILITY)
                if entry.setdefault("probability", probability) != probability:
                    self._refuse(line, "probability", f"{label}: has two probabilities; allowed: one, on its first row")
            for key in TITLES:
                if (title := text_of(row.get(key))) and entry.setdefault(key, title) != title:
                    self._refuse(line, key, f"{label}: has two titles; allowed: one, on its first row")
            if any(value is not None for name, value in row.items() if name in self._of_change):
                entry["change"].append(self._change(line, row))
                self.lines[f"{label}, change {len(entry['change'])}"] = line
        return entry

    def _change(self, line: int, row: Row) -> dict[str, Any]:
        change: dict[str, Any] = {name: text for name in ("table", "column") if (text := text_of(row.get(name)))}
        table, column = change.get("table", ""), change.get("column", "")
        if action := text_of(row.get("action")):
            change[action] = self._taken(line, row, "value", _column(table, column, action))
        if where := self._where(line, row, table):
            change["where"] = where
        return change

    def _where(self, line: int, row: Row, table: str) -> dict[str, Any]:
        where: dict[str, Any] = {}
        for name in [name for name in row if name.startswith("where_")]:
            equals = name.replace("where", "equals")
            column = text_of(row.get(name))
            if column in where:
                self._refuse(line, name, f"column '{name}' is {column} once more; allowed: each column once")
            elif column:
                where[column] = self._taken(line, row, equals, _column(table, column))
            elif row.get(equals) is not None:
                self._refuse(line, name, f"column '{name}' is empty; allowed: a column, or '{equals}' empty too")
        return where

    def _taken(self, line: int, row: Row, name: str, column: Column | None) -> Any:
        try:
            return value_of(row.get(name), column)
        except ValueError as error:
            self._refuse(line, name, f"column '{name}' is {error}; allowed: text or a number")
            return None

    def _refuse(self, line: int, column: str, text: str) -> None:
        self.problems.append(Problem(SCENARIOS_FILE, line, text, column))
