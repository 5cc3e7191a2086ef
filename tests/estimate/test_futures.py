"""Scenarios that an estimated instance starts with: each can be applied, and changes what it says."""

from pathlib import Path

import pandas as pd
import pytest

from routeplan.data.read import read
from routeplan.estimate.futures import LATE, usual_scenarios

TINY = Path(__file__).parents[2] / "instances" / "tiny"


@pytest.mark.nightly
def test_each_can_be_applied_and_changes_what_it_says() -> None:
    instance = read(TINY)
    scenarios = {scenario.name: scenario for scenario in usual_scenarios(instance)}
    assert all(scenario.title and scenario.title_nl for scenario in scenarios.values())
    for scenario in scenarios.values():
        whole = instance.__class__(instance.settings, instance.tables, (scenario,))
        under = whole.under(scenario.name)
        touched = {change.table for change in scenario.changes}
        assert {name for name in instance.tables if not under[name].equals(instance[name])} <= touched
    half = instance.__class__(instance.settings, instance.tables, (scenarios["half-budget"],)).under("half-budget")
    pd.testing.assert_series_equal(half["budgets"]["amount"], instance["budgets"]["amount"] / 2)


def test_what_fits_no_row_is_left_out() -> None:
    instance = read(TINY)
    without = instance.replace(budgets=instance["budgets"][:0], links=instance["links"].query("status != 'planned'"))
    found = {scenario.name: scenario for scenario in usual_scenarios(without)}
    assert "half-budget" not in found
    assert all(change.table != "links" for scenario in found.values() for change in scenario.changes)
    assert all(change.value == LATE for change in found["late-grid"].changes)
