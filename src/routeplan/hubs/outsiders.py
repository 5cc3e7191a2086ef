"""Who takes no part in a group: all that the others do in a plan, and networks that the group cannot use."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from routeplan.hubs.apply import periods_from
from routeplan.hubs.saving import Coalition
from routeplan.instance.instance import Instance
from routeplan.instance.sites import at_sites
from routeplan.network.needs import carriers_needed
from routeplan.network.sizes import sized_links
from routeplan.result.result import Result
from routeplan.schema.frames import typed
from routeplan.schema.inputs import DECIDED


def with_others_kept(
    instance: Instance, coalition: Coalition, plan: Result, carriers: Collection[str] = ()
) -> Instance:
    """Make the instance in which all but a coalition keep a plan.

    So do the links and hubs of carriers that no option of its members needs: what the others want of them stays the
    same. In a country that is most of what would be left to decide.

    Parameters
    ----------
    instance : Instance
        The instance.
    coalition : frozenset of str
        Sites that may do anything.
    plan : Result
        The plan of all others.
    carriers : collection of str
        Carriers whose links and hubs may come and go too.
    """
    runs = at_sites(plan.instance, plan["runs"])
    outside = runs[~runs["site"].isin(coalition)].drop(columns="site")
    options = at_sites(instance, instance["options"])
    free = {*carriers, *carriers_needed(options[options["site"].isin(coalition)])}
    every = _choices(instance, free)
    there = {
        "built": plan["built"][plan["built"]["link"].isin(every["item"])],
        "hubs": plan["hubs"][plan["hubs"]["hub"].isin(every["item"])],
    }
    kept = replace(plan, tables={**plan.tables, "runs": outside, **there})
    planned = instance.with_decided(kept, kinds=("runs", "built", "open"))
    decided = pd.concat([planned["decided"], typed(DECIDED, every.assign(value=0))]).drop_duplicates(list(DECIDED.key))
    return planned.replace(decided=decided.reset_index(drop=True))


def _choices(instance: Instance, but: Collection[str]) -> pd.DataFrame:
    """Each choice of a link or hub of all carriers but some, in each period in which it could be there."""
    links, hubs = (instance[table][~instance[table]["carrier"].isin(but)] for table in ("links", "hubs"))
    sized = sized_links(links, instance["sizes"]).rename(columns={"link": "item", "size": "choice"})
    opened = hubs.rename(columns={"hub": "item", "option": "choice"})
    both = pd.concat([sized.assign(decision="built"), opened.assign(decision="open")])
    both["period"] = [periods_from(instance.horizon, first) for first in both["first_year"].fillna(0.0)]
    every = both[["decision", "item", "choice", "period"]].explode("period", ignore_index=True).dropna()
    return every.astype({"period": int})
