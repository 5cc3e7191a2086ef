"""Measures of one run, from its events: gaps, the integral over time, times to a gap, and what the root closes.

All objectives are minimised. A value that is missing or not finite counts as none.
"""

from collections.abc import Sequence
from math import isfinite

from routeplan.bench.trajectory import Event, improved, mean_until
from routeplan.errors import UsageError
from routeplan.tolerances import ROUNDING


def gap(incumbent: float | None, bound: float | None) -> float:
    r"""Distance of two values relative to the larger, between 0 and 1.

    .. math:: \frac{|p - d|}{\max(|p|, |d|)}

    It is 0 when both are 0, and 1 when one is missing or infinite, or their signs differ. Source: rules of the
    computational competition of the MIP Workshop 2023 (MIPcc23, "Performance Scoring").
    """
    if incumbent is None or bound is None or not (isfinite(incumbent) and isfinite(bound)):
        return 1.0
    if incumbent == bound:
        return 0.0
    if min(incumbent, bound) < 0.0 < max(incumbent, bound):
        return 1.0
    return abs(incumbent - bound) / max(abs(incumbent), abs(bound))


def primal_gap(incumbent: float | None, best: float) -> float:
    """`gap` of an incumbent and the best known objective (Berthold 2013, doi 10.1016/j.orl.2013.08.007)."""
    return gap(incumbent, _finite("the best objective", best))


def primal_integral(events: Sequence[Event], best: float, limit: float) -> float:
    r"""Mean primal gap until the limit, between 0 and 1: small when good points come early.

    .. math:: \frac{1}{T} \sum_i \gamma_{i-1} (t_i - t_{i-1})

    The gap is 1 before the first point, and stays as it is after the last event. Source: Berthold 2013,
    doi 10.1016/j.orl.2013.08.007, whose integral is divided here by the limit T.

    Parameters
    ----------
    events : sequence of Event
        In the order of time.
    best : float
        Best known objective.
    limit : float
        Time that the run may take [s]; what comes later counts nothing.

    Returns
    -------
    float
        The mean.

    Raises
    ------
    UsageError
        When events are out of order, or a number is not finite.
    """
    return mean_until(limit, events, lambda event: primal_gap(event.incumbent, best))


def seconds_to_first_point(events: Sequence[Event]) -> float | None:
    """Time to the first point [s]; none when there never is one. Raises `UsageError` as `primal_integral`."""
    return next((event.seconds for event in improved(events) if event.incumbent is not None), None)


def seconds_to_gap(events: Sequence[Event], best: float, within: float) -> float | None:
    """Time to the first point whose primal gap is at most a fraction [s]; none when there never is one.

    Raises `UsageError` as `primal_integral`.
    """
    reached = (event for event in improved(events) if primal_gap(event.incumbent, best) <= within)
    return next((event.seconds for event in reached), None)


def root_gap_closed(relaxation: float, root_bound: float, best: float, gap_asked: float = 0.0) -> float | None:
    r"""Share of the gap of the linear relaxation that is closed at the root node, by cuts and presolve.

    .. math:: \frac{d_{root} - d_{LP}}{z - d_{LP}}

    It is between 0 and 1: a root that was cut short may know less than the relaxation. Source: the "gap closed" of
    computational studies of cuts, such as Fischetti and Lodi 2007, doi 10.1007/s10107-006-0054-8.

    Parameters
    ----------
    relaxation, root_bound, best : float
        Bound of the relaxation, bound at the end of the root node, and best known objective.
    gap_asked : float
        Gap within which a search may end, relative to max(1, abs(best)).

    Returns
    -------
    float or None
        The share; none when the relaxation leaves no more than the gap asked.

    Raises
    ------
    UsageError
        When a number is not finite.
    """
    total = _finite("the best objective", best) - _finite("the relaxation's bound", relaxation)
    if total <= max(ROUNDING, gap_asked) * max(1.0, abs(best)):
        return None
    return min(1.0, max(0.0, (_finite("the root's bound", root_bound) - relaxation) / total))


def _finite(what: str, number: float) -> float:
    if not isfinite(number):
        raise UsageError(f"{what} is {number:g}; allowed: a finite number")
    return number
