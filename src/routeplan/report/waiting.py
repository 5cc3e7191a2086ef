"""Projects that wait for room on the grid, in words: the same on the map and in charts."""

from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.result.wishes_without_room import wishes_without_room
from routeplan.schema import units


def waiting(result: Result, words: Words) -> dict[tuple[str, str, int], str]:
    """Tell of each limit the smallest project that waits for more room than is left.

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
    key = ["limit", "area", "period"]
    first = wishes_without_room(result).drop_duplicates(key)
    sites, power = names_in(result.instance, "sites", words), words.unit(units.POWER)
    return {
        (row["limit"], row["area"], row["period"]): words(
            "{site}, {route}: needs {need} {unit}, {left} left",
            site=sites[row["site"]],
            route=words.name(row["route"]),
            need=words.number(row["need"]),
            left=words.number(row["left"]),
            unit=power,
        )
        for row in first.to_dict("records")
    }
