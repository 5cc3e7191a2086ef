"""Solvers that lie or break down, each in one way: what a benchmark must catch, and go on from."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routeplan.bench.mps import read_mps
from routeplan.bench.solvers.contract import Answer, Budget, Status
from routeplan.bench.solvers.highs import Highs
from routeplan.model.matrices import Matrices

Twist = Callable[[Matrices, Answer], Answer]

HERE = Path(__file__).parent

VERSION = "1.0"


@dataclass(frozen=True)
class Planted:
    """A solver that answers as HiGHS does, but for one thing."""

    name: str
    twist: Twist
    publishable: bool = True
    package: str = "planted"

    def version(self) -> str:
        return VERSION

    def check_options(self, options: Mapping[str, Any]) -> dict[str, Any]:
        return dict(options)

    def solve(self, mps: Path, budget: Budget, options: Mapping[str, Any], stop: Callable[[], bool]) -> Answer:
        return self.twist(read_mps(mps), Highs().solve(mps, budget, options, stop))


def honest(matrices: Matrices, answer: Answer) -> Answer:
    return answer


def better_objective(matrices: Matrices, answer: Answer) -> Answer:
    """Claims the objective of a point that is better by 1."""
    return replace(answer, objective=answer.objective - 1.0)


def higher_bound(matrices: Matrices, answer: Answer) -> Answer:
    """Claims that nothing is below a value that its own point is below, by 1."""
    return replace(answer, bound=answer.objective + 1.0)


def far_bound(matrices: Matrices, answer: Answer) -> Answer:
    """Calls its point optimal though the bound that it tells is a tenth below it."""
    return replace(answer, bound=0.9 * answer.objective)


def moved(matrices: Matrices, answer: Answer, amount: float) -> Answer:
    """Breaks an equation by an amount, and no other row by more; its objective is that of its point."""
    entries = np.abs(matrices.rows.toarray())
    equation = matrices.row_lower == matrices.row_upper
    largest = entries[equation].max(axis=0)
    columns = ~matrices.integer & (largest > 0.0) & (largest == entries.max(axis=0))
    column = int(np.flatnonzero(columns)[0])
    step = amount / largest[column]
    x = answer.x.copy()
    x[column] += step if x[column] + step <= matrices.upper[column] else -step
    return replace(answer, x=x, objective=matrices.value(x))


def broken_row(matrices: Matrices, answer: Answer) -> Answer:
    """Breaks a row by three times the tolerance of 1e-4."""
    return moved(matrices, answer, 3e-4)


def bent_row(matrices: Matrices, answer: Answer) -> Answer:
    """Breaks a row by half the tolerance of 1e-4, which is no lie."""
    return moved(matrices, answer, 5e-5)


def half_a_point(matrices: Matrices, answer: Answer) -> Answer:
    return replace(answer, x=answer.x[:-1])


def infeasible(matrices: Matrices, answer: Answer) -> Answer:
    return replace(answer, status=Status.INFEASIBLE, x=None, objective=None, bound=None)


def before_it_began(matrices: Matrices, answer: Answer) -> Answer:
    """Claims that it took less than no time."""
    return replace(answer, seconds=-5.0)


def own_word(matrices: Matrices, answer: Answer) -> Answer:
    """Ends with a status that there is not."""
    return replace(answer, status="solved")


def hang(matrices: Matrices, answer: Answer) -> Answer:
    """Hears nothing, and does not end."""
    while True:
        time.sleep(60)


def eat(matrices: Matrices, answer: Answer) -> Answer:
    """Takes 8 MB of memory after 8 MB, up to 2 GB."""
    held = []
    while len(held) < 256:
        held.append(bytearray(os.urandom(1) * 2**23))
        time.sleep(0.02)
    return answer


def crash(matrices: Matrices, answer: Answer) -> Answer:
    """Talks much before it does."""
    print("é" * 100_000, "last words", flush=True)
    os.abort()


TWISTS: tuple[Twist, ...] = (
    honest,
    better_objective,
    higher_bound,
    far_bound,
    broken_row,
    bent_row,
    half_a_point,
    infeasible,
    before_it_began,
    own_word,
    hang,
    eat,
    crash,
)

SOLVERS = {twist.__name__: Planted(twist.__name__, twist) for twist in TWISTS}
SOLVERS["secret"] = Planted("secret", honest, publishable=False)


class Unprepared(Planted):
    """Breaks down when it is asked for its version."""

    def version(self) -> str:
        raise OSError("no licence")


SOLVERS["unprepared"] = Unprepared("unprepared", honest)


def __getattr__(name: str) -> Planted:
    """A solver by its name in upper case, as the entry points ask for it."""
    if name.lower() in SOLVERS:
        return SOLVERS[name.lower()]
    raise AttributeError(name)


def planted(folder: Path, patch: pytest.MonkeyPatch, **more: str) -> Path:
    """Install the solvers, as a package with entry points does, here and in the processes of runs; their settings.

    Further entry points are given by name and value; each solver has a setting of its own name.
    """
    points = {name: f"liars:{name.upper()}" for name in SOLVERS} | more
    lines = "".join(f"{name} = {value}\n" for name, value in points.items())
    package = folder / "site" / f"planted-{VERSION}.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text(f"Metadata-Version: 2.1\nName: planted\nVersion: {VERSION}\n", encoding="utf-8")
    (package / "entry_points.txt").write_text(f"[routeplan.bench_solvers]\n{lines}", encoding="utf-8")
    patch.syspath_prepend(package.parent)
    before = os.environ.get("PYTHONPATH", "")
    patch.setenv("PYTHONPATH", os.pathsep.join([str(package.parent), str(HERE), *([before] if before else [])]))
    settings = folder / "settings"
    settings.mkdir()
    for name in points:
        (settings / f"{name}.yaml").write_text(f"solver: {name}\nwhy: It is tried.\n", encoding="utf-8")
    assert "liars" in sys.modules
    return settings
