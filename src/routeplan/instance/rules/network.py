"""Rules of links, sizes, sources and hubs."""

from functools import partial

import numpy as np
import pandas as pd

from routeplan.instance.rules.findings import Findings
from routeplan.schema.inputs import CARRIERS, INPUT_TABLES


def ends_are_of_the_carrier(findings: Findings) -> None:
    """Links end, and sources and hubs sit, on nodes of their own carrier (or on sites)."""
    nodes = findings["nodes"].drop_duplicates("node").set_index("node")["carrier"]
    for table, column in (("links", "from"), ("links", "to"), ("sources", "node"), ("hubs", "node")):
        frame = findings[table]
        carrier = frame[column].map(nodes)
        # A carrier that is no allowed word has been reported already.
        known = frame["carrier"].isin(CARRIERS)
        wrong = carrier.notna() & known & (carrier != frame["carrier"])
        findings.refuse(table, wrong, column, partial(_node_of, frame["carrier"].tolist(), table != "hubs"))


def _node_of(carriers: list[str], site_too: bool, row: int) -> str:
    return f"a node of carrier {carriers[row]}{', or a site' if site_too else ''}"


def link_leads_elsewhere(findings: Findings) -> None:
    """A link's ends differ."""
    links = findings["links"]
    same = (links["from"] == links["to"]) & (links["to"] != "")
    findings.refuse("links", same, "to", "an end other than the link's `from`")


def planned_links_have_a_capacity(findings: Findings) -> None:
    """A planned link has a capacity; a candidate gets it from the size that is built."""
    links = findings["links"]
    planned, candidate = links["status"] == "planned", links["status"] == "candidate"
    findings.refuse("links", planned & links["capacity"].isna(), "capacity", "a number on planned links")
    findings.refuse("links", candidate & links["capacity"].notna(), "capacity", "empty on candidate links")


def links_differ(findings: Findings) -> None:
    """No two links join the same ends in the same direction with the same carrier, mode and status."""
    if findings["links"].empty:
        return
    links = findings["links"].assign(row=np.arange(len(findings["links"])))
    back = links[links["one_way"] == 0].rename(columns={"from": "to", "to": "from"})
    directed = pd.concat([links, back]).sort_values("row", kind="stable")
    directed = directed[(directed["from"] != directed["to"])]
    again = directed[directed.duplicated(["carrier", "mode", "status", "from", "to"])]["row"]
    allowed = "ends that no earlier link of the same carrier, mode and status joins in the same direction"
    findings.refuse("links", links["row"].isin(again), "from", allowed)


def candidates_have_sizes(findings: Findings) -> None:
    """Every carrier and mode with a candidate link has a size; the first such link is reported."""
    links, sizes = findings["links"], findings["sizes"]
    if links.empty:
        return
    known = links["mode"].isin(INPUT_TABLES["links"].column("mode").words)
    known &= links["carrier"].isin(CARRIERS)
    sized = pd.MultiIndex.from_frame(sizes[["carrier", "mode"]])
    lacking = ~pd.MultiIndex.from_frame(links[["carrier", "mode"]]).isin(sized)
    without = links[(links["status"] == "candidate") & known & lacking]
    first = without.drop_duplicates(["carrier", "mode"]).index
    carriers = links["carrier"].tolist()

    def allowed(row: int) -> str:
        return f"a mode that has a size for {carriers[row]} in sizes.csv"

    findings.refuse("links", links.index.isin(first), "mode", allowed)


def larger_sizes_cost_no_less(findings: Findings) -> None:
    """Within a carrier and mode, a larger size never costs less per km than a smaller one."""
    sizes = findings["sizes"]
    if sizes.empty:
        return
    kind = ["carrier", "mode"]
    dearest = sizes.groupby([*kind, "capacity"])["capex_per_km"].max()
    smaller = dearest.groupby(level=kind).cummax().groupby(level=kind).shift().rename("least")
    least = sizes.merge(smaller.reset_index(), on=[*kind, "capacity"], how="left")["least"].astype(float)
    bounds = least.tolist()

    def allowed(row: int) -> str:
        return f"{bounds[row]!r} M EUR/km or more, the cost of a smaller size"

    findings.refuse("sizes", sizes["capex_per_km"] < least, "capex_per_km", allowed)
