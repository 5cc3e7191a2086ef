"""The program of one project: all other processes stay as planned, and shared limits are what the plan leaves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.model.matrices import Matrices, switched
from routeplan.network.needs import carriers_needed
from routeplan.result.amounts import Amounts, amounts_in
from routeplan.schema.inputs import ALL
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.why.as_planned import Free, Reduced, reduced
from routeplan.why.lifted import Guards, LiftableProgram, LiftableRows
from routeplan.why.limit import Kind, Limit


@dataclass(frozen=True, eq=False)
class Planned:
    """The program of an instance whose limits may be lifted, and a plan that processes are held against.

    Parameters
    ----------
    liftable : LiftableProgram
        The program.
    tables : mapping of str to DataFrame
        Tables of the plan.
    """

    liftable: LiftableProgram
    tables: Mapping[str, pd.DataFrame]

    @cached_property
    def amounts(self) -> Amounts:
        """What the plan has of each variable that may stay as it is, by the rows of its table."""
        return amounts_in(self.liftable.program, self.tables)


@dataclass(frozen=True, eq=False)
class Additions:
    """Columns that add to the rows of lifted limits.

    Parameters
    ----------
    column : IntArray, shape (A,)
        The columns.
    limit : IntArray, shape (A,)
        Limit of each, as a place among those of the project.
    period : IntArray, shape (A,)
        First year of the period.
    size : FloatArray, shape (A,)
        What is allowed there as it is.
    """

    column: IntArray
    limit: IntArray
    period: IntArray
    size: FloatArray


@dataclass(frozen=True, eq=False)
class Project:
    """The program of one process, with every limit of its own that may be lifted.

    Its columns are those of the eased program that are left to decide, then a binary for each limit (1: it is lifted),
    then what is added to the rows of lifted limits.

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
    limits : tuple of Limit
        The limits that hold these columns and their rows down, in the order of their binaries.
    additions : Additions
        What is added to the rows of lifted limits.
    """

    liftable: LiftableProgram
    process: str
    matrices: Matrices
    free: IntArray
    limits: tuple[Limit, ...]
    additions: Additions

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
        at = np.arange(self.first_limit, self.first_limit + len(self.limits))
        lower[at] = upper[at] = np.isin(np.arange(len(at)), list(limits)).astype(float)
        return self.matrices.with_numbers(lower=lower, upper=upper)

    def cheapest(self, limits: Collection[int], search: Limits) -> Solution:
        """The plan of least cost with these limits lifted, less what all that is fixed costs [M EUR]."""
        return run(replace(self.with_lifted(limits), offset=0.0), search)

    def emitted(self, x: FloatArray) -> float:
        """What the process emits at a point, summed over the years of the plan [kt]."""
        return float(self.liftable.program.emissions[self.free] @ x[: len(self.free)])

    def possible(self, limits: Collection[int], search: Limits) -> bool | None:
        """Whether there is a plan with these limits lifted; None where the search ended without an answer."""
        matrices = self.with_lifted(limits)
        return answer(run(matrices.with_objective(np.zeros(len(matrices.cost))), search))


def answer(found: Solution) -> bool | None:
    """Whether a program has a point; None where that is not known."""
    if found.x is not None:
        return True
    return False if found.status is Ending.INFEASIBLE else None


def project(planned: Planned, process: str, route: str) -> Project:
    """Make the program of a process that may take a route, all other processes being as in a plan.

    Links and hubs of the plan are there, and more of the carriers that the route needs may come. Flows of these, and of
    what the process needs as planned, may change; networks of other carriers stay as planned.

    Parameters
    ----------
    planned : Planned
        The instance's program with its limits, and the plan.
    process, route : str
        The process, and the route that it may take.

    Raises
    ------
    UsageError
        When the process has no such option.
    """
    instance = planned.liftable.instance
    options = instance["options"]
    if not ((options["process"] == process) & (options["route"] == route)).any():
        raise UsageError(f"the process '{process}' has no option '{route}'")
    runs = planned.tables["runs"]
    built = carriers_of(instance, process, {route})
    carried = carriers_of(instance, process, {route, *runs.loc[runs["process"] == process, "route"]})
    free = Free({process}, {contract_of(instance, process)}, built, carried)
    fixed, values = free.fixed(planned.liftable.program, planned.amounts)
    return _liftable(planned.liftable, process, reduced(planned.liftable.program.matrices, fixed, values))


def carriers_of(instance: Instance, process: str, routes: Collection[str]) -> list[str]:
    """Carriers that these options of a process need."""
    options = instance["options"]
    return carriers_needed(options[(options["process"] == process) & options["route"].isin(routes)])


def contract_of(instance: Instance, process: str) -> str:
    """Contract of the site of a process."""
    return str(_site_of(instance, process)["contract"])


def region_of(instance: Instance, process: str) -> str:
    """Region of the site of a process."""
    return str(_site_of(instance, process)["region"])


def _site_of(instance: Instance, process: str) -> "pd.Series[Any]":
    site = instance["processes"].set_index("process")["site"][process]
    found: pd.Series[Any] = instance["sites"].set_index("site").loc[site]
    return found


def _liftable(liftable: LiftableProgram, process: str, left: Reduced) -> Project:
    """The program of what is left to decide, with its limits as decisions."""
    guards, held = _guards_among(liftable, left.columns), _rows_among(liftable, process, left.rows)
    limits = np.unique(np.concatenate([guards.limit, held.limit]))
    guards = replace(guards, limit=np.searchsorted(limits, guards.limit))
    held = replace(held, limit=np.searchsorted(limits, held.limit))
    matrices, additions = _with_limits(left.matrices, guards, held, len(limits))
    return Project(liftable, process, matrices, left.columns, tuple(liftable.limits[at] for at in limits), additions)


def _guards_among(liftable: LiftableProgram, free: IntArray) -> Guards:
    """Guards of the columns that are left, by their places among these."""
    guards = liftable.guards
    place = np.full(liftable.program.matrices.rows.shape[1], -1)
    place[free] = np.arange(len(free))
    held = place[guards.column] >= 0
    return Guards(place[guards.column[held]], guards.limit[held], guards.allowed[held])


def _rows_among(liftable: LiftableProgram, process: str, there: IntArray) -> LiftableRows:
    """Liftable rows that are left, by their places among these.

    Supply of other regions is none of them: to let others have more would only make room in what all regions share.
    """
    rows = liftable.rows
    place = np.full(liftable.program.matrices.rows.shape[0], -1)
    place[there] = np.arange(len(there))
    zones = (ALL, region_of(liftable.instance, process))
    here = [limit.kind is not Kind.SUPPLY or limit.place[1] in zones for limit in liftable.limits]
    held = (place[rows.row] >= 0) & np.array(here, dtype=bool)[rows.limit]
    return LiftableRows(place[rows.row[held]], rows.limit[held], rows.group[held], rows.period[held])


def _with_limits(left: Matrices, guards: Guards, rows: LiftableRows, count: int) -> tuple[Matrices, Additions]:
    """The program with a binary for each limit, and columns that add to the rows of lifted ones."""
    wider = left.with_columns(
        sparse.csc_array((left.rows.shape[0], count)),
        np.zeros(count),
        np.ones(count),
        np.zeros(count),
        np.ones(count, dtype=bool),
    )
    first_limit = left.rows.shape[1]
    return _eased_rows(_guarded(wider, guards, first_limit), rows, first_limit)


def _guarded(matrices: Matrices, guards: Guards, first_limit: int) -> Matrices:
    """The program in which guarded columns go beyond what is allowed only where their limits are lifted."""
    beyond = matrices.upper[guards.column] - guards.allowed
    entries = switched(guards.column, first_limit + guards.limit, beyond, matrices.rows.shape[1])
    return matrices.with_rows(entries, guards.allowed)


def _eased_rows(matrices: Matrices, rows: LiftableRows, first_limit: int) -> tuple[Matrices, Additions]:
    """The program in which rows of lifted limits may be exceeded, by one amount for each group of rows."""
    most = _most_excess(matrices)[rows.row]
    added, example, number_of = np.unique(rows.group, return_index=True, return_inverse=True)
    amount = np.zeros(len(added))
    np.maximum.at(amount, number_of, most)
    entries = sparse.csc_array(
        (-np.ones(len(rows.row)), (rows.row, number_of)), shape=(matrices.rows.shape[0], len(added))
    )
    wider = matrices.with_columns(
        entries, np.zeros(len(added)), amount, np.zeros(len(added)), np.zeros(len(added), dtype=bool)
    )
    begin = matrices.rows.shape[1]
    column = np.arange(begin, begin + len(added))
    guards = switched(column, first_limit + rows.limit[example], amount, begin + len(added))
    size = np.abs(matrices.row_upper[rows.row[example]])
    additions = Additions(column, rows.limit[example], rows.period[example], size)
    return wider.with_rows(guards, np.zeros(len(added))), additions


def _most_excess(matrices: Matrices) -> FloatArray:
    """Most by which each row could be exceeded within the bounds of the columns."""
    positive, negative = matrices.by_row.maximum(0), matrices.by_row.minimum(0)
    most = positive @ matrices.upper + negative @ matrices.lower
    excess: FloatArray = np.maximum(0.0, most - matrices.row_upper)
    return excess
