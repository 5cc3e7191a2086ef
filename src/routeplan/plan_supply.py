"""What a plan buys of green gas and heat: no more than its options use, and of that the cheapest."""

import numpy as np
import pandas as pd

from routeplan.horizon import FloatArray
from routeplan.model.build import Model
from routeplan.schema.inputs import ALL, SUPPLIED

DUST = 1e-7
"""Amounts smaller than this are the solver's rounding, not a plan's."""

ZONE = ["commodity", "zone", "period"]


def least_supply(model: Model, values: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """The least that is bought, and brought to each region beyond what is bought in its own zone [GWh/yr].

    Where more is bought than is used, the dearest step is given up first.

    Parameters
    ----------
    model : Model
        The model.
    values : mapping of str to FloatArray
        Values of each kind of decision.
    """
    used = _used_in_zones(model, values["runs"])
    taken = model.decisions["taken"].assign(value=values["taken"])
    taken["value"] = _without_dear_steps(model, taken, values["brought"], used)
    bought = taken.groupby(ZONE)["value"].sum()
    brought = used.sub(bought, fill_value=0.0).clip(lower=0.0)
    together = brought.rename("value").reset_index().assign(zone=ALL).groupby(ZONE)["value"].sum()
    return {
        "taken": _cheapest(taken, amounts_of(taken[ZONE], pd.concat([used, together]))),
        "brought": amounts_of(model.decisions["brought"][["commodity", "region", "period"]], brought),
    }


def amounts_of(keys: pd.DataFrame, found: pd.Series) -> FloatArray:
    """Amounts that are looked up by keys; dust, and what is below 0, is 0.

    Parameters
    ----------
    keys : DataFrame
        A key in each row.
    found : Series
        Amounts by key; one that is not there is 0.
    """
    known = found.reindex(pd.MultiIndex.from_frame(keys), fill_value=0.0).to_numpy(float)
    return np.where(known < DUST, 0.0, known)


def _used_in_zones(model: Model, running: FloatArray) -> pd.Series:
    """Use of the supplied commodities, by commodity, region and period [GWh/yr]."""
    runs = model.decisions["runs"].rename(columns={"region": "zone"})
    used = runs[["zone", "period"]].join(runs[list(SUPPLIED)].mul(running, axis=0))
    return used.melt(["zone", "period"], var_name="commodity").groupby(ZONE)["value"].sum()


def _without_dear_steps(model: Model, taken: pd.DataFrame, brought: FloatArray, used: pd.Series) -> FloatArray:
    """What is bought, without steps of regions that are dearer than what is brought there and not needed beside it."""
    of_all = taken[(taken["zone"] == ALL) & (taken["value"] > DUST)]
    price_of_all = of_all.groupby(["commodity", "period"])["price"].max()
    most = price_of_all.reindex(pd.MultiIndex.from_frame(taken[["commodity", "period"]])).to_numpy(float)
    dear = (taken["price"].to_numpy(float) > most) & (taken["zone"] != ALL).to_numpy(bool)
    there = model.decisions["brought"].rename(columns={"region": "zone"}).assign(value=brought)
    too_much = pd.concat([taken, there]).groupby(ZONE)["value"].sum().sub(used, fill_value=0.0)
    of_dear = taken[dear]
    needed = of_dear.groupby(ZONE)["value"].sum().sub(too_much, fill_value=0.0)
    kept = taken["value"].to_numpy(float).copy()
    kept[dear] = _cheapest(of_dear, amounts_of(of_dear[ZONE], needed))
    return kept


def _cheapest(taken: pd.DataFrame, needed: FloatArray) -> FloatArray:
    """What is bought of each step when the cheapest of a zone are kept, up to what the zone needs."""
    ordered = taken.assign(needed=needed).sort_values("price", kind="stable")
    zones = ordered.groupby(ZONE)["value"]
    room = (ordered["needed"] - (zones.cumsum() - ordered["value"])).clip(lower=0.0)
    enough = zones.transform("sum") > ordered["needed"] + DUST
    return ordered["value"].where(~enough, np.minimum(ordered["value"], room)).reindex(taken.index).to_numpy(float)
