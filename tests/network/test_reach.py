"""Reach: the cheapest connection of each site, its length and its cost alone and shared."""

import pandas as pd
import pytest

from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.network.reach import in_reach, reach
from routeplan.schema.reach import REACH
from small import KILN, KILN_OPTIONS, SMALL, small, with_rows, with_settings

LINKS = "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way"
SIZES = "carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime"
SOURCES = "node,carrier,period,capacity,price"

CO2 = {
    "options": """
        process,route,current,capex,gas,captured,emissions
        kiln,gas,1,0,20,0,4
        kiln,capture,0,0.4,20,3,1""",
    "sources": f"{SOURCES}\nstore,co2,2030,3,20\nstore,co2,2032,3,20",
}


def connection(instance: Instance, period: int = 2030) -> pd.Series:
    """The one connection of a period."""
    rows = reach(instance)
    (found,) = [row for _, row in rows[rows["period"] == period].iterrows()]
    return found


def served(instance: Instance) -> dict[int, str]:
    """What serves the one site, by period."""
    rows = reach(instance)
    return dict(zip(rows["period"], rows["source"], strict=True))


def test_a_pipe_of_its_own() -> None:
    """The kiln's 20 GWh at 30 cost 0.6; a pipe of 0.4 over 4 years 0.1, of which filled it needs 20 of 25 parts."""
    found = connection(small())
    assert (found["site"], found["carrier"], found["need"]) == ("tiles", "hydrogen", 20.0)
    assert (found["source"], found["hub"], found["option"], found["path"]) == ("port", "", "", "pipe")
    assert (found["length"], found["built_length"]) == (10.0, 10.0)
    assert found["cost_alone"] == pytest.approx(0.6 + 0.1)
    assert found["unit_alone"] == pytest.approx(35.0)
    assert found["cost_shared"] == pytest.approx(0.6 + 0.1 * 20 / 25)
    assert found["unit_shared"] == pytest.approx(34.0)


def test_rent_is_an_annuity_and_upkeep() -> None:
    """At 25 % a year an annuity of 1 belongs to a capex of 1 + 0.8 + 0.64 + 0.512; a tenth of the capex is upkeep."""
    sizes = f"{SIZES}\nhydrogen,pipe,thin,25,0.2,0.952,0.1,4"
    found = connection(small(with_settings(discount_rate=0.25), sizes=sizes))
    assert found["cost_alone"] == pytest.approx(0.6 + 1.0 + 0.2952)


def test_planned_links_cost_no_rent_and_need_not_be_built() -> None:
    """40 km of backbone at 2 EUR/MWh, 10 km of pipe: 20 x (30 + 2) / 1000 + 0.1; the path begins at the site."""
    nodes = with_rows("nodes", "node,carrier,lat,lon\ngate,hydrogen,52.2,6.2")
    spine, pipe = "spine,hydrogen,port,gate,pipe,planned,40,,60,2,1", "pipe,hydrogen,gate,tiles,pipe,candidate,10,,,0,0"
    found = connection(small(nodes=nodes, links=f"{LINKS}\n{spine}\n{pipe}"))
    assert found["path"] == "pipe spine"
    assert (found["length"], found["built_length"]) == (50.0, 10.0)
    assert found["cost_alone"] == pytest.approx(20 * 32 / 1000 + 0.1)


def test_years_say_by_when_a_site_can_be_served() -> None:
    """A pipe from 2031, a source with room from 2032, or an option from 2031: nothing in 2030, all in 2032."""
    late_pipe = f"{LINKS}\npipe,hydrogen,port,tiles,pipe,candidate,10,2031,,0,0"
    late_source = f"{SOURCES}\nport,hydrogen,2030,0,30\nport,hydrogen,2032,50,30"
    no_source = f"{SOURCES}\nport,hydrogen,2032,50,30"
    for late in ({"links": late_pipe}, {"sources": late_source}, {"sources": no_source}):
        assert served(small(**late)) == {2030: "", 2032: "port"}
    late_option = "process,route,current,capex,gas,hydrogen,first_year\nkiln,gas,1,0,20,0,\nkiln,burner,0,0.4,0,20,2031"
    assert served(small(**KILN, options=late_option)) == {2032: "port"}


def test_what_cannot_be_reached_is_told_as_empty() -> None:
    """A one-way pipe that leads from the tile maker, or a size without capacity, serves nobody."""
    away = f"{LINKS}\npipe,hydrogen,tiles,port,pipe,candidate,10,,,0,1"
    for cut_off in ({"links": away}, {"links": LINKS}, {"sizes": f"{SIZES}\nhydrogen,pipe,thin,0,0.04,0,0,4"}):
        found = connection(small(**cut_off))
        assert (found["source"], found["hub"], found["path"], found["need"]) == ("", "", "", 20.0)
        assert found[["length", "built_length", "cost_alone", "cost_shared", "unit_alone"]].isna().all()


def test_co2_flows_from_the_site() -> None:
    """3 kt over a one-way ship to the store cost 3 x (20 + 4) / 1000; from the store it brings nothing away."""
    ship = f"{LINKS}\nship,co2,{{}},barge,planned,10,,5,4,1"
    found = connection(small(**KILN, **CO2, links=ship.format("tiles,store")))
    assert (found["carrier"], found["source"], found["path"]) == ("co2", "store", "ship")
    assert found["cost_alone"] == pytest.approx(0.072)
    assert found["unit_shared"] == pytest.approx(24.0)
    assert served(small(**KILN, **CO2, links=ship.format("store,tiles"))) == {2030: "", 2032: ""}


def test_a_hub_costs_its_year_alone_and_its_capacity_shared() -> None:
    """A hub of 1 + 0.5 + 4 MW x 20 / 1000 a year and 40 GWh/yr, at 5 + 0.4 x 25 EUR/MWh, and the pipe of 0.1."""
    hubs = """
        hub,option,node,area,carrier,capex,fixed_cost,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime,first_year
        works,electrolysis,port,town,hydrogen,4,0.5,40,5,0.4,4,0,4,2031"""
    prices = small()["prices"]
    prices.loc[prices["item"] == "grid_fee", "price"] = 20.0
    rows = reach(small(hubs=hubs, prices=prices, sources=SOURCES)).set_index("period")
    assert rows.loc[2030, "source"] == ""
    assert rows.loc[2032, ["source", "hub", "option"]].tolist() == ["port", "works", "electrolysis"]
    assert rows.loc[2032, "cost_alone"] == pytest.approx(1.58 + 20 * 15 / 1000 + 0.1)
    assert rows.loc[2032, "cost_shared"] == pytest.approx(20 * (1.58 / 40 + 15 / 1000 + 0.1 / 25))


def test_several_sizes_together_where_one_is_not_enough() -> None:
    """20 GWh need both sizes, 0.02 and 0.03 x 10 km over 4 years; filled, either costs 0.005 for each of its GWh."""
    sizes = f"{SIZES}\nhydrogen,pipe,thin,10,0.02,0,0,4\nhydrogen,pipe,wide,15,0.03,0,0,4"
    found = connection(small(sizes=sizes))
    assert found["cost_alone"] == pytest.approx(0.6 + 0.05 + 0.075)
    assert found["cost_shared"] == pytest.approx(0.6 + 20 * 0.005)


def test_no_connection_that_carries_the_need_has_no_cost_alone() -> None:
    """A planned pipe of 15 GWh reaches the tile maker, who needs 20: served, but not by this alone."""
    found = connection(small(links=f"{LINKS}\npipe,hydrogen,port,tiles,pipe,planned,10,,15,1,0"))
    assert (found["source"], found["path"], found["length"], found["built_length"]) == ("port", "pipe", 10.0, 0.0)
    assert found[["cost_alone", "unit_alone"]].isna().all()
    assert found["unit_shared"] == pytest.approx(31.0)


def test_small_needs_go_by_truck_and_large_ones_by_pipe() -> None:
    """A truck costs 12 EUR/MWh, a pipe 0.1 a year: the pipe is the cheaper above 100 / 12 = 8.3 GWh, of many sites."""
    needs = [1, 4, 8, 8.3, 8.4, 9, 15, 24]
    names = [f"s{place}" for place in range(len(needs))]
    links = "\n".join(
        f"{mode}-{site},hydrogen,port,{site},{mode},candidate,10,,,{cost},0"
        for site in names
        for mode, cost in (("pipe", 0), ("truck", 12))
    )
    instance = small(
        sites="site,name,sector,region,area,lat,lon\n" + "\n".join(f"{site},,food,east,town,52,6" for site in names),
        processes="process,site,kind\n" + "\n".join(f"{site},{site},kiln" for site in names),
        options="process,route,current,capex,gas,hydrogen\n"
        + "\n".join(f"{site},gas,1,0,9,0\n{site},burner,0,1,0,{need}" for site, need in zip(names, needs, strict=True)),
        links=f"{LINKS}\n{links}",
        sizes=SMALL["sizes"] + "\n        hydrogen,truck,bay,25,0,0,0,4",
    )
    rows = reach(instance)
    rows = rows[rows["period"] == 2030].set_index("site")
    for site, need in zip(names, needs, strict=True):
        assert rows.loc[site, "path"] == f"{'truck' if need < 100 / 12 else 'pipe'}-{site}"
        assert rows.loc[site, "cost_alone"] == pytest.approx(need * 0.03 + min(need * 0.012, 0.1))


def test_the_need_is_the_most_of_each_process_together() -> None:
    """Two kilns of 20 and 5 GWh, the first of which works half as much in 2032: 25 and 15."""
    lines = KILN_OPTIONS + "\n        oven,gas,1,0,0,10,0,0,2\n        oven,burner,0,0.4,0,0,5,0,0"
    instance = small(
        processes="process,site,kind\nkiln,tiles,kiln\noven,tiles,oven",
        options=lines,
        activity="process,period,factor\nkiln,2032,0.5",
    )
    assert reach(instance)["need"].tolist() == [25.0, 15.0]


def test_a_site_at_the_source_needs_no_link() -> None:
    """The source stands at the tile maker: no length, no path, and its price alone."""
    found = connection(small(sources=f"{SOURCES}\ntiles,hydrogen,2030,50,30", links=LINKS))
    assert (found["source"], found["path"], found["length"], found["built_length"]) == ("tiles", "", 0.0, 0.0)
    assert (found["unit_alone"], found["unit_shared"]) == (pytest.approx(30.0), pytest.approx(30.0))


def test_carriers_and_sites_can_be_chosen() -> None:
    """Of the tile maker's hydrogen nothing is told when CO2 or the bakery is asked for; the columns stay."""
    assert len(reach(small(), carriers=("hydrogen",), sites=("tiles",))) == 2
    for chosen in (reach(small(), carriers=("co2",)), reach(small(), sites=("bakery",))):
        assert list(chosen.columns) == REACH.names
        assert len(chosen) == len(in_reach(chosen)) == 0


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"sites": ("tiles", "mill")}, "no site is called 'mill'; allowed: bakery, tiles"),
        ({"carriers": ("steam",)}, "no carrier is called 'steam'; allowed: hydrogen, co2"),
    ],
)
def test_unknown_names_are_refused(asked: dict[str, tuple[str, ...]], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        reach(small(), **asked)


def test_sites_in_reach_are_counted() -> None:
    """Of one site with a need: none in 2030, when the pipe is not there yet, one in 2032, too much for one way."""
    late = small(links=f"{LINKS}\npipe,hydrogen,port,tiles,pipe,planned,10,2032,15,1,0")
    assert in_reach(reach(late)).to_dict("records") == [
        {"carrier": "hydrogen", "period": 2030, "sites": 1, "in_reach": 0, "carried": 0},
        {"carrier": "hydrogen", "period": 2032, "sites": 1, "in_reach": 1, "carried": 0},
    ]
