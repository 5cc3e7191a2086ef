"""The solver: what it is told, what it answers, and how a run is stopped."""

import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import highspy
import numpy as np
import pytest
from scipy import sparse

from routeplan.errors import FaultError
from routeplan.model.matrices import Matrices
from routeplan.solver import highs
from routeplan.solver.highs import run, write_model
from routeplan.solver.session import Session
from routeplan.solver.solution import Ending, Limits


def program(cost, rows, row_lower, row_upper, upper, whole=True):
    """Minimise cost x subject to rows between bounds, x from 0 to upper."""
    count = len(cost)
    return Matrices(
        rows=sparse.csc_array(np.array(rows, dtype=float)),
        row_lower=np.array(row_lower, dtype=float),
        row_upper=np.array(row_upper, dtype=float),
        lower=np.zeros(count),
        upper=np.full(count, float(upper)),
        cost=np.array(cost, dtype=float),
        offset=0.0,
        integer=np.full(count, whole),
        row_names=tuple(f"row{i}" for i in range(len(rows))),
        column_names=tuple(f"x[{i}]" for i in range(count)),
    )


# Two things worth 5 and 4 that weigh 6 and 5, and room for 10: as wholes only one fits (the first, -5); as
# fractions the first and four fifths of the second (-5 - 16/5).
KNAPSACK = program([-5, -4], [[6, 5]], [-np.inf], [10], 1)


def hard(count=60, rows=5, seed=1):
    """A knapsack with several rows and no easy proof: minutes of work to the last gap."""
    random = np.random.default_rng(seed)
    weights = random.integers(100, 1000, (rows, count))
    worth = weights.mean(axis=0) + random.integers(0, 100, count)
    return program(-worth, weights, [-np.inf] * rows, weights.sum(axis=1) // 2, 1)


def test_a_whole_program_is_solved_with_proof():
    """Point, objective and bound agree."""
    outcome = run(KNAPSACK, Limits())
    assert outcome.status is Ending.OPTIMAL
    assert outcome.x.tolist() == pytest.approx([1.0, 0.0])
    assert (outcome.objective, outcome.bound) == (pytest.approx(-5.0), pytest.approx(-5.0))


def test_a_linear_program_is_its_own_bound():
    """Fractions allowed: -5 - 0.8 x 4."""
    outcome = run(replace(KNAPSACK, integer=np.array([False, False])), Limits())
    assert outcome.status is Ending.OPTIMAL
    assert outcome.objective == outcome.bound == pytest.approx(-8.2)


def test_the_bound_at_the_root_is_told_of_what_has_integers():
    """The knapsack ends at its root, so that its bound is that of the end; of a linear program there is none."""
    assert run(KNAPSACK, Limits()).root_bound == pytest.approx(-5.0)
    assert run(replace(KNAPSACK, integer=np.array([False, False])), Limits()).root_bound is None


def test_a_constant_counts_in_objective_and_bound():
    """100 more on both."""
    outcome = run(replace(KNAPSACK, offset=100.0), Limits())
    assert (outcome.objective, outcome.bound) == (pytest.approx(95.0), pytest.approx(95.0))


@pytest.mark.parametrize("whole", [True, False])
def test_what_no_point_obeys_is_infeasible(whole):
    """At most 1 + 1 is asked to be at least 3."""
    outcome = run(program([1, 1], [[1, 1]], [3], [np.inf], 1, whole), Limits())
    assert (outcome.status, outcome.x, outcome.objective) == (Ending.INFEASIBLE, None, None)
    assert outcome.bound == -np.inf


def test_an_optimum_and_no_point_at_all_are_told_from_a_run_that_was_stopped():
    """No time at all: nothing found, nothing proven, and that is not infeasible."""
    outcome = run(hard(), Limits(deadline=time.monotonic()))
    assert outcome.status is Ending.TIME_LIMIT
    assert outcome.x is None
    assert outcome.bound == -np.inf


@pytest.mark.nightly
def test_a_deadline_hands_over_what_was_found():
    """After two seconds there is a point and a bound below it, and a gap between them."""
    problem = hard()
    outcome = run(problem, Limits(deadline=time.monotonic() + 2.0, threads=1))
    assert outcome.status is Ending.TIME_LIMIT
    assert (problem.rows @ outcome.x <= problem.row_upper + 1e-6).all()
    assert outcome.bound < outcome.objective == pytest.approx(problem.value(outcome.x))


def test_a_stop_ends_a_run_and_hands_over():
    """The stop is asked for at the first point that is known."""
    stop, told = threading.Event(), []

    def known(objective, bound):
        told.append((objective, bound))
        if objective is not None:
            stop.set()

    outcome = run(hard(), Limits(threads=1, stop=stop.is_set), on_bounds=known)
    assert outcome.status is Ending.INTERRUPTED
    assert outcome.objective <= told[-1][0] + 1e-6
    assert outcome.bound < outcome.objective


def test_a_stop_asked_for_before_the_run_ends_it_at_once():
    """Nobody waits for a run that is not wanted any more."""
    stop = threading.Event()
    stop.set()
    assert run(hard(), Limits(threads=1, stop=stop.is_set)).status is Ending.INTERRUPTED


def test_a_feasible_start_is_never_lost():
    """A start with one thing in the knapsack, and a limit that leaves little time: what comes out is no worse."""
    problem = hard()
    start = np.zeros(60)
    start[0] = 1.0
    outcome = run(problem, Limits(deadline=time.monotonic() + 0.5, threads=1), start=start)
    assert outcome.objective <= problem.value(start)


@pytest.mark.parametrize(
    ("effort", "message"),
    [
        (Limits(gap=-1.0), "the solver does not take option mip_rel_gap = -1.0"),
        (Limits(seed=-1), "the solver does not take option random_seed = -1"),
        (Limits(threads=-2), "the solver does not take option threads = -2"),
    ],
)
def test_a_value_that_the_solver_does_not_take_is_refused(effort, message):
    """It would go on with its old value and say nothing."""
    with pytest.raises(FaultError) as refused:
        run(KNAPSACK, effort)
    assert str(refused.value) == message


def test_a_program_that_has_no_least_value_is_a_fault():
    """Every decision of ours has bounds."""
    endless = replace(program([-1], [[0]], [-np.inf], [1], 1, whole=False), upper=np.array([np.inf]))
    with pytest.raises(FaultError, match=r"^the solver ends with .*[Uu]nbounded.*, which no plan should$"):
        run(endless, Limits())


def test_a_model_that_the_solver_calls_infeasible_by_default_is_solved(shared_data, tmp_path):
    """HiGHS 1.16 calls this feasible model infeasible; its optimum is 828.1511062."""
    reader = highspy.Highs()
    reader.setOptionValue("output_flag", False)
    assert reader.readModel(str(shared_data / "solver" / "highs-1.16-infeasible.mps.gz")) == highspy.HighsStatus.kOk
    lp = reader.getLp()
    matrix = lp.a_matrix_
    shape = (lp.num_row_, lp.num_col_)
    problem = Matrices(
        rows=sparse.csc_array((np.array(matrix.value_), np.array(matrix.index_), np.array(matrix.start_)), shape=shape),
        row_lower=np.array(lp.row_lower_),
        row_upper=np.array(lp.row_upper_),
        lower=np.array(lp.col_lower_),
        upper=np.array(lp.col_upper_),
        cost=np.array(lp.col_cost_),
        offset=lp.offset_,
        integer=np.array([kind == highspy.HighsVarType.kInteger for kind in lp.integrality_]),
    )
    outcome = run(problem, Limits(gap=1e-9))
    assert outcome.status is Ending.OPTIMAL
    assert outcome.objective == pytest.approx(828.1511062, abs=1e-6)
    assert outcome.bound == pytest.approx(828.1511062, abs=1e-5)


class Counting(highspy.Highs):
    """The solver, counting how often it is made."""

    made = 0

    def __init__(self):
        super().__init__()
        Counting.made += 1


def test_every_run_has_a_solver_of_its_own(monkeypatch):
    """Two runs, two objects; one that is called infeasible is asked again, without presolve, in another."""
    monkeypatch.setattr(highspy, "Highs", Counting)
    monkeypatch.setattr(Counting, "made", 0)
    run(KNAPSACK, Limits())
    run(KNAPSACK, Limits())
    assert Counting.made == 2
    run(program([1, 1], [[1, 1]], [3], [np.inf], 1), Limits())
    assert Counting.made == 4


def test_presolve_does_without_rules_that_err_or_do_not_return(monkeypatch):
    """Bits 12 (Aggregator) and 16 (Enumeration) err, 22 (Fourier-Motzkin) may not return and hears no time limit."""
    made = []

    class Kept(highspy.Highs):
        def __init__(self):
            super().__init__()
            made.append(self)

    monkeypatch.setattr(highspy, "Highs", Kept)
    run(KNAPSACK, Limits())
    assert [solver.getOptionValue("presolve_rule_off")[1] for solver in made] == [2**12 + 2**16 + 2**22]


@pytest.mark.nightly
def test_nothing_is_printed(tmp_path):
    """Neither the banner of the first solver of a process nor any log: standard output stays empty."""
    script = (
        "import numpy as np\nfrom test_highs import KNAPSACK\nfrom pathlib import Path\n"
        "from routeplan.solver.highs import run, version, write_model\n"
        "from routeplan.solver.solution import Limits\n"
        f"run(KNAPSACK, Limits(log=Path({str(tmp_path / 'log')!r})))\nrun(KNAPSACK, Limits())\nversion()\n"
        f"write_model(KNAPSACK, Path({str(tmp_path / 'model.mps')!r}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=Path(__file__).parent, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_nothing_is_printed_in_a_process_that_has_run_before(capfd):
    """The same within the process of these tests."""
    run(KNAPSACK, Limits())
    assert capfd.readouterr() == ("", "")


def test_the_log_goes_to_its_file(tmp_path):
    """Added to, so that the stages of a solve follow each other."""
    log = tmp_path / "solver.log"
    run(KNAPSACK, Limits(log=log))
    first = log.read_text()
    run(KNAPSACK, Limits(log=log))
    assert "HiGHS" in first
    assert len(log.read_text()) > len(first)


def test_a_model_is_written_with_its_names(tmp_path):
    """Read back it has the same names and the same optimum."""
    file = tmp_path / "knapsack.mps"
    write_model(KNAPSACK, file)
    reader = highspy.Highs()
    reader.setOptionValue("output_flag", False)
    reader.readModel(str(file))
    reader.run()
    assert list(reader.getLp().col_names_) == ["x[0]", "x[1]"]
    assert list(reader.getLp().row_names_) == ["row0"]
    assert reader.getInfo().objective_function_value == pytest.approx(-5.0)


def test_a_model_that_cannot_be_written_is_a_fault(tmp_path):
    """The folder does not exist."""
    file = tmp_path / "nowhere" / "knapsack.mps"
    with pytest.raises(FaultError) as refused:
        write_model(KNAPSACK, file)
    assert str(refused.value) == f"the solver does not take writing {file}"


def test_values_worse_than_the_objective_told_are_not_believed(monkeypatch):
    """The first answer claims -6 for a point worth -5: the program is solved again, in another session."""
    honest, answers = Session.solve, []

    def boasting(self, **given):
        answers.append(honest(self, **given))
        return replace(answers[-1], objective=-6.0) if len(answers) == 1 else answers[-1]

    monkeypatch.setattr(Session, "solve", boasting)
    assert run(KNAPSACK, Limits()).objective == pytest.approx(-5.0)
    assert len(answers) == 2


def test_the_version_is_that_of_the_solver():
    """Three numbers."""
    assert [part.isdigit() for part in highs.version().split(".")] == [True] * 3
