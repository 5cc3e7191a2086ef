"""Land and water: where sites may stand, and how it is made."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from routeplan.estimate.defaults import load_defaults
from routeplan.generate.places import FROM_TOWN, places_of
from routeplan.land.land import NETHERLANDS, land_rings, on_dutch_land

ROOT = Path(__file__).parents[2]
INSTANCES = sorted(path.parent.name for path in (ROOT / "instances").glob("*/sites.csv"))


@pytest.fixture(scope="module")
def make_ground() -> ModuleType:
    """The script, as a module."""
    pytest.importorskip("shapely")
    spec = importlib.util.spec_from_file_location("make_ground", ROOT / "scripts" / "make_ground.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_ground"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", INSTANCES)
def test_every_site_that_is_shipped_stands_on_dutch_land(name: str) -> None:
    """A reader sees none in the sea, and none across the border."""
    sites = pd.read_csv(ROOT / "instances" / name / "sites.csv")
    off = ~on_dutch_land(sites["lat"], sites["lon"])
    assert sites.loc[off, "site"].tolist() == []


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (52.09, 5.12, True),  # Utrecht
        (50.85, 5.69, True),  # Maastricht
        (53.05, 4.80, True),  # Texel
        (51.22, 4.40, False),  # Antwerpen
        (51.84, 6.62, False),  # Bocholt
        (52.80, 5.35, False),  # IJsselmeer
        (52.35, 5.58, False),  # Wolderwijd, a hole in the land
        (52.50, 3.50, False),  # Noordzee
        (0.0, 0.0, False),
    ],
)
def test_places_on_dutch_land_are_known(lat: float, lon: float, expected: bool) -> None:
    """As any atlas has them."""
    assert on_dutch_land([lat], [lon]).tolist() == [expected]


def test_rings_are_closed_and_lakes_lie_in_the_country_before_them() -> None:
    """Each lake follows the land that holds it."""
    before = None
    for ring in land_rings():
        assert ring.corners[0] == ring.corners[-1]
        assert not ring.lake or ring.country == before
        before = ring.country


def test_the_dutch_land_is_as_large_as_it_is() -> None:
    """33,700 km2 of land (CBS) and some inland water that is not left out: 2 to 5 % more, by the shoelace formula."""
    area = 0.0
    for ring in land_rings():
        if ring.country == NETHERLANDS:
            lon, lat = np.array(ring.corners).T
            x, y = 111.32 * lon * np.cos(np.radians(52.2)), 111.2 * lat
            around = abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1])) / 2.0
            area += -around if ring.lake else around
    assert 33_700 * 1.02 < area < 33_700 * 1.05


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.some(2)
def test_generated_sites_stand_on_land_near_their_towns(seed: int) -> None:
    """Whatever the seed: on the coast and at the border too."""
    sites = pd.DataFrame({"sector": ["food", "ceramics", "chemicals"] * 100})
    tables = load_defaults()
    found = places_of(sites, seed, 0.3, tables)
    assert on_dutch_land(found["lat"], found["lon"]).all()
    alone = places_of(sites, seed, 0.0, tables)
    town = tables["places"].drop_duplicates("place").set_index("place").loc[alone["place"]]
    north = 111.2 * (alone["lat"].to_numpy() - town["lat"].to_numpy())
    east = 111.2 * np.cos(np.radians(52.2)) * (alone["lon"].to_numpy() - town["lon"].to_numpy())
    assert np.hypot(north, east).max() <= 1.05 * FROM_TOWN


def test_topojson_is_read_as_its_specification_says(make_ground: ModuleType) -> None:
    """Arcs are steps on a grid; ``~0`` is the first arc backwards; a corner that two arcs share stands once."""
    topology = {
        "transform": {"scale": [0.5, 0.25], "translate": [4.0, 50.0]},
        "arcs": [[[0, 0], [4, 0], [0, 8]], [[0, 0], [0, 8], [4, 0]]],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "properties": {"name": "Belgium"}, "arcs": [[1, -1]]},
                    {"type": "MultiPolygon", "properties": {"name": "Atlantis"}, "arcs": [[[0, -2]]]},
                ]
            }
        },
    }
    found = make_ground.countries_of(topology)
    assert list(found) == ["Belgium"]
    # A rectangle of 2 by 2 degrees.
    assert found["Belgium"].bounds == (4.0, 50.0, 6.0, 52.0)
    assert found["Belgium"].area == pytest.approx(4.0)


def test_another_file_than_the_one_meant_is_refused(make_ground: ModuleType, tmp_path: Path) -> None:
    """By its checksum, so that the ground is what its README says."""
    other = tmp_path / "atlas.tgz"
    other.write_bytes(b"no atlas")
    with pytest.raises(SystemExit, match="is not the file that is meant"):
        make_ground.topology(other)
