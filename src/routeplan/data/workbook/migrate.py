"""A workbook in the format of today: only cells that must change do, all else in it stays."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from routeplan.data.file_swap import file_written_aside, refuse_read_only
from routeplan.data.workbook.add import refuse_to_replace
from routeplan.data.workbook.file import Value, read_sheets
from routeplan.data.workbook.patch import Changes, write_patched
from routeplan.data.workbook.settings import settings_given
from routeplan.data.workbook.sheets import INSTANCE_SHEET
from routeplan.schema.settings import FORMAT, FORMAT_COLUMN, FORMAT_KEY


def format_cells(path: Path) -> dict[str, Changes]:
    """Cells that must change so that the sheet of settings names the version of the format, by that sheet.

    Parameters
    ----------
    path : Path
        The workbook, which must be that of an instance.
    """
    _, sheets = read_sheets(path, {INSTANCE_SHEET.name})
    cells, given, _ = settings_given(sheets[INSTANCE_SHEET.name])
    if given.get(FORMAT_KEY) == FORMAT:
        return {}
    places = {name: cells.place(position) for position, name in enumerate(cells.header)}
    keys = [row[cells.header.index("key")] for row in cells.rows]
    if FORMAT_KEY in keys:
        return {INSTANCE_SHEET.name: {int(cells.lines[keys.index(FORMAT_KEY)]): {places["value"]: FORMAT}}}
    new: dict[str, Value] = {"key": FORMAT_KEY, "value": FORMAT, "note": FORMAT_COLUMN.about}
    below = max([cells.header_line, *cells.lines.tolist()]) + 1
    return {INSTANCE_SHEET.name: {below: {places[name]: value for name, value in new.items() if name in places}}}


@contextmanager
def changed_workbook_aside(
    origin: Path, target: Path, changes: Mapping[str, Changes], overwrite: bool
) -> Iterator[Path]:
    """Offer a workbook with some of its cells changed, which takes its place when the block ends well.

    Parameters
    ----------
    origin : Path
        The workbook.
    target : Path
        The file to write, which may be the same.
    changes : mapping of str to Changes
        New values by sheet; without any it is copied.
    overwrite : bool
        Whether a workbook of an instance that is there may be replaced.

    Yields
    ------
    Path
        The workbook, to be looked at before it takes its place.

    Raises
    ------
    UsageError
        When it cannot be written, or something is there that may not or must not be replaced.
    """
    refuse_to_replace(target, INSTANCE_SHEET.name, overwrite)
    refuse_read_only(target)
    with file_written_aside(target) as aside:
        if changes:
            write_patched(origin, aside, changes)
        else:
            shutil.copyfile(origin, aside)
        if target.exists():
            shutil.copymode(target, aside)
        yield aside
