"""Options that are decided and that no plan can run: by their years, by public money, by room on the grid."""

import numpy as np
import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.areas import with_areas_above
from routeplan.instance.instance import Instance
from routeplan.instance.options import Options
from routeplan.instance.rules.findings import Lines, line_of
from routeplan.tolerances import FEASIBILITY, FITS

_KEY = ["process", "route", "period"]

NAMED = 5
"""Decisions that are named in a message about many."""


def decided_outside_years(options: Options, lines: Lines) -> list[Problem]:
    """Options that are decided to run in a period in which they may not, by their years."""
    years = options.by_period[[*_KEY, "may_run", "first_year", "last_year"]]
    wrong = _runs(options, 1).merge(years, on=_KEY, how="left").query("may_run == False")
    rows = zip(*(wrong[name].tolist() for name in ["row", *_KEY, "first_year", "last_year"]), strict=True)
    return [
        Problem(
            "decided.csv",
            line_of(lines, "decided", row),
            f"process '{process}' is decided to run '{route}' in {period}, outside the years of that option "
            f"({_years(first, last)}), so that there is no plan",
            "period",
        )
        for row, process, route, period, first, last in rows
    ]


def _years(first: float, last: float) -> str:
    begin, end = ("" if np.isnan(year) else f"{year:.0f}" for year in (first, last))
    return f"from {begin}" if not end else f"until {end}" if not begin else f"{begin} to {end}"


def _runs(options: Options, value: int) -> pd.DataFrame:
    """Options that are decided to run (1) or not to run (0): process, route, period and ``row`` in ``decided``."""
    decided = options.instance["decided"]
    runs = decided[(decided["decision"] == "runs") & (decided["value"] == value)]
    return runs.rename(columns={"item": "process", "choice": "route"})[_KEY].reset_index(names="row")


def decided_without_money(options: Options, lines: Lines) -> list[Problem]:
    """Options that are decided to run, and of which no start until then can be paid."""
    if not options.instance.settings.participation:
        return []
    runs = _runs(options, 1).merge(options.by_period.query("current == 0")[_KEY], on=_KEY)
    starts = options.starts[[*_KEY, "funding_gap"]].assign(most=options.most_support)
    before = runs.merge(starts, on=["process", "route"], suffixes=("", "_start")).query("period_start <= period")
    before["lacks"] = before["funding_gap"] - before["most"]
    least = before.sort_values("lacks").drop_duplicates("row")
    short = least[(least["funding_gap"] > 0) & (least["most"] < least["funding_gap"] * FITS)].sort_values("row")
    columns = ["row", *_KEY, "period_start", "funding_gap", "most"]
    return [
        Problem(
            "decided.csv",
            line_of(lines, "decided", row),
            f"process '{process}' is decided to run '{route}' in {period}, and no pots can pay for its start: at best, "
            f"in {start}, its funding gap is {gap:.3g} M EUR and they may pay {most:.3g}, so that there is no plan",
            "item",
        )
        for row, process, route, period, start, gap, most in short[columns].itertuples(index=False, name=None)
    ]


def decided_without_room(options: Options, lines: Lines) -> list[Problem]:
    """Options that are decided to run, and whose areas can never have the room in that period."""
    runs = _runs(options, 1)
    if runs.empty:
        return []
    need = with_areas_above(options.instance, _least_asked(options))
    need = need.groupby(["area", "period"])[["firm", "total"]].sum().reset_index()
    found = need.merge(_most_room(options.instance), on=["area", "period"], suffixes=("", "_room"))
    short = {
        (area, period): (kind, asked, room)
        for kind, which in (("firm and flexible capacity", "total"), ("firm capacity", "firm"))
        for area, period, asked, room in found[["area", "period", which, f"{which}_room"]].itertuples(index=False)
        if asked > room + FEASIBILITY * max(1.0, room)
    }
    decided = runs.merge(options.by_period[[*_KEY, "site"]], on=_KEY)
    decided = decided.merge(options.instance["sites"][["site", "area"]], on="site")
    above = with_areas_above(options.instance, decided)
    return [
        _no_room(place, above[(above["area"] == place[0]) & (above["period"] == place[1])], *case, lines)
        for place, case in short.items()
    ]


def _no_room(place: tuple[str, int], runs: pd.DataFrame, kind: str, asked: float, room: float, lines: Lines) -> Problem:
    area, period = place
    processes = runs["process"].tolist()
    named = ", ".join(processes[:NAMED]) + (f" and {len(processes) - NAMED} more" if len(processes) > NAMED else "")
    text = (
        f"what is decided for {period} ({named}) needs {asked:.4g} MW of {kind} in area '{area}' at least, where there "
        f"is room for {room:.4g} with every reinforcement, so that there is no plan"
    )
    return Problem("decided.csv", line_of(lines, "decided", int(runs["row"].min())), text, "item")


def _least_asked(options: Options) -> pd.DataFrame:
    """Least new capacity of each contract and of hubs that are decided [MW]: area, period, ``firm`` and ``total``."""
    sites = options.instance["sites"]
    use = _still_possible(options)
    use = use.assign(firm=use["firm_capacity"], total=use["firm_capacity"] + use["flexible_capacity"])
    least = use.groupby(["contract", "process", "period"])[["firm", "total"]].min()
    asked = least.groupby(["contract", "period"]).sum().reset_index()
    contracts = sites.groupby("contract").agg(area=("area", "first"), spare=("spare_capacity", "sum")).reset_index()
    asked = asked.merge(contracts, on="contract")
    for column in ("firm", "total"):
        asked[column] = (asked[column] - asked["spare"]).clip(lower=0.0)
    asked["total"] = asked[["firm", "total"]].max(axis=1)
    columns = ["area", "period", "firm", "total"]
    return pd.concat([asked[columns], _decided_hubs(options.instance)[columns]], ignore_index=True)


def _still_possible(options: Options) -> pd.DataFrame:
    """Rows of `Options.reachable` that decisions leave open."""
    use = options.reachable
    runs, runs_not = (_runs(options, value).assign(there=True)[[*_KEY, "there"]] for value in (1, 0))
    chosen = use.merge(runs, on=_KEY, how="left")["there"].notna().to_numpy()
    ruled_out = use.merge(runs_not, on=_KEY, how="left")["there"].notna().to_numpy()
    settled = use.assign(chosen=chosen).groupby(["process", "period"])["chosen"].transform("any").to_numpy()
    return use.iloc[np.flatnonzero((chosen | ~settled) & ~ruled_out)]


def _decided_hubs(instance: Instance) -> pd.DataFrame:
    """Capacity of the hubs that are decided to be open [MW]: area, period, ``firm`` and ``total``."""
    decided = instance["decided"].query("decision == 'open' and value == 1")
    opened = decided[["item", "choice", "period"]].rename(columns={"item": "hub", "choice": "option"})
    hubs = instance["hubs"].merge(opened, on=["hub", "option"])
    return hubs.assign(firm=hubs["firm_capacity"], total=hubs["firm_capacity"] + hubs["flexible_capacity"])


def _most_room(instance: Instance) -> pd.DataFrame:
    """Room in each limited area and period with every reinforcement that can be there [MW]: ``firm`` and ``total``."""
    areas = instance["headroom"]["area"].unique()
    places = pd.MultiIndex.from_product([areas, instance["periods"]["period"]], names=["area", "period"])
    room = instance["headroom"].set_index(["area", "period"]).reindex(places, fill_value=0.0).reset_index()
    works = places.to_frame(index=False).merge(instance["reinforcements"], on="area")
    works = works[~(works["first_year"] > works["period"])]
    added = works.groupby(["area", "period"])["capacity"].sum().rename("added").reset_index()
    room = room.merge(added, on=["area", "period"], how="left").fillna({"added": 0.0})
    firm = room["firm"] + room["added"]
    return room[["area", "period"]].assign(firm=firm, total=firm + room["flexible"])
