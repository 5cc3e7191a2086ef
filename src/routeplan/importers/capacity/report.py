"""Changes made by a merge, as tables for readers."""

import numpy as np
import pandas as pd

from routeplan.importers.capacity.forecasts import Forecasts
from routeplan.importers.capacity.naming import Naming
from routeplan.importers.capacity.tables import newest
from routeplan.instance.instance import Instance

MATCHED, MAPPED, ADDED = "matched", "mapped", "unmapped, added"
KEPT, LEFT_OUT = "not in the files, kept", "left out"
"""What became of an area, or of a short code."""


def areas_report(
    after: Instance, forecasts: Forecasts, naming: Naming, located: pd.DataFrame, before: Instance
) -> pd.DataFrame:
    """List every area of the instance, and short codes that are left out, with their state after the merge.

    Parameters
    ----------
    after, before : Instance
        The instance after the merge and before it.
    forecasts : Forecasts
        What the files say.
    naming : Naming
        Areas of short codes.
    located : DataFrame
        Rows of `Forecasts.areas`, with their ``area``.

    Returns
    -------
    DataFrame
        ``area``, ``short_codes``, ``state``, ``parent``, ``queue`` [MW], ``release`` [year].
    """
    areas = after["areas"][["area", "parent", "queue"]]
    codes = dict(located.drop_duplicates(["area", "code"]).groupby("area")["code"].agg("; ".join))
    in_files = areas["area"].isin(located["area"])
    by_map = areas["area"].isin(located.loc[located["code"].isin(naming.given), "area"])
    there = areas["area"].isin(before["areas"]["area"])
    state = np.select([~in_files, by_map, there], [KEPT, MAPPED, MATCHED], ADDED)
    rows = areas.assign(
        short_codes=[codes.get(area, "") for area in areas["area"]],
        state=state,
        release=areas["area"].map(newest(located, "area", "alleviation").set_index("area")["alleviation"]),
    )
    left_out = [code for code in forecasts.areas["code"].unique() if naming.areas[code] == ""]
    others = pd.DataFrame({"short_codes": left_out, "state": LEFT_OUT, "area": "", "parent": ""})
    columns = ["area", "short_codes", "state", "parent", "queue", "release"]
    return pd.concat([rows, others], ignore_index=True)[columns] if left_out else rows[columns]


def headroom_report(after: Instance, before: Instance, headroom: pd.DataFrame) -> pd.DataFrame:
    """Headroom of each area and period, before and after; NaN where there is no limit, or no forecast.

    Parameters
    ----------
    after, before : Instance
        The instance after the merge and before it.
    headroom : DataFrame
        As `headroom_of` makes it.
    """
    rows = after["areas"][["area"]].merge(after["periods"][["period"]], how="cross")
    rows = rows.merge(headroom[["area", "period", "year"]], how="left").rename(columns={"year": "forecast"})
    old, new = _limits(rows, before["headroom"]), _limits(rows, after["headroom"])
    return rows.assign(
        firm_before=old["firm"], firm=new["firm"], flexible_before=old["flexible"], flexible=new["flexible"]
    )


def _limits(rows: pd.DataFrame, headroom: pd.DataFrame) -> pd.DataFrame:
    """Headroom as the model reads it: 0 in periods that an area lacks, and no limit where it has no row at all."""
    found = rows[["area", "period"]].merge(headroom, how="left")
    limited = found["area"].isin(headroom["area"])
    return found[["firm", "flexible"]].mask(limited, found[["firm", "flexible"]].fillna(0.0))
