"""Warnings on data that is allowed but looks like a mistake."""

from collections.abc import Mapping

import networkx as nx
import numpy as np
import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.rules.findings import Findings, Lines
from routeplan.instance.rules.words import warn_of_words
from routeplan.schema.inputs import ALL, CARRIERS
from routeplan.schema.settings import Settings

LINES_SHOWN = 10
"""Lines that are named in a warning about many rows."""


def warn_tables(settings: Settings, tables: Mapping[str, pd.DataFrame], lines: Lines | None = None) -> list[Problem]:
    """Warn of data that is allowed but looks like a mistake.

    Parameters
    ----------
    settings : Settings
        The settings.
    tables : mapping of str to DataFrame
        Tables that obey every rule.
    lines : mapping of str to array of int, optional
        Line in the file of each row of a table; by default the rows follow the header without a gap.

    Returns
    -------
    list of Problem
        The warnings, sorted by place.
    """
    findings = Findings(tables, lines)
    _processes_without_choice(findings)
    _sources_out_of_reach(findings)
    _areas_without_sites(findings)
    _points_shared(findings, "sites", ["lat", "lon"])
    _points_shared(findings, "nodes", ["carrier", "lat", "lon"])
    _words_without_sites(findings, "support", "sector", "sector")
    _words_without_sites(findings, "prices", "group", "price_group")
    _words_without_sites(findings, "supply", "zone", "region")
    warn_of_words(findings)
    return sorted(findings.problems)


def _warn(findings: Findings, table: str, rows: "pd.Series", column: str, text: str) -> None:
    """Warn of each row marked; `text` is completed with the cell."""
    cells = findings[table][column]
    findings.warn(table, rows, column, lambda row: text.format(cells.iloc[row]))


def _processes_without_choice(findings: Findings) -> None:
    options = findings["options"]
    free = options.loc[options["current"] == 0, "process"]
    bound = ~findings["processes"]["process"].isin(free)
    _warn(findings, "processes", bound, "process", "process '{}' has no option but the current one")


def _sources_out_of_reach(findings: Findings) -> None:
    """Warn of each source once, on its first row."""
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


def _areas_without_sites(findings: Findings) -> None:
    areas = findings["areas"]
    parents = dict(zip(areas["area"], areas["parent"], strict=True))
    used: set[str] = {""}
    for area in findings["sites"]["area"].unique():
        while area not in used:
            used.add(area)
            area = parents[area]
    _warn(findings, "areas", ~areas["area"].isin(used), "area", "area '{}' has no site in it or below it")


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


def _words_without_sites(findings: Findings, table: str, column: str, of_sites: str) -> None:
    """Warn once of each word that groups sites but that no site has."""
    words = findings[table][column]
    unknown = ~words.isin({ALL, *findings["sites"][of_sites]}) & ~words.duplicated()
    _warn(findings, table, unknown, column, f"no site has {of_sites.replace('_', ' ')} '{{}}'")
