"""Periods of estimated and generated instances: their table and its checks."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from routeplan.errors import Message, UsageError


def period_refusals(periods: Sequence[int], horizon_end: int) -> list[str]:
    """Reason why periods are invalid; none where they are increasing years.

    Parameters
    ----------
    periods : sequence of int
        First years of the periods.
    horizon_end : int
        The year after the last period.
    """
    years = [*periods, horizon_end]
    if periods and all(later > earlier for earlier, later in pairwise(years)):
        return []
    return [
        Message(
            "periods and the horizon's end must be increasing years; they are {years}", years=", ".join(map(str, years))
        )
    ]


def refuse_periods(periods: Sequence[int], horizon_end: int) -> None:
    """Refuse periods that are invalid; arguments as of `period_refusals`.

    Raises
    ------
    UsageError
        With the reason.
    """
    if refused := period_refusals(periods, horizon_end):
        raise UsageError(refused[0])


def periods_between(firsts: Sequence[int], horizon_end: int) -> pd.DataFrame:
    """Make the table ``periods`` from the first years and the year after the last period."""
    ends = [*firsts[1:], horizon_end]
    years = [end - first for first, end in zip(firsts, ends, strict=True)]
    return pd.DataFrame({"period": list(firsts), "years": years}, dtype="int64")
