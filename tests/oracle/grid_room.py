"""Whether the grid can bear what runs and what is open, area by area."""

from collections.abc import Sequence

from choices import Choices
from continuous_rest import CLOSE
from year_by_year import Row


def grid_holds(
    choices: Choices, t: int, routes: Sequence[str], hubs: Sequence[Row], reinforcements: Sequence[Row]
) -> bool:
    """Whether firm and total headroom of every area hold in a period.

    Parameters
    ----------
    choices : Choices
        The instance.
    t : int
        Place of the period.
    routes : sequence of str
        What each process runs, in the order of the processes.
    hubs, reinforcements : sequence of rows
        Hub options that are open and reinforcements that are in place.
    """
    asked = _asked(choices, routes)
    for area in {row["area"] for row in choices.tables["headroom"]}:
        below = _below(choices, area)
        more = sum(row["capacity"] for row in reinforcements if row["area"] == area)
        used = [(request, connection) for request, connection, at in asked if at in below]
        used += [
            (hub["firm_capacity"], hub["firm_capacity"] + hub["flexible_capacity"])
            for hub in hubs
            if hub["area"] in below
        ]
        firm, total = _headroom(choices, area, t)
        if sum(use[0] for use in used) > firm + more + CLOSE or sum(use[1] for use in used) > total + more + CLOSE:
            return False
    return True


def _headroom(choices: Choices, area: str, t: int) -> tuple[float, float]:
    """Firm room, and firm and flexible room together; none where an area lacks the period."""
    for row in choices.tables["headroom"]:
        if (row["area"], row["period"]) == (area, choices.years.first[t]):
            return row["firm"], row["firm"] + row["flexible"]
    return 0.0, 0.0


def _below(choices: Choices, area: str) -> set[str]:
    """An area and all areas below it."""
    below = {area}
    for _ in choices.tables["areas"]:
        below |= {row["area"] for row in choices.tables["areas"] if row["parent"] in below}
    return below


def _asked(choices: Choices, routes: Sequence[str]) -> list[tuple[float, float, str]]:
    """The least request and connection of each contract, and its area."""
    found = []
    for contract in {site["contract"] for site in choices.sites.values()}:
        members = {name: site for name, site in choices.sites.items() if site["contract"] == contract}
        spare = sum(site["spare_capacity"] for site in members.values())
        running = [
            choices.options[process, route].row
            for process, route in zip(choices.current, routes, strict=True)
            if choices.site_of[process]["site"] in members
        ]
        share = [members[choices.site_of[row["process"]]["site"]]["coincidence"] for row in running]
        firm = sum(part * row["firm_capacity"] for part, row in zip(share, running, strict=True))
        flexible = sum(part * row["flexible_capacity"] for part, row in zip(share, running, strict=True))
        request = max(0.0, firm - spare)
        found.append((request, max(request, firm + flexible - spare), next(iter(members.values()))["area"]))
    return found
