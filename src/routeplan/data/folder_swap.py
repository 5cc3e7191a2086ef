"""Write a folder in full before it takes its place, so that nobody ever finds half of it."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_aside(folder: Path) -> Iterator[Path]:
    """Offer a new folder beside `folder`, which takes its place when the block ends well.

    Parameters
    ----------
    folder : Path
        The folder to make; one that is there is replaced, and put back if that fails.

    Yields
    ------
    Path
        An empty folder to write into; gone when the block fails.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    mark = uuid.uuid4().hex[:8]
    aside = folder.with_name(f".{folder.name}-{mark}-new")
    aside.mkdir()
    try:
        yield aside
        _put_in_place(aside, folder, folder.with_name(f".{folder.name}-{mark}-old"))
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put_in_place(new: Path, folder: Path, old: Path) -> None:
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old)
