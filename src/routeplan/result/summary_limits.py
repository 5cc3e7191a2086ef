"""Summaries of the limits of a result: targets, the grid, and all other limits that bind."""

import pandas as pd

from routeplan.result.result import Result
from routeplan.schema.results import LIMIT_KEYS
from routeplan.tolerances import FEASIBILITY

BINDS = 0.999
"""A limit binds when at least this share of it is used."""

CHOSEN = ("contract_room", "connection_room", "supply_balance")
"""Limits that the plan sets itself, by what it asks for or buys: they are always used to the full."""


def targets(result: Result) -> pd.DataFrame:
    """Compare the CO2 of each target's scope with its cap.

    Returns
    -------
    DataFrame
        ``scope``, ``period``, ``cap``, ``reached``, ``over`` (above the cap, at the target's price) [kt/yr]; in
        the order of the instance's table.
    """
    keys = ["scope", "period"]
    reached = _limit(result, "emission_target", keys)["used"].rename("reached")
    over = result["overshoot"].set_index(keys)["amount"].rename("over")
    caps = result.instance["targets"][[*keys, "cap"]]
    return caps.join(reached, on=keys).join(over, on=keys).fillna({"reached": 0.0, "over": 0.0})


def grid(result: Result) -> pd.DataFrame:
    """Compare the new grid capacity that an area and those below it ask for with the area's headroom.

    Returns
    -------
    DataFrame
        ``area``, ``period``, ``firm``, ``firm_headroom``, ``total`` (firm and flexible), ``total_headroom`` [MW],
        headroom with what reinforcements add; a row for each area with headroom of its own, in the order of the
        instance's table.
    """
    keys = ["area", "period"]
    firm = _limit(result, "firm_headroom", keys).set_axis(["firm", "firm_headroom"], axis=1)
    total = _limit(result, "total_headroom", keys).set_axis(["total", "total_headroom"], axis=1)
    return result.instance["areas"][["area"]].merge(firm.join(total).reset_index(), on="area")


def _limit(result: Result, name: str, keys: list[str]) -> pd.DataFrame:
    """``used`` and ``bound`` of a limit, by its keys."""
    limits = result["limits"]
    return limits[limits["limit"] == name].set_index(keys)[["used", "bound"]]


def limits_that_bind(result: Result) -> pd.DataFrame:
    """List the shared limits of which at least 99.9 % is used.

    Those in `CHOSEN` are left out. An area without any room binds; so does nothing else that allows 0. Of a target
    with a price, more than its cap may be used.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``limit``, ``item`` (what it is of, such as ``area FGU``), ``period``, ``used``, ``bound``, ``unit``.
    """
    limits = shared_limits(result)
    found = limits[limits["used"] >= BINDS * limits["bound"]].copy()
    found["item"] = limit_ids(found)
    return found[["limit", "item", "period", "used", "bound", "unit"]].reset_index(drop=True)


def shared_limits(result: Result) -> pd.DataFrame:
    """List the limits that sites share, with how much of each is used; those in `CHOSEN` are left out.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        The columns of the result's ``limits``, and ``share`` (used / bound; of a limit that allows nothing 1, or 0
        where less than nothing is used).
    """
    limits = result["limits"]
    shared = limits[~limits["limit"].isin(CHOSEN)].copy()
    shared["share"] = (shared["used"] / shared["bound"]).where(
        shared["bound"] > 0, (shared["used"] >= 0).astype("float64")
    )
    return shared


def exceeded_by(limits: pd.DataFrame) -> "pd.Series[float]":
    """Excess above each limit; 0 where it is no more than a solver's slack.

    Parameters
    ----------
    limits : DataFrame
        With ``used`` and ``bound``.

    Returns
    -------
    Series
        In the unit of the limit.
    """
    above = limits["used"] - limits["bound"]
    return above.where(above > FEASIBILITY * limits["bound"].abs().clip(lower=1.0), 0.0)


def limit_ids(limits: pd.DataFrame) -> "pd.Series[str]":
    """Name the item of each limit in one text: its keys that are not empty, by name, such as ``area FGU``.

    Parameters
    ----------
    limits : DataFrame
        Rows of a result's ``limits``.
    """
    keys = limits[list(LIMIT_KEYS)]
    text = pd.Series("", index=keys.index, dtype="str")
    for name in keys.columns:
        given = keys[name] != ""
        text = text.where(~given, text + " " + name + " " + keys[name])
    return text.str.strip()
