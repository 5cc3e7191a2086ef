"""Verdicts as a folder of CSV files."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from routeplan.data.csv_text import csv_text
from routeplan.data.folder_swap import keep_others, refuse_unless_ours, written_aside
from routeplan.data.write import write_text
from routeplan.schema.verdicts import VERDICT_TABLES

FILES = {name: f"{name}.csv" for name in VERDICT_TABLES}
"""File of each table."""

MARK = FILES["projects"]
"""File by which a folder of verdicts is known."""


def refuse_to_write_verdicts(folder: Path, overwrite: bool) -> None:
    """Refuse a folder to which no verdicts can or must be written.

    Raises
    ------
    UsageError
        When there is something that is no folder of verdicts, or one that may not be replaced.
    """
    refuse_unless_ours(folder, overwrite, MARK, "verdicts")


def write_verdicts(tables: Mapping[str, pd.DataFrame], folder: Path | str, *, overwrite: bool = False) -> Path:
    """Write verdicts to a folder, which appears complete or not at all.

    Parameters
    ----------
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
    target = Path(folder)
    refuse_to_write_verdicts(target, overwrite)
    with written_aside(target) as aside:
        keep_others(target, aside, tuple(FILES.values()))
        for name, file in FILES.items():
            write_text(aside / file, csv_text(VERDICT_TABLES[name], tables[name]))
    return target
