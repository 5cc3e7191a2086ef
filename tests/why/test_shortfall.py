"""Shortfall: what is missing where an instance has no plan, each excess granted in its tables."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from granted import granted, holding

from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.why.conflict import conflict
from routeplan.why.limit import Kind, NamedLimit
from routeplan.why.names import LimitNames
from routeplan.why.shortfall import Excess, Shortfall, shortfall
from routeplan.why.shortfall_told import rounded_up
from small import BIOGAS, KILN, OVEN, OVEN_OPTIONS, optimum, prices, relaxed, small, with_settings

OVEN_ONLY = {**OVEN, "options": OVEN_OPTIONS}
ON_ELECTRICITY = "decision,item,choice,period,value\nruns,oven,electric,2030,1"
ON_HYDROGEN = "decision,item,choice,period,value\nruns,kiln,burner,2030,1"
NO_LINKS = "link,carrier,from,to,mode,status,length"
NO_SOURCES = "node,carrier,period,capacity,price"
FUNDED = "pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,funding_gap,,,1,"

BURNER = """
    process,route,current,capex,gas,hydrogen,emissions,last_year
    kiln,gas,1,0,20,0,4,2031
    kiln,burner,0,0.4,0,20,0,"""
"""The kiln on gas until 2031, and on 20 GWh/yr of hydrogen after that."""


def piped(capacity: str) -> str:
    """The pipe to the kiln, planned."""
    head = "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way"
    return f"{head}\npipe,hydrogen,port,tiles,pipe,planned,10,,{capacity},0,0"


def works(**changed: object) -> str:
    """An electrolyser at the port, of 15 GWh/yr unless said otherwise."""
    row = {"capacity": 15, "first_year": ""} | changed
    return (
        "hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime,"
        f"first_year\nworks,electrolysis,port,town,hydrogen,0.2,{row['capacity']},25,0,0,0,4,{row['first_year']}"
    )


def subsidised(budgets: str, support: str = FUNDED, carry_over: int = 0, **tables: str) -> Instance:
    """The oven, of which the funding gap is 4 x 0.3 = 1.2 M EUR on electricity that costs firms 75, society 25."""
    return small(
        with_settings(participation=True),
        **{**OVEN_ONLY, "decided": ON_ELECTRICITY, **tables},
        prices=prices(electricity=75.0, electricity_value=25.0),
        pots=f"pot,name,carry_over\nfund,,{carry_over}",
        budgets=f"pot,period,amount\n{budgets}",
        support=support,
    )


class Case(NamedTuple):
    """An instance without a plan: what is missing, with the sentence, and kinds of the limits in conflict."""

    instance: Callable[[], Instance]
    missing: list[tuple[Kind, tuple[str, ...], int | None, float]]
    sentence: str
    group: set[Kind]


CASES = {
    # Both emit on gas alone, 2 + 4 kt/yr, where none may be emitted.
    "target": Case(
        lambda: small(
            options="process,route,current,capex,gas,emissions\noven,gas,1,0,10,2\nkiln,gas,1,0,20,4",
            targets="scope,period,cap,price\nall,2030,0,",
        ),
        [(Kind.TARGET, ("all",), 2030, 6.0)],
        "Without 6 kt/yr more emissions in 2030 (target of all sites: 0 kt/yr) there is no plan",
        {Kind.TARGET},
    ),
    # The gap of 1.2 less a budget of 1.1.
    "budget": Case(
        lambda: subsidised("fund,2030,1.1"),
        [(Kind.POT, ("fund",), 2030, 0.1)],
        "Without 0.1 M EUR more in pot fund in 2030 (budget: 1.1 M EUR) there is no plan",
        {Kind.POT, Kind.DECIDED, Kind.SUPPORT},
    ),
    # The money of 2032 comes too late: 1.2 less 0.5. Where it carries over, more in 2030 counts once.
    "budget that carries over": Case(
        lambda: subsidised("fund,2030,0.5\nfund,2032,9", carry_over=1),
        [(Kind.POT, ("fund",), 2030, 0.7)],
        "Without 0.7 M EUR more in pot fund in 2030 (budget: 0.5 M EUR) there is no plan",
        {Kind.POT, Kind.DECIDED, Kind.SUPPORT},
    ),
    # 3 MW less 1 MW to spare need 2 MW of 1 MW, and a lasting option stays.
    "firm headroom": Case(
        lambda: small(
            **OVEN_ONLY, headroom="area,period,firm,flexible\ntown,2030,1,10\ntown,2032,1,10", decided=ON_ELECTRICITY
        ),
        [(Kind.GRID, ("town", "firm"), period, 1.0) for period in (2030, 2032)],
        "- 1 MW more firm capacity on the grid of town in 2030 (headroom: 1 MW)",
        {Kind.GRID, Kind.DECIDED},
    ),
    # No room at all: what is missing of firm room is not told as missing of all room again.
    "headroom of nothing": Case(
        lambda: small(
            **OVEN_ONLY, headroom="area,period,firm,flexible\ntown,2030,0,0\ntown,2032,9,0", decided=ON_ELECTRICITY
        ),
        [(Kind.GRID, ("town", "firm"), 2030, 2.0)],
        "Without 2 MW more firm capacity on the grid of town in 2030 (headroom: 0 MW) there is no plan",
        {Kind.GRID, Kind.DECIDED},
    ),
    # 3 MW of flexible use less 1 MW to spare need 2 of 1 + 0.5 MW in 2032.
    "flexible headroom": Case(
        lambda: small(
            **OVEN,
            options="""
                process,route,current,capex,electricity,gas,flexible_capacity
                oven,gas,1,0,0,10,0
                oven,electric,0,0.8,8,0,3""",
            headroom="area,period,firm,flexible\ntown,2030,1,9\ntown,2032,1,0.5",
            decided=ON_ELECTRICITY,
        ),
        [(Kind.GRID, ("town", "total"), 2032, 0.5)],
        "Without 0.5 MW more flexible capacity on the grid of town in 2032 (headroom, firm and flexible: 1.5 MW) there",
        {Kind.GRID, Kind.DECIDED},
    ),
    # 20 GWh/yr through a pipe of 15.
    "planned link": Case(
        lambda: small(links=piped("15"), decided=ON_HYDROGEN),
        [(Kind.LINK_CAPACITY, ("pipe",), None, 5.0)],
        "Without 5 GWh/yr more capacity of link port – tiles (now 15 GWh/yr) there is no plan",
        {Kind.LINK_CAPACITY, Kind.DECIDED},
    ),
    "candidate link": Case(
        lambda: small(
            sizes="carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime\n"
            "hydrogen,pipe,thin,15,0.04,0,0,4",
            decided=ON_HYDROGEN,
        ),
        [(Kind.LINK_CAPACITY, ("pipe",), None, 5.0)],
        "Without 5 GWh/yr more capacity of link port – tiles (now 15 GWh/yr) there is no plan",
        {Kind.LINK_CAPACITY, Kind.DECIDED},
    ),
    # 20 GWh/yr from works of 15.
    "hub": Case(
        lambda: small(sources=NO_SOURCES, hubs=works(), decided=ON_HYDROGEN),
        [(Kind.HUB_CAPACITY, ("works", "electrolysis"), None, 5.0)],
        "Without 5 GWh/yr more capacity of hub works, electrolysis (now 15 GWh/yr) there is no plan",
        {Kind.HUB_CAPACITY, Kind.DECIDED},
    ),
    # 20 GWh/yr from a source of 15 in 2030, and of 50 in 2032.
    "source": Case(
        lambda: small(sources=f"{NO_SOURCES}\nport,hydrogen,2030,15,30\nport,hydrogen,2032,50,30", decided=ON_HYDROGEN),
        [(Kind.SOURCE, ("port", "hydrogen"), 2030, 5.0)],
        "Without 5 GWh/yr more hydrogen at port in 2030 (now 15 GWh/yr) there is no plan",
        {Kind.SOURCE, Kind.DECIDED},
    ),
    # 4 kt/yr captured, and storage for 3 in 2030.
    "storage": Case(
        lambda: small(
            **KILN,
            options="process,route,current,capex,gas,captured,emissions\nkiln,gas,1,0,20,0,4\nkiln,capture,0,1,20,4,0",
            sources=f"{NO_SOURCES}\nstore,co2,2030,3,30\nstore,co2,2032,9,30",
            links=f"{NO_LINKS},first_year,capacity,variable_cost,one_way\nship,co2,tiles,store,barge,planned,10,,9,0,0",
            decided="decision,item,choice,period,value\nruns,kiln,capture,2030,1",
        ),
        [(Kind.SOURCE, ("store", "co2"), 2030, 1.0)],
        "Without 1 kt/yr more CO2 storage at store in 2030 (now 3 kt/yr) there is no plan",
        {Kind.SOURCE, Kind.DECIDED},
    ),
    # The kiln must burn 20 GWh/yr where 15 are supplied, then 30.
    "supply of all": Case(
        lambda: small(
            options=BIOGAS,
            supply="commodity,zone,step,period,quantity,price\ngreen_gas,all,import,2030,15,40\ngreen_gas,all,import,2032,30,40",
            decided="decision,item,choice,period,value\nruns,kiln,biogas,2030,1",
        ),
        [(Kind.SUPPLY, ("green_gas", "all"), 2030, 5.0)],
        "Without 5 GWh/yr more green gas for all regions in 2030 (now 15 GWh/yr) there is no plan",
        {Kind.SUPPLY, Kind.DECIDED},
    ),
    # Green gas of the east alone: the oven, in the east, needs 10 where 7 are.
    "supply of a region": Case(
        lambda: small(
            options=BIOGAS,
            supply="commodity,zone,step,period,quantity,price\ngreen_gas,east,farm,2030,7,40\ngreen_gas,east,farm,2032,30,40",
            decided="decision,item,choice,period,value\nruns,oven,biogas,2030,1",
        ),
        [(Kind.SUPPLY, ("green_gas", "east"), 2030, 3.0)],
        "Without 3 GWh/yr more green gas for east in 2030 (now 7 GWh/yr) there is no plan",
        {Kind.SUPPLY, Kind.DECIDED},
    ),
    # The oven may start in 2032 alone: no amount helps, and the decision gives way before the stops do.
    "decision": Case(
        lambda: small(**OVEN_ONLY, windows="process,period\noven,2032", decided=ON_ELECTRICITY),
        [(Kind.DECIDED, ("runs", "oven", "electric", "1"), 2030, 1.0)],
        "Without dropping a decision (process oven runs electric in 2030) there is no plan",
        {Kind.DECIDED, Kind.STOP},
    ),
    # From here on nothing is decided, gas ends in 2031, and no amount helps.
    "lead time": Case(
        lambda: small(
            **OVEN,
            options="""
                process,route,current,capex,electricity,gas,first_year,last_year
                oven,gas,1,0,0,10,,2031
                oven,electric,0,0.8,8,0,2033,""",
        ),
        [(Kind.LEAD_TIME, ("oven", "electric"), None, 1.0)],
        "Without option electric of process oven before its first year (2033) there is no plan",
        {Kind.LEAD_TIME},
    ),
    "year of a link": Case(
        lambda: small(**KILN, options=BURNER, links=piped("25").replace("10,,25", "10,2034,25")),
        [(Kind.LINK, ("hydrogen", "2034"), None, 1.0)],
        "Without the network for hydrogen before its first year (2034) there is no plan",
        {Kind.LINK},
    ),
    "year of a hub": Case(
        lambda: small(**KILN, options=BURNER, sources=NO_SOURCES, hubs=works(capacity=25, first_year=2034)),
        [(Kind.HUB, ("hydrogen", "2034"), None, 1.0)],
        "Without the hubs for hydrogen before their first year (2034) there is no plan",
        {Kind.HUB},
    ),
    "reach": Case(
        lambda: small(**KILN, options=BURNER, links=NO_LINKS),
        [(Kind.REACH, ("tiles", "hydrogen"), None, 1.0)],
        "Without a link for hydrogen to site tiles there is no plan",
        {Kind.REACH},
    ),
}


@cache
def found(name: str) -> Shortfall:
    """What is missing in a case."""
    return shortfall(CASES[name].instance(), threads=1)


def has_plan(instance: Instance) -> bool:
    return optimum(instance) is not None


@pytest.mark.parametrize("name", CASES)
@pytest.mark.some(2)
def test_what_is_missing_is_what_the_tables_say_by_hand(name: str) -> None:
    """Kind, place, period and amount; the sentence says the same."""
    case = CASES[name]
    missing = [(each.limit.kind, each.limit.place, each.limit.period, each.amount) for each in found(name).excesses]
    assert [each[:3] for each in missing] == [each[:3] for each in case.missing]
    assert [each[3] for each in missing] == pytest.approx([each[3] for each in case.missing], rel=1e-5)
    assert found(name).possible is False
    assert found(name).smallest
    assert case.sentence in "\n".join(found(name).told())


OF_AMOUNTS = [
    name for name in CASES if name not in ("decision", "lead time", "year of a link", "year of a hub", "reach")
]
"""The others hold or not."""


@pytest.mark.parametrize("name", CASES)
@pytest.mark.some(1)
def test_what_is_missing_makes_a_plan_once_it_is_granted_in_the_tables(name: str) -> None:
    """All of it does, and there is none without any one part."""
    instance = CASES[name].instance()
    missing = [(each.limit, each.amount) for each in found(name).excesses]
    assert not has_plan(instance)
    assert has_plan(granted(instance, missing))
    for left_out in missing:
        assert not has_plan(granted(instance, [each for each in missing if each is not left_out]))


@pytest.mark.parametrize("name", OF_AMOUNTS)
@pytest.mark.some(1)
def test_a_hundredth_less_makes_no_plan(name: str) -> None:
    """Of any of the amounts."""
    instance = CASES[name].instance()
    missing = [(each.limit, each.amount) for each in found(name).excesses]
    for number, (limit, amount) in enumerate(missing):
        short = [*missing[:number], (limit, 0.99 * amount), *missing[number + 1 :]]
        assert not has_plan(granted(instance, short))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.some(1)
def test_the_conflict_is_one_and_none_of_it_can_be_left_out(name: str) -> None:
    """All other limits of the tables are lifted, and each of the group in turn."""
    case, group = CASES[name], found(name).conflict
    assert {limit.kind for limit in group} == case.group
    assert found(name).minimal
    instance = case.instance()
    assert not has_plan(holding(instance, group))
    for limit in group:
        rest = [each for each in group if each is not limit]
        assert has_plan(holding(instance, rest))


def whole_alone() -> Instance:
    """Half of the oven on electricity would emit 1 kt/yr and take 0.5 MW; as a whole it takes 2 of 1 MW, or emits 2."""
    return small(
        **OVEN_ONLY,
        headroom="area,period,firm,flexible\ntown,2030,1,9\ntown,2032,9,9",
        targets="scope,period,cap,price\nall,2030,1,",
    )


def test_whole_decisions_alone_can_be_in_the_way() -> None:
    """The linear relaxation has a plan, and the instance has none."""
    instance = whole_alone()
    assert relaxed(instance) is not None
    assert not has_plan(instance)
    told = shortfall(instance, threads=1)
    assert [(each.limit.kind, each.limit.period, each.amount) for each in told.excesses] == [
        (Kind.TARGET, 2030, pytest.approx(1.0))
    ]
    assert {(limit.kind, limit.place, limit.period) for limit in told.conflict} == {
        (Kind.TARGET, ("all",), 2030),
        (Kind.GRID, ("town", "firm"), 2030),
    }
    assert told.minimal
    assert told.told()[:4] == [
        "Without 1 kt/yr more emissions in 2030 (target of all sites: 1 kt/yr) there is no plan, if all else stays as "
        "it is.",
        "These cannot hold together:",
        "- target of all sites in 2030: 1 kt/yr",
        "- firm headroom on the grid of town in 2030: 1 MW",
    ]
    assert told.told("nl")[:4] == [
        "Zonder 1 kt/jaar meer uitstoot in 2030 (doel voor alle locaties: 1 kt/jaar) is er geen plan, als al het "
        "andere blijft zoals het is.",
        "Deze limieten gaan niet samen:",
        "- doel voor alle locaties in 2030: 1 kt/jaar",
        "- vaste transportcapaciteit op het stroomnet van town in 2030: 1 MW",
    ]


def test_a_process_with_nothing_to_run_is_told() -> None:
    """Gas ends in 2031 and there is no other option: whatever is lifted, none appears."""
    instance = small(**OVEN, options="process,route,current,capex,gas,last_year\noven,gas,1,0,10,2031")
    told = shortfall(instance, threads=1)
    assert told.told()[:2] == [
        "Without another option for process oven in 2032 there is no plan, if all else stays as it is.",
        "This cannot hold, whatever is done with all other limits: process oven must run an option in 2032.",
    ]


def test_targets_give_way_before_money_and_money_before_the_grid() -> None:
    """The oven may emit 2 kt/yr more, or have 2 MW more: it is the target that gives way."""
    instance = small(
        **OVEN_ONLY,
        headroom="area,period,firm,flexible\ntown,2030,0,9\ntown,2032,9,9",
        targets="scope,period,cap,price\nsector:food,2030,0,",
    )
    told = shortfall(instance, threads=1)
    assert [(each.limit.kind, each.limit.place, each.amount) for each in told.excesses] == [
        (Kind.TARGET, ("sector:food",), pytest.approx(2.0))
    ]
    assert "(target of sector food: 0 kt/yr)" in told.told()[0]


def test_an_instance_with_a_plan_lacks_nothing() -> None:
    """One line; no excess and no conflict."""
    told = shortfall(small(), threads=1)
    assert (told.possible, told.excesses, told.conflict) == (True, (), ())
    assert told.told() == ["There is a plan: nothing falls short."]
    assert told.told("nl") == ["Er is een plan: er ontbreekt niets."]


def test_no_answer_in_time_is_told_as_none() -> None:
    """A search without any time proves nothing, in either way."""
    told = shortfall(CASES["target"].instance(), seconds=1e-9)
    assert (told.possible, told.smallest, told.minimal, told.conflict) == (None, False, False, ())
    assert told.told() == ["The time was up before it was known whether there is a plan, and what falls short."]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"seconds": 0}, "seconds is 0; allowed: more than 0, and finite"),
        ({"seconds": "ten"}, "seconds is 'ten'; allowed: more than 0, and finite"),
        ({"seconds": True}, "seconds is True; allowed: more than 0, and finite"),
        ({"seconds": float("nan")}, "seconds is nan; allowed: more than 0, and finite"),
        ({"seed": -1}, "seed is -1; allowed: 0 to 2147483647"),
        ({"threads": 0}, "threads is 0; allowed: 1 to 256"),
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, object], said: str) -> None:
    """Before any time is spent."""
    with pytest.raises(UsageError) as refused:
        shortfall(small(), **given)  # type: ignore[arg-type]
    assert str(refused.value) == said


def test_a_table_has_a_row_for_each_excess_and_each_limit() -> None:
    """With the units of the format, and an empty period where a limit stands in all."""
    told = found("planned link")
    assert told.table().to_dict("records") == [
        {
            "kind": "link_capacity",
            "place": "pipe",
            "period": "",
            "excess": pytest.approx(5.0),
            "limit": 15.0,
            "unit": "GWh/yr",
        }
    ]
    rows = told.conflict_table()
    assert dict(zip(rows["kind"], rows["place"], strict=True)) == {
        "link_capacity": "pipe",
        "decided": "runs kiln burner 1",
    }


def test_the_filter_finds_a_minimal_group() -> None:
    """2 and 5 and 7 cannot hold together, nor 1 and 2 and 9: one of these groups is left, whatever the chunks."""
    groups = ({2, 5, 7}, {1, 2, 9})
    for chunks in ([np.arange(10)], [np.arange(5), np.arange(5, 10)], [np.arange(9, -1, -1)]):
        group, minimal = conflict(chunks, lambda held: not any(each <= set(held.tolist()) for each in groups))
        assert set(group.tolist()) in groups
        assert minimal


def test_what_is_not_known_stays_in_the_group() -> None:
    """No answer is no proof that a limit can be left out, and then the group is not said to be minimal."""

    def slow(held: np.ndarray) -> bool | None:
        there = set(held.tolist())
        return None if 3 not in there else not {2, 5} <= there

    group, minimal = conflict([np.arange(8)], slow)
    assert set(group.tolist()) == {2, 3, 5}
    assert not minimal


def test_doubt_is_told() -> None:
    """Excesses that are not proven to be the smallest, limits that could be left out, and what is not known at all."""
    limit = NamedLimit(Kind.TARGET, ("region:Oost",), 2030, 30.0, "kt/yr")
    limits, excess = (limit, NamedLimit(Kind.STOP, ("oven",))), Excess(limit, 12.41)
    without = Shortfall(small(), False, (excess,), False, limits, False).told()
    assert without[:2] == [
        "With all of this there is a plan; whether less would do is not known:",
        "- 12.5 kt/yr more emissions in 2030 (target of region Oost: 30 kt/yr)",
    ]
    assert without[2] == "These cannot hold together; perhaps some of them could even be left out:"
    unknown = Shortfall(small(), None, (excess,)).told()
    assert unknown[2] == "The time was up before it was known whether there is a plan without it."
    alone = Shortfall(small(), False, (excess,), True).told()
    assert alone[0].startswith("Without 12.5 kt/yr more emissions in 2030")
    assert Shortfall(small(), False).told() == [
        "There is no plan; the time was up before it was known what falls short."
    ]
    assert Shortfall(small(), False, (), False, limits, True).told()[0] == "These cannot hold together:"
    assert alone[1] == "The time was up before it was known which limits cannot hold together."


def test_amounts_are_rounded_up() -> None:
    """So that what is shown suffices; rounding of sums alone adds nothing."""
    assert rounded_up(12.41) == 12.5
    assert rounded_up(2.0000000001) == 2.0
    assert rounded_up(0.1000000001) == 0.1
    assert rounded_up(340.2) == 341.0


LIMITS = [
    NamedLimit(Kind.TARGET, ("region:Oost",), 2030, 30.0, "kt/yr"),
    NamedLimit(Kind.POT, ("fund",), 2030, 3.0, "M EUR"),
    NamedLimit(Kind.GRID, ("town", "firm"), 2030, 3.0, "MW"),
    NamedLimit(Kind.GRID, ("town", "total"), 2030, 3.0, "MW"),
    NamedLimit(Kind.LINK_CAPACITY, ("pipe",), None, 3.0, "GWh/yr"),
    NamedLimit(Kind.HUB_CAPACITY, ("works", "electrolysis"), None, 3.0, "GWh/yr"),
    NamedLimit(Kind.SOURCE, ("port", "hydrogen"), 2030, 3.0, "GWh/yr"),
    NamedLimit(Kind.SOURCE, ("store", "co2"), 2030, 3.0, "kt/yr"),
    NamedLimit(Kind.SUPPLY, ("green_gas", "all"), 2030, 3.0, "GWh/yr"),
    NamedLimit(Kind.SUPPLY, ("heat", "east"), 2030, 3.0, "GWh/yr"),
    *(
        NamedLimit(Kind.DECIDED, (decision, "thing", "" if decision == "reinforced" else "choice", value), 2030)
        for decision in ("runs", "built", "open", "reinforced")
        for value in ("0", "1")
    ),
    NamedLimit(Kind.LEAD_TIME, ("oven", "electric"), None, 2033.0),
    NamedLimit(Kind.LINK, ("hydrogen", "2033"), None, 2033.0),
    NamedLimit(Kind.HUB, ("hydrogen", "2033"), None, 2033.0),
    NamedLimit(Kind.STOP, ("oven",)),
    NamedLimit(Kind.REACH, ("tiles", "hydrogen")),
    NamedLimit(Kind.REACH, ("tiles", "co2")),
    NamedLimit(Kind.SUPPORT, ("oven", "electric")),
    NamedLimit(Kind.ROUTE, ("oven",), 2030),
]


def test_every_kind_of_limit_is_told_in_both_languages() -> None:
    """Each with its place, and each otherwise than any other; a year has no thousands separator."""
    for language in ("en", "nl"):
        names = LimitNames(small(), Words(language))
        limits = [names.with_number(limit) for limit in LIMITS]
        excesses = [names.beyond(limit, 1.0) for limit in LIMITS]
        assert len(set(limits)) == len(set(excesses)) == len(LIMITS)
        for limit, *texts in zip(LIMITS, limits, excesses, strict=True):
            place = limit.place[1] if limit.kind is Kind.DECIDED else limit.place[0].rpartition(":")[2]
            place = "port – tiles" if limit.kind is Kind.LINK_CAPACITY else place  # the ends of the pipe
            if limit.kind not in (Kind.SUPPLY, Kind.LINK, Kind.HUB):  # of which goods are told by their names
                assert all(place in text for text in texts)
    assert {limit.kind for limit in LIMITS} == set(Kind)
    network = NamedLimit(Kind.LINK, ("hydrogen", "2033"), None, 2033.0)
    assert LimitNames(small(), Words("nl")).with_number(network) == ("eerste jaar van het netwerk voor waterstof: 2033")
