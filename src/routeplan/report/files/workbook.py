"""A plan as one Excel workbook: how it came about, its summaries, and every one of its tables."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.workbook.add import add_view, new_workbook, refuse_to_replace, values_of
from routeplan.data.workbook.file import Value
from routeplan.instance.basis import said_beside, said_of_all
from routeplan.instance.instance import Instance
from routeplan.report.files.no_plan import refuse_without_plan
from routeplan.report.files.summaries import SUMMARIES
from routeplan.result.file import by_key
from routeplan.result.result import Result
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.result_file import RESULT_KEYS
from routeplan.schema.results import RESULT_TABLES
from routeplan.schema.settings import SETTING_COLUMNS

RESULT_SHEET = Table(
    "result",
    "What is proven, how the plan came about, and the settings under which it was made.",
    (
        Column("key", Kind.TEXT, "Key of result.json, or setting of the instance."),
        Column("value", Kind.TEXT, "Its value; empty: none."),
        Column("unit", Kind.TEXT, "Unit of the value."),
        Column("meaning", Kind.TEXT, "What it tells."),
    ),
    key=("key",),
)


SAID = Column("basis", Kind.TEXT, "What must be said of the site wherever its plan is shown.")
"""Column with it, beside the rows of sites and of their processes."""


def write_result_workbook(result: Result, path: Path, *, overwrite: bool = False) -> Path:
    """Write a plan to a workbook; the same plan makes the same bytes.

    Parameters
    ----------
    result : Result
        A result with a plan.
    path : Path
        The file, whose name ends in .xlsx. It appears complete, or not at all.
    overwrite : bool
        Whether a workbook of a result that is there may be replaced, all its sheets.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When there is something already that may not be replaced, or a text or table is too long for Excel.
    """
    refuse_without_plan(result)
    refuse_to_replace(path, RESULT_SHEET.name, overwrite)
    with new_workbook(path) as book:
        _add_sheets(book, result)
    return path


def _add_sheets(book: Any, result: Result) -> None:
    add_view(book, RESULT_SHEET, list(zip(*_facts(result), strict=True)))
    made = [(table, make(result)) for table, make in SUMMARIES]
    beside = _said_beside(result.instance)
    for table, frame in [*made, *((table, result[name]) for name, table in RESULT_TABLES.items())]:
        told, rows = beside(table, frame)
        add_view(book, told, [values_of(rows[column]) for column in told.names])


def _said_beside(instance: Instance) -> Callable[[Table, pd.DataFrame], tuple[Table, pd.DataFrame]]:
    """Make the function that adds what must be said of sites to their own rows and those of their processes."""
    sites = instance["sites"].set_index("site")
    of_sites = said_beside(sites)
    of_processes = instance["processes"].set_index("process")["site"].map(of_sites)

    def beside(table: Table, frame: pd.DataFrame) -> tuple[Table, pd.DataFrame]:
        key, said = ("site", of_sites) if table.has("site") else ("process", of_processes)
        if not table.has(key) or (of_sites == "").all():
            return table, frame
        told = frame[key].map(said)
        return replace(table, columns=(*table.columns, SAID)), frame.assign(**{SAID.name: told})

    return beside


def _facts(result: Result) -> Iterator[tuple[str, Value, str, str]]:
    """Rows of the first sheet, what must be said of the sites before all else."""
    for text in said_of_all(result.instance["sites"]):
        yield "sites", text, "", SAID.about
    for name, value in by_key(result).items():
        yield name, _value(value), RESULT_KEYS[name].unit, RESULT_KEYS[name].about
    settings = result.instance.settings.as_dict()
    for name, column in SETTING_COLUMNS.items():
        yield f"settings.{name}", _value(settings.get(name)), column.unit, column.about


def _value(value: Any) -> Value:
    """An empty cell rather than one of empty text."""
    return None if value == "" else value
