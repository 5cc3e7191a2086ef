"""Tables that are declared, as the CSV files of a folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from routeplan.data.csv_cells import Unreadable, read_cells
from routeplan.data.csv_text import csv_text
from routeplan.data.typed import TypedTable, typed_table
from routeplan.data.write import write_text
from routeplan.errors import DataError, Problem
from routeplan.schema.column import Table


def write_tables(folder: Path, declared: Iterable[Table], tables: Mapping[str, pd.DataFrame]) -> None:
    """Write each table that is declared to its file in a folder that is there."""
    for table in declared:
        write_text(folder / table.file, csv_text(table, tables[table.name]))


def read_tables(folder: Path, declared: Iterable[Table]) -> dict[str, TypedTable]:
    """Read each table that is declared from its file in a folder.

    Raises
    ------
    DataError
        With everything in any of them that cannot be read.
    """
    read: dict[str, TypedTable] = {}
    problems: list[Problem] = []
    for table in declared:
        try:
            read[table.name] = typed_table(table, read_cells(folder / table.file))
        except Unreadable as refused:
            problems.append(refused.problem)
        else:
            problems += read[table.name].problems
    if problems:
        raise DataError(problems)
    return read
