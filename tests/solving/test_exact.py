"""The exact method: statuses, limits, interrupts, and what it writes down."""

import math
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import highspy
import numpy as np
import pandas as pd
import pytest

from routeplan.data.read import read
from routeplan.errors import FaultError, PlanRejected, UsageError
from routeplan.result.result import Status
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.solving import baseline, finish, search
from routeplan.solving.exact import exact
from routeplan.solving.methods import Incumbent
from routeplan.solving.solve import solve
from small import crowd, prices, small, with_settings

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parents[1]


def without_gas(instance):
    """The same instance, with gas ended before the first period, so that staying is no plan."""
    options = instance["options"]
    return instance.replace(
        options=options.assign(last_year=options["last_year"].mask(options["current"] == 1, 2029.0))
    )


def test_a_proven_plan_is_optimal():
    """Objective, bound, cost and gap of the best plan; doing nothing costs 6.0."""
    result = solve(small(), gap=0.0)
    assert result.status is Status.OPTIMAL
    assert (result.objective, result.bound, result.cost) == (pytest.approx(4.8),) * 3
    assert (result.gap, result.gap_of_saving) == (0.0, 0.0)
    assert (result.record.method, result.record.found_by, result.record.proved_by) == ("exact", "cost", "cost")


@pytest.mark.nightly
def test_a_plan_with_a_wider_gap_than_asked_is_feasible():
    """A second is not enough for the crowd: the plan is handed over with its bound, and better than nothing."""
    result = solve(crowd(), gap=0.0, seconds=1.0, threads=1)
    assert result.status is Status.FEASIBLE
    assert result.bound < result.objective == result.cost
    assert result.gap == pytest.approx((result.objective - result.bound) / result.objective)
    assert 0.0 < result.gap_of_saving <= 1.0
    assert result.record.reason == "the gap that was asked was not reached within 1 seconds"
    assert (result.record.gap_asked, result.record.seconds_asked, result.record.threads) == (0.0, 1.0, 1)


def test_a_name_is_no_instance():
    """Whoever forgets to read it is told to."""
    with pytest.raises(UsageError) as refused:
        solve("instances/tiny")
    assert str(refused.value) == "'instances/tiny' is no instance; routeplan.read() makes one of a folder or workbook"


@pytest.mark.nightly
def test_the_same_plan_is_optimal_where_its_gap_was_asked():
    """A tenth is soon proven, and the plan need not be the best."""
    result = solve(crowd(), gap=0.1, seconds=60.0)
    assert result.status is Status.OPTIMAL
    assert 0.0 <= result.gap <= 0.1


def test_without_any_time_staying_as_it_is_is_the_plan():
    """Nothing is searched: gas costs 6.0, and no plan can be below 0."""
    result = solve(small(), gap=0.0, seconds=1e-9)
    assert (result.status, result.record.found_by) == (Status.FEASIBLE, "stay")
    assert (result.objective, result.bound) == (pytest.approx(6.0), 0.0)
    assert set(result["runs"]["route"]) == {"gas"}


def test_without_any_time_and_without_gas_there_is_no_plan():
    """Nothing found, nothing proven: that is not infeasible."""
    result = solve(without_gas(crowd()), seconds=1e-9)
    assert result.status is Status.NO_PLAN
    assert (result.objective, result.bound, result.gap) == (None, None, None)
    assert result.record.reason == "no plan was found within 1e-09 seconds"
    assert list(result.tables) == ["progress"]


def test_a_search_that_is_stopped_without_a_plan_says_so():
    """Stopped as the search begins, before there is anything to hand over."""
    stop = threading.Event()

    def stop_at_once(progress):
        if progress.stage == "cost":
            stop.set()

    result = solve(without_gas(crowd()), stop=stop, on_progress=stop_at_once)
    assert (result.status, result.record.reason) == (
        Status.NO_PLAN,
        "the search was stopped by the user before a plan was found",
    )
    assert result["progress"]["stage"].tolist()[:2] == ["build", "cost"]


@pytest.mark.nightly
def test_any_callable_can_stop():
    """As a web server has one: asked often, it says so once there is a plan."""
    found = []
    result = solve(crowd(), gap=0.0, threads=1, stop=lambda: bool(found), on_progress=lambda p: plan_of(p, found))
    assert result.status is Status.FEASIBLE
    assert result.record.reason == "the search was stopped by the user before it reached the gap that was asked"


def plan_of(progress, found):
    """Note that a plan is known."""
    if progress.objective is not None:
        found.append(progress.objective)


@pytest.mark.nightly
def test_another_thread_can_stop_a_solve():
    """The notebook's other cell: the plan so far comes with its bound."""
    stop, found, results = threading.Event(), threading.Event(), []

    def work():
        results.append(
            solve(crowd(60), gap=0.0, threads=1, stop=stop, on_progress=lambda p: p.objective and found.set())
        )

    thread = threading.Thread(target=work)
    thread.start()
    assert found.wait(60.0)
    stop.set()
    thread.join(60.0)
    assert (results[0].status, results[0].bound < results[0].objective) == (Status.FEASIBLE, True)


@pytest.mark.nightly
def test_solves_in_two_threads_do_not_disturb_each_other():
    """Each makes the plan that it makes alone."""
    alone = [solve(crowd(8, seed=seed), gap=0.0, threads=1) for seed in (1, 2)]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda seed: solve(crowd(8, seed=seed), gap=0.0, threads=1), (1, 2)))
    assert [result.objective for result in together] == [result.objective for result in alone]
    for one, other in zip(alone, together, strict=True):
        pd.testing.assert_frame_equal(one["runs"], other["runs"])


@pytest.mark.nightly
def test_a_limit_on_nodes_is_told_from_a_limit_on_time():
    """One node proves nothing of the crowd."""
    result = solve(crowd(20), gap=0.0, threads=1, seconds=60.0, options={"mip_max_nodes": 1})
    assert result.status is Status.FEASIBLE
    assert result.record.reason == "the solver's limit on nodes was reached before the gap that was asked"
    assert result.record.options == {"mip_max_nodes": 1}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mip_max_node": 1}, "HiGHS has no option 'mip_max_node' (did you mean 'mip_max_nodes'?)"),
        ({"zzz": 1}, "HiGHS has no option 'zzz'"),
        ({"mip_allow_restarts": True}, "HiGHS has no option 'mip_allow_restarts' (did you mean 'mip_allow_restart'?)"),
        ({"mip_max_nodes": "many"}, "solver option 'mip_max_nodes' is 'many'; allowed: int"),
        ({"mip_max_nodes": -5}, "solver option 'mip_max_nodes' is -5, which HiGHS does not take"),
        ({"presolve": "perhaps"}, "solver option 'presolve' is 'perhaps', which HiGHS does not take"),
        ({"time_limit": 5.0}, "solver option 'time_limit' is what seconds is for"),
        (
            {"zzz": 1, "random_seed": 3},
            "HiGHS has no option 'zzz'; solver option 'random_seed' is what seed is for",
        ),
    ],
)
def test_solver_options_that_make_no_sense_are_refused(options, message):
    """All of them, before anything is built."""
    with pytest.raises(UsageError) as refused:
        solve(small(), options=options)
    assert str(refused.value) == message


@pytest.mark.nightly
def test_options_that_the_object_in_python_lacks_are_taken():
    """Some stand in the file of options that HiGHS writes, and `presolve_rule_off` in neither."""
    options = {"mip_lp_solver": "simplex", "mip_allow_restart": False, "presolve_rule_off": 65536}
    assert solve(small(), options=options).record.options == options


@pytest.mark.nightly
def test_another_method_takes_the_place_of_exact():
    """A method is a function of a program and a task: one that stays as it is hands over 6.0, and no bound above 0."""

    def stay(program, task):
        found = baseline.baseline(program, program.matrices, task)
        return Incumbent(
            found.x, program.matrices.trivial_bound, found.status, baseline=found.objective, found_by="stay"
        )

    result = solve(small(), method=stay)
    assert (result.status, result.objective, result.bound) == (Status.FEASIBLE, pytest.approx(6.0), 0.0)
    assert (result.record.method, result.record.found_by) == ("stay", "stay")


def test_what_no_plan_obeys_is_infeasible():
    """Hydrogen is short by a row that has decisions in it, so that the solver finds out."""
    short = small(sources="node,carrier,period,capacity,price\nport,hydrogen,2030,15,30\nport,hydrogen,2032,15,30")
    result = solve(without_gas(short))
    assert result.status is Status.INFEASIBLE
    assert (result.objective, result.bound, result.gap) == (None, None, None)
    assert result.record.reason == (
        "the solver proved that no plan obeys every row; `routeplan shortfall` tells what is missing"
    )
    assert list(result.tables) == ["progress"]


def test_a_row_broken_before_any_decision_is_told_by_name():
    """The kiln has no route left: no solver is asked."""
    alone = small(options="process,route,current,capex,gas,last_year\noven,gas,1,0,10,\nkiln,gas,1,0,20,2029")
    result = solve(alone)
    assert result.status is Status.INFEASIBLE
    assert result.record.reason == (
        "processes.csv:3: process 'kiln' has no option that may run and be paid for in 2030, 2032, so that there is no "
        "plan; one_route_per_process[kiln,2030]: 0  ==  1; one_route_per_process[kiln,2032]: 0  ==  1"
    )
    assert result["progress"]["stage"].tolist() == ["build"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"gap": -0.1}, "gap is -0.1; allowed: 0 or more, and finite"),
        ({"gap": float("nan")}, "gap is nan; allowed: 0 or more, and finite"),
        ({"gap": float("inf")}, "gap is inf; allowed: 0 or more, and finite"),
        ({"seconds": 0.0}, "seconds is 0.0; allowed: more than 0, and finite"),
        ({"seconds": float("nan")}, "seconds is nan; allowed: more than 0, and finite"),
        ({"threads": 0}, "threads is 0; allowed: 1 to 256"),
        ({"seed": -1}, "seed is -1; allowed: 0 to 2147483647"),
        ({"seed": 2**31}, "seed is 2147483648; allowed: 0 to 2147483647"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(asked, message):
    """Before anything is built."""
    with pytest.raises(UsageError) as refused:
        solve(small(), **asked)
    assert str(refused.value) == message


@pytest.mark.nightly
def test_progress_only_ever_gets_better():
    """Seconds never fall; within the search objectives only fall and bounds only rise; bounds stay below."""
    told = []
    result = solve(crowd(20), gap=0.05, threads=1, on_progress=told.append)
    table = result["progress"]
    assert table["seconds"].is_monotonic_increasing
    known = table[table["stage"] == "cost"].dropna()
    assert len(known) > 2
    assert known["objective"].is_monotonic_decreasing
    assert known["bound"].is_monotonic_increasing
    assert (table["bound"] <= table["objective"])[table.notna().all(axis=1)].all()
    assert [entry.stage for entry in told] == table["stage"].tolist()
    assert (table["objective"].iloc[-1], table["bound"].iloc[-1]) == (result.objective, result.bound)


def test_least_emissions_come_before_cost():
    """The dear way is taken: gas at 10 and CO2 at 0 make staying cheapest, 1.2, but nothing emitted costs 4 x 1.2.

    Staying emits 4 x 6 = 24 kt.
    """
    result = solve(small(with_settings(objective="emissions"), prices=prices(gas=10.0, co2=0.0)), gap=0.0)
    assert result.status is Status.OPTIMAL
    assert (result.objective, result.bound) == (0.0, 0.0)
    assert result.cost == pytest.approx(4.8)
    assert result["progress"]["stage"].drop_duplicates().tolist() == [
        "build", "emissions", "cost of least emissions", "tidy",
    ]  # fmt: skip


@pytest.mark.nightly
def test_among_plans_of_least_emissions_the_cheapest_is_taken():
    """The kiln must not emit either way: hydrogen at 0.8 a year, or green gas at 0.9; the oven has nothing else."""
    result = solve(
        small(
            with_settings(objective="emissions"),
            prices=prices(green_gas=45.0),
            options="""
                process,route,current,capex,gas,green_gas,hydrogen,emissions
                oven,gas,1,0,10,0,0,2
                kiln,gas,1,0,20,0,0,4
                kiln,biogas,0,0,0,20,0,0
                kiln,burner,0,0.4,0,0,20,0""",
        ),
        gap=0.0,
    )
    assert result.objective == pytest.approx(4 * 2)
    assert result.cost == pytest.approx(4 * (0.5 + 0.8))


@pytest.mark.nightly
def test_the_model_is_exported_with_readable_names(tmp_path):
    """Read back it has names without blanks and quotes, and the same optimum."""
    file = tmp_path / "small.mps"
    result = solve(small(targets="scope,period,cap,price\nsector:food,2032,1,900"), gap=0.0, mps=file)
    reader = highspy.Highs()
    reader.setOptionValue("output_flag", False)
    assert reader.readModel(str(file)) == highspy.HighsStatus.kOk
    reader.run()
    assert reader.getInfo().objective_function_value == pytest.approx(result.objective)
    names = [*reader.getLp().col_names_, *reader.getLp().row_names_]
    assert {"runs[oven,electric,2030]", "overshoot[sector:food,2032]", "link_capacity[pipe,2030]"} <= set(names)
    assert not [name for name in names if " " in name or "'" in name]


@pytest.mark.nightly
def test_the_log_of_the_solver_is_kept(tmp_path):
    """In the file asked for, and only there."""
    log = tmp_path / "solver.log"
    solve(small(), log=str(log))
    assert "HiGHS" in log.read_text()


@pytest.mark.nightly
def test_nothing_is_printed(capfd):
    """A solve speaks through its result."""
    solve(small())
    assert capfd.readouterr() == ("", "")


@pytest.mark.nightly
def test_the_same_seed_gives_the_same_plan():
    """One thread, the same seed: the same tables."""
    first, second = (solve(crowd(15), threads=1, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(first["runs"], second["runs"])
    pd.testing.assert_frame_equal(first["built"], second["built"])
    assert first.objective == second.objective


@pytest.mark.nightly
@pytest.mark.parametrize("method", ["exact", "large"])
def test_a_region_has_the_same_plan_again_where_work_is_limited(method):
    """The limit is on nodes, and the gap is out of reach: whatever else the machine does, every number is the same."""
    region = read(TESTS.parent / "instances" / "achterhoek")
    asked = {"method": method, "gap": 0.0, "threads": 1, "seed": 3, "options": {"mip_max_nodes": 2}}
    first, second = (solve(region, **asked) for _ in range(2))
    assert first.status is Status.FEASIBLE and "limit on nodes" in first.record.reason
    assert (first.objective, first.bound) == (second.objective, second.bound)
    for name in first.tables.keys() - {"progress"}:
        pd.testing.assert_frame_equal(first[name], second[name])


def test_where_work_is_limited_parts_have_no_limit_on_time():
    """Nor a sooner deadline than the whole; without one they have."""
    assert Limits(options={"mip_max_nodes": 9}).within(1.0).deadline == math.inf
    now = time.monotonic()
    assert now < Limits().within(1.0).deadline < now + 2.0
    assert Limits(deadline=now).within(1.0).deadline == now


@pytest.mark.nightly
def test_a_time_limit_ends_the_search():
    """One second is not enough for the crowd: what is known by then is handed over, with the reason."""
    result = solve(crowd(), gap=0.0, seconds=1.0)
    assert result.status in (Status.FEASIBLE, Status.NO_PLAN)
    assert "within 1 seconds" in result.record.reason


INTERRUPTED = """
import sys
from small import crowd
from routeplan.cli.interrupt import stop_on_interrupt
from routeplan.solving.solve import solve

def tell(entry):
    if entry.objective is not None:
        print("found", flush=True)

with stop_on_interrupt() as interrupt:
    result = solve(crowd(60), gap=0.0, threads=1, stop=interrupt, on_progress=tell)
print("RESULT", result.status, result.objective, result.bound)
"""


@pytest.mark.nightly
def test_ctrl_c_hands_over_the_plan_and_its_bound():
    """SIGINT to a solve that would take minutes, once it has found something: it ends well, with a checked plan."""
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED], cwd=TESTS, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "found\n"
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (0, "")
    word, status, objective, bound = out.splitlines()[-1].split()
    assert (word, status) == ("RESULT", "feasible")
    assert 0.0 < float(bound) < float(objective)


@pytest.mark.nightly
def test_signals_are_left_alone():
    """A library does not handle Ctrl-C: the program that calls it does."""
    before, during = signal.getsignal(signal.SIGINT), []
    solve(small(), on_progress=lambda progress: during.append(signal.getsignal(signal.SIGINT)))
    assert set(during) == {before}


def test_a_plan_that_the_checker_refuses_is_a_fault(monkeypatch):
    """What fails is told, and the plan is kept for study."""
    monkeypatch.setattr(finish, "verify", lambda instance, result: ["cost: 4.8 is not 5.0"])
    with pytest.raises(PlanRejected) as refused:
        solve(small())
    assert str(refused.value) == "the plan fails 1 check(s):\n  cost: 4.8 is not 5.0"
    assert refused.value.result.objective == pytest.approx(4.8)


@pytest.mark.parametrize(
    ("ended", "bound", "status", "proven"),
    [
        (Ending.OPTIMAL, 6.0, Status.OPTIMAL, 6.0),  # as good as staying, but for rounding
        (Ending.OPTIMAL, 6.5, Status.FEASIBLE, 0.0),  # a bound above a plan that is known is wrong
        (Ending.INFEASIBLE, -np.inf, Status.FEASIBLE, 0.0),  # and so is the answer that there is none
    ],
)
@pytest.mark.some(1)
def test_an_answer_that_staying_contradicts_proves_nothing(monkeypatch, ended, bound, status, proven):
    """Staying costs 6.0; the solver's answer on the whole program is replaced by a made-up one."""
    stays = {}

    def honest(program, matrices, task):
        found = baseline.baseline(program, matrices, task)
        stays["x"] = found.x
        return found

    def made_up(matrices, limits, **rest):
        x = None if ended is Ending.INFEASIBLE else dear(matrices, stays["x"])
        return Solution(ended, x, None if x is None else matrices.value(x), bound)

    monkeypatch.setattr(search, "baseline", honest)
    monkeypatch.setattr(search, "run", made_up)
    result = solve(small(), gap=1e-6)
    assert (result.status, result.record.found_by) == (status, "stay")
    assert (result.objective, result.bound) == (pytest.approx(6.0), pytest.approx(proven))


def dear(problem, x):
    """A point a hair dearer than this one."""
    moved = x.copy()
    moved[np.flatnonzero(problem.cost > 0)[-1]] += 1e-9
    return moved


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"log": "no/such/folder/x.log"}, "no/such/folder/x.log cannot be written: No such file or directory"),
        ({"mps": "no/such/folder/x.mps"}, "no/such/folder/x.mps cannot be written: No such file or directory"),
        ({"mps": "model.txt"}, "mps is model.txt; allowed: a name that ends in .mps or .mps.gz"),
        ({"gap": "0.1"}, "gap is '0.1'; allowed: 0 or more, and finite"),
        ({"threads": 1.5}, "threads is 1.5; allowed: 1 to 256"),
        ({"threads": True}, "threads is True; allowed: 1 to 256"),
        ({"threads": 4000}, "threads is 4000; allowed: 1 to 256"),
        ({"stop": True}, "stop is True; allowed: an event, or something that can be called"),
        ({"method": partial(exact)}, "has no __name__, under which a result records its method"),
    ],
)
def test_what_cannot_be_is_refused_before_any_time_is_spent(asked, message):
    """With what is allowed instead."""
    with pytest.raises(UsageError) as refused:
        solve(small(), **asked)
    assert message in str(refused.value)


@pytest.mark.nightly
def test_a_bound_above_its_own_plan_is_a_fault():
    """A method that claims more than its plan allows has proven nothing."""

    def boastful(program, task):
        return replace(exact(program, task), bound=1e6)

    with pytest.raises(FaultError, match="the method boastful claims that no plan is below"):
        solve(small(), method=boastful)


@pytest.mark.nightly
def test_a_closed_standard_output_is_no_obstacle():
    """As of a daemon, or under some batch systems."""
    script = (
        "import os; os.close(1); from small import small; from routeplan.solving.solve import solve; solve(small())"
    )
    subprocess.run([sys.executable, "-c", script], cwd=TESTS, check=True, timeout=120)
