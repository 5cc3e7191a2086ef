"""``routeplan reach``: sites that can be served, by period."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.completion import instances
from routeplan.cli.options import AsJson
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_no_folder, refuse_to_replace
from routeplan.data.paths import refuse_result
from routeplan.schema.inputs import CARRIERS

EXAMPLES = """Examples:

routeplan reach instances/achterhoek

routeplan reach instances/achterhoek --carrier co2 --scenario late-co2

routeplan reach instances/achterhoek --site paper-1 --site paper-2

routeplan reach instances/achterhoek --out reach.csv --overwrite"""

Source = Annotated[
    Path, typer.Argument(metavar="INSTANCE", help="Folder or workbook of the instance.", autocompletion=instances)
]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", help="Apply this scenario of the instance first; given twice, both, in this order."),
]
Carrier = Annotated[str | None, typer.Option(help="Only this carrier: hydrogen or co2.")]
Sites = Annotated[list[str] | None, typer.Option("--site", help="Only this site; may be given several times.")]
Out = Annotated[Path | None, typer.Option(help="Write the connections to this CSV file, with their paths.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")]


def reach(
    instance: Source,
    scenario: Scenarios = None,
    carrier: Carrier = None,
    site: Sites = None,
    out: Out = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Show which sites can be served with hydrogen, or rid of CO2, by when, and the cheapest connection of each.

    Nothing is planned. Costs are those of a unit brought to the site, its price included: alone, where the site pays
    for all that must be built, and shared, where others fill it up, below which no plan can be.
    """
    refuse_result(instance)
    _refuse_unless_writable(out, overwrite)
    found = cli.read_instance(instance)
    found = found.under(*scenario) if scenario else found
    connections = routeplan.reach(found, carriers=CARRIERS if carrier is None else (carrier,), sites=site)
    if out is not None:
        cli.write_reach(connections, out)
    if as_json:
        OUT.json(cli.reach_as_json(connections))
    else:
        cli.print_reach(connections, out)


def _refuse_unless_writable(out: Path | None, overwrite: bool) -> None:
    """Refuse a file that cannot or must not be written, before any time is spent."""
    if out is not None:
        refuse_no_folder(out, "--out")
        refuse_to_replace(out, overwrite, "--out FILE")
