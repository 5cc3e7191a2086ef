"""Write an instance to an Excel workbook, in the form that `read` reads."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.paths import NOTE
from routeplan.data.typed import NUMBER
from routeplan.data.workbook.add import Lists, add_form, new_workbook, refuse_to_replace, values_of
from routeplan.data.workbook.file import Value
from routeplan.data.workbook.legend import add_legend
from routeplan.data.workbook.notes import add_notes, free_value
from routeplan.data.workbook.scenarios import scenario_rows
from routeplan.data.workbook.settings import settings_rows
from routeplan.data.workbook.sheets import INSTANCE_SHEET
from routeplan.data.workbook.style import LISTS
from routeplan.data.workbook.workbook import INSTANCE
from routeplan.instance.basis import said_beside, said_of_all
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Scenario
from routeplan.schema.frames import empty
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import Settings

SAID = f"{NOTE}_basis"
"""Column of the sheet of sites with what must be said of each; it is not read."""


def write_workbook(
    instance: Instance,
    path: Path,
    overwrite: bool = False,
    free: Mapping[str, pd.DataFrame] | None = None,
    beside: Mapping[str, str] | None = None,
) -> Path:
    """Write an instance to a workbook: every table, those without rows too, ready to be filled in.

    Parameters
    ----------
    instance : Instance
        The instance.
    path : Path
        The file, whose name ends in .xlsx. It appears complete, or not at all.
    overwrite : bool
        Whether a workbook of an instance that is there may be replaced, its sheets of notes too.
    free : mapping of str to DataFrame, optional
        Columns of the user's own (notes and sources) to put behind those of a table, as text, row by row.
    beside : mapping of str to str, optional
        Texts that document the instance, by the names of their files; each gets a sheet of notes.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When there is something already that may not be replaced, or a text or table is too long for Excel.
    """
    # Scenarios are changes to the tables as they were before any of them.
    scenarios = () if instance.scenario else instance.scenarios
    return _write(path, overwrite, instance.settings, scenarios, instance.tables, free or {}, beside or {})


def write_empty_workbook(
    settings: Settings, path: Path, overwrite: bool = False, free: Mapping[str, pd.DataFrame] | None = None
) -> Path:
    """Write a workbook with every table, none of them with rows, to be filled in.

    Parameters
    ----------
    settings : Settings
        The settings to begin with.
    path : Path
        The file, whose name ends in .xlsx. It appears complete, or not at all.
    overwrite : bool
        Whether a workbook of an instance that is there may be replaced.
    free : mapping of str to DataFrame, optional
        Columns of the user's own, without rows.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When there is something already that may not be replaced.
    """
    tables = {name: empty(table) for name, table in INPUT_TABLES.items()}
    return _write(path, overwrite, settings, (), tables, free or {}, {})


def _write(
    path: Path,
    overwrite: bool,
    settings: Settings,
    scenarios: tuple[Scenario, ...],
    tables: Mapping[str, pd.DataFrame],
    free: Mapping[str, pd.DataFrame],
    beside: Mapping[str, str],
) -> Path:
    refuse_to_replace(path, INSTANCE, overwrite)
    with new_workbook(path) as book:
        lists: Lists = {}
        _add_settings(book, settings, tables["sites"], lists)
        add_legend(book)
        _add_scenarios(book, scenarios, lists)
        _add_tables(book, tables, free, lists)
        add_notes(book, beside)
        _add_lists(book, lists)
    return path


def _add_settings(book: Any, settings: Settings, sites: pd.DataFrame, lists: Lists) -> None:
    rows = list(zip(*_notes_and_settings(settings, sites), strict=True))
    add_form(book, INSTANCE_SHEET, INSTANCE_SHEET.names, rows, lists)


def _add_scenarios(book: Any, scenarios: tuple[Scenario, ...], lists: Lists) -> None:
    table, rows = scenario_rows(scenarios)
    add_form(book, table, table.names, list(zip(*rows, strict=True)) or [()] * len(table.columns), lists)


def _add_tables(book: Any, tables: Mapping[str, pd.DataFrame], free: Mapping[str, pd.DataFrame], lists: Lists) -> None:
    for name, table in INPUT_TABLES.items():
        frame = tables[name]
        columns: list[Sequence[Value]] = [values_of(frame[column]) for column in table.names]
        own = _said_beside(frame, free.get(name)) if name == "sites" else free.get(name)
        if own is not None:
            columns += [[free_value(text) for text in own[column]] for column in own]
        names = [*table.names, *([] if own is None else own.columns)]
        add_form(book, table, names, columns, lists)


def _notes_and_settings(settings: Settings, sites: pd.DataFrame) -> Iterator[tuple[str, Value, str]]:
    """Rows of the first sheet; what must be said of the sites stands before all else, as a note that is not read."""
    for text in said_of_all(sites):
        yield "sites", None, text
    yield from settings_rows(settings)


def _said_beside(sites: pd.DataFrame, free: pd.DataFrame | None) -> pd.DataFrame | None:
    """Columns of the user's own, and what must be said of each site where there is anything."""
    own = None if free is None else free.drop(columns=SAID, errors="ignore")
    said = said_beside(sites).to_numpy()
    if (said == "").all():
        return own
    return (pd.DataFrame(index=sites.index) if own is None else own).assign(**{SAID: said})


def _add_lists(book: Any, lists: Lists) -> None:
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    sheet.append([f"list {position}" for position in lists.values()])
    for row in zip_longest(*lists):
        sheet.append([float(word) if word and NUMBER.fullmatch(word) else word for word in row])
    sheet.close()
