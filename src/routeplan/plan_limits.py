"""The limits table: every shared limit of a plan, how much of it is used, and what it allows."""

from typing import Any

import numpy as np
import pandas as pd

from routeplan.horizon import FloatArray
from routeplan.model.build import Model
from routeplan.model.family import Family, sides
from routeplan.model.grid import firm_headroom, total_headroom
from routeplan.model.supply import supply_balance, supply_shared
from routeplan.schema.inputs import ALL
from routeplan.schema.results import LIMIT_KEYS, LIMITS
from routeplan.units import ENERGY

ALWAYS_TOLD = (firm_headroom.name, total_headroom.name)
CARRIER_UNITS = {"hydrogen": "GWh/yr", "co2": "kt/yr"}


def limits(model: Model, values: dict[str, FloatArray]) -> pd.DataFrame:
    """List the limits of a plan: the rows of the limit families as they stand, and bounds of sources and steps.

    Parameters
    ----------
    model : Model
        The model; its variables take the plan's values.
    values : mapping of str to FloatArray
        Values of each kind of decision.
    """
    # A target with a price is shown against its cap alone.
    _give(model, values | {"overshoot": np.zeros_like(values["overshoot"])})
    rows = [row for family in model.families if family.limit for row in _family_rows(model, family)]
    table = pd.concat(
        [
            pd.DataFrame(rows, columns=["limit", "key", "period", "used", "bound", "unit"]),
            _bounds(model, values, "source_capacity", "drawn", ("node", "carrier"), instance_table="sources"),
            _bounds(model, values, "supply_step", "taken", ("commodity", "zone", "step"), instance_table="supply"),
        ],
        ignore_index=True,
    )
    for name in LIMIT_KEYS:
        table[name] = [key.get(name, "") for key in table["key"]]
    table = _with_carrier(model, table)
    # An area without room is worth telling; what is not built or not supplied is no limit.
    told = (table["used"] != 0.0) | (table["bound"] != 0.0) | table["limit"].isin(ALWAYS_TOLD)
    return table[told][LIMITS.names].astype({"period": "int64"})


def _give(model: Model, values: dict[str, FloatArray]) -> None:
    """Give the model's variables their values."""
    for name, numbers in values.items():
        for variable, value in zip(getattr(model.pyomo, name).values(), numbers.tolist(), strict=True):
            variable.set_value(value, skip_validation=True)


def _family_rows(model: Model, family: Family) -> list[tuple[Any, ...]]:
    """Used and bound of each row of a family, settled rows among them."""
    component = getattr(model.pyomo, family.name)
    rows = {index: sides(row.expr) for index, row in component.items()} | model.settled[family.name].sides
    # Both rows of `supply_balance` go by its name: what is brought to regions comes from the zone of all.
    name, more = (supply_balance.name, {"zone": ALL}) if family is supply_shared else (family.name, {})
    return [
        (name, dict(zip(family.index[:-1], index[:-1], strict=True)) | more, index[-1], used, bound, family.unit)
        for index, (used, bound) in rows.items()
    ]


def _bounds(
    model: Model, values: dict[str, FloatArray], limit: str, kind: str, key: tuple[str, ...], *, instance_table: str
) -> pd.DataFrame:
    """Limits that are bounds of a decision."""
    columns = [*key, "period"]
    used = model.decisions[kind][columns].assign(used=values[kind])
    given = model.instance[instance_table].merge(used, on=columns, how="left").fillna({"used": 0.0})
    bound = given["capacity"] if "capacity" in given else given["quantity"]
    return pd.DataFrame(
        {
            "limit": limit,
            "key": given[list(key)].to_dict("records"),
            "period": given["period"],
            "used": given["used"],
            "bound": bound,
            "unit": ENERGY,
        }
    )


def _with_carrier(model: Model, table: pd.DataFrame) -> pd.DataFrame:
    """Name the carrier of links and hubs, and give limits of carriers the carrier's own unit."""
    of_link = model.instance["links"].set_index("link")["carrier"].to_dict()
    of_hub = model.instance["hubs"].set_index(["hub", "option"])["carrier"].to_dict()
    named = zip(table["carrier"], table["link"], table["hub"], table["option"], strict=True)
    carriers = [
        carrier or of_link.get(link, "") or of_hub.get((hub, option), "") for carrier, link, hub, option in named
    ]
    units = [CARRIER_UNITS.get(carrier, unit) for carrier, unit in zip(carriers, table["unit"], strict=True)]
    return table.assign(carrier=carriers, unit=units)
