"""GLPK behind the contract, by swiglpk."""

import threading
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

import numpy as np

from routeplan.bench.solvers.glpk_library import GlpkLibrary, Tree
from routeplan.bench.solvers.glpk_options import check_glpk_options, set_glpk_options
from routeplan.bench.solvers.on_files import FileRun, FileSolver, Given
from routeplan.bench.solvers.outcome import Claim, Outcome, decided
from routeplan.bench.solvers.packages import imported
from routeplan.errors import FaultError
from routeplan.instance.horizon import FloatArray
from routeplan.solver.solution import Option
from routeplan.solver.worker import Worker

PACKAGE = "swiglpk"

EXTRA = "glpk"
"""The extra of routeplan that installs it: apart, for it is under the GPL."""

LONGEST = 2**31 - 1
"""Milliseconds that fit into GLPK's time limit."""


class Glpk(FileSolver):
    """GLPK, which solves with one thread, knows no seed, and searches in the same order each time.

    What it holds for a fault, of its own or of its caller, would end the process. Here it ends the run alone, whose
    thread and memory stay as they are. Its licence is the GPL, so it is in an extra only.
    """

    name = "glpk"
    publishable = True
    package = PACKAGE

    def version(self) -> str:
        """Version of GLPK."""
        return str(imported(PACKAGE, extra=EXTRA).glp_version())

    def check_options(self, options: Mapping[str, Option]) -> dict[str, Option]:
        """Parameters by the names of ``glp_iocp``, with names or whole numbers for their values."""
        imported(PACKAGE, extra=EXTRA)
        return check_glpk_options(options)

    def run_of(self, given: Given) -> "_GlpkRun":
        """A run of GLPK."""
        return _GlpkRun(given)


class _GlpkRun(FileRun):
    """A run of GLPK."""

    def __init__(self, given: Given) -> None:
        super().__init__(given)
        self._glpk = imported(PACKAGE, extra=EXTRA)
        self._library = GlpkLibrary(self._glpk)
        self._interrupted = threading.Event()
        self._nodes = 0

    def interrupt(self) -> None:
        """Ask GLPK to end, which it hears in its callback."""
        self._interrupted.set()

    def solve(self) -> Outcome:
        """Solve the file in yet another thread, which a fault of GLPK halts for ever."""
        worker, fault = Worker(), Future[str]()
        doing = worker.submit(lambda: self._solve(fault))
        either: list[Future[Any]] = [doing, fault]
        wait(either, return_when=FIRST_COMPLETED)
        if fault.done():
            worker.abandon()
            return Outcome(Claim.FAILED, fault.result())
        worker.end()
        return doing.result()

    def _solve(self, fault: "Future[str]") -> Outcome:
        """Read the file and solve it, once more without costs when GLPK cannot tell infeasible from unbounded."""
        # An environment of GLPK belongs to a thread, and so does all that is made in it.
        self._library.tell_faults(fault.set_result)
        self._glpk.glp_term_out(self._glpk.GLP_OFF)
        problem = self._glpk.glp_create_prob()
        try:
            self._read(problem)
            code = self._search(problem, self._learn)
            outcome = self._outcome(problem, code)
            return self._decided(problem, outcome) if outcome.claim is Claim.UNDECIDED else outcome
        finally:
            self._glpk.glp_delete_prob(problem)

    def _read(self, problem: Any) -> None:
        """Read the file: what is written in fixed form without blanks in its names is free form too."""
        for form in (self._glpk.GLP_MPS_FILE, self._glpk.GLP_MPS_DECK):
            if self._glpk.glp_read_mps(problem, form, None, str(self._mps)) == 0:
                return
        raise FaultError(f"GLPK does not take the file {self._mps.name}")

    def _search(self, problem: Any, listen: Any) -> int:
        parameters = self._glpk.glp_iocp()
        self._glpk.glp_init_iocp(parameters)
        left = self._budget.seconds - self._trajectory.elapsed
        parameters.msg_lev = self._glpk.GLP_MSG_OFF
        parameters.presolve = self._glpk.GLP_ON
        parameters.tm_lim = min(LONGEST, max(1, int(1000 * left)))
        parameters.mip_gap = self._budget.gap
        set_glpk_options(self._glpk, parameters, self._options)
        return self._library.search(problem, parameters, listen)

    def _stop_if_asked(self, tree: Tree) -> None:
        if self._interrupted.is_set():
            tree.terminate()

    def _learn(self, tree: Tree) -> None:
        reason = tree.reason
        self._trajectory.proved(tree.bound, at_root=self._nodes == 0)
        if reason == self._glpk.GLP_IBINGO:
            self._trajectory.found(tree.objective)
        elif reason == self._glpk.GLP_IBRANCH:
            self._nodes = tree.nodes
        self._stop_if_asked(tree)

    def _decided(self, problem: Any, undecided: Outcome) -> Outcome:
        """Whether there is any point: then it is the objective that has no end."""
        for column in range(self._glpk.glp_get_num_cols(problem) + 1):
            self._glpk.glp_set_obj_coef(problem, column, 0.0)
        code = self._search(problem, self._stop_if_asked)
        return decided(self._claim(problem, code), undecided.raw)

    def _claim(self, problem: Any, code: int) -> Claim:
        glpk, status = self._glpk, self._glpk.glp_mip_status(problem)
        if code == glpk.GLP_ENOPFS or (code == 0 and status == glpk.GLP_NOFEAS):
            return Claim.INFEASIBLE
        if code == glpk.GLP_ENODFS:
            return Claim.UNDECIDED
        if code == glpk.GLP_EMIPGAP or (code == 0 and status == glpk.GLP_OPT):
            return Claim.COMPLETE
        return Claim.LIMIT if code in (glpk.GLP_ETMLIM, glpk.GLP_ESTOP) else Claim.FAILED

    def _outcome(self, problem: Any, code: int) -> Outcome:
        glpk, claim = self._glpk, self._claim(problem, code)
        pointed = glpk.glp_mip_status(problem) in (glpk.GLP_OPT, glpk.GLP_FEAS)
        objective = float(glpk.glp_mip_obj_val(problem)) if pointed else None
        bound = self._bound(code, objective)
        return Outcome(
            claim=claim,
            raw=self._words(problem, code),
            x=self._point(problem) if pointed else None,
            objective=objective,
            bound=bound,
            nodes=self._nodes,
            iterations=int(glpk.glp_get_it_cnt(problem)),
            root_bound=bound if self._nodes == 0 else None,
        )

    def _bound(self, code: int, objective: float | None) -> float | None:
        """Bound at the end: what the code claims for the point, or the last that was told."""
        told = self._trajectory.bound
        if objective is None or code not in (0, self._glpk.GLP_EMIPGAP):
            return told
        # A search that leaves no node open proves its point; one that ends within the gap claims that much.
        claimed = objective if code == 0 else objective - self._budget.gap * abs(objective)
        return claimed if told is None else max(claimed, min(told, objective))

    def _words(self, problem: Any, code: int) -> str:
        """Names of the code and of the status, as glpk.h has them."""
        codes = ("GLP_EBOUND", "GLP_EROOT", "GLP_ENOPFS", "GLP_ENODFS", "GLP_EFAIL", "GLP_EMIPGAP", "GLP_ETMLIM")
        statuses = ("GLP_UNDEF", "GLP_OPT", "GLP_FEAS", "GLP_NOFEAS")
        status = self._glpk.glp_mip_status(problem)
        return "; ".join(
            next((name for name in names if getattr(self._glpk, name) == value), str(value))
            for names, value in (((*codes, "GLP_ESTOP"), code), (statuses, status))
            if value
        )

    def _point(self, problem: Any) -> FloatArray:
        columns = range(1, self._glpk.glp_get_num_cols(problem) + 1)
        return np.array([self._glpk.glp_mip_col_val(problem, column) for column in columns], dtype=float)
