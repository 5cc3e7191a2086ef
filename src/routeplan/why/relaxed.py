"""The program of an instance in which every limit has an excess: a column that says how far it is exceeded.

Nothing of the model is stated again: the instance is eased in its tables (`lifted`), the model compiles it like any
other, and what it allows beyond the instance counts as an excess. An excess is one of a number of the tables, so that
whoever changes that number by it has a plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.network.needs import NEED
from routeplan.schema.inputs import ALL, SUPPLIED
from routeplan.why.lifted import OF_OURS, LiftableProgram, liftable, most_asked
from routeplan.why.limit import Kind, NamedLimit
from routeplan.why.limit_rows import Held, Part, ceilings, guards, limit_rows

SMALLEST = 1e-3
"""A limit counts as at least this share of the largest of its kind, where excesses are taken as shares of limits."""


@dataclass(frozen=True, eq=False)
class Relaxed:
    """The program with an excess for each limit.

    Parameters
    ----------
    matrices : Matrices
        The program, without objective; its last columns are the excesses, in the order of `limits`.
    limits : tuple of NamedLimit
        The limits.
    share : FloatArray, shape (N,)
        What one unit of each excess counts: as a share of its limit, or as one limit that is lifted.
    """

    matrices: Matrices
    limits: tuple[NamedLimit, ...]
    share: FloatArray

    @property
    def first(self) -> int:
        """Column of the first excess."""
        return len(self.matrices.cost) - len(self.limits)

    def of(self, kinds: Iterable[Kind]) -> IntArray:
        """Positions of the limits of some kinds."""
        wanted = set(kinds)
        return np.array([at for at, limit in enumerate(self.limits) if limit.kind in wanted], dtype=np.int64)

    def in_tables(self, amount: FloatArray) -> FloatArray:
        """Excesses as numbers of the tables, shape (N,): firm room that is added is room for all capacity too."""
        at = {(limit.kind, limit.place, limit.period): number for number, limit in enumerate(self.limits)}
        told = amount.copy()
        for number, limit in enumerate(self.limits):
            if limit.kind is Kind.GRID and limit.place[1] == "total":
                firm = at.get((Kind.GRID, (limit.place[0], "firm"), limit.period))
                told[number] = max(0.0, amount[number] - (0.0 if firm is None else amount[firm]))
        return told

    def holding(self, limits: IntArray) -> Matrices:
        """The program in which these limits hold, and all others are lifted."""
        upper = self.matrices.upper.copy()
        upper[self.first + limits] = 0.0
        return self.matrices.with_numbers(upper=upper)


def relaxed(instance: Instance) -> Relaxed:
    """Compile an instance so that its limits may be exceeded.

    Parameters
    ----------
    instance : Instance
        The instance.

    Notes
    -----
    The room of a contract is no limit of its own: what it lacks it may ask of its area. Nor is that of a reinforcement
    that is not there yet: headroom is.
    """
    eased = liftable(instance.replace(decided=instance["decided"][:0], supply=_with_more_supply(instance)))
    program = _wider(eased.program, instance)
    eased = LiftableProgram(eased.instance, program, eased.limits, eased.guards, eased.rows)
    parts = [*limit_rows(instance, program), *guards(instance, eased)]
    matrices = program.matrices.with_objective(np.zeros(len(program.matrices.cost)))
    matrices = _with_ceilings(matrices, program, instance)
    limits = tuple(
        NamedLimit(part.kind, place, period, most, unit)
        for part in parts
        for place, period, most, unit in zip(part.places, part.periods, part.most.tolist(), part.units, strict=True)
    )
    return Relaxed(_with_excesses(matrices, parts), limits, np.concatenate([_shares(part) for part in parts]))


def _with_more_supply(instance: Instance) -> pd.DataFrame:
    """The table ``supply`` with one more step for all regions, or, where none is for all, for each."""
    supply, added = instance["supply"], []
    for commodity in SUPPLIED:
        zones = supply.loc[supply["commodity"] == commodity, "zone"]
        if len(zones):
            wanted = [ALL] if ALL in set(zones) else sorted(set(instance["sites"]["region"]))
            places = pd.DataFrame({"zone": wanted}).merge(instance["periods"][["period"]], how="cross")
            quantity = most_asked(instance, commodity)
            added.append(places.assign(commodity=commodity, step=OF_OURS, quantity=quantity, price=0.0))
    return pd.concat([supply, *added], ignore_index=True) if added else supply


def _wider(program: Program, instance: Instance) -> Program:
    """The program in which links and hubs could carry whatever is asked for, were it not for their capacity."""
    for variable in ("flow", "output"):
        block = program.columns[variable]
        there = block.position >= 0
        most = block.table["carrier"].map({carrier: most_asked(instance, column) for carrier, column in NEED.items()})
        upper = np.full(len(there), np.nan)
        upper[there] = program.matrices.upper[block.position[there]] + most.to_numpy(float)[there]
        program = program.with_bounds(variable, np.nan, upper)
    return program


def _with_ceilings(matrices: Matrices, program: Program, instance: Instance) -> Matrices:
    """The program in which what is not built or open has no excess either."""
    most = max(most_asked(instance, column) for column in NEED.values())
    for family in ("link_capacity", "hub_capacity"):
        entries, upper = ceilings(program, family, most)
        matrices = matrices.with_rows(entries, upper)
    return matrices


def _with_excesses(matrices: Matrices, parts: list[Part]) -> Matrices:
    """The program with a column for each excess, and the rows that hold columns down but for an excess."""
    begin = np.cumsum([0, *(len(part.places) for part in parts)])
    count = int(begin[-1])
    rows = np.concatenate([part.row for part in parts])
    members = np.concatenate([first + part.member for first, part in zip(begin, parts, strict=False)])
    signs = np.concatenate([np.full(len(part.row), part.sign) for part in parts])
    entries = sparse.csc_array((signs, (rows, members)), shape=(matrices.rows.shape[0], count))
    columns = matrices.rows.shape[1]
    upper = np.concatenate([np.full(len(part.places), part.largest) for part in parts])
    integer = np.concatenate([np.full(len(part.places), part.integer) for part in parts])
    wider = matrices.with_columns(entries, np.zeros(count), upper, np.zeros(count), integer)
    for first, part in zip(begin, parts, strict=False):
        wider = _with_held(wider, part.held, columns + int(first))
    return wider


def _with_held(matrices: Matrices, held: Held, first: int) -> Matrices:
    """The program with rows of a column and an excess; a column of -1 is none."""
    count = len(held.column)
    row = np.arange(count)
    there: NDArray[np.bool_] = held.column >= 0
    entries = sparse.csr_array(
        (
            np.concatenate([np.ones(int(there.sum())), held.coefficient]),
            (np.concatenate([row[there], row]), np.concatenate([held.column[there], first + held.member])),
        ),
        shape=(count, matrices.rows.shape[1]),
    )
    return matrices.with_rows(entries, held.upper, held.lower) if count else matrices


def _shares(part: Part) -> FloatArray:
    """What one unit of each excess of a part counts; beyond nothing, as a share of the mean limit of its kind."""
    if part.largest == 1.0:
        return np.ones(len(part.places))
    some = part.most[part.most > 0.0]
    mean, largest = (some.mean(), some.max()) if len(some) else (1.0, 1.0)
    size = np.where(part.most > 0.0, np.maximum(part.most, SMALLEST * largest), mean)
    shares: FloatArray = 1.0 / size
    return shares
