"""Families of fixed-charge networks, and of one network in several formulations."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from routeplan.bench.families.draws import stream
from routeplan.bench.families.family import Made, Size, ladder, number_of
from routeplan.bench.families.formulations import aggregated, by_commodity, by_path, tightened
from routeplan.bench.families.network import RATIO, Network, mesh, narrow_mesh, path, tree, tree_optimum
from routeplan.model.matrices import Matrices

NODES = ladder("nodes", 6, 30, 100, 400, 1500)
SIDES = ladder("nodes on a side", 2, 4, 8, 14, 25)
SIDES_BY_COMMODITY = ladder("nodes on a side", 2, 4, 6, 9, 12)

Shape = Callable[[int, float, np.random.Generator], Network]
Formulation = Callable[[Network], Matrices]


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
        network = self.network(size, seed)
        return Made(self.formulation(network), None if self.optimum is None else self.optimum(network))


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

FORMULATIONS = (
    ("aggregated", aggregated, "with the capacity as big M"),
    ("tightened", tightened, "with the most that is worth carrying as big M"),
    ("commodity", by_commodity, "with the flow to each customer in columns of its own"),
)


def _forms(shape_name: str, shape: Shape, sizes: tuple[Size, ...]) -> tuple[NetworkFamily, ...]:
    """One network of a shape in the formulations that suit any network."""
    common = f"net-form-{shape_name}"
    return tuple(
        NetworkFamily(
            f"{common}-{name}",
            f"One network on a {shape_name} {told}: what a formulation does to the search, at the same optimum.",
            shape,
            sizes,
            formulation=formulation,
            drawn_as=common,
            optimum=tree_optimum if shape is tree else None,
        )
        for name, formulation, told in FORMULATIONS
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
