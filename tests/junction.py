"""Two sites that may use hydrogen through a junction: a long pipe from the port to it, short ones to the sites."""

import numpy as np

from routeplan.instance.instance import Instance
from small import small

JUNCTION = {
    "options": """
        process,route,current,capex,gas,hydrogen,captured,emissions
        oven,gas,1,0,10,0,0,2
        oven,burner,0,9,0,20,0,0
        kiln,gas,1,0,20,0,0,4
        kiln,burner,0,0.4,0,20,0,0""",
    "nodes": """
        node,carrier,lat,lon
        port,hydrogen,52.2,6.2
        junction,hydrogen,52.2,6.1""",
    "links": """
        link,carrier,from,to,mode,status,length,first_year,one_way
        trunk,hydrogen,port,junction,pipe,candidate,10,,0
        tap,hydrogen,junction,tiles,pipe,candidate,0.1,,0
        spur,hydrogen,bakery,junction,pipe,candidate,0.1,,0""",
    # A pipe of 10 km costs 4 x 0.1 = 0.4 over the horizon: less than the 4 x 0.3 that the kiln's burner saves.
    "sizes": """
        carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
        hydrogen,pipe,wide,80,0.04,0,0,4""",
}

HUB = """
    hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime,first_year
    works,electrolysis,junction,town,hydrogen,0.2,80,30,0,0,0,4,"""


def joined(seed: int) -> Instance:
    """The junction with random needs, prices and sizes."""
    random = np.random.RandomState(seed)
    need = random.randint(5, 40, 2)
    sizes = f"""
        carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
        hydrogen,pipe,thin,30,{random.randint(1, 9) / 100},0,0,4
        hydrogen,pipe,wide,80,{random.randint(9, 19) / 100},0.1,0.02,4"""
    options = f"""
        process,route,current,capex,gas,hydrogen,emissions
        oven,gas,1,0,{need[0]},0,{need[0] / 5}
        oven,burner,0,{random.rand()},0,{need[0]},0
        kiln,gas,1,0,{need[1]},0,{need[1] / 5}
        kiln,burner,0,{random.rand()},0,{need[1]},0"""
    hub = HUB.replace(",80,30,", f",80,{random.randint(20, 40)},")
    return small(**{**JUNCTION, "options": options, "sizes": sizes}, hubs=hub)
