"""Hub designs suggested: a contract of a station and a hub at another place, each saving worked out by hand."""

import pytest

from kilns import KILNS, kilns
from routeplan.errors import NoPlan
from routeplan.hubs.suggest import suggestions
from routeplan.solving.solve import solve
from small import best

ROOM = {
    "areas": "area,name,parent\nregion,,\ntown,,region",
    "headroom": "area,period,firm,flexible\ntown,2030,0,0",
    "options": "process,route,current,capex,electricity,gas,firm_capacity,emissions\n"
    + "\n".join(f"{kiln}.kiln,gas,1,0,0,20,0,4\n{kiln}.kiln,electric,0,0.4,20,0,1.5,0" for kiln in KILNS),
    "sites": "site,name,sector,region,area,lat,lon,spare_capacity\n"
    "a,,c,west,town,52.0,6.1,3\nb,,c,west,town,52.1,6.1,0\nc,,c,west,town,52.2,6.1,0",
    "hubs": "hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime",
}
"""An electric kiln saves 4 x 0.4 and needs 1.5 MW; a has 3 MW, which is room for one of the others besides."""


@pytest.mark.nightly
def test_sites_of_a_station_share_a_contract() -> None:
    """What a has to give lets one more kiln move: 1.6."""
    instance = kilns(9.0, **ROOM)
    (found,) = suggestions(best(instance))
    assert found.design.contracts[0].sites == KILNS
    assert (found.saving.low, found.saving.high) == pytest.approx((1.6, 1.6), abs=1e-3)


def test_where_nobody_has_room_no_contract_is_suggested() -> None:
    """There is nothing to share."""
    instance = kilns(9.0, **{**ROOM, "sites": ROOM["sites"].replace(",3", ",0")})
    assert suggestions(best(instance)) == []


def test_a_hub_is_suggested_at_a_node_that_has_none() -> None:
    """The harbour's hub is too dear; the same kind at the quay, with pipes of its own: 3 x 0.8 - 1.0 = 1.4."""
    tables = {
        "nodes": "node,carrier,lat,lon\nport,hydrogen,52.2,6.2\nquay,hydrogen,52.0,6.2\nstore,co2,52.3,6.3",
        "links": "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
        + "\n".join(f"pipe-{kiln},hydrogen,quay,{kiln},pipe,candidate,10,,,0,0" for kiln in KILNS),
    }
    instance = kilns(1.0, **tables)
    planned = best(instance)
    assert planned["hubs"].query("open == 1").empty
    (found,) = suggestions(planned)
    assert (found.design.hubs[0].row["node"], found.members) == ("quay", frozenset(KILNS))
    assert (found.design.title, found.design.title_nl) == ("quay: electrolysis", "quay: elektrolyse")
    assert (found.saving.low, found.saving.high) == pytest.approx((1.4, 1.4), abs=1e-3)


@pytest.mark.nightly
def test_what_the_plan_has_is_held_against_a_plan_without() -> None:
    """The hub pays, and the plan opens it in 2030: 3 x 0.8 - 1.0 = 1.4."""
    (found,) = suggestions(best(kilns(1.0)))
    assert (found.design.hubs[0].hub, found.design.hubs[0].first_year, found.in_the_plan) == ("harbour", 2030, True)
    assert found.design.title == "port: electrolysis"
    assert found.members == frozenset(KILNS)
    assert (found.saving.low, found.saving.high) == pytest.approx((1.4, 1.4), abs=1e-3)


def test_without_a_plan_nothing_is_tried() -> None:
    """Kilns that no pipe reaches cannot leave gas, as they must."""
    instance = kilns(1.0, targets="scope,period,cap\nall,2030,0", links="link,carrier,from,to,mode,status,length\n")
    with pytest.raises(NoPlan, match="nothing that designs could be tried beside"):
        suggestions(solve(instance))
