"""Write land and water, src/routeplan/land/countries.geojson: python scripts/make_ground.py [ATLAS.tgz].

The Netherlands is the union of its provinces, which leave water out; neighbours come from Natural Earth. Where the two
do not meet, the Dutch border holds: neighbours are cut there, or filled up to it.
"""

import hashlib
import io
import json
import subprocess
import sys
import tarfile
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import shapely
from shapely.geometry import Polygon, box, mapping, shape

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "src" / "routeplan" / "land" / "countries.geojson"

ATLAS = "https://registry.npmjs.org/world-atlas/-/world-atlas-2.0.2.tgz"
ATLAS_SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
ATLAS_FILE = "package/countries-10m.json"
"""Natural Earth 4.1.0 at 1:10m, public domain, as TopoJSON (https://github.com/topojson/topojson-specification)."""

PROVINCES = "5509ec1:src/routeplan/report/map/data/nl_provinces.geojson"
"""Outlines of provinces by CBS and Kadaster, CC BY 4.0, simplified: a file of an earlier commit of this project."""

BOX = box(2.0, 50.1, 8.6, 54.1)
"""What the map can show [degrees]."""

NEIGHBOURS = {"BE": ("Belgium",), "DE": ("Germany",), "": ("France", "Luxembourg")}
"""Countries that are drawn, and which of Natural Earth's each holds."""

APART = 0.04
"""How far the borders of the two sources lie apart at most [degrees]: 2.5 km along all of the Dutch border."""

LEAST_LAKE, LEAST_ISLAND = 8e-4, 1e-4
"""Area from which a lake or an island is kept [square degrees]: some 6 and 0.8 km2."""

DECIMALS = 3
"""Of a degree: 0.1 km."""


def main(atlas: Path | None) -> None:
    """Make the rings and write them."""
    countries = countries_of(topology(atlas))
    home = netherlands()
    gap = shapely.difference(countries["Netherlands"], home)
    features = [_feature("NL", home)]
    taken = home
    for country, names in NEIGHBOURS.items():
        land = shapely.intersection(shapely.union_all([countries[name] for name in names]), BOX)
        filled = shapely.union(land, shapely.intersection(gap, land.buffer(APART)))
        own = _rounded(shapely.difference(filled, taken))
        features.append(_feature(country, own))
        taken = shapely.union(taken, own)
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    WRITTEN.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8", newline="\n")


def topology(atlas: Path | None) -> dict[str, Any]:
    """The TopoJSON of the package's file, which is downloaded where none is given."""
    if atlas is None:
        with urlopen(ATLAS, timeout=60) as answer:
            packed = answer.read()
    else:
        packed = atlas.read_bytes()
    if hashlib.sha256(packed).hexdigest() != ATLAS_SHA256:
        raise SystemExit(f"{atlas or ATLAS} is not the file that is meant: its SHA-256 is not {ATLAS_SHA256}")
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        member = files.extractfile(ATLAS_FILE)
        assert member is not None
        found: dict[str, Any] = json.load(member)
    return found


def countries_of(topology: dict[str, Any]) -> dict[str, Any]:
    """The polygons of each country that may lie in the box, in degrees: arcs are sums of steps on a grid."""
    (scale_x, scale_y), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [
            (west + scale_x * x, south + scale_y * y)
            for x, y in accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]])
        ]
        for arc in topology["arcs"]
    ]
    asked = {"Netherlands", *(name for names in NEIGHBOURS.values() for name in names)}
    found = {}
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        if name in asked:
            polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
            rings = [[_joined(arcs, ring) for ring in polygon] for polygon in polygons]
            # An island smaller than the grid has no area.
            parts = [Polygon(outer, holes) for outer, *holes in rings if len(outer) > 3]
            found[name] = shapely.union_all(shapely.make_valid(parts))
    return found


def _joined(arcs: list[list[tuple[float, float]]], ring: list[int]) -> list[tuple[float, float]]:
    """Corners of a ring of arcs: ``~i`` is the i-th backwards, and each begins where the one before ends."""
    parts = [arcs[at] if at >= 0 else arcs[~at][::-1] for at in ring]
    return [parts[0][0], *(corner for part in parts for corner in part[1:])]


def netherlands() -> Any:
    """The union of the provinces, without the slivers between them."""
    shown = subprocess.run(["git", "show", PROVINCES], cwd=ROOT, capture_output=True, text=True, check=True)
    features = json.loads(shown.stdout)["features"]
    return _rounded(shapely.union_all(shapely.make_valid([shape(feature["geometry"]) for feature in features])))


def _rounded(area: Any) -> Any:
    """Polygons on the grid of `DECIMALS`, without small lakes and islands."""
    parts = [
        Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area >= LEAST_LAKE])
        for part in shapely.get_parts(shapely.set_precision(area, 10.0**-DECIMALS))
        if part.geom_type == "Polygon" and part.area >= LEAST_ISLAND
    ]
    return shapely.set_precision(shapely.union_all(parts), 10.0**-DECIMALS)


def _feature(country: str, area: Any) -> dict[str, Any]:
    """A country as GeoJSON (RFC 7946), in decimals that its grid has."""
    rings = [
        [[(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring] for ring in polygon]
        for polygon in (mapping(part)["coordinates"] for part in shapely.get_parts(area))
    ]
    geometry = {"type": "MultiPolygon", "coordinates": rings}
    return {"type": "Feature", "properties": {"country": country}, "geometry": geometry}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
