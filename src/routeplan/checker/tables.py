"""Checks of derived tables: energy by process, and shared limits."""

from collections.abc import Hashable

import numpy as np
import pandas as pd

from routeplan.checker.keys import Keys, keys_of
from routeplan.checker.lookup import marked, placed, positions, repeated
from routeplan.checker.plan import Plan, once
from routeplan.checker.violation import Limit, Violation, differs, named
from routeplan.schema.inputs import COMMODITIES
from routeplan.schema.results import LIMIT_KEYS
from routeplan.schema.units import ENERGY


def energy_table(plan: Plan) -> list[Violation]:
    """Check the table ``energy`` against the use of the running options."""
    processes = plan.instance["processes"]["process"].tolist()
    keys = Keys(("process", "commodity"), [(process, item) for item in COMMODITIES for process in processes])
    listed = plan.listed("energy", keys.columns, keys, "amount")
    used = np.concatenate([plan.used_by_processes(commodity) for commodity in COMMODITIES])
    return plan.rows("table:energy", ENERGY, keys).equal("energy", listed, used)


def limits_table(plan: Plan, limit: Limit, *, complete: bool) -> list[Violation]:
    """Check the rows of the table ``limits`` that belong to one family, where it has a bound.

    Parameters
    ----------
    plan : Plan
        The plan.
    limit : Limit
        The family, recomputed.
    complete : bool
        Whether every row must be listed (an absent one is 0 of 0); otherwise only those listed are held.
    """
    keys = limit.rows.keys
    table = _limits_by_family(plan).get(limit.rows.family, plan.result["limits"][:0])
    held = np.isfinite(limit.bound)
    if not complete:
        held &= marked(table, keys.columns, keys, plan.horizon)
    rows = plan.rows("table:limits", limit.rows.unit, keys.within(limit=limit.rows.family))
    used, bound = (placed(table, keys.columns, keys, plan.horizon, name) for name in ("used", "bound"))
    return [
        *_unknown(table, keys),
        *rows.equal("used", used, np.where(held, limit.used, 0.0)),
        *rows.equal("bound", bound, np.where(held, limit.bound, 0.0)),
    ]


@once
def _limits_by_family(plan: Plan) -> dict[Hashable, pd.DataFrame]:
    """The rows of the table ``limits``, by family."""
    return dict(iter(plan.result["limits"].groupby("limit")))


def unknown_limits(plan: Plan, families: set[str]) -> list[Violation]:
    """Report rows of the table ``limits`` that belong to none of these families, the only ones there are."""
    table = plan.result["limits"]
    columns = ["limit", *LIMIT_KEYS, "period"]
    strange = keys_of(table[~table["limit"].isin(families)], columns)
    return named("table:limits", columns, strange, ["there is no limit of this name"] * len(strange))


def _unknown(table: pd.DataFrame, keys: Keys) -> list[Violation]:
    """Report rows of limits that do not exist or are listed twice."""
    listed = differs(table["used"], 0.0) | differs(table["bound"], 0.0)
    strange = (positions(table, keys.columns, keys) < 0) & listed
    twice = repeated(keys_of(table, [*keys.columns, "period"]))
    columns = ["limit", *keys.columns, "period"]
    found: list[Violation] = []
    for wrong, text in ((strange, "there is no such limit"), (twice, "this limit is listed twice")):
        if wrong.any():
            rows = keys_of(table[wrong], columns)
            found += named("table:limits", columns, rows, [text] * len(rows))
    return found
