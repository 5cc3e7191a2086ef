"""The small instance with a row in every table, and ways to break one cell of it."""

import pandas as pd

from routeplan.instance.rules.check import check_tables
from small import SETTINGS, prices, small, table, with_rows

FULL = small(
    prices=prices(),
    options=with_rows("options", "process,route,capex,captured,removed\nkiln,capture,2,3,1"),
    trends="route,period,capex\nelectric,2032,0.9",
    activity="process,period,factor\noven,2032,1.1",
    windows="process,period\nkiln,2032",
    works="work,area,earliest,estimate,latest\ncable,town,2030,2031,2033",
    headroom="area,period,firm,flexible\ntown,2030,1,1\ntown,2032,2,2",
    reinforcements="reinforcement,area,capacity,capex,lifetime\nstation,town,5,1,40",
    links=with_rows(
        "links",
        """
        link,carrier,from,to,mode,status,length,capacity,one_way
        trunk,co2,tiles,store,pipe,planned,20,8,0
        ship,co2,bakery,store,barge,planned,30,5,1
        back,co2,store,bakery,barge,planned,30,5,1""",
    ),
    sizes=with_rows(
        "sizes",
        """
        carrier,mode,size,capacity,capex_per_km,fixed_cost_share,lifetime
        hydrogen,pipe,thick,50,0.06,0.02,40""",
    ),
    hubs="hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime\n"
    "quay,electrolysis,port,town,hydrogen,5,20,1,1.4,2,3,20",
    supply="commodity,zone,step,period,quantity,price\nheat,east,well,2030,10,20",
    pots="pot,name\nfund,The fund",
    budgets="pot,period,amount\nfund,2030,3",
    support="pot,family,sector,basis,first_year,last_year,share,cap\nfund,hydrogen,ceramics,capex,2030,2033,0.5,2",
    targets="scope,period,cap,price\nsector:food,2032,1,\nregion:west,2032,2,300",
    decided="decision,item,choice,period,value\n"
    "runs,oven,gas,2030,1\nbuilt,pipe,thin,2032,1\nopen,quay,electrolysis,2032,0\nreinforced,station,,2032,0",
    wishes="project,process,route,period,maturity\nplan,oven,electric,2030,firm",
).tables
"""A row in every table; lines in files are positions + 2."""


def edited(name: str, row: int, **cells: object) -> pd.DataFrame:
    """A table with some cells of one row changed (`from_` stands for the column `from`)."""
    frame = FULL[name].astype(object)
    for column, cell in cells.items():
        frame.loc[row, column.rstrip("_")] = cell
    return table(name, frame)


def extended(name: str, rows: str) -> pd.DataFrame:
    """A table with more rows, given as CSV with a header of its own."""
    return pd.concat([FULL[name], table(name, rows)], ignore_index=True)


def problems(**tables: pd.DataFrame) -> list[str]:
    """What the rules say about the full instance with these tables in place."""
    return [str(problem) for problem in check_tables(SETTINGS, {**FULL, **tables})]
