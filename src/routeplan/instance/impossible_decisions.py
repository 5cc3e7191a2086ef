"""Decisions that no plan can obey, and room on the grid that what must run can never have."""

import numpy as np
import pandas as pd

from routeplan.errors import Problem, short_number
from routeplan.instance.areas import with_areas_above
from routeplan.instance.grants import nearly_covered
from routeplan.instance.instance import Instance
from routeplan.instance.options import Options
from routeplan.instance.rules.findings import Lines, line_of
from routeplan.tolerances import FEASIBILITY

_KEY = ["process", "route", "period"]

NAMED = 5
"""Decisions that are named in a message about many."""


def decided_outside_years(options: Options, lines: Lines) -> list[Problem]:
    """Options that are decided to run in a period in which they may not, by their years."""
    years = options.by_period[[*_KEY, "may_run", "first_year", "last_year"]]
    wrong = _runs(options, 1).merge(years, on=_KEY, how="left").query("may_run == False")
    rows = zip(*(wrong[name].tolist() for name in ["row", *_KEY, "first_year", "last_year"]), strict=True)
    return [
        _impossible(
            lines,
            row,
            f"process '{process}' is decided to run '{route}' in {period}, outside the years of that option "
            f"({_years(first, last)})",
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


def decided_twice(options: Options, lines: Lines) -> list[Problem]:
    """Processes for which more than one option is decided to run in a period."""
    runs = _runs(options, 1)
    again = runs[runs.duplicated(["process", "period"])]
    return [
        _impossible(lines, row, f"process '{process}' is decided to run more than one option in {period}")
        for row, process, period in again[["row", "process", "period"]].itertuples(index=False, name=None)
    ]


def decided_back(options: Options, lines: Lines) -> list[Problem]:
    """Processes that are decided to run as today, after they have left that: there is no way back."""
    current = options.current.drop_duplicates("process").set_index("process")["route"]
    runs, runs_not = (_runs(options, value) for value in (1, 0))
    today, not_today = (rows["route"] == rows["process"].map(current) for rows in (runs, runs_not))
    left = pd.concat([runs[~today], runs_not[not_today]]).groupby("process")["period"].min()
    back = runs[today & (runs["period"] > runs["process"].map(left))]
    return [
        _impossible(
            lines,
            row,
            f"process '{process}' is decided to run '{route}', its current option, in {period}, and not to in "
            f"{left[process]}, after which there is no way back",
        )
        for row, process, route, period in back[["row", *_KEY]].itertuples(index=False, name=None)
    ]


def decided_without_start(options: Options, lines: Lines) -> list[Problem]:
    """Options that are decided to run where years and maintenance stops allow no start until then, or none is paid."""
    use = options.may_run.query("current == 0")[_KEY]
    runs = _runs(options, 1).merge(use, on=_KEY)
    starts = options.starts[["process", "route", "period", "funding_gap"]].assign(most=options.most_support)
    known = runs.merge(starts, on=["process", "route"], how="left", suffixes=("", "_start"))
    before = known[known["period_start"] <= known["period"]]
    never = runs[~runs["row"].isin(before["row"])]
    least = before.loc[(before["funding_gap"] - before["most"]).sort_values().index].drop_duplicates("row")
    short = least[~nearly_covered(least["most"], least["funding_gap"])].sort_values("row")
    columns = ["row", *_KEY, "period_start", "funding_gap", "most"]
    return [
        *(
            _impossible(
                lines,
                row,
                f"process '{process}' is decided to run '{route}' in {period}, and may not start it until then",
            )
            for row, process, route, period in never[["row", *_KEY]].itertuples(index=False, name=None)
        ),
        *(
            _impossible(
                lines,
                row,
                f"process '{process}' is decided to run '{route}' in {period}, and no pots can pay for its start: at "
                f"best, in {start:.0f}, its funding gap is {short_number(gap)} M EUR and they may pay "
                f"{short_number(most)}",
            )
            for row, process, route, period, start, gap, most in short[columns].itertuples(index=False, name=None)
        ),
    ]


def _impossible(lines: Lines, row: int, text: str, column: str = "item") -> Problem:
    return Problem("decided.csv", line_of(lines, "decided", row), f"{text}, so that there is no plan", column)


def without_room(options: Options, lines: Lines) -> list[Problem]:
    """Areas in which what must run, and what is decided, needs more capacity than there can ever be."""
    instance = options.instance
    if instance["headroom"].empty:
        return []
    need = with_areas_above(instance, _least_asked(options)).groupby(["area", "period"])[["firm", "total"]].sum()
    found = need.reset_index().merge(_most_room(instance), on=["area", "period"], suffixes=("", "_room"))
    problems: dict[tuple[str, int], Problem] = {}
    for kind, which in (("firm capacity", "firm"), ("firm and flexible capacity", "total")):
        short = found[found[which] > found[f"{which}_room"] + FEASIBILITY * np.maximum(1.0, found[f"{which}_room"])]
        for area, period, asked, room in short[["area", "period", which, f"{which}_room"]].itertuples(index=False):
            text = (
                f"needs {asked:.4g} MW of {kind} in {period} at least, and has room for {room:.4g} with every "
                "reinforcement, so that there is no plan"
            )
            problems.setdefault((area, period), _no_room(instance, area, period, text, lines))
    return list(problems.values())


def _no_room(instance: Instance, area: str, period: int, text: str, lines: Lines) -> Problem:
    """A shortage, at the first decision that takes part in it; where none does, at the area."""
    decided = _decided_items(instance)
    here = decided[(decided["area"] == area) & (decided["period"] == period)]
    if here.empty:
        row = int(np.flatnonzero(instance["areas"]["area"] == area)[0])
        return Problem("areas.csv", line_of(lines, "areas", row), f"area '{area}' {text}", "area")
    items = here["item"].drop_duplicates().tolist()
    named = ", ".join(items[:NAMED]) + (f" and {len(items) - NAMED} more" if len(items) > NAMED else "")
    line = line_of(lines, "decided", int(here["row"].min()))
    return Problem("decided.csv", line, f"area '{area}', with what is decided ({named}), {text}", "item")


def _decided_items(instance: Instance) -> pd.DataFrame:
    """Processes that are decided to run something, and hubs decided to be open: row, item, period and each area."""
    decided = instance["decided"].reset_index(names="row").query("value == 1")
    area_of_site = instance["sites"].set_index("site")["area"]
    places = {
        "runs": instance["processes"].set_index("process")["site"].map(area_of_site),
        "open": instance["hubs"].drop_duplicates("hub").set_index("hub")["area"],
    }
    parts = [
        rows.assign(area=rows["item"].map(place))
        for decision, place in places.items()
        for rows in [decided.loc[decided["decision"] == decision, ["row", "item", "period"]]]
    ]
    return with_areas_above(instance, pd.concat(parts, ignore_index=True))


def _least_asked(options: Options) -> pd.DataFrame:
    """Least new capacity of each contract and of hubs that are decided [MW]: area, period, ``firm`` and ``total``."""
    sites = options.instance["sites"]
    use = options.left_open.rename(columns={"firm_asked": "firm", "total_asked": "total"})
    least = use.groupby(["contract", "process", "period"])[["firm", "total"]].min()
    asked = least.groupby(["contract", "period"]).sum().reset_index()
    contracts = sites.groupby("contract").agg(area=("area", "first"), spare=("spare_capacity", "sum")).reset_index()
    asked = asked.merge(contracts, on="contract")
    for column in ("firm", "total"):
        asked[column] = (asked[column] - asked["spare"]).clip(lower=0.0)
    asked["total"] = asked[["firm", "total"]].max(axis=1)
    columns = ["area", "period", "firm", "total"]
    return pd.concat([asked[columns], _decided_hubs(options.instance)[columns]], ignore_index=True)


def _decided_hubs(instance: Instance) -> pd.DataFrame:
    """Capacity of the hubs that are decided to be open [MW]: area, period, ``firm`` and ``total``."""
    decided = instance["decided"]
    decided = decided[(decided["decision"] == "open") & (decided["value"] == 1)]
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
