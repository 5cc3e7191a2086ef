"""What the checker refuses: a plan spoilt in one way for each family, and the message that names it."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from changes import complaints, families, with_row, with_value, without
from hand_made import instance, planned, result, tables

from routeplan.result.result import Result

PLAN = tables()
GIVEN = {name: instance()[name] for name in instance()}


def under(**changed: pd.DataFrame) -> Result:
    """The plan as it is, for an instance with other tables."""
    return replace(result(), instance=instance().replace(**changed))


def at_peak(tiles: float, **changed: pd.DataFrame) -> Result:
    """The plan for an instance in which only a share of the capacity at the tile works meets the peak of the park."""
    sites = with_value(GIVEN["sites"], "coincidence", tiles, site="tiles")
    return replace(planned(**changed), instance=instance().replace(sites=sites))


# Each plan is spoilt in what it does; the tables that restate it are left, so that they are refused besides.
SPOILT: dict[str, tuple[Callable[[], Result], str]] = {
    "a process without a route": (
        lambda: planned(runs=without(PLAN["runs"], process="stack", period=2030)),
        "one_route_per_process (process stack, period 2030): the number of routes is 0; allowed: exactly 1",
    ),
    "a process with two routes": (
        lambda: planned(runs=with_row(PLAN["runs"], process="oven", period=2032, route="stopgap")),
        "one_route_per_process (process oven, period 2032): the number of routes is 2; allowed: exactly 1",
    ),
    "a switch without a start": (
        lambda: planned(starts=without(PLAN["starts"], process="furnace")),
        "starts_when_switching (process furnace, route burner, period 2030): the process switches to this option "
        "without a start",
    ),
    "a start of what runs already": (
        lambda: planned(starts=with_row(PLAN["starts"], process="furnace", route="burner", period=2032)),
        "starts_when_switching (process furnace, route burner, period 2032): the option starts but runs already, "
        "and is no bridge",
    ),
    "a start of what does not run": (
        lambda: planned(starts=with_row(PLAN["starts"], process="stack", route="capture", period=2030)),
        "starts_when_switching (process stack, route capture, period 2030): the option starts but does not run",
    ),
    "a start of the current option": (
        lambda: planned(starts=with_row(PLAN["starts"], process="stack", route="gas", period=2030)),
        "starts_when_switching (process stack, route gas, period 2030): the current option never starts",
    ),
    "an option before its first year": (
        lambda: under(options=with_value(GIVEN["options"], "first_year", 2031, route="burner")),
        "allowed_years (process furnace, route burner, period 2030): the option runs before its first year",
    ),
    "an option after its last year": (
        lambda: under(options=with_value(GIVEN["options"], "last_year", 2031, route="saver")),
        "allowed_years (process dryer, route saver, period 2032): the option runs after its last year",
    ),
    "a start outside the windows": (
        lambda: under(windows=with_row(GIVEN["windows"], process="oven", period=2032)),
        "allowed_years (process oven, route stopgap, period 2030): the option starts outside the windows of its "
        "process",
    ),
    "a way back": (
        lambda: planned(runs=with_value(PLAN["runs"], "route", "gas", process="furnace", period=2032)),
        "no_way_back (process furnace, route gas, period 2032): the process returns to its current option",
    ),
    "an option that stops": (
        lambda: planned(runs=with_value(PLAN["runs"], "route", "gas", process="furnace", period=2032)),
        "stays_started (process furnace, route burner, period 2032): the option ran a period earlier, is no "
        "bridge, and no longer runs",
    ),
    "a bridge beyond its life": (
        lambda: planned(starts=without(PLAN["starts"], process="dryer", period=2032)),
        "bridge_ends (process dryer, route saver, period 2032): the bridge runs without a start whose life "
        "reaches this period",
    ),
    "too small a request": (
        lambda: planned(requests=with_value(PLAN["requests"], "request", 1.5, contract="bakery")),
        "contract_room (contract bakery, period 2032): firm capacity needed is 3 MW; allowed: at most 2.5 MW",
    ),
    "too small a connection": (
        lambda: planned(requests=with_value(PLAN["requests"], "connection", 2.5, contract="bakery")),
        "connection_room (contract bakery, period 2032): firm and flexible capacity needed is 4 MW; "
        "allowed: at most 3.5 MW",
    ),
    # The dryer at the mill frees 0.25 MW; the tile works' 0.5 + 1.25 MW firm and 1 MW flexible count for 0.8 of it.
    "too small a request of sites whose peaks fall apart": (
        lambda: at_peak(0.8, requests=with_value(PLAN["requests"], "request", 0.1, contract="park", period=2032)),
        "contract_room (contract park, period 2032): firm capacity needed is 1.15 MW; allowed: at most 1.1 MW",
    ),
    "too small a connection of sites whose peaks fall apart": (
        lambda: at_peak(0.8, requests=with_value(PLAN["requests"], "connection", 0.9, contract="park", period=2032)),
        "connection_room (contract park, period 2032): firm and flexible capacity needed is 1.95 MW; "
        "allowed: at most 1.9 MW",
    ),
    "a request as if all peaks fell together": (
        lambda: at_peak(0.8),
        "table:requests (contract park, period 2032): request is 0.5 MW; recomputed: 0.15 MW",
    ),
    "a connection below the request": (
        lambda: planned(requests=with_value(PLAN["requests"], "connection", 1.0, contract="bakery")),
        "connection_room (contract bakery, period 2032): the request, which a connection covers, is 2 MW; "
        "allowed: at most 1 MW",
    ),
    "a larger request than needed": (
        lambda: planned(requests=with_value(PLAN["requests"], "request", 2.5, contract="bakery")),
        "table:requests (contract bakery, period 2032): request is 2.5 MW; recomputed: 2 MW",
    ),
    "too little firm headroom": (
        lambda: under(headroom=with_value(GIVEN["headroom"], "firm", 3.0, area="county", period=2032)),
        "firm_headroom (area county, period 2032): new firm capacity is 3.5 MW; allowed: at most 3 MW",
    ),
    "no cable where one is needed": (
        lambda: planned(reinforced=PLAN["reinforced"][:0]),
        "firm_headroom (area town, period 2032): new firm capacity is 2 MW; allowed: at most 1 MW",
    ),
    "no row of headroom in a period": (
        lambda: under(headroom=without(GIVEN["headroom"], area="county", period=2032)),
        "firm_headroom (area county, period 2032): new firm capacity is 3.5 MW; allowed: at most 0 MW",
    ),
    "too little total headroom": (
        lambda: under(headroom=with_value(GIVEN["headroom"], "flexible", 1.5, area="county", period=2032)),
        "total_headroom (area county, period 2032): new capacity is 6 MW; allowed: at most 5.5 MW",
    ),
    "a node without enough hydrogen": (
        lambda: planned(drawn=with_value(PLAN["drawn"], "amount", 5.0, node="port", period=2030)),
        "node_balance (node port, carrier hydrogen, period 2030): hydrogen that arrives is -1 GWh/yr; used: 0 GWh/yr",
    ),
    "a site without hydrogen": (
        lambda: planned(flows=without(PLAN["flows"], link="spur", period=2032)),
        "node_balance (node tiles, carrier hydrogen, period 2032): hydrogen that arrives is 0 GWh/yr; used: 12 GWh/yr",
    ),
    "CO2 that goes nowhere": (
        lambda: planned(drawn=with_value(PLAN["drawn"], "amount", 3.0, node="sea")),
        "node_balance (node sea, carrier co2, period 2032): CO2 captured or carried in is 5 kt/yr; "
        "stored or handled: 4 kt/yr",
    ),
    "captured CO2 that is not fetched": (
        lambda: planned(flows=without(PLAN["flows"], link="barge")),
        "node_balance (node tiles, carrier co2, period 2032): CO2 captured or carried in is 5 kt/yr; "
        "stored or handled: 0 kt/yr",
    ),
    "a source beyond its capacity": (
        lambda: under(sources=with_value(GIVEN["sources"], "capacity", 7.0, node="port", period=2032)),
        "source_capacity (node port, carrier hydrogen, period 2032): amount supplied or stored is 8 GWh/yr; "
        "allowed: at most 7 GWh/yr",
    ),
    "a source that is none": (
        lambda: planned(drawn=with_row(PLAN["drawn"], node="tiles", carrier="co2", period=2030, amount=1.0)),
        "source_capacity (node tiles, carrier co2, period 2030): amount supplied or stored is 1 kt/yr; "
        "allowed: at most 0 kt/yr",
    ),
    "less than nothing from a source": (
        lambda: planned(drawn=with_value(PLAN["drawn"], "amount", -1.0, node="sea")),
        "source_capacity (node sea, carrier co2, period 2032): the amount supplied or stored is below 0",
    ),
    "a planned link beyond its capacity": (
        lambda: under(links=with_value(GIVEN["links"], "capacity", 7.0, link="trunk")),
        "link_capacity (link trunk, period 2032): flow is 8 GWh/yr; allowed: at most 7 GWh/yr",
    ),
    "a planned link before its first year": (
        lambda: under(links=with_value(GIVEN["links"], "first_year", 2031, link="trunk")),
        "link_capacity (link trunk, period 2030): flow is 6 GWh/yr; allowed: at most 0 GWh/yr",
    ),
    "a link that is not built": (
        lambda: planned(built=with_value(PLAN["built"], "period", 2032, link="spur")),
        "link_capacity (link spur, period 2030): flow is 10 GWh/yr; allowed: at most 0 GWh/yr",
    ),
    "a link against its direction": (
        lambda: planned(flows=with_value(PLAN["flows"], "flow", -5.0, link="barge")),
        "link_capacity (link barge, period 2032): a one-way link carries backward",
    ),
    "a link built too early": (
        lambda: under(links=with_value(GIVEN["links"], "first_year", 2031, link="spur")),
        "stays_built (link spur, size small, period 2030): it is in place before the link's first year",
    ),
    "a hub opened too early": (
        lambda: under(hubs=with_value(GIVEN["hubs"], "first_year", 2031, hub="valley")),
        "stays_open (hub valley, option electrolysis, period 2030): it is open before its first year",
    ),
    "a hub that closes": (
        lambda: planned(hubs=without(PLAN["hubs"], hub="valley", period=2032)),
        "stays_open (hub valley, option electrolysis, period 2032): it was open a period earlier and is closed",
    ),
    "a reinforcement too early": (
        lambda: planned(reinforced=with_value(PLAN["reinforced"], "period", 2030, reinforcement="cable")),
        "stays_reinforced (reinforcement cable, period 2030): it is in place before its first year",
    ),
    "a hub beyond its capacity": (
        lambda: under(hubs=with_value(GIVEN["hubs"], "capacity", 3.0, hub="valley")),
        "hub_capacity (hub valley, option electrolysis, period 2030): amount handled is 4 GWh/yr; "
        "allowed: at most 3 GWh/yr",
    ),
    "a closed hub at work": (
        lambda: planned(hubs=with_value(PLAN["hubs"], "open", 0, hub="quay")),
        "hub_capacity (hub quay, option terminal, period 2032): amount handled is 1 kt/yr; allowed: at most 0 kt/yr",
    ),
    "a hub that works backward": (
        lambda: planned(hubs=with_value(PLAN["hubs"], "output", -1.0, hub="quay")),
        "hub_capacity (hub quay, option terminal, period 2032): the amount handled is below 0",
    ),
    "green gas that nobody supplies": (
        lambda: planned(supplied=without(PLAN["supplied"], zone="all", period=2032)),
        "supply_balance (commodity green_gas, zone all, period 2032): use beyond what the regions' own zones "
        "supply is 1 GWh/yr; allowed: at most 0 GWh/yr",
    ),
    "green gas of another region": (
        lambda: replace(
            planned(supplied=with_value(PLAN["supplied"], "zone", "north", zone="south")),
            instance=instance().replace(supply=with_value(GIVEN["supply"], "zone", "north", zone="south")),
        ),
        "supply_balance (commodity green_gas, zone all, period 2030): use beyond what the regions' own zones "
        "supply is 4 GWh/yr; allowed: at most 1 GWh/yr",
    ),
    "a step beyond its quantity": (
        lambda: under(supply=with_value(GIVEN["supply"], "quantity", 2.5, step="local", period=2030)),
        "supply_step (commodity green_gas, zone south, step local, period 2030): amount bought is 3 GWh/yr; "
        "allowed: at most 2.5 GWh/yr",
    ),
    "a step without a row in a period": (
        lambda: under(supply=without(GIVEN["supply"], step="local", period=2030)),
        "supply_step (commodity green_gas, zone south, step local, period 2030): amount bought is 3 GWh/yr; "
        "allowed: at most 0 GWh/yr",
    ),
    "less than nothing from a step": (
        lambda: planned(supplied=with_value(PLAN["supplied"], "amount", -1.0, step="import", period=2030)),
        "supply_step (commodity green_gas, zone all, step import, period 2030): the amount bought is below 0",
    ),
    "a pot that is empty": (
        lambda: under(budgets=without(GIVEN["budgets"], pot="province", period=2032)),
        "pot_budget (pot province, period 2032): support paid is 2.564 M EUR; allowed: at most 0 M EUR",
    ),
    "a pot that may not be carried over": (
        lambda: under(pots=with_value(GIVEN["pots"], "carry_over", 0, pot="national")),
        "pot_budget (pot national, period 2032): support paid is 6.56 M EUR; allowed: at most 5 M EUR",
    ),
    "a pot that is carried over and spent before": (
        lambda: under(budgets=with_value(GIVEN["budgets"], "amount", 6.0, pot="national", period=2030)),
        "pot_budget (pot national, period 2032): support paid is 12.02 M EUR; allowed: at most 11 M EUR",
    ),
    # 0.25 x 3.67, the best row of the pot for an electric oven
    "support above its share": (
        lambda: under(support=with_value(GIVEN["support"], "share", 0.25, pot="province", family="electrification")),
        "support_limit (process oven, route electric, pot province, period 2032): support paid is 1.17 M EUR; "
        "allowed: at most 0.9175 M EUR",
    ),
    "support above its cap": (
        lambda: under(support=with_value(GIVEN["support"], "cap", 2.0, pot="national", family="ccs")),
        "support_limit (process stack, route capture, pot national, period 2032): support paid is 2.2 M EUR; "
        "allowed: at most 2 M EUR",
    ),
    # the row for all sectors still gives half of the capex of 2.44
    "support for another sector": (
        lambda: under(support=with_value(GIVEN["support"], "sector", "paper", sector="food")),
        "support_limit (process oven, route electric, pot national, period 2032): support paid is 2.5 M EUR; "
        "allowed: at most 1.22 M EUR",
    ),
    "support after its last year": (
        lambda: under(
            support=with_value(
                with_value(GIVEN["support"], "first_year", 2027, pot="national", family="hydrogen"),
                "last_year",
                2029,
                pot="national",
                family="hydrogen",
            )
        ),
        "support_limit (process furnace, route burner, pot national, period 2030): support paid is 1.36 M EUR; "
        "allowed: at most 0 M EUR",
    ),
    "support before its first year": (
        lambda: under(support=with_value(GIVEN["support"], "first_year", 2031, pot="national", family="hydrogen")),
        "support_limit (process furnace, route burner, pot national, period 2030): support paid is 1.36 M EUR; "
        "allowed: at most 0 M EUR",
    ),
    "support without a start": (
        lambda: planned(grants=with_value(PLAN["grants"], "period", 2032, process="furnace", pot="province")),
        "support_limit (process furnace, route burner, pot province, period 2032): support paid is 0.8 M EUR; "
        "allowed: at most 0 M EUR",
    ),
    "support below nothing": (
        lambda: planned(grants=with_value(PLAN["grants"], "amount", -0.8, process="furnace", pot="province")),
        "support_limit (process furnace, route burner, pot province, period 2030): the support paid is below 0",
    ),
    "a funding gap left open": (
        lambda: planned(grants=with_value(PLAN["grants"], "amount", 1.0, process="stack", pot="province")),
        "business_case (process stack, route capture, period 2032): support paid is 3.2 M EUR; "
        "funding gap: 3.594 M EUR",
    ),
    "more support than the funding gap": (
        lambda: planned(grants=with_value(PLAN["grants"], "amount", 1.4, process="stack", pot="province")),
        "business_case (process stack, route capture, period 2032): support paid is 3.6 M EUR; "
        "funding gap: 3.594 M EUR",
    ),
    "support without participation": (
        lambda: replace(
            result(), instance=replace(instance(), settings=replace(instance().settings, participation=False))
        ),
        "business_case (process oven, route electric, period 2032): support paid is 3.67 M EUR; "
        "allowed without participation: 0 M EUR",
    ),
    "emissions above a hard cap": (
        lambda: under(targets=with_value(GIVEN["targets"], "cap", 1.0, scope="region:south")),
        "emission_target (scope region:south, period 2032): CO2 emitted is 1.2 kt/yr; allowed: at most 1 kt/yr",
    ),
    "emissions above a sector's cap": (
        lambda: planned(runs=with_value(PLAN["runs"], "route", "stopgap", process="oven", period=2032)),
        "emission_target (scope sector:food, period 2032): CO2 emitted is 1.6 kt/yr; allowed: at most 0 kt/yr",
    ),
    "overshoot that is not listed": (
        lambda: planned(overshoot=with_value(PLAN["overshoot"], "amount", 0.1, period=2032)),
        "emission_target (scope all, period 2032): CO2 emitted is 1.2 kt/yr; allowed: at most 1.1 kt/yr",
    ),
    "more overshoot than there is": (
        lambda: planned(overshoot=with_value(PLAN["overshoot"], "amount", 0.3, period=2032)),
        "table:overshoot (scope all, period 2032): overshoot is 0.3 kt/yr; recomputed: 0.2 kt/yr",
    ),
    "a decided route that does not run": (
        lambda: under(decided=with_row(GIVEN["decided"], item="stack", choice="capture", period=2030)),
        "as_decided (decision runs, item stack, choice capture, period 2030): it is 0; decided in advance: 1",
    ),
    "a route that is decided against": (
        lambda: under(decided=with_value(GIVEN["decided"], "value", 0, decision="runs")),
        "as_decided (decision runs, item furnace, choice burner, period 2030): it is 1; decided in advance: 0",
    ),
    "a decided link of another size": (
        lambda: under(decided=with_value(GIVEN["decided"], "choice", "large", decision="built")),
        "as_decided (decision built, item spur, choice large, period 2032): it is 0; decided in advance: 1",
    ),
    "a decided hub that is closed": (
        lambda: under(decided=with_value(GIVEN["decided"], "value", 1, item="quay")),
        "as_decided (decision open, item quay, choice terminal, period 2030): it is 0; decided in advance: 1",
    ),
    "a decided reinforcement": (
        lambda: under(decided=with_value(GIVEN["decided"], "value", 1, decision="reinforced")),
        "as_decided (decision reinforced, item cable, period 2030): it is 0; decided in advance: 1",
    ),
}


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.some(20)
def test_a_spoilt_plan_is_refused_by_name(spoilt: str) -> None:
    """Each family names the row that does not hold, what it has, and what it may have."""
    plan, message = SPOILT[spoilt]
    assert message in complaints(plan())


def test_every_family_has_a_spoilt_plan() -> None:
    """The families of the mathematics, each once or more."""
    every = """one_route_per_process starts_when_switching allowed_years no_way_back stays_started bridge_ends
        contract_room connection_room firm_headroom total_headroom node_balance link_capacity stays_built
        stays_open stays_reinforced hub_capacity supply_balance pot_budget support_limit business_case
        emission_target as_decided source_capacity supply_step table:requests table:overshoot"""
    assert {message.partition(" (")[0] for _, message in SPOILT.values()} == set(every.split())


def test_a_tight_plan_fails_where_it_is_tightened_alone() -> None:
    """Half a MW less flexible headroom touches one row, and the table that lists it."""
    less = with_value(GIVEN["headroom"], "flexible", 1.5, area="county", period=2032)
    assert families(under(headroom=less)) == {"total_headroom", "table:limits"}
