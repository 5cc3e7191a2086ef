"""How long each phase takes, from a folder of tables to a checked plan, and how that grows with the number of sites.

Each instance is measured in a process of its own, so that its peak memory is its own.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from routeplan.checker.check import verify
from routeplan.data.read import read
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.solving.solve import solve

COLUMNS = {
    "instance": "{}",
    "sites": "{:,}",
    "tables MB": "{:.1f}",
    "rows": "{:,}",
    "columns": "{:,}",
    "binaries": "{:,}",
    "read s": "{:.2f}",
    "build s": "{:.2f}",
    "compile s": "{:.2f}",
    "peak MB": "{:,.0f}",
    "time per site / first": "{:.2f}",
    "gap": "{:.1e}",
    "solve s": "{:.2f}",
    "check s": "{:.2f}",
}
"""Columns of the table, and the form of their numbers."""

BEFORE_A_SOLVE = ("read s", "build s", "compile s")
"""What comes before a solve."""

OF_A_SOLVE = ("gap", "solve s", "check s")


def timed(action: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    begun = time.perf_counter()
    found = action(*given)
    return found, time.perf_counter() - begun


def phases(folder: Path, gap: float | None) -> dict[str, Any]:
    """What one run takes; without a gap nothing is solved."""
    instance, reading = timed(read, folder)
    model, building = timed(build, instance)
    compiled, compiling = timed(compile_model, model)
    rows, columns = compiled.matrices.rows.shape
    found = {
        "sites": len(instance["sites"]),
        "rows": rows,
        "columns": columns,
        "binaries": int(compiled.matrices.integer.sum()),
        "read s": reading,
        "build s": building,
        "compile s": compiling,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    if gap is None:
        return found
    del model, compiled
    result, solving = timed(lambda: solve(instance, gap=gap))
    _, checking = timed(verify, instance, result)
    return {**found, "gap": result.gap, "solve s": solving, "check s": checking}


def measured(folder: Path, runs: int, gap: float | None) -> dict[str, Any]:
    """Medians of a few runs; the peak is that of the first, before anything is solved."""
    taken = [phases(folder, gap) for _ in range(runs)]
    medians = {name: statistics.median(run[name] for run in taken) for name in taken[0] if name.endswith(" s")}
    size = sum(file.stat().st_size for file in folder.glob("*.csv") if file.name != "derivation.csv") / 1e6
    return {"instance": folder.name, "tables MB": size, **taken[0], **medians}


def alone(folder: Path, options: list[str]) -> dict[str, Any]:
    """What a process of its own measures."""
    command = [sys.executable, __file__, "--one", *options, str(folder)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instances", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--gap", type=float, default=1e-4)
    parser.add_argument("--unsolved", action="store_true", help="measure what comes before a solve alone")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured(asked.instances[0], asked.runs, None if asked.unsolved else asked.gap)))
        return
    options = ["--runs", str(asked.runs), "--gap", str(asked.gap), *(["--unsolved"] if asked.unsolved else [])]
    shown = [name for name in COLUMNS if not (asked.unsolved and name in OF_A_SOLVE)]
    print(f"| {' | '.join(shown)} |\n|{'---|' * len(shown)}")
    first = 0.0
    for folder in asked.instances:
        found = alone(folder, options)
        per_site = sum(found[name] for name in BEFORE_A_SOLVE) / found["sites"]
        first = first or per_site
        found["time per site / first"] = per_site / first
        print(f"| {' | '.join(COLUMNS[name].format(found[name]) for name in shown)} |", flush=True)


if __name__ == "__main__":
    main()
