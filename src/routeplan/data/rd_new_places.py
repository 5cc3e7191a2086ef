"""Places of tables that are given in metres of RD New: found, and converted to degrees."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from routeplan.data.csv_cells import Cells
from routeplan.data.csv_patch import Numbers
from routeplan.data.csv_text import number_text
from routeplan.data.typed import NUMBER
from routeplan.instance.horizon import FloatArray
from routeplan.instance.rd_new import is_rd_new, to_degrees
from routeplan.schema.column import Table

DECIMALS = 6
"""Of degrees: a tenth of a metre."""


@dataclass(frozen=True)
class Converted:
    """Places of a table that were converted from metres of RD New to degrees.

    Parameters
    ----------
    table : str
        Name of the table.
    numbers : Numbers
        The degrees, by line and place in the file or on the sheet.
    exchanged : int
        Of these places, how many had x (east) in the column lat and y (north) in lon.
    """

    table: str
    numbers: Numbers
    exchanged: int = 0

    @property
    def places(self) -> int:
        """How many were converted."""
        return len(self.numbers)


def conversion(found: list[Converted]) -> Callable[[Table, Cells], Cells]:
    """Make a change of cells, as reading takes it, that puts degrees in the place of metres of RD New.

    Parameters
    ----------
    found : list of Converted
        To which each table with such places is added.
    """

    def in_degrees(table: Table, cells: Cells) -> Cells:
        if not {"lat", "lon"} <= {*table.names} & {*cells.header}:
            return cells
        lat, lon = (_numbers(cells, name) for name in ("lat", "lon"))
        rows = np.flatnonzero(is_rd_new(lat, lon))
        if not len(rows):
            return cells
        degrees = _degrees(cells, rows, *to_degrees(lat[rows], lon[rows]))
        exchanged = int(np.count_nonzero(lat[rows] < lon[rows]))
        found.append(Converted(table.name, _placed(cells, degrees), exchanged))
        return replace(cells, rows=[_with(each, degrees.get(row, {})) for row, each in enumerate(cells.rows)])

    return in_degrees


def _numbers(cells: Cells, name: str) -> FloatArray:
    """The numbers of a column, NaN where there is none: that is a fault, which reading tells."""
    column = cells.header.index(name)
    texts = [row[column].strip() if column < len(row) else "" for row in cells.rows]
    return np.array([float(text) if NUMBER.fullmatch(text) else np.nan for text in texts], dtype=float)


def _degrees(cells: Cells, rows: NDArray[np.intp], lat: FloatArray, lon: FloatArray) -> dict[int, dict[int, float]]:
    """New numbers by row and column, both counted from 0."""
    columns = [cells.header.index(name) for name in ("lat", "lon")]
    pairs = np.round(np.column_stack([lat, lon]), DECIMALS).tolist()
    return {row: dict(zip(columns, pair, strict=True)) for row, pair in zip(rows.tolist(), pairs, strict=True)}


def _placed(cells: Cells, degrees: dict[int, dict[int, float]]) -> Numbers:
    """The same by line and place."""
    return {
        int(cells.lines[row]): {cells.place(column): number for column, number in numbers.items()}
        for row, numbers in degrees.items()
    }


def _with(row: list[str], numbers: dict[int, float]) -> list[str]:
    return [number_text(numbers[column]) if column in numbers else cell for column, cell in enumerate(row)]
