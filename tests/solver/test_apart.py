"""A solver in a process of its own: the same answers, an end at once, and a life after what breaks it down."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from test_highs import hard, program

from routeplan.bench.mps import read_mps
from routeplan.errors import FaultError
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.matrices import Matrices
from routeplan.solver.apart import Apart
from routeplan.solver.options import PRESOLVE_AGGREGATOR, PRESOLVE_OFF
from routeplan.solver.session import Session
from routeplan.solver.solution import Ending, Limits
from routeplan.tolerances import FEASIBILITY
from small import crowd

# Bread at 2 and cake at 3 M EUR: at least 4 of both together, at most 3 of bread. Best: 3 and 1, 9 in all.
SHOP = replace(program([2, 3], [[1, 1]], [4], [np.inf], 10, whole=True), upper=np.array([3.0, 10.0]))

EVERYTHING_KEPT = """
import sys
from routeplan.solver.apart import Apart
apart = Apart()
apart.begin()
print(apart._process._process.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def big() -> Matrices:
    """A program that takes minutes."""
    return compile_model(build(crowd(60))).matrices


def test_answers_are_those_of_a_solver_in_this_process() -> None:
    """One after the other, from a start or not; names and a log stay here."""
    with Apart() as apart:
        first = apart(SHOP, Limits())
        second = apart(replace(SHOP, cost=np.array([2.0, 1.0])), Limits(), start=np.array([3.0, 1.0]))
    assert (first.status, first.objective, first.bound) == (Ending.OPTIMAL, pytest.approx(9.0), pytest.approx(9.0))
    assert second.objective == pytest.approx(4.0)  # four cakes
    with Session(SHOP, Limits()) as session:
        assert session.solve().x.tolist() == pytest.approx(first.x.tolist())


@pytest.mark.nightly
def test_better_points_are_told_on_the_way(big: Matrices) -> None:
    """Each obeys every row, and the best of them is handed over when the time is up."""
    told: list[np.ndarray] = []
    with Apart() as apart:
        found = apart(big, Limits(deadline=time.monotonic() + 4.0, threads=1), on_point=told.append)
    values = [big.value(x) for x in told]
    assert found.status is Ending.TIME_LIMIT
    assert values == sorted(values, reverse=True)
    assert all(big.excess(x) <= FEASIBILITY for x in told)
    assert big.value(found.x) == pytest.approx(min(values))


def test_a_stop_ends_it_at_once_with_the_best_point(big: Matrices) -> None:
    """Whatever the solver is doing: its process is ended. The next run has another."""
    told: list[float] = []
    with Apart() as apart:
        began = time.monotonic()
        start = apart(big, Limits(deadline=began + 2.0, threads=1)).x
        stopped = apart(
            big,
            Limits(threads=1, stop=lambda: bool(told)),
            start=start,
            on_point=lambda x: told.append(big.value(x)),
        )
        assert stopped.status is Ending.INTERRUPTED
        assert big.value(stopped.x) == pytest.approx(told[-1])
        assert apart(SHOP, Limits()).objective == pytest.approx(9.0)


def test_what_breaks_the_process_down_breaks_nothing_else(big: Matrices) -> None:
    """The best point that it told is handed over, nothing is proven, and the next run has another process."""
    with Apart() as apart:
        apart.begin()
        process = apart._process._process

        def kill(x: np.ndarray) -> None:
            process.kill()

        found = apart(big, Limits(threads=1), on_point=kill)
        assert found.status is Ending.UNKNOWN
        assert big.excess(found.x) <= FEASIBILITY
        assert found.bound == -np.inf
        assert apart(SHOP, Limits()).objective == pytest.approx(9.0)


def test_a_fault_of_the_solver_is_no_answer() -> None:
    """An option that it does not have, which a solver in this process refuses with an exception."""
    wrong = Limits(options={"no such option": 1})
    with pytest.raises(FaultError), Session(SHOP, wrong):
        pass
    with Apart() as apart:
        found = apart(SHOP, wrong)
        assert (found.status, found.x, found.bound) == (Ending.UNKNOWN, None, -np.inf)
        assert apart(SHOP, Limits()).objective == pytest.approx(9.0)


def test_an_exception_of_the_one_that_asks_ends_the_process() -> None:
    """So a Ctrl-C while it waits; nothing is left behind."""

    def interrupted() -> bool:
        raise KeyboardInterrupt

    with Apart() as apart:
        apart.begin()
        process = apart._process._process
        with pytest.raises(KeyboardInterrupt):
            apart(hard(), Limits(stop=interrupted))
        assert process.poll() is not None


@pytest.mark.nightly
@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL")
def test_it_ends_with_the_one_that_asks() -> None:
    """Even if that is killed."""
    parent = subprocess.Popen(
        [sys.executable, "-c", EVERYTHING_KEPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None and parent.stdin is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    child.wait(timeout=20.0)  # raises where it lives on
    parent.stdout.close()
    parent.stdin.close()


@pytest.mark.nightly
def test_a_part_on_which_presolve_breaks_down_ends_no_plan() -> None:
    """With the presolve rule that is left out (`test_presolve`) the process dies; a mended HiGHS may solve it."""
    part = read_mps(Path(__file__).with_name("presolve-breaks-down.mps.gz"))
    with_rule = {"presolve_rule_off": PRESOLVE_OFF & ~PRESOLVE_AGGREGATOR}
    with Apart() as apart:
        found = apart(part, Limits(threads=1, deadline=time.monotonic() + 60.0, options=with_rule))
        assert found.status is not Ending.INFEASIBLE
        assert apart(SHOP, Limits()).objective == pytest.approx(9.0)
