"""Where there is room on the grid, and when: works, queue, room and what the plan asks for, as a table of a page."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.report.page.table import PageTable
from routeplan.result.result import Result
from routeplan.result.summary_limits import grid
from routeplan.schema import units

MANY = 12
"""With more areas than these, the top ones alone are shown first."""


def has_many_areas(result: Result) -> bool:
    """Whether there are more areas with room of their own than one table shows well."""
    return bool(grid(result)["area"].nunique() > MANY)


def room_table(result: Result, words: Words, top_only: bool = False) -> PageTable:
    """Table of each area of the grid with room of its own: queue and works, and room, use and what is left by period.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    top_only : bool, optional
        Whether areas inside another are left out.

    Returns
    -------
    PageTable
        Four rows for each area: firm room, what the plan asks for of it, what is left, and what is left of all room.
    """
    instance = result.instance
    names = names_in(instance, "areas", words)
    queues = instance["areas"].set_index("area")["queue"]
    known = grid(result)
    if top_only:
        parents = instance["areas"].set_index("area")["parent"]
        known = known[known["area"].map(parents) == ""]
    periods = instance["periods"]["period"].tolist()
    rows: list[list[str]] = []
    strong = []
    for area, found in known.groupby("area", sort=False):
        by_period = found.set_index("period").reindex(periods)
        queue = words.number(float(queues[area])) if queues[area] > 0 else "–"
        beside = [_with_parent(str(area), result, names), queue, _works(result, str(area), words)]
        lines = {
            words("room"): by_period["firm_headroom"],
            words("asked for by the plan"): by_period["firm"],
            words("left"): by_period["firm_headroom"] - by_period["firm"],
            words("left, flexible included"): by_period["total_headroom"] - by_period["total"],
        }
        strong.append(len(rows) + 2)
        for place, (what, amounts) in enumerate(lines.items()):
            told = [words.number(_not_below_nothing(value)) for value in amounts]
            rows.append([*(beside if place == 0 else [""] * len(beside)), what, *told])
    power = words.unit(units.POWER)
    heads = [words("Area"), words("Queue [{unit}]", unit=power), words("Works"), words("Firm [{unit}]", unit=power)]
    return PageTable([*heads, *map(str, periods)], rows, frozenset(strong), texts=4)


def room_notes(words: Words) -> list[str]:
    """How to read it."""
    return [
        words(
            "Room is what the grid can take besides today's contracts, with what reinforcements of the plan add. An "
            "area's room holds for all stations below it together. The queue is what others ask for; the room in the "
            "table is what these sites may count on."
        )
    ]


def _with_parent(area: str, result: Result, names: dict[str, str]) -> str:
    """Name of an area, with that of the one above it where there are several."""
    parents = result.instance["areas"].set_index("area")["parent"]
    above = str(parents[area])
    return f"{names[area]} ({names[above]})" if above and parents[parents != ""].nunique() > 1 else names[area]


def _not_below_nothing(value: float) -> float:
    """What is left, where a solver's slack is not shown as less than nothing."""
    return 0.0 if -1e-6 < value < 0.0 else value


def _works(result: Result, area: str, words: Words) -> str:
    """Dated works of an area, and what the plan reinforces there."""
    works = result.instance["works"]
    told = [_dated(work, words) for work in works[works["area"] == area].sort_values("estimate").to_dict("records")]
    known = result.instance["reinforcements"]
    planned = result["reinforced"].merge(known[known["area"] == area], on="reinforcement").sort_values("period")
    told += [
        words(
            "reinforced by the plan from {year}: {capacity} {unit}",
            year=int(row["period"]),
            capacity=words.number(float(row["capacity"])),
            unit=words.unit(units.POWER),
        )
        for row in planned.to_dict("records")
    ]
    return "; ".join(told) or "–"


def _dated(work: dict[Hashable, Any], words: Words) -> str:
    """When a work is expected, and from when and until when it may come; an empty year is left out."""
    told = []
    if not pd.isna(work["estimate"]):
        told.append(words("expected {year}", year=int(work["estimate"])))
    if not pd.isna(work["earliest"]):
        told.append(words("earliest {year}", year=int(work["earliest"])))
    if not pd.isna(work["latest"]):
        told.append(words("latest {year}", year=int(work["latest"])))
    return ", ".join(told)
