"""Routes: what a process runs, when it switches, and what it may not leave again."""

import pytest

from routeplan.model.build import FAMILIES, build
from routeplan.model.routes import (
    bridge_ends,
    bridge_overrun,
    no_spurious_start,
    no_way_back,
    one_route_per_process,
    starts_when_switching,
    stays_started,
)
from small import KILN, KILN_OPTIONS, OVEN, OVEN_OPTIONS, best, least, optimum, prices, routes, row, small, without

# The oven on gas costs 0.5 a year; on the saver, a bridge of two years, 5 GWh x 30 + 1 kt x 100 = 0.25 and
# 0.1 / 2 for its capex, 0.3 in all.
SAVER = """
    process,route,current,capex,electricity,gas,emissions,last_year,lifetime
    oven,gas,1,0,0,10,2,,
    oven,saver,0,0.1,0,5,1,{last_year},{lifetime}
    {more}"""


def oven_with_saver(last_year="", lifetime="", more="", **tables):
    """Only the oven, with the saver beside gas, and another option."""
    return small(**OVEN, options=SAVER.format(last_year=last_year, lifetime=lifetime, more=more), **tables)


def test_one_route_per_process_reads():
    """All routes of a process stand in its row."""
    assert row(build(small()), "one_route_per_process", "oven", 2030) == (
        "runs[oven,gas,2030] + runs[oven,electric,2030]  ==  1"
    )


def test_one_route_per_process_makes_each_process_run_something():
    """Without it nothing would run and nothing would cost anything; with it gas costs 4 x (0.5 + 1.0)."""
    stay = small(
        options="process,route,current,capex,gas,emissions\noven,gas,1,0,10,2\nkiln,gas,1,0,20,4",
    )
    assert optimum(stay) == pytest.approx(6.0)
    assert optimum(stay, without(one_route_per_process)) == pytest.approx(0.0)


def test_starts_when_switching_reads():
    """Before the first period the process runs its current option, so that no earlier run stands in the row."""
    model = build(small())
    assert row(model, "starts_when_switching", "oven", "electric", 2030) == (
        "runs[oven,electric,2030]  <=  start[oven,electric,2030]"
    )
    assert row(model, "starts_when_switching", "oven", "electric", 2032) == (
        "runs[oven,electric,2032] - runs[oven,electric,2030]  <=  start[oven,electric,2032]"
    )


@pytest.mark.nightly
def test_starts_when_switching_makes_capex_count():
    """Without it the oven would cost 0.2 a year and the kiln 0.6 + 0.1: no capex of 0.2 and 0.1 a year."""
    assert best(small()).objective == pytest.approx(4 * (0.4 + 0.8))
    assert optimum(small(), without(starts_when_switching)) == pytest.approx(4 * (0.2 + 0.7))


@pytest.mark.nightly
def test_an_option_outside_its_years_has_no_row():
    """Electricity from 2032 on: nothing runs or starts in 2030, and no row says so."""
    late = small(
        **OVEN,
        options="""
            process,route,current,capex,electricity,gas,emissions,first_year
            oven,gas,1,0,0,10,2,
            oven,electric,0,0.8,8,0,0,2031""",
    )
    pyomo = build(late).pyomo
    for component in (pyomo.runs, pyomo.start, pyomo.starts_when_switching, pyomo.no_spurious_start):
        assert ("oven", "electric", 2030) not in component
        assert ("oven", "electric", 2032) in component
    # 2 x 0.5 on gas, then 2 x (0.2 + 0.2).
    assert best(late).objective == pytest.approx(1.8)


@pytest.mark.nightly
def test_a_last_year_inside_a_period_lets_the_period_end():
    """Gas with last year 2031 runs in the period 2030-2031 only; with 2032 in the next one too."""
    options = """
        process,route,current,capex,electricity,gas,last_year
        oven,gas,1,0,0,10,{}
        oven,electric,0,0.8,8,0,"""
    ended = build(small(**OVEN, options=options.format(2031))).pyomo
    kept = build(small(**OVEN, options=options.format(2032))).pyomo
    assert ("oven", "gas", 2032) not in ended.runs
    assert ("oven", "gas", 2032) in kept.runs


@pytest.mark.nightly
def test_outside_its_windows_a_process_starts_nothing():
    """With 2032 as its only stop the oven waits: 2 x 0.5 + 2 x 0.4; the row asks for a start that is not there."""
    instance = small(**OVEN, options=OVEN_OPTIONS, windows="process,period\noven,2032")
    assert row(build(instance), "starts_when_switching", "oven", "electric", 2030) == (
        "runs[oven,electric,2030]  <=  0"
    )
    assert best(instance).objective == pytest.approx(1.8)


def test_no_spurious_start_reads():
    """A start stands against the run of the same period."""
    assert row(build(small()), "no_spurious_start", "oven", "electric", 2030) == (
        "start[oven,electric,2030]  <=  runs[oven,electric,2030]"
    )


@pytest.mark.nightly
def test_no_spurious_start_keeps_out_starts_of_what_does_not_run():
    """The oven is decided to stay on gas: the largest start of electricity is 0, and would be 1 without the row."""
    stays = small(decided="decision,item,choice,period,value\nruns,oven,gas,2030,1")
    assert least(stays, FAMILIES, start_oven_electric_2030=-1.0) == pytest.approx(0.0)
    assert least(stays, without(no_spurious_start), start_oven_electric_2030=-1.0) == pytest.approx(-1.0)


def test_no_way_back_reads():
    """The current option stands against itself a period before; the first period has no row."""
    model = build(small())
    assert row(model, "no_way_back", "oven", 2032) == "runs[oven,gas,2032]  <=  runs[oven,gas,2030]"
    assert ("oven", 2030) not in model.pyomo.no_way_back


@pytest.mark.nightly
def test_no_way_back_makes_a_bridge_lead_on():
    """After the saver the oven may not burn gas again, and electricity costs 0.2 + 4 / 4 = 1.2 a year.

    Staying on gas costs 4 x 0.5 = 2.0, the saver and then electricity 2 x 0.3 + 2 x 1.2 = 3.0; the saver and then
    gas would cost 2 x 0.3 + 2 x 0.5 = 1.6.
    """
    instance = oven_with_saver(last_year=2031, more="oven,electric,0,4,8,0,0,,")
    assert best(instance).objective == pytest.approx(2.0)
    assert optimum(instance, without(no_way_back)) == pytest.approx(1.6)


def test_stays_started_reads():
    """A lasting option stands against itself a period later."""
    assert row(build(small()), "stays_started", "kiln", "burner", 2032) == (
        "runs[kiln,burner,2030]  <=  runs[kiln,burner,2032]"
    )


@pytest.mark.nightly
def test_stays_started_keeps_what_was_started():
    """Electricity costs 8 x 50 = 0.4 a year, then 8 x 125 = 1.0; green gas 10 x 45 = 0.45; gas 0.5.

    Green gas throughout costs 1.8. Electricity and then green gas would cost 2 x 0.4 + 2 x 0.45 = 1.7.
    """
    power = prices(green_gas=45.0)
    power.loc[power["item"] == "electricity", "price"] = [50.0, 125.0]
    instance = small(
        **OVEN,
        prices=power,
        options="""
            process,route,current,capex,electricity,gas,green_gas,emissions
            oven,gas,1,0,0,10,0,2
            oven,electric,0,0,8,0,0,0
            oven,biogas,0,0,0,0,10,0""",
    )
    result = best(instance)
    assert result.objective == pytest.approx(1.8)
    assert routes(result) == {"oven": ["biogas", "biogas"]}
    assert optimum(instance, without(stays_started)) == pytest.approx(1.7)


def test_a_lasting_option_ends_with_its_last_year():
    """Electricity with last year 2031 has no run in 2032, so that nothing keeps it."""
    model = build(
        small(
            **OVEN,
            options="""
                process,route,current,capex,electricity,gas,green_gas,last_year
                oven,gas,1,0,0,10,0,
                oven,electric,0,0,8,0,0,2031
                oven,biogas,0,0,0,0,10,""",
        )
    )
    assert ("oven", "electric", 2032) not in model.pyomo.stays_started
    assert ("oven", "biogas", 2032) in model.pyomo.stays_started


def test_bridge_ends_reads():
    """With a life of 3 years a start of 2030 covers 2032; with one of 2 it does not."""
    three, two = build(oven_with_saver(lifetime=3)), build(oven_with_saver(lifetime=2))
    assert row(three, "bridge_ends", "oven", "saver", 2032) == (
        "runs[oven,saver,2032]  <=  start[oven,saver,2030] + start[oven,saver,2032]"
    )
    assert row(two, "bridge_ends", "oven", "saver", 2032) == "runs[oven,saver,2032]  <=  start[oven,saver,2032]"


@pytest.mark.nightly
def test_bridge_ends_makes_a_renewed_bridge_paid_again():
    """The saver in both periods: 4 x 0.25 and its capex of 0.1 twice. Without the row it would be paid once."""
    instance = oven_with_saver()
    result = best(instance)
    assert result.objective == pytest.approx(4 * 0.25 + 2 * 0.1)
    assert result["starts"]["period"].tolist() == [2030, 2032]
    assert optimum(instance, without(bridge_ends)) == pytest.approx(4 * 0.25 + 0.1)


def test_bridge_overrun_reads():
    """A life of 3 years from 2030 ends inside the period 2032-2033; one of 2 or 4 years ends with a period."""
    model = build(oven_with_saver(lifetime=3))
    assert row(model, "bridge_overrun", "oven", "saver", 2030) == (
        "start[oven,saver,2030] + runs[oven,saver,2032] - start[oven,saver,2032]  <=  1 + overrun[oven,saver,2030]"
    )
    assert list(model.pyomo.overrun) == [("oven", "saver", 2030)]
    for lifetime in (2, 4):
        assert list(build(oven_with_saver(lifetime=lifetime)).pyomo.overrun) == []


@pytest.mark.nightly
def test_bridge_overrun_makes_a_bridge_that_runs_on_pay_for_it():
    """The saver for 4 years, 3 of them its life: 4 x 0.25, its capex of 0.1, and a fourth annuity of 0.1 / 3.

    A start in 2032 instead would pay two annuities. Without the row the fourth year would be free.
    """
    instance = oven_with_saver(lifetime=3)
    result = best(instance)
    assert result.objective == pytest.approx(4 * 0.25 + 0.1 + 0.1 / 3)
    assert result["starts"]["period"].tolist() == [2030]
    booked = result["costs"].query("term == 'options'").set_index("period")["discounted"]
    assert booked.to_dict() == {2030: pytest.approx(2 * 0.1 / 3), 2032: pytest.approx(2 * 0.1 / 3)}
    assert optimum(instance, without(bridge_overrun)) == pytest.approx(4 * 0.25 + 0.1)


@pytest.mark.nightly
def test_a_bridge_that_is_left_in_time_pays_one_life():
    """Gas at 130 EUR/MWh from 2032 on makes electricity best then, 0.2 + 0.2 a year; before, the saver is cheaper.

    2 x 0.25, one life of the saver (0.1), and 2 x 0.4. A life of 3 years costs what one of 2 does.
    """
    dear = prices()
    dear.loc[(dear["item"] == "gas") & (dear["period"] == 2032), "price"] = 130.0
    for lifetime in (2, 3):
        instance = oven_with_saver(lifetime=lifetime, more="oven,electric,0,0.8,8,0,0,,", prices=dear)
        assert best(instance).objective == pytest.approx(2 * 0.25 + 0.1 + 2 * 0.4)


def test_a_bridge_that_its_last_year_ends_cannot_outlast_its_life():
    """With last year 2031 it does not run in 2032, where its life ends."""
    assert list(build(oven_with_saver(lifetime=3, last_year=2031)).pyomo.overrun) == []


def test_lasting_options_have_no_row_among_the_bridges():
    """Only temporary options end with their life."""
    assert list(build(oven_with_saver()).pyomo.bridge_ends) == [("oven", "saver", 2030), ("oven", "saver", 2032)]
    assert len(build(small(**KILN, options=KILN_OPTIONS)).pyomo.bridge_ends) == 0
