"""Pruning by cost: links on paths that are too dear are left out, nobody is cut off, and optima stay."""

from pathlib import Path

import pandas as pd
import pytest
from strewn import strewn

from routeplan.data.read import read
from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.network.prune import prune_by_cost
from routeplan.network.reach import reach
from routeplan.solving.solve import solve
from small import SMALL, small, with_rows

INSTANCES = Path(__file__).parents[2] / "instances"

HEADER = "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way"
TOWNS = with_rows("nodes", "node,carrier,lat,lon\na,hydrogen,52,6\nb,hydrogen,52,6")


def kept(instance: Instance, slack: float) -> set[str]:
    return set(prune_by_cost(instance, slack=slack)["link"])


def detour(more: str = "", **tables: object) -> Instance:
    """From the port 10 km to the tile maker, or 10 km to a and 15 km on.

    Filled, 10 km of pipe cost 0.1 / 25 M EUR for each GWh, 4 EUR/MWh: straight 4, over a 4 + 6 = 10.
    """
    rows = [f"{name},hydrogen,{ends},pipe,candidate,{length},,,0,0" for name, ends, length in DETOUR]
    return small(nodes=TOWNS, links="\n".join([HEADER, *rows]) + more, **tables)


DETOUR = [("straight", "port,tiles", 10), ("out", "port,a", 10), ("back", "a,tiles", 15)]


def test_the_slack_says_how_much_dearer_a_way_may_be() -> None:
    """Over a transport is 10 / 4 = 2.5 times as dear: left out with a slack of 1.49, kept with one of 1.51."""
    assert kept(detour(), 1.49) == {"straight"}
    assert kept(detour(), 1.51) == {"straight", "out", "back"}


def test_without_slack_the_cheapest_paths_stay() -> None:
    """Where both paths are as long, both are the cheapest."""
    ends = [("straight", "port,tiles", 25), *DETOUR[1:]]
    rows = [f"{name},hydrogen,{places},pipe,candidate,{length},,,0,0" for name, places, length in ends]
    assert kept(small(nodes=TOWNS, links="\n".join([HEADER, *rows])), 0.0) == {"straight", "out", "back"}


def test_what_only_leads_nowhere_is_left_out_however_cheap() -> None:
    """A branch from a to b serves nobody."""
    assert "branch" not in kept(detour("\nbranch,hydrogen,a,b,pipe,candidate,1,,,0,0"), 10.0)


def test_a_truck_for_a_site_alone_stays_beside_pipes_for_many() -> None:
    """A wide pipe, filled, costs 0.4 EUR/MWh, but 1 M EUR a year; the kiln alone had better take trucks at 12."""
    rows = [f"{mode},hydrogen,port,tiles,{mode},candidate,10,,,{cost},0" for mode, cost in (("pipe", 0), ("truck", 12))]
    links = "\n".join([HEADER, *rows])
    sizes = SMALL["sizes"].replace("25,0.04", "2500,0.4") + "\n        hydrogen,truck,bay,25,0,0,0,4"
    assert kept(small(links=links, sizes=sizes), 0.0) == {"pipe", "truck"}


@pytest.mark.nightly
def test_planned_links_and_what_is_decided_stay() -> None:
    """A planned way round costs 9 EUR/MWh and is too dear; it stays, as does a dead end that a decision names."""
    more = "\nround,hydrogen,port,tiles,pipe,planned,90,,60,9,0\nbranch,hydrogen,a,b,pipe,candidate,1,,,0,0"
    instance = detour(more, decided="decision,item,choice,period,value\nbuilt,branch,thin,2032,0")
    assert kept(instance, 0.0) == {"straight", "branch", "round"}
    assert len(instance.replace(links=prune_by_cost(instance, slack=0.0))["links"]) == 3


def test_each_source_keeps_its_ways() -> None:
    """Dear hydrogen at b may be needed when the port has too little: its pipe stays, a detour to it does not."""
    sources = "node,carrier,period,capacity,price\nport,hydrogen,2030,9,30\nb,hydrogen,2030,50,90"
    more = "\nfrom-b,hydrogen,b,tiles,pipe,candidate,10,,,0,0\nb-a,hydrogen,b,a,pipe,candidate,15,,,0,0"
    assert kept(detour(more, sources=sources), 0.0) == {"straight", "from-b"}


def test_a_way_with_too_little_room_does_not_push_out_another() -> None:
    """A planned pipe of 9 GWh costs nothing, but the kiln needs 20: the pipe to be built beside it stays."""
    narrow, roomy = (f"\nthere,hydrogen,port,tiles,pipe,planned,10,,{room},0,0" for room in (9, 20))
    assert kept(detour(narrow), 0.0) == {"straight", "there"}
    assert kept(detour(roomy), 0.0) == {"there"}


@pytest.mark.parametrize("slack", [-0.01, float("nan"), float("inf")])
def test_a_slack_that_makes_no_sense_is_refused(slack: float) -> None:
    with pytest.raises(UsageError, match=r"slack is .*; allowed: 0 or more"):
        prune_by_cost(small(), slack=slack)


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.some(1)
def test_every_site_keeps_its_cheapest_connection(seed: int) -> None:
    """Whatever is left out, even without slack: costs alone and shared stay as they are, of every site and period."""
    instance = strewn(seed)
    pruned = instance.replace(links=prune_by_cost(instance, slack=0.0))
    told = ["site", "carrier", "period", "need", "cost_alone", "cost_shared"]
    pd.testing.assert_frame_equal(reach(pruned)[told], reach(instance)[told])


@pytest.mark.nightly
def test_most_random_networks_lose_links() -> None:
    """Otherwise the tests of optima would say nothing."""
    instances = [strewn(seed) for seed in range(10)]
    assert sum(len(prune_by_cost(instance)) < len(instance["links"]) for instance in instances) >= 7


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.nightly
def test_optima_of_random_networks_stay(seed: int) -> None:
    """With the default slack, random networks cost as much as with all of their links."""
    instance = strewn(seed, sites=3)
    assert_same_optimum(instance, instance.replace(links=prune_by_cost(instance)))


@pytest.mark.nightly
def test_the_optimum_of_tiny_stays() -> None:
    """Without slack a pipe is left out, with the default none; the least cost is the same."""
    tiny = read(INSTANCES / "tiny")
    assert len(prune_by_cost(tiny)) == 7 > len(prune_by_cost(tiny, slack=0.0))
    assert_same_optimum(tiny, tiny.replace(links=prune_by_cost(tiny, slack=0.0)))


@pytest.mark.nightly
def test_the_optimum_of_a_part_of_the_achterhoek_stays() -> None:
    """The sites of the Achterhoek that may use both carriers, or hydrogen in a kiln: fewer links, the same cost."""
    part = _part_of(read(INSTANCES / "achterhoek"), ("paper-1", "ceramics-1", "ceramics-2", "metals-1", "metals-2"))
    pruned = part.replace(links=prune_by_cost(part))
    assert len(pruned["links"]) < len(part["links"])
    assert_same_optimum(part, pruned)


def assert_same_optimum(instance: Instance, pruned: Instance) -> None:
    full, rest = (solve(one, gap=0.0, threads=1) for one in (instance, pruned))
    assert rest.objective == pytest.approx(full.objective, rel=1e-6)


def _part_of(instance: Instance, sites: tuple[str, ...]) -> Instance:
    """The instance with some of its sites alone, and nothing decided."""
    processes = instance["processes"]
    processes = processes[processes["site"].isin(sites)]
    gone = set(instance["sites"]["site"]) - set(sites)
    of_processes = {
        name: instance[name][instance[name]["process"].isin(processes["process"])]
        for name in ("options", "activity", "windows", "wishes")
    }
    links, places = instance["links"], instance["sites"]
    return instance.replace(
        sites=places[places["site"].isin(sites)],
        processes=processes,
        links=links[~links["from"].isin(gone) & ~links["to"].isin(gone)],
        decided=instance["decided"].iloc[:0],
        targets=instance["targets"].iloc[:0],
        **of_processes,
    )
