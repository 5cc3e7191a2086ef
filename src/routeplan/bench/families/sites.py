"""Families of synthetic sites, from routeplan's own generator through its own model."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, runtime_checkable

import numpy as np
from scipy import sparse

from routeplan.bench.families.family import Made, Size, canonical, ladder, number_of, refuse_unknown_formulation
from routeplan.generate.generate import generate
from routeplan.generate.knobs import Knobs
from routeplan.instance.horizon import FloatArray
from routeplan.instance.instance import Instance
from routeplan.model.compile import program_of
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.solver.solution import Limits
from routeplan.solving.baseline import baseline
from routeplan.solving.methods import Task
from routeplan.solving.progress import ProgressLog

SITES = ladder("sites", 6, 24, 100, 330, 1000)

LEAST_COEFFICIENT = 1e-3

STAYING = 10.0
"""Time for finding the best point at which everything stays [s]."""


@dataclass(frozen=True)
class SiteFamily:
    """Synthetic sites under one set of knobs; of the same size and seed, all such families have the same sites.

    Parameters
    ----------
    name, about : str
        Name, and what it probes.
    knobs : Knobs
        What makes the instances hard.
    sizes : tuple of Size
        Sizes.
    """

    name: str
    about: str
    knobs: Knobs
    sizes: tuple[Size, ...] = SITES

    def instance(self, size: str, seed: int) -> Instance:
        """Generate the instance of which `make` makes the program.

        Raises
        ------
        UsageError
            When there is no such size, or no such seed.
        """
        return generate(number_of(self, size, seed), seed, knobs=self.knobs).instance

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`."""
        return made_of(self.program(size, seed))

    @property
    def formulations(self) -> tuple[str, ...]:
        """Names of the formulations of plans."""
        return tuple(FORMULATIONS)

    def make_as(self, formulation: str, size: str, seed: int) -> Made:
        """Make an instance in a formulation; see `Formulated.make_as`."""
        return made_as(formulation, lambda: self.program(size, seed))

    def program(self, size: str, seed: int) -> Program:
        """Compile the program, with its labels; see `PlanFamily.program`."""
        return program_of(self.instance(size, seed))


@runtime_checkable
class PlanFamily(Protocol):
    """A family of plans, whose programs have labels that a planning method needs."""

    def instance(self, size: str, seed: int) -> Instance:
        """Make the tables of which `program` makes the program; raises as it does."""
        ...

    def program(self, size: str, seed: int) -> Program:
        """Compile the program of an instance, of which `Family.make` makes the matrices.

        Raises
        ------
        UsageError
            When there is no such size, or no such seed.
        DataError
            When the instance breaks rules.
        """
        ...


def made_of(program: Program) -> Made:
    """Make an instance of a program, under the objective that it asks for."""
    matrices = program.asked if program.strengthened else without_free_rows(program.asked)
    reason, start = "; ".join(program.broken), partial(staying, program)
    return Made(canonical(with_larger_rows(matrices)), reason=reason, start=start)


def _as_solved(program: Program) -> Program:
    return program


FORMULATIONS: Mapping[str, Callable[[Program], Program]] = {
    "strengthened": _as_solved,
    "plain": Program.unstrengthened,
}
"""Formulations of plans, by name: as routeplan solves them, and without the rows that only strengthen the relaxation.

Both have the same columns.
"""


def made_as(formulation: str, program: Callable[[], Program]) -> Made:
    """Make an instance of a program in a formulation; raises `UsageError` when there is none of this name."""
    refuse_unknown_formulation(formulation, tuple(FORMULATIONS))
    return made_of(FORMULATIONS[formulation](program()))


def staying(program: Program) -> FloatArray | None:
    """Make the point at which every process stays on its option, with the best of all else that is found in a moment.

    Parameters
    ----------
    program : Program
        The program.

    Returns
    -------
    FloatArray, shape (C,), or None
        A point of the instance that `made_of` makes; None where some process may not stay.
    """
    if program.broken:
        return None
    matrices = program.asked
    limits = Limits(deadline=time.monotonic() + STAYING, threads=1)
    found = baseline(program, matrices, Task(limits, ProgressLog()))
    if found.x is None:
        return None
    return point_made_of(program, np.where(matrices.integer, np.round(found.x), found.x))


def point_made_of(program: Program, x: FloatArray) -> FloatArray:
    """Extend a point of a program, shape (C,), to one of the instance: a constant is a column there, fixed at 1."""
    return x if program.asked.offset == 0.0 else np.append(x, 1.0)


def without_free_rows(matrices: Matrices) -> Matrices:
    """The same program without the rows that have no bound, which a file does not have either."""
    bounded = np.isfinite(matrices.row_lower) | np.isfinite(matrices.row_upper)
    lower, upper = matrices.row_lower[bounded], matrices.row_upper[bounded]
    rows = sparse.csc_array(matrices.by_row[bounded])
    return replace(matrices, rows=rows, row_lower=lower, row_upper=upper, row_names=())


def with_larger_rows(matrices: Matrices) -> Matrices:
    """The same program with rows of tiny coefficients multiplied by a power of 2, which rounds nothing.

    The money of a few options differs by next to nothing from that of staying, which leaves coefficients that a solver
    could take for rounding. Each row is multiplied until its least one is `LEAST_COEFFICIENT` or more.
    """
    sizes = abs(matrices.by_row)
    least = np.full(sizes.shape[0], np.inf)
    np.minimum.at(least, sizes.nonzero()[0], sizes.data[sizes.data > 0.0])
    power = np.frexp(LEAST_COEFFICIENT / least)[1]
    factor = np.ldexp(1.0, np.where(least < LEAST_COEFFICIENT, power, 0))
    scaled = replace(matrices, rows=sparse.csc_array(sparse.diags_array(factor) @ matrices.rows))
    return scaled.with_numbers(row_lower=matrices.row_lower * factor, row_upper=matrices.row_upper * factor)


MANY_SITES = SiteFamily("sites", "Many sites that share few limits: nearly separable, as the country is.", Knobs())
TIGHT_BUDGETS = SiteFamily(
    "budgets", "The same sites under tight budgets of public money: who gets it is a knapsack.", Knobs(budget=0.2)
)
HARD_COUNTRY = SiteFamily(
    "hard-country",
    "The same sites with little room on the grid, cheap hydrogen, a strict cap and many links to choose from.",
    Knobs(headroom=0.4, hydrogen_price=0.55, storage_price=0.6, emission_cap=0.12, candidate_links=4),
)
