"""Hydrogen and CO2 from source to site and back: nodes, sources, links and hubs."""

import numpy as np
import pandas as pd

from routeplan.checker.lookup import before, index_of, positions, previous, summed
from routeplan.checker.plan import Plan
from routeplan.checker.violation import TOLERANCE, Limit, Violation
from routeplan.horizon import FloatArray
from routeplan.units import CO2, ENERGY

PLACE = ["node", "carrier"]


def units_of(carriers: "pd.Series[str]") -> "pd.Series[str]":
    """GWh/yr for hydrogen, kt/yr for CO2."""
    return carriers.map({"hydrogen": ENERGY, "co2": CO2})


def flows(plan: Plan) -> FloatArray:
    """Read what each link carries, positive from its ``from`` to its ``to``, shape (links, T)."""
    return plan.listed("flows", ["link"], index_of(plan.instance["links"], ["link"]), "flow")


def sources(plan: Plan) -> pd.DataFrame:
    """Places that are a source in some period, and those from which the plan draws."""
    both = [plan.instance["sources"][PLACE], plan.result["drawn"][PLACE]]
    return pd.concat(both, ignore_index=True).drop_duplicates(ignore_index=True)


def drawn(plan: Plan) -> FloatArray:
    """Read what is supplied or stored at each of `sources`, shape (sources, T)."""
    return plan.listed("drawn", PLACE, index_of(sources(plan), PLACE), "amount")


def node_balance(plan: Plan) -> list[Violation]:
    """Hold what comes into each node to what leaves it or is used there."""
    return [*_hydrogen_balance(plan), *_co2_balance(plan)]


def _hydrogen_balance(plan: Plan) -> list[Violation]:
    nodes = places(plan, "hydrogen")
    arriving = _carried_in(plan, "hydrogen", nodes) + _handled(plan, "hydrogen", nodes)
    rows = plan.rows("node_balance", ENERGY, nodes)
    return rows.equal("hydrogen that arrives", arriving, _at_sites(plan, "hydrogen", nodes), "used:")


def _co2_balance(plan: Plan) -> list[Violation]:
    nodes = places(plan, "co2")
    arriving = _carried_in(plan, "co2", nodes) + _at_sites(plan, "captured", nodes)
    rows = plan.rows("node_balance", CO2, nodes)
    return rows.equal("CO2 captured or carried in", arriving, _handled(plan, "co2", nodes), "stored or handled:")


def places(plan: Plan, carrier: str) -> pd.DataFrame:
    """Sites, and the nodes of the carrier: each is a node of its network."""
    table = plan.instance["nodes"]
    ids = pd.concat([plan.sites["site"], table.loc[table["carrier"] == carrier, "node"]], ignore_index=True)
    return pd.DataFrame({"node": ids, "carrier": carrier})


def _at_sites(plan: Plan, column: str, nodes: pd.DataFrame) -> FloatArray:
    """Amounts that running options use or hand over; sites come first among the nodes."""
    amounts = np.zeros((len(nodes), len(plan.horizon)))
    amounts[: len(plan.sites)] = plan.used_at_sites(column)
    return amounts


def _carried_in(plan: Plan, carrier: str, nodes: pd.DataFrame) -> FloatArray:
    """Inflow less outflow at each node, shape (nodes, T)."""
    links = plan.instance["links"]
    of_carrier = (links["carrier"] == carrier).to_numpy()
    carried = flows(plan)[of_carrier]
    index = index_of(nodes, ["node"])
    arrives = summed(carried, positions(links[of_carrier], ["to"], index), len(index))
    return arrives - summed(carried, positions(links[of_carrier], ["from"], index), len(index))


def _handled(plan: Plan, carrier: str, nodes: pd.DataFrame) -> FloatArray:
    """Add up what sources supply or store and hubs put out or take in at each node, shape (nodes, T)."""
    index = index_of(nodes, PLACE)
    at_sources = summed(drawn(plan), positions(sources(plan), PLACE, index), len(index))
    return at_sources + summed(plan.output, positions(plan.hubs, PLACE, index), len(index))


def source_capacity(plan: Plan) -> Limit:
    """Hold what is drawn to the capacity of the source."""
    capacity = plan.given("sources", PLACE, index_of(sources(plan), PLACE), "capacity")
    rows = plan.rows("source_capacity", units_of(sources(plan)["carrier"]), sources(plan))
    return Limit(rows, "amount supplied or stored", drawn(plan), capacity)


def link_capacity(plan: Plan) -> Limit:
    """Hold what a link carries to what is planned and built of it."""
    links = plan.instance["links"]
    index = index_of(links, ["link"])
    planned = np.nan_to_num(links["capacity"].to_numpy(float)) * (links["status"] == "planned").to_numpy()
    in_use = ~before(links["first_year"], plan.horizon)
    built = plan.sizes["capacity"].to_numpy(float)[:, np.newaxis] * plan.built
    added = summed(built, positions(plan.sizes, ["link"], index), len(index))
    rows = plan.rows("link_capacity", units_of(links["carrier"]), links[["link"]])
    return Limit(rows, "flow", np.abs(flows(plan)), in_use * (planned[:, np.newaxis] + added))


def hub_capacity(plan: Plan) -> Limit:
    """Hold what a hub option handles to its capacity, none while it is closed."""
    capacity = plan.hubs["capacity"].to_numpy(float)[:, np.newaxis] * plan.open
    rows = plan.rows("hub_capacity", units_of(plan.hubs["carrier"]), plan.hubs[["hub", "option"]])
    return Limit(rows, "amount handled", plan.output, capacity)


def flow_signs(plan: Plan) -> list[Violation]:
    """Hold one-way links to their direction, and sources and hubs to amounts of 0 or more."""
    links = plan.instance["links"]
    one_way = (links["one_way"] == 1).to_numpy()[:, np.newaxis]
    on_links = plan.rows("link_capacity", "", links[["link"]])
    at_sources = plan.rows("source_capacity", "", sources(plan))
    at_hubs = plan.rows("hub_capacity", "", plan.hubs[["hub", "option"]])
    return [
        *on_links.never(one_way & (flows(plan) < -TOLERANCE), "a one-way link carries backward"),
        *at_sources.never(drawn(plan) < -TOLERANCE, "the amount supplied or stored is below 0"),
        *at_hubs.never(plan.output < -TOLERANCE, "the amount handled is below 0"),
    ]


def stays_built(plan: Plan) -> list[Violation]:
    """Hold candidate links to their first years; the table's form keeps them in place."""
    early = plan.built & before(plan.sizes["first_year"], plan.horizon)
    rows = plan.rows("stays_built", "", plan.sizes[["link", "size"]])
    return rows.never(early, "it is in place before the link's first year")


def stays_open(plan: Plan) -> list[Violation]:
    """Hold hub options to their first years, and those once open to stay so."""
    rows = plan.rows("stays_open", "", plan.hubs[["hub", "option"]])
    early = plan.open & before(plan.hubs["first_year"], plan.horizon)
    return [
        *rows.never(early, "it is open before its first year"),
        *rows.never(previous(plan.open) & ~plan.open, "it was open a period earlier and is closed"),
    ]
