"""Room of a grid area in words: what there is, who has it in the plan, and when works are done."""

import pandas as pd

from routeplan.errors import Message
from routeplan.instance.areas import with_areas_above
from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.result.shared_costs import open_hubs
from routeplan.result.summary_limits import grid
from routeplan.result.summary_power import power_by_contract
from routeplan.schema import units
from routeplan.why.takers import takers


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
    """Who has most of the firm capacity in the plan, and who of all, firm and flexible."""
    taken = _taken(result, area, period, words)
    firm = takers(taken["firm"], units.POWER, words)
    total = takers(taken["firm"] + taken["flexible"], units.POWER, words)
    if not total:
        return []
    if firm == total:
        return [words("Most of the new capacity goes to {takers}.", takers=total)]
    told = [words("Most of the firm capacity goes to {takers}.", takers=firm)] if firm else []
    return [*told, words("Most of firm and flexible capacity together goes to {takers}.", takers=total)]


def _taken(result: Result, area: str, period: int, words: Words) -> pd.DataFrame:
    """New capacity that contracts and open hubs ask for in an area and below it, by the names of sites and hubs."""
    instance = result.instance
    first = instance["sites"].drop_duplicates("contract").set_index("contract")["site"]
    sites = power_by_contract(result)
    sites = sites.assign(name=sites["contract"].map(first).map(names_in(instance, "sites", words)))
    hubs = open_hubs(result).rename(columns={"firm_capacity": "firm", "flexible_capacity": "flexible"})
    hubs = hubs.assign(name=hubs["hub"].map(names_in(instance, "hubs", words)))
    columns = ["area", "period", "name", "firm", "flexible"]
    placed = with_areas_above(instance, pd.concat([sites[columns], hubs[columns]], ignore_index=True))
    return placed[(placed["area"] == area) & (placed["period"] == period)].set_index("name")


DATES = {
    "estimate": Message("expected in {year}"),
    "earliest": Message("{year} at the earliest"),
    "latest": Message("{year} at the latest"),
}
"""How each date of works is told."""


def _works(result: Result, area: str, words: Words) -> list[str]:
    """When works in the area are done, by the dates that are known."""
    works = result.instance["works"]
    dates = works.loc[works["area"] == area, list(DATES)]
    told = [
        [words(text, year=int(row[date])) for date, text in DATES.items() if pd.notna(row[date])]
        for _, row in dates.iterrows()
    ]
    return [words("Works: {dates}.", dates=", ".join(each)) for each in told if each]
