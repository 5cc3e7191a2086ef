"""Instances: always valid, never changed, and under one scenario at a time."""

import copy
import pickle
from collections.abc import Callable

import pandas as pd
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
    assert str(refused.value).startswith("no table or setting is called site; tables: periods, sites, ")


def test_settings_are_replaced_like_tables() -> None:
    """By their names, checked like any."""
    cheaper = small().replace(discount_rate=0.03, title="cheaper money")
    assert (cheaper.settings.discount_rate, cheaper.settings.title) == (0.03, "cheaper money")
    assert cheaper.sha256 != small().sha256
    with pytest.raises(DataError, match="key 'firm_rate' is 2; allowed: 0 or more and below 1"):
        small().replace(firm_rate=2)


def test_an_instance_never_changes() -> None:
    """Neither by the tables that it hands out, nor by those that it was made of."""
    given = {name: small()[name] for name in small()}
    instance = Instance(small().settings, given)
    given["prices"].loc[0, "price"] = 1e3
    handed_out = instance.tables["prices"]
    handed_out.loc[0, "price"] = 1e3
    pd.testing.assert_frame_equal(instance["prices"], small()["prices"])
    assert instance.sha256 == small().sha256


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda instance: pickle.loads(pickle.dumps(instance))])
def test_an_instance_can_be_sent_elsewhere(copied: Callable[[Instance], Instance]) -> None:
    """To another process, or into a cache: what arrives is the same instance, under the same scenario."""
    sent = scenarios().under("dearer")
    arrived = copied(sent)
    assert arrived == sent
    assert hash(arrived) == hash(sent)
    assert (arrived.sha256, arrived.scenario) == (sent.sha256, "dearer")
    pd.testing.assert_frame_equal(arrived["prices"], sent["prices"])


def test_instances_are_compared_by_their_content() -> None:
    """Two that were read apart are equal; one cell makes a difference, and so does a setting."""
    assert scenarios() == scenarios()
    assert scenarios() != scenarios().under("dearer")
    assert small() != small().replace(discount_rate=0.03)
    assert small() != "small"


def test_an_instance_says_in_a_line_what_it_is() -> None:
    """Name, scenario, size, periods and fingerprint; in a notebook with the size of each table."""
    instance = scenarios().under("dearer")
    assert repr(instance) == (
        f"<Instance small under dearer: 2 sites, 2 processes, {len(instance['options'])} options, 2030 to 2034, "
        f"{instance.sha256[:12]}>"
    )
    assert "<td>options</td>" in instance._repr_html_()


def test_scenarios_apply_together() -> None:
    """In the order asked: gas twice as dear and 5 more is not the same as 5 more and then twice."""
    more = Scenario("more", (Change("prices", "price", "add", 5.0, {"item": "gas"}),))
    instance = Instance(small().settings, small().tables, (DEARER, more))
    gas = instance["prices"]["item"] == "gas"
    before = instance["prices"]["price"][gas]
    assert (instance.under("dearer", "more")["prices"]["price"][gas] == 2.0 * before + 5.0).all()
    assert (instance.under("more", "dearer")["prices"]["price"][gas] == 2.0 * (before + 5.0)).all()
    assert instance.under("dearer", "more").scenario == "dearer + more"
    assert instance.under("dearer + more") == instance.under("dearer", "more")
    with pytest.raises(UsageError, match="the scenario 'more' is asked for twice"):
        instance.under("more", "more")
    with pytest.raises(UsageError, match="no scenario is called 'less'"):
        instance.under("more + less")
