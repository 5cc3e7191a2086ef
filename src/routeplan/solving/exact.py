"""The exact method: the whole model, handed to HiGHS once, with proof.

Up to about 60 sites nothing does better.
"""

import os
import platform
from dataclasses import replace
from importlib.metadata import version as installed_version
from pathlib import Path

from routeplan.checker.check import verify
from routeplan.errors import PlanRejected, UsageError
from routeplan.highs import Effort, write_model
from routeplan.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import Compiled, compile_model
from routeplan.result import GAP, Record, Result, Status
from routeplan.solving.interrupt import finish_despite_interrupt, stop_on_interrupt
from routeplan.solving.progress import Diary, OnProgress
from routeplan.solving.search import Search, without_plan
from routeplan.version import __version__


def solve(
    instance: Instance,
    *,
    gap: float = GAP,
    seconds: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    log: Path | str | None = None,
    mps: Path | str | None = None,
) -> Result:
    """Find the best plan of an instance, and prove how good it is.

    Parameters
    ----------
    instance : Instance
        The instance.
    gap : float
        Gap at which a plan counts as optimal, relative to max(1, abs(objective)).
    seconds : float, optional
        Time after which the best plan so far is handed over with its bound; Ctrl-C does the same, and a
        second Ctrl-C before the search has ended gives the plan up.
    threads : int, optional
        Threads of the solver; its own choice when None.
    seed : int
        Random seed of the solver.
    on_progress : callable, optional
        Told of each new incumbent and bound.
    log : path, optional
        File for the solver's log.
    mps : path, optional
        File to which the model is exported, with readable names.

    Returns
    -------
    Result
        A plan with objective, bound and gap, checked against the instance's tables; or a status without plan.

    Raises
    ------
    UsageError
        When a parameter makes no sense.
    PlanRejected
        When the plan checker refuses the plan: a fault of ours.
    """
    if not isinstance(instance, Instance):
        raise UsageError(f"solve takes an instance, not {instance!r}; read() makes one of a folder or workbook")
    _check_parameters(gap, seconds, threads, seed)
    diary = Diary(on_progress)
    deadline = diary.begun + seconds if seconds is not None else float("inf")
    # A hair closer than asked, so that tidying the plan cannot carry it over the edge.
    effort = Effort(0.999 * gap, deadline, threads, seed, Path(log) if log is not None else None)
    record = Record(
        "exact",
        gap_asked=gap,
        seconds_asked=seconds,
        threads=threads,
        seed=seed,
        versions=versions(),
        machine=machine(),
    )
    diary.enter("build")
    model = build(instance)
    if model.broken:
        reason = "; ".join(model.broken[:5])
        return without_plan(instance, Status.INFEASIBLE, replace(record, reason=reason), diary)
    compiled = compile_model(model)
    if mps is not None:
        _export(compiled, Path(mps))
    with stop_on_interrupt(diary.stopping) as stop:
        search = Search(compiled, effort, diary, stop)
        found = search.find()
        with finish_despite_interrupt():
            return _checked(search.result(found, record))


def _export(compiled: Compiled, file: Path) -> None:
    """Write the model, with the objective that is asked of the plan."""
    model_in_full = compiled.named()
    wanted = compiled.model.instance.settings.objective == "emissions"
    write_model(model_in_full.with_objective(compiled.emissions) if wanted else model_in_full, file)


def _check_parameters(gap: float, seconds: float | None, threads: int | None, seed: int) -> None:
    """Refuse numbers that make no sense."""
    if not 0.0 <= gap < float("inf"):
        raise UsageError(f"gap is {gap}; allowed: 0 or more")
    if seconds is not None and not 0.0 < seconds < float("inf"):
        raise UsageError(f"seconds is {seconds}; allowed: more than 0, and finite")
    if threads is not None and threads < 1:
        raise UsageError(f"threads is {threads}; allowed: 1 or more")
    if not 0 <= seed < 2**31:
        raise UsageError(f"seed is {seed}; allowed: 0 to {2**31 - 1}")


def versions() -> dict[str, str]:
    """Versions of what made a result."""
    return {
        "routeplan": __version__,
        "highspy": installed_version("highspy"),
        "pyomo": installed_version("pyomo"),
        "python": platform.python_version(),
    }


def machine() -> str:
    """What a result was made on."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"


def _checked(result: Result) -> Result:
    """The result, once the plan checker has found nothing against it."""
    violations = verify(result.instance, result)
    if violations:
        raise PlanRejected([str(violation) for violation in violations], result)
    return result
