"""Folders and files that commands must not replace, refused before any time is spent."""

from pathlib import Path

from routeplan.data.paths import holds_instance
from routeplan.errors import UsageError


def refuse_to_replace_instance(folder: Path, overwrite: bool) -> None:
    """Refuse the folder of an instance, unless it may be overwritten.

    Raises
    ------
    UsageError
        When there is an instance.
    """
    if not overwrite and holds_instance(folder):
        raise UsageError(f"{folder} holds an instance already; --overwrite replaces it, --out FOLDER writes elsewhere")
