"""Checks of the routes of processes: routes run, switches, years and bridges."""

import numpy as np

from routeplan.checker.lookup import marked, previous, summed
from routeplan.checker.plan import Plan
from routeplan.checker.violation import Violation
from routeplan.instance.horizon import BoolArray


def one_route_per_process(plan: Plan) -> list[Violation]:
    """Check that every process runs exactly one route in every period."""
    count = summed(plan.runs.astype(float), plan.process_of, len(plan.process_index))
    rows = plan.rows("one_route_per_process", "", plan.process_index)
    return rows.equal("the number of routes", count, np.ones_like(count), "allowed: exactly")


def starts_when_switching(plan: Plan) -> list[Violation]:
    """Check that every switch has a start, and every start a switch (or the renewal of a bridge)."""
    earlier = previous(plan.runs, plan.is_current)
    missing = plan.runs & ~earlier & ~plan.starts & ~plan.is_current[:, np.newaxis]
    lasting = ~plan.is_temporary[:, np.newaxis]
    rows = plan.rows("starts_when_switching", "", plan.option_index)
    return [
        *rows.never(missing, "the process switches to this option without a start"),
        *rows.never(plan.starts & plan.is_current[:, np.newaxis], "the current option never starts"),
        *rows.never(plan.starts & ~plan.runs, "the option starts but does not run"),
        *rows.never(plan.starts & earlier & lasting, "the option starts but runs already, and is no bridge"),
    ]


def allowed_years(plan: Plan) -> list[Violation]:
    """Check options against their years, and starts against the process's windows."""
    rows = plan.rows("allowed_years", "", plan.option_index)
    return [
        *rows.never(plan.runs & plan.too_early, "the option runs before its first year"),
        *rows.never(plan.runs & plan.too_late, "the option runs after its last year"),
        *rows.never(plan.starts & ~_windows(plan), "the option starts outside the windows of its process"),
    ]


def _windows(plan: Plan) -> BoolArray:
    """Periods in which each option may start; a process without any window may always."""
    table = plan.instance["windows"]
    window = marked(table, ["process"], plan.process_index, plan.horizon)
    return np.asarray((window | ~window.any(axis=1, keepdims=True))[plan.process_of])


def no_way_back(plan: Plan) -> list[Violation]:
    """Check that a process does not return to its current option after leaving it."""
    returns = plan.runs & ~previous(plan.runs, first=True) & plan.is_current[:, np.newaxis]
    rows = plan.rows("no_way_back", "", plan.option_index)
    return rows.never(returns, "the process returns to its current option")


def stays_started(plan: Plan) -> list[Violation]:
    """Check that an option neither current nor temporary runs on for as long as its last year allows."""
    stays = ~(plan.is_current | plan.is_temporary)[:, np.newaxis]
    stops = previous(plan.runs) & ~plan.runs & ~plan.too_late & stays
    rows = plan.rows("stays_started", "", plan.option_index)
    return rows.never(stops, "the option ran a period earlier, is no bridge, and no longer runs")


def bridge_ends(plan: Plan) -> list[Violation]:
    """Check that a temporary option runs only within the lives of its starts."""
    started, periods = plan.started
    life = plan.options["life"].to_numpy(float)[started]
    begin = plan.horizon.first[periods]
    first = plan.horizon.first[np.newaxis, :]
    covers = (first >= begin[:, np.newaxis]) & (first < (begin + life)[:, np.newaxis])
    covered = summed(covers.astype(float), started, len(plan.options)) > 0.0
    rows = plan.rows("bridge_ends", "", plan.option_index)
    overdue = plan.runs & ~covered & plan.is_temporary[:, np.newaxis]
    return rows.never(overdue, "the bridge runs without a start whose life reaches this period")
