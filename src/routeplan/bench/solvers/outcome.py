"""From what a solver claims to an answer, whose status follows from what is at hand."""

from dataclasses import dataclass
from enum import Enum

from routeplan.bench.solvers.contract import Answer, Status
from routeplan.bench.solvers.trajectory import Trajectory
from routeplan.instance.horizon import FloatArray
from routeplan.tolerances import FEASIBILITY


class Claim(Enum):
    """What a solver says of its end."""

    COMPLETE = "the search is complete"
    INFEASIBLE = "there is no point"
    UNBOUNDED = "there is no best point"
    UNDECIDED = "there is no best point, or none at all"
    LIMIT = "a limit, or an interrupt, came first"
    FAILED = "it broke down"


@dataclass(frozen=True)
class Outcome:
    """End of a run, as the solver tells it.

    Parameters
    ----------
    claim : Claim
        What it says.
    raw : str
        How it words that.
    x : FloatArray, shape (C,), optional
        Best point.
    objective, bound : float, optional
        Claimed objective of the point, and bound.
    nodes, iterations : int, optional
        Counts, where it tells them.
    root_bound : float, optional
        Bound at the end of the root node; where the solver does not tell it at its end, the last that the trajectory
        was told of the root counts.
    """

    claim: Claim
    raw: str
    x: FloatArray | None = None
    objective: float | None = None
    bound: float | None = None
    nodes: int | None = None
    iterations: int | None = None
    root_bound: float | None = None


def decided(feasible: Claim, raw: str) -> Outcome:
    """Outcome of a run that was undecided, from a second run on the same programme without costs.

    Parameters
    ----------
    feasible : Claim
        What the solver says of the programme without costs: when there is a point, it is the costs that have no end.
    raw : str
        How it worded that it was undecided.
    """
    if feasible is Claim.COMPLETE:
        return Outcome(Claim.UNBOUNDED, f"{raw}; there is a point")
    # Without costs nothing can be unbounded: who is undecided again says that there is no point.
    if feasible in (Claim.INFEASIBLE, Claim.UNDECIDED):
        return Outcome(Claim.INFEASIBLE, f"{raw}; there is no point")
    return Outcome(Claim.LIMIT, raw)


def answer_of(outcome: Outcome, trajectory: Trajectory, gap: float) -> Answer:
    """Answer of a run that has ended; the trajectory gets its last event."""
    pointed = outcome.x is not None and outcome.objective is not None
    trajectory.proved(outcome.bound)
    if pointed:
        trajectory.found(outcome.objective)
    bound = outcome.bound if outcome.bound is not None else trajectory.bound
    root_bound = outcome.root_bound if outcome.root_bound is not None else trajectory.root_bound
    status = status_of(outcome.claim, outcome.objective if pointed else None, bound, gap)
    bounded = status in (Status.OPTIMAL, Status.FEASIBLE, Status.NO_PLAN)
    return Answer(
        status=status,
        x=outcome.x if pointed else None,
        objective=outcome.objective if pointed else None,
        bound=bound if bounded else None,
        nodes=outcome.nodes,
        iterations=outcome.iterations,
        seconds=trajectory.elapsed,
        events=trajectory.events,
        raw=outcome.raw,
        root_bound=root_bound if bounded else None,
    )


def status_of(claim: Claim, objective: float | None, bound: float | None, gap: float) -> Status:
    """Status of an answer, from its point and bound before its words.

    Parameters
    ----------
    claim : Claim
        What the solver says.
    objective : float, optional
        Objective of the point; none where there is no point.
    bound : float, optional
        The bound; none where there is none.
    gap : float
        The gap asked for, relative to max(1, abs(objective)).

    Returns
    -------
    Status
        ``FAILED`` where words and point contradict each other: a complete search without a point, or a point of a
        programme that is said to have none.
    """
    if claim in _WITHOUT_POINT:
        return Status.FAILED if objective is not None and claim is Claim.INFEASIBLE else _WITHOUT_POINT[claim]
    if objective is not None:
        return Status.OPTIMAL if bound is not None and within_gap(objective, bound, gap) else Status.FEASIBLE
    return Status.FAILED if claim is Claim.COMPLETE else Status.NO_PLAN


_WITHOUT_POINT = {
    Claim.INFEASIBLE: Status.INFEASIBLE,
    Claim.UNBOUNDED: Status.UNBOUNDED,
    Claim.FAILED: Status.FAILED,
}


def within_gap(objective: float, bound: float, gap: float) -> bool:
    """Whether a bound is within a gap relative to max(1, abs(objective)), give or take the tolerance of solvers."""
    return objective - bound <= (gap + FEASIBILITY) * max(1.0, abs(objective))
