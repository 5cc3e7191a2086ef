"""What the solver's presolve leaves of a program: it is smaller, and its linear relaxation is tighter."""

import time
from dataclasses import replace
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.solver.options import demand
from routeplan.solver.session import Abandoned, Session
from routeplan.solver.solution import Limits
from routeplan.solver.user_scale import UserScale


class Presolve(Session):
    """A program that the solver presolves; use it as a context manager.

    Above all *probing* (what follows from each binary being 0 or 1) tightens rows. Presolve hears no request to stop:
    it is abandoned at its deadline or such a request.

    Parameters
    ----------
    matrices : Matrices
        The program, with integer columns.
    limits : Limits
        Options, and what ends it early.

    Raises
    ------
    FaultError
        When the solver does not take the program, or an option.
    """

    def __enter__(self) -> "Presolve":
        return self

    def __init__(self, matrices: Matrices, limits: Limits) -> None:
        super().__init__(matrices, replace(limits, log=None))

    def reduced(self) -> Matrices | None:
        """Find what presolve leaves, with other columns and rows; None where that is everything, or not known in time.

        Points of it have the same objective as those of the program that `restored` makes of them.
        """
        try:
            return self._in_thread(self._reduced, self._overdue(self._limits.deadline, grace=0.0))
        except Abandoned:
            return None

    def restored(self, point: FloatArray) -> FloatArray:
        """Find the point of the program, shape (C,), that belongs to one of what presolve leaves.

        Parameters
        ----------
        point : FloatArray, shape (K,)
            A point of it, or of its linear relaxation.
        """
        return self._in_thread(lambda: self._restored(point))

    def _reduced(self) -> Matrices | None:
        if UserScale.of(self._limits.options) != UserScale():
            return None  # what presolve leaves would be scaled
        highs, seconds = self._highs, self._limits.deadline - time.monotonic()
        if seconds < float("inf"):
            demand(highs.setOptionValue("time_limit", max(0.0, seconds)), "option time_limit")
        demand(highs.presolve(), "presolve")
        if highs.getModelPresolveStatus() != highspy.HighsPresolveStatus.kReduced:
            return None
        return _matrices(highs.getPresolvedLp())

    def _restored(self, point: FloatArray) -> FloatArray:
        solution = highspy.HighsSolution()
        solution.col_value, solution.value_valid = np.asarray(point, dtype=float).tolist(), True
        demand(self._highs.postsolve(solution), "postsolve")
        return np.array(self._highs.getSolution().col_value, dtype=float)


def _matrices(lp: Any) -> Matrices:
    entries = lp.a_matrix_
    rows = sparse.csc_array(
        (np.array(entries.value_), np.array(entries.index_), np.array(entries.start_)),
        shape=(lp.num_row_, lp.num_col_),
    )
    return Matrices(
        rows=rows,
        row_lower=np.array(lp.row_lower_, dtype=float),
        row_upper=np.array(lp.row_upper_, dtype=float),
        lower=np.array(lp.col_lower_, dtype=float),
        upper=np.array(lp.col_upper_, dtype=float),
        cost=np.array(lp.col_cost_, dtype=float),
        offset=float(lp.offset_),
        integer=np.array([kind == highspy.HighsVarType.kInteger for kind in lp.integrality_], dtype=bool),
    )
