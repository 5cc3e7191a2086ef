"""The oracle is held against numbers from elsewhere before it judges the model, and its instances use every feature."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from brute import Optimum, optimum
from continuous_rest import can_be_granted
from micro import micro
from published import FixedChargeNetwork
from year_by_year import Years, annuity

from routeplan.data.read import read
from routeplan.instance.instance import Instance
from routeplan.schema.inputs import INPUT_TABLES

UNUSED = {"works", "wishes"}
"""Tables that no formula reads."""
YEARS = Years(first=[2030, 2032], end=[2032, 2034], base=2030, rate=0.25, firm_rate=0.0)


@pytest.fixture(scope="module")
def instances() -> list[Instance]:
    """Some of the instances that brute force solves."""
    return [micro(seed) for seed in range(30)]


def column(instances: Sequence[Instance], table: str, name: str) -> "pd.Series":
    """A column of all instances."""
    return pd.concat([instance[table][name] for instance in instances])


@pytest.mark.nightly
def test_every_table_is_used(instances: list[Instance]) -> None:
    """No table that a formula reads is without rows in all instances."""
    filled = {name for instance in instances for name in instance if len(instance[name])}
    assert filled == set(INPUT_TABLES) - UNUSED


@pytest.mark.nightly
def test_every_feature_is_used(instances: list[Instance]) -> None:
    """Switches of the format are found in each of their positions."""
    settings = [instance.settings for instance in instances]
    assert {one.objective for one in settings} == {"cost", "emissions"}
    assert {one.participation for one in settings} == {True, False}
    assert set(column(instances, "decided", "decision")) >= {"runs", "built", "open"}
    assert set(column(instances, "pots", "carry_over")) == {0, 1}
    assert set(column(instances, "links", "one_way")) == {0, 1}
    assert set(column(instances, "links", "status")) == {"planned", "candidate"}
    assert set(column(instances, "targets", "price").isna()) == {True, False}
    assert (column(instances, "options", "firm_capacity") < 0).any()
    assert (column(instances, "options", "removed") > 0).any()
    assert any(instance["sites"]["contract"].duplicated().any() for instance in instances)
    assert {0.25, 0.5, 0.8, 1.0} <= set(column(instances, "sites", "coincidence"))
    assert any(instance["processes"]["site"].duplicated().any() for instance in instances)


def test_annuity_by_hand() -> None:
    """Two payments, now and in a year, are worth the capex: 1.8 = 1 + 1 / 1.25; without a rate each is the half."""
    assert annuity(1.8, 2, 0.25) == pytest.approx(1.0)
    assert annuity(1.8, 2, 0.0) == pytest.approx(0.9)


def test_charge_by_hand() -> None:
    """An annuity of 1 from 2032 is paid in 2032 and 2033, the end of the horizon: 0.64 + 0.512."""
    assert YEARS.charge(1.8, 2, t=1, until=2040) == pytest.approx(1.152)


def test_what_last_year_ends_is_paid_to_the_end_of_a_life() -> None:
    """Two lives of 3 years from 2030 reach beyond 2032, where last_year ends the option; a bridge pays for one life."""
    row = {"last_year": 2031}
    assert YEARS.stops(row) == 2032
    assert YEARS.paid_until(row, life=1, temporary=False, t=0) == 2032
    assert YEARS.paid_until(row, life=3, temporary=False, t=0) == 2033
    assert YEARS.paid_until(row, life=5, temporary=True, t=0) == 2035
    # A life of 1 year ends inside the period of its start, which is paid to its end; one of 3 is paid 3 years.
    assert YEARS.paid_until({"last_year": None}, life=1, temporary=True, t=0) == 2032
    assert YEARS.paid_until({"last_year": None}, life=3, temporary=True, t=0) == 2033


def test_grants_wait_for_a_pot_that_carries_over() -> None:
    """A gap of 5 in the second period is covered by 2 left from the first and 3 of the second, and not otherwise."""
    claim = [(1, 5.0, {"pot": 9.0})]
    budgets = {("pot", 0): 2.0, ("pot", 1): 3.0}
    assert can_be_granted(claim, [{"pot": "pot", "carry_over": 1}], budgets)
    assert not can_be_granted(claim, [{"pot": "pot", "carry_over": 0}], budgets)


def test_a_gap_above_the_limits_cannot_be_granted() -> None:
    """Two pots that may pay 2 each do not cover a gap of 5, however rich they are."""
    pots = [{"pot": "one", "carry_over": 0}, {"pot": "two", "carry_over": 0}]
    assert not can_be_granted([(0, 5.0, {"one": 2.0, "two": 2.0})], pots, {("one", 0): 99.0, ("two", 0): 99.0})


def test_a_link_that_pays_by_hand() -> None:
    """Four units over a link of 3, at 2 a unit, cost 3 + 4 x 2 = 11."""
    problem = FixedChargeNetwork({"a": -4.0, "b": 4.0}, [("a", "b", "a1", 3.0, 2.0, 5.0)], 11.0)
    found = optimum(problem.instance(1.0))
    assert (found.status, found.cost) == ("optimal", pytest.approx(11.0))


def test_demand_beyond_the_link_is_infeasible() -> None:
    """Four units do not fit a link of 3."""
    problem = FixedChargeNetwork({"a": -4.0, "b": 4.0}, [("a", "b", "a1", 3.0, 2.0, 3.0)], 11.0)
    assert optimum(problem.instance(1.0)) == Optimum("infeasible")


@pytest.mark.parametrize("name", ["micro-1"])
@pytest.mark.nightly
def test_brute_force_finds_an_agreed_optimum(name: str, shared_data: Path) -> None:
    """Brute force agrees with a third implementation of the mathematics."""
    agreed = pd.read_csv(shared_data / "agreed" / "optima.csv", index_col="instance").loc[name]
    found = optimum(read(shared_data / "agreed" / "instances" / name))
    assert (found.status, found.cost) == (agreed["status"], pytest.approx(agreed["cost"], rel=1e-6))
