"""The form of the result's tables: columns, keys, numbers, periods, and ids that the instance has."""

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd

from routeplan.checker.keys import Keys, keys_of
from routeplan.checker.lookup import index_of, positions
from routeplan.checker.network import PLACE, co2_places, hydrogen_places
from routeplan.checker.plan import OPTION, Plan, once
from routeplan.checker.supply import STEP, steps
from routeplan.checker.violation import Violation, named
from routeplan.instance.horizon import BoolArray
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.inputs import ALL, CARRIERS, COMMODITIES, SUPPLIED
from routeplan.schema.results import COST_TERMS, RESULT_TABLES

PLAN_TABLES = {name: table for name, table in RESULT_TABLES.items() if name != "progress"}
"""The tables that tell the plan; `progress` tells how it was found."""


def malformed(plan: Plan) -> list[Violation]:
    """Report every fault for which the tables cannot be read as a plan of this instance."""
    lacking = [violation for table in PLAN_TABLES.values() for violation in _lacking(plan, table)]
    if lacking:
        return lacking
    found = [violation for table in PLAN_TABLES.values() for violation in _cells(plan.result[table.name], table)]
    for name, columns, index in _references(plan):
        found += _unknown(plan.result[name], name, columns, index)
    return [*found, *_unknown_in_limits(plan)]


def _lacking(plan: Plan, table: Table) -> list[Violation]:
    """Report a table that is absent, or lacks columns."""
    if table.name not in plan.result.tables:
        return [Violation(f"table:{table.name}", "", "the table is absent")]
    absent = [name for name in table.names if name not in plan.result.tables[table.name].columns]
    return [Violation(f"table:{table.name}", f"column {name}", "the column is absent") for name in absent]


def _cells(frame: pd.DataFrame, table: Table) -> list[Violation]:
    """Report duplicate keys and invalid numbers."""
    # Two routes in one period have a check of their own, which says so in words.
    key = table.names if table.name == "runs" else list(table.key)
    found = _named(frame, table.name, key, frame.duplicated(key).to_numpy(), "the row is listed twice")
    for column in table.columns:
        if not column.kind.is_text:
            found += _numbers(frame, table, column)
    return found


def _numbers(frame: pd.DataFrame, table: Table, column: Column) -> list[Violation]:
    """Report cells of a column that are no finite number, or for a flag neither 0 nor 1."""
    numbers = pd.to_numeric(frame[column.name], errors="coerce").to_numpy(float)
    flag = column.kind is Kind.FLAG
    wrong = ~(np.isin(numbers, (0.0, 1.0)) if flag else np.isfinite(numbers))
    if not wrong.any():
        return []
    rows = frame[wrong]
    allowed = "0 or 1" if flag else "a finite number"
    texts = [f"column '{column.name}' is {value}; allowed: {allowed}" for value in rows[column.name]]
    return named(f"table:{table.name}", table.key, keys_of(rows, table.key), texts)


def _named(frame: pd.DataFrame, name: str, columns: list[str], wrong: BoolArray, text: str) -> list[Violation]:
    """Report some rows of a table, each with the same text."""
    if not wrong.any():
        return []
    keys = keys_of(frame[wrong], columns)
    return named(f"table:{name}", columns, keys, [text] * len(keys))


def _references(plan: Plan) -> list[tuple[str, list[str], Keys]]:
    """Columns of result tables that must be a known key of the instance, with the known keys."""
    instance = plan.instance
    periods = _single("period", plan.horizon.first.tolist())
    in_periods = [(name, ["period"], periods) for name, table in PLAN_TABLES.items() if table.has("period")]
    return [
        *in_periods,
        *((name, OPTION, plan.option_index) for name in ("runs", "starts", "grants")),
        ("grants", ["pot"], index_of(instance["pots"], ["pot"])),
        ("built", ["link", "size"], plan.size_index),
        ("flows", ["carrier", "link"], index_of(instance["links"], ["carrier", "link"])),
        ("drawn", PLACE, _all_places(plan)),
        ("hubs", ["hub", "option"], plan.hub_index),
        ("supplied", STEP, steps(plan)),
        ("requests", ["contract"], plan.contract_index),
        ("reinforced", ["reinforcement"], plan.reinforcement_index),
        ("overshoot", ["scope"], index_of(instance["targets"], ["scope"])),
        *((name, ["term"], _single("term", COST_TERMS)) for name in ("costs", "site_costs")),
        *((name, ["site"], plan.site_index) for name in ("emissions", "site_costs")),
        ("energy", ["process"], plan.process_index),
        ("energy", ["commodity"], _single("commodity", COMMODITIES)),
    ]


def _single(column: str, values: Iterable[Hashable]) -> Keys:
    return Keys((column,), [(value,) for value in values])


@once
def _all_places(plan: Plan) -> Keys:
    return Keys(tuple(PLACE), hydrogen_places(plan).values + co2_places(plan).values)


_OWN = {
    "area": "areas",
    "link": "links",
    "hub": "hubs",
    "option": "hubs",
    "step": "supply",
    "pot": "pots",
    "scope": "targets",
}
"""Table in which the ids of a key column of ``limits`` are found."""


NO_ROW = "the instance has no such row"


def _unknown(frame: pd.DataFrame, name: str, columns: list[str], index: Keys) -> list[Violation]:
    """Report rows whose key the instance does not have."""
    return _named(frame, name, columns, positions(frame, columns, index) < 0, NO_ROW)


def _unknown_in_limits(plan: Plan) -> list[Violation]:
    """Report ids in ``limits`` that the instance does not have; a key that does not apply is empty."""
    limits = plan.result["limits"]
    known: dict[str, Iterable[Hashable]] = {
        column: plan.instance[table][column].tolist() for column, table in _OWN.items()
    }
    known["node"] = _all_places(plan)["node"]
    known["contract"] = plan.contracts["contract"].tolist()
    known["zone"] = [ALL, *plan.sites["region"].tolist(), *plan.instance["supply"]["zone"].tolist()]
    known["carrier"], known["commodity"] = CARRIERS, SUPPLIED
    found: list[Violation] = []
    for column, ids in known.items():
        allowed = {"", *ids}
        unknown = [(value,) for value in limits[column].tolist() if value not in allowed]
        found += named("table:limits", [column], unknown, [NO_ROW] * len(unknown))
    return found
