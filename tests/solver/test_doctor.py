"""Whether all is well with an installation."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from routeplan.errors import FaultError
from routeplan.solver import doctor, highs, options
from routeplan.solver.doctor import checkup, verdict
from routeplan.solver.doctor_cases import CASES, ROOM_OF_A_TOLERANCE, programme
from routeplan.solver.session import Session
from routeplan.solver.solution import Ending, Limits, Solution

SMALL = [case for case in CASES if len(case.programme.cost) < 10]
(LISTED,) = (case for case in CASES if case not in SMALL)
FAR = 20.0
"""No whole number of the small cases is better beyond this."""

NEGATIVE = -3.0


def by_enumeration(problem):
    """Least value: every choice of whole numbers, and for each the best of the rest as a linear program."""
    whole = np.flatnonzero(problem.integer)
    least = np.maximum(problem.lower[whole], NEGATIVE)
    # Of those with three or more, one is at 0, so three on either side will do, and in the other all are 0 or 1.
    most = np.minimum(problem.upper[whole], FAR if len(whole) < 3 else 3)
    ranges = [np.arange(low, high + 1) for low, high in zip(least, most, strict=True)]
    values = [with_fixed(problem, whole, chosen) for chosen in product(*ranges)]
    return min(value for value in values if value is not None)


def with_fixed(problem, whole, chosen):
    """Least value with the whole numbers as chosen; None when nothing fits."""
    lower, upper = problem.lower.copy(), problem.upper.copy()
    lower[whole] = upper[whole] = chosen
    rows = problem.rows.toarray()
    most, least = np.isfinite(problem.row_upper), np.isfinite(problem.row_lower)
    found = linprog(
        problem.cost,
        A_ub=np.vstack([rows[most], -rows[least]]),
        b_ub=np.concatenate([problem.row_upper[most], -problem.row_lower[least]]),
        bounds=list(zip(lower, upper, strict=True)),
    )
    return found.fun if found.status == 0 else None


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case.name)
def test_answers_said_to_be_right_are_right(case):
    """Every choice of whole numbers is tried."""
    assert by_enumeration(case.programme) == pytest.approx(case.least)


def test_the_answer_of_the_long_case_is_reached():
    """The point that its reason describes obeys every row, and has the value that is said to be least."""
    ones = ["b2", "b24", "b30", "b61", "x63", "x64", "x65", "x31", "x34", "x37", "x39", "x53"]
    columns = sorted({f"{kind}{number}" for kind, number in columns_of()}, key=lambda name: int(name[1:]))
    x = np.isin(columns, ones).astype(float)
    problem = LISTED.programme
    used = problem.rows @ x
    assert (used >= problem.row_lower).all()
    assert (used <= problem.row_upper).all()
    assert problem.value(x) == LISTED.least


def columns_of():
    """Letters and numbers of the long case's unknowns: b when whole, x when not."""
    return [("b" if whole else "x", number) for number, whole in enumerate(LISTED.programme.integer)]


def test_nothing_less_is_possible_in_the_long_case():
    """Its linear relaxation, with each of its choices made in turn: only one leaves 2, the others more or nothing."""
    problem = LISTED.programme
    columns = ["".join(map(str, column)) for column in columns_of()]
    last = [name.split() for name in ("b2 b5 b8 b11 b14 b17", "b18 b22 b27 b30", "b19 b24 b28")]
    values = {}
    for chosen in product(*last):
        names = [name for group in last for name in group]
        which = np.array([columns.index(name) for name in names])
        values[chosen] = with_fixed(problem, which, np.isin(names, chosen))
    reached = {chosen: value for chosen, value in values.items() if value is not None}
    assert min(reached.values()) == pytest.approx(LISTED.least)
    assert [chosen for chosen, value in reached.items() if value < 3] == [("b2", "b30", "b24")]


def test_a_program_is_read_as_it_is_written():
    """Signs, coefficients, senses and bounds: least 2 x - y with x - 0.5 y >= -1, x + y <= 3, 4 x = 2."""
    read = programme("x y", "2 x - y", ("x - 0.5 y >= -1", "x + y <= 3", "4 x = 2"), whole="y", upper={"y": 9})
    assert read.cost.tolist() == [2.0, -1.0]
    assert read.rows.toarray().tolist() == [[1.0, -0.5], [1.0, 1.0], [4.0, 0.0]]
    assert read.row_lower.tolist() == [-1.0, -np.inf, 2.0]
    assert read.row_upper.tolist() == [np.inf, 3.0, 2.0]
    assert (read.lower.tolist(), read.upper.tolist()) == ([0.0, 0.0], [np.inf, 9.0])
    assert read.integer.tolist() == [False, True]


def test_the_solver_installed_is_right_on_all():
    """What `doctor` is for: this release may be used."""
    found = checkup()
    assert [each.case.name for each in found.verdicts if not each.right] == []
    assert found.well


def answering(monkeypatch, outcome):
    """Let the solver say this, whatever it is asked."""

    def told(problem, effort):
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(doctor, "run", told)


# Least 2 b + 99999 y with a + b = 10 and a <= 100 y: the order is a, b, y.
BUILD = CASES[0]
RIGHT = Solution(Ending.OPTIMAL, np.array([0.0, 10.0, 0.0]), 20.0, 20.0)


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        # As HiGHS 1.14.0 answers: a point that obeys every row, but is not the best.
        (Solution(Ending.OPTIMAL, np.array([10.0, 0.0, 1.0]), 99999.0, 99999.0), "99999"),
        (replace(RIGHT, x=np.array([1.0, 9.0, 0.0])), "20, at a point that breaks rows"),
        (replace(RIGHT, x=np.array([0.0, 11.0, 0.0])), "20, at a point that breaks rows"),
        (replace(RIGHT, x=np.array([10.0, 0.0, 0.1])), "20, at a point that breaks rows"),
        (replace(RIGHT, x=np.array([-1.0, 11.0, 0.0])), "20, at a point that breaks rows"),
        (Solution(Ending.INFEASIBLE, None, None, -np.inf), "no point obeys every row"),
        (Solution(Ending.TIME_LIMIT, RIGHT.x, 20.0, 0.0), "the time was up"),
        (FaultError("the solver broke down: kSolveError"), "the solver broke down: kSolveError"),
    ],
)
def test_wrong_answers_are_known(monkeypatch, outcome, told):
    """A worse value, a point that breaks a row, a bound or a whole number, no answer, or a breakdown."""
    answering(monkeypatch, outcome)
    found = verdict(BUILD)
    assert (found.right, found.told) == (False, told)


def test_a_hair_beside_the_least_value_is_right(monkeypatch):
    """Solvers keep rows to about a millionth."""
    answering(monkeypatch, replace(RIGHT, objective=20.0 + 1e-6))
    assert verdict(BUILD).right


def test_without_its_safeguards_the_solver_errs_on_the_long_case(monkeypatch):
    """Presolve's enumeration on, and no second run: HiGHS 1.16.0 calls it infeasible; the safeguards do not let it."""
    if highs.version() != "1.16.0":
        pytest.skip("told of HiGHS 1.16.0 alone")
    monkeypatch.setattr(options, "PRESOLVE_OFF", options.PRESOLVE_FOURIER_MOTZKIN)
    first = []
    honest = Session.solve

    def watched(self, **given):
        outcome = honest(self, **given)
        first.append(outcome.status)
        return outcome

    monkeypatch.setattr(Session, "solve", watched)
    assert verdict(LISTED).right
    assert first == [Ending.INFEASIBLE, Ending.OPTIMAL]


def test_nothing_is_better_than_all_at_0_where_rows_have_the_room_of_a_tolerance():
    """The point 0 obeys every row, exactly; the only cost is of a column that is 0 or more."""
    problem = ROOM_OF_A_TOLERANCE.programme
    zero = np.zeros(len(problem.cost))
    assert (problem.row_lower <= problem.rows @ zero).all() and (problem.rows @ zero <= problem.row_upper).all()
    assert (problem.cost >= 0.0).all() and (problem.lower == 0.0).all()
    assert problem.value(zero) == ROOM_OF_A_TOLERANCE.least


@pytest.mark.parametrize(("options", "presolve"), [({"mip_feasibility_tolerance": 1e-9}, True), ({}, False)])
def test_what_makes_the_solver_see_the_room_of_a_tolerance(options, presolve):
    """A tolerance far below the room; or no presolve, whose rules take the room away."""
    with Session(ROOM_OF_A_TOLERANCE.programme, Limits(threads=1, options=options), presolve=presolve) as session:
        found = session.solve()
    assert (found.status, found.objective) == (Ending.OPTIMAL, pytest.approx(ROOM_OF_A_TOLERANCE.least, abs=1e-9))


NEEDED = [
    "highspy<2,>=1.16",
    "numpy>=2.1",
    "nowhere-to-be-found",
    'never; python_version < "3"',
    'mypy>=2; extra == "x"',
]


SOURCE = """
[project]
dependencies = ["highspy<2,>=1.16", "numpy>=2.1", "nowhere-to-be-found", 'never; python_version < "3"']
[project.optional-dependencies]
x = ["mypy>=2"]
"""
"""The same in a source tree."""


@pytest.mark.parametrize("source", [None, SOURCE])
def test_what_is_missing_or_unfit_is_told(monkeypatch, tmp_path, source):
    """A release that is too old, a package that is not there, and an extra that is not complete.

    Where there is a source tree, what was noted at its installation is not asked: here nothing.
    """
    there = {"highspy": "1.14.0", "numpy": "2.4.6"}
    monkeypatch.setattr(doctor, "PROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(doctor, "requires", lambda package: [] if source else NEEDED)
    monkeypatch.setattr(doctor, "metadata", lambda package: FakeMetadata())
    if source:
        (tmp_path / "pyproject.toml").write_text(source, encoding="utf-8")
    monkeypatch.setattr(doctor, "version", lambda name: there[name] if name in there else missing())
    found = checkup(cases=())
    assert found.unfit == (
        "highspy 1.14.0; allowed: <2,>=1.16",
        "nowhere-to-be-found is not installed; allowed: any version",
    )
    assert found.missing == {"x": ("mypy",)}
    assert found.versions["highspy"] == "1.14.0"
    assert found.versions["nowhere-to-be-found"] == "-"
    assert "never" not in found.versions
    assert not found.well


class FakeMetadata:
    """Metadata of a package with one extra."""

    def get_all(self, name):
        return ["x"] if name == "Provides-Extra" else None


def missing():
    raise doctor.PackageNotFoundError


def test_the_machine_is_told():
    """Cores and memory are numbers that a machine can have."""
    machine = checkup(cases=()).machine
    assert machine.cores >= 1
    assert machine.memory is None or 0.1 < machine.memory < 1e5
