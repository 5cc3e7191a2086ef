"""Projects that wait for room on the grid or in a link, in words: the same on the map and in charts."""

import pandas as pd

from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.result.wishes_beyond_links import wishes_beyond_links
from routeplan.result.wishes_without_room import wishes_without_room
from routeplan.schema import units


def waiting(result: Result, words: Words) -> dict[tuple[str, str, int], str]:
    """Tell of each area the smallest project that waits for more room than is left.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.

    Returns
    -------
    dict
        Which project waits, what it needs and what is left, by limit, area and period.
    """
    return _first(wishes_without_room(result).assign(unit=units.POWER), "area", result, words)


def waiting_for_links(result: Result, words: Words) -> dict[tuple[str, str, int], str]:
    """Tell the same of planned links, by limit, link and period."""
    wishes, links = wishes_beyond_links(result), result.instance["links"].set_index("link")
    unit = wishes["link"].map(links["carrier"]).map(units.OF_CARRIER)
    return _first(wishes.assign(unit=unit), "link", result, words)


def _first(wishes: pd.DataFrame, place: str, result: Result, words: Words) -> dict[tuple[str, str, int], str]:
    """The first wish of each limit, place and period, in words."""
    key, sites = ["limit", place, "period"], names_in(result.instance, "sites", words)
    return {
        (row["limit"], row[place], row["period"]): words(
            "{site}, {route}: needs {need} {unit}, {left} left",
            site=sites[row["site"]],
            route=words.name(row["route"]),
            need=words.number(row["need"]),
            left=words.number(row["left"]),
            unit=words.unit(row["unit"]),
        )
        for row in wishes.drop_duplicates(key).to_dict("records")
    }
