"""A plan written by hand, so that what is exported of it can be told without solving anything.

The bakery has two processes, of which the second emits more; it shares its contract with the tile works. A trunk is
planned from 2032 on; one of two candidates is built, in two sizes, the second of them in 2032.
"""

from functools import cache
from io import StringIO
from textwrap import dedent
from typing import Any

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.result.result import Record, Result, Status
from routeplan.schema.frames import empty, typed
from routeplan.schema.results import RESULT_TABLES
from small import small

INSTANCE: dict[str, Any] = {
    "sites": """
        site,name,sector,region,area,lat,lon,spare_capacity,contract
        bakery,"Bakery ""Zoë"", east",food,east,town,52.0,6.0,1,park
        tiles,=1+1,ceramics,west,town,52.1,6.1,0,park""",
    "processes": """
        process,site,kind
        oven,bakery,oven
        fryer,bakery,fryer
        kiln,tiles,kiln""",
    "options": """
        process,route,current,capex,electricity,gas,hydrogen,firm_capacity,emissions
        oven,gas,1,0,0,10,0,0,2
        oven,electric,0,0.8,8,0,0,3,0
        fryer,gas,1,0,0,15,0,0,3
        kiln,gas,1,0,0,20,0,0,4
        kiln,burner,0,0.4,0,0,20,0,0""",
    "links": """
        link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
        trunk,hydrogen,port,gate,pipe,planned,40,2032,90,0,1
        dry,hydrogen,port,bakery,pipe,planned,40,,0,0,0
        pipe,hydrogen,tiles,gate,pipe,candidate,10,,,0,0
        other,hydrogen,bakery,gate,pipe,candidate,12,,,0,0""",
    "nodes": """
        node,carrier,lat,lon
        port,hydrogen,52.2,6.2
        gate,hydrogen,-0.5,-7.25""",
    "sizes": """
        carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
        hydrogen,pipe,thin,25,0.04,0,0,4
        hydrogen,pipe,wide,75,0.08,0,0,4""",
    "hubs": """
        hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime
        works,electrolysis,port,town,hydrogen,0.2,25,25,0,3,4,4
        works,import,port,town,hydrogen,0.2,25,25,0,0,0,4""",
}

PLAN = {
    "runs": """
        process,period,route
        oven,2030,gas
        oven,2032,electric
        fryer,2030,gas
        fryer,2032,gas
        kiln,2030,gas
        kiln,2032,burner""",
    "built": "link,size,period\npipe,thin,2030\npipe,wide,2032",
    "flows": "carrier,link,period,flow\nhydrogen,pipe,2032,-20\nhydrogen,trunk,2032,20",
    "hubs": "hub,option,period,open,output\nworks,electrolysis,2032,1,20\nworks,import,2032,0,0",
    "requests": "contract,period,request,connection\npark,2032,2,2.5",
    "emissions": """
        site,period,emissions,captured,removed
        bakery,2030,5,0,0
        bakery,2032,3,1.5,0.5
        tiles,2030,4,0,0""",
    "energy": """
        process,period,commodity,amount
        oven,2030,gas,10
        fryer,2030,gas,15
        kiln,2030,gas,20
        oven,2032,electricity,8
        fryer,2032,gas,15
        kiln,2032,hydrogen,20""",
    "site_costs": """
        site,term,period,cost
        bakery,gas,2030,0.75
        bakery,co2,2030,0.5
        tiles,gas,2030,0.6""",
}


def instance(**changed: Any) -> Instance:
    """The instance, some of its tables changed."""
    return small(**(INSTANCE | changed))


def plan(of: Instance | None = None, record: Record | None = None, **changed: str) -> Result:
    """The plan, some of its tables changed; those that it does not name have no rows."""
    tables = _tables(**(PLAN | changed))
    return Result(of or instance(), Status.OPTIMAL, record or Record("by hand"), 5.0, 4.75, 5.0, tables=tables)


@cache
def _tables(**texts: str) -> dict[str, pd.DataFrame]:
    """Tables of a result, of their CSV texts."""
    given = {name: pd.read_csv(StringIO(dedent(text).strip())) for name, text in texts.items()}
    return {name: typed(table, given[name]) if name in given else empty(table) for name, table in RESULT_TABLES.items()}


def without_plan() -> Result:
    """A result that proves that there is no plan."""
    return Result(instance(), Status.INFEASIBLE, Record("by hand"))
