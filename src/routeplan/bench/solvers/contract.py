"""The contract of a solver: what it is given, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Protocol, runtime_checkable

from routeplan.bench.trajectory import Event
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray
from routeplan.solver.solution import Option, Stop

LARGEST_SEED = 2**31 - 2
"""The seeds of solvers are whole numbers of 32 bits, of which CBC's begin at 1."""


@dataclass(frozen=True)
class Budget:
    """What a solver may use, and how close it must come.

    Parameters
    ----------
    seconds : float
        Time on the clock, reading the file included [s].
    memory : float
        Memory of the process that solves, what it holds before it begins included [MB of 1e6 bytes]. It is watched,
        and given to the solvers that have a limit of their own.
    gap : float
        Gap at which the search may end, relative to max(1, abs(objective)).
    threads : int
        Threads that the solver may use; a solver that knows of one alone uses one.
    seed : int
        Random seed; a solver without any takes no notice.

    Raises
    ------
    UsageError
        When a value makes no sense.
    """

    seconds: float
    memory: float = 8000.0
    gap: float = 0.0
    threads: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        limits = {"seconds": self.seconds, "memory": self.memory}
        wrong = [
            f"{name} is {value!r}; allowed: a number above 0"
            for name, value in limits.items()
            if not (isfinite(value) and value > 0)
        ]
        if not 0 <= self.gap < 1:
            wrong.append(f"gap is {self.gap!r}; allowed: from 0 to below 1")
        if self.threads < 1:
            wrong.append(f"threads is {self.threads!r}; allowed: 1 or more")
        if not 0 <= self.seed <= LARGEST_SEED:
            wrong.append(f"seed is {self.seed!r}; allowed: 0 to {LARGEST_SEED}")
        if wrong:
            raise UsageError("; ".join(wrong))


class Status(StrEnum):
    """What an answer amounts to, by the solver's account."""

    OPTIMAL = "optimal"
    """A point, and a bound within the gap."""
    FEASIBLE = "feasible"
    """A point; a limit came before the bound was close enough."""
    NO_PLAN = "no_plan"
    """A limit came before there was a point."""
    INFEASIBLE = "infeasible"
    """No point obeys every row."""
    UNBOUNDED = "unbounded"
    """Points get better without end."""
    FAILED = "failed"
    """The solver broke down, or contradicts itself."""


@dataclass(frozen=True)
class Answer:
    """What a solver says of a programme. Nothing of it is checked.

    Parameters
    ----------
    status : Status
        Derived from what is at hand: without a point nothing is optimal, and without a bound within the gap neither.
    x : FloatArray, shape (C,), optional
        Best point, in the order of the file's columns.
    objective : float, optional
        Its objective, as the solver claims.
    bound : float, optional
        Bound of the least objective, as the solver claims.
    nodes, iterations : int, optional
        Nodes of the search tree, and iterations of the linear solver; none where the solver does not tell.
    seconds : float
        Time on the clock from the call to the answer [s].
    events : tuple of Event
        Trajectory of point and bound; the last says what the answer does.
    raw : str
        How the solver words its status, and why it was cut short where it was.
    root_bound : float, optional
        Bound at the end of the root node, or of the search where it ends there; none where the solver does not tell.
    """

    status: Status
    x: FloatArray | None
    objective: float | None
    bound: float | None
    nodes: int | None
    iterations: int | None
    seconds: float
    events: tuple[Event, ...]
    raw: str
    root_bound: float | None = None


@runtime_checkable
class Solver(Protocol):
    """A solver of MPS files.

    Attributes
    ----------
    name : str
        The name by which it is asked for.
    publishable : bool
        Whether its licence lets results be published.
    package : str
        The distribution that must be installed for it.
    """

    @property
    def name(self) -> str:
        """The name by which it is asked for."""

    @property
    def publishable(self) -> bool:
        """Whether its licence lets results be published."""

    @property
    def package(self) -> str:
        """The distribution that must be installed for it."""

    def version(self) -> str:
        """Version of the solver itself.

        Raises
        ------
        MissingPackage
            When its package is not installed.
        """

    def check_options(self, options: Mapping[str, Option]) -> dict[str, Option]:
        """Options in the solver's own names, each with a value of the solver's type.

        Raises
        ------
        UsageError
            With every option that the solver does not know or take, or that the budget is for.
        MissingPackage
            When its package is not installed.
        """

    def solve(self, mps: Path, budget: Budget, options: Mapping[str, Option], stop: Stop) -> Answer:
        """Solve the programme of an MPS file, which is minimised.

        Parameters
        ----------
        mps : Path
            The file, which may be compressed (``.mps.gz``).
        budget : Budget
            Limits, gap, threads and seed.
        options : mapping of str to bool, int, float or str
            Options that `check_options` lets pass; they win over the solver's defaults.
        stop : callable
            Asked often whether to end now, with what there is.

        Returns
        -------
        Answer
            In time: two seconds at most after the time is up or an end is asked for.

        Raises
        ------
        UsageError
            When there is no such file, or an option is refused.
        MissingPackage
            When its package is not installed.
        """


@runtime_checkable
class Prepares(Protocol):
    """A solver that needs more of an instance than the file says, which it makes before its time counts."""

    def prepare(self, mps: Path) -> None:
        """Make what is needed to solve the programme of a file.

        Raises
        ------
        DataError
            When what is made is not of the file.
        """


@runtime_checkable
class TakesStart(Protocol):
    """A solver that can begin from a point; one without this method says that it cannot."""

    def solve_from(
        self, mps: Path, budget: Budget, options: Mapping[str, Option], stop: Stop, start: FloatArray
    ) -> Answer:
        """Solve the programme of an MPS file, beginning from a point.

        Parameters
        ----------
        mps, budget, options, stop
            As of `Solver.solve`.
        start : FloatArray, shape (C,)
            A point, in the order of the file's columns. It should obey every row; one that does not does no harm.

        Returns
        -------
        Answer
            As of `Solver.solve`, and no worse than a start that obeys every row.

        Raises
        ------
        UsageError, MissingPackage
            As of `Solver.solve`.
        """
