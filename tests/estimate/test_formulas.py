"""Formulas mean what a planner reads in them, and what is no formula is refused."""

import numpy as np
import pandas as pd
import pytest

from routeplan.estimate.formulas import Figure, evaluated, names_in, value_of

NUMBERS = {"gas": 12.0, "share": 0.25, "hours": 3.0, "max_gas": 7.0}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("gas x share", 12 * 0.25),
        ("gas - gas x share", 12 - 3),
        ("gas / hours x share", (12 / 3) * 0.25),
        ("gas / (hours x share)", 12 / 0.75),
        ("2 x hours ^ 2", 2 * 9),
        ("min(1, gas / 24) + max(gas, hours)", 0.5 + 12),
        ("max_gas - 1.5", 5.5),
    ],
)
def test_a_formula_is_read_as_in_a_textbook(formula: str, value: float) -> None:
    """Powers before products before sums, and from left to right; a name may begin as a function does."""
    assert value_of(formula, NUMBERS) == value


def test_nothing_has_no_size() -> None:
    """0 to a negative power is 0 here: a plant that captures nothing costs nothing, however small plants are priced."""
    captured = np.array([0.0, 4.0])
    assert np.array_equal(value_of("captured x captured ^ (0.5 - 1)", {"captured": captured}), [0.0, 2.0])


def test_names_are_listed_as_they_are_read() -> None:
    """Each once; neither x nor min nor max nor a number is a name."""
    assert names_in("max(1, b x 1000) / a x b + x_1") == ["b", "a", "x_1"]


def test_each_row_has_the_number_of_its_own_formula() -> None:
    """Rows without a formula have none; figures are found by the labels of the rows, whatever their order."""
    rows = pd.Index(["p", "q", "r"])
    figures = {"gas": Figure(pd.Series({"r": 3.0, "q": 2.0, "p": 1.0}), "here"), "share": Figure(0.5, "there")}
    values = evaluated(pd.Series(["gas x share", "", "gas"], rows), figures, rows)
    assert values[["p", "r"]].tolist() == [0.5, 3.0]
    assert np.isnan(values["q"])


def test_figures_are_looked_up_by_key() -> None:
    """By key go value and place of those that have one for each key, and stay those that have one for all."""
    towns = Figure(pd.Series({"a": 1.0, "b": 2.0}), pd.Series({"a": "line 2", "b": "line 3"}))
    found = towns.at(pd.Series(["b", "a", "b"]))
    assert pd.Series(found.value).tolist() == [2.0, 1.0, 2.0]
    assert pd.Series(found.place).tolist() == ["line 3", "line 2", "line 3"]
    everywhere = Figure(0.5, "demand")
    assert everywhere.at(pd.Series(["a"])) == everywhere


@pytest.mark.parametrize(
    "text", ["gas ** 'a'", "gas if share else 0", "__import__(gas)", "gas.real", "-gas", "min(gas)"]
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    """No text is run as a program: only numbers, names, the four operations, powers, min and max are read."""
    with pytest.raises(ValueError, match="is no formula; allowed: numbers, names"):
        value_of(text, NUMBERS)


def test_a_name_that_stands_for_nothing_is_refused() -> None:
    """A figure that is not there cannot be left out of a number in silence."""
    with pytest.raises(KeyError, match="heat"):
        value_of("gas x heat", NUMBERS)
