"""Congestion areas: what room there is, from when."""

import numpy as np
import pandas as pd

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.surroundings.grid_traces import GROWTH_ENDS, grid_traces
from routeplan.horizon import FloatArray
from routeplan.schema.inputs import AREAS, HEADROOM, REINFORCEMENTS, WORKS


def grid_of(sites: pd.DataFrame, tables: DefaultTables, periods: list[int]) -> dict[str, pd.DataFrame]:
    """Make the tables ``areas``, ``works``, ``headroom`` and ``reinforcements`` of the areas that have sites.

    The room of an area is shared by all industry of cluster 6 in it; sites that emit a part of what that
    industry emits get that part of the room.

    Parameters
    ----------
    sites : DataFrame
        With ``area`` and ``emissions`` [kt/yr].
    tables : DefaultTables
        The default tables: ``areas``.
    periods : list of int
        First years of the periods.

    Returns
    -------
    dict of str to DataFrame
        Those tables, and ``derivation``.
    """
    areas = tables["areas"]
    areas = areas[areas["area"].isin(sites["area"])].reset_index(drop=True)
    emitted = areas["area"].map(sites.groupby("area")["emissions"].sum())
    share = (emitted / areas["emissions"]).clip(upper=1.0).fillna(1.0)
    made = {
        "areas": areas.assign(parent="")[AREAS.names],
        "works": _works(areas),
        "headroom": _headroom(areas, share, periods)[HEADROOM.names],
        "reinforcements": _reinforcements(areas, share, tables),
    }
    return made | {"derivation": grid_traces(made, areas, emitted, share, tables)}


def _headroom(areas: pd.DataFrame, share: "pd.Series[float]", periods: list[int]) -> pd.DataFrame:
    """Firm room: as before until the release, then growing linearly; flexible room: in two steps."""
    years = np.asarray(periods, dtype=float)[np.newaxis, :]
    release = areas["release_year"].to_numpy(float)[:, np.newaxis]
    open_now = years >= release
    grown = np.clip((years - release) / np.maximum(GROWTH_ENDS - release, 1.0), 0.0, 1.0)
    released = _column(areas, "firm_release") * (1 - grown) + _column(areas, "firm_2040") * grown
    firm = np.where(open_now, released, _column(areas, "firm_before"))
    flexible = np.where(open_now, _column(areas, "flexible_release"), _column(areas, "flexible_before"))
    part = share.to_numpy(float)[:, np.newaxis]
    rows = areas.index.repeat(len(periods))
    return pd.DataFrame(
        {
            "area": areas["area"].to_numpy()[rows],
            "period": np.tile(np.asarray(periods, dtype=np.int64), len(areas)),
            "firm": (firm * part).ravel().round(2),
            "flexible": (flexible * part).ravel().round(2),
        }
    )


def _column(areas: pd.DataFrame, name: str) -> FloatArray:
    return areas[name].to_numpy(float)[:, np.newaxis]


def _works(areas: pd.DataFrame) -> pd.DataFrame:
    works = areas.rename(columns={"release_year": "estimate", "late_year": "latest"})
    return works.assign(work="release-" + works["area"], earliest=float("nan"))[WORKS.names]


def _reinforcements(areas: pd.DataFrame, share: "pd.Series[float]", tables: DefaultTables) -> pd.DataFrame:
    """One reinforcement in each area, from the release: before it the high-voltage grid itself is full."""
    rows = areas.assign(
        reinforcement="station-" + areas["area"],
        capacity=(areas["reinforcement"] * share).round(1),
        lifetime=int(tables.general("reinforcement_lifetime")),
        first_year=areas["release_year"].astype(float),
    )
    rows["capex"] = (rows["capacity"] * tables.general("reinforcement_capex")).round(2)
    return rows.loc[rows["capacity"] > 0, REINFORCEMENTS.names].reset_index(drop=True)
