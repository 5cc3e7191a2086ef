"""``routeplan export geopackage``: a plan as one file of layers for a geographic information system."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.options import InLanguage, ResultFolder
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace
from routeplan.language.language import Language

EXAMPLES = """Examples:

routeplan export geopackage achterhoek-plan

routeplan export geopackage achterhoek-plan --out plan.gpkg --language nl --overwrite

routeplan export geopackage achterhoek-plan --crs 4326

In QGIS, drag the file into a project; in Layer Properties > Temporal, take the fields begins and ends, and the time \
slider goes through the periods."""


class System(Enum):
    """Coordinates by their EPSG codes."""

    RD_NEW = "28992"
    DEGREES = "4326"


Out = Annotated[
    Path | None, typer.Option(dir_okay=False, help="File to write; the result's name and .gpkg when left out.")
]
Crs = Annotated[System, typer.Option(help="Coordinates: 28992 (RD New, metres) or 4326 (WGS 84, degrees).")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the file that is there, all its layers.")]


def geopackage(
    folder: ResultFolder,
    out: Out = None,
    crs: Crs = System.RD_NEW,
    language: InLanguage = Language.ENGLISH,
    overwrite: Overwrite = False,
) -> None:
    """Write a plan as one GeoPackage, in RD New: sites and hubs as points, links as lines, a feature for each period.

    The layers are those of `export geojson`, with dates on which each feature is there. Areas have no outlines in the
    tables, so that they are no layer: `export grid` tells of them. It takes the extra `gis`:
    python -m pip install 'routeplan[gis]'.
    """
    place = out or Path(f"{folder.resolve().name}.gpkg")
    refuse_to_replace(place, overwrite, "--out FILE")
    result = cli.load_verified(folder)
    routeplan.write_geopackage(result, place, crs=int(crs.value), language=language, overwrite=overwrite)
    OUT.say(f"{folder} is in {place}, in the coordinates of EPSG:{crs.value}")
