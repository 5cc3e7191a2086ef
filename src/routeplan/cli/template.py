"""``routeplan template``: empty tables to fill in."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan.cli.output import OUT, quoted
from routeplan.data.paths import README_FILE

EXAMPLES = """Example:

routeplan template my-region"""


def template(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to make; it must be new or empty.")],
) -> None:
    """Write empty tables, an instance.toml, and a README that explains every column."""
    routeplan.write_template(folder)
    OUT.say(f"Empty tables are in {folder}; {folder / README_FILE} explains every column.")
    OUT.say(f"Fill them in, then: routeplan check {quoted(folder)}")
