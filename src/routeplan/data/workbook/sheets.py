"""The sheets of a workbook that are files of a folder but no tables there: settings and scenarios."""

import re
from collections.abc import Iterable

from routeplan.data.scenario_file import ACTIONS
from routeplan.schema.column import EMPTY, Column, Table, choice, share, text, word
from routeplan.schema.inputs import INPUT_TABLES

INSTANCE_SHEET = Table(
    "instance",
    "The settings; `sources.NAME` and `calibration.NAME` are free text.",
    (
        word("key", "Name of the setting."),
        text("value", "Its value; empty: the default."),
        text("note", "What it means; not read."),
    ),
    key=("key",),
)

_WHERE = re.compile(r"(?:where|equals)_([1-9][0-9]?)")


def scenarios_sheet(header: Iterable[str]) -> Table:
    """Declare the sheet of scenarios, with as many pairs of `where` and `equals` as its header has.

    Parameters
    ----------
    header : iterable of str
        Names of columns.
    """
    pairs = [int(found.group(1)) for found in map(_WHERE.fullmatch, header) if found]
    return declared_scenarios(max(pairs, default=1))


def declared_scenarios(pairs: int) -> Table:
    """Declare the sheet of scenarios, with `pairs` pairs of `where` and `equals`."""
    conditions = [column for number in range(1, pairs + 1) for column in _condition(number)]
    return Table(
        "scenarios",
        "Named changes to the tables: one row for each change, in the order in which they apply.",
        (
            word("scenario", "Name of the scenario; its rows stand together."),
            share("probability", "How likely the scenario is; on its first row.", default=EMPTY),
            text("title", "Title for readers; on its first row."),
            text("title_nl", "Title for Dutch readers; on its first row."),
            choice("table", "Table that changes.", tuple(INPUT_TABLES), default=""),
            word("column", "Column that changes.", default=""),
            choice("action", "What is done to it.", ACTIONS, default=""),
            text("value", "With what; years for delay, below 0: earlier."),
            *conditions,
        ),
        key=("scenario",),
    )


def _condition(number: int) -> tuple[Column, Column]:
    return (
        word(f"where_{number}", "Only rows change in which this column ...", default=""),
        text(f"equals_{number}", "... has this value."),
    )
