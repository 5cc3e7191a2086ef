"""Versions of other families: in bad units, and drifting."""

from dataclasses import replace

import numpy as np
import pytest
from programs import bytes_of, least_cost, solved

from routeplan.bench.families.formulations import loose
from routeplan.bench.families.networks import NET_MESH, NET_TREE
from routeplan.bench.families.scaled import LOOSENED, SCALED, ScaledFamily, in_units
from routeplan.bench.families.series import SERIES_COSTS, SERIES_DEMAND, STEPS, SeriesFamily
from routeplan.errors import UsageError
from routeplan.tolerances import FEASIBILITY

SERIES = [SERIES_COSTS, SERIES_DEMAND]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.some(2)
def test_bad_units_change_no_optimum(seed: int) -> None:
    """The point in sound units obeys the rows of net-mesh with a loose big M, and costs the least over all sets."""
    network = NET_MESH.network("XS", seed)
    plain = loose(network, LOOSENED)
    found = solved(SCALED.make("XS", seed).matrices, mip_feasibility_tolerance=1e-9, primal_feasibility_tolerance=1e-9)
    assert found.objective == pytest.approx(least_cost(network), rel=1e-6)
    assert found.x is not None
    x = found.x * SCALED.units(plain, "XS", seed)[1]
    assert plain.value(x) == pytest.approx(found.objective)
    assert (plain.rows @ x <= plain.row_upper + FEASIBILITY * LOOSENED).all()


def test_units_are_powers_of_2_and_undo_themselves() -> None:
    """In the inverse units a program is the one before, to the bit."""
    plain = loose(NET_MESH.network("S", 0), LOOSENED)
    rows, columns = SCALED.units(plain, "S", 0)
    scaled = in_units(plain, rows, columns)
    assert bytes_of(in_units(scaled, 1.0 / rows, 1.0 / columns)) == bytes_of(plain)
    assert bytes_of(scaled) == bytes_of(SCALED.make("S", 0).matrices)
    assert (columns[plain.integer] == 1.0).all()


def test_a_known_optimum_stays_known() -> None:
    """That of the family that it is made of."""
    assert ScaledFamily(NET_TREE).make("M", 1).optimum == NET_TREE.make("M", 1).optimum


@pytest.mark.parametrize("family", SERIES, ids=lambda family: family.name)
def test_steps_share_the_coefficients_of_step_0(family: SeriesFamily) -> None:
    """A solver may keep its matrix: only costs, bounds and right-hand sides are other ones."""
    steps = [family.step("S", 0, number).matrices for number in (0, 1, 7)]
    assert bytes_of(steps[0]) == bytes_of(family.make("S", 0).matrices)
    for step in steps[1:]:
        assert np.array_equal(step.rows.indptr, steps[0].rows.indptr)
        assert np.array_equal(step.rows.indices, steps[0].rows.indices)
        assert np.array_equal(step.rows.data, steps[0].rows.data)
        assert np.array_equal(step.integer, steps[0].integer)
    assert len({bytes_of(step) for step in steps}) == 3


def test_what_drifts_and_what_does_not() -> None:
    """Costs alone in one series, demand and own supply alone in the other."""
    before, costs, demand = (
        family.step("S", 0, number).matrices for family, number in zip([SERIES_COSTS, *SERIES], (0, 5, 5), strict=True)
    )
    assert not np.array_equal(costs.cost, before.cost) and np.array_equal(costs.row_upper, before.row_upper)
    assert np.array_equal(costs.upper, before.upper)
    assert np.array_equal(demand.cost, before.cost) and not np.array_equal(demand.row_upper, before.row_upper)


@pytest.mark.parametrize("family", SERIES, ids=lambda family: family.name)
def test_the_last_step_is_still_an_instance(family: SeriesFamily) -> None:
    """Costs and demand stay above 0, and everyone can make all themselves."""
    last = family.step("XS", 3, STEPS - 1).matrices
    customers = last.rows.shape[1] - 2 * int(last.integer.sum())
    assert (last.cost > 0.0).all() and (last.row_lower[:customers] >= 1.0).all()
    found = solved(last).objective
    own = last.upper[-customers:] @ last.cost[-customers:]
    assert found is not None and 1.0 <= found <= own + FEASIBILITY


@pytest.mark.parametrize("number", [-1, STEPS])
def test_a_step_that_is_not_there_is_refused(number: int) -> None:
    """The message says how many there are."""
    with pytest.raises(UsageError, match=rf"^step of series-costs is {number}; allowed: 0 to {STEPS - 1}$"):
        SERIES_COSTS.step("XS", 0, number)


def test_a_series_of_a_tree() -> None:
    """Any family of networks can drift."""
    family = replace(SERIES_COSTS, of=NET_TREE)
    assert family.step("XS", 0, 0).matrices.rows.shape == NET_TREE.make("XS", 0).matrices.rows.shape
