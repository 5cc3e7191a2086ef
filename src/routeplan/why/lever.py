"""Levers: what policy can do about an instance, each as changes of its tables."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

import numpy as np
import pandas as pd

from routeplan.estimate.futures import changes_that_fit
from routeplan.instance.change import Change
from routeplan.instance.horizon import FloatArray, Horizon
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Scenario, changed_tables
from routeplan.schema.inputs import INPUT_TABLES

YEARS = 3
"""Years by which grid and networks come earlier unless it is told: as many as they come later in usual scenarios."""

MORE = 1.25
"""Factor on the supply of green gas and heat, and on the budgets of pots."""

MORE_FLEXIBLE = 1.1
"""Factor on the flexible headroom; what firm headroom nobody asks for may be used flexibly anyway."""


class Lever(StrEnum):
    """A lever: what is different, in every place at once."""

    GRID_EARLIER = "grid_earlier"
    """Headroom and reinforcements come some years earlier."""
    GRID_WORKS = "grid_works"
    """In areas with dated works, the headroom from their year on is there from the first period on."""
    HYDROGEN_EARLIER = "hydrogen_earlier"
    """Links, sources and hubs of hydrogen come some years earlier."""
    CO2_EARLIER = "co2_earlier"
    """Links, storage and hubs of CO2 come some years earlier."""
    MORE_GREEN_GAS = "more_green_gas"
    """Every step of the supply of green gas is `MORE` times as large, at its price."""
    MORE_HEAT = "more_heat"
    """Every step of the supply of heat is `MORE` times as large, at its price."""
    MORE_SUPPORT = "more_support"
    """The budgets of all pots are `MORE` times as large."""
    MORE_FLEXIBLE = "more_flexible"
    """The flexible headroom of every area is `MORE_FLEXIBLE` times as large."""


def with_lever(instance: Instance, lever: Lever, years: int = YEARS) -> Instance | None:
    """Make the instance in which a lever is pulled.

    Parameters
    ----------
    instance : Instance
        The instance, under a scenario or not.
    lever : Lever
        The lever.
    years : int
        Years by which grid and networks come earlier. As everywhere, a period is told by its first year alone: what
        comes in 2033 is there in a period that begins in 2030 when it comes three years earlier, and not with two.

    Returns
    -------
    Instance or None
        None where the lever changes nothing that any period could feel.
    """
    return changed_where_felt(instance, lever, partial(CHANGES[lever], years=years))


ChangesOf = Callable[[Instance], list[Change]]
"""Makes the changes of an instance."""


def changed_where_felt(instance: Instance, name: str, changes_of: ChangesOf) -> Instance | None:
    """Make the instance after changes of its limits.

    Parameters
    ----------
    instance : Instance
        The instance, under a scenario or not.
    name : str
        What the changes are called in messages.
    changes_of : callable
        Makes the changes of an instance, which has rows of headroom and sources in every period.

    Returns
    -------
    Instance or None
        None where nothing changes that any period could feel.
    """
    whole = _with_every_row(instance)
    changes = changes_of(whole)
    after = changed_tables(whole.settings, whole.tables, Scenario(name, tuple(changes)))
    names = {change.table for change in changes}
    changed = {name: after[name] for name in names if not _alike(name, whole[name], after[name], whole.horizon)}
    return instance.replace(**changed) if changed else None


def only_allows_more(before: Instance, after: Instance) -> bool:
    """Whether every plan of an instance is one of it with a lever too, at the same cost.

    It is where no limit is lower and nothing comes later. Room or supply that shrinks over the years shrinks earlier.

    Parameters
    ----------
    before, after : Instance
        The instance without and with a lever.
    """
    without, lever = _with_every_row(before), _with_every_row(after)
    return all(
        (_by_period(name, column, lever) >= _by_period(name, column, without)).all()
        for name, columns in LIMITS.items()
        for column in columns
    )


def _by_period(name: str, column: str, instance: Instance) -> FloatArray:
    """What a column allows in each row of a table: more is looser, so that an earlier year counts for more."""
    cells = instance[name].sort_values(list(INPUT_TABLES[name].key))[column]
    if INPUT_TABLES[name].column(column).is_calendar_year:
        return -np.searchsorted(instance.horizon.first, cells.fillna(-np.inf)).astype(float)
    return cells.to_numpy(float)


def _earlier_grid(instance: Instance, years: int) -> list[Change]:
    return [
        *changes_that_fit(instance, "headroom", "firm", "delay", -years),
        *changes_that_fit(instance, "headroom", "flexible", "delay", -years),
        *changes_that_fit(instance, "reinforcements", "first_year", "delay", -years),
    ]


def _earlier_network(instance: Instance, years: int, carrier: str) -> list[Change]:
    of_carrier = {"carrier": carrier}
    return [
        *changes_that_fit(instance, "links", "first_year", "delay", -years, of_carrier),
        *changes_that_fit(instance, "sources", "capacity", "delay", -years, of_carrier),
        *changes_that_fit(instance, "hubs", "first_year", "delay", -years, of_carrier),
    ]


def _more_supply(instance: Instance, years: int, commodity: str) -> list[Change]:
    return changes_that_fit(instance, "supply", "quantity", "multiply", MORE, {"commodity": commodity})


def _more_support(instance: Instance, years: int) -> list[Change]:
    return changes_that_fit(instance, "budgets", "amount", "multiply", MORE)


def _more_flexible(instance: Instance, years: int) -> list[Change]:
    return changes_that_fit(instance, "headroom", "flexible", "multiply", MORE_FLEXIBLE)


def _works_done(instance: Instance, years: int) -> list[Change]:
    """Set the headroom of areas with dated works, before these are done, to what it is then."""
    headroom = instance["headroom"].merge(_works_by_area(instance), on="area")
    then = headroom[headroom["period"] == headroom["done"]][["area", "firm", "flexible"]]
    before = headroom[headroom["period"] < headroom["done"]].merge(then, on="area", suffixes=("", "_then"))
    return [
        Change("headroom", column, "set", float(row[f"{column}_then"]), {"area": row["area"], "period": row["period"]})
        for row in before.to_dict("records")
        for column in ("firm", "flexible")
        if row[f"{column}_then"] > row[column]
    ]


def _works_by_area(instance: Instance) -> pd.DataFrame:
    """The period from which on all dated works of an area are done; works beyond the horizon count for nothing."""
    works, first = instance["works"], instance.horizon.first
    year = works["estimate"].fillna(works["latest"]).fillna(works["earliest"])
    dated = works[["area"]].assign(year=year)[(year <= first[-1]).to_numpy()]
    latest: pd.DataFrame = dated.groupby("area", as_index=False).agg({"year": "max"})
    done = first[np.searchsorted(first, latest["year"].to_numpy(float))]
    return latest[["area"]].assign(done=done)


LIMITS = {
    "headroom": ("firm", "flexible"),
    "reinforcements": ("first_year",),
    "links": ("first_year",),
    "sources": ("capacity",),
    "hubs": ("first_year",),
    "supply": ("quantity",),
    "budgets": ("amount",),
}
"""Columns that levers change: each limits what a plan may do, and is in no cost."""

CHANGES: dict[Lever, Callable[..., list[Change]]] = {
    Lever.GRID_EARLIER: _earlier_grid,
    Lever.GRID_WORKS: _works_done,
    Lever.HYDROGEN_EARLIER: partial(_earlier_network, carrier="hydrogen"),
    Lever.CO2_EARLIER: partial(_earlier_network, carrier="co2"),
    Lever.MORE_GREEN_GAS: partial(_more_supply, commodity="green_gas"),
    Lever.MORE_HEAT: partial(_more_supply, commodity="heat"),
    Lever.MORE_SUPPORT: _more_support,
    Lever.MORE_FLEXIBLE: _more_flexible,
}


def _with_every_row(instance: Instance) -> Instance:
    """The same instance with the rows of headroom and sources that it lacks: a change finds only rows that are there.

    A missing row is no capacity. A source that is not there yet has the price of its first period.
    """
    headroom = _every_period(instance, "headroom", ["area"]).fillna({"firm": 0.0, "flexible": 0.0})
    place = ["node", "carrier"]
    sources = _every_period(instance, "sources", place).fillna({"capacity": 0.0})
    prices = sources.groupby(place)["price"]
    return instance.replace(headroom=headroom, sources=sources.assign(price=prices.bfill().fillna(prices.ffill())))


def _every_period(instance: Instance, table: str, place: list[str]) -> pd.DataFrame:
    """Every place of a table in every period, in the order of the places."""
    rows = instance[table]
    every = rows[place].drop_duplicates().merge(instance["periods"][["period"]], how="cross")
    return every.merge(rows, on=[*place, "period"], how="left")


def _alike(name: str, before: pd.DataFrame, after: pd.DataFrame, horizon: Horizon) -> bool:
    """Whether two states of a table are the same to every period."""
    declared = INPUT_TABLES[name]
    for column in (declared.column(each) for each in declared.names if each not in declared.key):
        cells = [frame[column.name] for frame in (before, after)]
        if column.is_calendar_year:
            cells = [pd.Series(np.searchsorted(horizon.first, cell.fillna(-np.inf))) for cell in cells]
        if not cells[0].equals(cells[1]):
            return False
    return True
