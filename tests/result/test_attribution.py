"""Shared costs by use: plans written by hand, whose attribution is reckoned beside them.

Society's rate is 0.25 and the base year 2030, so that a M EUR a year is worth 1 + 0.8 = 1.8 in the period of 2030 and
0.64 + 0.512 = 1.152 in that of 2032; a capex of 2.952 over 4 years is 1 M EUR a year.
"""

from collections.abc import Iterable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pandas as pd
import pytest

from attributed import nobody_pays_what_others_use, sums_to_the_plan
from junction import joined
from routeplan.data.read import read
from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Record, Result, Status
from routeplan.schema.frames import empty, typed
from routeplan.schema.results import RESULT_TABLES
from routeplan.solving.solve import solve
from small import best, prices, small, with_settings

RATE = with_settings(discount_rate=0.25)
WORTH = {2030: 1.8, 2032: 1.152}

SIZES = """
    carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
    hydrogen,pipe,thin,50,0.2952,0,0.1,4
    co2,pipe,thin,50,0.2952,0,0.1,4"""

NODES = """
    node,carrier,lat,lon
    port,hydrogen,52.2,6.2
    middle,hydrogen,52.2,6.1
    store,co2,52.3,6.3"""

LINKS = """
    link,carrier,from,to,mode,status,length,variable_cost
    trunk,hydrogen,port,middle,pipe,candidate,10,2
    tap,hydrogen,bakery,middle,pipe,candidate,10,0
    spur,hydrogen,middle,tiles,pipe,candidate,10,0
    stub,hydrogen,port,bakery,pipe,candidate,10,0"""

OVEN_LATER = """
    process,period,commodity,amount
    kiln,2030,hydrogen,30
    oven,2032,hydrogen,10
    kiln,2032,hydrogen,30"""
"""The kiln uses hydrogen from 2030 on, the oven from 2032 on: then a quarter of all is its."""


def by_hand(instance: Instance, **tables: str) -> Result:
    """A plan of which these tables are given; the others have no rows."""
    given = {name: pd.read_csv(StringIO(dedent(text).strip())) for name, text in tables.items()}
    frames = {
        name: typed(table, given[name]) if name in given else empty(table) for name, table in RESULT_TABLES.items()
    }
    return Result(instance, Status.OPTIMAL, Record("by hand"), 1.0, 1.0, 1.0, tables=frames)


def borne(result: Result, *terms: str) -> dict[tuple[str, str, int], float]:
    """What each site bears of some terms: by term, site and period [M EUR/yr]."""
    found = attributed_costs(result)
    assert found["discounted"].tolist() == pytest.approx((found["cost"] * found["period"].map(WORTH)).tolist())
    rows = found[found["term"].isin(terms)]
    return rows.set_index(["term", "site", "period"])["cost"].to_dict()


def split(term: str, **sites: Iterable[float]) -> dict[tuple[str, str, int], float]:
    """What is expected of a term: for each site its costs in 2030 and 2032; 0 is left out."""
    return {
        (term, site, period): cost
        for site, costs in sites.items()
        for period, cost in zip(WORTH, costs, strict=True)
        if cost
    }


def hydrogen_plan(**more: str) -> Result:
    """Two sites on one trunk. The tap is built two years before it is used; the stub is never used."""
    flows = """
        carrier,link,period,flow
        hydrogen,trunk,2030,30
        hydrogen,spur,2030,30
        hydrogen,trunk,2032,40
        hydrogen,spur,2032,30
        hydrogen,tap,2032,-10"""
    return by_hand(
        small(RATE, links=LINKS, nodes=NODES, sizes=SIZES),
        energy=OVEN_LATER,
        flows=flows,
        built="link,size,period\ntrunk,thin,2030\ntap,thin,2030\nspur,thin,2030\nstub,thin,2030",
        drawn="node,carrier,period,amount\nport,hydrogen,2030,30\nport,hydrogen,2032,40",
        **more,
    )


def test_hydrogen_and_its_transport_are_paid_by_those_who_use_it() -> None:
    """In 2032 a quarter of 40 GWh is the bakery's: at 30 EUR/MWh, and 2 for what the trunk carries."""
    assert borne(hydrogen_plan(), "hydrogen", "transport") == pytest.approx(
        split("hydrogen", bakery=(0, 0.3), tiles=(0.9, 0.9)) | split("transport", bakery=(0, 0.02), tiles=(0.06, 0.06))
    )


def test_links_are_paid_by_those_for_whom_they_carry() -> None:
    """1 M EUR a year each: the trunk by use of the period, tap and spur by who is behind them.

    The tap, which carries nothing in 2030, is borne by who uses it later, and the stub, which never carries anything,
    by all who use hydrogen in the period.
    """
    bakery, tiles = (1.0, 1 / 4 + 1 + 1 / 4), (1 + 1 + 1, 3 / 4 + 1 + 3 / 4)
    upkeep = 0.1 * 2.952
    assert borne(hydrogen_plan(), "links", "link_upkeep") == pytest.approx(
        split("links", bakery=bakery, tiles=tiles)
        | split("link_upkeep", bakery=[upkeep * part for part in bakery], tiles=[upkeep * part for part in tiles])
    )


def test_co2_is_paid_by_those_who_hand_it_over() -> None:
    """The tile works' 6 kt pass the bakery, which adds 2: a quarter of the last pipe and of the storage is its."""
    result = by_hand(
        small(
            RATE,
            nodes=NODES,
            sizes=SIZES,
            links="""
                link,carrier,from,to,mode,status,length,variable_cost
                far,co2,tiles,bakery,pipe,candidate,10,5
                last,co2,store,bakery,pipe,candidate,20,5""",
            sources="node,carrier,period,capacity,price\nstore,co2,2032,9,15",
        ),
        emissions="site,period,emissions,captured,removed\nbakery,2032,0,2,0\ntiles,2032,1,6,3",
        flows="carrier,link,period,flow\nco2,far,2032,6\nco2,last,2032,-8",
        built="link,size,period\nfar,thin,2032\nlast,thin,2032",
        drawn="node,carrier,period,amount\nstore,co2,2032,8",
    )
    assert borne(result, "co2_storage", "transport", "links") == pytest.approx(
        split("co2_storage", bakery=(0, 0.03), tiles=(0, 0.09))
        | split("transport", bakery=(0, 0.01), tiles=(0, 0.03 + 0.03))
        | split("links", bakery=(0, 0.5), tiles=(0, 1 + 1.5))
    )


def hub_plan() -> Result:
    """A hub that is open from 2030 on and first used in 2032, and a cable for it and for the bakery's new 1.5 MW."""
    instance = small(
        RATE,
        links="link,carrier,from,to,mode,status,length,capacity\ntap,hydrogen,port,bakery,pipe,planned,1,99\n"
        "spur,hydrogen,port,tiles,pipe,planned,1,99",
        hubs="""
            hub,option,node,area,carrier,capex,fixed_cost,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime
            works,electrolysis,port,town,hydrogen,2.952,0.5,50,7,1.5,4,0.5,4""",
        reinforcements="reinforcement,area,capacity,capex,lifetime\ncable,region,9,2.952,4",
        prices=prices(electricity_value=20.0, grid_fee=30.0, flexible_fee=10.0),
    )
    return by_hand(
        instance,
        runs="process,period,route\noven,2032,electric",
        energy="process,period,commodity,amount\noven,2032,hydrogen,10\nkiln,2032,hydrogen,30",
        flows="carrier,link,period,flow\nhydrogen,tap,2032,10\nhydrogen,spur,2032,30",
        hubs="hub,option,period,open,output\nworks,electrolysis,2030,1,0\nworks,electrolysis,2032,1,40",
        requests="contract,period,request,connection\nbakery,2032,1.5,1.5",
        reinforced="reinforcement,period\ncable,2032",
        emissions="site,period,emissions,captured,removed\ntiles,2030,4,0,0",
    )


def test_a_hub_is_paid_by_its_users_also_while_it_waits_for_them() -> None:
    """A quarter and three quarters, in both periods: rent, upkeep, fees on 4 and 0.5 MW; and what it makes, later.

    A GWh costs 7, and 1.5 GWh of electricity at society's 20.
    """
    costs = {"hubs": 1.0, "hub_upkeep": 0.5, "grid_fee": 4 * 30 / 1000, "flexible_fee": 0.5 * 10 / 1000}
    expected = split("hub_output", bakery=(0, 10 * 37 / 1000), tiles=(0, 30 * 37 / 1000))
    for term, cost in costs.items():
        expected |= split(term, bakery=(cost / 4, cost / 4), tiles=(cost * 3 / 4, cost * 3 / 4))
    assert borne(hub_plan(), *costs, "hub_output") == pytest.approx(expected)


def test_a_reinforcement_is_paid_by_those_who_ask_for_capacity_below_it() -> None:
    """6 MW in all: the bakery's 1.5, and 4.5 of the hub, of which a quarter is for the bakery."""
    bakery = 1.5 + 4.5 / 4
    expected = split("reinforcements", bakery=(0, bakery / 6), tiles=(0, 1 - bakery / 6))
    assert borne(hub_plan(), "reinforcements") == pytest.approx(expected)


def park_plan(asked: str, runs: str) -> Result:
    """A contract that both sites share, and a cable that relieves their town from 2030 on."""
    instance = small(
        RATE,
        sites="""
            site,name,sector,region,area,lat,lon,contract
            bakery,,food,east,town,52.0,6.0,park
            tiles,,ceramics,west,town,52.1,6.1,park""",
        options="""
            process,route,current,capex,gas,firm_capacity,flexible_capacity,emissions
            oven,gas,1,0,10,0,0,2
            oven,electric,0,0,0,3,1,0
            kiln,gas,1,0,20,0,0,4
            kiln,electric,0,0,0,6,2,0
            kiln,saver,0,0,0,-2,0,0""",
        reinforcements="reinforcement,area,capacity,capex,lifetime\ncable,town,9,2.952,4",
    )
    return by_hand(instance, requests=asked, runs=runs, reinforced="reinforcement,period\ncable,2030")


def test_the_capacity_of_a_shared_contract_is_that_of_its_options() -> None:
    """4 and 8 MW in 2030. In 2032 the kiln frees 2 MW, and the oven bears all."""
    runs = "process,period,route\noven,2030,electric\nkiln,2030,electric\noven,2032,electric\nkiln,2032,saver"
    result = park_plan("contract,period,request,connection\npark,2030,9,12\npark,2032,3,4", runs)
    assert borne(result, "reinforcements") == pytest.approx(
        split("reinforcements", bakery=(1 / 3, 1), tiles=(2 / 3, 0))
    )


def test_the_capacity_of_a_shared_contract_is_parted_by_what_meets_its_peak() -> None:
    """The oven's 4 MW count for all, the kiln's 8 for a quarter, which are 2; in 2032 the oven runs alone."""
    runs = "process,period,route\noven,2030,electric\nkiln,2030,electric\noven,2032,electric\nkiln,2032,saver"
    result = park_plan("contract,period,request,connection\npark,2030,4.5,6\npark,2032,2.5,3.5", runs)
    sites = result.instance["sites"].assign(coincidence=[1.0, 0.25])
    apart = replace(result, instance=result.instance.replace(sites=sites))
    assert borne(apart, "reinforcements") == pytest.approx(split("reinforcements", bakery=(2 / 3, 1), tiles=(1 / 3, 0)))


@pytest.mark.nightly
def test_a_cable_that_nobody_asks_for_is_paid_by_what_sites_emit_today() -> None:
    """2 and 4 kt/yr."""
    result = park_plan("contract,period,request,connection", "process,period,route")
    assert borne(result, "reinforcements") == pytest.approx(
        split("reinforcements", bakery=(1 / 3, 1 / 3), tiles=(2 / 3, 2 / 3))
    )


def test_where_nobody_emits_anything_each_site_bears_as_much() -> None:
    """A pipe that is built for nobody."""
    clean = small(
        RATE,
        sizes=SIZES,
        options="process,route,current,capex,gas\noven,gas,1,0,10\nkiln,gas,1,0,20",
    )
    result = by_hand(clean, built="link,size,period\npipe,thin,2032")
    assert borne(result, "links") == pytest.approx(split("links", bakery=(0, 0.5), tiles=(0, 0.5)))


def test_a_period_counts_with_its_years() -> None:
    """A pipe of which the bakery uses 10 GWh for 2 years, and the tile works 30 for 6, is idle in the third period."""
    instance = small(
        RATE,
        periods="period,years\n2030,2\n2032,6\n2038,2",
        links=LINKS,
        nodes=NODES,
        sizes=SIZES,
        prices=prices(2030, 2032, 2038),
    )
    flows = ["trunk,2030,10", "tap,2030,-10", "trunk,2032,30", "spur,2032,30"]
    result = by_hand(
        instance,
        energy="process,period,commodity,amount\noven,2030,hydrogen,10\nkiln,2032,hydrogen,30\nkiln,2038,hydrogen,1",
        flows="carrier,link,period,flow\n" + "\n".join(f"hydrogen,{flow}" for flow in flows),
        built="link,size,period\ntrunk,thin,2030",
    )
    found = attributed_costs(result).query("term == 'links' and period == 2038").set_index("site")["cost"]
    assert found.to_dict() == pytest.approx({"bakery": 20 / 200, "tiles": 180 / 200})


def test_a_region_pays_one_price_for_its_own_supply_and_what_it_is_brought() -> None:
    """Of the east's 15 GWh, 6 are of its farms at 30, and 9 of the zone of all at 60, of which the west uses 20."""
    instance = small(
        RATE,
        sites="""
            site,name,sector,region,area,lat,lon
            bakery,,food,east,town,52.0,6.0
            pastry,,food,east,town,52.0,6.0
            tiles,,ceramics,west,town,52.1,6.1""",
        processes="process,site,kind\noven,bakery,oven\nfryer,pastry,oven\nkiln,tiles,kiln",
        options="""
            process,route,current,capex,gas,green_gas
            oven,gas,1,0,10,0
            fryer,gas,1,0,5,0
            kiln,gas,1,0,20,0
            oven,biogas,0,0,0,10
            fryer,biogas,0,0,0,5
            kiln,biogas,0,0,0,20""",
        supply="""
            commodity,zone,step,period,quantity,price
            green_gas,east,farms,2032,6,30
            green_gas,all,import,2032,20,50
            green_gas,all,more,2032,20,80""",
    )
    result = by_hand(
        instance,
        energy="""
            process,period,commodity,amount
            oven,2032,green_gas,10
            fryer,2032,green_gas,5
            kiln,2032,green_gas,20""",
        supplied="""
            commodity,zone,step,period,amount
            green_gas,east,farms,2032,6
            green_gas,all,import,2032,20
            green_gas,all,more,2032,9""",
    )
    of_all = (20 * 50 + 9 * 80) / 1000
    east = 6 * 30 / 1000 + of_all * 9 / 29
    assert borne(result, "green_gas") == pytest.approx(
        split("green_gas", bakery=(0, east * 2 / 3), pastry=(0, east / 3), tiles=(0, of_all * 20 / 29))
    )


@pytest.mark.nightly
def test_emissions_above_a_target_are_paid_by_those_within_its_scope() -> None:
    """3 kt above the food's cap at 100 EUR/t are the bakery's; 6 above that of all by 3 and 9 kt."""
    instance = small(RATE, targets="scope,period,cap,price\nall,2032,6,50\nsector:food,2032,0,100")
    result = by_hand(
        instance,
        emissions="site,period,emissions,captured,removed\nbakery,2032,3,0,0\ntiles,2032,9,0,0",
        overshoot="scope,period,amount\nall,2032,6\nsector:food,2032,3",
    )
    assert borne(result, "overshoot") == pytest.approx(
        split("overshoot", bakery=(0, 0.3 + 0.3 / 4), tiles=(0, 0.3 * 3 / 4))
    )


@pytest.mark.nightly
def test_a_bridge_that_runs_on_is_paid_when_it_runs() -> None:
    """One that lives 3 years, of 2 + 2: the fourth is paid too, and discounted as the last."""
    result = best(
        small(
            RATE,
            routes="""
                route,family,lifetime,temporary
                gas,current,20,0
                saver,efficiency,3,1""",
            options="""
                process,route,current,capex,gas,emissions
                oven,gas,1,0,10,2
                oven,saver,0,0.244,5,1
                kiln,gas,1,0,20,4""",
        )
    )
    assert result["starts"]["period"].tolist() == [2030]
    found = attributed_costs(result).query("term == 'options'").set_index("period")
    # 0.244 over 3 years, worth 1 + 0.8 + 0.64 = 2.44, is 0.1 a year.
    assert found["cost"].to_dict() == pytest.approx({2030: 0.1, 2032: 0.1})
    assert found["discounted"].to_dict() == pytest.approx({2030: 0.18, 2032: 0.1152})
    sums_to_the_plan(result)


def test_rows_stand_in_the_order_of_sites_terms_and_periods() -> None:
    """As the instance and the table of costs have them; a site has a term once in a period."""
    found = attributed_costs(hydrogen_plan())
    assert found["site"].drop_duplicates().tolist() == ["bakery", "tiles"]
    of_tiles = found[found["site"] == "tiles"]
    assert of_tiles["term"].drop_duplicates().tolist() == ["hydrogen", "links", "link_upkeep", "transport"]
    assert of_tiles["period"].tolist() == [2030, 2032] * 4


def test_a_result_without_a_plan_has_no_costs() -> None:
    """It says so."""
    with pytest.raises(UsageError, match="because it has no plan: its status is infeasible"):
        attributed_costs(Result(small(), Status.INFEASIBLE, Record("by hand")))


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.some(1)
def test_the_sites_of_random_networks_bear_the_cost_of_the_plan(seed: int) -> None:
    """Pipes, a junction and a hub, of random sizes and prices."""
    result = best(joined(seed))
    sums_to_the_plan(result)
    nobody_pays_what_others_use(result)


INSTANCES = Path(__file__).parents[2] / "instances"


@pytest.mark.parametrize("name", ["region-limburg", "cluster6-nl"])
@pytest.mark.nightly
def test_the_sites_of_shipped_instances_bear_the_cost_of_the_plan(name: str) -> None:
    """Hydrogen, CO2, hubs, green gas, heat and reinforcements among hundreds of sites."""
    result = solve(read(INSTANCES / name), gap=0.05, seconds=300)
    sums_to_the_plan(result)
    nobody_pays_what_others_use(result)
