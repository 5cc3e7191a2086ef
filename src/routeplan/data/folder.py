"""What lies in an instance's folder."""

from pathlib import Path

from routeplan.data.header import did_you_mean
from routeplan.errors import Problem
from routeplan.scenario import SCENARIOS_FILE
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import SETTINGS_FILE

DERIVATION = "derivation.csv"
"""How the numbers of an imported instance were made; for readers."""


def folder_problems(folder: Path) -> list[Problem]:
    """Say why a path is no folder of an instance at all, in one problem; none when it looks like one."""
    what = "a folder with instance.toml and CSV tables"
    try:
        if not folder.exists():
            return [Problem(str(folder), 0, f"does not exist; allowed: {what}")]
        if not folder.is_dir():
            return [Problem(str(folder), 0, f"is a file; allowed: {what}")]
        names = {path.name for path in folder.iterdir()}
    except OSError as error:
        return [Problem(str(folder), 0, f"cannot be read: {error.strerror or error}")]
    if names.isdisjoint({SETTINGS_FILE, *(table.file for table in INPUT_TABLES.values())}):
        return [Problem(str(folder), 0, f"holds no instance; allowed: {what}")]
    return []


def table_files(folder: Path) -> dict[str, Path]:
    """The files of tables in a folder, by the table's name, in the schema's order."""
    paths = {name: folder / table.file for name, table in INPUT_TABLES.items()}
    return {name: path for name, path in paths.items() if path.exists()}


def stray_tables(folder: Path) -> list[Problem]:
    """Refuse CSV and TOML files that are not of the format: one that is misspelt must not be lost."""
    others = [
        Problem(path.name, 0, f"is no file of the format; allowed: {SETTINGS_FILE} and {SCENARIOS_FILE}")
        for path in sorted(folder.glob("*.toml"))
        if path.name not in (SETTINGS_FILE, SCENARIOS_FILE) and not path.name.startswith(("note", "."))
    ]
    return others + [
        Problem(
            path.name,
            0,
            f"is no table of the format{_nearest(path)}; allowed: tables, {DERIVATION} and note*.csv",
        )
        for path in sorted(folder.iterdir())
        if path.suffix.lower() == ".csv" and not _is_known(path.name)
    ]


def _is_known(file: str) -> bool:
    tables = {table.file for table in INPUT_TABLES.values()}
    return file in tables or file == DERIVATION or file.startswith(("note", "."))


def _nearest(path: Path) -> str:
    return did_you_mean(path.stem, list(INPUT_TABLES)).replace("'?)", ".csv'?)")
