"""A plan as a GeoPackage (OGC 12-128), in the coordinates of Dutch maps or in degrees."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from routeplan.data.file_swap import file_written_aside, refuse_existing
from routeplan.errors import UsageError
from routeplan.instance.basis import said_of_all
from routeplan.instance.instance import Instance
from routeplan.language.language import Language, Words
from routeplan.report.files.layers import Layer, layers
from routeplan.report.files.times import BEGINS, ENDS
from routeplan.result.result import Result, refuse_without_plan

with suppress(ModuleNotFoundError):  # of the extra "gis", which need not be installed
    import pyogrio
    import pyproj
    import shapely

EXTRA = ("pyogrio", "pyproj", "shapely")
"""What this module needs besides what routeplan itself does."""

RD_NEW, DEGREES = 28992, 4326
SYSTEMS = (RD_NEW, DEGREES)
"""Coordinate reference systems, by their EPSG codes: RD New [m], and WGS 84 [degrees]."""

SUFFIX = ".gpkg"
MADE_AT = "2000-01-01T00:00:00.000Z"
"""The moment that each file tells it was made, so that the same plan makes the same content."""


def write_geopackage(
    result: Result,
    path: Path | str,
    *,
    crs: int = RD_NEW,
    language: Language | str = Language.ENGLISH,
    overwrite: bool = False,
) -> Path:
    """Write the layers of a plan to a GeoPackage: a feature for each thing and period in which it is there.

    Parameters
    ----------
    result : Result
        A result with a plan.
    path : path
        The file, whose name ends in .gpkg. It appears complete, or not at all.
    crs : int, optional
        Coordinates: 28992 (RD New, metres east and north) or 4326 (WGS 84, degrees). RD New is reckoned by PROJ, to
        within a metre: its grid of corrections is not installed with it.
    language : Language or str, optional
        The readers' language, of names: ``en`` or ``nl``.
    overwrite : bool
        Whether a GeoPackage that is there may be replaced, all its layers.

    Returns
    -------
    Path
        The file, with the layers ``sites`` (points), ``links`` (lines) and, where the instance has any, ``hubs``
        (points). ``begins`` and ``ends`` are dates, for the time slider of QGIS.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When the packages of the extra ``gis`` are not installed, there is something already that may not be replaced,
        or the name, the language or the coordinates are others.
    """
    refuse_without_plan(result)
    refuse_without_extra()
    target = Path(path)
    _refuse(target, crs, overwrite)
    found = layers(result, Words(language))
    places = _places(result.instance, crs)
    with file_written_aside(target) as aside, _made_at_one_moment():
        for name, layer in found.items():
            _write_layer(aside, name, layer, places, result.instance, crs)
    return target


def refuse_without_extra() -> None:
    """Refuse to work without the packages of the extra, and say how to install them.

    Raises
    ------
    UsageError
        With those that are missing.
    """
    if missing := [name for name in EXTRA if find_spec(name) is None]:
        raise UsageError(
            f"a GeoPackage needs {', '.join(missing)}, not installed; install with: python -m pip install "
            "'routeplan[gis]' (of a copy of the source: python -m pip install -e '.[gis]')"
        )


def _refuse(path: Path, crs: int, overwrite: bool) -> None:
    if path.suffix.lower() != SUFFIX:
        raise UsageError(f"{path} is no name of a GeoPackage; allowed: a name that ends in {SUFFIX}")
    if crs not in SYSTEMS:
        raise UsageError(f"the coordinates are EPSG:{crs}; allowed: {', '.join(map(str, SYSTEMS))}")
    if not overwrite:
        refuse_existing(path)


def _places(instance: Instance, crs: int) -> dict[str, Any]:
    """Coordinates, east first, of each site and node; no node has the id of a site."""
    both = pd.concat([instance["sites"].rename(columns={"site": "node"}), instance["nodes"]])
    turned = pyproj.Transformer.from_crs(DEGREES, crs, always_xy=True)
    east, north = turned.transform(both["lon"].to_numpy(float), both["lat"].to_numpy(float), errcheck=True)
    return dict(zip(both["node"], np.column_stack([east, north]), strict=True))


def _write_layer(path: Path, name: str, layer: Layer, places: dict[str, Any], instance: Instance, crs: int) -> None:
    """Add a layer to the file; what must be said of the sites stands in its description."""
    rows = layer.rows
    kind = "Point" if len(layer.ends) == 1 else "LineString"
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(_shapes(layer, places)),
        field_data=[_cells(rows, column) for column in rows.columns],
        fields=list(rows.columns),
        layer=name,
        driver="GPKG",
        geometry_type=kind,
        crs=f"EPSG:{crs}",
        append=path.exists(),
        layer_options={"DESCRIPTION": " ".join([layer.table.about, *said_of_all(instance["sites"])])},
    )


def _shapes(layer: Layer, places: dict[str, Any]) -> Any:
    """A point of each row, or a line."""
    ends = [np.array([places[end] for end in layer.rows[column]]).reshape(-1, 2) for column in layer.ends]
    return shapely.points(ends[0]) if len(ends) == 1 else shapely.linestrings(np.stack(ends, axis=1))


def _cells(rows: pd.DataFrame, name: str) -> Any:
    """The cells of a column, dates as such."""
    if name in (BEGINS.name, ENDS.name):
        return rows[name].to_numpy("datetime64[D]")
    kind = rows[name].dtype.kind
    return rows[name].to_numpy(object) if kind not in "iuf" else rows[name].to_numpy()


@contextmanager
def _made_at_one_moment() -> Iterator[None]:
    """Have GDAL write `MADE_AT` in place of the time of the clock."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": MADE_AT})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
