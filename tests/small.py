"""A bakery and a tile maker with two periods: small enough to plan by hand.

Nothing is discounted and a life is as long as the horizon, four years, so that a capex of K costs K / 4 a year from
its start on. Per year, in M EUR:

- the oven costs 10 GWh x 30 + 2 kt x 100 = 0.5 on gas, and 8 GWh x 25 + 0.8 / 4 = 0.4 on electricity, for which it
  needs 3 MW, of which 1 MW is free inside the contract;
- the kiln costs 20 GWh x 30 + 4 kt x 100 = 1.0 on gas, and 20 GWh x 30 + 0.4 / 4 = 0.7 on hydrogen, with 0.1 for
  the pipe (0.4 / 4) besides.

Nothing stands in the way: the best plan moves both in 2030 and costs 4 x (0.4 + 0.8) = 4.8. Staying costs 6.0.
"""

import dataclasses
import re
from functools import cache
from io import StringIO
from textwrap import dedent

import numpy as np
import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.model.build import FAMILIES, STRENGTHENING, Model, build
from routeplan.model.compile import compile_model
from routeplan.model.family import Family
from routeplan.model.matrices import Matrices
from routeplan.result.result import Result
from routeplan.schema.frames import typed
from routeplan.schema.inputs import INPUT_TABLES, ITEMS_WITHOUT_ALL, PRICE_ITEMS
from routeplan.schema.settings import Settings
from routeplan.solver import highs
from routeplan.solver.solution import Ending, Limits
from routeplan.solving.solve import solve

SETTINGS = Settings(
    name="small", currency_year=2030, base_year=2030, discount_rate=0.0, firm_rate=0.0, participation=False
)

PRICES = {"gas": 30.0, "electricity": 25.0, "co2": 100.0}


def prices(*periods: int, **items: float) -> pd.DataFrame:
    """The table of prices: those of the small instance, some of them changed; every other price is 0."""
    given = dict.fromkeys(set(PRICE_ITEMS) - set(ITEMS_WITHOUT_ALL), 0.0) | PRICES | items
    rows = [(item, "all", period, price) for item, price in given.items() for period in periods or (2030, 2032)]
    return pd.DataFrame(rows, columns=["item", "group", "period", "price"])


SMALL = {
    "periods": """
        period,years
        2030,2
        2032,2""",
    "sites": """
        site,name,sector,region,area,lat,lon,spare_capacity
        bakery,,food,east,town,52.0,6.0,1
        tiles,,ceramics,west,town,52.1,6.1,0""",
    "processes": """
        process,site,kind
        oven,bakery,oven
        kiln,tiles,kiln""",
    "routes": """
        route,family,lifetime,temporary
        gas,current,20,0
        electric,electrification,4,0
        burner,hydrogen,4,0
        capture,ccs,4,0
        biogas,green_gas,4,0
        saver,efficiency,2,1""",
    "options": """
        process,route,current,capex,electricity,gas,hydrogen,firm_capacity,emissions
        oven,gas,1,0,0,10,0,0,2
        oven,electric,0,0.8,8,0,0,3,0
        kiln,gas,1,0,0,20,0,0,4
        kiln,burner,0,0.4,0,0,20,0,0""",
    "areas": """
        area,name,parent
        region,,
        town,,region""",
    "headroom": "area,period,firm,flexible",
    "nodes": """
        node,carrier,lat,lon
        port,hydrogen,52.2,6.2
        store,co2,52.3,6.3""",
    "sources": """
        node,carrier,period,capacity,price
        port,hydrogen,2030,50,30
        port,hydrogen,2032,50,30""",
    "links": """
        link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
        pipe,hydrogen,port,tiles,pipe,candidate,10,,,0,0""",
    "sizes": """
        carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
        hydrogen,pipe,thin,25,0.04,0,0,4""",
    "pots": "pot,name,carry_over",
    "budgets": "pot,period,amount",
    "support": "pot,family,sector,basis,first_year,last_year,share,cap",
}

OVEN = {"processes": "process,site,kind\noven,bakery,oven"}
KILN = {"processes": "process,site,kind\nkiln,tiles,kiln"}
"""What leaves the oven, or the kiln, as the only process; options of its own belong to it."""

OVEN_OPTIONS = "\n".join(line for line in SMALL["options"].splitlines() if "kiln," not in line)
KILN_OPTIONS = "\n".join(line for line in SMALL["options"].splitlines() if "oven," not in line)
"""The options of the oven, or of the kiln, alone."""

BIOGAS = """
    process,route,current,capex,gas,green_gas,emissions
    oven,gas,1,0,10,0,2
    oven,biogas,0,0,0,10,0
    kiln,gas,1,0,20,0,4
    kiln,biogas,0,0,0,20,0"""
"""Options for both on green gas: a year only what the gas costs, against 0.5 M EUR (oven) and 1.0 (kiln)."""

Given = str | pd.DataFrame
"""A table, or its CSV text."""


def table(name: str, given: Given) -> pd.DataFrame:
    """A table in the types of the schema."""
    return _from_text(name, given).copy() if isinstance(given, str) else typed(INPUT_TABLES[name], given)


@cache
def _from_text(name: str, text: str) -> pd.DataFrame:
    """A table of CSV text: most tests ask for most tables of the small instance as they stand."""
    return typed(INPUT_TABLES[name], pd.read_csv(StringIO(dedent(text).strip() + "\n")))


def with_rows(name: str, rows: str) -> pd.DataFrame:
    """The small instance's table with more rows, given as CSV lines with a header of their own."""
    return pd.concat([table(name, SMALL[name]), table(name, rows)], ignore_index=True)


def small(settings: Settings = SETTINGS, **tables: Given) -> Instance:
    """The small instance, with some of its tables replaced.

    An instance never changes: where all is text, it is made once for all that ask for it.
    """
    if not all(isinstance(given, str) for given in tables.values()):
        return _made(settings, tables)
    key = repr((settings, sorted(tables.items())))
    if key not in _KNOWN:
        _KNOWN[key] = _made(settings, tables)
    return _KNOWN[key]


_KNOWN: dict[str, Instance] = {}


def _made(settings: Settings, tables: dict[str, Given]) -> Instance:
    given = {"prices": prices()} | SMALL | tables
    frames = {name: table(name, given.get(name, ",".join(INPUT_TABLES[name].names))) for name in INPUT_TABLES}
    return Instance(settings, frames)


def with_settings(**changed: object) -> Settings:
    """The small instance's settings, some of them changed."""
    return dataclasses.replace(SETTINGS, **changed)  # type: ignore[arg-type]


def without(*left_out: Family) -> tuple[Family, ...]:
    """Every family but these and the strengthening ones."""
    return tuple(family for family in FAMILIES if family not in left_out)


def row(model: Model, family: str, *index: object) -> str:
    """A row of a family, as text."""
    return str(getattr(model.pyomo, family)[index].expr)


@cache
def best(instance: Instance) -> Result:
    """The proven best plan of an instance, which the plan checker has seen; a result never changes either."""
    return solve(instance, gap=0.0)


def routes(result: Result) -> dict[str, list[str]]:
    """What each process runs, period by period."""
    return {process: rows["route"].tolist() for process, rows in result["runs"].groupby("process")}


def optimum(instance: Instance, families: tuple[Family, ...] = FAMILIES + STRENGTHENING) -> float | None:
    """Least cost of an instance's model, without making a plan of it; None when it is infeasible."""
    model = build(instance, families)
    return None if model.broken else _least(compile_model(model).matrices)


def relaxed(instance: Instance, families: tuple[Family, ...] = FAMILIES + STRENGTHENING) -> float | None:
    """Least cost when whole decisions may be fractions."""
    matrices = compile_model(build(instance, families)).matrices
    return _least(matrices.relaxed())


def least(instance: Instance, families: tuple[Family, ...], **coefficients: float) -> float | None:
    """Least sum of decisions, named with _ for each bracket and comma, times coefficients."""
    matrices = compile_model(build(instance, families)).named()
    wanted = {re.sub(r"[\[\],]", "_", name).rstrip("_"): name for name in matrices.column_names}
    cost = np.zeros(len(matrices.column_names))
    for name, coefficient in coefficients.items():
        cost[matrices.column_names.index(wanted[name])] = coefficient
    return _least(matrices.with_objective(cost))


def _least(matrices: Matrices) -> float | None:
    outcome = highs.run(matrices, Limits(threads=1))
    return None if outcome.status is Ending.INFEASIBLE else outcome.objective


def crowd(count: int = 40, seed: int = 0) -> Instance:
    """Kilns strewn over a square, each near enough to four others for a pipe, and one source in a corner.

    Which pipes to build takes the solver much longer than a test may: for tests of time limits and interrupts.
    """
    random = np.random.default_rng(seed)
    place = np.vstack([[0.0, 0.0], random.random((count, 2))])
    far = np.linalg.norm(place[:, None] - place[None, :], axis=2)
    names = np.array(["port", *(f"s{i}" for i in range(count))])
    near = np.argsort(far, axis=1)[:, 1:5]
    ends = sorted({tuple(sorted((i, int(j)))) for i in range(count + 1) for j in near[i]})
    need = random.integers(5, 30, count)
    pipes = [(f"p{i}-{j}", "hydrogen", names[i], names[j], "pipe", "candidate", far[i, j]) for i, j in ends]
    kilns = [
        line
        for site, gas in zip(names[1:], need, strict=True)
        for line in (
            f"{site},gas,1,0,{gas},0,{gas / 5}",
            f"{site},burner,0,{random.random()},0,{gas},0",
        )
    ]
    return small(
        sites="site,name,sector,region,area,lat,lon\n"
        + "\n".join(f"{site},,food,east,town,52.0,6.0" for site in names[1:]),
        processes="process,site,kind\n" + "\n".join(f"{site},{site},kiln" for site in names[1:]),
        options="process,route,current,capex,gas,hydrogen,emissions\n" + "\n".join(kilns),
        links=pd.DataFrame(pipes, columns=["link", "carrier", "from", "to", "mode", "status", "length"]),
        sources="node,carrier,period,capacity,price\nport,hydrogen,2030,400,30\nport,hydrogen,2032,500,30",
        sizes="""
            carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
            hydrogen,pipe,thin,60,4,0.1,0.01,4
            hydrogen,pipe,wide,200,7,0.2,0.01,4""",
    )
