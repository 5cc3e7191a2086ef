"""SCIP behind the contract, by PySCIPOpt."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np

from routeplan.bench.solvers.on_files import FileRun, Given, StartingSolver
from routeplan.bench.solvers.option_values import refuse_wrong, wrong_name, wrong_type
from routeplan.bench.solvers.outcome import Claim, Outcome, decided
from routeplan.bench.solvers.packages import imported
from routeplan.bench.solvers.trajectory import Trajectory, finite
from routeplan.instance.horizon import FloatArray
from routeplan.solver.solution import Option

PACKAGE = "pyscipopt"

BUDGETED = {
    "limits/time": "seconds",
    "limits/memory": "memory",
    "limits/gap": "gap",
    "limits/absgap": "gap",
    "randomization/randomseedshift": "seed",
    "parallel/maxnthreads": "threads",
    "parallel/minnthreads": "threads",
    "lp/threads": "threads",
}
"""Parameters that the budget is for."""

CLAIMS = {
    "optimal": Claim.COMPLETE,
    "gaplimit": Claim.COMPLETE,
    "infeasible": Claim.INFEASIBLE,
    "unbounded": Claim.UNBOUNDED,
    "inforunbd": Claim.UNDECIDED,
    "unknown": Claim.FAILED,
}
"""What the endings of SCIP mean; any other is a limit."""


class Scip(StartingSolver):
    """SCIP, which solves with one thread."""

    name = "scip"
    publishable = True
    package = PACKAGE

    def version(self) -> str:
        """Version of SCIP: major, minor and patch."""
        model = imported(PACKAGE).Model()
        return f"{model.getMajorVersion()}.{model.getMinorVersion()}.{model.getTechVersion()}"

    def check_options(self, options: Mapping[str, Option]) -> dict[str, Option]:
        """Parameters by SCIP's names, checked by SCIP."""
        model = imported(PACKAGE).Model()
        known = model.getParams()
        refuse_wrong(_wrong(model, known, name, value) for name, value in options.items())
        return {name: type(known[name])(value) for name, value in options.items()}

    def run_of(self, given: Given) -> "_ScipRun":
        """A run of SCIP."""
        return _ScipRun(given)


def _wrong(model: Any, known: Mapping[str, Any], name: str, value: Option) -> str:
    """Problem of one parameter; empty where there is none."""
    if text := wrong_name("SCIP", name, known, BUDGETED) or wrong_type(name, value, type(known[name])):
        return text
    try:
        model.setParam(name, type(known[name])(value))
    except Exception:  # PySCIPOpt raises what SCIP returns as one of many kinds
        return f"solver option '{name}' is {value!r}, which SCIP does not take"
    return ""


class _ScipRun(FileRun):
    """A run of SCIP."""

    def __init__(self, given: Given) -> None:
        super().__init__(given)
        self._pyscipopt = imported(PACKAGE)
        self._model = self._pyscipopt.Model()

    def interrupt(self) -> None:
        """Ask SCIP to end; it refuses while there is nothing to interrupt yet."""
        with suppress(Exception):
            self._model.interruptSolve()

    def solve(self) -> Outcome:
        """Read the file and solve it, once more without costs when SCIP cannot tell infeasible from unbounded."""
        self._read(self._model)
        listener = _listener(self._pyscipopt, self._trajectory)
        self._model.includeEventhdlr(listener, "trajectory", "keeps points and bounds")
        if self._start is not None:
            _begin_from(self._model, self._start)
        self._run(self._model)
        outcome = _outcome(self._model)
        return self._decided(outcome) if outcome.claim is Claim.UNDECIDED else outcome

    def _read(self, model: Any) -> None:
        model.hideOutput()
        model.setParams(self._chosen())
        model.readProblem(str(self._mps))

    def _run(self, model: Any) -> None:
        model.setParam("limits/time", max(0.0, self._budget.seconds - self._trajectory.elapsed))
        model.optimizeNogil()

    def _chosen(self) -> dict[str, Option]:
        """Parameters of the run but its time; both gaps, so that they count relative to max(1, abs(objective))."""
        return {
            "limits/memory": self._budget.memory,
            "limits/gap": self._budget.gap,
            "limits/absgap": self._budget.gap,
            "randomization/randomseedshift": self._budget.seed,
        } | dict(self._options)

    def _decided(self, undecided: Outcome) -> Outcome:
        """Whether there is any point: then it is the objective that has no end."""
        # A model of its own, whose points and bounds are none of the programme's.
        model = self._model = self._pyscipopt.Model()
        self._read(model)
        model.setObjective(0.0)
        self._run(model)
        return decided(_outcome(model).claim, undecided.raw)


def _listener(pyscipopt: Any, trajectory: Trajectory) -> Any:
    """An event handler that tells a trajectory of better points and bounds."""
    told = pyscipopt.SCIP_EVENTTYPE.BESTSOLFOUND, pyscipopt.SCIP_EVENTTYPE.DUALBOUNDIMPROVED

    def begin(handler: Any) -> None:
        for kind in told:
            handler.model.catchEvent(kind, handler)

    def learn(handler: Any, event: Any) -> None:
        trajectory.proved(handler.model.getDualbound())
        trajectory.found(handler.model.getPrimalbound())

    # The class to inherit from is known only once the package is imported.
    return type("Listener", (pyscipopt.Eventhdlr,), {"eventinit": begin, "eventexec": learn})()


def _outcome(model: Any) -> Outcome:
    raw = str(model.getStatus())
    claim = CLAIMS.get(raw, Claim.LIMIT)
    pointed = claim in (Claim.COMPLETE, Claim.LIMIT) and model.getNSols() > 0
    bound = finite(model.getDualbound()) if claim is not Claim.INFEASIBLE else None
    nodes = int(model.getNTotalNodes())
    return Outcome(
        claim=claim,
        raw=raw,
        x=_point(model) if pointed else None,
        objective=float(model.getObjVal()) if pointed else None,
        bound=bound,
        nodes=nodes,
        iterations=int(model.getNLPIterations()),
        root_bound=bound if nodes <= 1 else finite(model.getDualboundRoot()),
    )


def _point(model: Any) -> FloatArray:
    """Best point, in the order of the file."""
    best = model.getBestSol()
    return np.array([model.getSolVal(best, column) for column in _columns(model)], dtype=float)


def _begin_from(model: Any, start: FloatArray) -> None:
    """Hand SCIP a point, which it keeps if it obeys every row."""
    point = model.createSol()
    for column, value in zip(_columns(model), start.tolist(), strict=True):
        model.setSolVal(point, column, value)
    model.addSol(point)


def _columns(model: Any) -> list[Any]:
    """Columns in the order of the file; SCIP keeps them by their kind, each with an index by age."""
    return sorted(model.getVars(transformed=False), key=lambda column: column.getIndex())
