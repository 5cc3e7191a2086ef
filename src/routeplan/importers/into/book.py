"""Write a changed instance into a workbook: cells of its changed sheets and the derivation, all else as it was."""

from pathlib import Path

import pandas as pd

from routeplan.data.csv_cells import Cells
from routeplan.data.file_swap import file_written_aside
from routeplan.data.paths import DERIVATION, note_sheet
from routeplan.data.read import check_rules
from routeplan.data.workbook.add import values_of
from routeplan.data.workbook.cells import cells_of, text_of
from routeplan.data.workbook.file import Sheet, Value, read_sheets
from routeplan.data.workbook.patch import Changes, write_patched
from routeplan.errors import DataError, Message, UsageError
from routeplan.estimate.derivation import COLUMNS
from routeplan.importers.into.change import Change
from routeplan.importers.into.rows import SOURCE, differs, with_derivation
from routeplan.schema.column import Table

DERIVATION_SHEET = note_sheet(DERIVATION)
SHEET = Message("sheet {sheet}", sheet=DERIVATION_SHEET)

Row = dict[int, Value]


def write_merged_book(merged: Change, origin: Path, target: Path) -> None:
    """Write a changed instance as the workbook into which something was imported, or another.

    Parameters
    ----------
    merged : Change
        What `merge_capacity` or `place_sites` returned.
    origin : Path
        The workbook into which it was imported.
    target : Path
        The file to write; it appears complete and valid, or not at all.

    Raises
    ------
    UsageError
        When the file cannot be written, or `origin` holds another instance by now.
    DataError
        When the workbook would hold no valid instance.
    """
    names = {table.name for table in merged.tables}
    _, sheets = read_sheets(origin, {*names, DERIVATION_SHEET})
    changes = {table.name: _changes(merged, table, sheets.get(table.name)) for table in merged.tables}
    changes[DERIVATION_SHEET] = _derivation(merged, sheets.get(DERIVATION_SHEET))
    with file_written_aside(target) as aside:
        write_patched(origin, aside, changes)
        found = check_rules(aside)
        if found.problems:
            raise DataError(found.problems)
        if found.instance is None or found.instance.sha256 != merged.instance.sha256:
            raise UsageError(
                Message("{place} was changed while something was imported into it; allowed: to try again", place=origin)
            )


def _changes(merged: Change, table: Table, sheet: Sheet | None) -> Changes:
    """Cells of a sheet that are to change; where the sheet is not there, all of it."""
    before, after = merged.before[table.name], merged.instance[table.name]
    if before.equals(after):
        return {}
    if sheet is None:
        return _all_cells(after[table.names])
    cells = cells_of(table.file, table, sheet)
    places = {name: cells.place(position) for position, name in enumerate(cells.header)}
    changed = differs(before, after)
    given = {name: _news(before, after, name) for name in table.names if name in places or _told(before, after, name)}
    for name in cells.header:
        if name.startswith(SOURCE):
            given[name] = {
                row: merged.words.told(merged.source(SHEET)) if name == SOURCE else None for row in after.index[changed]
            }
    changes: dict[int, Row] = {}
    for name, values in given.items():
        if values and name not in places:
            places[name] = max(places.values()) + 1
            changes.setdefault(cells.header_line, {})[places[name]] = name
        for row, value in values.items():
            changes.setdefault(_line(cells, row), {})[places[name]] = value
    return changes


def _news(before: pd.DataFrame, after: pd.DataFrame, name: str) -> dict[int, Value]:
    """Values of a column that are other than before, by row; every one of a new row that is not empty."""
    old, new = values_of(before[name]), values_of(after[name])
    return {
        row: value for row, value in enumerate(new) if (value is not None if row >= len(old) else value != old[row])
    }


def _told(before: pd.DataFrame, after: pd.DataFrame, name: str) -> bool:
    """Whether a column says more than before."""
    return len(set(values_of(after[name])) - set(values_of(before[name]))) > 0


def _line(cells: Cells, row: int) -> int:
    """Row of the sheet on which a row of the table stands; new ones stand below the last."""
    lines = cells.lines.tolist()
    return int(lines[row] if row < len(lines) else max([cells.header_line, *lines]) + 1 + row - len(lines))


def _all_cells(frame: pd.DataFrame) -> Changes:
    columns = [[str(name), *values_of(frame[name])] for name in frame]
    return {line: dict(enumerate(row, start=1)) for line, row in enumerate(zip(*columns, strict=True), start=1)}


def _derivation(merged: Change, sheet: Sheet | None) -> Changes:
    """The sheet of the derivation, written anew from its first row."""
    if merged.derivation.empty:
        return {}
    if sheet is None or not sheet.rows:
        return _all_cells(with_derivation(pd.DataFrame(columns=COLUMNS, dtype="str"), merged, DERIVATION_SHEET))
    width = max(map(len, sheet.rows))
    header, *texts = [[text_of(value) for value in row] + [""] * (width - len(row)) for row in sheet.rows]
    written = with_derivation(pd.DataFrame(texts, columns=header, dtype="str"), merged, DERIVATION_SHEET)
    # Where rows stood apart, some of them would be left below.
    emptied: Changes = {line: dict.fromkeys(range(1, width + 1)) for line in sheet.lines}
    return {**emptied, **_all_cells(written)}
