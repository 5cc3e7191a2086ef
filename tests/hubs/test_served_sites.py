"""Which sites a design can serve: held against every way that passes no place twice, one by one."""

from itertools import pairwise
from random import Random

import networkx as nx
import pytest

from kilns import kilns
from routeplan.hubs.design import BuiltLink, Design, OpenedHub
from routeplan.hubs.served import served_sites, sites_at_links
from routeplan.instance.instance import Instance
from small import with_rows

LINKS = "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
NODES = ("port", "m", "n", "o")


def network(*pairs: str, first_year: str = "", one_way: int = 0) -> Instance:
    """Kilns with pipes between these ends, such as ``port-a``, and a hub at the port."""
    rows = (f"{pair},hydrogen,{pair.replace('-', ',')},pipe,candidate,10,{first_year},,0,{one_way}" for pair in pairs)
    nodes = with_rows("nodes", "node,carrier,lat,lon\n" + "\n".join(f"{node},hydrogen,52.0,6.0" for node in NODES[1:]))
    return kilns(1.5, nodes=nodes, links=LINKS + "\n".join(rows))


def over(instance: Instance, link: str, year: int = 2030) -> set[str]:
    """Sites that a design of one link serves."""
    return served_sites(instance, Design("d", links=(BuiltLink(link, "thin", year),)), "hydrogen")


def test_a_site_is_served_over_what_its_way_passes() -> None:
    """Over the trunk to m, not over its spur to n, nor over the ring m-n-o that hangs on its way."""
    chain = network("port-m", "m-a", "m-n", "n-o", "o-m", "port-b")
    assert over(chain, "port-m") == {"a"}
    assert over(chain, "m-a") == {"a"}
    assert over(chain, "port-b") == {"b"}
    assert over(chain, "n-o") == set()
    assert sites_at_links(chain, "hydrogen") == {"a", "b"}
    assert sites_at_links(chain, "co2") == set()


def test_directions_are_kept_to() -> None:
    """Hydrogen flows from the port to a along one-way pipes, and not from m back to it."""
    assert over(network("port-m", "m-a", one_way=1), "port-m") == {"a"}
    assert over(network("m-port", "port-a", one_way=1), "m-port") == set()
    assert over(network("port-a", "a-m", "m-port", one_way=1), "m-port") == set()


@pytest.mark.parametrize(("pair", "served"), [("a,store", {"a"}), ("store,a", set())])
def test_co2_flows_from_the_site(pair: str, served: set[str]) -> None:
    """Along a one-way pipe to the store, and not along one from it."""
    instance = kilns(
        1.5,
        options="process,route,current,capex,gas,captured,emissions\n"
        + "\n".join(f"{kiln}.kiln,gas,1,0,20,0,4\n{kiln}.kiln,capture,0,0.4,20,3,1" for kiln in "abc"),
        sources="node,carrier,period,capacity,price\nstore,co2,2030,50,30\nstore,co2,2032,50,30",
        links=f"{LINKS}pipe,co2,{pair},pipe,candidate,10,,,0,1",
        sizes="carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime\n"
        "co2,pipe,thin,25,0.04,0,0,4",
    )
    assert served_sites(instance, Design("d", links=(BuiltLink("pipe", "thin", 2030),)), "co2") == served


@pytest.mark.parametrize(("first_year", "opened"), [("2032", 2030), ("", 2032)])
def test_a_link_serves_from_its_first_year_on(first_year: str, opened: int) -> None:
    """That of its table, and that of the design."""
    instance = network("port-a", first_year=first_year)
    assert over(instance, "port-a", opened) == {"a"}
    gone = instance["options"].assign(last_year=[float("nan"), 2031.0] * 3)
    assert over(instance.replace(options=gone), "port-a", opened) == set()


def test_hubs_and_links_serve_together() -> None:
    """A hub of the design serves a; its link, from another source, b; and no forbidden link serves anybody."""
    sources = [{"node": "m", "carrier": "hydrogen", "period": at, "capacity": 50, "price": 30} for at in (2030, 2032)]
    instance = network("port-a", "m-b", "m-c").replace(sources=sources)
    hub, link = OpenedHub("harbour", "electrolysis", 2030), BuiltLink("m-b", "thin", 2030)
    assert served_sites(instance, Design("d", hubs=(hub,)), "hydrogen") == {"a"}
    assert served_sites(instance, Design("d", hubs=(hub,), links=(link,)), "hydrogen") == {"a", "b"}
    assert served_sites(instance, Design("d", hubs=(hub,), forbidden=("port-a",)), "hydrogen") == set()


@pytest.mark.parametrize("seed", range(6))
def test_links_serve_those_whose_ways_pass_them(seed: int) -> None:
    """In a random network, over each link, by all ways from the port."""
    random = Random(seed)
    places = [*NODES, "a", "b", "c"]
    pairs = [f"{one}-{other}" for at, one in enumerate(places) for other in places[at + 1 :] if random.random() < 0.35]
    instance = network(*pairs)
    graph = nx.Graph([tuple(pair.split("-")) for pair in pairs] + [("", "port")])
    sites = [site for site in "abc" if site in graph]
    ways = {site: list(nx.all_simple_paths(graph, "port", site)) for site in sites}
    for pair in pairs:
        ends = set(pair.split("-"))
        passing = {site for site in sites if any(ends == set(step) for way in ways[site] for step in pairwise(way))}
        assert over(instance, pair) == passing, pair
