"""The same instance in several formulations, and points to begin from: equal optima, and rows that hold."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from programs import least_cost, solved
from scipy.optimize import linprog

from routeplan.bench.check import checked
from routeplan.bench.families.country import country
from routeplan.bench.families.family import Formulated
from routeplan.bench.families.formulations import aggregated
from routeplan.bench.families.infeasible import INFEASIBLE_CUT
from routeplan.bench.families.known import FAMILIES, KNOWN_FORMULATIONS
from routeplan.bench.families.network import Network
from routeplan.bench.families.networks import NET_MESH, NET_PATH, NET_TREE
from routeplan.bench.families.series import SERIES_COSTS, SERIES_DEMAND, SeriesFamily, Stepped, going_on
from routeplan.bench.families.sites import TIGHT_BUDGETS, made_of, staying
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray

INSTANCES = Path(__file__).parents[3] / "instances"
NETWORKS = [NET_TREE, NET_PATH, NET_MESH, SERIES_DEMAND]


@pytest.fixture(scope="module")
def plan():
    """The program of a plan that uses every table."""
    return country(INSTANCES / "tiny").program("tiny", 0)


@pytest.mark.parametrize("family", NETWORKS, ids=lambda family: family.name)
def test_a_network_has_one_optimum_however_it_is_written(family: Formulated) -> None:
    """And the usual formulation is among those that can be asked for by name."""
    usual = family.make("S", 1)
    optima = {name: solved(family.make_as(name, "S", 1).matrices).objective for name in family.formulations}
    assert optima == pytest.approx(dict.fromkeys(optima, solved(usual.matrices).objective), rel=1e-6)
    assert family.make_as("aggregated", "S", 1).matrices.rows.shape == usual.matrices.rows.shape
    assert {family.make_as(name, "S", 1).optimum for name in family.formulations} == {usual.optimum}


def test_a_path_form_suits_trees_alone() -> None:
    """Of a mesh it is refused by name, with those that there are."""
    assert NET_TREE.formulations == NET_PATH.formulations == ("aggregated", "tightened", "commodity", "path")
    with pytest.raises(
        UsageError, match=r"no formulation is called 'path'; allowed: aggregated, tightened, commodity$"
    ):
        NET_MESH.make_as("path", "XS", 0)
    with pytest.raises(UsageError, match=r"no formulation is called 'plain'"):
        SERIES_COSTS.make_as("plain", "XS", 0)


def test_a_plan_has_one_optimum_with_and_without_strengthening_rows(plan) -> None:
    """Without them there are fewer rows, as many columns, and a relaxation that is no higher."""
    strengthened, plain = made_of(plan), made_of(plan.unstrengthened())
    assert plain.matrices.rows.shape[0] < strengthened.matrices.rows.shape[0]
    assert plain.matrices.rows.shape[1] == strengthened.matrices.rows.shape[1]
    best = solved(strengthened.matrices).objective
    assert solved(plain.matrices).objective == pytest.approx(best, rel=1e-6)
    relaxed = [solved(each.matrices.relaxed()).objective for each in (plain, strengthened)]
    assert relaxed[0] <= relaxed[1] + 1e-6 * abs(relaxed[1])


def test_the_rows_of_a_plain_plan_are_those_that_strengthen_nothing(plan) -> None:
    """So many as the families of the model that strengthen have in it."""
    extra = sum(int((block.position >= 0).sum()) for block in plan.rows.values() if block.strengthening)
    assert extra > 0
    assert made_of(plan.unstrengthened()).matrices.rows.shape[0] == plan.matrices.rows.shape[0] - extra


def test_an_unknown_formulation_of_a_plan_is_refused_before_anything_is_made() -> None:
    """The message has those that there are."""
    with pytest.raises(UsageError, match=r"'plane' \(did you mean 'plain'\?\); allowed: strengthened, plain$"):
        TIGHT_BUDGETS.make_as("plane", "XS", 0)


def test_all_formulations_are_known_by_name() -> None:
    """Each of those that families have."""
    names = {name for family in FAMILIES if isinstance(family, Formulated) for name in family.formulations}
    assert set(KNOWN_FORMULATIONS) == names == {"aggregated", "tightened", "commodity", "path", "strengthened", "plain"}


@pytest.mark.parametrize("family", NETWORKS, ids=lambda family: family.name)
def test_a_network_begins_with_own_supply_in_each_formulation(family: Formulated) -> None:
    """It costs what all nodes pay to make their demand themselves, and obeys every row."""
    for name in family.formulations:
        made = family.make_as(name, "S", 1)
        x = made.start()
        network = (family.of if isinstance(family, SeriesFamily) else family).network("S", 1)
        found = checked(made.matrices, x)
        assert found.given.row.amount == found.given.bound.amount == 0.0
        assert found.objective == network.demand @ network.own_cost


def test_a_network_that_cannot_do_without_arcs_has_no_start() -> None:
    """A node makes nothing itself."""
    assert INFEASIBLE_CUT.make("XS", 0).start is None
    network = NET_MESH.network("XS", 0)
    without = replace(network, own=np.zeros(network.nodes))
    assert going_on(None, without, aggregated(without)) is None
    assert going_on(network, without, aggregated(without)) is None


def open_arcs(network: Network, x: FloatArray) -> FloatArray:
    return x[network.arcs : 2 * network.arcs]


def least_with(network: Network, opened: FloatArray) -> float:
    """Least cost of a network with some arcs open, by a linear programme of its own."""
    customers = network.nodes - 1
    balance = np.zeros((customers, network.arcs + customers))
    for arc, (tail, head) in enumerate(zip(network.tail, network.head, strict=True)):
        if tail:
            balance[tail - 1, arc] -= 1.0
        if head:
            balance[head - 1, arc] += 1.0
    balance[:, network.arcs :] = np.eye(customers)
    cost = np.concatenate([network.variable, network.own_cost[1:]])
    most = np.concatenate([network.capacity * opened, network.own[1:]])
    found = linprog(cost, A_eq=balance, b_eq=network.demand[1:], bounds=list(zip(0.0 * most, most, strict=True)))
    assert found.status == 0
    return float(found.fun + network.fixed @ opened)


@pytest.mark.parametrize("family", [SERIES_COSTS, SERIES_DEMAND], ids=lambda family: family.name)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.some(2)
def test_a_step_begins_with_the_arcs_of_the_step_before(family: SeriesFamily, seed: int) -> None:
    """They are those of an optimum of the step before, and the rest is the best that there is with them."""
    before, network = family.at(4)._networks("XS", seed)
    assert before is not None
    made = family.at(4).make("XS", seed)
    x = made.start()
    found = checked(made.matrices, x)
    assert found.strictly_feasible
    opened = open_arcs(network, x)
    assert set(opened.tolist()) <= {0.0, 1.0}
    assert found.objective == pytest.approx(least_with(network, opened))
    assert least_with(before, opened) == pytest.approx(least_cost(before))


def test_a_step_begins_alike_in_each_formulation() -> None:
    """With the same arcs, so at the same cost."""
    costs = []
    for name in SERIES_DEMAND.formulations:
        made = SERIES_DEMAND.at(1).make_as(name, "XS", 0)
        costs.append(checked(made.matrices, made.start()).objective)
    assert costs == pytest.approx([costs[0]] * len(costs))


def test_a_series_is_at_its_first_step_unless_another_is_asked_for() -> None:
    """And stays the same family by name."""
    assert isinstance(SERIES_COSTS, Stepped) and not isinstance(NET_MESH, Stepped)
    third = SERIES_COSTS.at(3)
    assert (third.name, third.number, SERIES_COSTS.number) == ("series-costs", 3, 0)
    assert np.array_equal(third.make("XS", 2).matrices.cost, SERIES_COSTS.step("XS", 2, 3).matrices.cost)
    with pytest.raises(UsageError, match=r"^step of series-costs is 20; allowed: 0 to 19$"):
        SERIES_COSTS.at(20)


@pytest.mark.nightly
def test_a_plan_begins_with_everything_as_it_is() -> None:
    """Each process runs on its current option in every period, and the point obeys every row."""
    plan = country(INSTANCES / "nine-cases").program("nine-cases", 0)
    made = made_of(plan)
    assert made.start is not None
    x = made.start()
    assert x is not None and checked(made.matrices, x).strictly_feasible
    runs = plan.columns["runs"]
    assert np.array_equal(runs.values(x[: plan.matrices.rows.shape[1]]), runs.table["current"].to_numpy(float))


def test_where_staying_is_not_allowed_there_is_no_start(plan) -> None:
    """Something is decided already; or some row is broken whatever is decided."""
    assert not plan.broken and staying(plan) is None
    assert staying(replace(plan, broken=("a row that cannot hold",))) is None
