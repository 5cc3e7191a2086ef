"""Atomic writing of files: a file is written in full before it replaces the old one."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from routeplan.errors import UsageError


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
    path = path.resolve()
    aside = path.with_name(f".{path.stem}-{uuid.uuid4().hex[:8]}-new{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield aside
        aside.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
