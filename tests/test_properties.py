"""Properties of the optimum that need no other solver: what may change it, and in which direction."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from routeplan.data.read import read
from routeplan.model.build import FAMILIES, STRENGTHENING
from routeplan.result.result import Status
from routeplan.schema.column import Kind
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.solving.solve import solve
from small import OVEN, best, optimum, prices, relaxed, routes, small, with_settings

AGREED = ("network-1", "money-1", "grid-1", "targets-2", "small-1")
"""Reference instances, of each kind one: 3 to 5 sites, 2 to 4 periods, every table among them."""

CLOSE = {"rel": 1e-6, "abs": 1e-6}


def rich():
    """The small instance with a full grid, a cable, a hub, imports, a fund, and farms that do not supply yet."""
    return small(
        with_settings(participation=True, discount_rate=0.05, firm_rate=0.1),
        options="""
            process,route,current,capex,electricity,gas,green_gas,hydrogen,firm_capacity,flexible_capacity,emissions
            oven,gas,1,0,0,10,0,0,0,0,2
            oven,electric,0,0.8,8,0,0,0,3,1,0
            oven,biogas,0,0.1,0,0,10,0,0,0,0
            oven,saver,0,0.1,0,9,0,0,0.5,0,1.5
            kiln,gas,1,0,0,20,0,0,0,0,4
            kiln,burner,0,0.4,0,0,0,20,0.5,0,0
            kiln,biogas,0,0.1,0,0,20,0,0,0,0""",
        prices=prices(electricity=75.0, electricity_value=25.0, hydrogen=33.0, grid_fee=4.0, flexible_fee=1.0),
        headroom="area,period,firm,flexible\ntown,2030,1,1\ntown,2032,2,1.3",
        reinforcements="reinforcement,area,capacity,capex,lifetime,first_year\ncable,town,1,0.06,4,2032",
        hubs="""
            hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime
            works,electrolysis,port,town,hydrogen,0.1,8,10,0.2,0.5,0.2,4""",
        sources="node,carrier,period,capacity,price\nport,hydrogen,2030,14,30\nport,hydrogen,2032,14,30",
        supply="""
            commodity,zone,step,period,quantity,price
            green_gas,all,import,2030,12,46
            green_gas,all,import,2032,12,46
            green_gas,east,farms,2032,0,30""",
        pots="pot,name,carry_over\nfund,,1",
        budgets="pot,period,amount\nfund,2030,0.5\nfund,2032,0.5",
        support="pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,funding_gap,,,1,",
    )


NAMES = (
    *("small", "rich"),
    *(pytest.param(name, marks=pytest.mark.nightly) for name in AGREED),
)


@pytest.fixture(params=NAMES)
def name(request):
    """Name of an instance; those of the reference need their data."""
    if request.param in AGREED:
        request.getfixturevalue("shared_data")
    return request.param


@cache
def instance_of(name):
    """The instance of this name."""
    made = {"small": small, "rich": rich}
    here = Path(__file__).parents[2] / "shared" / "data" / "agreed" / "instances"
    return made[name]() if name in made else read(here / name)


@pytest.fixture
def instance(name):
    """Each of the instances in turn."""
    return instance_of(name)


@cache
def known_optimum(name):
    """Its optimum, solved for once."""
    return optimum(instance_of(name))


def energy_bill(instance):
    """Cost of running the current options throughout, summed option by option and year by year."""
    given = {(row.item, row.group, row.period): row.price for row in instance["prices"].itertuples()}
    sites = instance["sites"].set_index("site")
    place = instance["processes"].set_index("process")["site"].map(sites["price_group"])
    settings, total = instance.settings, 0.0
    for option in instance["options"].query("current == 1").itertuples():
        for period, years in instance["periods"].itertuples(index=False):
            worth = sum((1 + settings.discount_rate) ** -(period + j - settings.base_year) for j in range(years))
            bill = option.fixed_cost
            for item, amount in (
                ("electricity", option.electricity),
                ("flexible_electricity", option.flexible_electricity),
                ("gas", option.gas),
                ("green_gas", option.green_gas),
                ("heat", option.heat),
                ("co2", option.emissions),
            ):
                groups = (place[option.process], "all")
                bill += (
                    amount
                    / 1000
                    * next(given[item, group, period] for group in groups if (item, group, period) in given)
                )
            total += worth * bill
    return total


def with_nothing_to_gain(instance):
    """No target, nothing decided, no values and no CO2 price; every other option is far too dear."""
    options, rates = instance["options"], instance["prices"]
    current = options["current"] == 1
    rates = rates[~rates["item"].str.endswith("_value") & (rates["item"] != "co2_removed")]
    nothing = {table: instance[table].iloc[:0] for table in ("targets", "decided", "support", "supply", "activity")}
    idle = {"captured": 0.0, "hydrogen": 0.0, "removed": 0.0, "last_year": options["last_year"].mask(current)}
    return instance.replace(
        options=options.assign(capex=options["capex"].mask(~current, 1e4), **idle),
        prices=rates.assign(price=rates["price"].mask(rates["item"] == "co2", 0.0)),
        **nothing,
    )


@pytest.mark.some(1)
def test_with_nothing_to_gain_everything_stays_as_it_is(instance):
    """The cost is the energy bill, and it is proven."""
    idle = with_nothing_to_gain(instance)
    result = best(idle)
    assert result.status is Status.OPTIMAL
    assert result["starts"].empty
    assert result.objective == pytest.approx(energy_bill(idle), rel=1e-9)


def added(table, column, amount):
    """A change: this much more in a column."""
    return lambda instance: {table: instance[table].assign(**{column: instance[table][column] + amount})}


def sooner(table):
    """A change: first years three years earlier."""
    return added(table, "first_year", -3.0)


MORE_ROOM = {
    "firm headroom": added("headroom", "firm", 0.7),
    "flexible headroom": added("headroom", "flexible", 0.7),
    "supply": added("supply", "quantity", 3.0),
    "budget": added("budgets", "amount", 0.5),
    "sources": added("sources", "capacity", 5.0),
    "links": sooner("links"),
    "hubs": sooner("hubs"),
    "reinforcements": sooner("reinforcements"),
}


@pytest.mark.some(1)
def test_more_room_never_makes_the_optimum_dearer(instance, name):
    """More of anything, or the same infrastructure earlier: whatever could be planned can still be planned."""
    least = known_optimum(name) + 1e-6 * max(1.0, known_optimum(name))
    changed = {what: change(instance) for what, change in MORE_ROOM.items()}
    given = {what: tables for what, tables in changed.items() if not any(table.empty for table in tables.values())}
    assert len(given) >= 2
    assert [what for what, tables in given.items() if optimum(instance.replace(**tables)) > least] == []


def sharing(instance, coincidence):
    """All sites on one contract in one area, with options that free no firm capacity."""
    sites, options = instance["sites"], instance["options"]
    return instance.replace(
        sites=sites.assign(contract="park", area=sites["area"][0], coincidence=coincidence),
        options=options.assign(firm_capacity=options["firm_capacity"].clip(lower=0.0)),
    )


@pytest.mark.some(1)
def test_peaks_that_coincide_less_never_make_the_optimum_dearer(instance):
    """Whatever could be planned asks for less of the contract, as long as no option frees capacity."""
    costs = [optimum(sharing(instance, coincidence)) for coincidence in (1.0, 0.7, 0.3)]
    known = [np.inf if cost is None else cost for cost in costs]
    assert known[2] <= known[1] + 1e-6 * abs(known[1])
    assert known[1] <= known[0] + 1e-6 * abs(known[0])


def test_peaks_that_coincide_less_are_felt_where_room_was_short():
    """The change above is not idle: the oven's 3 MW of which 1 is free do not fit in 1 MW more; 0.6 of them do."""
    short = small(headroom="area,period,firm,flexible\ntown,2030,1,0\ntown,2032,1,0")
    alone = {"sites": small()["sites"].assign(contract="park")}
    assert optimum(short.replace(**alone)) == pytest.approx(4 * (0.5 + 0.8))
    apart = alone["sites"].assign(coincidence=[0.6, 1.0])
    assert optimum(short.replace(sites=apart)) == pytest.approx(4 * (0.4 + 0.8))


@pytest.mark.nightly
def test_more_room_is_felt_where_it_was_short():
    """The changes above are not idle: farms, then money, and with the money more headroom make it cheaper."""
    poor, paid = rich(), rich().replace(**added("budgets", "amount", 0.5)(rich()))
    farms = poor.replace(**added("supply", "quantity", 12.0)(poor))
    wired = paid.replace(**added("headroom", "firm", 1.0)(paid))
    assert optimum(farms) < known_optimum("rich") - 1e-3
    assert optimum(paid) < known_optimum("rich") - 1e-3
    assert optimum(wired) < optimum(paid) - 1e-3


@pytest.mark.some(1)
def test_the_order_of_rows_does_not_matter(instance, name):
    """Every table but that of the periods, shuffled."""
    random = np.random.default_rng(4)
    shuffled = {
        table: instance[table].iloc[random.permutation(len(instance[table]))].reset_index(drop=True)
        for table in instance
        if table != "periods"
    }
    assert optimum(instance.replace(**shuffled)) == pytest.approx(known_optimum(name), **CLOSE)


def renamed(column, cells):
    """Ids spelt backwards, so that their order changes too."""
    return cells.where(cells.isin(["", "all"]), cells.str[::-1] + "~") if column.kind is Kind.ID else cells


@pytest.mark.some(1)
def test_the_names_of_things_do_not_matter(instance, name):
    """Every id of every table spelt backwards."""
    tables = {
        table: pd.DataFrame({column.name: renamed(column, instance[table][column.name]) for column in declared.columns})
        for table, declared in INPUT_TABLES.items()
    }
    assert optimum(instance.replace(**tables)) == pytest.approx(known_optimum(name), **CLOSE)


MEGAWATTS = {
    "sites": ["spare_capacity"],
    "options": ["firm_capacity", "flexible_capacity"],
    "headroom": ["firm", "flexible"],
    "reinforcements": ["capacity"],
    "hubs": ["firm_capacity", "flexible_capacity"],
}


@pytest.mark.some(1)
def test_the_unit_of_power_does_not_matter(instance, name):
    """All MW times 8, and the fees per MW divided by it."""
    rates = instance["prices"]
    fees = rates["item"].str.contains("_fee")
    tables = {table: instance[table] for table in MEGAWATTS}
    for table, columns in MEGAWATTS.items():
        tables[table][columns] = tables[table][columns] * 8.0
    scaled = instance.replace(prices=rates.assign(price=rates["price"].where(~fees, rates["price"] / 8.0)), **tables)
    assert optimum(scaled) == pytest.approx(known_optimum(name), **CLOSE)


@pytest.mark.some(1)
def test_the_relaxation_is_below_the_optimum_and_every_plan_above(instance, name):
    """The bound holds for any plan: of a loose gap, and of no time at all."""
    least = known_optimum(name)
    assert relaxed(instance) <= least + 1e-6 * max(1.0, least)
    free = replace(instance, settings=replace(instance.settings, objective="cost"))
    for result in (solve(free, gap=0.3), solve(free, seconds=1e-9)):
        assert not result.status.has_plan or result.objective >= least - 1e-6 * max(1.0, least)
        assert not result.status.has_plan or result.bound <= least + 1e-6 * max(1.0, least)


@pytest.mark.some(2)
@pytest.mark.parametrize("added_rows", [(), *((row,) for row in STRENGTHENING)], ids=["none", "tight", "connected"])
def test_strengthening_never_changes_the_optimum(instance, name, added_rows):
    """Without any strengthening row, and with each kind of them alone."""
    assert optimum(instance, FAMILIES + added_rows) == pytest.approx(known_optimum(name), **CLOSE)


@pytest.mark.some(1)
def test_strengthening_never_lowers_the_relaxation(instance):
    """That is what it is for: the bound comes nearer or stays."""
    assert relaxed(instance) >= relaxed(instance, FAMILIES) - 1e-6


TWINS = """
    site,name,sector,region,area,lat,lon,spare_capacity
    bakery,,food,east,town,52.0,6.0,1
    twin,,food,east,town,52.0,6.0,1"""


@pytest.mark.nightly
def test_identical_sites_may_swap_their_plans():
    """Two bakeries and room for one of them: 4 x 0.4 + 4 x 0.5, whichever moves."""
    twins = {
        "sites": TWINS,
        "processes": OVEN["processes"] + "\noven2,twin,oven",
        "links": "link,carrier,from,to,mode,status,length",
        "options": """
            process,route,current,capex,electricity,gas,firm_capacity,emissions
            oven,gas,1,0,0,10,0,2
            oven,electric,0,0.8,8,0,3,0
            oven2,gas,1,0,0,10,0,2
            oven2,electric,0,0.8,8,0,3,0""",
        "headroom": "area,period,firm,flexible\ntown,2030,2,0\ntown,2032,2,0",
    }
    assert optimum(small(**twins)) == pytest.approx(3.6)
    for mover, stayer in (("oven", "oven2"), ("oven2", "oven")):
        forced = small(**twins, decided=f"decision,item,choice,period,value\nruns,{mover},electric,2030,1")
        result = best(forced)
        assert result.objective == pytest.approx(3.6)
        assert routes(result) == {mover: ["electric", "electric"], stayer: ["gas", "gas"]}
