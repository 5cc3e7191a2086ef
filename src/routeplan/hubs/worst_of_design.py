"""The worst-off coalition of the members of a hub design, found by one program with a membership of each firm.

The program is that of the instance in which all members have the design. A member that does not join runs in each
period what it runs in the plan without the design, as in `coalition_instance`: its ``runs`` are held there by rows that
its membership frees.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from routeplan.errors import Message, NotKnown, UsageError
from routeplan.hubs.coalitions import PlannedCoalitions, coalition_instance
from routeplan.hubs.compare import Search
from routeplan.hubs.design import Design
from routeplan.hubs.game import share_of
from routeplan.hubs.saving import Coalition
from routeplan.instance.horizon import FloatArray
from routeplan.model.compile import program_of
from routeplan.model.decisions import tuples
from routeplan.model.matrices import Matrices, switched
from routeplan.model.program import Program
from routeplan.model.variables import Domain, Variable
from routeplan.result.result import Result
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits, Stop, never

JOINS = Variable(("site",), Domain.BINARY, "The site takes part in the design.", name="joins")
"""Membership of each firm."""

SECONDS = 60.0
"""Time of a search for the worst coalition, unless it is told [s]; what it has proven by then counts."""


@dataclass(frozen=True, eq=False)
class WorstOfDesign:
    """Finds the coalition of members of a design that a division of savings treats worst.

    Parameters
    ----------
    program : Program
        The program in which each firm joins or keeps its plan (`program_of_joining`).
    cost : float
        Discounted cost of the plan without the design [M EUR].
    search : Search
        What each search may take.
    stop : callable
        When it says so, the search ends without an answer.
    """

    program: Program
    cost: float
    search: Search
    stop: Stop = never

    @property
    def players(self) -> list[str]:
        """The members."""
        return [str(site) for site in self.program.columns[JOINS.name].table["site"]]

    def __call__(self, shares: Mapping[str, float]) -> tuple[Coalition, float]:
        """Find the coalition with the largest excess, and a bound that no coalition exceeds [M EUR].

        Raises
        ------
        NotKnown
            When it is told to stop, or nothing is proven.
        """
        idle = _without_hub(self.players, shares)
        best, bound = idle, -share_of(idle, shares)
        matrices = _priced(self.program, shares)
        limits = Limits(self.search.gap, time.monotonic() + (self.search.seconds or SECONDS), 1, stop=self.stop)
        found = run(matrices, limits)
        if found.status is Ending.INTERRUPTED:
            raise NotKnown("the search for the worst coalition was stopped")
        if found.status is Ending.INFEASIBLE:
            return best, bound
        least = max(found.bound, matrices.trivial_bound)
        most = self.cost - least
        if not np.isfinite(most):
            raise NotKnown("what a coalition saves at most is not proven in the time; allowed: more of it (--seconds)")
        if found.x is not None and self.cost - matrices.value(found.x) > bound:
            joins = self.program.columns[JOINS.name].values(found.x)
            best = frozenset(name for name, value in zip(self.players, joins, strict=True) if value > 0.5)
        return best, max(bound, most)


def worst_of_design(planned: PlannedCoalitions) -> WorstOfDesign:
    """Prepare the search for the worst coalition of the members of a design.

    Parameters
    ----------
    planned : PlannedCoalitions
        The design, its members and what their plans may take.

    Raises
    ------
    UsageError
        When sites share a contract in the design: who joins changes its room, which no membership alone can tell.
    """
    refuse_contracts(planned.design, planned.everyone)
    without = planned.without_hub()
    instance = coalition_instance(planned.instance, planned.designs, planned.design, planned.everyone, without)
    program = program_of(instance)
    return WorstOfDesign(
        program_of_joining(program, sorted(planned.everyone), without),
        float(without.objective or 0.0),
        planned.search,
        planned.stop or never,
    )


def refuse_contracts(design: Design, members: Coalition) -> None:
    """Refuse a design of many members in which sites share a contract.

    Raises
    ------
    UsageError
        When it has a contract.
    """
    if design.contracts:
        contracts = ", ".join(each.contract for each in design.contracts)
        raise UsageError(
            Message(
                "of the {count} members of {design} not every group can be planned, and who joins changes the room of "
                "the contract that sites share ({contracts}), so that the group that is worst off is not found; "
                "allowed: a design without contracts, with the contract in a design of its own, or with few members",
                count=len(members),
                design=design.name,
                contracts=contracts,
            )
        )


def program_of_joining(program: Program, players: Sequence[str], without: Result) -> Program:
    """Let each player join or run what it runs without the design; neither nobody nor everybody joins.

    Parameters
    ----------
    program : Program
        The program in which all of them have the design, and all others keep their plan.
    players : sequence of str
        The members, two or more.
    without : Result
        The plan without the design.
    """
    count, (rows, begin) = len(players), program.matrices.rows.shape
    table = pd.DataFrame({"site": list(players), "upper": 1.0, "integer": True})
    joining = program.with_columns(JOINS, table, sparse.csc_array((rows, count)), np.zeros(count))
    places = np.zeros(count, dtype=np.int64), np.arange(begin, begin + count)
    return _kept_unless_joined(joining, players, without).with_rows(
        "some_join",
        pd.DataFrame({"design": [program.name]}),
        sparse.csr_array((np.ones(count), places), shape=(1, begin + count)),
        np.array([count - 1.0]),
        lower=np.array([1.0]),
        sentence="Neither nobody nor everybody joins.",
    )


def _kept_unless_joined(program: Program, players: Sequence[str], without: Result) -> Program:
    r"""Hold what a player runs at its plan p unless it joins: x <= p + (u - p) y, and x >= p - (p - l) y."""
    runs, matrices = program.columns["runs"], program.matrices
    place = {site: number for number, site in enumerate(players)}
    of_players = runs.table["site"].isin(players).to_numpy() & (runs.position >= 0)
    own = runs.table[of_players]
    index = list(runs.variable.index)
    planned = set(tuples(without["runs"], *index))
    plan = np.array([key in planned for key in tuples(own, *index)], dtype=float)
    at = runs.position[of_players]
    joins = program.columns[JOINS.name].position[own["site"].map(place).to_numpy(int)]
    above, below = matrices.upper[at] - plan, plan - matrices.lower[at]
    count, rising, falling = matrices.rows.shape[1], np.flatnonzero(above), np.flatnonzero(below)
    table = own[index].reset_index(drop=True)
    sentence = "A firm that does not join runs what it runs in the plan without the design."
    program = program.with_rows(
        "runs_no_more",
        table.iloc[rising],
        switched(at[rising], joins[rising], above[rising], count),
        plan[rising],
        sentence=sentence,
    )
    return program.with_rows(
        "runs_no_less",
        table.iloc[falling],
        switched(at[falling], joins[falling], -below[falling], count),
        np.full(len(falling), np.inf),
        lower=plan[falling],
        sentence=sentence,
    )


def _priced(program: Program, shares: Mapping[str, float]) -> Matrices:
    """The program that minimises the cost of the plan and what those who join get besides [M EUR]."""
    joins = program.columns[JOINS.name]
    cost: FloatArray = program.matrices.cost.copy()
    cost[joins.position] = [shares[str(site)] for site in joins.table["site"]]
    return program.matrices.with_numbers(cost=cost)


def _without_hub(players: Sequence[str], shares: Mapping[str, float]) -> Coalition:
    """The coalition with the largest excess of those that do without: of whoever gets less than nothing."""
    by_share = sorted(players, key=lambda name: shares[name])
    negative = sum(shares[name] < 0.0 for name in players)
    return frozenset(by_share[: min(max(1, negative), len(players) - 1)])
