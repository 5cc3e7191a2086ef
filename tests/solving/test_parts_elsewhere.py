"""Parts that an executor solves: the same bound as here, and nothing is lost with a worker or by waiting for one."""

import pickle
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from junction import joined
from routeplan.data.read import read
from routeplan.instance.instance import Instance
from routeplan.model.compile import program_of
from routeplan.runs.executors import dask_executor
from routeplan.solver.session import Session
from routeplan.solver.solution import Limits, Relaxation
from routeplan.solving.parts import bound_of_parts
from routeplan.solving.solve import solve
from small import crowd

INSTANCES = Path(__file__).parents[2] / "instances"

MOST = 10
"""Columns of a part at most: few, so that there are many parts."""


def instance(number: int) -> Instance:
    """One with many parts: of a hundred kilns and pipes in all, or some processes of every kind."""
    return crowd(20, number) if number else read(INSTANCES / "tiny")


def proven(number: int, executor: Executor | None, limits: Limits | None = None) -> tuple[float, list[float | None]]:
    """The bound of an instance's parts, and each bound on the way."""
    matrices, told = program_of(instance(number)).matrices, list[float | None]()
    with Session(matrices.relaxed(), Limits(threads=1)) as session:
        found = session.solve()
    assert found.x is not None and found.duals is not None
    priced = Relaxation(matrices, found.x, found.duals)
    limits = limits or Limits(threads=1, gap=1e-9)
    return bound_of_parts(priced, np.inf, limits, lambda _, bound: told.append(bound), MOST, executor), told


class Elsewhere(ThreadPoolExecutor):
    """An executor that hands over what it is given in bytes, as one on another machine does."""

    def submit(self, called: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        asked = pickle.dumps((called, given, named))
        return super().submit(self.do, asked)

    @staticmethod
    def do(asked: bytes) -> Any:
        called, given, named = pickle.loads(asked)
        return called(*given, **named)


class Lost(Executor):
    """An executor whose every other worker is lost, or whose jobs are taken back."""

    def __init__(self, fault: BaseException) -> None:
        self.fault, self.asked = fault, 0

    def submit(self, called: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        self.asked += 1
        future = Future[Any]()
        if self.asked % 2:
            future.set_result(called(*given, **named))
        elif isinstance(self.fault, CancelledError):
            future.cancel()
        else:
            future.set_exception(self.fault)
        return future


class Deaf(Executor):
    """An executor that never answers, and notes what is taken back."""

    def __init__(self) -> None:
        self.given = list[Future[Any]]()

    def submit(self, called: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        self.given.append(Future())
        return self.given[-1]


@pytest.mark.parametrize("number", range(6))
@pytest.mark.some(2)
def test_the_bound_is_the_same_wherever_parts_are_solved(number: int) -> None:
    """Every bound on the way too: parts count in their order, whichever ends first."""
    here = proven(number, None)
    with Elsewhere(3) as executor:
        assert proven(number, executor) == here
    assert len(here[1]) > 3


@pytest.mark.parametrize("fault", [RuntimeError("the worker is lost"), CancelledError()])
def test_a_part_that_is_lost_is_solved_here(fault: BaseException) -> None:
    """A worker that is lost costs its time alone."""
    executor = Lost(fault)
    assert proven(1, executor) == proven(1, None)
    assert executor.asked > 1


def test_nobody_waits_for_a_worker_that_does_not_answer() -> None:
    """A stop while a part is solved elsewhere ends it with what is proven, and takes back what was not begun."""
    stop, executor = threading.Event(), Deaf()
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    bound, told = proven(1, executor, Limits(threads=1, gap=1e-9, stop=stop.is_set))
    assert told == [] and bound <= proven(1, None)[0]
    assert executor.given and all(future.cancelled() for future in executor.given)


def test_where_parts_can_be_solved_elsewhere_they_are() -> None:
    """Of an instance that is small too, and the plan is as good."""
    region = joined(9)
    with Elsewhere(1) as executor:
        found = solve(region, method="large", gap=0.0, threads=1, executor=executor)
    assert found.objective == pytest.approx(solve(region, gap=0.0).objective)
    assert "parts" in set(found["progress"]["stage"])


@pytest.mark.filterwarnings("default")  # of the cluster's own packages
@pytest.mark.nightly
def test_a_cluster_of_dask_proves_the_same() -> None:
    """Workers in processes of their own, by the address of their scheduler."""
    distributed = pytest.importorskip("distributed", reason='needs the extra "cluster"')
    workers = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with (
        distributed.LocalCluster(**workers) as cluster,
        dask_executor(cluster.scheduler_address) as executor,
    ):
        assert proven(2, executor) == proven(2, None)
