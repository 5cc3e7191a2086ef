"""Completion of paths in a shell: the instances, workbooks and results that a command may be given."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from routeplan.data.paths import WORKBOOK_SUFFIX, holds_instance, holds_result, quoted

OPEN_IN_EXCEL = "~$"
"""Begin of the names of files that Excel keeps beside an open workbook."""


def instances(incomplete: str) -> list[str]:
    """Folders of instances, and workbooks, whose path begins as what is typed so far."""
    return sorted(_found(incomplete, _may_be_instance))


def results(incomplete: str) -> list[str]:
    """Folders of results whose path begins as what is typed so far."""
    return sorted(_found(incomplete, holds_result))


def _may_be_instance(path: Path) -> bool:
    book = path.suffix.lower() == WORKBOOK_SUFFIX and not path.name.startswith(OPEN_IN_EXCEL)
    return holds_instance(path) or (book and path.is_file())


def _found(incomplete: str, wanted: Callable[[Path], bool]) -> Iterator[str]:
    """Paths that are wanted, in the folder that is typed so far or in one of its folders.

    Shells end a completed word with a blank, so a folder that only leads to what is wanted is no answer by itself. Of
    names that would need quotes nothing is told: where nothing is, shells complete the names of files by themselves.
    """
    above, begun = os.path.split(incomplete)
    for path in _inside(Path(above)):
        if path.name.startswith(begun) and (begun or not path.name.startswith(".")):
            inside = [] if wanted(path) else _inside(path)
            near = [path] if wanted(path) else [each for each in inside if wanted(each)]
            typed = [os.path.join(above, each.relative_to(above or ".")) for each in near]  # noqa: PTH118
            yield from (text for text in typed if quoted(text) == text)


def _inside(folder: Path) -> list[Path]:
    """What is in a folder; nothing where it cannot be read, or is none."""
    with suppress(OSError):
        return list(folder.iterdir())
    return []
