"""Kind of a path, judged by its name and its files alone: a workbook, an instance or a result."""

import os
import re
import shlex
import subprocess
from pathlib import Path

from routeplan.errors import Message, UsageError
from routeplan.schema.result_file import INSTANCE_FOLDER, RESULT_FILE
from routeplan.schema.settings import SETTINGS_FILE

README_FILE = "README.md"
DERIVATION = "derivation.csv"
"""How the numbers of an imported instance were made; for readers, and a row for each number."""

NOTE = "note"
"""Sheets, files and columns whose names begin so are the user's own, and are not read."""

_UNFIT_FOR_SHEETS = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET = 31
"""Characters that the name of a sheet may not have, and how many it may have."""
LEGEND = f"{NOTE}_legend"
"""The sheet of a workbook that tells how to fill in the others."""

WORKBOOK_SUFFIX = ".xlsx"
FILE_SUFFIXES = (".csv", ".geojson", ".gpkg", ".html", ".json", ".ods", ".toml", ".xls", ".xlsm", ".zip")
"""Ends of names that are given to files, not to folders."""

MODEL_SUFFIXES = (".mps", ".mps.gz")
"""Names by which HiGHS knows the format of a model file."""


def quoted(*arguments: object) -> str:
    """Arguments of a command as they can be pasted into a shell: of Windows in double quotes, of others in single."""
    words = [str(argument) for argument in arguments]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def path_of(given: object) -> Path:
    """The path of what is to be read.

    Raises
    ------
    UsageError
        When it is none, but an instance or a result for example, which are read already.
    """
    if not isinstance(given, str | os.PathLike):
        article = "an" if type(given).__name__[0] in "AEIO" else "a"
        raise UsageError(
            f"{article} {type(given).__name__} is given where a path is wanted; allowed: a folder or workbook"
        )
    return Path(given)


def is_workbook(path: Path) -> bool:
    """Whether a path is meant to be a workbook: by its name, unless it is a folder."""
    return path.suffix.lower() == WORKBOOK_SUFFIX and not path.is_dir()


def note_sheet(file: str) -> str:
    """Name of the sheet of a workbook that holds what in a folder is a file beside the tables."""
    stem = _UNFIT_FOR_SHEETS.sub("_", Path(file).stem.lower())
    return (stem if stem.startswith(NOTE) else f"{NOTE}_{stem}")[:_LONGEST_SHEET]


def place_beside(place: Path, file: str) -> str:
    """Where a file that documents an instance is: in its folder, or on a sheet of its workbook."""
    if not is_workbook(place):
        return str(place / file)
    return Message("{place}, sheet {sheet}", place=place, sheet=note_sheet(file))


def plain_name(place: Path) -> str:
    """Name of a folder, or of a workbook without the end that marks it as one."""
    name = place.resolve().name
    return name[: -len(WORKBOOK_SUFFIX)] if is_workbook(place) else name


def refuse_file_name(folder: Path) -> None:
    """Refuse a path at which a folder is to be made, and whose name is that of a file.

    Raises
    ------
    UsageError
        When the name ends as those of workbooks, pages, layers and tables do, and no such folder is there.
    """
    if is_workbook(folder):
        raise UsageError(Message("{place} is the name of a workbook; allowed: the name of a folder", place=folder))
    if folder.suffix.lower() in FILE_SUFFIXES and not folder.is_dir():
        raise UsageError(
            Message(
                "{place} is the name of a file; allowed: the name of a folder, such as {other}",
                place=folder,
                other=folder.stem,
            )
        )


def holds_instance(folder: Path) -> bool:
    """Whether a folder is that of an instance, readable or not."""
    return (folder / SETTINGS_FILE).is_file()


def holds_result(folder: Path | str) -> bool:
    """Whether a folder is that of a result, readable or not, and not that of an instance."""
    place = Path(folder)
    return (place / RESULT_FILE).is_file() and not (place / SETTINGS_FILE).exists()


def refuse_result(folder: Path | str) -> None:
    """Refuse a result where an instance is wanted, and name the folder of its instance.

    Raises
    ------
    UsageError
        When the folder is that of a result.
    """
    if holds_result(folder):
        raise UsageError(
            Message(
                "{place} is a result; its instance is {instance}",
                place=Path(folder),
                instance=Path(folder) / INSTANCE_FOLDER,
            )
        )
