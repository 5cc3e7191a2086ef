"""Write an instance to an Excel workbook, in the form that `read` reads."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.csv_text import number_text
from routeplan.data.typed import NUMBER
from routeplan.data.workbook.add import Lists, add_form, new_workbook, refuse_to_replace, values_of
from routeplan.data.workbook.file import Value
from routeplan.data.workbook.scenarios import scenario_rows
from routeplan.data.workbook.settings import settings_rows
from routeplan.data.workbook.sheets import INSTANCE_SHEET, NOTE
from routeplan.data.workbook.style import LISTS
from routeplan.data.workbook.workbook import INSTANCE
from routeplan.instance.basis import said_beside, said_of_all
from routeplan.instance.instance import Instance
from routeplan.schema.inputs import INPUT_TABLES

SAID = f"{NOTE}_basis"
"""Column of the sheet of sites with what must be said of each; it is not read."""


def write_workbook(
    instance: Instance, path: Path, overwrite: bool = False, free: Mapping[str, pd.DataFrame] | None = None
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

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When there is something already that may not be replaced, or a text or table is too long for Excel.
    """
    refuse_to_replace(path, INSTANCE, overwrite)
    with new_workbook(path) as book:
        _add_sheets(book, instance, free or {})
    return path


def _add_sheets(book: Any, instance: Instance, free: Mapping[str, pd.DataFrame]) -> None:
    lists: Lists = {}
    settings = list(zip(*_notes_and_settings(instance), strict=True))
    add_form(book, INSTANCE_SHEET, INSTANCE_SHEET.names, settings, lists)
    # Scenarios are changes to the tables as they were before any of them.
    table, rows = scenario_rows(() if instance.scenario else instance.scenarios)
    add_form(book, table, table.names, list(zip(*rows, strict=True)) or [()] * len(table.columns), lists)
    for name, table in INPUT_TABLES.items():
        frame = instance[name]
        columns: list[Sequence[Value]] = [values_of(frame[column]) for column in table.names]
        own = _said_beside(frame, free.get(name)) if name == "sites" else free.get(name)
        if own is not None:
            columns += [[_free_value(text) for text in own[column]] for column in own]
        names = [*table.names, *([] if own is None else own.columns)]
        add_form(book, table, names, columns, lists)
    _add_lists(book, lists)


def _notes_and_settings(instance: Instance) -> Iterator[tuple[str, Value, str]]:
    """Rows of the first sheet; what must be said of the sites stands before all else, as a note that is not read."""
    for text in said_of_all(instance["sites"]):
        yield "sites", None, text
    yield from settings_rows(instance.settings)


def _said_beside(sites: pd.DataFrame, free: pd.DataFrame | None) -> pd.DataFrame | None:
    """Columns of the user's own, and what must be said of each site where there is anything."""
    own = None if free is None else free.drop(columns=SAID, errors="ignore")
    said = said_beside(sites).to_numpy()
    if (said == "").all():
        return own
    return (pd.DataFrame(index=sites.index) if own is None else own).assign(**{SAID: said})


def _free_value(text: str) -> Value:
    """Convert a note to a number where it is written as we write numbers; any other stays text."""
    if not NUMBER.fullmatch(text):
        return text or None
    return float(text) if number_text(float(text)) == text else text


def _add_lists(book: Any, lists: Lists) -> None:
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    sheet.append([f"list {position}" for position in lists.values()])
    for row in zip_longest(*lists):
        sheet.append([float(word) if word and NUMBER.fullmatch(word) else word for word in row])
    sheet.close()
