"""Effects of a scenario on the tables: the rows of each change, before and after."""

from dataclasses import dataclass

import pandas as pd

from routeplan.errors import counted
from routeplan.instance.change import Change, changed, matching_rows
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Scenario, changed_tables
from routeplan.schema.column import Column
from routeplan.schema.inputs import INPUT_TABLES

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Effect:
    """Effect of one change on its table.

    Parameters
    ----------
    change : Change
        The change.
    rows : DataFrame
        Each row that it touches: the key columns of the table, and the cell ``before`` and ``after`` [unit of the
        column].
    """

    change: Change
    rows: pd.DataFrame

    @property
    def moved(self) -> pd.DataFrame:
        """Rows whose cell changes; a limit that is empty, for one, stays empty."""
        before, after = self.rows[BEFORE], self.rows[AFTER]
        return self.rows[(before != after) & ~(before.isna() & after.isna())]


def effects(instance: Instance, scenario: Scenario) -> tuple[Effect, ...]:
    """Apply a scenario change by change, each to the tables that those before it have left.

    Parameters
    ----------
    instance : Instance
        The instance, under no scenario.
    scenario : Scenario
        One of its scenarios.

    Returns
    -------
    tuple of Effect
        One for each change, in order.

    Raises
    ------
    DataError
        With every change that cannot be made.
    """
    changed_tables(instance.settings, instance.tables, scenario)
    tables, found = dict(instance.tables), []
    for change in scenario.changes:
        table, frame = INPUT_TABLES[change.table], tables[change.table]
        rows = matching_rows(change, table, frame)
        tables[change.table] = changed(change, tables, instance.horizon)
        cells = {BEFORE: frame[change.column], AFTER: tables[change.table][change.column]}
        found.append(Effect(change, frame[list(table.key)].assign(**cells)[rows].reset_index(drop=True)))
    return tuple(found)


def describe(change: Change) -> str:
    """Describe a change: ``prices where item = co2: price times 1.4``."""
    where = " and ".join(f"{name} = {_format_value(value)}" for name, value in change.where.items())
    rows = f"{change.table} where {where}" if where else f"{change.table}, every row"
    return f"{rows}: {change.column} {_done(change, INPUT_TABLES[change.table].column(change.column))}"


def _done(change: Change, column: Column) -> str:
    # Units that differ from row to row would not read well after the number.
    unit = f" {column.unit}" if column.unit and " or " not in column.unit else ""
    if change.action == "set":
        return f"becomes {_format_value(change.value)}" + (unit if change.value != "" else "")
    if change.action == "multiply":
        return f"times {change.value:g}"
    if change.action == "add":
        return f"{'minus' if change.value < 0 else 'plus'} {abs(change.value):g}{unit}"
    years, early = counted(abs(int(change.value)), "year"), change.value < 0
    if column.is_calendar_year:
        return f"{years} {'earlier' if early else 'later'}"
    return f"takes its value of {years} {'after' if early else 'before'}"


def _format_value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "empty" if value == "" else str(value).lower() if isinstance(value, bool) else str(value)
