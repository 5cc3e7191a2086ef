"""Published optima, found through the format of instances."""

from pathlib import Path

import pytest
from published import FacilityLocation, FixedChargeNetwork

from routeplan.result.result import Status
from routeplan.solving.solve import solve

NETWORKS = {"r20x100": 15603.0, "g40x132": 26629.0, "k10x90": 568.0, "berlin": 1044.0}
LOCATIONS = {"cap71": 932615.750, "cap72": 977799.400, "cap101": 796648.437}
"""Proven optima: FCNetLib for the networks, and the OR-Library's uncapacitated optima for the locations."""


@pytest.mark.parametrize("name", sorted(NETWORKS, key=lambda name: name != "k10x90"))
@pytest.mark.nightly
def test_fixed_charge_network_flow(name: str, shared_data: Path) -> None:
    """Candidate links with a fixed cost and a cost of use reach the optimum of the network problem."""
    problem = FixedChargeNetwork.of(shared_data / "published" / f"{name}.json")
    assert problem.optimum == NETWORKS[name]
    scale = 0.01
    found = solve(problem.instance(scale), gap=1e-7)
    assert found.status is Status.OPTIMAL
    assert found.objective is not None and found.objective / scale == pytest.approx(NETWORKS[name], rel=1e-6)


@pytest.mark.parametrize("name", LOCATIONS)
@pytest.mark.some(1)
def test_facility_location(name: str, shared_data: Path) -> None:
    """Hubs to open and planned links to use reach the optimum of the location problem."""
    scale = 0.001
    found = solve(FacilityLocation.of(shared_data / "published" / f"{name}.txt").instance(scale), gap=1e-7)
    assert found.status is Status.OPTIMAL
    assert found.objective is not None and found.objective / scale == pytest.approx(LOCATIONS[name], rel=1e-6)


def test_arcs_of_several_capacities_are_refused() -> None:
    """A size belongs to a mode, so that arcs which differ in capacity cannot be told by one size."""
    arcs = [("a", "b", "a1", 1.0, 1.0, 5.0), ("b", "a", "a1", 1.0, 1.0, 6.0)]
    with pytest.raises(
        ValueError, match=r"^arcs of several capacities, or parallel ones, would need links of several modes$"
    ):
        FixedChargeNetwork({"a": -1.0, "b": 1.0}, arcs, 2.0).instance(1.0)
