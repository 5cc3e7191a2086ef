"""The folder of an instance: its settings, scenarios and tables."""

from pathlib import Path

from routeplan.data.csv_cells import Cells, read_cells
from routeplan.data.paths import DERIVATION
from routeplan.data.scenario_file import read_scenarios
from routeplan.data.settings_file import read_settings
from routeplan.errors import Problem
from routeplan.instance.rules.words import did_you_mean
from routeplan.instance.scenario import SCENARIOS_FILE, Scenario
from routeplan.schema.column import Table
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import SETTINGS_FILE, Settings

OTHER_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".ods")


class Folder:
    """A folder of tables; the places of its problems are files and lines.

    Parameters
    ----------
    path : Path
        The folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def problems(self) -> list[Problem]:
        """Reason why the path is no folder of an instance, in one problem; none when it looks like one."""
        return folder_problems(self.path)

    def settings(self) -> tuple[Settings | None, list[Problem]]:
        """Read ``instance.toml``."""
        return read_settings(self.path)

    def scenarios(self) -> tuple[tuple[Scenario, ...], list[Problem]]:
        """Read ``scenarios.toml``."""
        return read_scenarios(self.path)

    def strays(self) -> list[Problem]:
        """Refuse CSV and TOML files that are not of the format."""
        return stray_tables(self.path)

    def cells(self, table: Table) -> Cells | None:
        """Read the cells of a table's file; None when it is not there."""
        path = self.path / table.file
        return read_cells(path) if path.exists() else None

    def hidden(self) -> list[Problem]:
        """Tell nothing: files hide nothing."""
        return []

    def placed(self, problem: Problem) -> Problem:
        """Leave the problem where it is."""
        return problem


def folder_problems(folder: Path) -> list[Problem]:
    """Reason why a path is no folder of an instance, in one problem; none when it looks like one."""
    what = "a folder with instance.toml and CSV tables"
    try:
        if not folder.exists():
            return [Problem(str(folder), 0, f"does not exist; allowed: {what}")]
        if folder.suffix.lower() in OTHER_SPREADSHEETS and not folder.is_dir():
            return [Problem(str(folder), 0, f"is a spreadsheet of another kind; allowed: {what}, or an .xlsx workbook")]
        if not folder.is_dir():
            return [Problem(str(folder), 0, f"is a file; allowed: {what}")]
        names = {path.name for path in folder.iterdir()}
    except OSError as error:
        return [Problem(str(folder), 0, f"cannot be read: {error.strerror or error}")]
    if names.isdisjoint({SETTINGS_FILE, *(table.file for table in INPUT_TABLES.values())}):
        return [Problem(str(folder), 0, f"holds no instance; allowed: {what}")]
    return []


def stray_tables(folder: Path) -> list[Problem]:
    """Refuse CSV and TOML files that are not of the format: a misspelt table must not be lost."""
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
