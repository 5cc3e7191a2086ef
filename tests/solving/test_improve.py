"""Better plans from a good one: parts are decided anew, and only better points are offered."""

import numpy as np
import pytest

from junction import joined
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.program import Program
from routeplan.solver.solution import Limits
from routeplan.solving.baseline import BASELINE, baseline
from routeplan.solving.course import Course, Known
from routeplan.solving.improve import improve, improve_once
from routeplan.solving.methods import Task
from routeplan.solving.neighbourhood import Neighbourhood, processes, solved_here
from routeplan.solving.progress import ProgressLog
from routeplan.solving.solve import solve
from routeplan.tolerances import FEASIBILITY
from small import crowd


def program_of(seed: int) -> Program:
    """The program of a random network."""
    return compile_model(build(joined(seed)))


def begun(program: Program, limits: Limits) -> Course:
    """A course on which doing nothing is known."""
    task = Task(limits, ProgressLog())
    stay = baseline(program, program.matrices, task).x
    assert stay is not None
    return Course(task, Known(stay, program.matrices.value(stay), BASELINE))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.some(1)
def test_rounds_lead_from_doing_nothing_to_the_optimum(seed: int) -> None:
    """On a random network: never below it, and each point obeys every row."""
    program = program_of(seed)
    least = solve(joined(seed), method="exact", gap=0.0).objective
    course = begun(program, Limits(threads=1))
    rounds: list[float] = []

    def enough() -> bool:
        rounds.append(course.best.value)
        return len(rounds) > 60 or course.best.value <= least + 1e-6

    limits = Limits(threads=1, stop=enough)
    improve(program, None, solved_here, Task(limits, ProgressLog()), course)
    assert course.best.value == pytest.approx(least)
    assert rounds == sorted(rounds, reverse=True)
    assert program.matrices.excess(course.best.x) <= FEASIBILITY


def test_one_round_of_each_kind_ends_by_itself() -> None:
    """With one thread, before the search of the whole: it is no worse than what was known."""
    program = program_of(3)
    course = begun(program, Limits(threads=1))
    before = course.best.value
    improve_once(program, None, solved_here, course.task, course)
    assert course.best.value <= before


def test_nothing_is_decided_anew_before_there_is_a_point() -> None:
    """Or where it is to stop at once."""
    program = program_of(3)
    for stops in (lambda: True, iter([False, False, True, True]).__next__):
        course = Course(Task(Limits(threads=1, stop=stops), ProgressLog()))
        improve(program, None, solved_here, course.task, course)
        assert course.best is None


def test_a_share_of_the_things_keeps_what_it_has() -> None:
    """All columns of a process or link keep it together, and as many as are asked, give or take chance."""
    program = compile_model(build(crowd(60)))
    near, integer = Neighbourhood(program), program.matrices.integer
    free = near.all_but_some(0.75, np.random.default_rng(0))
    assert not (free & ~integer).any()
    assert (near.whole(free) & integer == free).all()
    assert 0.1 < free.sum() / integer.sum() < 0.4
    assert (near.all_but_some(0.0, np.random.default_rng(0)) == integer).all()


def test_what_processes_do_is_no_link_hub_or_reinforcement() -> None:
    """Their starts and runs, and nothing that is built."""
    program = program_of(0)
    columns = processes(program)
    for name, block in program.columns.items():
        there = columns[block.position[block.position >= 0]]
        decides = block.variable.index[0] == "process"
        assert (there == decides).all(), name
