"""A page on disk."""

from pathlib import Path

from routeplan.data.file_swap import file_written_aside
from routeplan.errors import UsageError

PAGE_SUFFIX = ".html"

OURS = '<meta name="generator" content="routeplan'
"""By this in its head a page is known as one of ours."""

_HEAD = 4096
"""So far into the file, at most [characters]."""


def refuse_unless_page(path: Path) -> None:
    """Refuse to take the place of a file that is no page of ours.

    Raises
    ------
    UsageError
        When there is one.
    """
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error
    if OURS not in head:
        raise UsageError(f"{path} is there already and is no page of routeplan; allowed: a new name, or such a page")


def write_page(text: str, path: Path) -> int:
    """Write a page.

    Parameters
    ----------
    text : str
        The page.
    path : Path
        Its file; a page that is there is replaced.

    Returns
    -------
    int
        Its size [bytes].

    Raises
    ------
    UsageError
        When it cannot be written, or there is something else.
    """
    refuse_unless_page(path)
    data = text.encode()
    with file_written_aside(path) as aside:
        aside.write_bytes(data)
    return len(data)
