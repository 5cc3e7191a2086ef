"""The program of one project: all other processes stay as planned, and shared limits are what the plan leaves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.model.decisions import tuples
from routeplan.model.matrices import Matrices
from routeplan.model.variables import Index
from routeplan.network.needs import NEED
from routeplan.schema.inputs import ALL
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.tolerances import FEASIBILITY
from routeplan.why.lifted import Guards, LiftableProgram, LiftableRows
from routeplan.why.limit import Kind, Limit

PLACED = ("built", "open")
"""Variables of links and hubs that are in place."""


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
    def amounts(self) -> dict[str, FloatArray]:
        """What the plan has of each variable that may stay as it is, by the rows of its table."""
        return {
            variable: np.array([planned.get(key, 0.0) for key in tuples(block.table, *block.variable.index)])
            for variable, planned in _values(self.tables).items()
            for block in (self.liftable.program.columns[variable],)
        }


@dataclass(frozen=True, eq=False)
class Amounts:
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
    amounts : Amounts
        What is added to the rows of lifted limits.
    """

    liftable: LiftableProgram
    process: str
    matrices: Matrices
    free: IntArray
    limits: tuple[Limit, ...]
    amounts: Amounts

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
    fixed, values = _as_planned(planned, process, built, carried)
    return _reduced(planned.liftable, process, fixed, values)


def _as_planned(
    planned: Planned, process: str, built: Collection[str], carried: Collection[str]
) -> tuple[NDArray[np.bool_], FloatArray]:
    """Which columns of the eased program stay as planned, and their values.

    Left to decide are what the process does, the connection of its contract, links and hubs of the carriers `built`,
    flows of those `carried`, grid reinforcements, and who brings what of a supply.
    """
    program, instance = planned.liftable.program, planned.liftable.instance
    count = program.matrices.rows.shape[1]
    fixed, values = np.zeros(count, dtype=bool), np.zeros(count)
    contract = contract_of(instance, process)
    for variable, amounts in planned.amounts.items():
        block = program.columns[variable]
        table = block.table
        if "process" in table:
            stays = table["process"] != process
        elif "contract" in table:
            stays = table["contract"] != contract
        else:
            stays = ~table["carrier"].isin(built if variable in PLACED else carried)
        if variable in PLACED:
            stays |= amounts > 0.5
        there = (block.position >= 0) & stays.to_numpy()
        fixed[block.position[there]] = True
        values[block.position[there]] = amounts[there]
    return fixed, values


def carriers_of(instance: Instance, process: str, routes: Collection[str]) -> list[str]:
    """Carriers that these options of a process need."""
    options = instance["options"]
    options = options[(options["process"] == process) & options["route"].isin(routes)]
    return [carrier for carrier, amount in NEED.items() if (options[amount] > 0.0).any()]


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


def _values(plan: Mapping[str, pd.DataFrame]) -> dict[str, dict[Index, float]]:
    """What is done in a plan, by variable and index; what is not there is 0."""
    ones = {"runs": plan["runs"], "start": plan["starts"]}
    found = {name: dict.fromkeys(tuples(table, "process", "route", "period"), 1.0) for name, table in ones.items()}
    # A run beyond a bridge's life concerns its own process alone, whose rows are left out with it.
    found["overrun"] = {}
    found["grant"] = _amounts(plan["grants"], "process", "route", "period", "pot", amount="amount")
    for amount in ("request", "connection"):
        found[amount] = _amounts(plan["requests"], "contract", "period", amount=amount)
    found["drawn"] = _amounts(plan["drawn"], "node", "carrier", "period", amount="amount")
    for amount in ("open", "output"):
        found[amount] = _amounts(plan["hubs"], "hub", "option", "period", amount=amount)
    return found | _in_links(plan)


def _amounts(table: pd.DataFrame, *key: str, amount: str) -> dict[Index, float]:
    return dict(zip(tuples(table, *key), table[amount].astype(float), strict=True))


def _in_links(plan: Mapping[str, pd.DataFrame]) -> dict[str, dict[Index, float]]:
    """Which links are in place, and what flows in them, in each direction."""
    built, flows = plan["built"], plan["flows"]
    periods = sorted(set(plan["runs"]["period"]))
    places = {
        (link, size, later): 1.0
        for link, size, first in tuples(built, "link", "size", "period")
        for later in periods
        if later >= first
    }
    forward = flows["flow"] > 0.0
    directions = flows.assign(direction=np.where(forward, "forward", "backward"), flow=flows["flow"].abs())
    return {"built": places, "flow": _amounts(directions, "link", "direction", "period", amount="flow")}


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
    guards, held = _guards_among(liftable, free), _rows_among(liftable, process, there)
    limits = np.unique(np.concatenate([guards.limit, held.limit]))
    guards = replace(guards, limit=np.searchsorted(limits, guards.limit))
    held = replace(held, limit=np.searchsorted(limits, held.limit))
    matrices, amounts = _with_limits(left, guards, held, len(limits))
    return Project(liftable, process, matrices, free, tuple(liftable.limits[at] for at in limits), amounts)


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


def _with_limits(left: Matrices, guards: Guards, rows: LiftableRows, count: int) -> tuple[Matrices, Amounts]:
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
    row = np.arange(len(guards.column))
    entries = sparse.csr_array(
        (
            np.concatenate([np.ones(len(row)), -beyond]),
            (np.concatenate([row, row]), np.concatenate([guards.column, first_limit + guards.limit])),
        ),
        shape=(len(row), matrices.rows.shape[1]),
    )
    return matrices.with_rows(entries, guards.allowed)


def _eased_rows(matrices: Matrices, rows: LiftableRows, first_limit: int) -> tuple[Matrices, Amounts]:
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
    number = np.arange(len(added))
    begin = matrices.rows.shape[1]
    guards = sparse.csr_array(
        (
            np.concatenate([np.ones(len(added)), -amount]),
            (np.concatenate([number, number]), np.concatenate([begin + number, first_limit + rows.limit[example]])),
        ),
        shape=(len(added), begin + len(added)),
    )
    size = np.abs(matrices.row_upper[rows.row[example]])
    amounts = Amounts(begin + number, rows.limit[example], rows.period[example], size)
    return wider.with_rows(guards, np.zeros(len(added))), amounts


def _most_excess(matrices: Matrices) -> FloatArray:
    """Most by which each row could be exceeded within the bounds of the columns."""
    positive, negative = matrices.by_row.maximum(0), matrices.by_row.minimum(0)
    most = positive @ matrices.upper + negative @ matrices.lower
    excess: FloatArray = np.maximum(0.0, most - matrices.row_upper)
    return excess
