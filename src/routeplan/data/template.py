"""An empty instance to fill in."""

import re
from pathlib import Path

from routeplan.data.folder_swap import refuse_unless_free, written_aside
from routeplan.data.paths import README_FILE
from routeplan.data.reference import format_reference
from routeplan.data.write import write_text
from routeplan.schema.column import Column, Kind
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import FORMAT_COLUMN, SETTING_COLUMNS, SETTINGS_FILE

__all__ = ["format_reference", "write_template"]

_EXAMPLES = {"title": '"Title for readers"', "currency_year": "2024", "base_year": "2026"}
_RATES = {"discount_rate": "0.03", "firm_rate": "0.12"}


def write_template(folder: str | Path) -> Path:
    """Write the header of every table, an ``instance.toml`` to fill in, and a README of every column.

    Parameters
    ----------
    folder : path
        Folder to make.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        When there is something of that name already.
    """
    target = Path(folder)
    refuse_unless_free(target)
    with written_aside(target) as aside:
        for table in INPUT_TABLES.values():
            write_text(aside / table.file, ",".join(table.names) + "\n")
        write_text(aside / SETTINGS_FILE, _settings(_slug(target.resolve().name)))
        write_text(aside / README_FILE, format_reference())
    return target


def _slug(name: str) -> str:
    """A folder's name as the name of an instance."""
    return re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_") or "my-region"


def _settings(name: str) -> str:
    lines = [line for column in (FORMAT_COLUMN, *SETTING_COLUMNS.values()) for line in _setting(column, name)]
    groups = ["# Where the data come from, in free text.", "[sources]", ""]
    return "\n".join([*lines, *groups])


def _setting(column: Column, name: str) -> list[str]:
    """A sentence on a key, and the key with a value to replace."""
    examples = {"name": f'"{name}"', **_EXAMPLES, **_RATES}
    return [f"# {column.about}", f"{column.name} = {examples.get(column.name) or _default(column)}", ""]


def _default(column: Column) -> str:
    if isinstance(column.default, float):
        return f"{column.default:g}"
    return str(column.default) if column.kind is Kind.FLAG else f'"{column.default}"'
