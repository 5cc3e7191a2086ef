"""What a plan in tables has of each variable of a program: the way back from `plan_tables`."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray
from routeplan.model.decisions import tuples
from routeplan.model.program import Program
from routeplan.model.variables import Index

Amounts = Mapping[str, FloatArray]
"""What a plan has of each variable of a program, by the rows of its table."""


def amounts_in(program: Program, tables: Mapping[str, pd.DataFrame]) -> Amounts:
    """What a plan has of each variable of a program, which may be that of another instance.

    What the tables do not tell, such as who brings what of a supply, is not among them.

    Parameters
    ----------
    program : Program
        The program.
    tables : mapping of str to DataFrame
        Tables of the plan; what is not there is 0.
    """
    return {
        variable: np.array([planned.get(key, 0.0) for key in tuples(block.table, *block.variable.index)])
        for variable, planned in _values(tables).items()
        for block in (program.columns[variable],)
    }


def _values(plan: Mapping[str, pd.DataFrame]) -> dict[str, dict[Index, float]]:
    """What is done in a plan, by variable and index; what is not there is 0."""
    ones = {"runs": plan["runs"], "start": plan["starts"]}
    found = {name: dict.fromkeys(tuples(table, "process", "route", "period"), 1.0) for name, table in ones.items()}
    # A run beyond a bridge's life concerns its own process alone, whose rows are left out with it.
    found["overrun"] = {}
    found["grant"] = _amounts(plan["grants"], "process", "route", "period", "pot", amount="amount")
    for amount in ("request", "connection"):
        found[amount] = _amounts(plan["requests"], "contract", "period", amount=amount)
    found["reinforced"] = _from_then_on(plan, "reinforced", "reinforcement")
    found["drawn"] = _amounts(plan["drawn"], "node", "carrier", "period", amount="amount")
    for amount in ("open", "output"):
        found[amount] = _amounts(plan["hubs"], "hub", "option", "period", amount=amount)
    return found | _in_links(plan)


def _amounts(table: pd.DataFrame, *key: str, amount: str) -> dict[Index, float]:
    return dict(zip(tuples(table, *key), table[amount].astype(float), strict=True))


def _from_then_on(plan: Mapping[str, pd.DataFrame], name: str, *key: str) -> dict[Index, float]:
    """What is in place in each period of a plan, from a table that says since when."""
    periods = sorted(set(plan["runs"]["period"]))
    return {
        (*item, later): 1.0
        for *item, first in tuples(plan[name], *key, "period")
        for later in periods
        if later >= first
    }


def _in_links(plan: Mapping[str, pd.DataFrame]) -> dict[str, dict[Index, float]]:
    """Which links are in place, and what flows in them, in each direction."""
    flows = plan["flows"]
    directions = flows.assign(direction=np.where(flows["flow"] > 0.0, "forward", "backward"), flow=flows["flow"].abs())
    carried = _amounts(directions, "link", "direction", "period", amount="flow")
    return {"built": _from_then_on(plan, "built", "link", "size"), "flow": carried}
