"""Families of instances without any feasible point, for a reason that is known."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from routeplan.bench.families.draws import amounts, stream
from routeplan.bench.families.entries import coefficients
from routeplan.bench.families.family import Family, Made, Size, canonical, ladder, number_of
from routeplan.bench.families.formulations import aggregated
from routeplan.bench.families.network import Network, mesh_arcs
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices

SITES = 8
"""Sites in each area of a cap."""

USE, COST = (10, 60), (1, 99)
MORE_SAVED = 5.0
"""What a site saves beyond the room that it uses."""


class InfeasibleFamily(Family, Protocol):
    """A family whose instances become feasible once a number in them is one unit larger."""

    def lifted(self, size: str, seed: int) -> Made:
        """Make the same instance without the reason, and so with feasible points."""
        ...


@dataclass(frozen=True)
class CapFamily:
    """A cap one below the least that sites can emit with the room that there is in their areas.

    A site keeps emitting, or uses room. The room of a site and what it saves differ by a constant, which makes the
    knapsacks behind it hard: "strongly correlated" ones of Pisinger, "Where are the hard knapsack problems?",
    Computers & Operations Research 32 (2005), doi 10.1016/j.cor.2004.03.002. In the relaxation each area fills its room
    to the brim, so that many areas meet the cap there with ease.

    Parameters
    ----------
    name, about : str
        Name, and what it probes.
    sizes : tuple of Size
        Sizes.
    """

    name: str = "infeasible-cap"
    about: str = "A cap just below the least that can be emitted, which the relaxation can meet: the proof is a search."
    sizes: tuple[Size, ...] = ladder("areas", 1, 4, 10, 20, 40)

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`."""
        return self._made(size, seed, 1)

    def lifted(self, size: str, seed: int) -> Made:
        """Make the same instance with a cap at the least that can be emitted."""
        return self._made(size, seed, 0)

    def _made(self, size: str, seed: int, short: int) -> Made:
        areas = number_of(self, size, seed)
        random = stream(self.name, size, seed)
        use, cost = (amounts(random, areas * SITES, *ends).reshape(areas, SITES) for ends in (USE, COST))
        saved = use + MORE_SAVED
        room = np.floor(use.sum(axis=1) / 2.0)
        emitted = float(saved.sum()) + 10.0 * areas * SITES
        least = emitted - sum(most_saved(*each) for each in zip(use, saved, room.astype(int).tolist(), strict=True))
        cap = least - short
        reason = f"the cap of {cap:g} is below {least:g}, the least that the sites emit with the room of their areas"
        return Made(_capped(use, saved, room, cost, cap - emitted), reason=reason if short else "")


def _capped(use: FloatArray, saved: FloatArray, room: FloatArray, cost: FloatArray, most: float) -> Matrices:
    """Columns: a site uses room, area by area. Rows: the room of each area; the cap."""
    areas, sites = use.shape[0], use.size
    site = np.arange(sites)
    blocks = [(site // SITES, site, use.ravel()), (areas, site, -saved.ravel())]
    return canonical(
        Matrices(
            rows=coefficients(blocks, (areas + 1, sites)),
            row_lower=np.full(areas + 1, -np.inf),
            row_upper=np.append(room, most),
            lower=np.zeros(sites),
            upper=np.ones(sites),
            cost=cost.ravel(),
            offset=100.0,
            integer=np.ones(sites, dtype=bool),
        )
    )


def most_saved(use: FloatArray, saved: FloatArray, room: int) -> float:
    """Most that items of whole sizes save within a room, each taken once or not at all, by dynamic programming."""
    best = np.zeros(room + 1)
    for size, gain in zip(use.astype(int), saved, strict=True):
        if size <= room:
            best[size:] = np.maximum(best[size:], best[: room + 1 - size] + gain)
    return float(best[-1])


@dataclass(frozen=True)
class CutFamily:
    """A mesh whose arcs across the middle carry one unit less than the demand behind them.

    Parameters
    ----------
    name, about : str
        Name, and what it probes.
    sizes : tuple of Size
        Sizes.
    """

    name: str = "infeasible-cut"
    about: str = "A cut through a network too small for the demand behind it: no row says so, their sum does."
    sizes: tuple[Size, ...] = ladder("nodes on a side", 3, 5, 8, 14, 25)

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`."""
        network, behind = self._network(size, seed, 1)
        reason = f"the arcs across the middle carry {behind - 1:g} at most, and the demand behind them is {behind:g}"
        return Made(aggregated(network), reason=reason)

    def lifted(self, size: str, seed: int) -> Made:
        """Make the same instance with arcs across the middle that carry just the demand behind them."""
        return Made(aggregated(self._network(size, seed, 0)[0]))

    def _network(self, size: str, seed: int, short: int) -> tuple[Network, float]:
        side = number_of(self, size, seed)
        random = stream(self.name, size, seed)
        tail, head = mesh_arcs(side)
        nodes, middle = side * side, side // 2
        demand = amounts(random, nodes, 1, 5)
        demand[0] = 0.0
        behind = float(demand.reshape(side, side)[:, middle:].sum())
        across = np.flatnonzero((tail % side < middle) & (head % side >= middle))
        capacity = np.full(len(tail), demand.sum())
        capacity[across] = np.floor(behind / side)
        capacity[across[0]] += behind - capacity[across].sum() - short
        fixed, variable = amounts(random, len(tail), 10, 60), amounts(random, len(tail), 1, 3)
        nothing = np.zeros(nodes)
        return Network(tail, head, fixed, variable, capacity, demand, nothing, nothing), behind


INFEASIBLE_CAP = CapFamily()
INFEASIBLE_CUT = CutFamily()
