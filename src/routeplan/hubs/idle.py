"""What a hub design costs in a plan whoever uses it: the public's part of that, and what is paid while nobody does."""

import pandas as pd

from routeplan.hubs.design import Design
from routeplan.hubs.things import FIXED, costs_of_design
from routeplan.hubs.users import LEAST
from routeplan.hubs.worth import fixed_cost
from routeplan.result.result import Result

ITEM = ["kind", "item", "period"]


def public_part(plan: Result, design: Design) -> float:
    """What the public bears of the fixed cost of a design's hubs and links, discounted [M EUR]; NaN without a share."""
    return design.public_share * fixed_cost(plan, design) if design.public_share > 0.0 else float("nan")


def stranded_cost(plan: Result, design: Design) -> float:
    """Sum what a design's hubs and links cost in those periods of a plan in which nobody uses them.

    Parameters
    ----------
    plan : Result
        A plan with the design.
    design : Design
        The design; its contracts cost nothing.

    Returns
    -------
    float
        Discounted investment and upkeep [M EUR] in the periods in which a hub has no output, or a link no flow.
    """
    own = costs_of_design(plan, design)
    fixed = own[own["term"].isin(FIXED)]
    used = pd.MultiIndex.from_frame(_used(plan)[ITEM])
    return float(fixed.loc[~pd.MultiIndex.from_frame(fixed[ITEM]).isin(used), "discounted"].sum())


def _used(plan: Result) -> pd.DataFrame:
    """Hubs and links in the periods in which they are used."""
    hubs = plan["hubs"].rename(columns={"hub": "item", "output": "amount"}).assign(kind="hub")
    links = plan["flows"].rename(columns={"link": "item", "flow": "amount"}).assign(kind="link")
    every = pd.concat([hubs[[*ITEM, "amount"]], links[[*ITEM, "amount"]]])
    return every[every["amount"].abs() > LEAST]
