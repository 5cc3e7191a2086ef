"""Series of instances that drift: scenarios of one network, for solvers that go on from what they know."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from routeplan.bench.families.draws import stream, whole
from routeplan.bench.families.family import Made, Size, number_of
from routeplan.bench.families.formulations import aggregated
from routeplan.bench.families.network import MARGIN, MOST_DEMAND, Network
from routeplan.bench.families.networks import NET_MESH, NetworkFamily
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray

STEPS = 20
"""Steps of a series, the first of which has number 0."""

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
    """

    name: str
    about: str
    drift: Drift
    of: NetworkFamily = BASE

    @property
    def sizes(self) -> tuple[Size, ...]:
        """Sizes of the family that step 0 is of."""
        return self.of.sizes

    def make(self, size: str, seed: int) -> Made:
        """Make step 0; see `Family.make`."""
        return self.step(size, seed, 0)

    def step(self, size: str, seed: int, number: int) -> Made:
        """Make a step of the series.

        Parameters
        ----------
        size : str
            Name of the size.
        seed : int
            Seed.
        number : int
            Number of the step, 0 to `STEPS` - 1.

        Raises
        ------
        UsageError
            When there is no such size, seed or step.
        """
        number_of(self, size, seed)
        if number not in range(STEPS):
            raise UsageError(f"step of {self.name} is {number}; allowed: 0 to {STEPS - 1}")
        network, random = self.of.network(size, seed), stream(self.name, size, seed)
        for _ in range(number):
            network = self.drift(network, random)
        return Made(aggregated(network))


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


SERIES_COSTS = SeriesFamily(
    "series-costs",
    "Costs that drift on one mesh: the last plan is still allowed, and often still good.",
    drifting_costs,
)
SERIES_DEMAND = SeriesFamily(
    "series-demand", "Demand that drifts on one mesh: the last proof still says something.", drifting_demand
)
