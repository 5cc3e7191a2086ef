"""Room of a grid area in words: what there is, who has it in the plan, and when works are done."""

import pandas as pd

from routeplan.instance.areas import with_areas_above
from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.result.summary_limits import grid
from routeplan.schema import units

MOST = 3
"""Sites that are named."""

LEAST = 0.05
"""Capacity below this is not told of [MW]."""


def room_in_words(result: Result, area: str, period: int, words: Words) -> str:
    """Tell of the room of an area in a period.

    Parameters
    ----------
    result : Result
        A result with a plan.
    area : str
        The area.
    period : int
        First year of the period.
    words : Words
        The language.
    """
    name = names_in(result.instance, "areas", words)[area]
    table = grid(result)
    found = table[(table["area"] == area) & (table["period"] == period)]
    said = [] if found.empty else [_room(found.iloc[0], name, period, words)]
    return " ".join([*said, *_takers(result, area, period, words), *_works(result, area, words)])


def _room(row: "pd.Series[float]", name: str, period: int, words: Words) -> str:
    return words(
        "{area} has room for {room} {unit} of new firm capacity in {year}; the plan leaves {left} of it, and {total} "
        "with flexible capacity.",
        area=name,
        room=words.number(row["firm_headroom"]),
        unit=words.unit(units.POWER),
        year=period,
        left=words.number(max(0.0, row["firm_headroom"] - row["firm"])),
        total=words.number(max(0.0, row["total_headroom"] - row["total"])),
    )


def _takers(result: Result, area: str, period: int, words: Words) -> list[str]:
    """Who has most of it in the plan."""
    sites = result.instance["sites"]
    names = names_in(result.instance, "sites", words)
    asked = result["requests"]
    asked = asked[(asked["period"] == period) & (asked["connection"] > LEAST)]
    first = sites.drop_duplicates("contract").set_index("contract")
    placed = asked.assign(area=asked["contract"].map(first["area"]), site=asked["contract"].map(first["site"]))
    here = with_areas_above(result.instance, placed).query("area == @area").nlargest(MOST, "connection")
    if here.empty:
        return []
    unit = words.unit(units.POWER)
    taken = zip(here["site"], here["connection"], strict=True)
    told = [f"{names[site]} ({words.number(amount)} {unit})" for site, amount in taken]
    return [words("Most goes to {sites}.", sites=", ".join(told))]


def _works(result: Result, area: str, words: Words) -> list[str]:
    works = result.instance["works"]
    return [
        words(
            "Works: expected in {estimate}, {earliest} at the earliest, {latest} at the latest.",
            **{name: _year(work[name], words) for name in ("earliest", "estimate", "latest")},
        )
        for _, work in works[works["area"] == area].iterrows()
    ]


def _year(year: float, words: Words) -> str:
    return words("an unknown year") if pd.isna(year) else str(int(year))
