"""The plan checker of routeplan on points of solvers, where an instance is of a plan."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from routeplan.bench.check import STRICT, checked
from routeplan.bench.families.manifest import Manifest
from routeplan.bench.families.sites import FORMULATIONS, PlanFamily, made_of
from routeplan.bench.mps import sha256_of
from routeplan.bench.origins import origin_of
from routeplan.checker.check import verify
from routeplan.errors import DataError, FaultError, Problem, UsageError
from routeplan.instance.horizon import FloatArray
from routeplan.instance.instance import Instance
from routeplan.model.compile import program_of
from routeplan.model.program import Program
from routeplan.result.plan import PlannedValues, plan_tables
from routeplan.result.result import Record, Result, Status
from routeplan.solver.solution import Limits
from routeplan.solving.polish import polished
from routeplan.solving.progress import ProgressLog

OF_THE_PROOF = ("bound", "gap")
"""What the plan checker says of a proof, which is judged elsewhere."""

OnUnread = Callable[[str, str], None]
"""Told of an instance whose plans the plan checker cannot read, and why."""


@dataclass(frozen=True, eq=False)
class PlanModel:
    """An instance of routeplan, and the program that was made of it.

    Parameters
    ----------
    instance : Instance
        Its tables.
    program : Program
        Its program.
    """

    instance: Instance
    program: Program

    def decisions(self, x: FloatArray) -> FloatArray:
        """The point of the program, shape (C,), that a point of a file is, with whole numbers for integer columns.

        Parameters
        ----------
        x : FloatArray, shape (C,) or (C + 1,)
            A point of the instance's file, in any formulation: a constant of the objective is a last column there.
        """
        point = x[: self.program.matrices.rows.shape[1]]
        return np.where(self.program.matrices.integer, np.round(point), point)

    def why_refused(self, decisions: FloatArray) -> str:
        """Why the plan checker refuses the plan of a point; empty where it does not.

        The point of a solver is no tidy plan: what costs nothing may be larger than it needs to be. And the plan
        checker keeps to tolerances of its own, narrower than those by which points of solvers are judged: it would
        refuse some of them for rounding alone. So the decisions of a point are held against it, which are its whole
        numbers, and all other amounts are found anew by linear programmes (`solving.polish`, as for the plans of
        `solve`):

        - If no such point obeys every row by `bench.check.STRICT`, the decisions are within the rows by tolerances
          alone. Whatever the plan checker would say is of rounding, and does not count.
        - Otherwise the plan checker reads the plan. If it refuses it, it contradicts the model about decisions that
          obey every row, and its first sentence is the reason.

        Parameters
        ----------
        decisions : FloatArray, shape (C,)
            A point with whole numbers for its integer columns; see `decisions`.
        """
        try:
            values = polished(self.program, decisions, Limits(threads=1))
        except FaultError:  # the linear programme has no point, which HiGHS does not always say in so many words
            return ""
        if not checked(self.program.matrices, self.program.point(values)).given.within(STRICT):
            return ""
        return self._refusal(values)

    def _refusal(self, values: dict[str, FloatArray]) -> str:
        """The first sentence of the plan checker against a plan, and how many more there are."""
        plan = PlannedValues(self.instance, self.program, values)
        objective = plan.cost if self.program.objective == "cost" else plan.emission_years
        tables = plan_tables(plan) | {"progress": ProgressLog().table()}
        result = Result(self.instance, Status.OPTIMAL, Record("bench"), objective, objective, plan.cost, None, tables)
        found = [str(each) for each in verify(self.instance, result) if each.family not in OF_THE_PROOF]
        return "" if not found else found[0] if len(found) == 1 else f"{found[0]} (and {len(found) - 1:,} more)"


def plan_model(manifest: Manifest) -> PlanModel | None:
    """Make the model of an instance anew, in its formulation; None where it is of no plan.

    Raises
    ------
    UsageError, DataError
        When what the instance was made of is gone, or this version of routeplan makes another program of it.
    """
    origin = origin_of(manifest)
    if origin is None or not isinstance(family := origin.opened(), PlanFamily):
        return None
    instance = family.instance(manifest.size, manifest.seed)
    program = program_of(instance)
    if manifest.formulation:
        program = FORMULATIONS[manifest.formulation](program)
    if sha256_of(made_of(program).matrices) != manifest.sha256:
        text = "is of another model than this version of routeplan makes; allowed: instances made by this version"
        raise DataError([Problem(manifest.id, 0, text)])
    return PlanModel(instance, program)


class PlanReader:
    """Reads the plans of points of one instance, whose model is made once, when the first is to be read.

    Parameters
    ----------
    manifest : Manifest
        The instance.
    on_unread : callable, optional
        Told where plans cannot be read.
    """

    def __init__(self, manifest: Manifest, on_unread: OnUnread | None = None) -> None:
        self._manifest, self._on_unread = manifest, on_unread
        self._known: dict[bytes, str] = {}

    def why_refused(self, x: FloatArray) -> str:
        """Why the plan checker refuses the plan of a point; empty where it does not, or there is no plan to read.

        Runs often end with the same decisions, whose plan is read once.
        """
        if self._model is None:
            return ""
        decisions = self._model.decisions(x)
        name = decisions[self._model.program.matrices.integer].tobytes()
        if name not in self._known:
            self._known[name] = self._model.why_refused(decisions)
        return self._known[name]

    @cached_property
    def _model(self) -> PlanModel | None:
        try:
            return plan_model(self._manifest)
        except (UsageError, DataError) as error:
            if self._on_unread is not None:
                self._on_unread(self._manifest.id, _reason(error))
            return None


def _reason(error: UsageError | DataError) -> str:
    return "; ".join(map(str, error.problems)) if isinstance(error, DataError) else str(error)
