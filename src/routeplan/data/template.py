"""An empty instance to fill in."""

import re
from pathlib import Path
from typing import Any

import tomli_w

from routeplan import data
from routeplan.data.csv_cells import Unreadable
from routeplan.data.folder_swap import refuse_unless_free, written_aside
from routeplan.data.paths import README_FILE, is_workbook, plain_name
from routeplan.data.reference import format_reference
from routeplan.data.stored import Stored, stored_at
from routeplan.data.write import write_text
from routeplan.schema.column import Column
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import FORMAT, FORMAT_COLUMN, FORMAT_KEY, SETTING_COLUMNS, SETTINGS_FILE, Settings

__all__ = ["format_reference", "write_template"]

_EXAMPLES: dict[str, Any] = {
    "title": "Title for readers",
    "currency_year": 2024,
    "base_year": 2026,
    "discount_rate": 0.03,
    "firm_rate": 0.12,
}


def write_template(place: str | Path) -> Path:
    """Write the header of every table, settings to fill in, and an explanation of every column.

    Parameters
    ----------
    place : path
        Folder to make: CSV tables, an ``instance.toml``, and a README. Where the name ends in .xlsx, one Excel workbook
        with a sheet for each table.

    Returns
    -------
    Path
        The folder or workbook.

    Raises
    ------
    UsageError
        When there is something of that name already.
    """
    target = Path(place)
    settings = Settings(_slug(plain_name(target)), **_EXAMPLES)
    if is_workbook(target):
        return data.write_empty_workbook(settings, target)
    refuse_unless_free(target)
    with written_aside(target) as aside:
        for table in INPUT_TABLES.values():
            write_text(aside / table.file, ",".join(table.names) + "\n")
        write_text(aside / SETTINGS_FILE, _explained(settings))
        write_text(aside / README_FILE, format_reference())
    return target


def settings_of_template(place: Path) -> Settings | None:
    """Settings of a template in which no table has rows yet; None of what is anything else.

    Parameters
    ----------
    place : Path
        Folder or workbook.
    """
    stored = stored_at(place)
    if stored.problems() or stored.strays():
        return None
    settings, problems = stored.settings()
    scenarios, more = stored.scenarios()
    return settings if not problems and not more and not scenarios and _without_rows(stored) else None


def _without_rows(stored: Stored) -> bool:
    """Whether every table is there, or need not be, and has a header of its own columns alone."""
    try:
        found = {table: stored.cells(table) for table in INPUT_TABLES.values()}
    except Unreadable:
        return False
    return all(
        table.optional if cells is None else not cells.rows and set(cells.header) <= set(table.names)
        for table, cells in found.items()
    )


def _slug(name: str) -> str:
    """A folder's name as the name of an instance."""
    return re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_") or "my-region"


def _explained(settings: Settings) -> str:
    """Content of an ``instance.toml`` in which each key has a sentence."""
    values = {FORMAT_KEY: FORMAT, **vars(settings)}
    lines = [line for column in (FORMAT_COLUMN, *SETTING_COLUMNS.values()) for line in _setting(column, values)]
    groups = ["# Where the data come from, in free text.", "[sources]", ""]
    return "\n".join([*lines, *groups])


def _setting(column: Column, values: dict[str, Any]) -> list[str]:
    """A sentence on a key, and the key with a value to replace."""
    return [f"# {column.about}", tomli_w.dumps({column.name: values[column.name]})]
