"""``routeplan reach``: which sites can be served by when."""

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from routeplan.cli.options import AsJson
from routeplan.cli.output import OUT
from routeplan.data.csv_text import csv_text
from routeplan.data.paths import refuse_result
from routeplan.data.read import read
from routeplan.data.write import write_text
from routeplan.errors import UsageError
from routeplan.network.reach import in_reach
from routeplan.network.reach import reach as find_connections
from routeplan.schema.inputs import CARRIERS
from routeplan.schema.reach import REACH
from routeplan.summary import records, wide
from routeplan.units import OF_CARRIER, PRICE_OF_CARRIER

EXAMPLES = """Examples:

routeplan reach instances/achterhoek

routeplan reach instances/achterhoek --carrier co2 --scenario late-co2

routeplan reach instances/achterhoek --site paper-1 --site paper-2

routeplan reach instances/achterhoek --out reach.csv --overwrite"""

Source = Annotated[Path, typer.Argument(metavar="INSTANCE", help="Folder or workbook of the instance.")]
Scenario = Annotated[str | None, typer.Option(help="Apply this scenario of the instance first.")]
Carrier = Annotated[str | None, typer.Option(help="Only this carrier: hydrogen or co2.")]
Sites = Annotated[list[str] | None, typer.Option("--site", help="Only this site; may be given several times.")]
Out = Annotated[Path | None, typer.Option(help="Write the connections to this CSV file, with their paths.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")]

SHOWN = {
    "site": "site",
    "period": "period",
    "need": "need",
    "from": "source",
    "length": "km",
    "built_length": "to build",
    "unit_alone": "alone",
    "unit_shared": "shared",
}
"""Columns of the connections on the screen, and their headings."""

LEGEND = """to build: km of links that are not there yet. alone: the site pays for all that must be built; -: no single
connection carries its whole need (sources, hubs or links are too small). shared: others fill up what is built."""


def reach(
    instance: Source,
    scenario: Scenario = None,
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
    found = read(instance)
    found = found.under(scenario) if scenario is not None else found
    connections = find_connections(found, carriers=CARRIERS if carrier is None else (carrier,), sites=site)
    if out is not None:
        write_text(out, csv_text(REACH, connections))
    if as_json:
        OUT.json({"in_reach": records(in_reach(connections)), "connections": records(connections)})
    else:
        _print(connections, out)


def _refuse_unless_writable(out: Path | None, overwrite: bool) -> None:
    """Refuse a file that cannot or must not be written, before any time is spent."""
    if out is not None and not out.parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}")
    if out is not None and out.exists() and not overwrite:
        raise UsageError(f"{out} is there already; --overwrite replaces it")


def _print(connections: pd.DataFrame, out: Path | None) -> None:
    if connections.empty:
        OUT.say("No site needs a connection: no option of theirs uses hydrogen or hands over CO2.")
        return
    counts = in_reach(connections)
    part = counts["in_reach"] - counts["carried"]
    told = counts["carried"].astype(str) + " of " + counts["sites"].astype(str)
    told += (" (" + part.astype(str) + " in part)").where(part > 0, "")
    title = "Sites that one connection to an open source or hub can serve, of those with a need"
    OUT.table(title, wide(counts.assign(told=told), ["carrier"], "told", "-"))
    if out is not None:
        OUT.say(f"The connections are in {out}")
        return
    for carrier, rows in connections.groupby("carrier", sort=False):
        flow, price = OF_CARRIER[str(carrier)], PRICE_OF_CARRIER[str(carrier)]
        OUT.table(f"Cheapest connections for {carrier}: need {flow}, length km, cost {price}", _shown(rows))
    OUT.say(LEGEND)


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Connections as the screen has them, the hub and its option in place of the node."""
    hub = rows["hub"] + " " + rows["option"]
    found = rows.assign(**{"from": rows["source"].where(rows["hub"] == "", hub).where(rows["source"] != "", "none")})
    for name in ("length", "built_length", "unit_alone", "unit_shared"):
        found[name] = found[name].map("{:,.1f}".format).where(found[name].notna(), "-")
    return found[list(SHOWN)].rename(columns=SHOWN)
