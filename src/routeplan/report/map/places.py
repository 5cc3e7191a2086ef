"""The sites on the map: one row for each, with lists of what changes from period to period."""

import numpy as np
import pandas as pd

from routeplan.instance.basis import said_beside
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.report.map.projection import Projection
from routeplan.result.result import Result
from routeplan.result.summary_places import emitted_today, main_processes

RING = 7.0
"""Radius of the ring on which two sites stand that lie on one point [px]; of more it is larger."""


def sites(result: Result, words: Words, projection: Projection) -> pd.DataFrame:
    """List the sites with the routes that they run and their emissions.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    projection : Projection
        The plane of the map.

    Returns
    -------
    DataFrame
        ``site``, ``name``, ``said`` (what must be said of it, or ""), ``sector``, ``x``, ``y`` [km], ``today``
        [kt/yr]; and lists with a value for each period: ``family`` (of the route that the site's main process runs, see
        `main_processes`; ``current`` where a site has no process), ``routes`` (of all its processes, in words) and
        ``emissions`` [kt/yr]; ``dx``, ``dy`` (see `_spread`). Those that emit most come
        first, so that small ones are drawn on top of them.
    """
    instance = result.instance
    table = instance["sites"].set_index("site")
    today = emitted_today(instance).groupby("site")["emissions"].sum()
    rows = pd.DataFrame(
        {
            "name": table.index.map(names_in(instance, "sites", words)),
            "said": said_beside(table, words),
            "sector": table["sector"].map(words.name),
            "x": projection.x(table["lon"]),
            "y": projection.y(table["lat"]),
            "today": today.reindex(table.index, fill_value=0.0),
            "family": by_period(_main_runs(result), "family", table.index, instance, "current"),
            "routes": by_period(_all_runs(result, words), "routes", table.index, instance, "–"),
            "emissions": by_period(result["emissions"], "emissions", table.index, instance, 0.0),
        },
        index=table.index,
    )
    return _spread(rows).sort_values("today", ascending=False, kind="stable").rename_axis("site").reset_index()


def _spread(rows: pd.DataFrame) -> pd.DataFrame:
    """Set sites that lie on one point in a ring around it: ``dx``, ``dy`` [px], so that each can be seen and chosen."""
    at = rows.groupby(["x", "y"], sort=False)
    count, place = at["x"].transform("size"), at.cumcount()
    radius = np.where(count > 1, RING * np.sqrt(count - 1), 0.0)
    angle = 2.0 * np.pi * place / count
    return rows.assign(dx=(radius * np.sin(angle)).round(1), dy=(-radius * np.cos(angle)).round(1))


def _main_runs(result: Result) -> pd.DataFrame:
    families = result.instance["routes"][["route", "family"]]
    return main_processes(result.instance).merge(result["runs"], on="process").merge(families, on="route")


def _all_runs(result: Result, words: Words) -> pd.DataFrame:
    runs = result.instance["processes"].merge(result["runs"], on="process")
    kinds, routes = runs["kind"].map(words.name), runs["route"].map(words.name)
    runs["routes"] = routes.where(kinds == routes, kinds + ": " + routes)
    return runs.groupby(["site", "period"])["routes"].agg(";\n".join).reset_index()


def by_period(
    rows: pd.DataFrame, value: str, items: pd.Index, instance: Instance, empty: str | float | None
) -> pd.Series:
    """Gather the values of each item in a list, one for each period.

    Parameters
    ----------
    rows : DataFrame
        The item (a column of the name that `items` has), ``period`` and `value`, no two rows with the same keys.
    value : str
        Column of the values.
    items : Index
        The items, in the order wanted.
    instance : Instance
        Whose periods they are.
    empty : optional
        The value where there is no row.
    """
    spread = rows.set_index([items.name, "period"])[value].unstack("period")
    every = spread.reindex(index=items, columns=instance["periods"]["period"]).astype(object)
    lists = every.where(every.notna(), empty).to_numpy().tolist()
    return pd.Series(lists, index=items, dtype=object)
