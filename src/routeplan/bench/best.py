"""What is known of each instance when all runs are put together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from routeplan.bench.comparable import by_instance
from routeplan.bench.families.manifest import Manifest
from routeplan.bench.judged_runs import Run, status_of
from routeplan.bench.measures import gap
from routeplan.bench.solvers.contract import Status

COLUMNS = ["instance", "known", "objective", "found by", "bound", "proven by", "gap"]


def best_known(runs: Sequence[Run]) -> pd.DataFrame:
    """The best point and bound of each instance, of runs that nothing speaks against.

    Parameters
    ----------
    runs : sequence of Run
        The runs.

    Returns
    -------
    DataFrame
        A row for each instance: what is ``known`` (optimal, infeasible, open: proven by no run), ``objective`` of the
        best point as it was reckoned again (of those that miss no row by more than 1e-6, where there is one),
        ``bound``, the settings that have found and proven them, and the ``gap`` between the two, from 0 to 1.
    """
    return pd.DataFrame([_row(name, these) for name, these in sorted(by_instance(runs).items())], columns=COLUMNS)


def refuted_optima(runs: Iterable[Run]) -> dict[str, str]:
    """Why the stated optima of instances are wrong, by the instance, of those that a point refutes."""
    return {run.about["instance"]: run.judged.refuted for run in runs if run.judged.refuted}


def without_refuted(manifests: Mapping[str, Manifest], runs: Iterable[Run]) -> dict[str, Manifest]:
    """Manifests without the optima that points of runs refute, and without the root gaps to them."""
    wrong = refuted_optima(runs)
    return {
        name: replace(manifest, optimum=None, root_gap=None) if name in wrong else manifest
        for name, manifest in manifests.items()
    }


def best_objectives(runs: Sequence[Run], manifests: Mapping[str, Manifest]) -> dict[str, float]:
    """Best known objective of each instance that has one: of runs that nothing speaks against, and the stated optimum.

    Parameters
    ----------
    runs : sequence of Run
        The runs.
    manifests : mapping of str to Manifest
        Numbers of the instances, by name, as far as they are known.

    Returns
    -------
    dict of str to float
        The objectives, by the name of the instance.
    """
    table = best_known(runs)
    found = table.set_index("instance")["objective"].dropna().to_dict()
    believed = without_refuted(manifests, runs)
    optima = {name: each.optimum for name, each in believed.items() if each.optimum is not None}
    return {
        name: min(values[name] for values in (found, optima) if name in values)
        for name in table["instance"]
        if name in found or name in optima
    }


def _row(name: str, runs: Sequence[Run]) -> dict[str, Any]:
    right = [run for run in runs if run.right]
    points = _points(right)
    bounds = [(bound, run) for run in right if (bound := run.answer.get("bound")) is not None]
    objective, found_by = min(points, key=lambda pair: pair[0], default=(None, None))
    bound, proven_by = max(bounds, key=lambda pair: pair[0], default=(None, None))
    return {
        "instance": name,
        "known": _known(right),
        "objective": float("nan") if objective is None else objective,
        "found by": "" if found_by is None else found_by.about["setting"],
        "bound": float("nan") if bound is None else bound,
        "proven by": "" if proven_by is None else proven_by.about["setting"],
        "gap": gap(objective, bound),
    }


def _points(right: Sequence[Run]) -> list[tuple[float, Run]]:
    """Objectives of points: of those that obey every row strictly with whole numbers, or of all where none does.

    What a point may miss can make it better than the optimum; then nobody else would come near the best that is known.
    """
    there = [(run.judged.checked, run) for run in right if run.judged.checked is not None]
    strict = [(point.rounded.objective, run) for point, run in there if point.feasible_when_rounded]
    return strict or [(point.objective, run) for point, run in there]


def _known(right: Sequence[Run]) -> str:
    """What the runs have proven: the first of these that one of them claims."""
    claimed = {status_of(run.record) for run in right}
    proven = (Status.OPTIMAL, Status.INFEASIBLE, Status.UNBOUNDED)
    return next((str(status) for status in proven if status in claimed), "open")
