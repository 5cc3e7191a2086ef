"""A family of benchmark instances: the contract of each, its sizes, and what it makes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

import numpy as np
from scipy import sparse

from routeplan.bench.mps import without_offset
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray
from routeplan.instance.rules.words import did_you_mean, none_called
from routeplan.model.matrices import Matrices

MOST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Size:
    """A size of a family.

    Parameters
    ----------
    name : str
        Such as ``XS``.
    number : int
        What it means.
    unit : str
        What is counted, such as ``nodes``.
    """

    name: str
    number: int
    unit: str


Start = Callable[[], FloatArray | None]
"""Makes a feasible point, shape (C,), for solvers to begin from; None where there is none. It may take seconds."""


@dataclass(frozen=True)
class Made:
    """An instance of a family.

    Parameters
    ----------
    matrices : Matrices
        The program, always minimised, with offset 0.
    optimum : float, optional
        The least objective, where it is known by construction or published.
    reason : str
        Why no point obeys every row; empty where one does, or where it is not known.
    start : callable, optional
        Makes a feasible point to begin from, in the order of the columns, once it is asked for; None where the family
        knows of none.
    """

    matrices: Matrices
    optimum: float | None = None
    reason: str = ""
    start: Start | None = None


class Family(Protocol):
    """A family of instances, the same for the same size and seed on every machine."""

    @property
    def name(self) -> str:
        """Name, under which it is known."""
        ...

    @property
    def about(self) -> str:
        """One sentence: what it probes."""
        ...

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The sizes, the smallest first."""
        ...

    def make(self, size: str, seed: int) -> Made:
        """Make an instance.

        Parameters
        ----------
        size : str
            Name of one of the sizes.
        seed : int
            Seed of what is drawn, 0 or more.

        Raises
        ------
        UsageError
            When there is no such size, or no such seed.
        """
        ...


@runtime_checkable
class Formulated(Protocol):
    """A family that can write the same instance in several formulations, all of the same optimum."""

    @property
    def formulations(self) -> tuple[str, ...]:
        """Names of the formulations."""
        ...

    def make_as(self, formulation: str, size: str, seed: int) -> Made:
        """Make an instance in a formulation.

        Parameters
        ----------
        formulation : str
            One of `formulations`.
        size, seed : str and int
            As of `Family.make`.

        Raises
        ------
        UsageError
            When there is no such formulation, size or seed.
        """
        ...


def refuse_unknown_formulation(formulation: str, known: tuple[str, ...]) -> None:
    """Refuse a formulation that is not among those known.

    Raises
    ------
    UsageError
        When it is not; those that there are are listed.
    """
    if formulation not in known:
        raise UsageError(none_called("formulation", [formulation], known, f"allowed: {', '.join(known)}"))


def ladder(unit: str, *numbers: int) -> tuple[Size, ...]:
    """Sizes XS, S, M, L and XL, of these numbers."""
    return tuple(Size(name, number, unit) for name, number in zip(("XS", "S", "M", "L", "XL"), numbers, strict=True))


def number_of(family: Family, size: str, seed: int) -> int:
    """Look up the number that a size of a family means.

    Raises
    ------
    UsageError
        When the family has no such size, or the seed is no whole number of 0 or more; both lines at once.
    """
    known = {each.name: each.number for each in family.sizes}
    wrong = []
    if size not in known:
        told = f"{', '.join(known)} ({', '.join(map(str, known.values()))} {family.sizes[0].unit})"
        wrong.append(f"size of {family.name} is {size!r}{did_you_mean(size, known)}; allowed: {told}")
    if not isinstance(seed, int | np.integer) or isinstance(seed, bool) or not 0 <= seed <= MOST_SEED:
        wrong.append(f"seed of {family.name} is {seed!r}; allowed: a whole number, 0 to {MOST_SEED}")
    if wrong:
        raise UsageError("\n".join(wrong))
    return known[size]


def canonical(matrices: Matrices) -> Matrices:
    """The same program without constant, and with its coefficients in one order and no zeros stored among them."""
    rows = sparse.csc_array(matrices.rows, copy=True)
    rows.sum_duplicates()
    rows.eliminate_zeros()
    rows.sort_indices()
    return without_offset(replace(matrices, rows=rows))
