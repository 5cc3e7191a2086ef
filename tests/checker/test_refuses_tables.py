"""What the checker refuses in tables: numbers that do not follow from the plan, and rows that make no sense."""

from dataclasses import replace

import pandas as pd
import pytest
from changes import complaints, families, with_row, with_value, without
from hand_made import instance, planned, result, tables

from routeplan.schema.results import COST_TERMS, RESULT_TABLES

PLAN = tables()
TABLES = [name for name in RESULT_TABLES if name != "progress"]

# The family that must be named when the first number of a column is 0.1 too high: that of the row which then
# fails, or that of the table where the number only restates the plan.
TOO_HIGH = {
    ("starts", "capex"): "table:starts",
    ("starts", "funding_gap"): "table:starts",
    ("grants", "amount"): "business_case",
    ("flows", "flow"): "node_balance",
    ("drawn", "amount"): "node_balance",
    ("hubs", "output"): "node_balance",
    ("supplied", "amount"): "supply_step",
    ("requests", "request"): "table:requests",
    ("requests", "connection"): "table:requests",
    ("overshoot", "amount"): "table:overshoot",
    ("costs", "cost"): "cost:fixed_cost",
    ("costs", "discounted"): "cost:fixed_cost",
    ("emissions", "emissions"): "emissions",
    ("emissions", "captured"): "emissions",
    ("emissions", "removed"): "emissions",
    ("energy", "amount"): "table:energy",
    ("site_costs", "cost"): "table:site_costs",
    ("limits", "used"): "table:limits",
    ("limits", "bound"): "table:limits",
}


def _numbers() -> list[tuple[str, str]]:
    """Every column of the results that holds amounts."""
    whole = {"period", "open"}
    return [
        (name, column.name)
        for name in TABLES
        for column in RESULT_TABLES[name].columns
        if not column.kind.is_text and column.name not in whole
    ]


@pytest.mark.parametrize(("table", "column"), _numbers())
@pytest.mark.some(8)
def test_a_number_that_is_too_high_is_refused(table: str, column: str) -> None:
    """No column of amounts goes unchecked."""
    number = PLAN[table][column].astype(float)
    higher = PLAN[table].assign(**{column: number.where(number.index > 0, number + 0.1)})
    assert TOO_HIGH[table, column] in families(planned(**{table: higher}))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.some(8)
def test_a_table_that_is_lost_is_refused(table: str) -> None:
    """A plan without one of its tables does not hold, and nothing goes wrong in finding that."""
    assert families(planned(**{table: PLAN[table][:0]})) != set()


@pytest.mark.parametrize("row", range(len(PLAN["limits"])))
@pytest.mark.some(8)
def test_a_limit_that_is_left_out_is_refused(row: int) -> None:
    """Every shared limit that is used or allows something is listed."""
    assert families(planned(limits=PLAN["limits"].drop(index=row))) == {"table:limits"}


@pytest.mark.parametrize("term", COST_TERMS)
@pytest.mark.some(4)
def test_a_wrong_cost_term_is_refused_by_name(term: str) -> None:
    """One percent in one term of 2032 is named, in its yearly and in its discounted form."""
    costs = PLAN["costs"]
    rows = (costs["term"] == term) & (costs["period"] == 2032)
    assert rows.sum() == 1
    yearly = costs.assign(cost=costs["cost"].where(~rows, costs["cost"] * 1.01))
    assert families(planned(costs=yearly)) == {f"cost:{term}"}
    discounted = costs.assign(discounted=costs["discounted"].where(~rows, costs["discounted"] * 1.01))
    assert families(planned(costs=discounted)) == {f"cost:{term}", "objective"}


def test_a_wrong_cost_says_what_it_should_be() -> None:
    """The stopgap is paid in one of the two years of 2032: 4 + 1 / 2, not 4 + 1."""
    costs = with_value(PLAN["costs"], "cost", 5.0, term="options", period=2032)
    assert complaints(planned(costs=costs)) == [
        "cost:options (period 2032): cost is 5 M EUR/yr; recomputed: 4.5 M EUR/yr",
    ]


def test_a_removed_tonne_is_a_negative_cost() -> None:
    """1 kt/yr at 70 EUR/t earns 0.07 M EUR/yr; a plan that pays it is refused."""
    costs = with_value(PLAN["costs"], "cost", 0.07, term="co2_removed")
    assert complaints(planned(costs=costs)) == [
        "cost:co2_removed (period 2032): cost is 0.07 M EUR/yr; recomputed: -0.07 M EUR/yr",
    ]


def test_fees_of_hubs_do_not_belong_to_sites() -> None:
    """Of the grid fee of 0.1725 in 2032 the valley's 0.03 are nobody's: no site may be told to pay them."""
    costs = with_value(PLAN["site_costs"], "cost", 0.0825, site="tiles", term="grid_fee", period=2032)
    assert complaints(planned(site_costs=costs)) == [
        "table:site_costs (site tiles, term grid_fee, period 2032): cost is 0.0825 M EUR/yr; "
        "recomputed: 0.0525 M EUR/yr",
    ]


def test_green_gas_with_supply_belongs_to_no_site() -> None:
    """What is bought in steps is a cost of the whole, not of the site that burns it."""
    costs = with_row(PLAN["site_costs"], site="mill", term="green_gas", period=2030, cost=0.26)
    assert complaints(planned(site_costs=costs)) == [
        "table:site_costs (site mill, term green_gas, period 2030): cost is 0.26 M EUR/yr; recomputed: 0 M EUR/yr",
    ]


def test_emissions_are_refused_by_name() -> None:
    """The furnace makes a fifth more in 2032: 0.6 of burner and 0.5 of capture, not 0.5 and 0.5."""
    emissions = with_value(PLAN["emissions"], "emissions", 1.0, site="tiles", period=2032)
    assert complaints(planned(emissions=emissions)) == [
        "emissions (site tiles, period 2032): column 'emissions' is 1 kt/yr; recomputed: 1.1 kt/yr",
    ]


def test_energy_is_refused_by_name() -> None:
    """The furnace burns 12 GWh/yr in 2032."""
    energy = with_value(PLAN["energy"], "amount", 10.0, process="furnace", period=2032)
    assert complaints(planned(energy=energy)) == [
        "table:energy (process furnace, commodity hydrogen, period 2032): energy is 10 GWh/yr; recomputed: 12 GWh/yr",
    ]


def test_a_trend_changes_the_capex_of_a_start() -> None:
    """Half of 4.88 is 2.44."""
    starts = with_value(PLAN["starts"], "capex", 4.88, route="electric")
    assert complaints(planned(starts=starts)) == [
        "table:starts (process oven, route electric, period 2032): capex is 4.88 M EUR; recomputed: 2.44 M EUR",
    ]


def test_a_limit_of_an_area_without_headroom_is_refused() -> None:
    """An area without any row in `headroom` sets no limit, so none may be listed for it."""
    free = instance()["headroom"]
    free = free[free["area"] == "county"]
    assert complaints(replace(result(), instance=instance().replace(headroom=free))) == [
        "table:limits (limit firm_headroom, area town, period 2032): there is no such limit",
        "table:limits (limit total_headroom, area town, period 2032): there is no such limit",
    ]


def test_room_in_a_contract_is_right_where_it_is_listed() -> None:
    """The park needs -0.25 + 0.5 + 1.25 = 1.5 MW in 2032, of 0.5 + 0.5 free and 0.5 requested."""
    row = {"limit": "contract_room", "area": "", "contract": "park", "period": 2032}
    assert complaints(planned(limits=with_row(PLAN["limits"], **row, used=1.5, bound=1.5))) == []
    assert complaints(planned(limits=with_row(PLAN["limits"], **row, used=1.5, bound=2.0))) == [
        "table:limits (limit contract_room, contract park, period 2032): bound is 2 MW; recomputed: 1.5 MW",
    ]


def test_a_limit_listed_twice_is_refused() -> None:
    """Two rows for one link cannot both be right."""
    limits = with_row(PLAN["limits"], limit="link_capacity", area="", link="spur", carrier="co2", period=2032)
    twice = "table:limits (limit link_capacity, link spur, period 2032): this limit is listed twice"
    assert twice in complaints(planned(limits=limits))


SOUTH = "table:limits (limit supply_balance, commodity green_gas, zone south, period 2030)"
EVERYWHERE = "table:limits (limit supply_balance, commodity green_gas, zone all, period 2030)"


def test_use_of_green_gas_is_right_in_limits() -> None:
    """The dryer of the south burns 4 GWh/yr."""
    limits = with_value(PLAN["limits"], "used", 3.0, limit="supply_balance", zone="south", period=2030)
    assert complaints(planned(limits=limits)) == [f"{SOUTH}: used is 3 GWh/yr; recomputed: 4 GWh/yr"]


def test_supply_of_green_gas_is_right_in_limits() -> None:
    """The south buys 3 GWh/yr in its own zone and is brought the 1 that it lacks."""
    limits = with_value(PLAN["limits"], "bound", 13.0, limit="supply_balance", zone="south", period=2030)
    assert complaints(planned(limits=limits)) == [f"{SOUTH}: bound is 13 GWh/yr; recomputed: 4 GWh/yr"]


def test_what_regions_are_brought_is_right_in_limits() -> None:
    """Of the 1 GWh/yr bought in the zone of all, all goes to the south."""
    limits = with_value(PLAN["limits"], "used", 0.0, limit="supply_balance", zone="all", period=2030)
    limits = with_value(limits, "bound", 10.0, limit="supply_balance", zone="all", period=2030)
    assert complaints(planned(limits=limits)) == [
        f"{EVERYWHERE}: used is 0 GWh/yr; recomputed: 1 GWh/yr",
        f"{EVERYWHERE}: bound is 10 GWh/yr; recomputed: 1 GWh/yr",
    ]


def test_a_supply_balance_that_is_left_out_is_refused() -> None:
    """An absent row is 0 of 0, which neither the south nor the zone of all is."""
    limits = without(PLAN["limits"], limit="supply_balance", period=2030)
    assert complaints(planned(limits=limits)) == [
        f"{SOUTH}: used is 0 GWh/yr; recomputed: 4 GWh/yr",
        f"{EVERYWHERE}: used is 0 GWh/yr; recomputed: 1 GWh/yr",
        f"{SOUTH}: bound is 0 GWh/yr; recomputed: 4 GWh/yr",
        f"{EVERYWHERE}: bound is 0 GWh/yr; recomputed: 1 GWh/yr",
    ]


def test_a_supply_balance_of_a_commodity_without_supply_is_refused() -> None:
    """Heat has no row in `supply`: it is without limit."""
    row = {"limit": "supply_balance", "area": "", "commodity": "heat", "zone": "south", "period": 2030}
    assert complaints(planned(limits=with_row(PLAN["limits"], **row, used=2.0, bound=2.0))) == [
        "table:limits (limit supply_balance, commodity heat, zone south, period 2030): there is no such limit",
    ]


def test_a_limit_of_an_invented_name_is_refused() -> None:
    """A row that the checker cannot recompute proves nothing, even when it says 0 of 0."""
    for amount in (0.0, 1.0):
        limits = with_row(PLAN["limits"], limit="crews_suffice", area="town", period=2032, used=amount, bound=amount)
        assert complaints(planned(limits=limits)) == [
            "table:limits (limit crews_suffice, area town, period 2032): there is no limit of this name",
        ]


def _keys() -> list[tuple[str, str]]:
    """Every column of the results that holds ids."""
    free = {"limit", "unit"}
    return [
        (name, column.name)
        for name in TABLES
        for column in RESULT_TABLES[name].columns
        if column.kind.is_text and column.name not in free
    ]


@pytest.mark.parametrize(("table", "column"), _keys())
@pytest.mark.some(8)
def test_an_unknown_id_is_refused(table: str, column: str) -> None:
    """No column of ids goes unchecked, and nothing else is reported before it is mended."""
    wrong = PLAN[table].assign(**{column: PLAN[table][column].where(PLAN[table].index > 0, "nowhere")})
    assert families(planned(**{table: wrong})) == {f"table:{table}"}


def test_an_unknown_id_is_named() -> None:
    """The ids that belong together are told together."""
    runs = with_value(PLAN["runs"], "route", "electric", process="stack", period=2030)
    assert complaints(planned(runs=runs)) == [
        "table:runs (process stack, route electric): the instance has no such row",
    ]


@pytest.mark.parametrize("table", TABLES)
def test_an_unknown_period_is_refused(table: str) -> None:
    """2031 lies inside a period, but names none."""
    wrong = PLAN[table].assign(period=PLAN[table]["period"].where(PLAN[table].index > 0, 2031))
    assert f"table:{table} (period 2031): the instance has no such row" in complaints(planned(**{table: wrong}))


@pytest.mark.parametrize("table", TABLES)
def test_a_row_listed_twice_is_refused(table: str) -> None:
    """A key names one row."""
    twice = pd.concat([PLAN[table], PLAN[table][:1]], ignore_index=True)
    found = complaints(planned(**{table: twice}))
    assert len(found) == 1
    assert found[0].startswith(f"table:{table} (")
    assert found[0].endswith("): the row is listed twice")


@pytest.mark.parametrize(("table", "column"), _numbers())
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
@pytest.mark.some(len(_numbers()))
def test_a_number_that_is_none_is_refused(table: str, column: str, value: float) -> None:
    """NaN compares with nothing and infinity with too much: neither slips through."""
    numbers = PLAN[table][column].astype(float)
    wrong = PLAN[table].assign(**{column: numbers.where(numbers.index > 0, value)})
    found = complaints(planned(**{table: wrong}))
    assert len(found) == 1
    assert found[0].endswith(f"column '{column}' is {value}; allowed: a finite number")


def test_a_hub_is_open_or_not() -> None:
    """Half open is not allowed."""
    hubs = PLAN["hubs"].assign(open=[0.5, 1.0, 1.0])
    assert complaints(planned(hubs=hubs)) == [
        "table:hubs (hub valley, option electrolysis, period 2030): column 'open' is 0.5; allowed: 0 or 1",
    ]


def test_a_table_or_column_that_is_absent_is_refused() -> None:
    """What cannot be read is said before anything is recomputed."""
    plan = planned(flows=PLAN["flows"].drop(columns="flow"))
    rest = {name: table for name, table in plan.tables.items() if name != "grants"}
    assert complaints(replace(plan, tables=rest)) == [
        "table:grants: the table is absent",
        "table:flows (column flow): the column is absent",
    ]


def test_a_flow_carries_what_its_link_carries() -> None:
    """A hydrogen pipe carries no CO2."""
    flows = with_value(PLAN["flows"], "carrier", "co2", link="trunk", period=2030)
    assert complaints(planned(flows=flows)) == [
        "table:flows (carrier co2, link trunk): the instance has no such row",
    ]


def test_costs_without_a_term_are_refused() -> None:
    """A term left out is 0, which the reinforcements are not."""
    costs = without(PLAN["costs"], term="reinforcements")
    assert complaints(planned(costs=costs)) == [
        "cost:reinforcements (period 2032): cost is 0 M EUR/yr; recomputed: 1 M EUR/yr",
        "cost:reinforcements (period 2032): discounted cost is 0 M EUR; recomputed: 1.152 M EUR",
        "objective: the sum of the discounted costs listed is 27.333208 M EUR; cost: 28.485208 M EUR",
    ]
