"""Things that nothing else knows, or that nothing can reach."""

import networkx as nx
import numpy as np
import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.options import Options
from routeplan.instance.rules.findings import Findings
from routeplan.schema.inputs import ALL, CARRIERS

LINES_SHOWN = 10
"""Lines that are named in a warning about many rows."""


def _warn(findings: Findings, table: str, rows: "pd.Series", column: str, text: str) -> None:
    """Warn of each row marked; `text` is completed with the cell."""
    cells = findings[table][column]
    findings.warn(table, rows, column, lambda row: text.format(cells.iloc[row]))


def processes_without_choice(findings: Findings) -> None:
    """Warn of each process that may only go on as today."""
    options = findings["options"]
    free = options.loc[options["current"] == 0, "process"]
    bound = ~findings["processes"]["process"].isin(free)
    _warn(findings, "processes", bound, "process", "process '{}' has no option but the current one")


def sources_out_of_reach(findings: Findings) -> None:
    """Warn of each source that no site can reach over the links, once, on its first row."""
    sources = findings["sources"]
    first = ~sources.duplicated(["node", "carrier"])
    for carrier in CARRIERS:
        far = first & (sources["carrier"] == carrier) & ~sources["node"].isin(_in_reach(findings, carrier))
        _warn(findings, "sources", far, "node", f"no site can reach the {carrier} source '{{}}' over the links")


def _in_reach(findings: Findings, carrier: str) -> set[str]:
    """Sites, and the nodes that hydrogen can reach a site from, or CO2 can reach from a site."""
    links = findings["links"]
    links = links[links["carrier"] == carrier]
    begin, end = ("to", "from") if carrier == "hydrogen" else ("from", "to")
    graph = nx.DiGraph(list(zip(links[begin], links[end], strict=True)))
    both = links[links["one_way"] == 0]
    graph.add_edges_from(zip(both[end], both[begin], strict=True))
    # `all` is no id, so it can stand for the sites together.
    graph.add_edges_from((ALL, site) for site in findings["sites"]["site"])
    return set(nx.descendants(graph, ALL)) if ALL in graph else set()


def areas_without_sites(findings: Findings) -> None:
    """Warn of each area that feeds no site."""
    areas = findings["areas"]
    parents = dict(zip(areas["area"], areas["parent"], strict=True))
    used: set[str] = {""}
    for area in findings["sites"]["area"].unique():
        while area not in used:
            used.add(area)
            area = parents[area]
    _warn(findings, "areas", ~areas["area"].isin(used), "area", "area '{}' has no site in it or below it")


def areas_without_limit(findings: Findings, _: Options) -> None:
    """Note areas that feed sites themselves and have no row of headroom, where others have: no limit of their own."""
    areas, limited = findings["areas"]["area"], set(findings["headroom"]["area"])
    free = areas.isin(findings["sites"]["area"]) & ~areas.isin(limited) & bool(limited)
    _warn(findings, "areas", free, "area", "area '{}' has no row of headroom, and so no limit of its own")


def points_shared(findings: Findings, _: Options) -> None:
    """Note sites, and of nodes of one carrier, on the point of an earlier one."""
    _points_shared(findings, "sites", ["lat", "lon"])
    _points_shared(findings, "nodes", ["carrier", "lat", "lon"])


def _points_shared(findings: Findings, table: str, point: list[str]) -> None:
    """Warn once of all rows on the point of an earlier one: where only towns are known there are many."""
    again = np.flatnonzero(findings[table].duplicated(point))
    if not len(again):
        return
    lines = [findings.line(table, int(row)) for row in again]
    shown = ", ".join(map(str, lines[:LINES_SHOWN]))
    more = f" and {len(lines) - LINES_SHOWN} more" if len(lines) > LINES_SHOWN else ""
    rows = f"{len(lines)} rows have" if len(lines) > 1 else "has"
    where = f" (lines {shown}{more})" if len(lines) > 1 else ""
    text = f"{rows} the latitude and longitude of an earlier line{where}; no harm where only the town is known"
    findings.add(Problem(f"{table}.csv", lines[0], text, "lat"))


def words_without_sites(findings: Findings) -> None:
    """Warn of words of other tables that group sites, and that no site has."""
    _words_without_sites(findings, "support", "sector", "sector")
    _words_without_sites(findings, "prices", "group", "price_group")
    _words_without_sites(findings, "supply", "zone", "region")


def _words_without_sites(findings: Findings, table: str, column: str, of_sites: str) -> None:
    """Warn once of each word that groups sites but that no site has."""
    words = findings[table][column]
    unknown = ~words.isin({ALL, *findings["sites"][of_sites]}) & ~words.duplicated()
    _warn(findings, table, unknown, column, f"no site has {of_sites.replace('_', ' ')} '{{}}'")
