"""Exact pruning: links on which nothing can come from a source to a user are left out, and no others."""

from itertools import pairwise

import networkx as nx
import pandas as pd
import pytest
from strewn import PERIODS, strewn

from routeplan.instance.instance import Instance
from routeplan.instance.options import Options
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.decisions import list_decisions
from routeplan.network.needs import site_needs
from routeplan.network.reachable import reachable_links
from routeplan.solver import highs
from routeplan.solver.solution import Limits
from routeplan.solving.solve import solve
from small import best, small, with_rows

HEADER = "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way"
PIPE = "{},hydrogen,{},{},pipe,candidate,10,{},,0,0"
NODES = with_rows("nodes", "node,carrier,lat,lon\na,hydrogen,52,6\nb,hydrogen,52,6\nc,hydrogen,52,6")


def needs(instance: Instance) -> pd.DataFrame:
    return site_needs(Options(instance).may_run)


def reachable(instance: Instance) -> set[str]:
    return set(reachable_links(instance, needs(instance))["link"])


def piped(*ways: str, **tables: object) -> Instance:
    """The small instance with pipes between the places named, as in `port-a` or `port-a from 2032`."""
    rows = []
    for way in ways:
        ends, _, year = way.partition(" from ")
        rows.append(PIPE.format(ends, *ends.split("-"), year))
    return small(nodes=NODES, links="\n".join([HEADER, *rows]), **tables)


def test_a_branch_that_leads_nowhere_is_left_out() -> None:
    """From the port to the tile maker; the branches to b and on to c serve nobody, and the bakery uses none."""
    instance = piped("port-a", "a-tiles", "a-b", "b-c", "tiles-bakery")
    assert reachable(instance) == {"port-a", "a-tiles"}


def test_every_link_of_a_ring_is_kept() -> None:
    """Round from a over b and c to the tile maker, or straight on: either way may be built."""
    ring = ("port-a", "a-b", "b-c", "c-tiles", "a-tiles")
    assert reachable(piped(*ring)) == set(ring)


def test_a_ring_aside_is_left_out() -> None:
    """A ring that hangs on one place leads back to it: whoever goes round it could have stayed."""
    assert reachable(piped("port-tiles", "tiles-a", "a-b", "b-tiles")) == {"port-tiles"}


def test_parts_without_a_source_or_a_user_are_left_out() -> None:
    """A network that no source feeds serves nobody, and one that no user hangs on either."""
    assert reachable(piped("a-tiles", "a-b")) == set()
    assert reachable(piped("port-a", "a-bakery")) == set()
    assert reachable(piped("port-tiles", "a-b")) == {"port-tiles"}


def test_a_hub_is_a_source_too() -> None:
    """Of a hub at b hydrogen may come over a as well; one without capacity gives nothing."""
    hub = "hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime\n"
    ways = ("port-tiles", "a-tiles", "a-b")
    assert reachable(piped(*ways, hubs=f"{hub}h,works,b,town,hydrogen,1,5,30,0,0,0,4")) == set(ways)
    assert reachable(piped(*ways, hubs=f"{hub}h,works,b,town,hydrogen,1,0,30,0,0,0,4")) == {"port-tiles"}


def test_any_period_will_do() -> None:
    """A source at b with room in 2032 alone needs the link a-b; one in 2030 alone cannot wait for a link of 2032."""
    ways = ("port-tiles", "a-tiles", "a-b from 2032")
    source = "node,carrier,period,capacity,price\nport,hydrogen,2030,50,30\nb,hydrogen,{},50,30"
    assert reachable(piped(*ways, sources=source.format(2032))) == {"port-tiles", "a-tiles", "a-b"}
    assert reachable(piped(*ways, sources=source.format(2030))) == {"port-tiles"}


@pytest.mark.nightly
def test_planned_links_and_what_is_decided_are_kept() -> None:
    """A planned branch stays as it is; a branch that `decided` builds stays, one that it forbids does not."""
    planned = "spare,hydrogen,a,b,pipe,planned,10,,5,0,0"
    decided = "decision,item,choice,period,value\nbuilt,b-c,thin,2032,1\nbuilt,c-bakery,thin,2032,0"
    rows = [PIPE.format(way, *way.split("-"), "") for way in ("port-tiles", "b-c", "c-bakery")]
    instance = small(nodes=NODES, links="\n".join([HEADER, planned, *rows]), decided=decided)
    assert reachable(instance) == {"spare", "port-tiles", "b-c"}
    found = best(instance)
    assert set(found["built"]["link"]) == {"port-tiles", "b-c"}


def test_the_model_has_no_decision_about_them() -> None:
    """Neither columns nor rows are made of a branch that leads nowhere, unless they are asked for."""
    instance = piped("port-tiles", "a-b")
    assert set(build(instance).decisions["built"]["link"]) == {"port-tiles"}
    assert {link for link, _ in build(instance).pyomo.link_capacity} == {"port-tiles"}
    whole = build(instance, decisions=list_decisions(instance, instance["links"]))
    assert {link for link, _ in whole.pyomo.link_capacity} == {"port-tiles", "a-b"}


def by_trying(instance: Instance) -> set[str]:
    """Candidate links on a simple path between a source or hub and a user, in some period, directions aside."""
    found: set[str] = set()
    links, sources, hubs = instance["links"], instance["sources"], instance["hubs"]
    users = needs(instance)
    for carrier in ("hydrogen", "co2"):
        for period in PERIODS:
            here = links[(links["carrier"] == carrier) & ~(links["first_year"] > period) & ~(links["capacity"] == 0)]
            graph = nx.Graph(list(zip(here["from"], here["to"], strict=True)))
            giving = sources[(sources["period"] == period) & (sources["capacity"] > 0)]
            opened = hubs[~(hubs["first_year"] > period) & (hubs["capacity"] > 0)]
            given = {
                *giving.loc[giving["carrier"] == carrier, "node"],
                *opened.loc[opened["carrier"] == carrier, "node"],
            }
            wanted = users.loc[(users["carrier"] == carrier) & (users["period"] == period), "site"]
            steps = {
                frozenset(step)
                for one in given & set(graph)
                for other in set(wanted) & set(graph) - {one}
                for path in nx.all_simple_paths(graph, one, other)
                for step in pairwise(path)
            }
            ends = zip(here["link"], here["from"], here["to"], strict=True)
            found |= {link for link, one, other in ends if frozenset((one, other)) in steps}
    return found & set(links.loc[links["status"] == "candidate", "link"])


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.some(1)
def test_what_is_kept_lies_on_a_simple_path(seed: int) -> None:
    """Of random networks, the candidates kept are those that trying every simple path finds: not one more or less."""
    instance = strewn(seed)
    candidates = set(instance["links"].loc[instance["links"]["status"] == "candidate", "link"])
    assert reachable(instance) & candidates == by_trying(instance)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.nightly
def test_the_optimum_does_not_change(seed: int) -> None:
    """With and without the links left out, the least cost of random networks is the same."""
    instance = strewn(seed, sites=3)
    whole = build(instance, decisions=list_decisions(instance, instance["links"]))
    outcome = highs.run(compile_model(whole).matrices, Limits(threads=1))
    assert solve(instance, gap=0.0, threads=1).objective == pytest.approx(outcome.objective, rel=1e-6)


@pytest.mark.nightly
def test_random_networks_have_links_to_leave_out() -> None:
    """Otherwise the tests above would say nothing: of most networks something goes, and something stays."""
    instances = [strewn(seed) for seed in range(12)]
    shares = [len(reachable(instance)) / len(instance["links"]) for instance in instances]
    assert sum(share < 1 for share in shares) >= 6
    assert sum(share > 0.5 for share in shares) >= 6
