"""A solver that never returns: limits, Ctrl-C and SIGTERM are obeyed, and the plan that is known is kept."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from routeplan.checker.check import verify
from routeplan.data.read import read
from routeplan.result.folder import load
from routeplan.result.result import Status
from routeplan.solver.session import GRACE

DEAF = """
import signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)  # where it is ignored, as in the background of a shell
from routeplan.solver.session import Session

runs = Session._run

def deaf(session, deadline, start):
    # The search for a plan never ends; doing nothing, the relaxation and tidying do.
    if session.matrices.integer.any() and session._limits.gap > 0.0:
        threading.Event().wait()
    return runs(session, deadline, start)

Session._run = deaf
from routeplan.__main__ import main
main()
"""


@contextmanager
def deaf_solve(town: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Start `routeplan solve` with a solver that never returns; it is killed where a test fails."""
    command = [sys.executable, "-c", DEAF, "solve", str(town), "--out", "plan", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


def kept(town: Path) -> str:
    """Why the plan that was kept is no better; it is that of doing nothing, and it holds."""
    result = load(town.parent / "plan")
    assert result.status is Status.FEASIBLE
    assert verify(read(town), result) == ()
    assert result.record.found_by == "stay"
    return result.record.reason


@pytest.mark.nightly
def test_a_limit_on_time_is_obeyed(town: Path) -> None:
    """The plan of doing nothing is saved."""
    with deaf_solve(town, "--seconds", "3") as child:
        _, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    assert kept(town) == "the gap that was asked was not reached within 3 seconds"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.nightly
def test_a_signal_is_obeyed(number: signal.Signals, town: Path) -> None:
    """Sent in the middle of the search: the plan of doing nothing is saved a few seconds later."""
    with deaf_solve(town) as child:
        assert child.stderr is not None
        while "cost" not in child.stderr.readline():
            pass
        time.sleep(0.5)
        child.send_signal(number)
        begun = time.monotonic()
        _, err = child.communicate(timeout=60)
        took = time.monotonic() - begun
    assert child.returncode == 0, err
    assert took >= GRACE  # the solver was given the time to end by itself
    assert kept(town) == "the search was stopped by the user before it reached the gap that was asked"
