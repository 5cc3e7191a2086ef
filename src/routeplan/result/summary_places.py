"""Summaries of the places on a map: the main process of each site, and the links in place in each period."""

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.result.result import Result

PLANNED, BUILT = "planned", "built"
"""How a link comes to be in place: by itself, or because the plan chose it."""


def emitted_today(instance: Instance) -> pd.DataFrame:
    """List the emissions of each process on its current option.

    Parameters
    ----------
    instance : Instance
        The instance.

    Returns
    -------
    DataFrame
        ``process``, ``site``, ``emissions`` [kt/yr], in the order of the processes' table.
    """
    options = instance["options"]
    current = options[options["current"] == 1].set_index("process")["emissions"]
    return instance["processes"][["process", "site"]].join(current, on="process")


def main_processes(instance: Instance) -> pd.DataFrame:
    """Choose the main process of each site: the one that emits most today, of equals the first.

    Parameters
    ----------
    instance : Instance
        The instance.

    Returns
    -------
    DataFrame
        ``process``, ``site``; a row for each site that has a process.
    """
    most_first = emitted_today(instance).sort_values("emissions", ascending=False, kind="stable")
    return most_first.drop_duplicates("site")[["process", "site"]]


def links_in_place(result: Result) -> pd.DataFrame:
    """List the links that can be used in each period: planned ones, and candidates that the plan has built by then.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``link``, ``status`` (`PLANNED` or `BUILT`), ``period``, ``size`` (all that are built by then; "" of planned
        links), ``capacity`` and ``flow`` (positive from `from` to `to`, netted) [GWh/yr or kt/yr]. A planned link
        without capacity is left out.
    """
    there = pd.concat([_planned(result), _built(result)], ignore_index=True)
    flows = result["flows"][["link", "period", "flow"]]
    return there.merge(flows, on=["link", "period"], how="left").fillna({"flow": 0.0})


def _planned(result: Result) -> pd.DataFrame:
    links = result.instance["links"]
    planned = links[(links["status"] == PLANNED) & (links["capacity"] > 0)]
    each = planned.merge(result.instance["periods"], how="cross")
    # An empty first year is no limit.
    in_time = each[~(each["first_year"] > each["period"])]
    return in_time[["link", "period", "capacity"]].assign(status=PLANNED, size="")


def _built(result: Result) -> pd.DataFrame:
    """Candidate links built by each period, the sizes of a link together."""
    kinds = result.instance["links"][["link", "carrier", "mode"]]
    sizes = result.instance["sizes"][["carrier", "mode", "size", "capacity"]]
    built = result["built"].rename(columns={"period": "since"}).merge(kinds, on="link")
    each = built.merge(sizes, on=["carrier", "mode", "size"]).merge(result.instance["periods"], how="cross")
    by_then = each[each["since"] <= each["period"]]
    together = by_then.groupby(["link", "period"], sort=False).agg(
        size=("size", ", ".join), capacity=("capacity", "sum")
    )
    return together.reset_index().assign(status=BUILT)
