"""Folders and files that commands must not replace, refused before any time is spent."""

from pathlib import Path

from routeplan import data
from routeplan.data.folder_swap import refuse_unless_ours, refuse_unless_writable
from routeplan.data.paths import WORKBOOK_SUFFIX, holds_instance, is_workbook
from routeplan.errors import Message, UsageError
from routeplan.schema.settings import SETTINGS_FILE

INSTANCE = Message("instance")


def refuse_to_replace(place: Path, overwrite: bool, elsewhere: str) -> None:
    """Refuse a file, or a folder that is not empty, unless it may be overwritten.

    Parameters
    ----------
    place : Path
        Where a file or folder is to be written; what is no file on a disk, such as ``/dev/null``, may be written to.
    overwrite : bool
        Whether what is there may be replaced.
    elsewhere : str
        The option that names another place, and what it takes.

    Raises
    ------
    UsageError
        When there is something.
    """
    there = any(place.iterdir()) if place.is_dir() else place.is_file()
    if there and not overwrite:
        raise UsageError(
            Message(
                "{place} is there already; --overwrite replaces it, {elsewhere} writes elsewhere",
                place=place,
                elsewhere=elsewhere,
            )
        )


def refuse_no_folder(file: Path, option: str) -> None:
    """Refuse a file whose folder is not there.

    Parameters
    ----------
    file : Path
        Where a file is to be written.
    option : str
        The option that names it.

    Raises
    ------
    UsageError
        When there is no such folder.
    """
    if not file.parent.is_dir():
        raise UsageError(f"there is no folder {file.parent}; allowed for {option}: a file in a folder that is there")


def refuse_what_blocks(file: Path, option: str) -> None:
    """Refuse what is neither a file nor a device such as ``/dev/null``: to write to a pipe waits for its reader.

    Parameters
    ----------
    file : Path
        Where a file is to be written.
    option : str
        The option that names it.

    Raises
    ------
    UsageError
        When it is there and is a pipe, a socket or a disk.
    """
    if file.exists() and not (file.is_file() or file.is_char_device()):
        raise UsageError(f"{file} is no file; allowed for {option}: the name of a file")


def refuse_to_replace_instance(place: Path, overwrite: bool) -> None:
    """Refuse a folder or workbook in which no instance can be written, or one of an instance that is to stay.

    Raises
    ------
    UsageError
        When there is an instance that may not be replaced, or something else, or the name is that of another file.
    """
    if is_workbook(place):
        refuse_to_replace(place, overwrite, f"--out BOOK{WORKBOOK_SUFFIX}")
        data.refuse_to_replace(place, INSTANCE, overwrite)
        return
    if not overwrite and holds_instance(place):
        raise UsageError(
            Message(
                "{place} holds an instance already; --overwrite replaces it, --out FOLDER writes elsewhere", place=place
            )
        )
    refuse_unless_ours(place, overwrite, SETTINGS_FILE, INSTANCE)
    refuse_unless_writable(place)


def refuse_no_time(option: str, seconds: float) -> None:
    """Refuse a limit of time that leaves none.

    Raises
    ------
    UsageError
        When it is not above 0.
    """
    if not seconds > 0.0:
        raise UsageError(f"{option} is {seconds:g}; allowed: more than 0 seconds")
