"""The tables behind the map: each site, link, hub and area once, and what they say of each period."""

import math
from pathlib import Path

import charted
import numpy as np
import pandas as pd
import pytest

from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.report.charts.limits import limits_that_matter
from routeplan.report.fullness import COLOURS, FULL, ROOM, SHORT, TIGHT
from routeplan.report.map.congestion import areas
from routeplan.report.map.connections import hubs, links
from routeplan.report.map.layers import TINTS
from routeplan.report.map.places import sites
from routeplan.report.map.projection import LEAST_SIDE, Projection, Window, window_around
from routeplan.result.result import Record, Result, Status
from routeplan.result.summary_places import main_processes
from routeplan.result.wishes_without_room import wishes_without_room
from small import BIOGAS, OVEN, OVEN_OPTIONS, best, small, with_rows

ROOT = Path(__file__).parents[2]
ENGLISH = Words()
PLANE = Projection(52.0)

MAIN = {
    "dairy": "dairy.steam",
    "bakery": "bakery.oven",
    "laundry": "laundry.water",
    "mill": "mill.steam",
    "bricks": "bricks.kiln",
    "tiles": "tiles.kiln",
    "glass": "glass.furnace",
    "foundry": "foundry.furnace",
}
"""Of each site of `tiny`: the process that emits most today, as its README lists them."""


@pytest.fixture(scope="module")
def plan() -> Result:
    return charted.plan()


@pytest.fixture(scope="module")
def small_plan() -> Result:
    return best(small())


def shared(instance: Instance, *limits: tuple[str, str, int, float, float]) -> Result:
    """A result of which nothing is known but how full the grid is."""
    rows = pd.DataFrame(limits, columns=["limit", "area", "period", "used", "bound"])
    runs = pd.DataFrame({"process": np.array([], str), "route": np.array([], str), "period": np.array([], int)})
    return Result(instance, Status.OPTIMAL, Record("by hand"), tables={"limits": rows, "runs": runs})


def grid_of(instance: Instance, **used: tuple[float, float, float, float]) -> Result:
    """The same in 2030: firm used and room, total used and room of each area; 2032 is empty."""
    found = []
    for area, (firm, room, total, total_room) in used.items():
        for period, factor in ((2030, 1.0), (2032, 0.0)):
            found.append(("firm_headroom", area, period, factor * firm, room))
            found.append(("total_headroom", area, period, factor * total, total_room))
    return shared(instance, *found)


def test_every_site_stands_on_the_map_once(plan: Result) -> None:
    """The largest first, so that it hides none of the others."""
    rows = sites(plan, ENGLISH, PLANE)
    assert sorted(rows["site"]) == sorted(plan.instance["sites"]["site"])
    assert rows["today"].is_monotonic_decreasing


def test_a_site_shows_the_family_of_its_main_process(plan: Result) -> None:
    """In each period, the family of what the process of the site with the most CO2 today runs there."""
    family = dict(zip(plan.instance["routes"]["route"], plan.instance["routes"]["family"], strict=True))
    runs = {(run.process, run.period): family[run.route] for run in plan["runs"].itertuples()}
    rows = sites(plan, ENGLISH, PLANE).set_index("site")
    expected = {site: [runs[process, period] for period in (2026, 2030, 2034)] for site, process in MAIN.items()}
    assert rows["family"].to_dict() == expected


def test_the_main_process_is_the_one_that_emits_most() -> None:
    """Of two that emit as much, the first in the table of processes."""
    instance = small(
        processes="process,site,kind\noven,bakery,oven\nkiln,bakery,kiln\nlast,tiles,kiln\nfirst,tiles,kiln",
        options="process,route,current,capex,emissions\noven,gas,1,0,2\nkiln,gas,1,0,4\nfirst,gas,1,0,1\nlast,gas,1,0,1",
    )
    assert dict(main_processes(instance)[["site", "process"]].to_numpy().tolist()) == {
        "bakery": "kiln",
        "tiles": "last",
    }


def test_a_site_tells_all_its_routes_and_its_co2(small_plan: Result) -> None:
    """The oven and the kiln leave gas in 2030, and with it all CO2: 2 and 4 kt a year."""
    rows = sites(small_plan, ENGLISH, PLANE).set_index("site")
    assert rows.loc["bakery", "routes"] == ["oven: electric", "oven: electric"]
    assert rows.loc["tiles", "routes"] == ["kiln: burner", "kiln: burner"]
    assert rows["today"].to_dict() == {"tiles": 4.0, "bakery": 2.0}
    assert rows["emissions"].to_dict() == {"tiles": [0.0, 0.0], "bakery": [0.0, 0.0]}


@pytest.mark.nightly
def test_a_site_without_processes_stays_as_it_is() -> None:
    """Nothing runs there, so nothing changes."""
    plan = best(
        small(processes="process,site,kind\nkiln,tiles,kiln", options="process,route,current,capex\nkiln,gas,1,0")
    )
    bakery = sites(plan, ENGLISH, PLANE).set_index("site").loc["bakery"]
    assert (bakery["family"], bakery["routes"], bakery["today"]) == (["current"] * 2, ["–"] * 2, 0.0)


def test_links_open_when_they_can_be_used(plan: Result) -> None:
    """A planned one in the first period that its first year allows, a built one when it is built; others are absent."""
    table = plan.instance["links"].set_index("link")
    planned = table[table["status"] == "planned"]
    first = {link: next(p for p in (2026, 2030, 2034) if p >= year) for link, year in planned["first_year"].items()}
    built = plan["built"].groupby("link")["period"].min().to_dict()
    rows = links(plan, ENGLISH, PLANE).set_index("link")
    assert built
    assert rows["since"].to_dict() == first | built
    assert [(2026, 2030, 2034)[at] for at in rows["opens"]] == rows["since"].tolist()


def test_links_tell_capacity_and_flow(small_plan: Result) -> None:
    """The pipe of the kiln: one of 25 GWh/yr, that carries its 20; nothing flows elsewhere."""
    (pipe,) = links(small_plan, ENGLISH, PLANE).itertuples()
    assert (pipe.capacity, pipe.flow) == ([25.0, 25.0], [20.0, 20.0])
    assert (pipe.by, pipe.unit, pipe.kind) == ("pipe thin", "GWh/yr", "hydrogen built")


def test_sizes_of_a_link_add_up_as_they_are_built(small_plan: Result) -> None:
    """25 GWh/yr from 2030 on, and as much again from 2032."""
    tables = dict(small_plan.tables)
    sizes = with_rows(
        "sizes",
        "carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime\nhydrogen,pipe,wide,100,1,0,0,4",
    )
    tables["built"] = pd.DataFrame({"link": ["pipe"] * 2, "size": ["thin", "wide"], "period": [2032, 2030]})
    result = Result(small(sizes=sizes), Status.OPTIMAL, Record("by hand"), tables=tables)
    (pipe,) = links(result, ENGLISH, PLANE).itertuples()
    assert (pipe.capacity, pipe.opens) == ([100.0, 125.0], 0)


def test_a_plan_without_links_has_none_on_the_map() -> None:
    """All stay on gas or take green gas: no pipe is built, and none is planned."""
    supply = "commodity,zone,step,period,quantity,price\ngreen_gas,all,one,2030,99,0\ngreen_gas,all,one,2032,99,0"
    assert links(best(small(options=BIOGAS, supply=supply)), ENGLISH, PLANE).empty


def test_hubs_tell_what_is_open_and_what_they_handle(plan: Result) -> None:
    """The hub at the quay: what the table of hubs says, and nothing before it opens."""
    opened = plan["hubs"]
    output = {period: float(amount) for period, amount in zip(opened["period"], opened["output"], strict=True)}
    capacity = plan.instance["hubs"].set_index(["hub", "option"])["capacity"]["quay-hub", "terminal"]
    (quay,) = hubs(plan, ENGLISH, PLANE).itertuples()
    assert (set(opened["hub"]), set(opened["option"])) == ({"quay-hub"}, {"terminal"})
    assert quay.output == pytest.approx([output.get(period, 0.0) for period in (2026, 2030, 2034)])
    assert quay.capacity == [capacity if period in output else 0.0 for period in (2026, 2030, 2034)]
    assert (quay.carries, quay.unit, quay.since) == ("CO2", "kt/yr", min(output))


def test_an_area_is_as_full_as_its_limits_say(plan: Result) -> None:
    """Used over allowed, of firm or of all capacity, whichever is more."""
    limits = plan["limits"].set_index(["limit", "area", "period"])
    rows = areas(plan, ENGLISH, PLANE, 1.0).set_index("area")
    assert sorted(rows.index) == ["north", "region", "south"]
    for area, row in rows.iterrows():
        shares = [
            max(
                limits.loc[(f"{kind}_headroom", area, period), "used"]
                / limits.loc[(f"{kind}_headroom", area, period), "bound"]
                for kind in ("firm", "total")
            )
            for period in (2026, 2030, 2034)
        ]
        assert row["share"] == pytest.approx(shares)


@pytest.mark.parametrize(
    ("firm", "room", "fullness", "percent"),
    [
        (0.0, 10.0, ROOM, "0%"),
        (6.99, 10.0, ROOM, "69%"),
        (7.0, 10.0, TIGHT, "70%"),
        (9.98, 10.0, TIGHT, "99%"),
        (9.99, 10.0, FULL, "100%"),
        (0.0, 0.0, FULL, "100%"),
    ],
)
@pytest.mark.some(2)
def test_fullness_has_its_classes(firm: float, room: float, fullness: str, percent: str) -> None:
    """Full is what binds, or what has no room at all; what is not full is never called 100 %."""
    result = grid_of(small(areas="area,name,parent\neast,,\ntown,,"), town=(firm, room, 0.0, 99.0))
    (town,) = areas(result, ENGLISH, PLANE, 1.0).itertuples()
    assert (town.fullness[0], town.percent[0]) == (fullness, percent)


@pytest.mark.nightly
def test_an_area_with_too_little_room_for_a_project_that_waits_says_so() -> None:
    """In class and words of the chart of limits: the oven needs 2 MW beyond its contract, and the town has 1.5."""
    result = best(
        small(
            **OVEN,
            options=OVEN_OPTIONS,
            wishes="project,process,route,period,maturity\nplug,oven,electric,2030,planned",
            headroom="area,period,firm,flexible\ntown,2030,1.5,0\ntown,2032,1.5,0",
        )
    )
    waits = wishes_without_room(result)
    assert set(waits["area"]) == {"town"}
    drawn = areas(result, ENGLISH, PLANE, 1.0).set_index("area").loc["town"]
    chart = limits_that_matter(result, ENGLISH)
    assert drawn["fullness"] == [SHORT, SHORT]
    assert drawn["waits"] == ["; ".join(told) for _, told in chart.groupby("period")["waits"]]
    assert TINTS[SHORT] == COLOURS[SHORT] == palette.SHORT


def test_one_area_above_all_is_a_line_around_its_stations() -> None:
    """Both are shown; of an area with stations beside another, only the area is."""
    one = small(areas="area,name,parent\nregion,,\ntown,,region\nempty,,region")
    room = (1.0, 2.0, 1.0, 4.0)
    drawn = areas(grid_of(one, region=room, town=room, empty=room), ENGLISH, PLANE, 1.0)
    assert drawn.set_index("area")["outer"].to_dict() == {"region": True, "town": False}
    two = small(areas="area,name,parent\nregion,,\nother,,\ntown,,region")
    drawn = areas(grid_of(two, region=room, other=room, town=room), ENGLISH, PLANE, 1.0)
    assert drawn.set_index("area")["outer"].to_dict() == {"region": False}


def test_areas_without_a_limit_are_not_drawn(small_plan: Result) -> None:
    """No headroom is told of any: there is nothing to be full."""
    assert areas(small_plan, ENGLISH, PLANE, 1.0).empty


def test_an_area_is_drawn_around_all_its_sites() -> None:
    """Within the radius of one of them, and no further: also around a single one."""
    instance = small(
        sites="site,name,sector,region,area,lat,lon\na,,food,east,region,52,6\nb,,food,east,town,52,6.1\nc,,food,east,lone,51,6",
        processes="process,site,kind\noven,a,oven\nkiln,b,kiln",
        areas="area,name,parent\nregion,,\ntown,,region\nlone,,",
        links="link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way",
    )
    room = (1.0, 2.0, 1.0, 4.0)
    drawn = areas(grid_of(instance, region=room, lone=room), ENGLISH, PLANE, 2.0).set_index("area")
    across = 0.1 * 111.19 * math.cos(math.radians(52.0))
    assert np.ptp(drawn.loc["region", "x"]) == pytest.approx(across + 4.0, abs=0.05)
    assert np.ptp(drawn.loc["region", "y"]) == pytest.approx(4.0, abs=0.05)
    assert np.ptp(drawn.loc["lone", "x"]) == pytest.approx(4.0, abs=0.05)


def test_an_area_with_an_outline_is_drawn_by_it() -> None:
    """By each of its parts, holes left out; one without stays the hull around its sites."""
    parts = (
        "((5.9 51.9, 6.1 51.9, 6.1 52.2, 5.9 51.9), (6 52, 6.05 52, 6.05 52.05, 6 52)), ((7 53, 7.1 53, 7 53.1, 7 53))"
    )
    table = pd.DataFrame({"area": ["east", "town"], "outline": ["", f"MULTIPOLYGON ({parts})"]})
    result = grid_of(small(areas=table.assign(name="", parent="")), town=(1.0, 2.0, 1.0, 4.0))
    drawn = areas(result, ENGLISH, PLANE, 1.0)
    assert drawn["area"].tolist() == ["town", "town"]
    assert drawn["ring"].is_unique
    corners = [(5.9, 51.9), (6.1, 51.9), (6.1, 52.2), (5.9, 51.9)], [(7.0, 53.0), (7.1, 53.0), (7.0, 53.1), (7.0, 53.0)]
    for row, ring in zip(drawn.itertuples(), corners, strict=True):
        lon, lat = zip(*ring, strict=True)
        assert row.x == PLANE.x(lon).tolist()
        assert row.y == PLANE.y(lat).tolist()


def test_links_with_the_same_ends_lie_beside_each_other(plan: Result) -> None:
    """Half of six pixels to either side of the way, whichever end they begin at; alone, upon it."""
    table = plan.instance["links"]
    pipe = table[table["link"] == "gate-glass"].iloc[0]
    back = pipe.copy()
    back["link"], back["from"], back["to"] = "glass-gate", pipe["to"], pipe["from"]
    back["status"], back["capacity"] = "planned", 9.0
    both = pd.concat([table, pd.DataFrame([back])], ignore_index=True)
    result = Result(plan.instance.replace(links=both), Status.OPTIMAL, Record("by hand"), tables=dict(plan.tables))
    rows = links(result, ENGLISH, PLANE).set_index("link")
    one, other = rows.loc["gate-glass"], rows.loc["glass-gate"]
    assert (one["dx"], one["dy"]) == (-other["dx"], -other["dy"])
    assert math.hypot(one["dx"], one["dy"]) == pytest.approx(3.0, abs=0.1)
    # Across the way: pixels are counted downwards.
    assert (one["x2"] - one["x"]) * one["dx"] - (one["y2"] - one["y"]) * one["dy"] == pytest.approx(0.0, abs=1.0)
    assert (rows.loc["backbone", "dx"], rows.loc["backbone", "dy"]) == (0.0, 0.0)


@pytest.mark.nightly
def test_a_route_with_the_name_of_its_process_is_said_once() -> None:
    """A process of the kind `electric` that runs the route `electric`."""
    kinds = "process,site,kind\noven,bakery,electric\nkiln,tiles,kiln"
    rows = sites(best(small(processes=kinds)), ENGLISH, PLANE).set_index("site")
    assert rows.loc["bakery", "routes"] == ["electric", "electric"]


def test_the_plane_is_true_to_scale() -> None:
    """Groningen and Maastricht are 270 km apart, Middelburg and Enschede 226 (great circle, by the haversine)."""
    plane = Projection(52.2)
    for (lat, lon), (other_lat, other_lon) in (((53.22, 6.57), (50.85, 5.69)), ((51.50, 3.61), (52.22, 6.89))):
        phi, psi = math.radians(lat), math.radians(other_lat)
        half = math.sin((psi - phi) / 2) ** 2
        half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
        true = 2 * 6371.0 * math.asin(math.sqrt(half))
        flat = math.hypot(*(plane.x([lon, other_lon]) @ [1, -1], plane.y([lat, other_lat]) @ [1, -1]))
        assert flat == pytest.approx(true, rel=0.01)


def test_a_window_holds_its_places_with_a_margin() -> None:
    """7 % of the longer side all around, here of 100 km; never steeper or flatter than a screen bears."""
    assert window_around([0.0, 100.0], [0.0, 100.0]) == Window((-7.0, 107.0), (-7.0, 107.0))
    tall, flat = window_around([0.0, 0.0], [0.0, 100.0]), window_around([0.0, 100.0], [0.0, 0.0])
    assert (tall.ratio, flat.ratio) == pytest.approx((1.2, 0.7))
    assert tall.y == pytest.approx((-7.0, 107.0))
    assert flat.x == pytest.approx((-7.0, 107.0))


def test_a_place_alone_is_shown_with_its_surroundings() -> None:
    """Twenty km across, with the place in the middle."""
    window = window_around([5.0], [5.0])
    assert window == Window((5.0 - LEAST_SIDE / 2, 5.0 + LEAST_SIDE / 2), (5.0 - LEAST_SIDE / 2, 5.0 + LEAST_SIDE / 2))
