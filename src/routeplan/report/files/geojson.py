"""A plan as GeoJSON (RFC 7946), for geographic information systems."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.folder_swap import keep_others, refuse_unless_ours, written_aside
from routeplan.data.write import write_text
from routeplan.errors import UsageError
from routeplan.instance.basis import said_of_all
from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.report.files.layers import HUB_LAYER, LINK_LAYER, Layer, layers
from routeplan.report.files.sites import SITE_LAYER
from routeplan.result.result import Result, refuse_unsolved, refuse_without_plan
from routeplan.result.summary import records

SUFFIX = ".geojson"
FILES = tuple(f"{table.name}{SUFFIX}" for table in (SITE_LAYER, LINK_LAYER, HUB_LAYER))

Position = list[float]
"""Longitude and latitude [degrees], in this order."""


def feature_collections(result: Result) -> dict[str, dict[str, Any]]:
    """Make a FeatureCollection of each layer of a plan: a feature for each thing and period in which it is there.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    dict of str to dict
        ``sites`` (points), ``links`` (lines) and, where the instance has any, ``hubs`` (points). Beside its features
        a collection tells of which instance and scenario it is, in ``notes`` what must be said of the sites, and in
        ``units`` and ``meanings`` what each property is.

    Raises
    ------
    NoPlan
        When the result has no plan.
    """
    refuse_without_plan(result)
    places = _places(result.instance)
    return {name: _collection(layer, result.instance, places) for name, layer in layers(result, Words()).items()}


def write_geojson(collections: Mapping[str, Mapping[str, Any]], folder: Path | str, *, overwrite: bool = False) -> Path:
    """Write each FeatureCollection to a file of its own.

    Parameters
    ----------
    collections : mapping of str to mapping
        What `feature_collections` makes.
    folder : path
        Where to. It appears complete, or not at all.
    overwrite : bool
        Whether the files of an earlier plan may be replaced. Other files in their folder (a map, styles) are kept.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        When there is something already that may not or must not be replaced, or these are no collections.
    """
    if not isinstance(collections, Mapping):
        refuse_unsolved(collections)
        raise UsageError("write_geojson takes what feature_collections(result) makes, not the result itself")
    target = Path(folder)
    refuse_unless_ours(target, overwrite, FILES[0], "layers of a plan")
    with written_aside(target) as aside:
        keep_others(target, aside, FILES)
        for name, collection in collections.items():
            write_text(aside / f"{name}{SUFFIX}", _text(collection))
    return target


def _places(instance: Instance) -> dict[str, Position]:
    """Coordinates of each site and node; no node has the id of a site."""
    sites, nodes = instance["sites"].rename(columns={"site": "node"}), instance["nodes"]
    both = pd.concat([sites, nodes])
    return dict(zip(both["node"], both[["lon", "lat"]].to_numpy(float).tolist(), strict=True))


def _collection(layer: Layer, instance: Instance, places: Mapping[str, Position]) -> dict[str, Any]:
    columns = layer.table.columns
    return {
        "type": "FeatureCollection",
        "name": layer.table.name,
        "description": layer.table.about,
        "instance": {"name": instance.name, "sha256": instance.sha256},
        "scenario": instance.scenario,
        "currency_year": instance.settings.currency_year,
        "notes": said_of_all(instance["sites"]),
        "units": {column.name: column.unit for column in columns if column.unit},
        "meanings": {column.name: column.about for column in columns},
        "features": _features(layer, places),
    }


def _features(layer: Layer, places: Mapping[str, Position]) -> list[dict[str, Any]]:
    ends = layer.rows[list(layer.ends)].itertuples(index=False, name=None)
    return [
        {"type": "Feature", "geometry": _geometry([places[end] for end in at]), "properties": properties}
        for at, properties in zip(ends, records(layer.rows), strict=True)
    ]


def _geometry(positions: list[Position]) -> dict[str, Any]:
    if len(positions) == 1:
        return {"type": "Point", "coordinates": positions[0]}
    return {"type": "LineString", "coordinates": positions}


def _text(collection: Mapping[str, Any]) -> str:
    """GeoJSON text with a line for each member and for each feature."""
    members = [f"{_json(name)}: {_json(value)}" for name, value in collection.items() if name != "features"]
    return "{\n" + ",\n".join([*members, f'"features": [{_lines(map(_json, collection["features"]))}]']) + "\n}\n"


def _lines(texts: Iterable[str]) -> str:
    return "\n" + ",\n".join(texts) + "\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
