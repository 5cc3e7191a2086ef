"""Kilns in a row, as many as a test asks for, each with a burner of its own price: what coalitions save is a sum.

As in `kilns`, a kiln that moves to the hub saves 4 x (1.0 - 0.6) on gas and CO2, less 0.4 for its pipe and what its
burner costs: 1.2 less the burner. The hub costs its capex, once, and serves as many kilns as its capacity allows, each
20 GWh a year.
"""

from collections.abc import Sequence
from string import ascii_lowercase

from kilns import kilns
from routeplan.hubs.apply import with_designs
from routeplan.hubs.coalitions import PlannedCoalitions
from routeplan.hubs.design import Design, OpenedHub
from routeplan.hubs.saving import Coalition
from routeplan.instance.instance import Instance
from small import best

HUB = "hub,option,node,area,carrier,capex,fixed_cost,capacity,price,electricity,firm_capacity,flexible_capacity"


def names_of(count: int) -> list[str]:
    """Names of kilns: the first letters."""
    return list(ascii_lowercase[:count])


def row_of_kilns(capex: float, burners: Sequence[float], served: int = 26, **tables: str) -> Instance:
    """Kilns with burners of these prices [M EUR], and a hub of this capex [M EUR] that serves so many."""
    names = names_of(len(burners))
    given = {
        "sites": "site,name,sector,region,area,lat,lon,spare_capacity\n"
        + "\n".join(f"{kiln},Kiln {kiln},ceramics,west,town,52.{at:02d},6.1,0" for at, kiln in enumerate(names)),
        "processes": "process,site,kind\n" + "\n".join(f"{kiln}.kiln,{kiln},kiln" for kiln in names),
        "options": "process,route,current,capex,gas,hydrogen,emissions\n"
        + "\n".join(
            f"{kiln}.kiln,gas,1,0,20,0,4\n{kiln}.kiln,burner,0,{burner},0,20,0"
            for kiln, burner in zip(names, burners, strict=True)
        ),
        "links": "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
        + "\n".join(f"pipe-{kiln},hydrogen,port,{kiln},pipe,candidate,10,,,0,0" for kiln in names),
        "hubs": f"{HUB},lifetime,first_year\n"
        f"harbour,electrolysis,port,town,hydrogen,{capex},0,{20 * served},30,0,0,0,4,",
    }
    return kilns(capex, **{**given, **tables})


def saved_by(coalition: Coalition, capex: float, burners: Sequence[float], served: int = 26) -> float:
    """What a coalition saves: those that move are the ones that save most, no more than the hub serves [M EUR]."""
    each = {name: 1.2 - burner for name, burner in zip(names_of(len(burners)), burners, strict=True)}
    best_ones = sorted((each[name] for name in coalition if each[name] > 0.0), reverse=True)[:served]
    return max(0.0, sum(best_ones) - capex)


def design(public_share: float = 0.0) -> Design:
    """The design that opens the hub in 2030."""
    return Design("harbour", hubs=(OpenedHub("harbour", "electrolysis", 2030),), public_share=public_share)


def planned_of(instance: Instance, chosen: Design) -> PlannedCoalitions:
    """All kilns as members, of whom only all together are planned yet."""
    everyone = frozenset(instance["sites"]["site"])
    without = best(with_designs(instance, [chosen]))
    planned = PlannedCoalitions(instance, [chosen], chosen, without, everyone, {})
    planned.plan([everyone])
    return planned
