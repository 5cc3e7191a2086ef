"""Levers, ranked: differences that are derived by hand, proofs that are not overdone, and prices that are slopes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import routeplan
from routeplan.errors import NoPlan, UsageError
from routeplan.instance.instance import Instance
from routeplan.runs import process
from routeplan.runs.job import Job
from routeplan.runs.outcome import Ended, Outcome, Usage
from routeplan.schema.levers import EQUAL, LEVERS, SAVES, UNPROVEN, WORTH
from routeplan.solver.solution import Limits
from routeplan.why import lever_runs
from routeplan.why import levers as module
from routeplan.why.lever import Lever, only_allows_more, with_lever
from routeplan.why.lever_runs import LeverPlan
from routeplan.why.levers import Levers, finding, levers, proven_difference
from routeplan.why.worth import worth
from small import KILN, KILN_OPTIONS, OVEN, OVEN_OPTIONS, relaxed, small, with_settings

INSTANCES = Path(__file__).parents[2] / "instances"

# The oven costs 0.5 M EUR/yr on gas and 0.4 on electricity, for which it needs 2 MW beside the 1 MW of its contract.
WAITING = small(
    **OVEN,
    options=OVEN_OPTIONS,
    headroom="area,period,firm,flexible\ntown,2030,0,9\ntown,2032,2,9",
    works="work,area,earliest,estimate,latest\ncable,town,,2031,2033",
)
"""The oven waits for the grid until 2032: 2 x 0.5 + 2 x 0.4 = 1.8 M EUR and 2 x 2 kt of CO2."""


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Solves are run in the process of the test, which spares the start of others."""

    def run(job: Job, stop: object = None) -> Outcome:
        return Outcome(Ended.RETURNED, Usage(0.0, 0.0, 0.0), dict(job.call(**job.arguments)))

    monkeypatch.setattr(lever_runs, "run_unless_stopped", run)


def row_of(found: Levers, lever: Lever) -> dict[str, Any]:
    """What is told of a lever."""
    (row,) = found.levers[found.levers["lever"] == lever].to_dict("records")
    return row


@pytest.mark.nightly
@pytest.mark.usefixtures("in_this_process")
def test_the_grid_three_years_earlier_is_worth_what_the_oven_saves() -> None:
    """Three years after 2030 is 2033, in the period 2032: the 2 MW are there in 2030.

    The oven is electric for two more years: 2 x 0.1 M EUR and 2 x 2 kt are saved, nothing in the last period, and one
    project starts at another time. (In processes of their own they are solved by the tests of the command.)
    """
    told: list[tuple[str, int, int]] = []
    found = levers(WAITING, gap=1e-6, workers=2, on_solved=lambda *news: told.append(news))
    assert found.without.cost == pytest.approx(1.8)
    assert found.without.co2 == pytest.approx(4.0)
    row = row_of(found, Lever.GRID_EARLIER)
    assert (row["cost"], row["co2"], row["co2_last"]) == pytest.approx((-0.2, -4.0, 0.0))
    assert (row["projects"], row["public_money"], row["finding"], row["rank_co2"]) == (1, 0.0, SAVES, 1)
    assert found.levers["lever"].iloc[0] in (Lever.GRID_EARLIER, Lever.GRID_WORKS)
    # Of what there is nothing of, no plan is made: hydrogen is in this instance, but there from the beginning.
    nothing = found.levers[found.levers["status"] == "nothing_to_change"]["lever"]
    assert set(nothing) == set(Lever) - {Lever.GRID_EARLIER, Lever.GRID_WORKS, Lever.MORE_FLEXIBLE}
    assert [done for _, done, of in told if of == 5] == [1, 2, 3, 4, 5]
    assert not found.stopped


@pytest.mark.nightly
@pytest.mark.usefixtures("in_this_process")
def test_works_that_are_done_bring_their_room_at_once_and_flexible_room_nothing() -> None:
    """The cable of 2031 is felt in 2032; done at once it is worth as much as the grid earlier.

    A tenth more flexible headroom changes nothing: the oven asks for none.
    """
    found = levers(WAITING, gap=1e-6)
    works, flexible = row_of(found, Lever.GRID_WORKS), row_of(found, Lever.MORE_FLEXIBLE)
    assert (works["cost"], works["co2"], works["finding"]) == (pytest.approx(-0.2), pytest.approx(-4.0), SAVES)
    assert (flexible["cost"], flexible["finding"], flexible["projects"]) == (pytest.approx(0.0), EQUAL, 0)


@pytest.mark.nightly
@pytest.mark.usefixtures("in_this_process")
def test_a_lever_is_pulled_under_a_scenario_too() -> None:
    """Changed tables are what it starts from: twice the headroom is 4 MW, and the same 0.2 M EUR are saved."""
    late = WAITING.replace(headroom=WAITING["headroom"].assign(firm=[0.0, 4.0]))
    assert row_of(levers(late, gap=1e-6), Lever.GRID_EARLIER)["cost"] == pytest.approx(-0.2)
    early = with_lever(late, Lever.GRID_EARLIER)
    assert early is not None
    assert early["headroom"]["firm"].tolist() == [4.0, 4.0]


def test_rows_that_are_not_there_yet_come_too() -> None:
    """A source that begins in 2032 supplies in 2030 with a lever, at its first price; the headroom likewise."""
    instance = small(
        sources="node,carrier,period,capacity,price\nport,hydrogen,2032,50,30",
        headroom="area,period,firm,flexible\ntown,2032,2,1",
        links=(
            "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
            "pipe,hydrogen,port,tiles,pipe,candidate,10,2032,,0,0"
        ),
    )
    hydrogen = with_lever(instance, Lever.HYDROGEN_EARLIER)
    grid = with_lever(instance, Lever.GRID_EARLIER)
    assert hydrogen is not None
    assert grid is not None
    assert hydrogen["sources"][["period", "capacity", "price"]].to_numpy().tolist() == [[2030, 50, 30], [2032, 50, 30]]
    assert hydrogen["links"]["first_year"].tolist() == [2029]
    assert only_allows_more(instance, hydrogen)
    assert only_allows_more(instance, grid)
    assert grid["headroom"][["period", "firm", "flexible"]].to_numpy().tolist() == [[2030, 2, 1], [2032, 2, 1]]


@pytest.mark.nightly
def test_years_that_no_period_feels_change_nothing() -> None:
    """One year earlier than 2032 is within the period 2030, whose first year is told; a pipe of 2031 comes in 2032."""
    assert with_lever(WAITING, Lever.GRID_EARLIER, 1) is None
    assert with_lever(WAITING, Lever.GRID_EARLIER, 2) is not None
    pipe = small()["links"].assign(first_year=2032.0)
    assert with_lever(small(links=pipe), Lever.HYDROGEN_EARLIER, 1) is None
    assert with_lever(small(links=pipe), Lever.HYDROGEN_EARLIER, 2) is not None


def test_budgets_and_supply_are_a_quarter_larger() -> None:
    """Each step of green gas and each budget, and nothing else; heat has a step of nothing."""
    instance = small(
        pots="pot\nfund",
        budgets="pot,period,amount\nfund,2030,4",
        sources="node,carrier,period,capacity,price\nport,hydrogen,2032,50,30",
        supply="commodity,zone,step,period,quantity,price\ngreen_gas,all,farm,2030,8,20\nheat,all,well,2030,0,20",
    )
    support, gas = with_lever(instance, Lever.MORE_SUPPORT), with_lever(instance, Lever.MORE_GREEN_GAS)
    assert support is not None
    assert gas is not None
    assert only_allows_more(instance, gas)
    assert support["budgets"]["amount"].tolist() == [5.0]
    assert gas["supply"]["quantity"].tolist() == [10.0, 0.0]
    assert with_lever(instance, Lever.MORE_HEAT) is None


# What is proven


def plan(objective: float, bound: float | None) -> LeverPlan:
    return LeverPlan("feasible", objective=objective, bound=bound, cost=objective)


def between(without: LeverPlan, found: LeverPlan) -> tuple[float | None, float | None]:
    """What is proven of a lever that may make things worse."""
    return proven_difference(without, found, looser=False)


def test_what_only_allows_more_never_costs() -> None:
    """Whatever plans were found: -5 to +1 becomes -5 to 0, which proves no saving; nor does a lack of bounds."""
    assert proven_difference(plan(100.0, 97.0), plan(98.0, 95.0), looser=True) == (-5.0, 0.0)
    assert proven_difference(plan(100.0, None), plan(98.0, 95.0), looser=True) == (-5.0, 0.0)
    assert finding(-5.0, 0.0) == UNPROVEN
    assert finding(*proven_difference(plan(98.0, 98.0), plan(99.0, 98.0), looser=True)) == EQUAL


@pytest.mark.nightly
def test_room_that_shrinks_comes_earlier_too() -> None:
    """Two MW that end in 2032 end in 2030 where the grid comes earlier: that allows less; more of it allows more."""
    shrinking = WAITING.replace(headroom=WAITING["headroom"].assign(firm=[2.0, 0.0]))
    for instance, looser in ((WAITING, True), (shrinking, False)):
        earlier = with_lever(instance, Lever.GRID_EARLIER)
        assert earlier is not None
        assert only_allows_more(instance, earlier) is looser
    flexible = with_lever(shrinking, Lever.MORE_FLEXIBLE)
    assert flexible is not None
    assert only_allows_more(shrinking, flexible)


def test_a_difference_within_the_gaps_is_not_proven() -> None:
    """Plans of 100 and 98, of which bounds of 97 and 95 are proven: the optima differ by -5 to +1."""
    assert between(plan(100.0, 97.0), plan(98.0, 95.0)) == (-5.0, 1.0)
    assert finding(-5.0, 1.0) == UNPROVEN
    # With tighter bounds it is: -3 to -1.
    assert finding(*between(plan(100.0, 99.0), plan(98.0, 97.0))) == SAVES
    assert finding(*between(plan(98.0, 97.0), plan(100.0, 99.0))) == "costs"
    assert finding(*between(plan(98.0, 98.0), plan(98.0, 98.0))) == EQUAL


def test_what_has_no_bound_is_never_proven() -> None:
    """Not that a lever costs more, nor that it makes no difference; that it saves is, by the other bound."""
    assert finding(*between(plan(98.0, 98.0), plan(98.0, None))) == UNPROVEN
    assert finding(*between(plan(98.0, 98.0), plan(99.0, None))) == UNPROVEN
    assert finding(*between(plan(98.0, 98.0), plan(97.0, None))) == SAVES
    assert finding(*between(plan(98.0, None), plan(97.0, 97.0))) == UNPROVEN


@pytest.mark.usefixtures("in_this_process")
def test_levers_are_in_the_order_of_what_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that seems far better is behind one that is proven to be: its bound says nothing."""
    known = {
        "without": {"status": "feasible", "objective": 100.0, "bound": 90.0, "cost": 100.0, "gap": 0.1, "co2": 9.0},
        "grid_works": {"status": "optimal", "objective": 89.0, "bound": 89.0, "cost": 89.0, "gap": 0.0, "co2": 8.0},
        "grid_earlier": {"status": "feasible", "objective": 91.0, "bound": 0.0, "cost": 91.0, "gap": 1.0, "co2": 0.0},
    }

    def run(job: Job, stop: object = None) -> Outcome:
        return Outcome(Ended.RETURNED, Usage(0.0, 0.0, 0.0), known.get(job.about["solve"], {"status": "no_plan"}))

    monkeypatch.setattr(lever_runs, "run_unless_stopped", run)
    table = levers(WAITING).levers
    assert table["lever"].tolist()[:2] == ["grid_works", "grid_earlier"]
    assert table["finding"].tolist()[:3] == [SAVES, UNPROVEN, ""]
    assert table["rank_co2"].fillna(0).tolist()[:2] == [1, 0]


# Ends


def interrupted_after(solves: int) -> Any:
    """A listener that presses Ctrl-C when so many solves have ended."""

    def hear(ended: str, done: int, of: int) -> None:
        if done == solves:
            raise KeyboardInterrupt

    return hear


@pytest.mark.nightly
@pytest.mark.usefixtures("in_this_process")
def test_after_ctrl_c_what_is_known_is_handed_over() -> None:
    """The plan without any lever and those of one lever at least; what waited is not solved."""
    found = levers(WAITING, gap=1e-6, workers=1, on_solved=interrupted_after(3))
    assert found.stopped
    assert found.relaxed
    assert found.levers["status"].value_counts()["not_solved"] in (1, 2)
    assert found.levers["cost"].notna().sum() >= 1
    assert list(found.levers) == LEVERS.names


@pytest.mark.usefixtures("in_this_process")
def test_before_anything_is_known_ctrl_c_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to hand over."""

    def press(*_: object) -> Outcome:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "run_jobs", press)
    with pytest.raises(KeyboardInterrupt):
        levers(WAITING)


def test_after_ctrl_c_no_other_solve_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that wait in a thread are told that they are stopped, without a process."""
    monkeypatch.setattr(process, "run_job", lambda job, stop: pytest.fail("a process was started"))
    job = Job(lever_runs.worth_told, {}, {"solve": "worth"})
    assert lever_runs.run_unless_stopped(job, lambda: True).ended is Ended.STOPPED


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.nightly
def test_without_a_plan_there_is_nothing_to_compare() -> None:
    """No gas any more in 2030, and no room for electricity till 2032."""
    hard = WAITING.replace(targets={"scope": ["all"], "period": [2030], "cap": [0.0]})
    with pytest.raises(NoPlan, match=r"^without any lever there is no plan to compare with \(infeasible\): "):
        levers(hard)


@pytest.mark.nightly
@pytest.mark.usefixtures("in_this_process")
def test_a_solve_that_breaks_down_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a lever in its row; of the plan without any as a fault."""

    def run(job: Job, stop: object = None) -> Outcome:
        if job.about["solve"] == broken:
            return Outcome(Ended.CRASHED, Usage(0.0, 0.0, 0.0), told="ended by signal SIGKILL")
        return Outcome(Ended.RETURNED, Usage(0.0, 0.0, 0.0), dict(job.call(**job.arguments)))

    monkeypatch.setattr(lever_runs, "run_unless_stopped", run)
    broken = "grid_earlier"
    row = row_of(levers(WAITING), Lever.GRID_EARLIER)
    assert (row["status"], row["told"]) == ("failed", "ended by signal SIGKILL")
    broken = "without"
    with pytest.raises(routeplan.errors.FaultError, match="SIGKILL"):
        levers(WAITING)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"years": 0}, "years is 0; allowed: 1 to 50, whole"),
        ({"years": 2.5}, "years is 2.5; allowed: 1 to 50, whole"),
        ({"gap": -1.0}, "gap is -1.0; allowed: 0 or more, and finite"),
        ({"seconds": 0}, "seconds is 0; allowed: more than 0, and finite"),
        ({"workers": 0}, "workers is 0; allowed: 1 or more, whole"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(given: dict[str, Any], message: str) -> None:
    """Before anything is solved."""
    with pytest.raises(UsageError) as refused:
        levers(WAITING, **given)
    assert str(refused.value) == message


# Worth


def worth_of(instance: Instance) -> dict[tuple[str, str, int], float]:
    """Worth of one unit more, by kind, place and period."""
    found = worth(instance, Limits(threads=1))
    assert found is not None
    return {(row["kind"], row["place"], row["period"]): row["worth"] for row in found.to_dict("records")}


def test_a_megawatt_more_is_worth_a_third_of_the_oven() -> None:
    """In the relaxation a third of the oven runs on the 1 MW of its contract, another on 1 MW of headroom in 2032.

    A third of 0.1 M EUR/yr is saved with each MW more, for the two years of its period.
    """
    headroom = "area,period,firm,flexible\ntown,2030,0,9\ntown,2032,1,9"
    found = worth_of(small(**OVEN, options=OVEN_OPTIONS, headroom=headroom))
    third = 2 * 0.1 / 3
    assert found == pytest.approx({("firm_room", "town", 2030): third, ("firm_room", "town", 2032): third})


PLANNED_PIPE = (
    "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
    "pipe,hydrogen,port,tiles,pipe,planned,10,,{capacity},0,0"
)
SOURCES = "node,carrier,period,capacity,price\nport,hydrogen,2030,{first},30\nport,hydrogen,2032,{second},30"


def piped(link: int, first: int, second: int) -> Instance:
    """The kiln behind a pipe of this capacity, with so much at the source [GWh/yr]."""
    sources = SOURCES.format(first=first, second=second)
    return small(**KILN, options=KILN_OPTIONS, links=PLANNED_PIPE.format(capacity=link), sources=sources)


def test_hydrogen_more_at_the_source_is_worth_a_share_of_the_kiln() -> None:
    """The kiln saves 1.0 - 0.7 = 0.3 M EUR/yr with 20 GWh/yr of hydrogen: a GWh/yr saves a 20th, for two years."""
    each = 2 * 0.3 / 20
    found = worth_of(piped(50, 10, 15))
    assert found == pytest.approx({("source", "port", 2030): each, ("source", "port", 2032): each})


def test_a_wider_pipe_is_worth_a_share_of_the_kiln_in_all_periods_together() -> None:
    """As much in both periods: of one period alone the optimum has a kink, and the two prices share four years."""
    found = worth_of(piped(10, 50, 50))
    assert {(kind, place) for kind, place, _ in found} == {("link", "pipe")}
    assert sum(found.values()) == pytest.approx(4 * 0.3 / 20)


def test_where_emissions_are_minimised_worth_is_co2() -> None:
    """Each MW more of the first period spares a third of 2 kt/yr, for two years."""
    headroom = "area,period,firm,flexible\ntown,2030,0,9\ntown,2032,2,9"
    instance = small(with_settings(objective="emissions"), **OVEN, options=OVEN_OPTIONS, headroom=headroom)
    assert worth_of(instance)["firm_room", "town", 2030] == pytest.approx(2 * 2 / 3)


def test_the_relaxation_of_what_has_no_plan_has_no_worth() -> None:
    """A hard cap of 0 with no room for anything but gas."""
    hard = WAITING.replace(targets={"scope": ["all"], "period": [2030], "cap": [0.0]})
    assert worth(hard, Limits(threads=1)) is None


STEP = 1e-3
"""Step of a difference: small, so that the basis seldom changes, and far above the tolerance of the solver."""

COLUMN_OF = {
    "firm_room": ("headroom", "firm", {"area": "place"}),
    "flexible_room": ("headroom", "flexible", {"area": "place"}),
    "budget": ("budgets", "amount", {"pot": "place"}),
    "target": ("targets", "cap", {"scope": "place"}),
    "source": ("sources", "capacity", {"node": "place", "carrier": "item"}),
}


def with_more(instance: Instance, row: dict[str, Any], step: float) -> Instance:
    """The instance with a little more of what a row of worth tells."""
    if row["kind"] == "supply":
        table, column, keys = "supply", "quantity", {"zone": "place", "commodity": "item", "step": "step"}
    else:
        table, column, keys = COLUMN_OF[row["kind"]]
    frame = instance[table]
    at = frame["period"] == row["period"]
    for name, told in keys.items():
        at &= frame[name] == row[told]
    assert at.sum() == 1
    return instance.replace(**{table: frame.assign(**{column: frame[column] + step * at})})


def slopes(instance: Instance, row: dict[str, Any], optimum: float) -> Iterator[float]:
    """What the last and the next small step of a limit save, for each unit."""
    for step in (-STEP, STEP):
        moved = relaxed(with_more(instance, row, step))
        assert moved is not None
        yield (optimum - moved) / step


def mixed() -> Instance:
    """The oven and the kiln, with too little headroom, hydrogen and green gas, and a price on CO2 above a cap."""
    biogas = "process,route,current,capex,electricity,gas,hydrogen,green_gas,firm_capacity,emissions\n"
    return small(
        options=f"""{biogas}oven,gas,1,0,0,10,0,0,0,2
oven,electric,0,0.8,8,0,0,0,3,0
kiln,gas,1,0,0,20,0,0,0,4
kiln,burner,0,0.4,0,0,20,0,0,0
kiln,biogas,0,0.1,0,0,0,20,0,0""",
        headroom="area,period,firm,flexible\ntown,2030,0.3,9\ntown,2032,1.1,9",
        links=PLANNED_PIPE.format(capacity=50),
        sources=SOURCES.format(first=6, second=9),
        supply="commodity,zone,step,period,quantity,price\ngreen_gas,all,farm,2030,2,33\ngreen_gas,all,farm,2032,3,33",
        targets="scope,period,cap,price\nall,2030,1,50\nall,2032,0.5,70",
    )


@pytest.mark.nightly
@pytest.mark.parametrize(
    "given",
    [mixed, *(pytest.param(name, marks=pytest.mark.nightly) for name in ("tiny", "nine-cases", "achterhoek"))],
    ids=lambda given: given if isinstance(given, str) else given.__name__,
)
def test_worth_is_the_slope_of_the_optimum(given: Callable[[], Instance] | str) -> None:
    """The optimum is convex: worth lies between the slopes of both sides, which are one where the basis stays."""
    instance = routeplan.read(INSTANCES / given) if isinstance(given, str) else given()
    found, optimum = worth(instance, Limits(threads=1)), relaxed(instance)
    assert found is not None
    assert optimum is not None
    assert list(found) == WORTH.names
    smooth = 0
    # The two that are worth most of each kind.
    tried = found[found["kind"].isin([*COLUMN_OF, "supply"])].groupby("kind").head(2).to_dict("records")
    for row in tried:
        before, after = slopes(instance, row, optimum)
        near = 1e-3 + 1e-3 * row["worth"]
        assert after - near <= row["worth"] <= before + near, row
        smooth += bool(np.isclose(before, after, atol=2e-3))
    assert smooth > len(tried) / 2
