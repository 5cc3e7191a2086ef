"""Series of instances that drift: scenarios of one network, for solvers that go on from what they know."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, runtime_checkable

import numpy as np

from routeplan.bench.families.draws import stream, whole
from routeplan.bench.families.family import Family, Made, Size, number_of
from routeplan.bench.families.formulations import aggregated, all_own, with_open
from routeplan.bench.families.network import MARGIN, MOST_DEMAND, Network
from routeplan.bench.families.networks import NET_MESH, Formulation, NetworkFamily
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.solver.session import Session
from routeplan.solver.solution import Ending, Limits

STEPS = 20
"""Steps of a series, the first of which has number 0."""

NODES, SECONDS = 50, 60.0
"""Nodes and time [s] for the step before, where its best point is asked for.

Nodes come first: their number, unlike a time, leads to the same point on every machine.
"""

BASE = replace(NET_MESH, name="series", drawn_as="series")
"""Step 0 of every series."""

Drift = Callable[[Network, np.random.Generator], Network]


@dataclass(frozen=True)
class SeriesFamily:
    """A family of networks whose numbers drift from step to step; every step has the same coefficients in its rows.

    Parameters
    ----------
    name, about : str
        Name, and what it probes.
    drift : callable
        Makes the next network of the one before.
    of : NetworkFamily
        Draws the network of step 0.
    number : int
        Number of the step that it makes, 0 to `STEPS` - 1.
    """

    name: str
    about: str
    drift: Drift
    of: NetworkFamily = BASE
    number: int = 0

    @property
    def sizes(self) -> tuple[Size, ...]:
        """Sizes of the family that step 0 is of."""
        return self.of.sizes

    @property
    def formulations(self) -> tuple[str, ...]:
        """Names of the formulations that suit its networks."""
        return self.of.formulations

    def at(self, number: int) -> "SeriesFamily":
        """The family whose instances are another step of the same series.

        Parameters
        ----------
        number : int
            Number of the step, 0 to `STEPS` - 1.

        Raises
        ------
        UsageError
            When there is no such step.
        """
        if number not in range(STEPS):
            raise UsageError(f"step of {self.name} is {number}; allowed: 0 to {STEPS - 1}")
        return replace(self, number=number)

    def make(self, size: str, seed: int) -> Made:
        """Make the instance of its step; see `Family.make`."""
        return self._written(aggregated, size, seed)

    def make_as(self, formulation: str, size: str, seed: int) -> Made:
        """Make the instance of its step in a formulation; see `Formulated.make_as`."""
        return self._written(self.of.formulation_called(formulation), size, seed)

    def step(self, size: str, seed: int, number: int) -> Made:
        """Make a step of the series; raises `UsageError` when there is no such size, seed or step."""
        return self.at(number).make(size, seed)

    def _written(self, formulation: Formulation, size: str, seed: int) -> Made:
        number_of(self, size, seed)
        before, network = self._networks(size, seed)
        matrices = formulation(network)
        return Made(matrices, start=partial(going_on, before, network, matrices))

    def _networks(self, size: str, seed: int) -> tuple[Network | None, Network]:
        """The network of the step before, where there is one, and that of the step."""
        before, network, random = None, self.of.network(size, seed), stream(self.name, size, seed)
        for _ in range(self.number):
            before, network = network, self.drift(network, random)
        return before, network


def going_on(before: Network | None, network: Network, matrices: Matrices) -> FloatArray | None:
    """Make a point of a step of the best one that is found of the step before.

    The step before is solved, aggregated, within `NODES` and `SECONDS`. The arcs that are open in its best point are
    open here too, and no others. What they carry, and what each node makes itself, is decided anew, by a linear
    programme: its point obeys the rows of this step, whatever has drifted, for nodes can make their demand themselves.
    At step 0 each does so.

    Parameters
    ----------
    before, network : Network
        The networks of the step before, None for step 0, and of the step.
    matrices : Matrices
        The step, in any formulation.

    Returns
    -------
    FloatArray, shape (C,), or None
        None where a node cannot make all of its demand.
    """
    alone = all_own(network, matrices)
    if before is None:
        return alone
    known = aggregated(before)
    limits = Limits(deadline=time.monotonic() + SECONDS, threads=1, options={"mip_max_nodes": NODES})
    with Session(known, limits) as session:
        found = session.solve(start=all_own(before, known))
    if found.x is None:
        return alone
    with Session(with_open(matrices, found.x[known.integer]), Limits(threads=1)) as session:
        kept = session.solve()
    if kept.status is not Ending.OPTIMAL or kept.x is None:
        return alone
    return np.where(matrices.integer, np.round(kept.x), kept.x)


def drifting_costs(network: Network, random: np.random.Generator) -> Network:
    """Move each fixed cost by an eighth of it at most, and each cost of own supply by 1 at most."""
    eighths = whole(random, network.arcs, -1, 1) / 8.0
    fixed = np.maximum(np.round(4.0 * network.fixed * (1.0 + eighths)), 1.0) / 4.0
    own_cost = _moved(network.own_cost, random, MARGIN[0], np.inf)
    return replace(network, fixed=fixed, own_cost=own_cost)


def drifting_demand(network: Network, random: np.random.Generator) -> Network:
    """Move the demand of each customer by 1 at most; the arcs stay as they are."""
    demand = _moved(network.demand, random, 1.0, float(MOST_DEMAND))
    demand[0] = 0.0
    return replace(network, demand=demand, own=demand.copy())


def _moved(numbers: FloatArray, random: np.random.Generator, least: float, most: float) -> FloatArray:
    return np.clip(numbers + whole(random, len(numbers), -1, 1), least, most)


@runtime_checkable
class Stepped(Protocol):
    """A family whose instances are a step of a series."""

    def at(self, number: int) -> Family:
        """The family whose instances are another step; raises `UsageError` when there is no such step."""
        ...


SERIES_COSTS = SeriesFamily(
    "series-costs",
    "Costs that drift on one mesh: the last plan is still allowed, and often still good.",
    drifting_costs,
)
SERIES_DEMAND = SeriesFamily(
    "series-demand", "Demand that drifts on one mesh: the last proof still says something.", drifting_demand
)
