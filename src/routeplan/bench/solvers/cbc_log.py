"""What the log of CBC tells, line by line."""

import re

from routeplan.bench.solvers.outcome import Claim
from routeplan.bench.solvers.trajectory import Trajectory

NUMBER = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"

ROUNDED = 5e-6
"""Most by which a number of six significant digits differs from what was rounded, relative to it."""

SEARCH_ROW = re.compile(r"^.{2}(.{8}) (.{8}) (.{6}) (.{15}) (.{16}) (.{15}) (.{8}) (.{9})$")
"""A row of the table of branch and bound: nodes, on tree, depth, best, method, bound, gap and time."""

LATEST = re.compile(rf"^✔ (?!Optimal).*\bBound: {NUMBER}")
"""The bound of a search that was stopped; "✔ Optimal" has the objective there, even when a gap has ended the search."""

RELAXED = re.compile(rf"^✔ LP Optimal .*\bObj: {NUMBER}")
RESULT = re.compile(r"^Result - (.+)$")
OBJECTIVE = re.compile(rf"^Objective value:\s+{NUMBER}$")
LOWER_BOUND = re.compile(rf"^Lower bound:\s+{NUMBER}$")
NODES = re.compile(r"^Enumerated nodes:\s+(\d+)")
ITERATIONS = re.compile(r"^Total iterations:\s+(\d+)")

CLAIMS = (
    (re.compile(r"infeasible or unbounded", re.IGNORECASE), Claim.UNDECIDED),
    (
        re.compile(r"infeasibility proved|proven infeasible|^✔ (LP )?(Primal )?Infeasible", re.IGNORECASE),
        Claim.INFEASIBLE,
    ),
    (re.compile(r"Problem is unbounded|^✔ (LP )?Unbounded|Result - .*unbounded", re.IGNORECASE), Claim.UNBOUNDED),
    (re.compile(r"^Result - Optimal"), Claim.COMPLETE),
    (re.compile(r"^Result - (Stopped|User|No feasible)|^✔ Stopped"), Claim.LIMIT),
    (re.compile(r"Problem loading failed|Current model not valid"), Claim.FAILED),
)
"""Lines that say how the run ends."""


class CbcLog:
    """The log of a run, of which a trajectory is told.

    Attributes
    ----------
    claim : Claim, optional
        What the log says of the end; none where it says nothing.
    objective, bound : float, optional
        Objective and bound at the end; the bound is lowered by what CBC may have rounded it up.
    nodes, iterations : int, optional
        Counts at the end.
    raw : str
        The words of the result.
    """

    def __init__(self, trajectory: Trajectory) -> None:
        self._trajectory = trajectory
        self._searching = False
        self.claim: Claim | None = None
        self.objective: float | None = None
        self.bound: float | None = None
        self.nodes: int | None = None
        self.iterations: int | None = None
        self.raw = ""

    def read(self, line: str) -> None:
        """Take in one line."""
        if line.startswith("▶"):
            self._searching = line.startswith("▶ Branch and bound")
        if self._searching and (row := SEARCH_ROW.match(line)):
            self._trajectory.proved(_lowered(_number(row[6])), at_root=_number(row[1]) == 0)
            self._trajectory.found(_number(row[4]))
        elif bound := LATEST.match(line):
            self._trajectory.proved(_lowered(float(bound[1])))
        elif bound := RELAXED.match(line):
            self._trajectory.proved(_lowered(float(bound[1])), at_root=True)
        self._end(line)
        self._counts(line)

    def _end(self, line: str) -> None:
        for pattern, claim in CLAIMS:
            if pattern.search(line):
                self.claim = claim
                self.raw = line.removeprefix("Result - ").removeprefix("✔ ").strip()
                return

    def _counts(self, line: str) -> None:
        if objective := OBJECTIVE.match(line):
            self.objective = float(objective[1])
        elif bound := LOWER_BOUND.match(line):
            self.bound = _lowered(float(bound[1]))
        elif nodes := NODES.match(line):
            self.nodes = int(nodes[1])
        elif iterations := ITERATIONS.match(line):
            self.iterations = int(iterations[1])


def _number(field: str) -> float | None:
    """A number of the table; none where there is a dash, or nothing."""
    return float(field) if re.fullmatch(NUMBER, field.strip()) else None


def _lowered(bound: float | None) -> float | None:
    """A bound that holds although CBC prints six significant digits of it."""
    return None if bound is None else bound - ROUNDED * abs(bound)
