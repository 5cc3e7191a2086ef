"""The map of a plan: what is on it, that it moves with the period, and that it is true to scale."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import charted
import pandas as pd
import pytest
import vl_convert

from routeplan.errors import UsageError
from routeplan.instance.names import names_in, names_of_places
from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.report.map.layers import COLOURS, DASHES, HUB_SHAPES, PALE, seen_links
from routeplan.report.map.plot import PERIOD, ZOOM_X, ZOOM_Y, plot_map
from routeplan.report.map.projection import Window, projection_of
from routeplan.result.result import Record, Result, Status
from routeplan.schema.inputs import CARRIERS, FAMILIES
from small import SMALL, best, small

ROOT = Path(__file__).parents[2]
NO_LINKS = SMALL["links"].split("pipe,hydrogen,port")[0]


@pytest.fixture(scope="module")
def plan() -> Result:
    return charted.plan()


def rows(figure: dict[str, Any], column: str) -> list[dict[str, Any]]:
    """The rows of a layer whose rows have this column."""
    return next((values for values in figure["datasets"].values() if column in values[0]), [])


def drawn(plan: Result, **asked: Any) -> str:
    return vl_convert.vegalite_to_svg(plot_map(plan, **asked).to_dict())


def every(part: Any, name: str) -> Iterator[Any]:
    """Every value of this name, however deep."""
    if isinstance(part, dict):
        yield from ([part[name]] if name in part else [])
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from every(one, name)


def test_each_site_is_one_mark_that_knows_its_id(plan: Result) -> None:
    """One row, whatever the number of periods, so that a page can open its card."""
    figure = plot_map(plan).to_dict()
    assert sorted(row["site"] for row in rows(figure, "site")) == sorted(plan.instance["sites"]["site"])
    assert all(len(row["family"]) == 3 for row in rows(figure, "site"))


@pytest.mark.nightly
def test_the_map_moves_with_the_period(plan: Result) -> None:
    """The backbone is planned for 2030, the pipe to the glass works is built in 2034."""
    table = plan.instance["links"].set_index("link")["first_year"]
    built = plan["built"].set_index("link")["period"]
    assert (table["backbone"], built["gate-glass"]) == (2030, 2034)
    seen = {period: drawn(plan, period=period) for period in (2026, 2030, 2034)}
    assert ["backbone" in seen[period] for period in seen] == [False, True, True]
    assert ["gate-glass" in seen[period] for period in seen] == [False, False, True]
    assert ["quay-hub" in seen[period] for period in seen] == [False, False, True]


@pytest.mark.nightly
def test_a_mark_has_the_colour_of_what_runs(plan: Result) -> None:
    """In each period as many in a colour as main processes in its family; one more mark is the legend's."""
    for position, period in enumerate((2026, 2030, 2034)):
        shown = [row["family"][position] for row in rows(plot_map(plan).to_dict(), "site")]
        svg = drawn(plan, period=period)
        marks = re.findall(r'<path aria-label="[^"]+" role="graphics-symbol"[^>]+fill="(#\w{6})" stroke="#1f2933"', svg)
        assert sorted(marks) == sorted(palette.FAMILIES[family] for family in shown)


@pytest.mark.nightly
def test_the_period_is_a_signal_that_inputs_may_be_bound_to(plan: Result) -> None:
    """It takes the first year of a period; at first the last one is shown, or the one that is asked for."""
    params = {param["name"]: param for param in plot_map(plan).to_dict()["params"]}
    assert (params[PERIOD]["value"], params[PERIOD]["bind"]["options"]) == (2034, [2026, 2030, 2034])
    asked = {param["name"]: param for param in plot_map(plan, period=2026).to_dict()["params"]}
    assert asked[PERIOD]["value"] == 2026
    unbound = plot_map(plan, period=2030).to_dict()
    for param in unbound["params"]:
        param.pop("bind", None) if param["name"] == PERIOD else None
    signals = {signal["name"]: signal for signal in vl_convert.vegalite_to_vega(unbound)["signals"]}
    assert signals[PERIOD] == {"name": PERIOD, "value": 2030}


@pytest.mark.nightly
def test_the_map_can_be_zoomed_by_signals(plan: Result) -> None:
    """They stand at the top of the view, where a page can set them; the wheel zooms with Ctrl alone."""
    vega = vl_convert.vegalite_to_vega(plot_map(plan).to_dict())
    signals = {signal["name"]: signal for signal in vega["signals"]}
    assert {ZOOM_X, ZOOM_Y} <= set(signals)
    scales = {scale["name"]: scale for scale in vega["scales"]}
    assert [scales[axis]["domainRaw"]["signal"] for axis in ("x", "y")] == ['zoom["x"]', 'zoom["y"]']
    wheels = [event for event in every(vega["signals"], "events") if isinstance(event, list)]
    filters = [event.get("filter") for events in wheels for event in events if event.get("type") == "wheel"]
    assert filters
    assert all(kept == ["event.ctrlKey"] for kept in filters)


@pytest.mark.nightly
def test_the_ratio_makes_a_km_as_high_as_wide(plan: Result) -> None:
    """All sites, the hub and the pipes lie in a box of 26 km by 24: with its margins that is the map."""
    figure = plot_map(plan)
    places = plan.instance["sites"][["lat", "lon"]].to_numpy().tolist()
    places += [[52.05, 6.10], [52.15, 6.05]]  # the gate and the quay, where pipes are built to
    lat, lon = zip(*places, strict=True)
    east = math.cos(math.radians(plan.instance["sites"]["lat"].mean()))
    width, height = (111.195 * (max(lon) - min(lon)) * east, 111.195 * (max(lat) - min(lat)))
    margin = 0.14 * max(width, height)
    assert figure.usermeta["ratio"] == pytest.approx(min(1.2, max(0.7, (height + margin) / (width + margin))), rel=1e-3)
    assert figure.to_dict()["height"] == round(600 * figure.usermeta["ratio"])
    assert figure.usermeta["embedOptions"]["formatLocale"]["decimal"] == "."


@pytest.mark.parametrize(("width", "height"), [(900, 300), (300, 900), (300, 300)])
@pytest.mark.nightly
def test_a_map_of_other_proportions_stays_true_to_scale(plan: Result, width: int, height: int) -> None:
    """A km is as many pixels high as it is wide, so that the shape of Drenthe stays the same."""
    svg = vl_convert.vegalite_to_svg(plot_map(plan).properties(width=width, height=height).to_dict())
    mill, foundry = (_spot(svg, name) for name in ("Paper mill", "Foundry"))
    sites = plan.instance["sites"].set_index("site")
    east = 111.195 * math.cos(math.radians(sites["lat"].mean())) * (sites["lon"]["foundry"] - sites["lon"]["mill"])
    north = 111.195 * (sites["lat"]["foundry"] - sites["lat"]["mill"])
    assert (foundry[0] - mill[0]) / (mill[1] - foundry[1]) == pytest.approx(east / north, rel=1e-2)


def _spot(svg: str, name: str) -> tuple[float, float]:
    (found,) = re.findall(rf'<path aria-label="{name}"[^>]+transform="translate\(([\d.-]+),([\d.-]+)\)"', svg)
    return float(found[0]), float(found[1])


def written(svg: str) -> set[str]:
    """Every text in a picture; one of several lines as one."""
    lines = re.findall(r"<text[^>]*>(.*?)</text>", svg)
    return {" ".join(re.findall(r">([^<]+)<", f">{line}<")) for line in lines}


@pytest.mark.nightly
def test_an_area_is_named_with_the_share_of_the_grid_that_is_used(plan: Result) -> None:
    """Of the period that is shown, of firm or total room, whichever is fuller; never more than there is."""
    limits = plan["limits"].set_index(["limit", "area", "period"])
    for period in (2030, 2034):
        rooms = [limits.loc[(limit, "north", period)] for limit in ("firm_headroom", "total_headroom")]
        percent = f"{math.floor(100 * max(room['used'] / room['bound'] for room in rooms))}%"
        assert f"Station North grid {percent}" in written(drawn(plan, period=period))


@pytest.mark.nightly
def test_names_are_those_of_sites_and_nodes_in_use(plan: Result) -> None:
    """The paper mill sends its CO2 to the hub at the quay; the backbone from the coast feeds the glass works."""
    flows = plan["flows"].query("abs(flow) > 1e-6").merge(plan.instance["links"][["link", "from", "to"]], on="link")
    assert {*flows["from"], *flows["to"]} == {"mill", "quay", "h2-coast", "h2-gate", "glass"}
    shown = written(drawn(plan))
    places = names_of_places(plan.instance, Words())
    hub = names_in(plan.instance, "hubs", Words())["quay-hub"]
    assert {places["mill"], places["glass"], hub, places["h2-gate"], f"← {places['h2-coast']}"} <= shown
    assert not {name for name in shown if places["sea"] in name.split()}


@pytest.mark.nightly
def test_a_link_without_flow_is_pale(plan: Result) -> None:
    """The backbone lies there from 2030 on, and carries hydrogen only when the glass works takes it."""
    flows = plan["flows"].set_index(["link", "period"])["flow"].abs()
    for period in (2030, 2034):
        (opacity,) = re.findall(r'<line aria-label="backbone"[^>]* opacity="([\d.]+)"', drawn(plan, period=period))
        assert float(opacity) == (1.0 if flows.get(("backbone", period), 0.0) > 1e-6 else PALE)


@pytest.mark.nightly
def test_a_map_of_one_period_has_no_choice(plan: Result) -> None:
    """As it stands on paper, beside those of other periods."""
    params = {param["name"]: param for param in plot_map(plan, period=2030, choice=False).to_dict()["params"]}
    assert params[PERIOD] == {"name": PERIOD, "value": 2030}


@pytest.mark.nightly
def test_more_is_named_as_the_map_is_zoomed(plan: Result) -> None:
    """Nothing that was named before disappears, but what is no longer in the picture."""
    figure = plot_map(plan).to_dict()
    whole = written(vl_convert.vegalite_to_svg(figure))
    vega = vl_convert.vegalite_to_vega(figure)
    west, east = plan.instance["sites"]["lon"].agg(["min", "max"])
    middle = 111.195 * math.cos(math.radians(plan.instance["sites"]["lat"].mean())) * (west + east) / 2.0
    for signal in vega["signals"]:
        if signal["name"] == ZOOM_X:
            signal["update"], signal["on"] = f"[{middle - 0.5}, {middle + 0.5}]", []
    assert whole < written(vl_convert.vega_to_svg(vega))


@pytest.mark.nightly
def test_the_title_tells_the_years(plan: Result) -> None:
    """Of the period that is shown, 2030 to 2033."""
    assert "Routes in 2030–2033" in drawn(plan, period=2030)


@pytest.mark.nightly
def test_the_map_speaks_dutch(plan: Result) -> None:
    """Title, legends and names, with its way of writing numbers."""
    svg = drawn(plan, language="nl")
    words = Words("nl")
    for text in ("Route van het hoofdproces", "waterstof, nieuw in dit plan"):
        assert text in svg
    for text in (words("Room on the grid"), words.name("current")):
        assert text in svg
    assert plot_map(plan, "nl").usermeta["embedOptions"]["formatLocale"]["decimal"] == ","
    assert "Link" not in svg


@pytest.mark.nightly
def test_legends_list_what_occurs_in_the_plan_alone() -> None:
    """The oven goes electric and the kiln takes hydrogen in the first period: nobody stays on gas."""
    svg = drawn(best(small()))
    for text, there in {"electrification": True, "hydrogen": True, "as today": False, "CO2 capture": False}.items():
        assert (f">{text}<" in svg) is there
    assert "hydrogen, new in this plan" in svg
    assert "CO2, " not in svg


def legends(figure: dict[str, Any]) -> list[str | None]:
    """The title of every legend that is drawn."""
    return [made.get("title") for made in vl_convert.vegalite_to_vega(figure)["legends"]]


@pytest.mark.nightly
def test_room_on_the_grid_is_explained_once_however_areas_are_drawn(plan: Result) -> None:
    """Filled areas within a line; the line alone, where only the area above all has limits; no areas, no legend."""
    assert legends(plot_map(plan).to_dict()).count("Room on the grid") == 1
    limits = plan["limits"]
    for kept, expected in ((limits["area"] == "region", 1), (limits["area"] == "nowhere", 0)):
        part = Result(plan.instance, plan.status, plan.record, tables={**plan.tables, "limits": limits[kept]})
        figure = plot_map(part).to_dict()
        assert legends(figure).count("Room on the grid") == expected
        assert ("less than 70% used" in vl_convert.vegalite_to_svg(figure)) is bool(expected)


@pytest.mark.nightly
def test_legends_tell_of_the_links_within_the_window_alone(plan: Result) -> None:
    """Around the foundry, with no link; around the quay, with the CO2 of the mill; the whole map has both carriers."""
    places = plan.instance["sites"].set_index("site")
    projection = projection_of(plan.instance)
    spots = {
        "foundry": (places["lon"]["foundry"], places["lat"]["foundry"]),
        "quay": (6.05, 52.15),
    }
    carriers = {}
    for name, (lon, lat) in spots.items():
        x, y = float(projection.x(lon)), float(projection.y(lat))
        svg = drawn(plan, window=Window((x - 0.5, x + 0.5), (y - 0.5, y + 0.5)))
        carriers[name] = ["hydrogen, " in svg, "CO2, " in svg, ">Links<" in svg]
    assert carriers == {"foundry": [False, False, False], "quay": [False, True, True]}
    whole = drawn(plan)
    assert "hydrogen, new in this plan" in whole
    assert "CO2, new in this plan" in whole


def test_a_link_is_within_a_window_that_it_crosses() -> None:
    """With both ends outside too; not when it passes a corner, though the box around it covers that."""
    window = Window((0.0, 10.0), (0.0, 10.0))
    ends = [(-5.0, 5.0, 15.0, 5.0), (5.0, 5.0, 6.0, 5.0), (5.0, 5.0, 50.0, 50.0), (5.0, -15.0, 25.0, 5.0)]
    table = pd.DataFrame(ends, columns=["x", "y", "x2", "y2"])
    assert seen_links(table, window) == [True, True, True, False]


def test_signs_are_told_apart_without_colour() -> None:
    """Each family has its own shape, each carrier its own dashes and hubs."""
    assert len({palette.SHAPES[family] for family in FAMILIES}) == len(FAMILIES)
    signs = [tuple(sign) for ways in DASHES.values() for sign in ways.values()]
    assert len(set(signs)) == len(signs)
    assert len(set(COLOURS.values())) == len(COLOURS)
    assert len({HUB_SHAPES[carrier] for carrier in CARRIERS}) == len(CARRIERS)


@pytest.mark.nightly
def test_one_site_without_links_makes_a_map() -> None:
    """Its surroundings are shown, twenty km wide, with a legend of what it runs."""
    alone = small(
        sites="site,name,sector,region,area,lat,lon\nbakery,,food,east,town,52.0,6.0",
        processes="process,site,kind\noven,bakery,oven",
        options="process,route,current,capex,gas,emissions\noven,gas,1,0,10,0",
        links=NO_LINKS,
    )
    figure = plot_map(best(alone))
    assert figure.usermeta["ratio"] == 1.0
    assert rows(figure.to_dict(), "link") == []
    assert "as today" in vl_convert.vegalite_to_svg(figure.to_dict())


@pytest.mark.nightly
def test_the_map_is_described_and_its_marks_named(plan: Result) -> None:
    """For those who hear it read."""
    assert plot_map(plan).to_dict()["description"].startswith(f"Map of the sites of {plan.instance.settings.title}")
    assert 'aria-label="Paper mill"' in drawn(plan)


def test_a_result_without_a_plan_is_refused() -> None:
    """There is nothing to draw."""
    with pytest.raises(UsageError, match="has no plan: its status is infeasible"):
        plot_map(Result(small(), Status.INFEASIBLE, Record("by hand")))


def test_a_year_in_which_no_period_starts_is_refused(plan: Result) -> None:
    """The periods that there are are told."""
    with pytest.raises(UsageError, match="no period starts in 2031; periods: 2026, 2030, 2034"):
        plot_map(plan, period=2031)


@pytest.mark.nightly
def test_the_same_plan_gives_the_same_map(plan: Result) -> None:
    """To the letter, so that pages can be compared."""
    assert plot_map(plan).to_json() == plot_map(plan).to_json()


@pytest.mark.nightly
def test_a_picture_of_named_firms_says_what_it_is() -> None:
    """Below its title, so that it stands in a file of the picture too; of other sites nothing is said."""
    sites = small()["sites"]
    of_register = plot_map(best(small(sites=sites.assign(basis="register")))).to_dict()["title"]["subtitle"]
    said = "For each of the 2 sites: estimated from the public register; not a plan of this firm."
    assert said in " ".join(of_register)
    assert "register" not in " ".join(plot_map(best(small())).to_dict()["title"]["subtitle"])
