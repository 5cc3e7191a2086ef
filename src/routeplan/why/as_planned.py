"""What of a program stays as a plan has it, and the program of the rest."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.result.amounts import Amounts
from routeplan.tolerances import FEASIBILITY

PLACED = ("built", "open")
"""Variables of links and hubs that are in place."""

STAYS = ("runs", "start", "overrun", "grant", "request", "connection", "drawn", "open", "output", "built", "flow")
"""Variables that may stay as planned."""


@dataclass(frozen=True, eq=False)
class Free:
    """What is left to decide; all else stays as planned.

    Left are what some processes do, the connections of some contracts, links and hubs of some carriers beside those
    that are there, flows, grid reinforcements, and who brings what of a supply.

    Parameters
    ----------
    processes, contracts : collection of str
        The processes, and the contracts of their sites.
    built : collection of str
        Carriers of which links and hubs may come.
    carried : collection of str
        Carriers whose flows may change.
    anew : collection of str
        Carriers of which links and hubs that are there may go, too.
    """

    processes: Collection[str]
    contracts: Collection[str]
    built: Collection[str]
    carried: Collection[str]
    anew: Collection[str] = ()

    def fixed(self, program: Program, amounts: Amounts) -> tuple[NDArray[np.bool_], FloatArray]:
        """Which columns of a program stay as planned, and their values."""
        count = program.matrices.rows.shape[1]
        fixed, values = np.zeros(count, dtype=bool), np.zeros(count)
        for variable in STAYS:
            block, planned = program.columns[variable], amounts[variable]
            there = (block.position >= 0) & self._stays(variable, block.table, planned).to_numpy()
            fixed[block.position[there]] = True
            values[block.position[there]] = planned[there]
        return fixed, values

    def _stays(self, variable: str, table: pd.DataFrame, planned: FloatArray) -> "pd.Series[bool]":
        if "process" in table:
            stays = ~table["process"].isin(self.processes)
        elif "contract" in table:
            stays = ~table["contract"].isin(self.contracts)
        else:
            stays = ~table["carrier"].isin(self.built if variable in PLACED else self.carried)
        return stays | ((planned > 0.5) & ~table["carrier"].isin(self.anew)) if variable in PLACED else stays


@dataclass(frozen=True, eq=False)
class Reduced:
    """A program of which some columns are fixed.

    Parameters
    ----------
    matrices : Matrices
        The program of the columns that are left; what is fixed is in the sides of its rows and in its offset.
    columns : IntArray, shape (C,)
        The columns that are left, in the whole program.
    rows : IntArray, shape (R,)
        The rows that have one of them.
    """

    matrices: Matrices
    columns: IntArray
    rows: IntArray


def reduced(whole: Matrices, fixed: NDArray[np.bool_], values: FloatArray) -> Reduced:
    """Take out of a program what is fixed.

    Parameters
    ----------
    whole : Matrices
        The program.
    fixed : array of bool, shape (C,)
        Its columns that are fixed.
    values : FloatArray, shape (C,)
        Their values.
    """
    free = np.flatnonzero(~fixed)
    used = whole.rows[:, np.flatnonzero(fixed)] @ values[fixed]
    rows = whole.by_row[:, free]
    there = np.flatnonzero(np.diff(rows.indptr) > 0)
    # The plan may have used up the tolerance of a row. Where nothing is fixed there is none to add: sides of 1e-6 where
    # 0 is meant make the presolve of HiGHS 1.16 tell wrong optima.
    slack = FEASIBILITY * np.where(used == 0.0, 0.0, np.maximum(1.0, np.abs(used)))
    matrices = Matrices(
        rows=sparse.csc_array(rows[there]),
        row_lower=(whole.row_lower - used - slack)[there],
        row_upper=(whole.row_upper - used + slack)[there],
        lower=whole.lower[free],
        upper=whole.upper[free],
        cost=whole.cost[free],
        offset=whole.offset + float(whole.cost[fixed] @ values[fixed]),
        integer=whole.integer[free],
    )
    return Reduced(matrices, free, there)
