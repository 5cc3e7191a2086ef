"""How long each phase takes, from a folder of tables to a checked plan."""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from routeplan.checker.check import verify
from routeplan.data.read import read
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.solving.solve import solve


def timed(action: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    begun = time.perf_counter()
    found = action(*given)
    return found, time.perf_counter() - begun


def phases(folder: Path, gap: float) -> tuple[list[str], list[float]]:
    instance, reading = timed(read, folder)
    model, building = timed(build, instance)
    compiled, compiling = timed(compile_model, model)
    result, solving = timed(lambda: solve(instance, gap=gap))
    _, checking = timed(verify, instance, result)
    rows, columns = compiled.matrices.rows.shape
    size = [
        instance.name,
        str(len(instance["sites"])),
        str(rows),
        str(columns),
        str(int(compiled.matrices.integer.sum())),
    ]
    return [*size, f"{result.gap:.1e}"], [reading, building, compiling, solving, checking]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instances", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--gap", type=float, default=1e-4)
    asked = parser.parse_args()
    print("| instance | sites | rows | columns | binaries | gap | read s | build s | compile s | solve s | check s |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for folder in asked.instances:
        runs = [phases(folder, asked.gap) for _ in range(asked.runs)]
        medians = [statistics.median(seconds) for seconds in zip(*(run[1] for run in runs), strict=True)]
        print("| " + " | ".join([*runs[-1][0], *(f"{seconds:.2f}" for seconds in medians)]) + " |", flush=True)


if __name__ == "__main__":
    main()
