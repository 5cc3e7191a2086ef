"""Targets that a plan misses, and the causes for which projects that would have helped cannot go ahead by then."""

from collections.abc import Iterator, Sequence

import pandas as pd

from routeplan.instance.options import in_scope, options_of
from routeplan.result.result import Result
from routeplan.result.summary_limits import exceeded_by, targets
from routeplan.why.causes import Causes
from routeplan.why.judged import Judged
from routeplan.why.tables import IMPOSSIBLE

COLUMNS = ["scope", "period", "missed", "causes", "projects", "avoided"]


def missed_by_cause(result: Result, judged: Sequence[Judged]) -> pd.DataFrame:
    """List the targets that a plan misses, and for which causes projects do not help.

    A project is counted where it is wanted by the year of the target, is proven impossible when it is wanted and is
    not possible by that year; of several of one process the one that avoids most. What it avoids is what its process
    emits in that period in the plan, less what it would emit on the wished route.

    Parameters
    ----------
    result : Result
        The result that the projects were held against.
    judged : sequence of Judged
        The verdicts.

    Returns
    -------
    DataFrame
        ``scope``, ``period``, ``missed`` (above the cap) [kt/yr], ``causes`` (as in the table ``by_cause``),
        ``projects`` (how many), ``avoided`` (what they would avoid in that period) [kt/yr]: of each missed target a row
        for each cause, the one that keeps most from being avoided first; without causes where no project would help.
    """
    known = targets(result)
    known["missed"] = exceeded_by(known.rename(columns={"reached": "used", "cap": "bound"}))
    missed = known[known["missed"] > 0.0]
    rows = [] if missed.empty else list(_rows(missed, _avoided(result, judged)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(missed: pd.DataFrame, avoided: pd.DataFrame) -> Iterator[list[object]]:
    for target in missed.to_dict("records"):
        helps = avoided[in_scope(avoided, target["scope"]) & (avoided["period"] == target["period"])]
        best = helps.sort_values("avoided", ascending=False, kind="stable").drop_duplicates("process")
        told = [target[name] for name in ("scope", "period", "missed")]
        if best.empty:
            yield [*told, "", 0, 0.0]
        by_cause = best.groupby("causes")["avoided"].agg(["size", "sum"]).sort_values("sum", ascending=False)
        for causes, count, amount in by_cause.itertuples(name=None):
            yield [*told, causes, int(count), float(amount)]


def _avoided(result: Result, judged: Sequence[Judged]) -> pd.DataFrame:
    """What each impossible project would avoid in each period, from the one in which it is wanted till it can start."""
    key, causes = ["process", "route", "period"], Causes(result.instance)
    emitted = options_of(result.instance).may_run[[*key, "sector", "region", "emissions"]]
    held = pd.DataFrame(
        [
            (each.wish.process, each.wish.route, each.wish.period, each.possible_from, causes.of_project(each))
            for each in judged
            if each.verdict in IMPOSSIBLE
        ],
        columns=["process", "route", "wanted", "possible_from", "causes"],
    ).astype({"possible_from": float})
    planned = result["runs"][key].merge(emitted[[*key, "emissions"]], on=key)
    both = held.merge(emitted, on=key[:2]).merge(planned, on=["process", "period"], suffixes=("", "_planned"))
    waits = (both["wanted"] <= both["period"]) & ~(both["possible_from"] <= both["period"])
    both["avoided"] = both["emissions_planned"] - both["emissions"]
    return both[waits & (both["avoided"] > 0.0)]
