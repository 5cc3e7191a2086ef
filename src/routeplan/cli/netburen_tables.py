"""The tables that `import netburen` prints."""

from pathlib import Path
from typing import Any

from routeplan.cli.made import warn
from routeplan.cli.output import OUT
from routeplan.data.paths import quoted
from routeplan.importers.netburen.placed import Placed


def print_placed(placed: Placed, folder: Path) -> None:
    """Print which usage point is which site, the areas of stations and sites, what was not used, and the next step."""
    words = placed.words
    warn(placed.warnings, words)
    OUT.table(words("Stations that feed sites of the instance"), placed.stations)
    OUT.table(words("Usage points that are a site, and the area of that site"), placed.sites)
    OUT.table(words("Not used"), placed.left)
    sites = placed.sites
    moved = sites.loc[sites["area"] != sites["area_before"], "site"].nunique()
    new = (placed.stations["parent"] != "").sum()
    OUT.say(
        words(
            "In {folder} are now, of the file: sites with another area {sites}, new areas {areas}. Contracts, spare "
            "capacity and headroom are as they were.",
            folder=folder,
            sites=moved,
            areas=new,
        )
    )
    OUT.say(words("Now: {command}", command=f"routeplan check {quoted(folder)}"))


def placed_as_json(placed: Placed, folder: Path) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "folder": str(folder),
        "stations": placed.stations.to_dict(orient="records"),
        "sites": placed.sites.to_dict(orient="records"),
        "left": placed.left.to_dict(orient="records"),
        "warnings": list(placed.warnings),
    }
