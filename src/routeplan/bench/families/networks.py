"""Families of fixed-charge networks, and of one network in several formulations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from routeplan.bench.families.draws import stream
from routeplan.bench.families.family import Made, Size, ladder, number_of, refuse_unknown_formulation
from routeplan.bench.families.formulations import aggregated, all_own, by_commodity, by_path, tightened
from routeplan.bench.families.network import RATIO, Network, mesh, narrow_mesh, path, tree, tree_optimum
from routeplan.model.matrices import Matrices

NODES = ladder("nodes", 6, 30, 100, 400, 1500)
SIDES = ladder("nodes on a side", 2, 4, 8, 14, 25)
SIDES_BY_COMMODITY = ladder("nodes on a side", 2, 4, 6, 9, 12)

Shape = Callable[[int, float, np.random.Generator], Network]
Formulation = Callable[[Network], Matrices]

OF_ANY: Mapping[str, Formulation] = {"aggregated": aggregated, "tightened": tightened, "commodity": by_commodity}
"""Formulations that suit any network, by name."""

OF_TREES: Mapping[str, Formulation] = {**OF_ANY, "path": by_path}
"""Formulations of a network in which one way leads to each node."""

TREES = (tree, path)
"""Shapes that are trees."""


@dataclass(frozen=True)
class NetworkFamily:
    """Fixed-charge networks of one shape in one formulation.

    Parameters
    ----------
    name, about : str
        Name, and what it probes.
    shape : callable
        Draws a network of a size and a ratio.
    sizes : tuple of Size
        Sizes.
    ratio : float
        Fixed cost of an arc for each unit of its length, in units of its variable cost.
    formulation : callable
        Writes the network as a program.
    drawn_as : str
        Families of the same text draw the same network of a size and a seed; the name when empty.
    optimum : callable, optional
        Knows the least cost of a network.
    """

    name: str
    about: str
    shape: Shape
    sizes: tuple[Size, ...]
    ratio: float = RATIO
    formulation: Formulation = aggregated
    drawn_as: str = ""
    optimum: Callable[[Network], float] | None = None

    def network(self, size: str, seed: int) -> Network:
        """Draw the network of a size and a seed.

        Raises
        ------
        UsageError
            When there is no such size, or no such seed.
        """
        number = number_of(self, size, seed)
        return self.shape(number, self.ratio, stream(self.drawn_as or self.name, size, seed))

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`."""
        return self._written(self.formulation, self.network(size, seed))

    @property
    def formulations(self) -> tuple[str, ...]:
        """Names of the formulations that suit its networks."""
        return tuple(OF_TREES if self.shape in TREES else OF_ANY)

    def make_as(self, formulation: str, size: str, seed: int) -> Made:
        """Make an instance in a formulation; see `Formulated.make_as`."""
        return self._written(self.formulation_called(formulation), self.network(size, seed))

    def formulation_called(self, name: str) -> Formulation:
        """Find a formulation that suits its networks; raises `UsageError` where there is none of this name."""
        refuse_unknown_formulation(name, self.formulations)
        return OF_TREES[name]

    def _written(self, formulation: Formulation, network: Network) -> Made:
        matrices, optimum = formulation(network), None if self.optimum is None else self.optimum(network)
        return Made(matrices, optimum, start=partial(all_own, network, matrices))


NET_TREE = NetworkFamily(
    "net-tree",
    "Fixed charges on a tree with big M: a weak relaxation of a problem that dynamic programming solves.",
    tree,
    NODES,
    optimum=tree_optimum,
)
NET_PATH = NetworkFamily(
    "net-path",
    "Fixed charges on a path with big M: decisions that hang on one another in one long chain.",
    path,
    NODES,
    optimum=tree_optimum,
)
NET_MESH = NetworkFamily(
    "net-mesh",
    "Fixed charges on a mesh with narrow arcs: many ways that cost nearly the same.",
    narrow_mesh,
    SIDES,
)
NET_MESH_FIXED = NetworkFamily(
    "net-mesh-fixed",
    "A mesh on which fixed costs are nearly all that matters: which arcs to open, and the relaxation says little.",
    narrow_mesh,
    SIDES,
    ratio=8 * RATIO,
)
NET_MESH_VARIABLE = NetworkFamily(
    "net-mesh-variable",
    "A mesh on which variable costs are nearly all that matters: the relaxation says much.",
    narrow_mesh,
    SIDES,
    ratio=RATIO / 25,
)

FORMULATIONS = {
    "aggregated": "with the capacity as big M",
    "tightened": "with the most that is worth carrying as big M",
    "commodity": "with the flow to each customer in columns of its own",
}
"""What the formulations of `OF_ANY` do."""


def _forms(shape_name: str, shape: Shape, sizes: tuple[Size, ...]) -> tuple[NetworkFamily, ...]:
    """One network of a shape in the formulations that suit any network."""
    common = f"net-form-{shape_name}"
    return tuple(
        NetworkFamily(
            f"{common}-{name}",
            f"One network on a {shape_name} {told}: what a formulation does to the search, at the same optimum.",
            shape,
            sizes,
            formulation=OF_ANY[name],
            drawn_as=common,
            optimum=tree_optimum if shape is tree else None,
        )
        for name, told in FORMULATIONS.items()
    )


NET_FORMS = (
    *_forms("tree", tree, NODES),
    NetworkFamily(
        "net-form-tree-path",
        "One network on a tree with a row for each arc on the way to each customer: its relaxation is whole already.",
        tree,
        NODES,
        formulation=by_path,
        drawn_as="net-form-tree",
        optimum=tree_optimum,
    ),
    *_forms("mesh", mesh, SIDES_BY_COMMODITY),
)
"""Of the same shape, size and seed all have the same optimum."""

NETWORKS = (NET_TREE, NET_PATH, NET_MESH, NET_MESH_FIXED, NET_MESH_VARIABLE, *NET_FORMS)
