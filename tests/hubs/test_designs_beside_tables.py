"""Files of designs may lie in the folder of their instance: nothing reads them as tables, and nothing loses them."""

import shutil
from pathlib import Path

import pytest

import routeplan
from kilns import design_file, kilns
from routeplan.data.migrate import migrate

ROOT = Path(__file__).parents[2]


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """The kilns in a folder, with a design in its folder `hubs`."""
    folder = routeplan.write(kilns(1.5), tmp_path / "region")
    (folder / "hubs").mkdir()
    design_file(folder / "hubs")
    return folder


def test_they_change_nothing_of_the_instance(region: Path) -> None:
    """Neither problems, nor warnings, nor the fingerprint."""
    with_designs = routeplan.check(region)
    shutil.rmtree(region / "hubs")
    without = routeplan.check(region)
    assert with_designs.problems == without.problems == ()
    assert with_designs.warnings == without.warnings
    assert with_designs.instance is not None
    assert with_designs.instance.sha256 == kilns(1.5).sha256


def test_they_are_kept_when_the_instance_is_written_again(region: Path) -> None:
    """As every file of somebody's own; also where it is brought into the format of today."""
    before = (region / "hubs" / "harbour.toml").read_bytes()
    routeplan.write(kilns(3.0), region, overwrite=True)
    assert (region / "hubs" / "harbour.toml").read_bytes() == before
    migrate(region, region.with_name("today"))
    assert (region.with_name("today") / "hubs" / "harbour.toml").read_bytes() == before


def test_the_designs_of_the_example_fit_it() -> None:
    """Those that are shipped, all together."""
    files = sorted((ROOT / "instances" / "achterhoek" / "hubs").glob("*.toml"))
    designs = routeplan.read_designs(files, routeplan.read(ROOT / "instances" / "achterhoek"))
    assert [design.name for design in designs] == [file.stem for file in files]
    assert len(designs) == 3
