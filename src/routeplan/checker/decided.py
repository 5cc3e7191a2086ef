"""Check of decisions fixed in advance: the table ``decided``."""

from routeplan.checker.keys import Keys, keys_of
from routeplan.checker.lookup import positions
from routeplan.checker.plan import Plan
from routeplan.checker.violation import Violation, named
from routeplan.instance.horizon import BoolArray


def as_decided(plan: Plan) -> list[Violation]:
    """Check that the plan follows every decision fixed in advance."""
    return [
        *_undone(plan, "runs", ["item", "choice"], plan.option_index, plan.runs),
        *_undone(plan, "built", ["item", "choice"], plan.size_index, plan.built),
        *_undone(plan, "open", ["item", "choice"], plan.hub_index, plan.open),
        *_undone(plan, "reinforced", ["item"], plan.reinforcement_index, plan.reinforced),
    ]


def _undone(plan: Plan, decision: str, key: list[str], index: Keys, state: BoolArray) -> list[Violation]:
    """Report the decisions of one kind that the plan does not follow; `state` has shape (N, T)."""
    table = plan.instance["decided"]
    if table.empty:
        return []
    table = table[table["decision"] == decision]
    row = positions(table, key, index)
    position = plan.horizon.position(table["period"])
    # Reading takes care that every item exists, so that each row is found.
    holds = state[row, position] if len(index) else row >= 0
    undone = table[holds != (table["value"].to_numpy(int) == 1)]
    texts = [f"it is {1 - value}; decided in advance: {value}" for value in undone["value"]]
    columns = ["decision", "item", "choice", "period"]
    return named("as_decided", columns, keys_of(undone, columns), texts)
