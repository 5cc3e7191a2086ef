"""Shortfall against SCIP: another solver agrees on what is impossible, and on what could not be left out."""

from collections.abc import Iterable
from functools import cache

import numpy as np
import pytest
from test_shortfall import CASES, found, whole_alone
from test_shortfall_micro import hemmed_in

from routeplan.instance.instance import Instance
from routeplan.model.matrices import Matrices
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits
from routeplan.why.limit import Kind
from routeplan.why.project import answer
from routeplan.why.relaxed import Relaxed, relaxed
from routeplan.why.shortfall import Shortfall, shortfall

pyscipopt = pytest.importorskip("pyscipopt", reason="SCIP is no part of the package")

LIMIT = "limit "
"""Begins the name of the row that holds a limit; its position follows."""


def scip(program: Relaxed, held: Iterable[int]) -> "pyscipopt.Model":
    """The program in which some limits hold and no others, given to SCIP row by row; each limit is a row of its own."""
    model = pyscipopt.Model()
    model.hideOutput()
    model.setParam("numerics/feastol", 1e-9)
    columns = columns_of(model, program.matrices)
    add_rows(model, program.matrices, columns)
    for limit in held:
        model.addCons(columns[program.first + limit] <= 0.0, f"{LIMIT}{limit}")
    return model


def columns_of(model: "pyscipopt.Model", matrices: Matrices) -> list["pyscipopt.Variable"]:
    columns = zip(matrices.lower, matrices.upper, matrices.integer, strict=True)
    return [model.addVar(vtype="I" if whole else "C", lb=end(low), ub=end(high)) for low, high, whole in columns]


def add_rows(model: "pyscipopt.Model", matrices: Matrices, columns: list["pyscipopt.Variable"]) -> None:
    rows = matrices.by_row
    for row, (low, high) in enumerate(zip(matrices.row_lower, matrices.row_upper, strict=True)):
        begin, after = rows.indptr[row], rows.indptr[row + 1]
        terms = zip(rows.data[begin:after].tolist(), rows.indices[begin:after].tolist(), strict=True)
        left = pyscipopt.quicksum(coefficient * columns[column] for coefficient, column in terms)
        if np.isfinite(low):
            model.addCons(left >= low, f"row {row} at least")
        if np.isfinite(high):
            model.addCons(left <= high, f"row {row} at most")


def end(bound: float) -> float | None:
    return float(bound) if np.isfinite(bound) else None


def has_point(program: Relaxed, held: Iterable[int]) -> bool:
    """Whether SCIP finds a point; it must prove that there is none, or find one."""
    model = scip(program, held)
    model.optimize()
    assert model.getStatus() in ("optimal", "infeasible")
    return bool(model.getStatus() == "optimal")


def positions(program: Relaxed, told: Shortfall) -> tuple[set[int], set[int]]:
    """Where the limits in conflict stand in the program, and those that hold beyond question."""
    group = {program.limits.index(limit) for limit in told.conflict}
    routes = {at for at, limit in enumerate(program.limits) if limit.kind is Kind.ROUTE}
    return group, set() if group & routes else routes


def the_group_is_minimal_for_scip(program: Relaxed, told: Shortfall) -> None:
    """With the group alone there is no point, and without any limit of it there is one."""
    group, certain = positions(program, told)
    assert group
    assert not has_point(program, group | certain)
    for limit in group:
        assert has_point(program, group - {limit} | certain), program.limits[limit]


def limits_of_its_own(program: Relaxed) -> list[int]:
    """The limits in the irreducible infeasible subsystem that SCIP finds, of rows of any kind."""
    model = scip(program, range(len(program.limits)))
    model.optimize()
    subsystem = model.generateIIS()
    assert subsystem.isSubscipInfeasible()
    assert subsystem.isSubscipIrreducible()
    rows = [row.name for row in subsystem.getSubscip().getConss()]
    return [int(name.removeprefix(LIMIT)) for name in rows if name.startswith(LIMIT)]


def scip_has_limits_that_cannot_hold_together(program: Relaxed) -> None:
    """Held alone, they are impossible for HiGHS too."""
    limits = np.array(limits_of_its_own(program), dtype=np.int64)
    assert len(limits)
    assert answer(run(program.holding(limits), Limits(threads=1))) is False


@cache
def program_of(name: str) -> Relaxed:
    return relaxed(CASES[name].instance())


@pytest.mark.parametrize("name", CASES)
@pytest.mark.some(1)
def test_what_has_no_plan_has_none_for_scip_and_the_group_is_minimal(name: str) -> None:
    """With all limits held there is no point, nor with those of the group; with one of these left out there is."""
    program = program_of(name)
    assert not has_point(program, range(len(program.limits)))
    the_group_is_minimal_for_scip(program, found(name))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.some(3)
def test_the_limits_of_scips_own_subsystem_are_impossible_for_highs(name: str) -> None:
    """Those alone, beside the rows that are no limits."""
    scip_has_limits_that_cannot_hold_together(program_of(name))


@pytest.mark.nightly
def test_scip_and_highs_agree_where_only_whole_decisions_are_in_the_way() -> None:
    """The linear relaxation has a point for SCIP too, so it is not by linear duals that its subsystem is found."""
    program, told = relaxed(whole_alone()), shortfall(whole_alone(), threads=1)
    everything = range(len(program.limits))
    fractional = Relaxed(program.matrices.relaxed(), program.limits, program.share)
    assert has_point(fractional, everything)
    assert not has_point(program, everything)
    the_group_is_minimal_for_scip(program, told)
    scip_has_limits_that_cannot_hold_together(program)


def agrees_on(instance: Instance) -> bool:
    """Whether an instance has no plan, for SCIP and for shortfall; then the groups are tried too."""
    program, told = relaxed(instance), shortfall(instance, threads=1)
    assert told.possible is has_point(program, range(len(program.limits)))
    if told.possible:
        return False
    assert told.minimal
    the_group_is_minimal_for_scip(program, told)
    scip_has_limits_that_cannot_hold_together(program)
    return True


@pytest.mark.nightly
@pytest.mark.parametrize("seeds", [range(at, at + 10) for at in range(100, 160, 10)], ids=str)
def test_scip_and_shortfall_agree_on_random_instances(seeds: range) -> None:
    """On those with a plan, and on those without, of which there are some."""
    instances = [instance for seed in seeds if (instance := hemmed_in(seed)) is not None]
    assert any([agrees_on(instance) for instance in instances])
