"""A plan as a GeoPackage: the layers of the GeoJSON, in the coordinates of Dutch maps."""

import importlib.util
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from by_hand import INSTANCE, instance, plan, without_plan

from routeplan.errors import NoPlan, UsageError
from routeplan.instance.rd_new import to_degrees
from routeplan.report.files import geopackage
from routeplan.report.files.geojson import feature_collections
from routeplan.report.files.geopackage import DEGREES, RD_NEW, write_geopackage

pyogrio = pytest.importorskip("pyogrio")
shapely = pytest.importorskip("shapely")
pytest.importorskip("pyproj")

MAASTRICHT = {
    "sites": "site,name,sector,region,area,lat,lon\nbakery,Amersfoort,food,east,town,52.15517440,5.38720621\n"
    "tiles,Maastricht,ceramics,west,town,50.8500,5.6900"
}
"""The tower from which RD New counts (155,000 m east and 463,000 m north, by definition), and a place far from it."""


def layer(path: Path, name: str) -> tuple[dict[str, Any], list[dict[str, Any]], Any]:
    """What is told of a layer, its rows, and their shapes."""
    meta, _, shapes, cells = pyogrio.raw.read(path, layer=name)
    rows = [dict(zip(meta["fields"], row, strict=True)) for row in zip(*(cell.tolist() for cell in cells), strict=True)]
    return meta, rows, shapely.from_wkb(shapes)


@pytest.mark.nightly
def test_layers_are_those_of_the_geojson(tmp_path: Path) -> None:
    """The same features with the same properties; dates are dates."""
    path = write_geopackage(plan(), tmp_path / "plan.gpkg", crs=DEGREES)
    collections = feature_collections(plan())
    assert [name for name, _ in pyogrio.list_layers(path)] == list(collections) == ["sites", "links", "hubs"]
    for name, collection in collections.items():
        meta, rows, shapes = layer(path, name)
        features = collection["features"]
        assert meta["crs"] == "EPSG:4326"
        assert len(rows) == len(features) > 0
        for row, feature, shape in zip(rows, features, shapes, strict=True):
            told = row | {key: str(row[key])[:10] for key in ("begins", "ends")}
            assert told == feature["properties"]
            assert shape.geom_type == feature["geometry"]["type"]
            assert np.asarray(shape.coords).squeeze() == pytest.approx(np.array(feature["geometry"]["coordinates"]))
    assert {field for field in meta["dtypes"] if str(field).startswith("datetime64")}


@pytest.mark.nightly
def test_rd_new_is_that_of_the_published_formula(tmp_path: Path) -> None:
    """The tower of Amersfoort is at 155,000 and 463,000 m; each point goes back to where the tables have it.

    By the formula of Schreutelkamp and Strang van Hees, which is right to within a metre, as is PROJ without its grid.
    """
    path = write_geopackage(plan(instance(**MAASTRICHT)), tmp_path / "plan.gpkg")
    meta, rows, shapes = layer(path, "sites")
    assert meta["crs"] == f"EPSG:{RD_NEW}"
    east, north = np.array([shape.coords[0] for shape in shapes]).T
    tower = [row["name"] == "Amersfoort" for row in rows]
    assert east[tower] == pytest.approx(155_000.0, abs=1.0)
    assert north[tower] == pytest.approx(463_000.0, abs=1.0)
    lat, lon = to_degrees(east, north)
    known = {"Amersfoort": (52.15517440, 5.38720621), "Maastricht": (50.85, 5.69)}
    metre = 1.0 / 111_000.0
    for row, latitude, longitude in zip(rows, lat, lon, strict=True):
        assert (latitude, longitude) == pytest.approx(known[row["name"]], abs=2.0 * metre)


@pytest.mark.nightly
def test_links_have_the_names_of_their_ends(tmp_path: Path) -> None:
    """In the readers' language, beside the ids; a node without a name has its id."""
    sites = INSTANCE["sites"].replace("spare_capacity,contract", "spare_capacity,contract,name_nl")
    sites = sites.replace("1,park", "1,park,Bakkerij").replace("0,park", "0,park,Tegelwerk")
    path = write_geopackage(plan(instance(sites=sites)), tmp_path / "plan.gpkg", language="nl")
    _, rows, _ = layer(path, "links")
    pipe = next(row for row in rows if row["link"] == "pipe")
    assert (pipe["from"], pipe["from_name"], pipe["to"], pipe["to_name"]) == ("tiles", "Tegelwerk", "gate", "gate")


@pytest.mark.nightly
def test_a_layer_without_features_is_there(tmp_path: Path) -> None:
    """Hubs of which none is open."""
    path = write_geopackage(plan(hubs="hub,option,period,open,output"), tmp_path / "plan.gpkg")
    assert pyogrio.read_info(path, layer="hubs")["features"] == 0


@pytest.mark.nightly
def test_the_same_plan_makes_the_same_rows(tmp_path: Path) -> None:
    """And the same moment at which it says it was made, whatever the clock says."""
    moments = []
    for name in ("one", "other"):
        path = write_geopackage(plan(), tmp_path / f"{name}.gpkg")
        with sqlite3.connect(path) as file:
            moments.append(file.execute("SELECT table_name, last_change FROM gpkg_contents").fetchall())
        file.close()
    assert moments[0] == moments[1]
    assert {moment for _, moment in moments[0]} == {geopackage.MADE_AT}


def test_what_must_be_said_stands_in_the_description(tmp_path: Path) -> None:
    """Of each layer, as the program that opens it shows."""
    sites = INSTANCE["sites"].replace("contract\n", "contract,basis\n").replace("1,park", "1,park,register")
    sites = sites.replace("0,park", "0,park,")
    path = write_geopackage(plan(instance(sites=sites)), tmp_path / "plan.gpkg")
    with sqlite3.connect(path) as file:
        texts = [text for (text,) in file.execute("SELECT description FROM gpkg_contents")]
    file.close()
    assert len(texts) == 3
    assert all("For 1 of the 2 sites" in text for text in texts)


def test_without_the_extra_it_is_told_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which packages are missing, and nothing is written."""
    find = importlib.util.find_spec
    monkeypatch.setattr(geopackage, "find_spec", lambda name: None if name == "pyogrio" else find(name))
    with pytest.raises(UsageError) as refused:
        write_geopackage(plan(), tmp_path / "plan.gpkg")
    assert str(refused.value).startswith(
        "a GeoPackage needs pyogrio, not installed; install with: python -m pip install"
    )
    assert "'routeplan[gis]'" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "crs", "told"),
    [
        ("plan.shp", RD_NEW, "is no name of a GeoPackage; allowed: a name that ends in .gpkg"),
        ("plan.gpkg", 3857, "the coordinates are EPSG:3857; allowed: 28992, 4326"),
    ],
)
def test_other_files_and_coordinates_are_refused(name: str, crs: int, told: str, tmp_path: Path) -> None:
    """With what is allowed."""
    with pytest.raises(UsageError, match=told.replace(".", r"\.")):
        write_geopackage(plan(), tmp_path / name, crs=crs)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.nightly
def test_a_file_that_is_there_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    """Also where the plan has none."""
    path = write_geopackage(plan(), tmp_path / "plan.gpkg")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="is there already; allowed: a new name"):
        write_geopackage(plan(), path)
    with pytest.raises(NoPlan):
        write_geopackage(without_plan(), path, overwrite=True)
    assert path.read_bytes() == before
    write_geopackage(plan(), path, crs=DEGREES, overwrite=True)
    assert pyogrio.read_info(path, layer="sites")["crs"] == "EPSG:4326"
    assert list(tmp_path.iterdir()) == [path]
