"""Runs that are made up, as the tests of reports need them."""

from routeplan.bench.check import Checked, Evaluated, Violation
from routeplan.bench.check_runs import Judged, Verdict
from routeplan.bench.families.manifest import Manifest
from routeplan.bench.judged_runs import Run
from routeplan.runs.outcome import Ended, Outcome, Usage
from routeplan.runs.records import Record

LIMIT = 100.0
MACHINE = {"name": "desk", "processor": "a chip", "cores": 4, "memory": 16.0, "system": "Linux", "python": "3.12.1"}


def run(
    instance="mesh-S-0",
    setting="highs-default",
    seconds=None,
    *,
    seed=0,
    solver="highs",
    publishable=True,
    ended=Ended.RETURNED,
    status=None,
    wrong="",
    told="",
    raw="",
    options=None,
    machine=MACHINE,
    events=None,
    point=None,
    root_bound=None,
):
    """A run that is solved after so many seconds, or, without any, reaches its limit of 100 s with a gap of 50 %.

    It claims an objective of 10, at half its time with a bound of 5. Its point has the objective that is given; without
    one nobody has reckoned it again. Of its root node it tells nothing unless a bound is given, as older records do.
    """
    family, size, _ = instance.rsplit("-", 2)
    about = {
        "instance": instance, "family": family, "size": size, "sha256": "ab" * 32, "setting": setting, "solver": solver,
        "version": "1.2", "publishable": publishable, "options": options or {}, "seed": seed, "seconds": LIMIT,
        "memory": 2000, "gap": 1e-4, "threads": 1,
    }  # fmt: skip
    took = LIMIT if seconds is None else seconds
    bound = 5.0 if seconds is None else 10.0
    returned = {
        "status": status or ("feasible" if seconds is None else "optimal"), "objective": 10.0, "bound": bound,
        "nodes": 1, "iterations": 1, "seconds": took, "raw": raw,
        "events": events or [[took / 2, 10.0, 5.0], [took, 10.0, bound]],
    }  # fmt: skip
    if root_bound is not None:
        returned["root_bound"] = root_bound
    outcome = Outcome(
        ended,
        Usage(took + 1.0, took, 100.0),
        returned if ended is Ended.RETURNED else {},
        told,
        machine=machine,
        started="2026-01-02T03:04:05+00:00",
    )
    record = Record(f"{instance} {setting} {seed}", about, outcome)
    verdict = Verdict.WRONG_BOUND if wrong else Verdict.OK
    name = f"{setting} seed {seed} on {machine['name']}"
    return Run(record, Judged(solver, name, verdict, wrong or f"{solver} {name} is fine", _checked(point)))


def _checked(objective):
    """A point of an objective, which violates nothing."""
    if objective is None:
        return None
    point = Evaluated(objective, Violation(), Violation(), Violation())
    return Checked(point, point)


def manifest(instance, columns):
    """Numbers of an instance of so many columns."""
    family, size, seed = instance.rsplit("-", 2)
    return Manifest(
        id=instance, family=family, size=size, seed=int(seed), rows=3, columns=columns, nonzeros=7, binaries=1,
        integers=0, matrix=None, cost=None, bounds=None, right_sides=None, lp_bound=None,
    )  # fmt: skip
