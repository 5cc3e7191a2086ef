"""The dates of a grid operator's works: earliest, estimate, latest."""

from typing import Any, NamedTuple

DATES = ("earliest", "estimate", "latest")
"""Kinds of schedule that the map knows, which are columns of the table ``works`` too."""


class Dated(NamedTuple):
    """One date of a work.

    Parameters
    ----------
    column : str
        ``earliest``, ``estimate`` or ``latest``.
    year : int
        Calendar year in which the work is to be in service.
    place : str
        Where in the work it stands: ``time_schedules[0].schedule_interval.end``.
    """

    column: str
    year: int
    place: str


def dates_of(work: dict[str, Any]) -> list[Dated]:
    """List the dates of a work.

    A schedule of type ``earliest``, ``estimate`` or ``latest`` is that. One of another type, or of none, is the
    estimate, unless another schedule says that it is. A schedule without an end has no date.

    Parameters
    ----------
    work : dict
        An entry of ``works``, as the official schema has it.
    """
    ends = [
        Dated(str(schedule.get("type", "")).strip().lower(), *end)
        for position, schedule in enumerate(work["time_schedules"])
        for end in _end(schedule["schedule_interval"], f"time_schedules[{position}].schedule_interval")
    ]
    named = [end for end in ends if end.column in DATES]
    if any(end.column == "estimate" for end in named):
        return named
    return named + [end._replace(column="estimate") for end in ends if end.column not in DATES]


def _end(interval: dict[str, Any], place: str) -> list[tuple[int, str]]:
    """Year in which an interval ends: that of its end (the intended commissioning, in the map), or the year."""
    if "end" in interval:
        return [(int(interval["end"][:4]), f"{place}.end")]
    return [(int(interval["year"]), f"{place}.year")] if "year" in interval else []
