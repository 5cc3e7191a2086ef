"""The solution file of CBC, with every row and column in it."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from routeplan.bench.solvers.outcome import Claim
from routeplan.instance.horizon import FloatArray

HEAD = re.compile(r"^(.*?) - objective value\s+(\S+)")

RELAXED = "no integer solution"
"""What the first line has where the values are those of the relaxation."""

CLAIMS = (
    ("infeasible", Claim.INFEASIBLE),
    ("unbounded", Claim.UNBOUNDED),
    ("optimal", Claim.COMPLETE),
    ("stopped", Claim.LIMIT),
)
"""What words of the first line mean, the first that is found."""


@dataclass(frozen=True)
class CbcSolution:
    """What the file says.

    Parameters
    ----------
    raw : str
        The words of its first line.
    claim : Claim
        What they mean; a failure where they mean nothing.
    objective : float
        Objective of the values, to eight decimals.
    x : FloatArray, shape (C,)
        Values of the columns.
    """

    raw: str
    claim: Claim
    objective: float
    x: FloatArray

    @property
    def is_point(self) -> bool:
        """Whether the values are those of a point, not of a relaxation."""
        return RELAXED not in self.raw


def read_solution(path: Path) -> CbcSolution | None:
    """Read a solution file; none where CBC has written none, or not even its first line."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    head = HEAD.match(lines[0]) if lines else None
    if head is None:
        return None
    words = head[1].lower()
    claim = next((claim for word, claim in CLAIMS if word in words), Claim.FAILED)
    return CbcSolution(head[1], claim, float(head[2]), _values(lines[1:]))


def _values(lines: list[str]) -> FloatArray:
    """Values of the columns: rows come first, and either are counted from 0."""
    fields = [line.replace("**", " ").split() for line in lines]
    begin = max((place for place, field in enumerate(fields) if field[0] == "0"), default=len(fields))
    return np.array([float(field[2]) for field in fields[begin:]])
