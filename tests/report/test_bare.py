"""An instance with nothing but what it must have: every way to look at its plan works."""

from pathlib import Path

import pytest

import routeplan
from routeplan.result.result import Result
from routeplan.schema.inputs import INPUT_TABLES
from small import small

NEEDED = {"periods", "sites", "processes", "routes", "options", "prices", "areas"}
"""Tables without which there is nothing to plan."""


@pytest.fixture(scope="module", params=[1.0, 0.0], ids=["with requests", "without any limit"])
def bare(request: pytest.FixtureRequest) -> Result:
    """The plan of the small instance, every other table empty; options ask for capacity, or none does."""
    options = small()["options"].query("hydrogen == 0").reset_index(drop=True)
    options["firm_capacity"] *= request.param
    nothing = {name: small()[name].iloc[:0] for name in INPUT_TABLES if name not in NEEDED}
    return routeplan.solve(small().replace(options=options, **nothing))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.nightly
def test_a_bare_plan_has_a_page(bare: Result, tmp_path: Path, language: str) -> None:
    """In each language."""
    page = routeplan.report([bare], tmp_path / "page.html", language=language)
    assert "bakery" in Path(page).read_text(encoding="utf-8")


@pytest.mark.nightly
def test_a_bare_plan_is_shown_everywhere(bare: Result, tmp_path: Path) -> None:
    """As a workbook, layers and a comparison with itself."""
    routeplan.write_result_workbook(bare, tmp_path / "plan.xlsx")
    layers = routeplan.feature_collections(bare)
    assert len(layers["sites"]["features"]) == 2 * len(bare.instance["periods"])
    assert layers["links"]["features"] == []
    assert len(routeplan.compare({"a": bare, "b": bare}))
