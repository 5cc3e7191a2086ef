"""``routeplan export geojson``: a plan as layers for a geographic information system."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.options import ResultFolder
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace

EXAMPLES = """Examples:

routeplan export geojson achterhoek-plan

routeplan export geojson achterhoek-plan --out map --overwrite

In QGIS, drag the files into a project; in Layer Properties > Temporal, take the fields begins and ends, and the time \
slider goes through the periods."""

Out = Annotated[
    Path | None, typer.Option(file_okay=False, help="Folder to write; the result's name and -geojson when left out.")
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace the layers that are there; other files beside them are kept.")
]


def geojson(folder: ResultFolder, out: Out = None, overwrite: Overwrite = False) -> None:
    """Write a plan as GeoJSON: sites and hubs as points, links as lines, a feature for each period.

    Each feature has its period, its first and last day, and flat properties; units and meanings of these stand at the
    head of each file. A link is there in each period in which it can be used.
    """
    place = out or Path(f"{folder.resolve().name}-geojson")
    refuse_to_replace(place, overwrite, "--out FOLDER")
    collections = routeplan.feature_collections(cli.load_verified(folder))
    routeplan.write_geojson(collections, place, overwrite=overwrite)
    counts = ", ".join(f"{name} ({len(collection['features'])})" for name, collection in collections.items())
    OUT.say(f"{folder} is in {place}, with the features of {counts}")
