"""The sections of a page that are tables, and what it tells of a scenario."""

import dataclasses
from pathlib import Path

import pytest
from charted import TINY, plan, rows

from routeplan.data.read import read
from routeplan.instance.change import Change
from routeplan.instance.names import names_in, scenario_title
from routeplan.instance.scenario import Scenario
from routeplan.instance.titles import title_of
from routeplan.language.language import NAME, Words
from routeplan.report.charts.limits import limits_that_matter, plot_limits
from routeplan.report.map.congestion import areas as map_areas
from routeplan.report.map.projection import projection_of
from routeplan.report.map.table import map_table
from routeplan.report.page.build import page
from routeplan.report.page.differences import differences
from routeplan.report.page.inputs import inputs_table
from routeplan.report.page.room import room_table
from routeplan.report.page.scenario import change_told, changes_told
from routeplan.report.page.sections import room_section
from routeplan.result.folder import load, save
from routeplan.result.summary_limits import grid
from routeplan.result.wishes_beyond_links import wishes_beyond_links
from routeplan.result.wishes_without_room import wishes_without_room
from routeplan.schema.column import Kind
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.solving.solve import solve
from small import OVEN, OVEN_OPTIONS, best, prices, small

ENGLISH, DUTCH = Words("en"), Words("nl")

WISH = "project,process,route,period,maturity\nplug,oven,electric,2030,planned"


def waiting(room: float) -> str:
    """Firm room in the town, none of it used."""
    return f"area,period,firm,flexible\ntown,2030,{room},0\ntown,2032,{room},0"


@pytest.mark.nightly
def test_a_wish_waits_where_less_is_left_than_it_needs() -> None:
    """The oven needs 3 MW, of which 1 MW is free inside its contract: 2 more, and the town has 1.5."""
    found = wishes_without_room(best(small(**OVEN, options=OVEN_OPTIONS, wishes=WISH, headroom=waiting(1.5))))
    firm = found[found["limit"] == "firm_headroom"]
    assert firm[["area", "period", "site", "process", "route"]].drop_duplicates().to_numpy().tolist() == [
        ["town", 2030, "bakery", "oven", "electric"],
        ["town", 2032, "bakery", "oven", "electric"],
    ]
    assert firm["need"].tolist() == pytest.approx([2.0, 2.0])
    assert firm["left"].tolist() == pytest.approx([1.5, 1.5])


def test_a_wish_needs_what_meets_the_peak_of_its_contract() -> None:
    """Of the oven's 3 MW 0.9 x 3 = 2.7 count, of which 1 MW is free inside the contract: 1.7 more, and 1.5 are left."""
    sites = small()["sites"].assign(contract="park", coincidence=[0.9, 1.0])
    found = wishes_without_room(
        best(small(**OVEN, options=OVEN_OPTIONS, wishes=WISH, headroom=waiting(1.5), sites=sites))
    )
    assert found["need"].tolist() == pytest.approx([1.7] * 4)


@pytest.mark.nightly
def test_a_wish_that_fits_or_that_is_taken_does_not_wait() -> None:
    """With 2 MW it is taken; where it is dear it is not, and still there is room."""
    dear = prices(electricity=500.0)
    for given in ({}, {"prices": dear}):
        result = best(small(**OVEN, options=OVEN_OPTIONS, wishes=WISH, headroom=waiting(2.0), **given))
        assert wishes_without_room(result).empty


TRUNK = {
    "links": """
        link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
        trunk,hydrogen,port,tiles,pipe,planned,10,,25,0,0
        branch,hydrogen,tiles,bakery,pipe,candidate,10,,,0,0""",
    "options": """
        process,route,current,capex,gas,hydrogen,emissions
        oven,gas,1,0,10,0,2
        oven,burner,0,0.4,0,10,0
        kiln,gas,1,0,20,0,4
        kiln,burner,0,0.4,0,20,0""",
    "wishes": "project,process,route,period,maturity\nflame,oven,burner,2030,idea",
}


@pytest.mark.nightly
def test_a_wish_waits_where_a_planned_link_has_too_little_left() -> None:
    """The trunk carries 25 GWh, of which the kiln takes 20: worth more there. The oven needs 10, and 5 are left."""
    result = best(small(**TRUNK))
    found = wishes_beyond_links(result)
    assert found[["link", "period", "site", "route"]].to_numpy().tolist() == [
        ["trunk", 2030, "bakery", "burner"],
        ["trunk", 2032, "bakery", "burner"],
    ]
    assert found[["need", "left"]].to_numpy().tolist() == [[10.0, pytest.approx(5.0)]] * 2
    link = limits_that_matter(result, ENGLISH).query("bound == 25")
    assert set(link["waits"]) == {"bakery, burner: needs 10 GWh/yr, 5 left"}


@pytest.mark.nightly
def test_no_wish_waits_for_a_link_that_has_enough() -> None:
    """Of 30 GWh the oven has its 10; without wishes nobody waits."""
    wide = TRUNK["links"].replace("planned,10,,25", "planned,10,,30")
    for given in (TRUNK | {"links": wide}, TRUNK | {"wishes": "project,process,route,period,maturity"}):
        assert wishes_beyond_links(best(small(**given))).empty


@pytest.mark.nightly
def test_a_limit_with_too_little_left_is_no_green_one() -> None:
    """Nothing of it is used, and the next project does not fit: it is shown, and says for whom."""
    result = best(small(**OVEN, options=OVEN_OPTIONS, wishes=WISH, headroom=waiting(1.5)))
    data = rows(plot_limits(result), "level")
    firm = data[data["kind"] == ENGLISH.name("firm_headroom")]
    assert set(firm["level"]) == {"too little for a project that waits"}
    assert set(firm["waits"]) == {"bakery, electric: needs 2 MW, 1.5 left"}
    enough = best(small(**OVEN, options=OVEN_OPTIONS, headroom=waiting(1.5)))
    assert limits_that_matter(enough, ENGLISH).empty


def test_the_table_of_room_has_queue_works_and_what_is_left() -> None:
    """The oven asks for 2 of 5 MW in the town; 3 are left, and with 1 MW of flexible room 4."""
    result = best(
        small(
            **OVEN,
            options=OVEN_OPTIONS,
            areas="area,name,parent,queue\nregion,,,0\ntown,The town,region,12.5",
            works="work,area,earliest,estimate,latest\nstation,town,2029,2031,2033",
            headroom="area,period,firm,flexible\ntown,2030,5,1\ntown,2032,5,1",
        )
    )
    table = room_table(result, ENGLISH)
    assert table.columns == ["Area", "Queue [MW]", "Works", "Firm [MW]", "2030", "2032"]
    assert table.rows == [
        ["The town", "12.5", "expected 2031, earliest 2029, latest 2033", "room", "5", "5"],
        ["", "", "", "asked for by the plan", "2", "2"],
        ["", "", "", "left", "3", "3"],
        ["", "", "", "left, flexible included", "4", "4"],
    ]


@pytest.mark.nightly
def test_many_areas_are_shown_top_down() -> None:
    """With thirteen areas the one that holds the others comes first, and all of them after it."""
    many = 12
    names = [f"station-{number}" for number in range(many)]
    areas = "area,name,parent\nregion,,\ntown,,region\n" + "\n".join(f"{name},,region" for name in names)
    rooms = [f"{name},{period},5,0" for name in ("region", *names) for period in (2030, 2032)]
    result = best(small(areas=areas, headroom="\n".join(["area,period,firm,flexible", *rooms])))
    first, every = room_section({"plan": result}, ENGLISH).tables
    assert [row[0] for row in first.table.rows if row[0]] == ["region"]
    assert [row[0] for row in every.table.rows if row[0]] == ["region", *names]
    assert every.plans == ["All areas and stations"]


def test_the_table_of_inputs_has_prices_and_values() -> None:
    """One row where they agree, two where they do not; what costs nothing is left out."""
    instance = small(prices=prices(co2_value=130.0))
    table = inputs_table(instance, DUTCH)
    assert table.rows == [
        ["elektriciteit", "prijs en waarde", "euro/MWh", "25", "25"],
        ["aardgas", "prijs en waarde", "euro/MWh", "30", "30"],
        [DUTCH("CO2 emitted"), "prijs voor bedrijven", "euro/t", "100", "100"],
        [DUTCH("CO2 emitted"), "maatschappelijke waarde", "euro/t", "130", "130"],
    ]


@pytest.mark.parametrize(
    ("change", "english", "dutch"),
    [
        (
            Change("headroom", "firm", "delay", 3, {}),
            "firm room on the grid: 3 years later",
            f"{DUTCH.name('headroom.firm')}: 3 jaar later",
        ),
        (
            Change("headroom", "firm", "delay", 1, {"area": "south"}),
            "firm room on the grid (Station Lage Rijn): 1 year later",
            f"{DUTCH.name('headroom.firm')} (Station Lage Rijn): 1 jaar later",
        ),
        (
            Change("headroom", "firm", "delay", -1, {}),
            "firm room on the grid: 1 year earlier",
            f"{DUTCH.name('headroom.firm')}: 1 jaar eerder",
        ),
        (
            Change("headroom", "firm", "delay", -3, {}),
            "firm room on the grid: 3 years earlier",
            f"{DUTCH.name('headroom.firm')}: 3 jaar eerder",
        ),
        (
            Change("budgets", "amount", "multiply", 0.5, {}),
            "budgets of public money: 50% less",
            "budgetten van publiek geld: 50% lager",
        ),
        (
            Change("prices", "price", "add", 20, {"item": "electricity", "group": "all"}),
            "price of electricity: 20 EUR/MWh more",
            "prijs van elektriciteit: 20 euro/MWh hoger",
        ),
        (
            Change("prices", "price", "multiply", 1.4, {"item": "co2_value"}),
            "value of CO2 to society: 40% more",
            "maatschappelijke waarde van CO2: 40% hoger",
        ),
        (
            Change("options", "last_year", "set", 2039, {"route": "e_boiler"}),
            "last year of routes (electric boiler): becomes 2039",
            "laatste jaar van routes (e-boiler): wordt 2039",
        ),
        (
            Change("targets", "price", "set", "", {"scope": "all"}),
            "price of CO2 above a target (all): becomes empty",
            "prijs van CO2 boven een doel (alle): wordt leeg",
        ),
        (
            Change("sources", "capacity", "multiply", 3.0, {"carrier": "hydrogen"}),
            "capacity of sources and storage (hydrogen): times 3",
            "capaciteit van bronnen en opslag (waterstof): maal 3",
        ),
    ],
)
@pytest.mark.some(2)
def test_changes_are_told_in_plain_words(change: Change, english: str, dutch: str) -> None:
    """Tables, columns and items by their names, numbers with their unit."""
    areas = plan().instance["areas"]
    named = areas["name"].mask(areas["area"] == "south", "Station Lage Rijn")
    instance = plan().instance.replace(areas=areas.assign(name=named, name_nl=""))
    assert change_told(change, instance, ENGLISH) == english
    assert change_told(change, instance, DUTCH) == dutch


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_number_that_a_scenario_may_change_has_a_name(language: str) -> None:
    """Columns of numbers, years and flags, by the tables that hold them; places on a map aside."""
    words = Words(language)
    for table in INPUT_TABLES.values():
        for column in table.columns:
            if column.kind in (Kind.NUMBER, Kind.WHOLE) and column.name not in (*table.key, "lat", "lon"):
                key = f"{table.name}.{column.name}"
                assert words._catalogue.get(key, NAME) is not None, key


@pytest.mark.nightly
def test_a_result_keeps_the_scenario_that_it_is_under(tmp_path: Path) -> None:
    """Its titles and its changes, and not those of others; a plan under none has no such file."""
    instance = read(TINY)
    first, *others = instance.scenarios
    titled = Scenario(first.name, first.changes, title="A late grid", title_nl="Een laat net")
    known = solve(type(instance)(instance.settings, instance.tables, (titled, *others)).under(first.name))
    back = load(save(known, tmp_path / "late"))
    assert back.instance.applied == (titled,)
    assert (tmp_path / "late" / "scenarios.toml").is_file()
    assert scenario_title(back.instance, DUTCH) == "Een laat net"
    assert changes_told(back.instance, DUTCH) == changes_told(known.instance, DUTCH) != []
    save(plan(), tmp_path / "plain")
    assert not (tmp_path / "plain" / "scenarios.toml").exists()
    text = page({first.name: back, "plain": plan()}, "nl")
    assert f"<h2>Een laat net <small>{first.name}</small></h2>" in text
    assert all(f"<li>{told}</li>" in text for told in changes_told(back.instance, DUTCH))


def test_several_scenarios_are_told_together() -> None:
    """In the order in which they were applied."""
    instance = read(TINY)
    one, two = instance.scenarios[:2]
    both = instance.under(two.name, one.name)
    assert both.applied == (two, one)
    for words in (ENGLISH, DUTCH):
        assert scenario_title(both, words) == f"{title_of(two, words)} + {title_of(one, words)}"
    assert instance.applied == ()


def test_links_that_never_carry_anything_are_left_out_of_the_numbers() -> None:
    """The others have a row each; one whose flow is taken away has none."""
    flows = plan()["flows"]
    carrying = flows[flows["flow"] != 0.0]["link"].unique().tolist()
    assert len(carrying) > 1
    idle = dataclasses.replace(plan(), tables={**plan().tables, "flows": flows[flows["link"] != carrying[0]]})
    links = [len(set(map_table(each, ENGLISH).iloc[:, 0])) for each in (plan(), idle)]
    assert links[0] - links[1] == 1


def test_areas_on_the_map_have_their_ids_only_where_names_are_alike() -> None:
    """In the table and on the map itself."""
    areas = plan().instance["areas"]
    alike = plan().instance.replace(areas=areas.assign(name="Station", name_nl=""))
    known = names_in(plan().instance, "areas", ENGLISH)
    cases = (
        (plan(), known),
        (dataclasses.replace(plan(), instance=alike), {area: f"Station ({area})" for area in areas["area"]}),
    )
    for result, names in cases:
        of_areas = {told.rsplit(":", 1)[0] for told in map_table(result, ENGLISH).iloc[:, 0]} & set(names.values())
        assert of_areas == {names[area] for area in grid(result).dropna(subset=["firm_headroom"])["area"]}
        drawn = map_areas(result, ENGLISH, projection_of(result.instance), 1.0)
        assert drawn["name"].tolist() == drawn["area"].map(names).tolist()


@pytest.mark.nightly
def test_differences_that_no_reader_would_see_are_left_out() -> None:
    """Of items, those below 1 per cent; of all rows, those that read the same. Main figures stand above them."""
    late = solve(read(TINY).under("late-grid"))
    plans = {"tiny": plan(), "late": late}
    found = differences(plans, ENGLISH)
    texts = [[cell.text for cell in row] for row in found.rows]
    assert all(row[4] != row[5] for row in texts)
    for row in found.rows:
        first, second = row[4].order, row[5].order
        if row[1].text and first is not None and second is not None:
            assert abs(first - second) >= 0.01 * max(abs(first), abs(second))
    assert plan().cost is not None and late.cost is not None
    (cost,) = (row for row in found.short.rows if row[0].startswith("Discounted cost"))
    assert cost[1:] == [
        ENGLISH.number(plan().cost or 0.0),
        f"{ENGLISH.number(late.cost)} (+{ENGLISH.number(late.cost - (plan().cost or 0.0))})",
    ]
