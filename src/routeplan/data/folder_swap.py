"""Atomic writing of folders: a folder is written in full before it replaces the old one."""

import shutil
import stat
import tempfile
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from routeplan.data.file_swap import behind_links
from routeplan.data.paths import refuse_file_name
from routeplan.errors import Message, UsageError, system_reason


def refuse_unless_free(folder: Path) -> None:
    """Refuse a path that is a file or named like one, or a folder that is not empty.

    Parameters
    ----------
    folder : Path
        Where a folder is to be made.

    Raises
    ------
    UsageError
        When there is a file, or a folder that is not empty, or the name is that of a file.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(Message("{place} is a file; allowed: a folder, or a new name", place=folder))
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(Message("{place} is there already; allowed: a new or empty folder", place=folder))
    refuse_file_name(folder)


def resolved(path: Path) -> Path:
    """A path without links.

    Raises
    ------
    UsageError
        When its links lead in a circle.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise UsageError(Message("{place} cannot be written: its links lead in a circle", place=path)) from error


def refuse_unless_ours(folder: Path, overwrite: bool, mark: str, what: str) -> None:
    """Refuse a path at which no folder can be made, unless there is one of the kind that may be replaced.

    Parameters
    ----------
    folder : Path
        Where a folder is to be made.
    overwrite : bool
        Whether one of its kind that is there may be replaced.
    mark : str
        Name of the file by which one of its kind is known.
    what : str
        What it holds: ``instance``.

    Raises
    ------
    UsageError
        When something is there that stays.
    """
    if not (overwrite and folder.is_dir() and any(folder.iterdir())):
        refuse_unless_free(folder)
    elif not (folder / mark).is_file():
        raise UsageError(
            Message(
                "{place} holds no {what}, so it stays; allowed: a folder with {mark}",
                place=folder,
                what=what,
                mark=mark,
            )
        )


def refuse_unless_writable(folder: Path) -> None:
    """Refuse a path at which no folder can be made, before any time is spent on its content.

    Parameters
    ----------
    folder : Path
        Where a folder is to be made, by way of one beside it.

    Raises
    ------
    UsageError
        When that cannot be.
    """
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    try:
        # Permissions do not tell of a file system that is full or read-only.
        Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=above)).rmdir()
    except OSError as error:
        why = Message("{place}: {why}", place=above, why=system_reason(error))
        raise UsageError(Message("{place} cannot be written: {why}", place=folder, why=why)) from error


def refuse_inside(folder: Path, origin: Path) -> None:
    """Refuse a path inside the folder that is to be copied to it.

    Raises
    ------
    UsageError
        When it lies there.
    """
    if origin.resolve() in behind_links(folder).parents:
        raise UsageError(
            Message("{place} lies inside {origin}; allowed: a folder beside it", place=folder, origin=origin)
        )


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

    Raises
    ------
    UsageError
        When the folder cannot be written.
    """
    folder = behind_links(folder)
    mark = uuid.uuid4().hex[:8]
    aside = folder.with_name(f".{folder.name}-{mark}-new")
    try:
        aside.mkdir(parents=True)
        yield aside
        _put_in_place(aside, folder, folder.with_name(f".{folder.name}-{mark}-old"))
    except OSError as error:
        raise UsageError(Message("{place} cannot be written: {why}", place=folder, why=_why(error))) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def copy_into(aside: Path, folder: Path, links: bool) -> None:
    """Copy all of a folder into a new one, which can be written even where the folder cannot.

    Parameters
    ----------
    aside : Path
        The new one, as `written_aside` offers it.
    folder : Path
        The folder.
    links : bool
        Whether symbolic links stay links; otherwise what they point at is copied, unless it is not there or holds them.
    """
    # Python's own ignore_dangling_symlinks takes relative links to be relative to the working folder.
    shutil.copytree(folder, aside, symlinks=links, ignore=None if links else _useless_links, dirs_exist_ok=True)
    aside.chmod(aside.stat().st_mode | stat.S_IRWXU)


def _useless_links(folder: str, names: list[str]) -> list[str]:
    links = [path for path in (Path(folder, name) for name in names) if path.is_symlink()]
    return [path.name for path in links if not path.exists() or Path(folder).resolve().is_relative_to(path.resolve())]


def put_file(path: Path, content: bytes) -> None:
    """Give a copied file another content, and the same permissions; of a link, not what it points at.

    Parameters
    ----------
    path : Path
        The file, in a folder as `written_aside` offers it.
    content : bytes
        What it is to hold.
    """
    mode = path.stat().st_mode
    path.unlink()
    path.write_bytes(content)
    path.chmod(mode)


def keep_others(folder: Path, aside: Path, ours: Collection[str]) -> None:
    """Copy files of other origin from a folder to the one that replaces it; links stay links.

    Parameters
    ----------
    folder : Path
        The folder, which need not be there.
    aside : Path
        The new one, as `written_aside` offers it.
    ours : collection of str
        Names of the files that are not copied.
    """
    for path in folder.iterdir() if folder.exists() else ():
        if path.name in ours:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, aside / path.name, symlinks=True)
        else:
            shutil.copy2(path, aside / path.name, follow_symlinks=False)


def _put_in_place(new: Path, folder: Path, old: Path) -> None:
    if not folder.exists():
        new.rename(folder)
        return
    try:
        folder.rename(old)
        new.rename(folder)
    except BaseException:
        # Ctrl-C between the two would leave neither in its place.
        if not folder.exists() and old.exists():
            old.rename(folder)
        raise
    # The new folder is in its place, whatever becomes of the old one.
    shutil.rmtree(old, ignore_errors=True)


def _why(error: OSError) -> str:
    """What went wrong; of a folder that could not be copied, at its first file."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        source, _, why = error.args[0][0]
        return f"{source}: {why}"
    return system_reason(error)
