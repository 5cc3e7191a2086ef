"""Bring a stored instance into the format of today."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from routeplan.data.csv_cells import Cells
from routeplan.data.read import read_with_free_columns
from routeplan.data.write import write
from routeplan.instance.rd_new import is_rd_new, to_degrees
from routeplan.schema.column import Table

DECIMALS = 6
"""Of degrees: a tenth of a metre."""


def migrate(path: str | Path, target: str | Path, *, rd_new: bool = False, overwrite: bool = False) -> Path:
    """Write an instance anew, in the format of today.

    Its settings then name the version of the format, its tables hold every column, and the columns that are the user's
    own are kept.

    Parameters
    ----------
    path : path
        Folder or workbook of the instance.
    target : path
        Where to; the same, to replace it.
    rd_new : bool
        Whether places in metres of RD New (EPSG:28992) are converted to degrees; those in degrees stay as they are.
    overwrite : bool
        Whether an instance that is there may be replaced.

    Returns
    -------
    Path
        The folder, or workbook.

    Raises
    ------
    DataError
        With everything else that is wrong with the instance.
    UsageError
        When there is something already that may not or must not be replaced.
    """
    instance, free = read_with_free_columns(path, mend=rd_new_to_degrees if rd_new else None)
    return write(instance, target, overwrite=overwrite, free=free)


def rd_new_to_degrees(table: Table, cells: Cells) -> Cells:
    """Convert the places of a table that are in metres of RD New to degrees.

    Parameters
    ----------
    table : Table
        Its declaration.
    cells : Cells
        Its cells as text.
    """
    if not {"lat", "lon"} <= {*table.names} & {*cells.header}:
        return cells
    lat, lon = (cells.header.index(name) for name in ("lat", "lon"))
    return replace(cells, rows=[_converted(row, lat, lon) for row in cells.rows])


def _converted(row: list[str], lat: int, lon: int) -> list[str]:
    try:
        one, other = float(row[lat]), float(row[lon])
    except (ValueError, IndexError):
        return row  # a fault that reading tells
    if not is_rd_new(one, other):
        return row
    degrees = dict(zip((lat, lon), to_degrees(one, other), strict=True))
    return [str(np.round(degrees[at], DECIMALS)) if at in degrees else cell for at, cell in enumerate(row)]
