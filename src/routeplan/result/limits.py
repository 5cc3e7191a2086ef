"""The limits table: every limit of a plan, the amount used of it, and its bound."""

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray
from routeplan.instance.instance import Instance
from routeplan.model.grid import firm_headroom, total_headroom
from routeplan.model.program import Program
from routeplan.model.supply import supply_balance, supply_shared
from routeplan.model.variables import Bound, source_capacity, supply_step
from routeplan.schema.frames import empty
from routeplan.schema.inputs import ALL
from routeplan.schema.results import LIMIT_KEYS, LIMITS
from routeplan.schema.units import ENERGY, OF_CARRIER

ALWAYS_TOLD = (firm_headroom.name, total_headroom.name)


def limits(instance: Instance, program: Program, values: dict[str, FloatArray]) -> pd.DataFrame:
    """List the limits of a plan: the rows of the limit families as they stand, and bounds of sources and steps.

    Parameters
    ----------
    instance : Instance
        The instance.
    program : Program
        Its program.
    values : mapping of str to FloatArray
        Values of each variable.
    """
    # A target with a price is shown against its cap alone.
    x = program.point(values | {"overshoot": np.zeros_like(values["overshoot"])})
    parts = [
        *(_family(program, name, x) for name, rows in program.rows.items() if rows.limit),
        _bound(instance, program, values, source_capacity, "sources"),
        _bound(instance, program, values, supply_step, "supply"),
    ]
    some = [part for part in parts if len(part)]
    if not some:
        return empty(LIMITS)
    table = pd.concat(some, ignore_index=True).reindex(columns=LIMITS.names)
    keys = list(LIMIT_KEYS)
    table[keys] = table[keys].astype(object).fillna("")
    table = _with_carrier(instance, table)
    # An area without room is worth telling; what is not built or not supplied is no limit.
    told = (table["used"] != 0.0) | (table["bound"] != 0.0) | table["limit"].isin(ALWAYS_TOLD)
    return table[told].astype({"period": "int64"} | dict.fromkeys(keys, "str"))


def _family(program: Program, family: str, x: FloatArray) -> pd.DataFrame:
    """Used and bound of each row of a family, those that no decision can change among them."""
    rows = program.activity(family, x).rename(columns={"allowed": "bound"})
    # Both rows of `supply_balance` go by its name: what is brought to regions comes from the zone of all.
    shared = family == supply_shared.name
    named = rows.assign(zone=ALL) if shared else rows
    return named.assign(limit=supply_balance.name if shared else family, unit=program.rows[family].unit)


def _bound(
    instance: Instance, program: Program, values: dict[str, FloatArray], claim: Bound, given_in: str
) -> pd.DataFrame:
    """A limit that is the bound of a variable: every row of the table that gives it."""
    (variable,) = claim.on
    key = list(variable.index)
    used = program.columns[variable.name].table[key].assign(used=values[variable.name])
    given = instance[given_in].merge(used, on=key, how="left").fillna({"used": 0.0})
    bound = given["capacity"] if "capacity" in given else given["quantity"]
    return given[[*key, "used"]].assign(bound=bound, limit=claim.name, unit=ENERGY)


def _with_carrier(instance: Instance, table: pd.DataFrame) -> pd.DataFrame:
    """Name the carrier of links and hubs, and give limits of carriers the carrier's own unit."""
    of_link = instance["links"].set_index("link")["carrier"].to_dict()
    of_hub = instance["hubs"].set_index(["hub", "option"])["carrier"].to_dict()
    named = zip(table["carrier"], table["link"], table["hub"], table["option"], strict=True)
    carriers = [
        carrier or of_link.get(link, "") or of_hub.get((hub, option), "") for carrier, link, hub, option in named
    ]
    units = [OF_CARRIER.get(carrier, unit) for carrier, unit in zip(carriers, table["unit"], strict=True)]
    return table.assign(carrier=carriers, unit=units)
