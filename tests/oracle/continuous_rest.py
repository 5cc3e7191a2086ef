"""What is left once every yes-or-no is fixed: flows, supply and grants, each a small linear program."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog

Row = Mapping[str, Any]
CLOSE = 1e-7
"""Room for the rounding of sums; instances are made of numbers with few decimals."""
TOO_SHORT = 1e-9
"""Relative shortfall of support that still counts as covering a gap."""


class Program:
    """A linear program under construction: columns with a cost and a limit, rows by name."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.limits: list[float | None] = []
        self.cells: list[dict[Any, float]] = []
        self.equal: dict[Any, float] = {}
        self.at_most: dict[Any, float] = {}

    def column(self, cost: float, limit: float | None, cells: dict[Any, float]) -> None:
        """Add a variable from 0 to its limit, with its coefficient in each row."""
        self.costs.append(cost)
        self.limits.append(limit)
        self.cells.append(cells)

    def least(self) -> float | None:
        """The least cost; None when there is no solution."""
        if not self.costs:
            return 0.0 if all(abs(side) < 1e-9 for side in self.equal.values()) else None
        found = linprog(
            self.costs,
            **self._rows("A_eq", "b_eq", self.equal),
            **self._rows("A_ub", "b_ub", self.at_most),
            bounds=[(0.0, limit) for limit in self.limits],
            method="highs",
        )
        if found.status not in (0, 2):
            raise RuntimeError(found.message)
        return found.fun if found.status == 0 else None

    def _rows(self, matrix: str, side: str, rows: dict[Any, float]) -> dict[str, Any]:
        if not rows:
            return {}
        table = np.array([[cells.get(row, 0.0) for cells in self.cells] for row in rows])
        return {matrix: table, side: list(rows.values())}


def least_network_cost(
    asked: Mapping[str, float],
    links: Sequence[tuple[Row, float]],
    sources: Sequence[Row],
    hubs: Sequence[tuple[str, float, float]],
    towards: int,
) -> float | None:
    """Cost in M EUR/yr of bringing hydrogen to sites, or of taking CO2 away from them.

    Parameters
    ----------
    asked : mapping of str to float
        What each site uses or captures.
    links : sequence of (row, capacity)
        Links with what they can carry in this period.
    sources : sequence of rows
        Rows of `sources` of the carrier and period.
    hubs : sequence of (node, capacity, cost of a unit)
        Options that are open.
    towards : int
        1 for hydrogen, which flows from sources to sites; -1 for CO2, which sites hand in.
    """
    if not any(asked.values()):
        return 0.0
    program = Program()
    ends = {end for link, _ in links for end in (link["from"], link["to"])}
    for node in ends | set(asked) | {source["node"] for source in sources} | {hub[0] for hub in hubs}:
        program.equal[node] = towards * asked.get(node, 0.0)
    for link, capacity in links:
        room = ("room", link["link"])
        program.at_most[room] = capacity
        ways = [(link["from"], link["to"]), (link["to"], link["from"])][: 1 if link["one_way"] else 2]
        for begin, end in ways:
            program.column(link["variable_cost"] / 1000, None, {begin: -1.0, end: 1.0, room: 1.0})
    for source in sources:
        program.column(source["price"] / 1000, source["capacity"], {source["node"]: towards})
    for node, capacity, cost in hubs:
        program.column(cost / 1000, capacity, {node: towards})
    return program.least()


def least_supply_cost(used: Mapping[str, float], steps: Sequence[Row]) -> float | None:
    """Cost in M EUR/yr of buying a commodity for each region, from its own zone's steps and from zone `all`."""
    if not any(used.values()):
        return 0.0
    program = Program()
    for region, amount in used.items():
        program.at_most[region] = -amount
        program.column(0.0, None, {region: -1.0, "all": 1.0})
    program.at_most["all"] = 0.0
    for step in steps:
        program.column(step["price"] / 1000, step["quantity"], {step["zone"]: -1.0})
    return program.least()


def can_be_granted(
    starts: Sequence[tuple[int, float, Mapping[str, float]]],
    pots: Sequence[Row],
    budgets: Mapping[tuple[str, int], float],
) -> bool:
    """Whether the pots can cover the gaps of all these starts.

    Parameters
    ----------
    starts : sequence of (period's place, gap, limit of each pot)
        Starts that have a gap.
    pots : sequence of rows
        The pots.
    budgets : mapping of (pot, period's place) to M EUR
        Absent is nothing.
    """
    program = Program()
    for number, (_, gap, limits) in enumerate(starts):
        if sum(limits.values()) < gap * (1 - TOO_SHORT):
            return False
        program.at_most["gap", number] = -min(gap, sum(limits.values()))
    last = max((t for t, _, _ in starts), default=-1)
    for pot in pots:
        for t in range(last + 1):
            counted = range(t + 1) if pot["carry_over"] else [t]
            program.at_most[pot["pot"], t] = sum(budgets.get((pot["pot"], u), 0.0) for u in counted)
    carried = {pot["pot"]: bool(pot["carry_over"]) for pot in pots}
    for number, (t, _, limits) in enumerate(starts):
        for name, limit in limits.items():
            later = range(t, last + 1) if carried[name] else [t]
            program.column(0.0, limit, {("gap", number): -1.0, **{(name, u): 1.0 for u in later}})
    return program.least() is not None
