"""Gap of each instance at the root, between its relaxation and the best that is known of it; what runs close of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.bench.best import best_objectives, without_refuted
from routeplan.bench.comparable import by_instance
from routeplan.bench.families.manifest import Manifest, root_gap
from routeplan.bench.families.manifest_file import read_manifest
from routeplan.bench.instances import INSTANCES, manifest_of
from routeplan.bench.judged_runs import Run, formulation_of
from routeplan.bench.measures import root_gap_closed

COLUMNS = ["instance", "formulation", "best", "lp_bound", "root_gap"]


def root_gaps(runs: Sequence[Run], folder: Path) -> pd.DataFrame:
    """The root gap of each instance, in each formulation that it was run in.

    Parameters
    ----------
    runs : sequence of Run
        Judged runs.
    folder : Path
        Their folder.

    Returns
    -------
    DataFrame
        ``instance``, ``formulation`` (empty for the usual one), ``best`` (the optimum where it is known and no point
        refutes it, else the best objective of a point of a run that nothing speaks against), ``lp_bound`` and
        ``root_gap`` (see `families.manifest.root_gap`). Instances whose manifest is gone are left out.
    """
    best = best_objectives(runs, {})
    rows = [row for name, these in sorted(by_instance(runs).items()) for row in _rows(name, these, folder, best)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(name: str, runs: Sequence[Run], folder: Path, best: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    for formulation in sorted({"", *(formulation_of(run.record) for run in runs)}):
        file = manifest_of(name, folder / INSTANCES, formulation)
        if file is not None:
            believed = without_refuted({name: read_manifest(file)}, runs)[name]
            told = _with_best(believed, best.get(name))
            yield {
                "instance": name,
                "formulation": formulation,
                "best": _number(best.get(name) if told.optimum is None else told.optimum),
                "lp_bound": _number(told.lp_bound),
                "root_gap": _number(told.root_gap),
            }


def with_root_gaps(manifests: Mapping[str, Manifest], best: Mapping[str, float]) -> dict[str, Manifest]:
    """Manifests with their root gaps: by the optimum where it is known, else by the best objective that is known."""
    return {name: _with_best(manifest, best.get(name)) for name, manifest in manifests.items()}


def closed_at_root(run: Run, best: float | None, relaxation: float | None) -> float | None:
    """Share of the gap between the relaxation and the best known objective that a run closes at its root node.

    Parameters
    ----------
    run : Run
        The run.
    best : float, optional
        Best known objective of its instance.
    relaxation : float, optional
        Bound of the relaxation of the instance as its family writes it: the same for all formulations.

    Returns
    -------
    float or None
        From 0 to 1 (see `root_gap_closed`); none where one of the numbers is not known, or the answer is wrong.
    """
    root = run.answer.get("root_bound") if run.right else None
    if root is None or best is None or relaxation is None:
        return None
    return root_gap_closed(relaxation, root, best, float(run.about["gap"]))


def _with_best(manifest: Manifest, best: float | None) -> Manifest:
    """A manifest with its root gap, by the best objective that is known where there is no optimum."""
    if manifest.root_gap is not None:
        return manifest
    return replace(manifest, root_gap=root_gap(best, manifest.lp_bound))


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
