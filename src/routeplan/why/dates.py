"""Early and late dates of the grid and of networks, as changes of an instance's tables."""

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import Any

import pandas as pd

from routeplan.estimate.futures import changes_that_fit
from routeplan.instance.change import Change
from routeplan.instance.instance import Instance
from routeplan.why.lever import changed_where_felt


class Dates(StrEnum):
    """When grid and networks come."""

    EARLY = "early"
    EXPECTED = "expected"
    LATE = "late"


YEAR_OF = {Dates.EARLY: "earliest", Dates.LATE: "latest"}
"""Column of ``works`` that tells when a work is done, instead of the estimate."""

SIGN = {Dates.EARLY: -1, Dates.LATE: 1}


def with_dates(instance: Instance, dates: Dates, years: int) -> Instance | None:
    """Make the instance in which grid and networks come early or late.

    Headroom and reinforcements of an area move by as many years as its dated works are early or late in ``works``
    (earliest or latest less estimate); of several works that are to come, the last to be done counts. A work of which
    one of these years is unknown moves by `years`; areas without works keep their dates. Links, hubs and sources of
    hydrogen and CO2 move by `years`. What is there in the first period does not move.

    Parameters
    ----------
    instance : Instance
        The instance, under a scenario or not.
    dates : Dates
        `EARLY` or `LATE`.
    years : int
        Years by which networks move.

    Returns
    -------
    Instance or None
        None where these dates make no difference that any period could feel. A period is told by its first year alone.
    """
    return changed_where_felt(instance, f"{dates} dates", partial(_changes, dates=dates, years=years))


def moves_of_areas(instance: Instance, dates: Dates, years: int) -> dict[str, int]:
    """Years by which the room of areas with dated works moves, below 0: it is earlier; those that move alone."""
    sign, works = SIGN[dates], instance["works"]
    to_come = works[~(works["estimate"] <= instance.horizon.first[0])]
    moved = (to_come[YEAR_OF[dates]] - to_come["estimate"]).astype(float).fillna(float(sign * years))
    last = (sign * (sign * moved).clip(lower=0.0)).groupby(to_come["area"]).max()
    return {str(area): int(by) for area, by in last.items() if by}


def _changes(instance: Instance, dates: Dates, years: int) -> list[Change]:
    network = SIGN[dates] * years
    return [
        *_grid(instance, moves_of_areas(instance, dates, years)),
        *_moved(instance, "links", network),
        *_moved(instance, "hubs", network),
        *changes_that_fit(instance, "sources", "capacity", "delay", network),
    ]


def _grid(instance: Instance, moves: dict[str, int]) -> Iterator[Change]:
    for area, by in moves.items():
        here = {"area": area}
        for column in ("firm", "flexible"):
            yield from changes_that_fit(instance, "headroom", column, "delay", by, here)
        yield from _moved(instance, "reinforcements", by, here)


def _moved(instance: Instance, table: str, years: int, where: dict[str, Any] | None = None) -> list[Change]:
    """Moves of first years that are still to come, in such an order that no row moves twice."""
    rows = instance[table]
    for name, wanted in (where or {}).items():
        rows = rows[rows[name] == wanted]
    to_come = pd.unique(rows["first_year"][rows["first_year"] > instance.horizon.first[0]])
    order = sorted(map(float, to_come), reverse=years > 0)
    return [Change(table, "first_year", "delay", years, {**(where or {}), "first_year": year}) for year in order]
