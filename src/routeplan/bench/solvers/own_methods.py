"""The methods of `routeplan.solve` behind the contract, beside the solvers that they are compared with."""

import os
import threading
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from routeplan.bench.families.manifest_file import read_manifest
from routeplan.bench.families.sites import point_made_of
from routeplan.bench.plans import plan_model
from routeplan.bench.solvers.contract import Answer, Budget
from routeplan.bench.solvers.highs import Highs
from routeplan.bench.solvers.outcome import Claim, Outcome
from routeplan.bench.solvers.trajectory import Trajectory, finite
from routeplan.bench.solvers.watch import memory_of, refuse_missing, watched
from routeplan.model.program import Program
from routeplan.solver.options import PRESOLVE_OFF, checked_options
from routeplan.solver.solution import Ending, Limits, Option, Stop
from routeplan.solving.exact import exact
from routeplan.solving.large import large
from routeplan.solving.methods import Incumbent, Method, Task
from routeplan.solving.progress import Progress, ProgressLog
from routeplan.version import __version__

CLAIMS = {Ending.OPTIMAL: Claim.COMPLETE, Ending.INFEASIBLE: Claim.INFEASIBLE}
"""What the endings of a method mean; any other is a limit."""


class OwnMethod:
    """A method of ours, on programmes of plans; any other programme goes to HiGHS with what routeplan sets.

    Parameters
    ----------
    name : str
        Its name among solvers.
    method : Method
        The method.
    """

    publishable = True
    package = "routeplan"

    def __init__(self, name: str, method: Method) -> None:
        self.name, self._method = name, method

    def version(self) -> str:
        """Version of routeplan, and of the HiGHS that it uses."""
        return f"{__version__}+highs.{Highs().version()}"

    def check_options(self, options: Mapping[str, Option]) -> dict[str, Option]:
        """Options by HiGHS' names, checked by HiGHS."""
        return checked_options(options)

    def prepare(self, mps: Path) -> None:
        """Build the model that the file is of: the method starts from it, as others start from the file."""
        _program(mps)

    def solve(self, mps: Path, budget: Budget, options: Mapping[str, Option], stop: Stop) -> Answer:
        """Solve the programme of an MPS file that has its manifest beside it."""
        refuse_missing(mps)
        checked = self.check_options(options)
        program = _program(mps)
        if program is None:
            return Highs().solve(mps, budget, {"presolve_rule_off": PRESOLVE_OFF, **checked}, stop)
        trajectory = Trajectory()
        return watched(_OwnRun(self._method, program, budget, checked, trajectory), trajectory, budget, stop)


@lru_cache(maxsize=1)
def _program(mps: Path) -> Program | None:
    """The programme of a plan whose MPS file this is; none where its family makes no plans.

    Raises
    ------
    DataError
        When the file is of another model than the one that its manifest leads to, or what it was made of is gone.
    """
    file = mps.with_name(mps.name.removesuffix(".gz").removesuffix(".mps") + ".json")
    model = plan_model(read_manifest(file)) if file.is_file() else None
    return None if model is None else model.program


class ExactMethod(OwnMethod):
    """The method of small instances."""

    def __init__(self) -> None:
        super().__init__("routeplan", exact)


class LargeMethod(OwnMethod):
    """The method of large instances."""

    def __init__(self) -> None:
        super().__init__("routeplan-large", large)


class _OwnRun:
    """A run of a method of ours."""

    def __init__(
        self, method: Method, program: Program, budget: Budget, options: Mapping[str, Option], known: Trajectory
    ) -> None:
        self._method = method
        self._program, self._budget, self._options, self._trajectory = program, budget, options, known
        self._interrupted = threading.Event()

    def interrupt(self) -> None:
        """Ask the method to end."""
        self._interrupted.set()

    def memory(self) -> float | None:
        """Memory of this process."""
        return memory_of(os.getpid())

    def solve(self) -> Outcome:
        """Search for the best plan."""
        budget = self._budget
        deadline = time.monotonic() + budget.seconds - self._trajectory.elapsed
        limits = Limits(
            budget.gap, deadline, budget.threads, budget.seed, None, self._options, self._interrupted.is_set
        )
        task = Task(limits, ProgressLog(self._learn))
        return _outcome(self._program, self._method(self._program, task))

    def _learn(self, progress: Progress) -> None:
        self._trajectory.proved(progress.bound)
        self._trajectory.found(progress.objective)


def _outcome(program: Program, found: Incumbent) -> Outcome:
    claim = CLAIMS.get(found.ended, Claim.LIMIT)
    return Outcome(
        claim=claim if found.x is not None or claim is not Claim.COMPLETE else Claim.LIMIT,
        raw=found.ended.value,
        x=None if found.x is None else point_made_of(program, found.x),
        objective=None if found.x is None else program.asked.value(found.x),
        bound=finite(found.bound),
        root_bound=found.root_bound,
    )
