"""Numbers that a search is given: those that make no sense are refused, and what is no number."""

import numpy as np

from routeplan.errors import UsageError

MOST_THREADS = 256
"""More threads than any search has use for; HiGHS hangs where it is asked for thousands."""


def refuse_unless(right: bool, name: str, value: object, allowed: str) -> None:
    """Refuse the value of a parameter unless it is right.

    Parameters
    ----------
    right : bool
        Whether it is.
    name : str
        Name of the parameter.
    value : object
        The value.
    allowed : str
        What is allowed.

    Raises
    ------
    UsageError
        When it is not.
    """
    if not right:
        raise UsageError(f"{name} is {value!r}; allowed: {allowed}")


def is_number(value: object) -> bool:
    """Whether something is a number, of Python or numpy; True is none."""
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


def is_whole(value: object) -> bool:
    """Whether something is an integer, of Python or numpy; True is none."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def refuse_wrong_gap(gap: float) -> None:
    """Refuse a gap that makes no sense; raises as `refuse_unless`."""
    refuse_unless(is_number(gap) and 0.0 <= gap < float("inf"), "gap", gap, "0 or more, and finite")


def refuse_wrong_seconds(seconds: float) -> None:
    """Refuse a time [s] that makes no sense; raises as `refuse_unless`."""
    right = is_number(seconds) and 0.0 < seconds < float("inf")
    refuse_unless(right, "seconds", seconds, "more than 0, and finite")


def refuse_wrong_each(each: float) -> None:
    """Refuse a time for each of several searches [s] that makes no sense; raises as `refuse_unless`."""
    refuse_unless(is_number(each) and each > 0.0, "each", each, "more than 0 seconds")


def refuse_wrong_threads(threads: int | None) -> None:
    """Refuse a number of threads that makes no sense, None being the solver's choice; raises as `refuse_unless`."""
    right = threads is None or (is_whole(threads) and 1 <= threads <= MOST_THREADS)
    refuse_unless(right, "threads", threads, f"1 to {MOST_THREADS}")


def refuse_wrong_seed(seed: int) -> None:
    """Refuse a random seed that HiGHS does not take; raises as `refuse_unless`."""
    refuse_unless(is_whole(seed) and 0 <= seed < 2**31, "seed", seed, f"0 to {2**31 - 1}")


def refuse_wrong_workers(workers: int) -> None:
    """Refuse a number of processes at a time that makes no sense; raises as `refuse_unless`."""
    refuse_unless(is_whole(workers) and workers >= 1, "workers", workers, "1 or more, whole")
