"""Instances that are right, of which nothing is warned: a warning here would be noise."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from routeplan.data.read import read
from routeplan.data.warnings.warn import remarks
from routeplan.generate.generate import generate
from routeplan.importers.ets.ets import import_ets

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path.name for path in (ROOT / "instances").iterdir() if path.is_dir())


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.some(2)
def test_shipped_instances(name: str) -> None:
    """Every one of them."""
    assert remarks(read(ROOT / "instances" / name)).warnings == ()


@pytest.mark.parametrize("case", list(product(range(10), (330, 10, 40, 150))), ids=str)
@pytest.mark.nightly
def test_generated_instances(case: tuple[int, int]) -> None:
    """Ten seeds, four sizes."""
    seed, sites = case
    assert remarks(generate(sites, seed).instance).warnings == ()


@pytest.mark.parametrize("year", [2021, 2022, 2013])
@pytest.mark.nightly
def test_the_real_register(year: int, shared_data: Path) -> None:
    """Every installation outside the big clusters."""
    export = shared_data / "sites" / "eutl_installations_nl_as_published.csv"
    assert remarks(import_ets(export, year=year).instance).warnings == ()


@pytest.mark.nightly
def test_a_warning_that_is_silenced_hides_no_other() -> None:
    """A rule may speak of a cell that another, silenced one has spoken of: 700 M EUR for 3 MW is told all the same."""
    tiny = read(ROOT / "instances" / "tiny")
    options = tiny["options"].astype({"capex": float, "electricity": float})
    pump = (options["process"] == "dairy.steam") & (options["route"] == "heat_pump")
    options.loc[pump, ["capex", "electricity"]] = [700.0, 18000.0]
    odd = tiny.replace(options=options)
    silenced = replace(odd, settings=replace(odd.settings, silenced={"power-and-energy": "It is meant."}))
    assert [warning.name for warning in remarks(odd).warnings] == ["power-and-energy"]
    found = remarks(silenced)
    assert [warning.name for warning in found.warnings] == ["money-of-power"]
    assert found.silenced == 1
