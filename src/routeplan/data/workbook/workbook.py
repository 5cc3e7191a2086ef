"""An instance in one Excel workbook: a sheet for each table, `instance` and `scenarios` among them."""

import re
from dataclasses import replace
from pathlib import Path

from openpyxl.utils import get_column_letter

from routeplan.data.csv_cells import Cells, Unreadable
from routeplan.data.paths import NOTE
from routeplan.data.scenario_file import TITLES, scenarios_from
from routeplan.data.settings_file import settings_from
from routeplan.data.workbook.cells import cells_of
from routeplan.data.workbook.design_sheets import is_design_sheet
from routeplan.data.workbook.file import ALLOWED, Sheet, read_sheets
from routeplan.data.workbook.hidden import hidden_in
from routeplan.data.workbook.scenarios import ScenarioSheet
from routeplan.data.workbook.settings import settings_given
from routeplan.data.workbook.sheets import INSTANCE_SHEET, declared_scenarios
from routeplan.errors import Problem
from routeplan.instance.rules.words import did_you_mean
from routeplan.instance.scenario import SCENARIOS_FILE, Scenario
from routeplan.schema.column import Table
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.result_file import RESULT_FILE
from routeplan.schema.settings import SETTING_COLUMNS, SETTINGS_FILE, Settings

INSTANCE, SCENARIOS = INSTANCE_SHEET.name, declared_scenarios(1).name
RESULT = Path(RESULT_FILE).stem
"""The first sheet of a workbook of a result."""
SHEETS = (INSTANCE, SCENARIOS, *INPUT_TABLES)
_SHEET_OF = {SETTINGS_FILE: INSTANCE, SCENARIOS_FILE: SCENARIOS} | {
    table.file: name for name, table in INPUT_TABLES.items()
}
_TABLE_FILE = re.compile(rf"\b({'|'.join(INPUT_TABLES)})\.csv\b")
_GROUP = re.compile(r"a group of keys, below a line \[(\w+)\]")
_NAMELESS = re.compile(r"column (\d+) has no name")
_KEYS_OF_SCENARIOS = {"name": "scenario"} | {name: name for name in (*TITLES, "probability", "table", "column")}


class Workbook:
    """A workbook; its problems name sheet and cell.

    A sheet is read as if it were a CSV file of a folder, so that the same rules hold and the same words are said;
    `placed` turns file, line and column into sheet and cell.

    Parameters
    ----------
    path : Path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._titles: list[str] = []
        self._sheets: dict[str, Sheet] = {}
        self._headers: dict[str, Cells] = {}
        self._lines: dict[str, dict[str, int]] = {}

    def problems(self) -> list[Problem]:
        """Reason why the file is no workbook of an instance, in one problem; none when it looks like one."""
        try:
            self._titles, self._sheets = read_sheets(self.path, set(SHEETS))
        except Unreadable as refused:
            return [refused.problem]
        if RESULT in self._titles and INSTANCE not in self._titles:
            return [Problem(str(self.path), 0, f"holds a result, to be read; allowed: {ALLOWED} of an instance")]
        if not self._sheets:
            return [Problem(str(self.path), 0, f"holds no instance; allowed: {ALLOWED}, and one named '{INSTANCE}'")]
        return []

    def settings(self) -> tuple[Settings | None, list[Problem]]:
        """Read the sheet of settings."""
        if INSTANCE not in self._sheets:
            return None, [Problem(SETTINGS_FILE, 0, "the sheet is missing; allowed: one in every instance")]
        try:
            cells, given, problems = settings_given(self._sheets.pop(INSTANCE))
        except Unreadable as refused:
            return None, [refused.problem]
        self._headers[SETTINGS_FILE] = cells
        if "key" in cells.header:
            keys = [row[cells.header.index("key")] for row in cells.rows]
            self._lines[SETTINGS_FILE] = dict(zip(keys, cells.lines.tolist(), strict=True))
        settings, more = settings_from(given) if given or not problems else (None, [])
        told = {problem.column for problem in problems}
        return (None if problems else settings), problems + [problem for problem in more if problem.column not in told]

    def scenarios(self) -> tuple[tuple[Scenario, ...], list[Problem]]:
        """Read the sheet of scenarios."""
        if SCENARIOS not in self._sheets:
            return (), []
        try:
            sheet = ScenarioSheet(self._sheets.pop(SCENARIOS))
        except Unreadable as refused:
            return (), [refused.problem]
        self._headers[SCENARIOS_FILE] = sheet.cells
        self._lines[SCENARIOS_FILE] = sheet.lines
        scenarios, more = scenarios_from(sheet.given)
        return (() if sheet.problems else scenarios), sheet.problems + more

    def strays(self) -> list[Problem]:
        """Refuse sheets that are not of the format, nor of hub designs."""
        return [
            Problem(
                self._on(title),
                0,
                f"is no sheet of the format{did_you_mean(title, list(SHEETS))}; "
                f"allowed: sheets named as tables, {INSTANCE}, {SCENARIOS}, and names that begin with {NOTE}",
            )
            for title in self._titles
            if title not in SHEETS and not title.startswith(NOTE) and not is_design_sheet(title)
        ]

    def cells(self, table: Table) -> Cells | None:
        """Read the cells of a table's sheet, which is then forgotten; None when it is not there."""
        sheet = self._sheets.pop(table.name, None)
        if sheet is None:
            return None
        cells = cells_of(table.file, table, sheet)
        self._headers[table.file] = replace(cells, rows=[])
        return cells

    def hidden(self) -> list[Problem]:
        """Tell which sheets, rows and columns are hidden, a line for each sheet: they count all the same."""
        return hidden_in(self.path, SHEETS)

    def placed(self, problem: Problem) -> Problem:
        """Problem with its sheet and cell."""
        sheet = _SHEET_OF.get(problem.file)
        if sheet is None:
            return problem
        line = problem.line or self._line(problem)
        cell = f"{self._letter(problem)}{line}" if line else ""
        return replace(problem, file=self._on(sheet), line=line, text=_in_words_of_a_workbook(problem.text), cell=cell)

    def _on(self, sheet: str) -> str:
        return f"{self.path.name}: {sheet}"

    def _line(self, problem: Problem) -> int:
        """The row of a setting, or of a scenario and its change, by the longest words that begin the message."""
        lines = self._lines.get(problem.file, {})
        if problem.file == SETTINGS_FILE:
            return lines.get(problem.column, 0)
        begun = [words for words in lines if problem.text.startswith(words)]
        return lines[max(begun, key=len)] if begun else 0

    def _letter(self, problem: Problem) -> str:
        """The column on the sheet; of several of one name the last, which is the one too many."""
        if nameless := _NAMELESS.match(problem.text):
            return get_column_letter(int(nameless.group(1)))
        cells = self._headers.get(problem.file)
        header = cells.header if cells else []
        column = problem.column
        if problem.file == SETTINGS_FILE and column not in header:
            column = "value" if column in SETTING_COLUMNS else "key"
        if problem.file == SCENARIOS_FILE and not problem.line:
            column = _KEYS_OF_SCENARIOS.get(column, "action")
        found = [cells.place(position) for position, name in enumerate(header) if cells and name == column]
        return get_column_letter(max(found, default=1))


def _in_words_of_a_workbook(text: str) -> str:
    """Replace files by sheets, and lines by rows, in a message."""
    text = text.replace("the file is missing", "the sheet is missing")
    text = _GROUP.sub(r"keys such as \1.prices", text)
    return _TABLE_FILE.sub(r"sheet \1", text).replace("on one line only (line ", "on one row only (row ")
