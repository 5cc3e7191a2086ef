"""Three tile makers with a pipe each to a port where a hydrogen hub could be: small enough to plan by hand.

As in `small`, nothing is discounted and a life is as long as the horizon, four years. A year, in M EUR, a kiln costs
20 GWh x 30 + 4 kt x 100 = 1.0 on gas, and 20 GWh x 30 + 0.4 / 4 = 0.7 on hydrogen, with 0.1 for its pipe besides. So
each kiln that moves saves 4 x 0.2 = 0.8, and the hub costs its capex, once.
"""

from pathlib import Path

from routeplan.instance.instance import Instance
from small import small

KILNS = ("a", "b", "c")


def kilns(capex: float, **tables: str) -> Instance:
    """The instance, with a hub of this capex [M EUR]."""
    hub = "hub,option,node,area,carrier,capex,fixed_cost,capacity,price,electricity,firm_capacity,flexible_capacity"
    given = {
        "sites": "site,name,sector,region,area,lat,lon,spare_capacity\n"
        + "\n".join(f"{kiln},Kiln {kiln},ceramics,west,town,52.{at},6.1,0" for at, kiln in enumerate(KILNS)),
        "processes": "process,site,kind\n" + "\n".join(f"{kiln}.kiln,{kiln},kiln" for kiln in KILNS),
        "options": "process,route,current,capex,gas,hydrogen,emissions\n"
        + "\n".join(f"{kiln}.kiln,gas,1,0,20,0,4\n{kiln}.kiln,burner,0,0.4,0,20,0" for kiln in KILNS),
        "sources": "node,carrier,period,capacity,price",
        "links": "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
        + "\n".join(f"pipe-{kiln},hydrogen,port,{kiln},pipe,candidate,10,,,0,0" for kiln in KILNS),
        "hubs": f"{hub},lifetime,first_year\nharbour,electrolysis,port,town,hydrogen,{capex},0,100,30,0,0,0,4,",
    }
    return small(**{**given, **tables})


def design_file(folder: Path, text: str = "", name: str = "harbour") -> Path:
    """A file of the design that opens the hub in 2030; or another text."""
    file = folder / f"{name}.toml"
    opened = '[[hub]]\nhub = "harbour"\noption = "electrolysis"\nfirst_year = 2030\n'
    file.write_text(text or f'name = "{name}"\n{opened}', encoding="utf-8")
    return file
