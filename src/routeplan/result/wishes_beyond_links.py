"""Wishes for which a planned link has no room left: what the next project needs, against what the plan leaves."""

import pandas as pd

from routeplan.instance.options import options_of
from routeplan.network.needs import NEED
from routeplan.network.reach import reach
from routeplan.result.result import Result
from routeplan.tolerances import FEASIBILITY

LINK_CAPACITY = "link_capacity"

COLUMNS = ["limit", "link", "period", "site", "process", "route", "need", "left"]

KEY = ["process", "route", "period"]


def wishes_beyond_links(result: Result) -> pd.DataFrame:
    """List the wishes of processes that run as today, and that need more than a planned link on their way has left.

    A link is on the way where the cheapest connection of the site in that period takes it. Links that are built in
    whatever size serves best are left out.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``limit`` (``link_capacity``), ``link``, ``period``, ``site``, ``process``, ``route``, ``need`` and ``left``
        [GWh/yr or kt/yr]; of each link and period the smallest need first.
    """
    links = _planned_links(result)
    wishes = _not_taken(result, set(links["carrier"])) if len(links) else links
    # Reach takes long: it is asked for where some link may have too little left.
    if wishes.empty or wishes["need"].max() <= links["left"].min():
        return pd.DataFrame(columns=COLUMNS)
    found = wishes.merge(_ways(result, wishes), on=["site", "carrier", "period"])
    found = found.merge(links, on=["link", "carrier", "period"])
    short = found[found["need"] > found["left"] + FEASIBILITY].assign(limit=LINK_CAPACITY)
    return short.sort_values(["link", "period", "need"], kind="stable")[COLUMNS].reset_index(drop=True)


def _planned_links(result: Result) -> pd.DataFrame:
    """Planned links that are there, by period, and what is left of them."""
    links, limits = result.instance["links"], result["limits"]
    planned = links.loc[links["status"] == "planned", ["link", "carrier"]]
    rows = limits.loc[limits["limit"] == LINK_CAPACITY, ["link", "period", "used", "bound"]].merge(planned, on="link")
    there = rows[rows["bound"] > 0.0]
    return there.assign(left=(there["bound"] - there["used"]).clip(lower=0.0))


def _not_taken(result: Result, carriers: set[str]) -> pd.DataFrame:
    """What wishes need of carriers, by period from the one in which they are wanted, while all is as today."""
    options = options_of(result.instance).may_run
    runs = result["runs"].merge(options.loc[options["current"] == 1, KEY], on=KEY)[["process", "period"]]
    wishes = result.instance["wishes"][KEY].rename(columns={"period": "wanted"})
    use = options.merge(wishes, on=["process", "route"]).merge(runs, on=["process", "period"])
    use = use[use["period"] >= use["wanted"]].drop_duplicates(KEY)
    parts = [use.assign(carrier=carrier, need=use[NEED[carrier]]) for carrier in sorted(carriers)]
    needs = pd.concat(parts, ignore_index=True)
    return needs.loc[needs["need"] > 0.0, ["site", *KEY, "carrier", "need"]]


def _ways(result: Result, wishes: pd.DataFrame) -> pd.DataFrame:
    """Links on the cheapest connection of each site, by carrier and period: a row for each link."""
    found = reach(result.instance, carriers=sorted(set(wishes["carrier"])), sites=sorted(set(wishes["site"])))
    found = found[found["path"] != ""][["site", "carrier", "period", "path"]]
    return found.assign(link=found["path"].str.split(" ")).explode("link").drop(columns="path")
