"""Verdicts as a folder: their tables as CSV files, and the plan beside them."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from routeplan.data.folder_swap import keep_others, refuse_unless_ours, refuse_unless_writable, written_aside
from routeplan.data.tables import write_tables
from routeplan.result.folder import save
from routeplan.result.result import Result, refuse_unsolved
from routeplan.schema.verdicts import PROJECTS, VERDICT_TABLES

FILES = [table.file for table in VERDICT_TABLES.values()]
"""Files of its tables."""

MARK = PROJECTS.file
"""File by which a folder of verdicts is known."""

PLAN = "plan"
"""Folder in it of the result that the projects were held against."""


def holds_verdicts(folder: Path) -> bool:
    """Whether a folder is that of verdicts, readable or not: one that has some of the tables has lost the others."""
    return any((folder / file).is_file() for file in FILES)


def refuse_to_write_verdicts(folder: Path, overwrite: bool) -> None:
    """Refuse a folder to which no verdicts can or must be written.

    Raises
    ------
    UsageError
        When there is something that is no folder of verdicts, or one that may not be replaced.
    """
    refuse_unless_ours(folder, overwrite, MARK, "verdicts")
    refuse_unless_writable(folder)


def write_verdicts(
    result: Result, tables: Mapping[str, pd.DataFrame], folder: Path | str, *, overwrite: bool = False
) -> Path:
    """Write verdicts to a folder, which appears complete or not at all.

    Parameters
    ----------
    result : Result
        The result that the projects were held against; a copy of it is kept beside the tables.
    tables : mapping of str to DataFrame
        What `verdict_tables` makes.
    folder : path
        Where to.
    overwrite : bool
        Whether a folder of verdicts may be replaced; other files in it are kept.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        When there is something that may not be replaced.
    """
    refuse_unsolved(result)
    target = Path(folder)
    refuse_to_write_verdicts(target, overwrite)
    with written_aside(target) as aside:
        keep_others(target, aside, (*FILES, PLAN))
        save(result, aside / PLAN)
        write_tables(aside, VERDICT_TABLES.values(), tables)
    return target
