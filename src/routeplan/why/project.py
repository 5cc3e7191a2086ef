"""The program of one project: all other processes stay as planned, and shared limits are what the plan leaves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.model.decisions import tuples
from routeplan.model.matrices import Matrices
from routeplan.model.variables import Index
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.tolerances import FEASIBILITY
from routeplan.why.lifted import LiftableProgram

Planned = Mapping[str, pd.DataFrame]
"""Tables of a plan."""


@dataclass(frozen=True, eq=False)
class Project:
    """The program of one process, with every limit that may be lifted.

    Its columns are those of the eased program that the process or shared facilities decide, then a binary for each
    limit (1: it is lifted), then what is added to the rows of lifted limits.

    Parameters
    ----------
    liftable : LiftableProgram
        The instance's program with its limits.
    process : str
        The process.
    matrices : Matrices
        The program, with the cost of the instance.
    free : IntArray, shape (F,)
        Columns of the eased program that are left.
    added : IntArray, shape (A,)
        Groups of rows to which each of the last columns adds.
    """

    liftable: LiftableProgram
    process: str
    matrices: Matrices
    free: IntArray
    added: IntArray

    @property
    def first_limit(self) -> int:
        """Column of the first limit."""
        return len(self.free)

    @cached_property
    def _place(self) -> dict[int, int]:
        return {int(column): place for place, column in enumerate(self.free)}

    def column(self, variable: str, *index: object) -> int | None:
        """Column of a decision that is left; None where the eased instance rules it out too."""
        block = self.liftable.program.columns_of(variable)
        row = block.row_of.get(index)
        return None if row is None else self._place.get(int(block.position[row]))

    def forced(self, route: str, period: int) -> "Project | None":
        """The program in which the process starts a route in a period; None where that cannot be lifted."""
        found = [self.column(variable, self.process, route, period) for variable in ("runs", "start")]
        columns = [column for column in found if column is not None]
        if len(columns) < len(found):
            return None
        lower = self.matrices.lower.copy()
        lower[columns] = 1.0
        if (lower > self.matrices.upper).any():
            return None
        return replace(self, matrices=self.matrices.with_numbers(lower=lower))

    def with_lifted(self, limits: Collection[int]) -> Matrices:
        """The program in which these limits are lifted, and no others."""
        lower, upper = self.matrices.lower.copy(), self.matrices.upper.copy()
        at = np.arange(self.first_limit, self.first_limit + len(self.liftable.limits))
        lower[at] = upper[at] = np.isin(np.arange(len(at)), list(limits)).astype(float)
        return self.matrices.with_numbers(lower=lower, upper=upper)

    def possible(self, limits: Collection[int], search: Limits) -> bool | None:
        """Whether there is a plan with these limits lifted; None where the search ended without an answer."""
        matrices = self.with_lifted(limits)
        return answer(run(matrices.with_objective(np.zeros(len(matrices.cost))), search))


def answer(found: Solution) -> bool | None:
    """Whether a program has a point; None where that is not known."""
    if found.x is not None:
        return True
    return False if found.status is Ending.INFEASIBLE else None


def project(liftable: LiftableProgram, plan: Planned, process: str) -> Project:
    """Make the program of a process, all other processes being as in a plan.

    Parameters
    ----------
    liftable : LiftableProgram
        The instance's program with its limits.
    plan : mapping of str to DataFrame
        Tables of the plan: ``runs``, ``starts``, ``grants`` and ``built``.
    process : str
        The process.

    Raises
    ------
    UsageError
        When the instance has no such process.
    """
    if process not in set(liftable.instance["processes"]["process"]):
        raise UsageError(f"there is no process '{process}'")
    fixed, values = _as_planned(liftable, plan, process)
    return _reduced(liftable, process, fixed, values)


def _as_planned(liftable: LiftableProgram, plan: Planned, process: str) -> tuple[NDArray[np.bool_], FloatArray]:
    """Which columns of the eased program stay as planned, and their values."""
    program = liftable.program
    count = program.matrices.rows.shape[1]
    fixed, values = np.zeros(count, dtype=bool), np.zeros(count)
    for variable, planned in _values(plan).items():
        block = program.columns[variable]
        there = (block.position >= 0) & (block.table["process"] != process).to_numpy()
        at = block.position[there]
        fixed[at] = True
        keys = tuples(block.table[there], *block.variable.index)
        values[at] = [planned.get(key, 0.0) for key in keys]
    return fixed, values


def _values(plan: Planned) -> dict[str, dict[Index, float]]:
    """What processes do in a plan, by variable and index; what is not there is 0."""
    ones = {"runs": plan["runs"], "start": plan["starts"]}
    found = {name: dict.fromkeys(tuples(table, "process", "route", "period"), 1.0) for name, table in ones.items()}
    grants = plan["grants"]
    found["grant"] = dict(zip(tuples(grants, "process", "route", "period", "pot"), grants["amount"], strict=True))
    return found


def _reduced(liftable: LiftableProgram, process: str, fixed: NDArray[np.bool_], values: FloatArray) -> Project:
    """The program without what is fixed, and with its limits as decisions."""
    whole = liftable.program.matrices
    free = np.flatnonzero(~fixed)
    used = whole.rows[:, np.flatnonzero(fixed)] @ values[fixed]
    rows = whole.by_row[:, free]
    there = np.flatnonzero(np.diff(rows.indptr) > 0)
    # The plan may have used up the tolerance of a row.
    slack = FEASIBILITY * np.maximum(1.0, np.abs(used))
    left = Matrices(
        rows=sparse.csc_array(rows[there]),
        row_lower=(whole.row_lower - used - slack)[there],
        row_upper=(whole.row_upper - used + slack)[there],
        lower=whole.lower[free],
        upper=whole.upper[free],
        cost=whole.cost[free],
        offset=whole.offset + float(whole.cost[fixed] @ values[fixed]),
        integer=whole.integer[free],
    )
    matrices, added = _with_limits(liftable, left, free, there)
    return Project(liftable, process, matrices, free, added)


def _with_limits(
    liftable: LiftableProgram, left: Matrices, free: IntArray, there: IntArray
) -> tuple[Matrices, IntArray]:
    """The program with a binary for each limit, and columns that add to the rows of lifted ones."""
    count = len(liftable.limits)
    wider = left.with_columns(
        sparse.csc_array((left.rows.shape[0], count)),
        np.zeros(count),
        np.ones(count),
        np.zeros(count),
        np.ones(count, dtype=bool),
    )
    wider = _guarded(liftable, wider, free)
    return _eased_rows(liftable, wider, len(free), there)


def _guarded(liftable: LiftableProgram, matrices: Matrices, free: IntArray) -> Matrices:
    """The program in which guarded columns go beyond what is allowed only where their limits are lifted."""
    guards = liftable.guards
    place = np.full(liftable.program.matrices.rows.shape[1], -1)
    place[free] = np.arange(len(free))
    held = place[guards.column] >= 0
    column, limit, allowed = place[guards.column[held]], guards.limit[held], guards.allowed[held]
    beyond = matrices.upper[column] - allowed
    row = np.arange(len(column))
    entries = sparse.csr_array(
        (
            np.concatenate([np.ones(len(column)), -beyond]),
            (np.concatenate([row, row]), np.concatenate([column, len(free) + limit])),
        ),
        shape=(len(column), matrices.rows.shape[1]),
    )
    return matrices.with_rows(entries, allowed)


def _eased_rows(
    liftable: LiftableProgram, matrices: Matrices, first_limit: int, there: IntArray
) -> tuple[Matrices, IntArray]:
    """The program in which rows of lifted limits may be exceeded, by one amount for each group of rows."""
    rows = liftable.rows
    place = np.full(liftable.program.matrices.rows.shape[0], -1)
    place[there] = np.arange(len(there))
    held = place[rows.row] >= 0
    row, limit, group = place[rows.row[held]], rows.limit[held], rows.group[held]
    most = _most_excess(matrices)[row]
    added, example, number_of = np.unique(group, return_index=True, return_inverse=True)
    amount = np.zeros(len(added))
    np.maximum.at(amount, number_of, most)
    entries = sparse.csc_array((-np.ones(len(row)), (row, number_of)), shape=(matrices.rows.shape[0], len(added)))
    wider = matrices.with_columns(
        entries, np.zeros(len(added)), amount, np.zeros(len(added)), np.zeros(len(added), dtype=bool)
    )
    limit_of = limit[example]
    number = np.arange(len(added))
    begin = matrices.rows.shape[1]
    guards = sparse.csr_array(
        (
            np.concatenate([np.ones(len(added)), -amount]),
            (np.concatenate([number, number]), np.concatenate([begin + number, first_limit + limit_of])),
        ),
        shape=(len(added), begin + len(added)),
    )
    return wider.with_rows(guards, np.zeros(len(added))), added


def _most_excess(matrices: Matrices) -> FloatArray:
    """Most by which each row could be exceeded within the bounds of the columns."""
    positive, negative = matrices.by_row.maximum(0), matrices.by_row.minimum(0)
    most = positive @ matrices.upper + negative @ matrices.lower
    excess: FloatArray = np.maximum(0.0, most - matrices.row_upper)
    return excess
