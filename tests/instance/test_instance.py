"""Instances: always valid, never changed, and under one scenario at a time."""

import copy
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from routeplan.data.read import read
from routeplan.errors import DataError, UnknownTable, UsageError
from routeplan.instance.change import Change
from routeplan.instance.instance import Instance
from routeplan.instance.rules.check import check_tables
from routeplan.instance.scenario import Scenario
from routeplan.schema.inputs import INPUT_TABLES
from small import small, with_settings

ROOT = Path(__file__).parents[2]
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
    assert str(refused.value) == "the instance is under the scenario 'dearer' already"
    other = under.replace(sites=under["sites"])
    assert (other.scenario, other.scenarios) == (None, ())


@pytest.mark.nightly
def test_what_there_is_not_is_refused_by_name() -> None:
    """An unknown scenario, and unknown tables and settings, with those that were meant."""
    with pytest.raises(UsageError) as refused:
        scenarios().under("less")
    assert str(refused.value) == "no scenario is called 'less'; scenarios of small: dearer"
    with pytest.raises(UsageError) as refused:
        scenarios().under("Deare")
    assert str(refused.value) == "no scenario is called 'Deare' (did you mean 'dearer'?); scenarios of small: dearer"
    with pytest.raises(UsageError) as refused:
        scenarios().replace(site=small()["sites"], discountrate=0.0)
    assert str(refused.value).startswith(
        "no table or setting is called 'discountrate' (did you mean 'discount_rate'?), 'site' (did you mean 'sites'?); "
        "tables: periods, sites, "
    )
    for asked in ("site", ["site"]):
        with pytest.raises(UnknownTable, match=r"no table of an instance is called .*; tables: periods, sites"):
            small()[asked]  # type: ignore[index]


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


@pytest.mark.nightly
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


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: scenarios().under(["a", "b"]), "names of scenarios are given one by one: under('a', 'b')"),
        (lambda: scenarios().under(3), "a scenario is 3; allowed: names of scenarios, as in under('a', 'b')"),
        (lambda: scenarios().under([]), "a scenario is []; allowed: names of scenarios, as in under('a', 'b')"),
        (
            lambda: scenarios().under("dearer").under("more"),
            "the instance is under the scenario 'dearer' already; give both in one call: under('dearer', 'more')",
        ),
    ],
)
def test_scenarios_are_asked_for_by_name_in_one_call(call: Callable[[], object], told: str) -> None:
    """What was typed is answered with what to type."""
    with pytest.raises(UsageError) as refused:
        call()
    assert str(refused.value) == told


@cache
def _nine_cases() -> Instance:
    return read(ROOT / "instances/nine-cases")


@pytest.mark.some(8)
@pytest.mark.parametrize("name", INPUT_TABLES)
def test_a_table_that_is_replaced_breaks_the_rules_that_all_tables_would(name: str) -> None:
    """Only what a replaced table can break is looked at; without its first row, that is all there is to find."""
    instance = _nine_cases()
    fewer = instance[name].iloc[1:].reset_index(drop=True)
    problems = check_tables(instance.settings, {**instance.tables, name: fewer})
    try:
        instance.replace(**{name: fewer})
    except DataError as error:
        assert list(error.problems) == problems
    else:
        assert problems == []


BUDGETS = pd.DataFrame({"pot": ["fund"], "period": [2030], "amount": [3.0]})


@pytest.mark.parametrize(
    "given", [{"pot": ["fund"], "period": [2030], "amount": [3]}, [{"pot": "fund", "period": 2030, "amount": 3}]]
)
def test_a_table_can_be_given_as_what_makes_one(given: object) -> None:
    """A dict of columns, or a list of rows, is the table that pandas makes of it; columns with a default may lack."""
    instance = small().replace(pots={"pot": ["fund"]}, budgets=given)
    assert instance == small(pots="pot\nfund").replace(budgets=BUDGETS)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            "pot,period",
            "budgets is 'pot,period'; allowed: a pandas.DataFrame, or a dict or list that makes one; col",
        ),
        (None, "budgets is None; allowed: a pandas.DataFrame"),
        ({"pot": ["a", "b"], "period": [2030]}, "; allowed: a pandas.DataFrame"),
        ({"pot": ["a"], "period": ["soon"], "amount": [1]}, "; allowed: a pandas.DataFrame"),
        (
            {"amuont": [3]},
            "no column of budgets is called 'amuont' (did you mean 'amount'?); columns: pot, period, am",
        ),
    ],
)
def test_what_makes_no_table_is_refused(given: object, told: str) -> None:
    """In words, with the columns that are wanted, whatever pandas says of it."""
    with pytest.raises(UsageError) as refused:
        small().replace(budgets=given)
    assert told in str(refused.value)


@pytest.mark.nightly
def test_an_instance_changed_after_a_scenario_says_so() -> None:
    """No scenario alone makes it, so that it is under none; changed first, it keeps the name of its scenario."""
    later = scenarios().under("dearer").replace(discount_rate=0.03)
    assert (later.scenario, later.scenarios) == (None, ())
    assert repr(later).startswith("<Instance small changed after dearer: 2 sites, ")
    assert repr(later.replace(firm_rate=0.05)).startswith("<Instance small changed after dearer: 2 sites, ")
    with pytest.raises(UsageError, match="no scenario is called 'more'; scenarios of small changed after dearer: none"):
        later.under("more")
    first = scenarios().replace(discount_rate=0.03).under("dearer")
    assert first.scenario == "dearer"
    assert (first.settings, first.tables) == (later.settings, later.tables)
