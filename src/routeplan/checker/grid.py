"""Electricity: room in contracts, headroom of areas, and reinforcements."""

import numpy as np
import pandas as pd

from routeplan.checker.keys import Keys
from routeplan.checker.lookup import before, index_of, positions, summed
from routeplan.checker.plan import Plan, once
from routeplan.checker.violation import Limit, Violation
from routeplan.instance.horizon import FloatArray
from routeplan.schema.units import POWER

FIRM = ("firm_capacity",)
TOTAL = ("firm_capacity", "flexible_capacity")


def _needed(plan: Plan, columns: tuple[str, ...]) -> FloatArray:
    """Capacity beyond today's contracts that the running options ask for at their peak [MW], shape (contracts, T)."""
    index = plan.contract_index
    at_sites = np.sum([plan.used_at_sites(column) for column in columns], axis=0)
    at_peak = plan.sites["coincidence"].to_numpy(float)[:, np.newaxis] * at_sites
    return summed(at_peak, positions(plan.sites, ["contract"], index), len(index))


def _spare(plan: Plan) -> FloatArray:
    return plan.contracts["spare"].to_numpy(float)[:, np.newaxis]


@once
def least_requests(plan: Plan) -> tuple[FloatArray, FloatArray]:
    """Least request and connection of each contract [MW], both of shape (contracts, T)."""
    request = np.maximum(0.0, _needed(plan, FIRM) - _spare(plan))
    return request, np.maximum(request, _needed(plan, TOTAL) - _spare(plan))


def _listed_requests(plan: Plan, column: str) -> FloatArray:
    return plan.listed("requests", ["contract"], plan.contract_index, column)


def contract_room(plan: Plan) -> Limit:
    """Check the firm capacity of a contract's options against the free and requested capacity."""
    rows = plan.rows("contract_room", POWER, plan.contract_index)
    room = _spare(plan) + _listed_requests(plan, "request")
    return Limit(rows, "firm capacity needed", _needed(plan, FIRM), room)


def connection_room(plan: Plan) -> Limit:
    """Check the firm and flexible capacity of a contract's options against the free and connected capacity."""
    rows = plan.rows("connection_room", POWER, plan.contract_index)
    room = _spare(plan) + _listed_requests(plan, "connection")
    return Limit(rows, "firm and flexible capacity needed", _needed(plan, TOTAL), room)


def connection_covers_request(plan: Plan) -> list[Violation]:
    """Check that each connection covers at least its request."""
    rows = plan.rows("connection_room", POWER, plan.contract_index)
    request, connection = (_listed_requests(plan, column) for column in ("request", "connection"))
    return rows.at_most("the request, which a connection covers,", request, connection)


def requests_table(plan: Plan) -> list[Violation]:
    """Check the table ``requests`` against the least requests and connections."""
    rows = plan.rows("table:requests", POWER, plan.contract_index)
    request, connection = least_requests(plan)
    return [
        *rows.equal("request", _listed_requests(plan, "request"), request),
        *rows.equal("connection", _listed_requests(plan, "connection"), connection),
    ]


def firm_headroom(plan: Plan) -> Limit:
    """Check new firm capacity in an area and all areas below it against its firm headroom."""
    hubs = _of_open_hubs(plan, FIRM)
    return _headroom(plan, "firm_headroom", "new firm capacity", least_requests(plan)[0], hubs, ["firm"])


def total_headroom(plan: Plan) -> Limit:
    """Check new firm and flexible capacity in an area and all areas below it against its total headroom."""
    hubs = _of_open_hubs(plan, TOTAL)
    connections = least_requests(plan)[1]
    return _headroom(plan, "total_headroom", "new capacity", connections, hubs, ["firm", "flexible"])


def _of_open_hubs(plan: Plan, columns: tuple[str, ...]) -> FloatArray:
    """Grid capacity of the hub options that are open [MW], shape (hubs, T)."""
    capacity = np.sum([plan.hubs[column].to_numpy(float) for column in columns], axis=0)
    return np.asarray(capacity[:, np.newaxis] * plan.open)


@once
def _area_index(plan: Plan) -> Keys:
    return index_of(plan.instance["areas"], ["area"])


def _headroom(plan: Plan, family: str, what: str, asked: FloatArray, hubs: FloatArray, columns: list[str]) -> Limit:
    """Compare the capacity asked for by contracts and hubs with the headroom of each area that has one."""
    areas = plan.instance["areas"]
    index = _area_index(plan)
    own = summed(asked, positions(plan.contracts, ["area"], index), len(index))
    own += summed(hubs, positions(plan.hubs, ["area"], index), len(index))
    headroom = np.sum([plan.given("headroom", ["area"], index, column) for column in columns], axis=0)
    limited = index_of(plan.instance["headroom"], ["area"]).find(index.values) >= 0
    rows = plan.rows(family, POWER, index.where(limited))
    return Limit(rows, what, with_areas_below(areas, own)[limited], (headroom + _added(plan))[limited])


@once
def _added(plan: Plan) -> FloatArray:
    """Headroom from reinforcements in place [MW], shape (areas, T)."""
    table = plan.instance["reinforcements"]
    capacity = table["capacity"].to_numpy(float)[:, np.newaxis] * plan.reinforced
    areas = _area_index(plan)
    return summed(capacity, positions(table, ["area"], areas), len(areas))


def with_areas_below(areas: pd.DataFrame, own: FloatArray) -> FloatArray:
    """Add to each area the amounts of all areas below it, shape (areas, T)."""
    parent = positions(areas, ["parent"], index_of(areas, ["area"]))
    total = own.copy()
    ancestor = parent
    while (ancestor >= 0).any():
        total += summed(own, ancestor, len(own))
        ancestor = np.where(ancestor >= 0, parent[ancestor], -1)
    return total


def stays_reinforced(plan: Plan) -> list[Violation]:
    """Check reinforcements against their first years; the table's form keeps them in place."""
    rows = plan.rows("stays_reinforced", "", plan.reinforcement_index)
    early = plan.reinforced & before(plan.instance["reinforcements"]["first_year"], plan.horizon)
    return rows.never(early, "it is in place before its first year")
