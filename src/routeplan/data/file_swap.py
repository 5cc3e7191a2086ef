"""Atomic writing of files: a file is written in full before it replaces the old one."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from routeplan.errors import Message, UsageError, system_reason


def refuse_read_only(path: Path) -> None:
    """Refuse a file or folder that somebody has made read-only: it could be replaced all the same.

    Raises
    ------
    UsageError
        When it is there, and may not be written.
    """
    if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
        raise UsageError(Message("{place} is read-only, so it stays; allowed: a place that can be written", place=path))


def refuse_existing(path: Path) -> None:
    """Refuse a place at which there is something already.

    Raises
    ------
    UsageError
        When there is.
    """
    if path.exists():
        raise UsageError(Message("{place} is there already; allowed: a new name", place=path))


def behind_links(path: Path) -> Path:
    """Where a path leads, symbolic links followed.

    Raises
    ------
    UsageError
        When they lead in a circle.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        raise UsageError(
            Message("{place} cannot be written: its symbolic links lead in a circle", place=path)
        ) from None


@contextmanager
def file_written_aside(path: Path) -> Iterator[Path]:
    """Offer a new file beside `path`, which takes its place when the block ends well.

    Parameters
    ----------
    path : Path
        The file to make; one that is there is replaced. Folders above it are made.

    Yields
    ------
    Path
        Where to write.

    Raises
    ------
    UsageError
        When it cannot be written.
    """
    path = behind_links(path)
    aside = path.with_name(f".{path.stem}-{uuid.uuid4().hex[:8]}-new{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield aside
        aside.replace(path)
    except OSError as error:
        raise UsageError(Message("{place} cannot be written: {why}", place=path, why=system_reason(error))) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
