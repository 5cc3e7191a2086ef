"""What CBC prints and writes, read without CBC."""

import signal
from pathlib import Path

import pytest

from routeplan.bench.solvers.cbc import _CbcRun
from routeplan.bench.solvers.cbc_log import CbcLog
from routeplan.bench.solvers.cbc_solution import read_solution
from routeplan.bench.solvers.contract import Budget
from routeplan.bench.solvers.on_files import Given
from routeplan.bench.solvers.outcome import Claim
from routeplan.bench.solvers.trajectory import Trajectory

LIMITED = """\
✔ LP Optimal — Frac: 4/30 (13.3%)   Obj: 1.5   Iters: 9   Time: 0.001s
▶ Feasibility pump (4 fractional, suminf 1.304)
 ★    2      1            1       0.0242 solution                   70    0.006
▶ Branch and bound

     Nodes   OnTree  Depth         BestSol Method                 BestBound     Gap%   Time(s)
  ──────── ──────── ────── ─────────────── ──────────────── ─────────────── ──────── ─────────
         0        1      0               —                                2        —     0.210
 ★    7060      132      9               8 strong branching               2  100.00%     0.400
     33560      341     14               8                                4  100.00%     0.910

✔ Stopped (time limit) — BestSol: 8   Bound: 4   Gap: 50.00%   Nodes: 142.2K   Iters: 6928   Time: 3.00s
▶ Postprocessing
Result - Stopped on time limit
Objective value:                8
Lower bound:                    4
Gap:                            inf
Enumerated nodes:               142181     (from fathoming 129545)
Total iterations:               324442
"""

ENDS = {
    "Bound tightening: infeasibility proved — skipping solve.": Claim.INFEASIBLE,
    "Result - Problem proven infeasible": Claim.INFEASIBLE,
    "Pre-processing says infeasible or unbounded": Claim.UNDECIDED,
    "Problem is unbounded - 0.000614 seconds": Claim.UNBOUNDED,
    "✔ Unbounded — Obj: -0.5   Iters: 0   Time: 0.000s": Claim.UNBOUNDED,
    "Result - Optimal solution found (within gap tolerance)": Claim.COMPLETE,
    "Result - User ctrl-cuser ctrl-c": Claim.LIMIT,
    "Result - Stopped on memory limit": Claim.LIMIT,
    "✗ Problem loading failed — 2 error(s)": Claim.FAILED,
}


def test_a_log_tells_the_trajectory() -> None:
    """Of the search alone: what the pump calls a solution belongs to another programme. Bounds are lowered by 5e-6."""
    trajectory = Trajectory()
    log = CbcLog(trajectory)
    for line in LIMITED.splitlines():
        log.read(line)
    told = [(event.incumbent, event.bound) for event in trajectory.events]
    sure = 1.0 - 5e-6
    assert told == [
        (None, pytest.approx(1.5 * sure)),
        (None, pytest.approx(2 * sure)),
        (8.0, pytest.approx(2 * sure)),
        (8.0, pytest.approx(4 * sure)),
    ]
    assert (log.claim, log.objective, log.nodes, log.iterations) == (Claim.LIMIT, 8.0, 142181, 324442)
    assert log.bound == pytest.approx(4 * sure)
    assert log.raw == "Stopped on time limit"
    assert trajectory.root_bound == pytest.approx(2 * sure)  # of the row without nodes: the later ones are of the tree


WITHIN_GAP = """\
▶ Branch and bound

     Nodes   OnTree  Depth         BestSol Method                 BestBound     Gap%   Time(s)
  ──────── ──────── ────── ─────────────── ──────────────── ─────────────── ──────── ─────────
 ★    7267      482     20            1018 strong branching            1000    1.77%     0.390

✔ Optimal — Obj: 1018   Bound: 1018   Gap: 0.00%   Nodes: 7275   Iters: 19.6K   Time: 0.390s
▶ Postprocessing
Result - Optimal solution found (within gap tolerance)
Objective value:                1018
Lower bound:                    1000
Gap:                            0.018
"""
"""As CBC has told it of a gap of 2 %; the first bound after the search is the objective, and only the last a bound."""


def test_a_search_that_a_gap_has_ended_proves_no_more_than_its_lower_bound() -> None:
    """1000, on the way as at the end, although a line calls 1018 the bound."""
    trajectory = Trajectory()
    log = CbcLog(trajectory)
    for line in WITHIN_GAP.splitlines():
        log.read(line)
    sure = pytest.approx(1000 * (1 - 5e-6))
    assert [event.bound for event in trajectory.events] == [sure, sure]
    assert (log.claim, log.objective, log.bound) == (Claim.COMPLETE, 1018.0, sure)


@pytest.mark.parametrize(("line", "claim"), ENDS.items())
def test_a_line_tells_how_a_run_ends(line: str, claim: Claim) -> None:
    """Whatever the solution file says of it."""
    log = CbcLog(Trajectory())
    log.read(line)
    assert log.claim is claim


def test_a_solution_has_the_columns_after_the_rows(tmp_path: Path) -> None:
    """Either are counted from 0, and what is violated is marked with two stars."""
    path = tmp_path / "solution.txt"
    path.write_text(
        "Optimal - objective value 5.00000000\n"
        "      0 R1     11     0\n**    1 R2      1     0\n"
        "      0 C1   0.25     1\n**    1 C2     -3     0\n"
    )
    found = read_solution(path)
    assert found is not None
    assert (found.claim, found.objective, list(found.x), found.is_point) == (Claim.COMPLETE, 5.0, [0.25, -3.0], True)


def test_values_of_a_relaxation_are_no_point(tmp_path: Path) -> None:
    """CBC writes them when it has found nothing else."""
    path = tmp_path / "solution.txt"
    path.write_text(
        "Stopped on time (no integer solution - continuous used) - objective value 211.8\n      0 C1   0.5   0\n"
    )
    found = read_solution(path)
    assert found is not None
    assert (found.claim, found.is_point) == (Claim.LIMIT, False)


@pytest.mark.parametrize("text", [None, "", "nonsense\n"])
def test_a_file_without_a_first_line_is_no_solution(tmp_path: Path, text: str | None) -> None:
    """As when CBC was killed."""
    path = tmp_path / "solution.txt"
    if text is not None:
        path.write_text(text)
    assert read_solution(path) is None


class _Process:
    """A process that keeps the signals that it is sent."""

    def __init__(self) -> None:
        self.signals: list[int] = []

    def send_signal(self, number: int) -> None:
        self.signals.append(number)


@pytest.mark.parametrize(
    ("line", "sent"), [("▶ Branch and bound", [signal.SIGINT]), ("Result - Stopped on time limit", [])]
)
def test_a_process_that_ends_by_itself_is_not_interrupted(line: str, sent: list[int]) -> None:
    """It could hang in the middle of its solution; one that searches gets the signal once."""
    run = _CbcRun(Given(Path("model.mps"), Budget(1.0), {}, Trajectory()))
    process = run._process = _Process()  # type: ignore[assignment]
    run._log.read(line)
    run.interrupt()
    run.interrupt()
    assert process.signals == sent
