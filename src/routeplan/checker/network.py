"""Checks of the hydrogen and CO2 networks: nodes, sources, links and hubs."""

import numpy as np
import pandas as pd

from routeplan.checker.keys import Keys, keys_of
from routeplan.checker.lookup import before, index_of, positions, previous, summed
from routeplan.checker.plan import Plan, once
from routeplan.checker.violation import TOLERANCE, Limit, Violation
from routeplan.instance.horizon import FloatArray
from routeplan.schema.units import CO2, ENERGY

PLACE = ["node", "carrier"]


UNIT = {"hydrogen": ENERGY, "co2": CO2}


def units_of(table: "pd.DataFrame | Keys") -> list[str]:
    """Unit of each row's carrier: GWh/yr for hydrogen, kt/yr for CO2."""
    return [UNIT[carrier] for carrier in table["carrier"].tolist()]


@once
def link_index(plan: Plan) -> Keys:
    """The links' ids."""
    return index_of(plan.instance["links"], ["link"])


@once
def flows(plan: Plan) -> FloatArray:
    """Flow on each link, positive from its ``from`` to its ``to``, shape (links, T)."""
    return plan.listed("flows", ["link"], link_index(plan), "flow")


@once
def sources(plan: Plan) -> Keys:
    """Places that are a source in some period, and those from which the plan draws."""
    both = (plan.instance["sources"], plan.result["drawn"])
    return Keys(tuple(PLACE), list(dict.fromkeys(key for table in both for key in keys_of(table, PLACE))))


@once
def drawn(plan: Plan) -> FloatArray:
    """Amount supplied or stored at each of `sources`, shape (sources, T)."""
    return plan.listed("drawn", PLACE, sources(plan), "amount")


def node_balance(plan: Plan) -> list[Violation]:
    """Check the balance of each node: inflow equals outflow and use."""
    return [*_hydrogen_balance(plan), *_co2_balance(plan)]


def _hydrogen_balance(plan: Plan) -> list[Violation]:
    nodes = hydrogen_places(plan)
    arriving = _carried_in(plan, nodes) + _handled(plan, nodes)
    rows = plan.rows("node_balance", ENERGY, nodes)
    return rows.equal("hydrogen that arrives", arriving, _at_sites(plan, "hydrogen", nodes), "used:")


def _co2_balance(plan: Plan) -> list[Violation]:
    nodes = co2_places(plan)
    arriving = _carried_in(plan, nodes) + _at_sites(plan, "captured", nodes)
    rows = plan.rows("node_balance", CO2, nodes)
    return rows.equal("CO2 captured or carried in", arriving, _handled(plan, nodes), "stored or handled:")


@once
def hydrogen_places(plan: Plan) -> Keys:
    """Sites, and the nodes that have hydrogen: each is a node of its network."""
    return _places(plan, "hydrogen")


@once
def co2_places(plan: Plan) -> Keys:
    """Sites, and the nodes that have CO2: each is a node of its network."""
    return _places(plan, "co2")


def _places(plan: Plan, carrier: str) -> Keys:
    at_sites = [(site, carrier) for site in plan.sites["site"].tolist()]
    at_nodes = [key for key in keys_of(plan.instance["nodes"], PLACE) if key[1] == carrier]
    return Keys(tuple(PLACE), at_sites + at_nodes)


def _at_sites(plan: Plan, column: str, nodes: Keys) -> FloatArray:
    """Amounts that running options use or hand over; sites come first among the nodes."""
    amounts = np.zeros((len(nodes), len(plan.horizon)))
    amounts[: len(plan.sites)] = plan.used_at_sites(column)
    return amounts


def _carried_in(plan: Plan, nodes: Keys) -> FloatArray:
    """Inflow less outflow at each node, shape (nodes, T)."""
    links = plan.instance["links"]
    arrives, leaves = (
        summed(flows(plan), positions(links, [end, "carrier"], nodes), len(nodes)) for end in ("to", "from")
    )
    return arrives - leaves


def _handled(plan: Plan, nodes: Keys) -> FloatArray:
    """Amounts that sources supply or store and hubs put out or take in, by node, shape (nodes, T)."""
    at_sources = summed(drawn(plan), positions(sources(plan), PLACE, nodes), len(nodes))
    return at_sources + summed(plan.output, positions(plan.hubs, PLACE, nodes), len(nodes))


def source_capacity(plan: Plan) -> Limit:
    """Check the amount drawn from each source against its capacity."""
    capacity = plan.given("sources", PLACE, sources(plan), "capacity")
    rows = plan.rows("source_capacity", units_of(sources(plan)), sources(plan))
    return Limit(rows, "amount supplied or stored", drawn(plan), capacity)


def link_capacity(plan: Plan) -> Limit:
    """Check the flow on each link against its planned and built capacity."""
    links = plan.instance["links"]
    planned = np.nan_to_num(links["capacity"].to_numpy(float)) * (links["status"] == "planned").to_numpy()
    in_use = ~before(links["first_year"], plan.horizon)
    built = plan.sizes["capacity"].to_numpy(float)[:, np.newaxis] * plan.built
    index = link_index(plan)
    added = summed(built, positions(plan.sizes, ["link"], index), len(index))
    rows = plan.rows("link_capacity", units_of(links), index)
    return Limit(rows, "flow", np.abs(flows(plan)), in_use * (planned[:, np.newaxis] + added))


def hub_capacity(plan: Plan) -> Limit:
    """Check the amount that each hub option handles against its capacity, 0 while it is closed."""
    capacity = plan.hubs["capacity"].to_numpy(float)[:, np.newaxis] * plan.open
    rows = plan.rows("hub_capacity", units_of(plan.hubs), plan.hub_index)
    return Limit(rows, "amount handled", plan.output, capacity)


def flow_signs(plan: Plan) -> list[Violation]:
    """Check the direction of flow on one-way links, and that amounts of sources and hubs are 0 or more."""
    links = plan.instance["links"]
    one_way = (links["one_way"] == 1).to_numpy()[:, np.newaxis]
    on_links = plan.rows("link_capacity", "", link_index(plan))
    at_sources = plan.rows("source_capacity", "", sources(plan))
    at_hubs = plan.rows("hub_capacity", "", plan.hub_index)
    return [
        *on_links.never(one_way & (flows(plan) < -TOLERANCE), "a one-way link carries backward"),
        *at_sources.never(drawn(plan) < -TOLERANCE, "the amount supplied or stored is below 0"),
        *at_hubs.never(plan.output < -TOLERANCE, "the amount handled is below 0"),
    ]


def stays_built(plan: Plan) -> list[Violation]:
    """Check candidate links against their first years; the table's form keeps them in place."""
    early = plan.built & before(plan.sizes["first_year"], plan.horizon)
    rows = plan.rows("stays_built", "", plan.size_index)
    return rows.never(early, "it is in place before the link's first year")


def stays_open(plan: Plan) -> list[Violation]:
    """Check hub options against their first years, and that those once open stay open."""
    rows = plan.rows("stays_open", "", plan.hub_index)
    early = plan.open & before(plan.hubs["first_year"], plan.horizon)
    return [
        *rows.never(early, "it is open before its first year"),
        *rows.never(previous(plan.open) & ~plan.open, "it was open a period earlier and is closed"),
    ]
