"""Rules of sites, their contracts, areas and nodes."""

import networkx as nx

from routeplan.instance.outline import rings_of
from routeplan.instance.rd_new import is_rd_new
from routeplan.instance.rules.findings import Findings
from routeplan.schema.inputs import ALL

IN_RD_NEW = (
    "degrees (WGS 84); lat and lon look like metres of RD New (EPSG:28992), which routeplan migrate --rd-new converts"
)


def places_are_in_degrees(findings: Findings, table: str) -> None:
    """No place is given in metres of RD New, which would be told of as two numbers out of range."""
    if {"lat", "lon"} <= set(findings[table].columns):
        metres = is_rd_new(findings[table]["lat"], findings[table]["lon"])
        findings.refuse(table, metres, "lat", IN_RD_NEW, ("lon",))


def groups_of_sites_have_names(findings: Findings) -> None:
    """No sector and no region is called `all`, which stands for every one of them."""
    for column in ("sector", "region"):
        findings.refuse("sites", findings["sites"][column] == ALL, column, f"a word other than '{ALL}'")


def contract_is_in_one_area(findings: Findings) -> None:
    """Sites that share a contract hang on one station, which is their area."""
    sites = findings["sites"]
    first = sites.groupby("contract", sort=False)[["site", "area"]].transform("first")

    def allowed(row: int) -> str:
        site, area = first["site"][row], first["area"][row]
        contract = sites["contract"][row]
        return f"{area}, the area of site {site}, which shares contract {contract}: a contract hangs on one station"

    known = findings["areas"]["area"]
    apart = (sites["contract"] != "") & (sites["area"] != first["area"])
    apart &= sites["area"].isin(known) & first["area"].isin(known)
    findings.refuse("sites", apart, "area", allowed)


def only_shared_contracts_have_a_coincidence(findings: Findings) -> None:
    """All capacity of a site with a contract of its own falls together with the peak of that contract."""
    sites = findings["sites"]
    alone = ~sites["contract"].duplicated(keep=False)
    wrong = alone & (sites["coincidence"] < 1.0)
    findings.refuse("sites", wrong, "coincidence", "1 for a site with a contract of its own")


def contract_is_no_site_outside_it(findings: Findings) -> None:
    """A contract that bears the id of a site has that site in it."""
    sites = findings["sites"]
    contract_of = sites.drop_duplicates("site").set_index("site")["contract"]
    of_namesake = sites["contract"].map(contract_of)
    outside = of_namesake.notna() & (of_namesake != sites["contract"])
    findings.refuse("sites", outside, "contract", "an id that is not the id of a site outside the contract")


def areas_form_a_tree(findings: Findings) -> None:
    """No area lies below itself."""
    areas = findings["areas"]
    below = areas.loc[areas["parent"] != "", ["area", "parent"]]
    graph = nx.from_pandas_edgelist(below, "area", "parent", create_using=nx.DiGraph)
    row_of = {area: row for row, area in enumerate(areas["area"])}
    parents = areas["parent"].tolist()
    for ring in nx.simple_cycles(graph):
        last = max(row_of[area] for area in ring if area in row_of)
        allowed = f"an area that does not lie below this one, as {parents[last]} does"
        findings.refuse("areas", areas.index == last, "parent", allowed)


def outlines_are_polygons(findings: Findings) -> None:
    """An outline of an area is a polygon, or several, in degrees."""
    areas = findings["areas"]
    for row, outline in enumerate(areas["outline"]):
        if outline:
            try:
                rings_of(outline)
            except ValueError as error:
                findings.refuse("areas", areas.index == areas.index[row], "outline", str(error))


def nodes_are_no_sites(findings: Findings) -> None:
    """Node and site ids differ."""
    taken = findings["nodes"]["node"].isin(findings["sites"]["site"])
    findings.refuse("nodes", taken, "node", "an id that no site has")
