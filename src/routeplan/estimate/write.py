"""Writing of an estimated instance, with what documents it beside its tables."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from routeplan.data.paths import DERIVATION, README_FILE
from routeplan.data.write import write
from routeplan.instance.instance import Instance


def write_estimated(
    instance: Instance,
    derivation: pd.DataFrame,
    readme: str,
    folder: Path | str,
    *,
    overwrite: bool = False,
    more: Mapping[str, pd.DataFrame] | None = None,
) -> None:
    """Write an instance with ``README.md`` and ``derivation.csv`` beside its tables, in a workbook as sheets of notes.

    Parameters
    ----------
    instance : Instance
        The instance.
    derivation : DataFrame
        A row for each number that was estimated.
    readme : str
        What is weak in it, and how to trace a number.
    folder : path
        Folder of the instance, or its workbook.
    overwrite : bool
        Whether an instance that is there may be replaced; files of others in it are kept.
    more : mapping of str to DataFrame, optional
        Further tables to put beside, by the names of their files.

    Raises
    ------
    UsageError
        When the folder holds something already, and it may not or must not be replaced.
    """
    tables = {DERIVATION: derivation, **(more or {})}
    texts = {name: table.to_csv(index=False, lineterminator="\n") for name, table in tables.items()}
    write(instance, folder, overwrite=overwrite, beside={README_FILE: readme, **texts})
