"""Lifting a limit by hand: in the tables of the instance and in the rows of its own program, one limit at a time."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.decisions import tuples
from routeplan.model.program import Program
from routeplan.result.result import Result
from routeplan.schema.inputs import FAMILIES
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits
from routeplan.why.limit import Kind, Limit

MUCH = 1e5
OWN_POT = "own-pot"

FIRST_YEARS = {Kind.LEAD_TIME: ("options", ["process", "route"]), Kind.LINK: ("links", ["link"])}
FIRST_YEARS |= {Kind.HUB: ("hubs", ["hub", "option"])}

ROWS = {
    Kind.GRID: ["firm_headroom", "total_headroom"],
    Kind.LINK_CAPACITY: ["link_capacity"],
    Kind.HUB_CAPACITY: ["hub_capacity"],
    Kind.SUPPLY: ["supply_balance"],
    Kind.POT: ["pot_budget"],
    Kind.TARGET: ["emission_target"],
}


def feasible(instance: Instance, plan: Result, project: tuple[str, str, int], lifted: Collection[Limit]) -> bool:
    """Whether a project can start with these limits lifted, all other processes being as planned."""
    program = compile_model(build(eased(instance, lifted))).unstrengthened()
    if program.broken:
        return False
    for limit in lifted:
        for family in ROWS.get(limit.kind, ()):
            program = without_rows(program, family, limit.place)
    forced = with_others_fixed(program, plan, project, {limit.place for limit in lifted if limit.kind is Kind.SUPPORT})
    if forced is None:
        return False
    return run(forced.matrices.with_objective(np.zeros(len(forced.matrices.cost))), Limits()).x is not None


def eased(instance: Instance, lifted: Collection[Limit]) -> Instance:
    """The instance with the tables of some limits changed."""
    tables = {name: instance[name] for name in ("options", "links", "hubs", "windows", "sources")}
    tables |= {name: instance[name] for name in ("pots", "support", "budgets")}
    for limit in lifted:
        if limit.kind in FIRST_YEARS:
            name, key = FIRST_YEARS[limit.kind]
            here = (tables[name][key].astype(str) == list(limit.place)).all(axis=1)
            tables[name] = tables[name].assign(first_year=tables[name]["first_year"].mask(here))
        elif limit.kind is Kind.STOP:
            tables["windows"] = tables["windows"][tables["windows"]["process"] != limit.place[0]]
        elif limit.kind in (Kind.SOURCE, Kind.REACH):
            tables["sources"] = with_source(instance, tables["sources"], *limit.place)
    if any(limit.kind is Kind.SUPPORT for limit in lifted):
        tables |= with_own_pot(instance)
    return instance.replace(**tables)


def with_source(instance: Instance, sources: pd.DataFrame, node: str, carrier: str) -> pd.DataFrame:
    here = (sources["node"] == node) & (sources["carrier"] == carrier)
    added = pd.DataFrame({"node": node, "carrier": carrier, "period": instance["periods"]["period"]})
    return pd.concat([sources[~here], added.assign(capacity=MUCH, price=1.0)], ignore_index=True)


def with_own_pot(instance: Instance) -> dict[str, pd.DataFrame]:
    rules = pd.DataFrame({"pot": OWN_POT, "family": list(FAMILIES), "sector": "all", "basis": "funding_gap"})
    money = pd.DataFrame({"pot": OWN_POT, "period": instance["periods"]["period"], "amount": MUCH})
    pot = pd.DataFrame({"pot": [OWN_POT], "name": [OWN_POT], "carry_over": [1]})
    added = {"pots": pot, "support": rules.assign(share=1.0), "budgets": money}
    return {name: pd.concat([instance[name], table], ignore_index=True) for name, table in added.items()}


def without_rows(program: Program, family: str, place: tuple[str, ...]) -> Program:
    block = program.rows[family]
    names = [name for name in block.index if name != "period"]
    here = (block.table[names].astype(str) == list(place)).all(axis=1).to_numpy()
    return program.with_row_bounds(family, np.nan, np.where(here, np.inf, np.nan))


def with_others_fixed(
    program: Program, plan: Result, project: tuple[str, str, int], paid: Collection[tuple[str, ...]]
) -> Program | None:
    """The program with other processes as planned and the project forced; None where it has no such column."""
    process = project[0]
    for variable, table in (("runs", "runs"), ("start", "starts"), ("grant", "grants")):
        block = program.columns[variable]
        planned = plan[table]
        values = planned["amount"] if variable == "grant" else np.ones(len(planned))
        known = dict(zip(tuples(planned, *block.variable.index), values, strict=True))
        keys = tuples(block.table, *block.variable.index)
        mine = (block.table["process"] == process).to_numpy()
        fixed = np.array([known.get(key, 0.0) for key in keys], dtype=float)
        lower, upper = np.where(mine, np.nan, fixed), np.where(mine, np.nan, fixed)
        if variable == "grant":
            lower, upper = np.where(mine, np.nan, 0.0), np.where(mine, np.nan, fixed)
            unpaid = [key[3] == OWN_POT and key[:2] not in paid for key in keys]
            upper = np.where(np.array(unpaid, dtype=bool), 0.0, upper)
            lower = np.where(mine, np.nan, np.minimum(fixed, upper))
        else:
            force = np.array([key == project for key in keys], dtype=bool)
            if not force.any() or (block.position[force] < 0).any():
                return None
            lower = np.where(force, 1.0, lower)
        there = block.position >= 0
        program = program.with_bounds(variable, np.where(there, lower, np.nan), np.where(there, upper, np.nan))
    return program
