"""``routeplan compare``: results side by side."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.completion import results
from routeplan.cli.options import AsJson
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace

EXAMPLES = """Examples:

routeplan compare tiny-plan tiny-late-grid-plan tiny-half-budget-plan

routeplan compare achterhoek-plan achterhoek-late-grid-plan --out compare.csv --overwrite

routeplan compare tiny-plan tiny-late-grid-plan --json

The first result is the reference; differences from it stand in brackets behind the numbers of the others."""


def _table(file: Path | None) -> Path | None:
    """Refuse a file to write that is no CSV file, or whose folder is not there, before anything is read."""
    if file is not None and file.suffix.lower() != ".csv":
        raise typer.BadParameter(f"{file} does not end in .csv")
    if file is not None and not file.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {file.parent}")
    return file


Folders = Annotated[
    list[Path],
    typer.Argument(
        metavar="RESULT...", help="Folders of two results or more; the first is the reference.", autocompletion=results
    ),
]
Out = Annotated[
    Path | None, typer.Option(dir_okay=False, callback=_table, help="CSV file for the table, a column a result.")
]


Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")]


def compare(folders: Folders, out: Out = None, overwrite: Overwrite = False, as_json: AsJson = False) -> None:
    """Set results side by side: cost, CO2, routes, energy, grid, public money and the limits that bind."""
    if out is not None:
        refuse_to_replace(out, overwrite, "--out FILE.csv")
    results = cli.load_named(folders)
    rows = routeplan.compare(results)
    cli.warn_of_other_instances(results, "; differences come from these, too")
    cli.warn_of_other_rates(results)
    if out is not None:
        out.write_bytes(cli.comparison_as_csv(rows).encode())
    if as_json:
        OUT.json(cli.comparison_as_json(results, folders, rows))
        return
    cli.print_comparison(results, folders, rows)
    if out is not None:
        OUT.say(f"The table is in {out}")
