"""Lifting a limit by hand: in the tables of the instance and in the rows of its own program, one limit at a time."""

from collections.abc import Collection
from functools import lru_cache

import numpy as np
import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.decisions import tuples
from routeplan.model.program import Program
from routeplan.network.needs import NEED
from routeplan.result.result import Result
from routeplan.schema.inputs import FAMILIES
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits
from routeplan.why.limit import Kind, Limit

MUCH = 1e5
OWN_POT = "own-pot"

FIRST_YEARS = {Kind.LEAD_TIME: ("options", ["process", "route"]), Kind.LINK: ("links", ["carrier", "first_year"])}
FIRST_YEARS |= {Kind.HUB: ("hubs", ["carrier", "first_year"])}

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
    program = compiled(instance, frozenset(limit for limit in lifted if limit.kind not in ROWS))
    if program.broken:
        return False
    for limit in lifted:
        for family in ROWS.get(limit.kind, ()):
            program = without_rows(program, family, limit.place)
    forced = with_others_fixed(program, plan, project, {limit.place for limit in lifted if limit.kind is Kind.SUPPORT})
    if forced is None:
        return False
    return run(forced.matrices.with_objective(np.zeros(len(forced.matrices.cost))), Limits()).x is not None


@lru_cache(maxsize=64)
def compiled(instance: Instance, lifted: frozenset[Limit]) -> Program:
    """The program of the instance with the tables of some limits changed."""
    return compile_model(build(eased(instance, lifted))).unstrengthened()


def eased(instance: Instance, lifted: Collection[Limit]) -> Instance:
    """The instance with the tables of some limits changed."""
    tables = {name: instance[name] for name in ("options", "links", "hubs", "windows", "sources", "decided")}
    tables |= {name: instance[name] for name in ("pots", "support", "budgets")}
    for limit in lifted:
        if limit.kind in FIRST_YEARS:
            name, key = FIRST_YEARS[limit.kind]
            known = tables[name][key].copy()
            if "first_year" in known:
                known["first_year"] = known["first_year"].fillna(0).astype(int)
            here = (known.astype(str) == list(limit.place)).all(axis=1)
            tables[name] = tables[name].assign(first_year=tables[name]["first_year"].mask(here))
        elif limit.kind is Kind.DECIDED:
            key = tables["decided"][["decision", "item", "choice", "value"]].astype(str)
            tables["decided"] = tables["decided"][~(key == list(limit.place)).all(axis=1)]
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
    for variable in ("runs", "start"):
        keys = tuples(program.columns[variable].table, "process", "route", "period")
        planned = set(tuples(plan["runs" if variable == "runs" else "starts"], "process", "route", "period"))
        force = np.array([key == project for key in keys], dtype=bool)
        if not force.any() or (program.columns[variable].position[force] < 0).any():
            return None
        others = np.array([key[0] != process for key in keys], dtype=bool)
        values = np.array([key in planned for key in keys], dtype=float)
        program = bounded(program, variable, np.where(others, values, np.where(force, 1.0, np.nan)), others | force)
    return with_networks(with_grants(with_contracts(program, plan, process), plan, process, paid), plan, project)


def bounded(program: Program, variable: str, values: np.ndarray, fixed: np.ndarray) -> Program:
    """The program with some columns of a variable fixed."""
    there = fixed & (program.columns[variable].position >= 0)
    return program.fixed(variable, np.where(there, values, np.nan))


def with_grants(program: Program, plan: Result, process: str, paid: Collection[tuple[str, ...]]) -> Program:
    """Grants of others as planned; from the pot of our own, for the starts that may be paid."""
    keys = tuples(program.columns["grant"].table, "process", "route", "period", "pot")
    planned = amounts(plan["grants"], ["process", "route", "period", "pot"], "amount")
    unpaid = [key[3] == OWN_POT and key[:2] not in paid for key in keys]
    others = np.array([key[0] != process for key in keys], dtype=bool)
    values = np.array([planned.get(key, 0.0) for key in keys], dtype=float)
    return bounded(program, "grant", np.where(others, values, 0.0), others | np.array(unpaid, dtype=bool))


def with_contracts(program: Program, plan: Result, process: str) -> Program:
    """Connections of other contracts as planned."""
    instance = plan.instance
    site = instance["processes"].set_index("process")["site"][process]
    contract = instance["sites"].set_index("site")["contract"][site]
    for variable in ("request", "connection"):
        keys = tuples(program.columns[variable].table, "contract", "period")
        planned = amounts(plan["requests"], ["contract", "period"], variable)
        others = np.array([key[0] != contract for key in keys], dtype=bool)
        program = bounded(program, variable, np.array([planned.get(key, 0.0) for key in keys]), others)
    return program


def with_networks(program: Program, plan: Result, project: tuple[str, str, int]) -> Program:
    """Links and hubs of the plan are there; networks that the route does not need are as planned, but for our flows."""
    options = plan.instance["options"]
    mine = options[options["process"] == project[0]].set_index("route")
    planned = {project[1], *plan["runs"].query("process == @project[0]")["route"]}
    needed, flowing = (
        {carrier for carrier, column in NEED.items() if (mine.loc[sorted(which), column] > 0).any()}
        for which in ({project[1]}, planned)
    )
    for variable, values in in_networks(plan).items():
        table = program.columns[variable].table
        keys = tuples(table, *program.columns[variable].variable.index)
        found = np.array([values.get(key, 0.0) for key in keys], dtype=float)
        placed = variable in ("built", "open")
        stays = ~table["carrier"].isin(needed if placed else flowing).to_numpy()
        program = bounded(program, variable, found, stays | (placed & (found > 0.5)))
    return program


def in_networks(plan: Result) -> dict[str, dict[tuple[object, ...], float]]:
    """What the plan has in networks, by variable and index."""
    periods = plan.instance["periods"]["period"].tolist()
    built = {
        (row.link, row.of_size, period): 1.0
        for row in plan["built"].rename(columns={"size": "of_size"}).itertuples()
        for period in periods
        if period >= row.period
    }
    flow = {
        (row.link, "forward" if row.flow > 0 else "backward", row.period): abs(row.flow)
        for row in plan["flows"].itertuples()
    }
    hubs = {name: amounts(plan["hubs"], ["hub", "option", "period"], name) for name in ("open", "output")}
    return {
        "built": built,
        "flow": flow,
        "drawn": amounts(plan["drawn"], ["node", "carrier", "period"], "amount"),
        **hubs,
    }


def amounts(table: pd.DataFrame, key: list[str], amount: str) -> dict[tuple[object, ...], float]:
    return dict(zip(tuples(table, *key), table[amount].astype(float), strict=True))
