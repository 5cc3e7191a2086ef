"""Contradictions that the tables alone tell: named in `check` and in the reason of `solve`."""

import pytest

from routeplan.instance.impossible import impossible
from routeplan.instance.options import Options
from routeplan.result.result import Status
from routeplan.solving.solve import solve
from small import small, with_settings


def told(instance) -> list[str]:
    return [str(problem) for problem in impossible(Options(instance))]


def test_a_process_without_an_option_in_a_period_is_named() -> None:
    """No option of the oven, today's neither, may run before 2032."""
    options = small()["options"]
    late = options.assign(first_year=options["first_year"].where(options["process"] != "oven", 2032.0))
    instance = small(options=late)
    text = (
        "processes.csv:2: process 'oven' has no option that may run and be paid for in 2030, so that there is no plan"
    )
    assert told(instance) == [text]
    result = solve(instance)
    assert result.status is Status.INFEASIBLE
    assert result.record.reason.startswith(text)


def test_a_cap_below_what_must_be_emitted_is_named() -> None:
    """Of the oven and the kiln each can emit nothing: a cap of 0 is kept, and without those options it is not."""
    capped = "scope,period,cap,price\nall,2030,{},"
    assert told(small(targets=capped.format(0))) == []
    options = small()["options"]
    today = options[options["current"] == 1].reset_index(drop=True)
    emitted = today["emissions"].sum()
    instance = small(options=today, targets=capped.format(1.5))
    text = (
        f"targets.csv:2: target all of 2030: the cap is 1.5 kt/yr and has no price, and its sites emit {emitted:g} "
        "at least, with what may run and be paid for, so that there is no plan"
    )
    assert told(instance) == [text]
    assert solve(instance).record.reason == text
    assert told(small(options=today, targets="scope,period,cap,price\nall,2030,1.5,100")) == []


def test_an_option_that_is_decided_outside_its_years_is_named() -> None:
    """The oven is to be electric in 2030, and may be from 2032 on."""
    options = small()["options"]
    electric = (options["process"] == "oven") & (options["current"] == 0)
    route = options.loc[electric, "route"].iloc[0]
    late = options.assign(first_year=options["first_year"].mask(electric, 2032.0))
    instance = small(options=late, decided=f"decision,item,choice,period,value\nruns,oven,{route},2030,1")
    assert told(instance) == [
        f"decided.csv:2: process 'oven' is decided to run '{route}' in 2030, outside the years of that option "
        "(from 2032), so that there is no plan"
    ]
    assert solve(instance).record.reason.startswith("decided.csv:2: process 'oven' is decided to run")


ELECTRIC = "decision,item,choice,period,value\nruns,oven,electric,{},1"


@pytest.mark.nightly
def test_an_option_that_is_decided_and_that_no_pot_can_pay_for_is_named() -> None:
    """At a capex of 4.8 the oven lacks 2 x (4.8 / 4 + 0.2 - 0.5) = 1.8: 1 does not do, and 2 does."""
    oven = small()["options"].query("process == 'oven'").reset_index(drop=True)
    dear = oven.assign(capex=oven["capex"].where(oven["current"] == 1, 4.8))

    def firm(money: float):
        return small(
            with_settings(participation=True, support_years=2),
            processes="process,site,kind\noven,bakery,oven",
            options=dear,
            pots="pot,carry_over\nfund,0",
            support="pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,funding_gap,,,1,",
            budgets=f"pot,period,amount\nfund,2030,{money / 2}\nfund,2032,{money}",
            decided=ELECTRIC.format(2032),
        )

    text = (
        "decided.csv:2: process 'oven' is decided to run 'electric' in 2032, and no pots can pay for its start: at "
        "best, in 2032, its funding gap is 1.8 M EUR and they may pay 1, so that there is no plan"
    )
    assert told(firm(1.0)) == [text]
    assert solve(firm(1.0)).record.reason == text
    assert told(firm(2.0)) == []
    assert solve(firm(2.0)).status is Status.OPTIMAL


@pytest.mark.nightly
def test_options_that_are_decided_without_room_on_the_grid_are_named() -> None:
    """The electric oven needs 3 MW, has 1 in its contract, and there is room for 1; or for 2, with a reinforcement."""
    works = "reinforcement,area,capacity,capex,lifetime,first_year\ntransformer,region,1,1,40,{}"
    room = "area,period,firm,flexible\nregion,2030,1,0\nregion,2032,1,0"
    text = (
        "decided.csv:2: area 'region', with what is decided (oven), needs 2 MW of firm capacity in 2030 at least, and "
        "has room for 1 with every reinforcement, so that there is no plan"
    )
    late = small(headroom=room, decided=ELECTRIC.format(2030), reinforcements=works.format(2032))
    assert told(late) == [text]
    assert solve(late).record.reason == text
    in_time = small(headroom=room, decided=ELECTRIC.format(2030), reinforcements=works.format(2030))
    assert told(in_time) == []
    assert solve(in_time).status is Status.OPTIMAL


@pytest.mark.nightly
def test_only_what_meets_the_peak_of_a_shared_contract_needs_room() -> None:
    """Of the oven's 3 MW, 1 is free and 1 fits: 2.4 are too many and 1.8 are not."""
    room = "area,period,firm,flexible\nregion,2030,1,0\nregion,2032,1,0"
    sites = small()["sites"].assign(contract="park")
    full, fits = (
        small(headroom=room, decided=ELECTRIC.format(2030), sites=sites.assign(coincidence=[oven, 1.0]))
        for oven in (0.8, 0.6)
    )
    assert told(full) == [
        "decided.csv:2: area 'region', with what is decided (oven), needs 1.4 MW of firm capacity in 2030 at least, "
        "and has room for 1 with every reinforcement, so that there is no plan"
    ]
    assert solve(full).status is Status.INFEASIBLE
    assert told(fits) == []
    assert solve(fits).status is Status.OPTIMAL


DECIDED = "decision,item,choice,period,value\n"


def named_and_infeasible(**tables: str) -> str:
    """What is named, in one line; the solver agrees that there is no plan."""
    instance = small(**tables)
    (text,) = told(instance)
    assert solve(instance).status is Status.INFEASIBLE
    return text


@pytest.mark.nightly
def test_decisions_that_rule_each_other_out_are_named() -> None:
    """Two routes in one period; back to gas after gas was left, or was decided against; nothing left to run."""
    assert named_and_infeasible(decided=DECIDED + "runs,oven,gas,2030,1\nruns,oven,electric,2030,1") == (
        "decided.csv:3: process 'oven' is decided to run more than one option in 2030, so that there is no plan"
    )
    back = "process 'oven' is decided to run 'gas', its current option, in 2032, and not to in 2030, after which"
    for first in ("runs,oven,electric,2030,1", "runs,oven,gas,2030,0"):
        text = named_and_infeasible(decided=DECIDED + f"{first}\nruns,oven,gas,2032,1")
        assert text == f"decided.csv:3: {back} there is no way back, so that there is no plan"
    assert named_and_infeasible(decided=DECIDED + "runs,oven,electric,2032,0\nruns,oven,gas,2032,0") == (
        "processes.csv:2: process 'oven' has no option that may run and be paid for in 2032, so that there is no plan"
    )


@pytest.mark.nightly
def test_an_option_that_is_decided_before_the_stop_at_which_it_could_start_is_named() -> None:
    """The oven stops in 2032 for the first time, and is to be electric in 2030."""
    assert named_and_infeasible(decided=ELECTRIC.format(2030), windows="process,period\noven,2032") == (
        "decided.csv:2: process 'oven' is decided to run 'electric' in 2030, and may not start it until then, so that "
        "there is no plan"
    )


HUBS = (
    "hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime\n"
    "works,electrolysis,port,town,hydrogen,1,10,1,0,{},0,4"
)


@pytest.mark.nightly
def test_a_hub_that_is_decided_without_room_is_named_and_no_process_is_blamed() -> None:
    """The hub needs 5 MW and there are 2; what else is decided, for the kiln in another period, has no part in it."""
    room = "area,period,firm,flexible\ntown,2030,2,0\ntown,2032,2,0"
    nodes = "node,carrier,lat,lon\nport,hydrogen,52,6"
    tables = {"hubs": HUBS.format(5), "headroom": room, "nodes": nodes}
    for more in ("", "\nruns,kiln,gas,2032,1"):
        named = told(small(decided=DECIDED + "open,works,electrolysis,2030,1" + more, **tables))
        assert named[0] == (
            "decided.csv:2: area 'town', with what is decided (works), needs 5 MW of firm capacity in 2030 at least, "
            "and has room for 2 with every reinforcement, so that there is no plan"
        )


def test_room_that_what_must_run_can_never_have_is_named_at_its_area() -> None:
    """Gas ends in 2031, and the electric oven needs 3 MW of which 1 is in the contract: 2, and there is 1."""
    options = small()["options"]
    gas = (options["process"] == "oven") & (options["current"] == 1)
    ending = options.assign(last_year=options["last_year"].mask(gas, 2031.0))
    room = "area,period,firm,flexible\ntown,2030,9,0\ntown,2032,1,0"
    assert named_and_infeasible(options=ending, headroom=room) == (
        "areas.csv:3: area 'town' needs 2 MW of firm capacity in 2032 at least, and has room for 1 with every "
        "reinforcement, so that there is no plan"
    )


@pytest.mark.parametrize("short", [0.0, 1e-8, 1e-7, 1e-6, 1e-3])
@pytest.mark.some(1)
def test_what_is_named_at_the_edge_of_a_pot_has_no_plan(short: float) -> None:
    """Of a gap of 1.8 the pot lacks a little: where no plan is said to be, none is found, and no plan is rejected."""
    oven = small()["options"].query("process == 'oven'").reset_index(drop=True)
    instance = small(
        with_settings(participation=True, support_years=2),
        processes="process,site,kind\noven,bakery,oven",
        options=oven.assign(capex=oven["capex"].where(oven["current"] == 1, 4.8)),
        pots="pot,carry_over\nfund,0",
        support="pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,funding_gap,,,1,",
        budgets=f"pot,period,amount\nfund,2030,{1.8 * (1 - short)!r}\nfund,2032,0",
        decided=ELECTRIC.format(2030),
    )
    named, result = told(instance), solve(instance)
    assert result.status.has_plan or short > 0.0
    assert not (named and result.status.has_plan)
    assert named or short < 1e-3
