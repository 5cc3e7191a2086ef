"""New grid capacity that projects ask for, all other processes being as planned, and what the plan leaves of it."""

import pandas as pd

from routeplan.instance.areas import with_areas_above
from routeplan.instance.instance import Instance
from routeplan.result.summary_limits import grid
from routeplan.why.facts import Facts

ROOMS = ("firm", "total")
"""Room for firm capacity, and for firm and flexible capacity together."""

CONTRACT = ["contract", "period"]

REQUESTED = {"request": "firm", "connection": "total"}
"""Columns of the table ``requests``, by room."""


def asked_of_grid(facts: Facts, uses: pd.DataFrame) -> pd.DataFrame:
    """Tell what the contract of options has for them in the plan, and what it must ask for besides.

    Parameters
    ----------
    facts : Facts
        Facts of the plan.
    uses : DataFrame
        Rows of `Options.by_period`.

    Returns
    -------
    DataFrame
        By the index of `uses`, firm, and firm and flexible together (``total``) [MW]: ``firm_free``, ``total_free``,
        what the contract has for the process in the plan; ``firm_more``, ``total_more``, what it must ask for beyond
        that, below 0 where it can do with less than in the plan.
    """
    planned = facts.result["requests"].set_index(CONTRACT)[["request", "connection"]]
    planned = uses[CONTRACT].join(planned, on=CONTRACT).fillna(0.0).rename(columns=REQUESTED)
    spare = uses["contract"].map(facts.result.instance["sites"].groupby("contract")["spare_capacity"].sum())
    others = _asked_by_others(facts, uses)
    free = {room: spare + planned[room] - others[room] for room in ROOMS}
    more = {room: uses[f"{room}_asked"] - free[room] for room in ROOMS}
    # A connection carries at least the firm capacity that is asked for.
    at_least = planned["firm"] + more["firm"] - planned["total"]
    more["total"] = more["total"].where(more["total"] >= at_least, at_least)
    told = {f"{room}_free": free[room] for room in ROOMS} | {f"{room}_more": more[room] for room in ROOMS}
    return pd.DataFrame(told)


def _asked_by_others(facts: Facts, uses: pd.DataFrame) -> pd.DataFrame:
    """What the other processes of a contract ask of it in the plan, ``firm`` and ``total`` [MW]."""
    runs, amounts = facts.runs, [f"{room}_asked" for room in ROOMS]
    own = facts.own(uses, amounts)
    together = uses[CONTRACT].join(runs.groupby(CONTRACT)[amounts].sum(), on=CONTRACT)
    return (together[amounts].fillna(0.0) - own.fillna(0.0)).set_axis(list(ROOMS), axis="columns")


def grid_left(facts: Facts, uses: pd.DataFrame) -> pd.DataFrame:
    """Compare what options ask for anew with what each area above them has left, reinforcements to come included.

    Parameters
    ----------
    facts : Facts
        Facts of the plan.
    uses : DataFrame
        Rows of `Options.by_period`.

    Returns
    -------
    DataFrame
        ``process``, ``route``, ``period``, ``area``, ``room`` (of `ROOMS`), ``asked`` and ``left`` [MW], for areas
        that set a limit.
    """
    instance = facts.result.instance
    asked = uses[["process", "route", "period", "contract"]].join(asked_of_grid(facts, uses))
    area = instance["sites"].drop_duplicates("contract").set_index("contract")["area"]
    placed = with_areas_above(instance, asked.assign(area=asked["contract"].map(area)))
    most, taken = _most_room(instance), grid(facts.result)
    parts = []
    for room in ROOMS:
        used = taken[["area", "period", room]].rename(columns={room: "used"})
        both = most[["area", "period", room]].merge(used, on=["area", "period"])
        left = both.assign(left=both[room] - both["used"])
        found = placed.rename(columns={f"{room}_more": "asked"}).merge(left, on=["area", "period"])
        parts.append(found.assign(room=room)[["process", "route", "period", "area", "room", "asked", "left"]])
    return pd.concat(parts, ignore_index=True)


def _most_room(instance: Instance) -> pd.DataFrame:
    """Room of each area in each period with every reinforcement that may be there by then, ``firm`` and ``total``."""
    given, periods = instance["headroom"], instance["periods"][["period"]]
    every = given[["area"]].drop_duplicates().merge(periods, how="cross")
    room = every.merge(given, on=["area", "period"], how="left").fillna({"firm": 0.0, "flexible": 0.0})
    works = instance["reinforcements"].merge(periods, how="cross")
    there = works[~(works["first_year"] > works["period"])].groupby(["area", "period"])["capacity"].sum()
    more = room[["area", "period"]].join(there, on=["area", "period"])["capacity"].fillna(0.0)
    return room.assign(total=room["firm"] + room["flexible"] + more, firm=room["firm"] + more)
