"""What a coalition may put on others: costs that are parted by use, of things that it shares with them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from routeplan.model.costs import CostTerm
from routeplan.model.decisions import tuples
from routeplan.model.program import Program
from routeplan.result.result import Result
from routeplan.result.shared_uses import shared_uses

KIND_OF = {
    "drawn": "carrier",
    "flow": "carrier",
    "built": "carrier",
    "open": "carrier",
    "output": "carrier",
    "taken": "commodity",
}
"""Column that tells the carrier or commodity of decisions on networks and supply."""

Shared = Mapping[str, "pd.Series[bool]"]
"""Rows of the tables of decisions that are shared with somebody outside a coalition."""


def most_spilt(program: Program, without: Result) -> float:
    """Bound by how much the costs of those outside a coalition can rise in its plan, they keeping theirs [M EUR].

    What they run is fixed, and with it what they use and what is their own. So their costs rise only by what is parted
    by use, as in `attributed_costs`: their part of the cost of things whose carrier or commodity somebody uses without
    the design, of reinforcements and of emissions above targets; and by bridges that they start at other times. That
    part is no more than all of it, at the most that can be decided. It is 0 where nobody shares anything, as the first
    users of hydrogen do. The hub and links of the design are the coalition's own.

    Parameters
    ----------
    program : Program
        The program in which all members have the design.
    without : Result
        The plan without it.
    """
    shared = _shared(program, without)
    return float(sum(_most(program, term, shared) for term in program.terms))


def _shared(program: Program, without: Result) -> Shared:
    """What is shared of each kind of decision; a kind that is not named is shared by all."""
    tables = {name: block.table for name, block in program.columns.items()}
    used = set(shared_uses(without).pools["pool"])
    networks = {name: tables[name][kind].isin(used) for name, kind in KIND_OF.items()}
    routes = without.instance["routes"]
    bridges = without["runs"][without["runs"]["route"].isin(routes.loc[routes["temporary"] == 1, "route"])]
    run = set(tuples(bridges, "process", "route"))
    started = {name: _among(tables[name], run) for name in ("start", "overrun")}
    return {**networks, **started, "runs": pd.Series(data=False, index=tables["runs"].index)}


def _among(table: pd.DataFrame, options: set[tuple[object, ...]]) -> "pd.Series[bool]":
    """Which rows are of some options."""
    there = [key in options for key in tuples(table, "process", "route")]
    return pd.Series(there, index=table.index, dtype=bool)


def _most(program: Program, term: CostTerm, shared: Shared) -> float:
    """The most that a term of the cost can be, of what is shared."""
    table = program.columns[term.decision].table
    counts = shared[term.decision].to_numpy(bool)[term.row] if term.decision in shared else True
    cost = np.where(counts, np.maximum(term.discounted, 0.0), 0.0)
    upper = np.where(cost > 0.0, table["upper"].to_numpy(float)[term.row], 0.0)
    return float((cost * upper).sum())
