"""Example instances that come with the package, to be copied out of it."""

import filecmp
import shutil
import stat
from enum import StrEnum
from pathlib import Path

from routeplan.data.folder_swap import keep_others, refuse_unless_ours, written_aside
from routeplan.data.paths import quoted
from routeplan.errors import FaultError, UsageError
from routeplan.schema.settings import SETTINGS_FILE

PACKAGE = Path(__file__).resolve().parents[1]

INSTANCES = "instances"
"""Folder of the instances: inside the package when it is installed from a wheel, else at the top of the checkout."""


class Example(StrEnum):
    """An instance that comes with the package."""

    TINY = "tiny"
    ACHTERHOEK = "achterhoek"


def shipped_folder(example: Example) -> Path:
    """Where an example is, in an installed package as in a checkout; nothing is to be written there.

    Raises
    ------
    FaultError
        When the package came without it.
    """
    settings = shipped(INSTANCES, example, SETTINGS_FILE)
    if settings is None:
        raise FaultError(f"the package has come without its example {example}")
    return settings.parent


def shipped(*parts: str) -> Path | None:
    """Where a file or folder that comes with the package is, installed or in a checkout; none where it lacks."""
    places = (above.joinpath(*parts) for above in (PACKAGE, PACKAGE.parents[1]))
    return next((place for place in places if place.exists()), None)


def copy_example(example: Example, folder: Path, overwrite: bool = False) -> None:
    """Copy an example to a folder, files that can be written; where its copy is already, nothing is done.

    Parameters
    ----------
    example : Example
        Which one.
    folder : Path
        The folder to make. Files of other names that are there are kept.
    overwrite : bool, optional
        Whether an instance that is there, and is no such copy, may be replaced.

    Raises
    ------
    UsageError
        When something else is there, or the folder cannot be written.
    """
    shipped = shipped_folder(example)
    if _is_copy(folder, shipped):
        return
    if not overwrite and (folder / SETTINGS_FILE).is_file():
        raise UsageError(
            f"{folder} is not the example {example} as it is shipped, so it stays; --overwrite replaces it, --out DIR "
            f"writes elsewhere, and to plan it as it is: routeplan solve {quoted(folder)}"
        )
    refuse_unless_ours(folder, overwrite, SETTINGS_FILE, "instance")
    with written_aside(folder) as aside:
        # The package may be read-only; a copy is there to be changed.
        shutil.copytree(shipped, aside, copy_function=shutil.copyfile, dirs_exist_ok=True)
        for path in (aside, *aside.rglob("*/")):
            path.chmod(path.stat().st_mode | stat.S_IRWXU)
        keep_others(folder, aside, [path.name for path in shipped.iterdir()])


def _is_copy(folder: Path, shipped: Path) -> bool:
    """Whether every file of the example is in a folder, to the byte."""
    names = [str(path.relative_to(shipped)) for path in shipped.rglob("*") if path.is_file()]
    return filecmp.cmpfiles(shipped, folder, names, shallow=False)[0] == names
