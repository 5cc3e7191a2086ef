"""What a run has as time goes on: its events until it is solved, the gap that they leave, and the means over time."""

from routeplan.bench.judged_runs import Run
from routeplan.bench.measures import gap, primal_integral, seconds_to_first_point, seconds_to_gap
from routeplan.bench.trajectory import Event, mean_until

NEAR = {"near_5": 0.05, "near": 0.01, "near_01": 0.001}
"""Primal gaps of which the times are told, by the name of their column; within 1 % a point is called near."""


def closing_events(run: Run) -> list[Event]:
    """The events of a run, and its end where it is solved: then the gap is closed, as far as was asked.

    There are none where its answer is wrong.
    """
    if not run.right:
        return []
    events = sorted((Event(*event) for event in run.answer.get("events", [])), key=lambda event: event.seconds)
    if not run.solved:
        return events
    return [*(event for event in events if event.seconds < end_of(run)), Event(end_of(run))]


def gap_at(run: Run, event: Event) -> float:
    """Gap of a run at one of its closing events, between 0 and 1; 0 once it is solved, also where there is no point."""
    return 0.0 if run.solved and event.seconds >= end_of(run) else gap(event.incumbent, event.bound)


def end_of(run: Run) -> float:
    """Time at which a run is solved, as the statistics count it [s]."""
    return min(float(run.answer["seconds"]), float(run.about["seconds"]))


def primal_dual_of(run: Run) -> float:
    """Mean gap of a run until its limit, between 0 and 1; 1 where its answer is wrong."""
    return mean_until(float(run.about["seconds"]), closing_events(run), lambda event: gap_at(run, event))


def primal_of(run: Run, best: float) -> float:
    """Mean gap of the points of a run to the best known objective until its limit, between 0 and 1."""
    return primal_integral(_points(run), best, float(run.about["seconds"]))


def seconds_to_near(run: Run, best: float, within: float = NEAR["near"]) -> float | None:
    """Time to the first point within a gap to the best known objective [s]; none when there never is one."""
    return seconds_to_gap(_points(run), best, within)


def seconds_to_first(run: Run) -> float | None:
    """Time to the first point [s]; none when there never is one."""
    return seconds_to_first_point(_points(run))


def gap_left(run: Run) -> float:
    """Gap of a run at its end, between 0 and 1; 0 where it is solved, 1 where its answer is wrong."""
    point = run.judged.checked
    if run.solved or not run.right or point is None:
        return 0.0 if run.solved else 1.0
    return gap(point.objective, run.answer.get("bound"))


def _points(run: Run) -> list[Event]:
    """The events of a run, and its end with the point that was reckoned again: not every solver tells of each."""
    events, point = closing_events(run), run.judged.checked
    if not run.right or point is None:
        return events
    return [*(event for event in events if event.seconds < end_of(run)), Event(end_of(run), point.objective)]
