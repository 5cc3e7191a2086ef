"""The tables that `reach` prints and writes: sites in reach, and the cheapest connection of each."""

from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.cli.output import OUT
from routeplan.data.csv_text import csv_text
from routeplan.data.write import write_text
from routeplan.network.reach import in_reach
from routeplan.result.summary import records, wide
from routeplan.schema.reach import REACH
from routeplan.schema.units import OF_CARRIER, PRICE_OF_CARRIER

HEADINGS = {
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


def write_reach(connections: pd.DataFrame, file: Path) -> None:
    """Write the connections, with their paths, to a CSV file."""
    write_text(file, csv_text(REACH, connections))


def reach_as_json(connections: pd.DataFrame) -> dict[str, Any]:
    """Sites in reach, and the connections, as plain data."""
    return {"in_reach": records(in_reach(connections)), "connections": records(connections)}


def print_reach(connections: pd.DataFrame, out: Path | None) -> None:
    """Print how many sites are in reach, and their connections, or where these were written."""
    if connections.empty:
        OUT.say("No site needs a connection: no option of theirs uses hydrogen or hands over CO2.")
        return
    counts = in_reach(connections)
    part = counts["in_reach"] - counts["carried"]
    shown = counts["carried"].astype(str) + " of " + counts["sites"].astype(str)
    shown += (" (" + part.astype(str) + " in part)").where(part > 0, "")
    title = "Sites that one connection to an open source or hub can serve, of those with a need"
    OUT.table(title, wide(counts.assign(shown=shown), ["carrier"], "shown", "-"))
    if out is not None:
        OUT.say(f"The connections are in {out}")
        return
    for carrier, rows in connections.groupby("carrier", sort=False):
        flow, price = OF_CARRIER[str(carrier)], PRICE_OF_CARRIER[str(carrier)]
        OUT.table(f"Cheapest connections for {carrier}: need {flow}, length km, cost {price}", _connections(rows))
    OUT.say(LEGEND)


def _connections(rows: pd.DataFrame) -> pd.DataFrame:
    """Connections as the screen has them, the hub and its option in place of the node."""
    hub = rows["hub"] + " " + rows["option"]
    found = rows.assign(**{"from": rows["source"].where(rows["hub"] == "", hub).where(rows["source"] != "", "none")})
    for name in ("length", "built_length", "unit_alone", "unit_shared"):
        found[name] = found[name].map("{:,.1f}".format).where(found[name].notna(), "-")
    return found[list(HEADINGS)].rename(columns=HEADINGS)
