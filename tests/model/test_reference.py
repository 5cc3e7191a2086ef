"""The page of the mathematics says what the code declares."""

from pathlib import Path

import pytest

from routeplan.model.build import FAMILIES, STRENGTHENING
from routeplan.model.reference import GLOSSARY, markdown, model_reference
from routeplan.model.variables import VARIABLES

PAGE = Path(__file__).parents[2] / "docs" / "model.md"


def test_the_page_is_up_to_date() -> None:
    """`python -m routeplan.model.reference > docs/model.md` would change nothing."""
    assert PAGE.read_text(encoding="utf-8") == model_reference()


@pytest.mark.parametrize("name", [*VARIABLES, *(family.name for family in FAMILIES + STRENGTHENING)])
def test_every_decision_and_family_is_on_the_page(name: str) -> None:
    """By the name that results and explanations use."""
    assert f"`{name}`" in model_reference()


def test_formulas_are_mathematics() -> None:
    """Each directive becomes a block, its further lines with it; nothing of the directive is left."""
    text = markdown("Says so.\n\n.. math:: a \\le b, \\qquad\n          c \\le d\n\nb: ``options.b``.")
    assert text == "Says so.\n\n$$\na \\le b, \\qquad\n          c \\le d\n$$\n\nb: `options.b`."
    assert ".. math::" not in model_reference()


def test_the_words_of_public_money_and_the_grid_are_explained() -> None:
    """The four words for public money, the two for capacity asked of the grid, and the two kinds of it."""
    assert {"pot", "support", "grant", "funding gap", "request", "connection", "firm", "flexible"} <= set(GLOSSARY)
