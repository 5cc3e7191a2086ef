"""The country around the sites: the default tables, scaled with the number of sites and by the knobs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from routeplan.errors import DataError, Message, Problem
from routeplan.estimate.default_schema import YEARS
from routeplan.estimate.defaults import DefaultTables
from routeplan.generate.knobs import Knobs

_BY_YEAR = tuple(str(year) for year in YEARS)
_ROOM = ("firm_before", "firm_release", "firm_2040", "flexible_before", "flexible_release")
_HUB = ("capex", "fixed_cost", "capacity", "firm_capacity", "flexible_capacity")
_DIGITS = 6


@dataclass(frozen=True)
class _Turn:
    """A factor on columns of a default table, in the rows where other columns have these values."""

    table: str
    columns: tuple[str, ...]
    factor: float
    what: str
    where: Mapping[str, str] = field(default_factory=dict)


def known_sites(tables: DefaultTables) -> int:
    """Count the sites of cluster 6 as it is known; a table that has none is refused."""
    known = int(tables["sector_sizes"]["count"].sum())
    if not known:
        raise DataError(
            [Problem("sector_sizes.csv", 0, Message("counts no site at all; allowed: at least one"), "count")]
        )
    return known


def country_of(tables: DefaultTables, count: int, knobs: Knobs) -> DefaultTables:
    """Scale the default tables with the number of sites, where it is above that of cluster 6, and by the knobs.

    Supply, grid room, sources, planned links, hubs and public money are for cluster 6 as a whole, and a few sites
    get their share of it. More sites than cluster 6 has are a larger country: all of that grows with them.

    Parameters
    ----------
    tables : DefaultTables
        The default tables.
    count : int
        Number of sites.
    knobs : Knobs
        The knobs.

    Returns
    -------
    DefaultTables
        What they are called, as the derivation cites them, says what was turned.
    """
    for turn in [*_larger(tables, count), *_knobs(tables, knobs)]:
        tables = _turned(tables, turn)
    return tables


def _larger(tables: DefaultTables, count: int) -> list[_Turn]:
    """Make the country larger with the number of its sites; one of fewer sites than are known stays as it is."""
    size = max(1.0, count / known_sites(tables))
    # The areas' emissions are those of the ETS alone; here the small sites and the incinerators share the room too.
    everyone = tables.general("national_emissions") / float(tables["areas"]["emissions"].sum())
    return [
        _Turn("general", _BY_YEAR, size, "national emissions", {"name": "national_emissions"}),
        _Turn("areas", ("emissions",), size * everyone, "emissions"),
        _Turn("areas", (*_ROOM, "queue", "reinforcement"), size, "MW"),
        _Turn("network_links", ("capacity",), size, "capacity"),
        _Turn("network_sources", _BY_YEAR, size, "capacity", {"parameter": "capacity"}),
        _Turn("hub_designs", _HUB, size, "size"),
        _Turn("supply", _BY_YEAR, size, "quantity", {"parameter": "quantity"}),
        _Turn("budgets", _BY_YEAR, size, "money"),
    ]


def _knobs(tables: DefaultTables, knobs: Knobs) -> list[_Turn]:
    links = knobs.candidate_links / tables.general("neighbours")
    hydrogen, storage = knobs.hydrogen_price, knobs.storage_price
    return [
        _Turn("areas", _ROOM, knobs.headroom, "room"),
        _Turn("budgets", _BY_YEAR, knobs.budget, "budget"),
        _Turn("general", _BY_YEAR, links, "neighbours", {"name": "neighbours"}),
        _Turn("network_sources", _BY_YEAR, hydrogen, "hydrogen price", {"carrier": "hydrogen", "parameter": "price"}),
        _Turn("network_sources", _BY_YEAR, storage, "storage price", {"carrier": "co2", "parameter": "price"}),
        _Turn("hub_designs", ("price",), hydrogen, "hydrogen price", {"carrier": "hydrogen"}),
        _Turn("hub_designs", ("price",), storage, "storage price", {"carrier": "co2"}),
        _Turn("prices", _BY_YEAR, hydrogen, "hydrogen price", {"item": "hydrogen", "part": "supply"}),
        _Turn("prices", _BY_YEAR, storage, "storage price", {"item": "co2_storage"}),
    ]


def _turned(tables: DefaultTables, turn: _Turn) -> DefaultTables:
    """Apply a factor, and add it to the name of the table."""
    if turn.factor == 1.0:
        return tables
    frame = tables[turn.table]
    rows = pd.Series(True, frame.index)
    for column, value in turn.where.items():
        rows &= frame[column] == value
    for column in turn.columns:
        values = frame[column].astype(float)
        frame[column] = values.mask(rows, (values * turn.factor).round(_DIGITS))
    name = f"{tables.file(turn.table)}, {turn.what} x {turn.factor:.6g}"
    return replace(tables, frames={**tables.frames, turn.table: frame}, own={**tables.own, turn.table: name})
