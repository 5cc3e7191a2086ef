"""What each piece of the method for large instances is worth: plans and bounds over time, with one piece taken away.

python benchmarks/ablation.py INSTANCE... --seconds 60 --seeds 0 1 --out ablation.csv

Each line of the table is one solve, in a process of its own: the objective and the bound that were known after a
quarter, a half and all of the seconds. A second call goes on where the first was ended.
"""

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

import routeplan
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits, Relaxation
from routeplan.solving import large, search
from routeplan.solving.course import Course
from routeplan.solving.exact import exact
from routeplan.solving.methods import Incumbent, Task
from routeplan.solving.neighbourhood import PartSolver
from routeplan.solving.relaxed import Relaxed

Variant = Callable[[Program, Task], Incumbent]

SHARES = (0.25, 0.5, 1.0)
"""Shares of the seconds after which is told what is known."""


def without_first_plan(program: Program, task: Task) -> Incumbent:
    """Nothing is rounded: parts of what HiGHS finds are decided anew."""
    return search.searched(program, task, search.Others((large.improve_once,), (_begun, large.improve)))


def without_better_plans(program: Program, task: Task) -> Incumbent:
    """The relaxation is rounded, and HiGHS searches alone from there."""
    return search.searched(program, task, search.Others((large.begin,), (large.begin,)))


def without_presolved_relaxation(program: Program, task: Task) -> Incumbent:
    """The first plan comes from the relaxation of the program."""
    return _patched(program, task, patch.object(search, "relaxed", _bare))


def without_cutting_planes(program: Program, task: Task) -> Incumbent:
    """HiGHS separates its own rows alone."""
    return _patched(program, task, patch.object(search, "with_cutting_planes", _uncut))


def without_new_beginning(program: Program, task: Task) -> Incumbent:
    """The search of the whole goes on once there is a first plan."""
    return _patched(program, task, patch.object(search, "_proven", _on_and_on))


def with_all_heuristics(program: Program, task: Task) -> Incumbent:
    """HiGHS keeps the heuristics that solve parts at its root, whatever the size."""
    return _patched(program, task, patch.object(large, "HEURISTICS", range(2**31)))


def without_root_heuristics(program: Program, task: Task) -> Incumbent:
    """HiGHS does without them, whatever the size."""
    return _patched(program, task, patch.object(large, "HEURISTICS", range(0)))


def with_parts(program: Program, task: Task) -> Incumbent:
    """A bound by parts of every size comes before the search of the whole."""
    return _patched(program, task, patch.object(large, "PART_SIZES", [(most, 0) for most, _ in large.PART_SIZES]))


def without_parts(program: Program, task: Task) -> Incumbent:
    """HiGHS alone proves."""
    return _patched(program, task, patch.object(large, "PART_SIZES", ()))


VARIANTS: Mapping[str, Variant] = {
    variant.__name__: variant
    for variant in (
        large.large,
        exact,
        without_first_plan,
        without_better_plans,
        without_presolved_relaxation,
        without_cutting_planes,
        without_new_beginning,
        with_all_heuristics,
        without_root_heuristics,
        with_parts,
        without_parts,
    )
}


def _patched(program: Program, task: Task, changed: AbstractContextManager[Any]) -> Incumbent:
    with changed:
        return large.large(program, task)


def _begun(program: Program, relaxed: FloatArray | None, solver: PartSolver, task: Task, course: Course) -> None:
    """Find nothing: the search of the whole begins anew after the first of those that find something."""


def _bare(matrices: Matrices, limits: Limits) -> Relaxed | None:
    found = run(matrices.relaxed(), limits)
    if found.x is None or found.duals is None:
        return None
    return Relaxed(found.x, Relaxation(matrices, found.x, found.duals))


def _uncut(program: Program, matrices: Matrices, limits: Limits, on_bounds: object) -> Matrices:
    return matrices


def _on_and_on(matrices: Matrices, course: Course, stage: str, options: Mapping[str, Any]) -> Any:
    return search._searched(matrices, course, stage, options=options)


def course_of(instance: Path, variant: str, seconds: float, seed: int) -> list[tuple[float | None, float | None]]:
    """Objective and bound known after each of `SHARES` of the seconds."""
    found = routeplan.solve(
        routeplan.read(instance), method=VARIANTS[variant], gap=0.0, seconds=seconds, threads=2, seed=seed
    )
    told = found["progress"]
    until = [told[told["seconds"] <= share * seconds + (share == SHARES[-1]) * seconds] for share in SHARES]
    return [(_last(known["objective"].min()), _last(known["bound"].max())) for known in until]


def _last(value: float) -> float | None:
    return None if value != value else float(value)


HEAD = (
    "instance",
    "variant",
    "seed",
    "seconds",
    *(f"{what}_{share:g}" for share in SHARES for what in ("plan", "bound")),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instances", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0])
    parser.add_argument("--variants", nargs="+", choices=VARIANTS, default=list(VARIANTS))
    parser.add_argument("--out", type=Path, default=Path("ablation.csv"))
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(course_of(asked.instances[0], asked.variants[0], asked.seconds, asked.seeds[0])))
        return
    there = _lines(asked.out)
    with asked.out.open("a", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        if not there:
            table.writerow(HEAD)
        for seed in asked.seeds:  # all variants side by side, so that a busy hour is none of theirs alone
            for instance, variant in product(asked.instances, asked.variants):
                line = (instance.name, variant, str(seed), f"{asked.seconds:g}")
                if line not in there:
                    told = _in_process(instance, variant, asked.seconds, seed)
                    table.writerow([*line, *(value for known in told for value in known)])
                    file.flush()
                    print(*line, told, flush=True)


def _lines(file: Path) -> set[tuple[str, ...]]:
    """Which solves a table has already."""
    if not file.exists():
        return set()
    with file.open(encoding="utf-8", newline="") as read:
        return {tuple(row[:4]) for row in csv.reader(read)}


def _in_process(instance: Path, variant: str, seconds: float, seed: int) -> list[tuple[float | None, float | None]]:
    words = [str(instance), "--one", "--variants", variant, "--seconds", str(seconds), "--seeds", str(seed)]
    done = subprocess.run([sys.executable, __file__, *words], stdout=subprocess.PIPE, text=True, check=True)
    return [tuple(known) for known in json.loads(done.stdout.splitlines()[-1])]


if __name__ == "__main__":
    main()
