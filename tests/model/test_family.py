"""Every family: one sentence, a formula, a row that is compared in full; and rows without any decision."""

import ast
import re
from pathlib import Path

import pytest

from routeplan.model.build import FAMILIES, STRENGTHENING, build
from routeplan.model.family import at_most, equal
from routeplan.model.lookups import Lookups
from small import row, small

EVERY = FAMILIES + STRENGTHENING
TESTS = {
    node.name: node
    for file in sorted(Path(__file__).parent.glob("test_*.py"))
    for node in ast.parse(file.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef)
}
"""The tests of the model, as they are written."""


def compared_in_full(test: ast.FunctionDef, family: str) -> list[str]:
    """The texts with which a test compares rows of a family."""
    return [
        right.value
        for node in ast.walk(test)
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare)
        for left, right in [(node.test.left, node.test.comparators[0])]
        if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "row"
        if isinstance(left.args[1], ast.Constant) and left.args[1].value == family
        if isinstance(node.test.ops[0], ast.Eq) and isinstance(right, ast.Constant)
    ]


@pytest.mark.parametrize("family", EVERY, ids=lambda family: family.name)
def test_every_family_says_in_one_sentence_what_it_enforces(family):
    """The first line of the docstring is a sentence for planners: one line, a capital, one full stop."""
    assert re.fullmatch(r"[A-Z][^.]*\.", family.sentence)


@pytest.mark.parametrize("family", EVERY, ids=lambda family: family.name)
def test_every_family_shows_its_formula(family):
    """Below the sentence stands what the body computes, as mathematics."""
    assert ".. math:: " in (family.rule.__doc__ or "")


@pytest.mark.parametrize("family", EVERY, ids=lambda family: family.name)
def test_every_family_has_a_row_that_is_compared_in_full(family):
    """A test named after the family compares one of its rows as text."""
    rows = compared_in_full(TESTS[f"test_{family.name}_reads"], family.name)
    assert [text for text in rows if re.search(r"  (<=|==)  ", text)]


def test_families_have_names_of_their_own():
    """The name is the label in results, so that no two families share one."""
    assert len({family.name for family in EVERY}) == len(EVERY)


def test_a_family_is_shared_when_no_site_contract_or_process_is_in_its_index():
    """That rule alone tells the rows that couple sites."""
    assert {family.name for family in EVERY if family.shared} == {
        "firm_headroom",
        "total_headroom",
        "node_balance",
        "link_capacity",
        "stays_built",
        "hub_capacity",
        "stays_open",
        "stays_reinforced",
        "supply_balance",
        "supply_shared",
        "pot_budget",
        "emission_target",
        "tight_link_capacity",
    }


@at_most(
    Lookups, "process", "period", over=lambda data: [("oven", 2030), ("kiln", 2030), ("none", 2030), ("odd", 2030)]
)
def made_up(m, data, process, period):
    """The gas of a process is at most its room, which is 1 for `none` and less than nothing for `odd`."""
    room = {"oven": 1, "kiln": 0, "none": 1, "odd": -1}
    return 10 * m.runs[process, "gas", period], room[process]


def test_rows_without_a_decision_are_no_rows():
    """Two rows of the made-up family have no decision: one holds, and one is broken and named."""
    model = build(small(), (made_up,))
    assert list(model.pyomo.made_up) == [("oven", 2030), ("kiln", 2030)]
    assert row(model, "made_up", "kiln", 2030) == "10*runs[kiln,gas,2030]  <=  0"
    assert model.written["made_up"].constant == {("none", 2030): (0.0, 1.0), ("odd", 2030): (0.0, -1.0)}
    assert model.broken == ["made_up[odd,2030]: 0  <=  -1"]


@at_most(Lookups, "process", "period", over=lambda data: [("oven", 2030)])
def mistyped(m, data, process, period):
    """The route is forgotten in the index."""
    return m.runs[process, period], 1


def test_an_index_of_another_length_is_a_fault():
    """It is no variable that is ruled out, and counts as no 0."""
    with pytest.raises(KeyError, match="its index is process, route, period"):
        build(small(), (mistyped,))


@equal(Lookups, "scope", over=lambda data: [("exact",), ("within",), ("beyond",)])
def nearly(m, data, scope):
    """Nothing equals nothing, but for the rounding of the format's tolerance."""
    return 0, {"exact": 0.0, "within": 0.9e-6, "beyond": 1.1e-6}[scope]


def test_rows_without_a_decision_hold_to_the_tolerance():
    """A row may be missed by 1e-6 x max(1, abs(bound)), and no further."""
    assert build(small(), (nearly,)).broken == ["nearly[beyond]: 0  ==  1.1e-06"]
