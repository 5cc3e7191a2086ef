"""The whole cost of each site: what belongs to it, and its part by use of what sites share."""

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.instance.money import payments
from routeplan.instance.options import options_of
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.shared_costs import shared_costs
from routeplan.result.shared_uses import shared_uses
from routeplan.schema.results import COST_TERMS

KEY = ["site", "term", "period"]
AMOUNTS = ["cost", "discounted"]


def attributed_costs(result: Result) -> pd.DataFrame:
    """Attribute every cost of a plan to sites, so that those of all sites sum to those of the plan.

    What belongs to a site (``site_costs``) is its own. What sites share is parted by use, period by period:

    - hydrogen, CO2 storage, links and hubs (investment, upkeep, what they handle, their electricity and grid fees):
      by the amount that they supply, carry or take for each site. Where flows meet they mix, and part again in
      proportion to the amounts (`tracing.users_of_nodes`);
    - steps of supply of green gas and heat: a zone's by what the sites of the region use; those of the zone of all go
      to regions by what they use beyond their own zone, and then to their sites by use. All sites of a region pay one
      price;
    - reinforcements: by the new grid capacity, firm and flexible, that is asked for in the area and below it; that of
      a contract which sites share as their options need it at its peak, that of a hub as the hub is used;
    - emissions above a target: by what sites within its scope emit.

    What is paid in a period in which nobody uses it (a pipe built early, a hub that stands idle) is parted by the use
    of the same thing in all periods; if it is never used, by the use of its kind (all hydrogen, all CO2 captured, all
    green gas or heat, all new grid capacity, all emissions) in the period, else in all periods; failing that by what
    sites emit today, or equally.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``site``, ``term``, ``period``, ``cost`` (undiscounted mean over the period [M EUR/yr]) and ``discounted``
        (over the period [M EUR]); rows that are not 0, sorted by site, term and period in the order of the instance
        and of `COST_TERMS`. Over all sites they sum to the table ``costs``, and the discounted ones to the plan's
        cost.

    Raises
    ------
    UsageError
        When it is no result, or one without a plan.
    """
    refuse_unsolved(result)
    shared = shared_uses(result).apportioned(shared_costs(result), "cost")
    own = result["site_costs"][result["site_costs"]["term"] != "options"]
    throughout = pd.concat([own, shared], ignore_index=True)[[*KEY, "cost"]]
    horizon = result.instance.horizon
    worth = horizon.weight[horizon.position(throughout["period"])]
    booked = pd.concat([throughout.assign(discounted=throughout["cost"] * worth), _annuities(result)])
    sums = booked.groupby(KEY, sort=False)[AMOUNTS].sum().reset_index()
    return _in_order(result.instance, sums[(sums[AMOUNTS] != 0.0).any(axis=1)])


def _annuities(result: Result) -> pd.DataFrame:
    """Annuities of the options that sites start, and of bridges that run on, in the years in which they are paid."""
    options, key = options_of(result.instance), ["process", "route", "period"]
    started = result["starts"][key].merge(options.starts, on=key)
    run_on = _run_on(result, result["starts"][key].merge(options.overruns, on=key))
    paid = pd.concat(
        [
            started.assign(begin=started["period"], until=started["paid_until"]),
            run_on.assign(begin=run_on["life_end"], until=run_on["runs_until"]),
        ],
        ignore_index=True,
    )
    horizon = result.instance.horizon
    capex, life = (paid[name].to_numpy(float) for name in ("capex", "lifetime"))
    mean, discounted = payments(horizon, capex, life, paid["begin"].to_numpy(int), paid["until"].to_numpy(int))
    by_period = [
        pd.DataFrame({"site": paid["site"], "period": first, "cost": mean[:, t], "discounted": discounted[:, t]})
        for t, first in enumerate(horizon.first.tolist())
    ]
    return pd.concat(by_period, ignore_index=True).assign(term="options")


def _run_on(result: Result, bridges: pd.DataFrame) -> pd.DataFrame:
    """Those of the bridges started that still run in the period in which their life ends, and were not started anew."""
    runs = result["runs"].rename(columns={"period": "ends_in"})
    running = bridges.merge(runs, on=["process", "route", "ends_in"])
    again = result["starts"][["process", "route", "period"]].rename(columns={"period": "again"})
    later = running[["process", "route", "period", "ends_in"]].merge(again, on=["process", "route"])
    later = later[(later["again"] > later["period"]) & (later["again"] <= later["ends_in"])]
    renewed = pd.MultiIndex.from_frame(later[["process", "route", "period"]])
    return running[~pd.MultiIndex.from_frame(running[["process", "route", "period"]]).isin(renewed)]


def _in_order(instance: Instance, rows: pd.DataFrame) -> pd.DataFrame:
    """Sort by site, term and period, in the order of the instance and of `COST_TERMS`."""
    order = {
        "site": pd.Series(range(len(instance["sites"])), instance["sites"]["site"]),
        "term": pd.Series(range(len(COST_TERMS)), COST_TERMS),
    }
    key = pd.DataFrame({name: rows[name].map(rank) for name, rank in order.items()}).assign(period=rows["period"])
    return rows.loc[key.sort_values(KEY).index].reset_index(drop=True)
