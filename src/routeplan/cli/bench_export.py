"""``routeplan bench export``: instances in the form of the Open Energy Benchmark."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan import cli
from routeplan.cli.output import ERR, OUT

EXAMPLES = """Examples:

routeplan bench export runs --out proposal --contributor "A. Planner, University of Somewhere"

routeplan bench export runs --out proposal --contributor "A. Planner" --url https://example.org/instances

What has no feasible point, or is of no energy system, is left out."""

RunsFolder = Annotated[Path, typer.Argument(metavar="RUNS", help="Folder that bench run or bench make has written.")]
Target = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder without files, for metadata and instances.")]
Contributor = Annotated[str, typer.Option(metavar="NAME", help="Who contributes them: name and affiliation.")]
Url = Annotated[str, typer.Option(metavar="URL", help="Address below which the files can be fetched.")]
Licence = Annotated[str, typer.Option("--license", metavar="NAME", help="Licence of the instances.")]


def export(
    runs: RunsFolder, out: Target, contributor: Contributor, url: Url = "", licence: Licence = "CC BY 4.0"
) -> None:
    """Write instances in the form of the Open Energy Benchmark, with their metadata, as they can be proposed to it."""
    exported = cli.exported_oeb(runs, out, contributor, url, licence)
    for name, why in exported.left_out:
        ERR.say(f"left out: {name}: {why}", style="yellow")
    OUT.say(f"{len(exported.instances)} instances are described in {exported.metadata}")
