"""Faults of GLPK, which would end the process."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from solver_cases import AMPLE, knapsack

from routeplan.bench.mps import write_mps
from routeplan.bench.solvers import glpk
from routeplan.bench.solvers.contract import Status
from routeplan.bench.solvers.glpk_library import GlpkLibrary
from routeplan.solver.worker import Worker

swiglpk = pytest.importorskip("swiglpk", reason="swiglpk is not installed")


def _ask_for_a_column_that_is_not_there() -> None:
    swiglpk.glp_get_col_lb(swiglpk.glp_create_prob(), 7)


def test_a_fault_is_told_and_ends_nothing() -> None:
    """GLPK aborts after an error: there is no column 7 in an empty problem. Its thread halts instead."""
    library, told = GlpkLibrary(swiglpk), Future[str]()

    def work() -> None:
        library.tell_faults(told.set_result)
        _ask_for_a_column_that_is_not_there()

    worker = Worker()
    doing = worker.submit(work)
    assert "column number out of range" in told.result(5.0)
    assert not doing.done()


def test_a_run_with_a_fault_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer says what GLPK said, and the next run is none the worse."""
    path = write_mps(knapsack(), tmp_path / "model.mps")
    with monkeypatch.context() as broken:
        broken.setattr(glpk._GlpkRun, "_search", lambda *_: _ask_for_a_column_that_is_not_there())
        answer = glpk.Glpk().solve(path, AMPLE, {}, lambda: False)
    assert (answer.status, answer.x) == (Status.FAILED, None)
    assert "column number out of range" in answer.raw
    assert glpk.Glpk().solve(path, AMPLE, {}, lambda: False).status is Status.OPTIMAL
