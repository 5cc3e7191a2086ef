"""The index sets: where each family's equation stands."""

from collections.abc import Callable
from typing import Any

from routeplan.model.decisions import Index, tuples
from routeplan.model.lookups.lookups import Lookups

IndexSet = Callable[[Lookups], list[Index]]


def _every(data: Lookups, names: list[Any]) -> list[Index]:
    return [(name, period) for name in names for period in data.periods]


def _later(data: Lookups, rows: list[Index]) -> list[Index]:
    """Rows that have a period before them."""
    return [row for row in rows if row[-1] in data.before]


def _options(data: Lookups, *, temporary: bool) -> list[Index]:
    runs = data.decisions["runs"]
    chosen = runs[(runs["current"] == 0) & (runs["temporary"] == int(temporary))]
    return tuples(chosen, "process", "route", "period")


def every(decision: str) -> IndexSet:
    """Every index of a kind of decision."""
    return lambda data: data.decisions.kinds[decision].keys()


def later(decision: str) -> IndexSet:
    """Every index of a kind of decision, but for those of the first period."""
    return lambda data: _later(data, data.decisions.kinds[decision].keys())


def processes(data: Lookups) -> list[Index]:
    """Every process in every period."""
    return _every(data, list(data.routes.current))


def processes_later(data: Lookups) -> list[Index]:
    """Every process in every period but the first."""
    return _later(data, processes(data))


def options(data: Lookups) -> list[Index]:
    """Every option but the current ones, where it may run."""
    return _options(data, temporary=False) + _options(data, temporary=True)


def lasting_later(data: Lookups) -> list[Index]:
    """Every option that is neither current nor temporary, where it may run, but for the first period."""
    return _later(data, _options(data, temporary=False))


def bridges(data: Lookups) -> list[Index]:
    """Every temporary option, where it may run."""
    return _options(data, temporary=True)


def limited_areas(data: Lookups) -> list[Index]:
    """Every area that sets a limit, in every period."""
    return list(data.grid.headroom)


def nodes(data: Lookups) -> list[Index]:
    """Every carrier, node and period at which anything can happen."""
    return data.network.node_periods


def links(data: Lookups) -> list[Index]:
    """Every link in every period in which it may carry anything."""
    return list(data.network.planned_capacity)


def zones(data: Lookups) -> list[Index]:
    """Every supplied commodity, region and period with a possible use."""
    return list(data.supply.use)


def shared_supply(data: Lookups) -> list[Index]:
    """Every commodity and period in which regions may be brought some of the zone of all."""
    return list(data.supply.brought_to)


def pots(data: Lookups) -> list[Index]:
    """Every pot in every period."""
    return _every(data, list(data.support.carries_over))


def lacking_starts(data: Lookups) -> list[Index]:
    """Every start with a funding gap."""
    return list(data.support.funding_gap)


def targets(data: Lookups) -> list[Index]:
    """Every cap on emissions."""
    return list(data.targets.caps)


def loose_links(data: Lookups) -> list[Index]:
    """Every candidate link with a size above all that can be asked."""
    return list(data.network.tight_capacity)


def network_uses(data: Lookups) -> list[Index]:
    """Every option that needs a network, where nothing but candidates reaches its site."""
    return list(data.network.unserved_uses)
