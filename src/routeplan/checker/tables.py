"""Tables that restate a plan: energy by process, and the limits that things share."""

import numpy as np
import pandas as pd

from routeplan.checker.lookup import index_of, marked, placed, positions
from routeplan.checker.plan import Plan
from routeplan.checker.violation import Limit, Violation, differs, named
from routeplan.schema.inputs import COMMODITIES
from routeplan.schema.results import LIMIT_KEYS
from routeplan.units import ENERGY


def energy_table(plan: Plan) -> list[Violation]:
    """Hold the table ``energy`` to what the running options use."""
    table = plan.result["energy"]
    processes = plan.instance["processes"][["process"]]
    found: list[Violation] = []
    for commodity in COMMODITIES:
        rows = plan.rows("table:energy", ENERGY, processes.assign(commodity=commodity))
        of_commodity = table[table["commodity"] == commodity]
        listed = placed(of_commodity, ["process"], plan.process_index, plan.horizon, "amount")
        found += rows.equal("energy", listed, plan.used_by_processes(commodity))
    return found


def limits_table(plan: Plan, limit: Limit, *, complete: bool) -> list[Violation]:
    """Hold the rows of the table ``limits`` that belong to one family, where it has a bound.

    Parameters
    ----------
    plan : Plan
        The plan.
    limit : Limit
        The family, recomputed.
    complete : bool
        Whether every row must be listed (an absent one is 0 of 0); otherwise only those listed are held.
    """
    table = plan.result["limits"]
    table = table[table["limit"] == limit.rows.family]
    keys = list(limit.rows.ids.columns)
    index = index_of(limit.rows.ids, keys)
    held = np.isfinite(limit.bound)
    if not complete:
        held &= marked(table, keys, index, plan.horizon)
    labelled = limit.rows.ids.assign(limit=limit.rows.family)[["limit", *keys]]
    rows = plan.rows("table:limits", limit.rows.unit, labelled)
    used, bound = (placed(table, keys, index, plan.horizon, name) for name in ("used", "bound"))
    return [
        *_unknown(table, keys, index),
        *rows.equal("used", used, np.where(held, limit.used, 0.0)),
        *rows.equal("bound", bound, np.where(held, limit.bound, 0.0)),
    ]


def unknown_limits(plan: Plan, families: set[str]) -> list[Violation]:
    """Report rows of the table ``limits`` that belong to none of these families, the only ones there are."""
    table = plan.result["limits"]
    strange = table.loc[~table["limit"].isin(families), ["limit", *LIMIT_KEYS, "period"]]
    return named("table:limits", strange, ["there is no limit of this name"] * len(strange))


def _unknown(table: pd.DataFrame, keys: list[str], index: pd.Index) -> list[Violation]:
    """Report rows of limits that do not exist, and those that say the same limit twice."""
    strange = (positions(table, keys, index) < 0) & (differs(table["used"], 0.0) | differs(table["bound"], 0.0))
    twice = table.duplicated([*keys, "period"])
    labels = ["limit", *keys, "period"]
    return [
        *named("table:limits", table.loc[strange, labels], ["there is no such limit"] * int(strange.sum())),
        *named("table:limits", table.loc[twice, labels], ["this limit is listed twice"] * int(twice.sum())),
    ]
