"""A scenario that changes what firms pay for CO2 alone, or what the plan counts alone."""

import dataclasses

import pandas as pd
import pytest

from routeplan.data.warnings.warn import remarks
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Change, Scenario
from small import prices, small

VALUED = prices(co2_value=200.0)


def with_scenario(given: pd.DataFrame, *changes: Change) -> Instance:
    """The small instance with these prices, and one scenario of the changes."""
    return dataclasses.replace(small(prices=given), scenarios=(Scenario("dear", changes),))


def times(item: str | None) -> Change:
    """Prices of an item, or of all, doubled."""
    return Change("prices", "price", "multiply", 2.0, {} if item is None else {"item": item})


def noted(instance: Instance) -> list[str]:
    return [str(note) for note in remarks(instance).notes if note.name == "co2-price-alone"]


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("co2", "changes 'co2', by which firms decide, and not 'co2_value', which the plan counts"),
        ("co2_value", "changes 'co2_value', which the plan counts, and not 'co2', by which firms decide"),
    ],
)
def test_one_of_the_pair_is_noted(item: str, told: str) -> None:
    """It may be meant; the note says which of the two stays."""
    assert noted(with_scenario(VALUED, times(item))) == [f"scenarios.toml: scenario 'dear' {told}"]


@pytest.mark.nightly
def test_both_together_are_not_noted() -> None:
    """In two changes, in one that is about all prices, and neither where none is touched."""
    assert noted(with_scenario(VALUED, times("co2"), times("co2_value"))) == []
    assert noted(with_scenario(VALUED, times(None))) == []
    assert noted(with_scenario(VALUED, times("gas"))) == []


def test_a_price_that_the_plan_counts_itself_is_not_noted() -> None:
    """Without rows of `co2_value`, what firms pay is what the plan counts."""
    assert noted(with_scenario(prices(), times("co2"))) == []
