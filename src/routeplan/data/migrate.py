"""Bring a stored instance into the format of today: what must change changes, and everything else stays."""

from dataclasses import dataclass
from pathlib import Path

from routeplan import data
from routeplan.data.csv_patch import patched_csv
from routeplan.data.file_swap import refuse_read_only
from routeplan.data.folder_swap import copy_into, keep_others, put_file, refuse_inside, written_aside
from routeplan.data.format_line import with_format
from routeplan.data.paths import is_workbook
from routeplan.data.rd_new_places import Converted, conversion
from routeplan.data.read import read, read_with_free_columns
from routeplan.data.write import OURS, refuse_to_replace, write
from routeplan.errors import UsageError
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import SETTINGS_FILE


@dataclass(frozen=True)
class Migrated:
    """An instance in the format of today.

    Parameters
    ----------
    path : Path
        The folder, or workbook.
    converted : tuple of Converted
        For each table that had places in metres of RD New, what was converted.
    written : bool
        Whether anything was; not where an instance is of today already, and stays in its place.
    """

    path: Path
    converted: tuple[Converted, ...]
    written: bool


def migrate(path: str | Path, target: str | Path, *, rd_new: bool = False, overwrite: bool = False) -> Migrated:
    """Bring an instance into the format of today.

    Its settings then name the version of the format, and with `rd_new` places are in degrees. Everything else stays as
    it is, to the last byte: in a folder comments, order, quotation marks, line ends, columns and other files; in a
    workbook formats, filters, formulas, notes and other sheets. Only from a folder to a workbook, or the other way, all
    is written anew, with the columns that are the user's own.

    Parameters
    ----------
    path : path
        Folder or workbook of the instance.
    target : path
        Where to; the same, to change it in its place.
    rd_new : bool
        Whether places in metres of RD New (EPSG:28992) are converted to degrees; those in degrees stay as they are.
    overwrite : bool
        Whether an instance that is there may be replaced. Files in its folder that are no part of it are kept.

    Returns
    -------
    Migrated
        Where it is, and which places were converted. It appears complete, or not at all.

    Raises
    ------
    DataError
        With everything else that is wrong with the instance.
    UsageError
        When there is something already that may not or must not be replaced, or that cannot be written.
    """
    origin, place = Path(path), Path(target)
    found: list[Converted] = []
    instance, free = read_with_free_columns(origin, mend=conversion(found) if rd_new else None)
    if is_workbook(origin) != is_workbook(place):
        refuse_read_only(place)
        write(instance, place, overwrite=overwrite, free=free)
        return Migrated(place, tuple(found), True)
    bring = _migrate_workbook if is_workbook(origin) else _migrate_folder
    written = bring(origin, place, found, overwrite, instance.sha256)
    return Migrated(place, tuple(found), written)


def _migrate_workbook(origin: Path, target: Path, found: list[Converted], overwrite: bool, sha256: str) -> bool:
    """Write a workbook with what changes; False where there is no need."""
    changes = {table.table: table.numbers for table in found} | data.format_cells(origin)
    if overwrite and not changes and _is_same(origin, target):
        return False
    with data.changed_workbook_aside(origin, target, changes, overwrite) as aside:
        _refuse_another(aside, origin, sha256)
    return True


def _migrate_folder(origin: Path, target: Path, found: list[Converted], overwrite: bool, sha256: str) -> bool:
    """Write a folder with what changes; False where there is no need."""
    refuse_to_replace(target, overwrite)
    refuse_inside(target, origin)
    news, in_place = _news(origin, found), _is_same(origin, target)
    if in_place and not news:
        return False
    for path in (target, *(target / name for name in news if in_place)):
        refuse_read_only(path)
    with written_aside(target) as aside:
        copy_into(aside, origin, in_place)
        for name, text in news.items():
            put_file(aside / name, text)
        if not in_place:
            keep_others(target, aside, {*OURS, *(path.name for path in aside.iterdir())})
        _refuse_another(aside, origin, sha256)
    return True


def _news(origin: Path, found: list[Converted]) -> dict[str, bytes]:
    """Files of a folder that change, by name."""
    settings = _text(origin / SETTINGS_FILE)
    news = {SETTINGS_FILE: with_format(settings)} if with_format(settings) != settings else {}
    for each in found:
        file = INPUT_TABLES[each.table].file
        news[file] = patched_csv(_text(origin / file), each.numbers)
    return {name: text.encode() for name, text in news.items()}


def _text(path: Path) -> str:
    """A file that has been read, its byte-order mark and line ends as they are."""
    return path.read_bytes().decode("utf-8")


def _is_same(origin: Path, target: Path) -> bool:
    return target.exists() and target.samefile(origin)


def _refuse_another(aside: Path, origin: Path, sha256: str) -> None:
    """Refuse what is not the instance that was read."""
    if read(aside).sha256 != sha256:
        raise UsageError(f"{origin} was changed while it was migrated; allowed: to try again")
