"""Instances: always valid, never changed, and under one scenario at a time."""

import pytest

from routeplan.errors import DataError, UsageError
from routeplan.instance.change import Change
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Scenario
from small import small, with_settings

DEARER = Scenario("dearer", (Change("prices", "price", "multiply", 2.0, {"item": "gas"}),))


def scenarios() -> Instance:
    plain = small()
    return Instance(plain.settings, plain.tables, (DEARER,))


def test_an_instance_in_memory_is_checked_like_one_on_disk() -> None:
    """Rates lie below 1."""
    with pytest.raises(DataError) as refused:
        small(with_settings(discount_rate=1.5))
    assert "key 'discount_rate' is 1.5; allowed: 0 or more and below 1" in str(refused.value)


def test_a_table_that_is_changed_leaves_the_instance_as_it_is() -> None:
    """Tables are handed out as copies."""
    instance = small()
    sites = instance["sites"]
    sites["name"] = "changed"
    assert not (instance["sites"]["name"] == "changed").any()


def test_a_scenario_changes_tables_and_keeps_the_fingerprint() -> None:
    """Gas costs twice as much; the fingerprint is that of the instance as read."""
    instance = scenarios()
    under = instance.under("dearer")
    gas = instance["prices"]["item"] == "gas"
    assert (under["prices"]["price"][gas] == 2.0 * instance["prices"]["price"][gas]).all()
    assert (under.scenario, under.sha256) == ("dearer", instance.sha256)


def test_a_scenario_is_applied_once() -> None:
    """Neither a second time, nor to an instance made from one that is under it."""
    under = scenarios().under("dearer")
    with pytest.raises(UsageError) as refused:
        under.under("dearer")
    assert str(refused.value) == "the instance is under the scenario 'dearer' already; allowed: one scenario"
    other = under.replace(sites=under["sites"])
    assert (other.scenario, other.scenarios) == (None, ())


def test_what_there_is_not_is_refused_by_name() -> None:
    """An unknown scenario, and an unknown table."""
    with pytest.raises(UsageError) as refused:
        scenarios().under("cheaper")
    assert str(refused.value).startswith("no scenario is called 'cheaper'; scenarios of ")
    with pytest.raises(UsageError) as refused:
        scenarios().replace(site=small()["sites"])
    assert str(refused.value).startswith("no table is called site; tables: periods, sites, ")
