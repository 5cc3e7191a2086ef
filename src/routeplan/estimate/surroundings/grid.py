"""Congestion areas: their headroom by period, and the derivation of the numbers."""

import numpy as np
import pandas as pd

from routeplan.estimate.citations import as_given, figures, general, taken_over
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import DEMAND, estimated, joined, key_of
from routeplan.estimate.formulas import Figure, Figures
from routeplan.schema.inputs import AREAS, HEADROOM, REINFORCEMENTS, WORKS

GROWTH_ENDS = 2040
"""Year from which the firm room of an area stays as it is."""

_SHARE = "min(1, emissions_here / emissions)"
"""Part of the area's room that is for these sites."""

_FIRM = "firm_before x share"
_FLEXIBLE = "flexible_before x share"
"""Room until the release [MW]."""

_FIRM_RELEASED = (
    "(firm_release + (firm_2040 - firm_release) x min(1, (period - release_year) / "
    f"max(1, {GROWTH_ENDS} - release_year))) x share"
)
_FLEXIBLE_RELEASED = "flexible_release x share"
"""Room from the release on [MW]: firm room grows linearly until `GROWTH_ENDS`, flexible room stays."""

_CAPACITY = "reinforcement x share"
"""Capacity of the reinforcement on offer [MW]."""

_OF_CAPACITY = {
    "capex": "capacity x reinforcement_capex",
    "lifetime": "reinforcement_lifetime",
    "first_year": "release_year",
}

_ROOM = ("release_year", "firm_before", "firm_release", "firm_2040", "flexible_before", "flexible_release")
_DATES = {"estimate": "release_year", "latest": "late_year"}
"""Dates of the release of an area, as a work."""


Made = tuple[pd.DataFrame, list[pd.DataFrame]]
"""A table, and the rows of the derivation for it."""


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
    areas = areas[areas["area"].isin(sites["area"])].set_index("area", drop=False)
    shares = _shares(areas, sites, tables)
    known = figures(tables, "areas", areas, *_ROOM, "late_year", "reinforcement")
    known["share"] = Figure(shares["value"], "demand")
    works = _works(areas, known)
    headroom = _headroom(areas, periods, known)
    stations = _reinforcements(areas, known, tables)
    return {
        "areas": areas.reset_index(drop=True).assign(parent="", outline="")[AREAS.names],
        "works": works[0],
        "headroom": headroom[0],
        "reinforcements": stations[0],
        "derivation": joined(
            [shares, taken_over(tables, "areas", areas, AREAS), *works[1], *headroom[1], *stations[1]]
        ),
    }


def _shares(areas: pd.DataFrame, sites: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Share of the sites in the room of each area; 1 where no emissions are known."""
    emitted = areas["area"].map(sites.groupby("area")["emissions"].sum())
    known = figures(tables, "areas", areas, "emissions")
    known["emissions_here"] = Figure(emitted, "sum of the sites in the area")
    rule = pd.Series(_SHARE, areas.index).where(areas["emissions"] > 0, "1")
    return estimated(DEMAND, areas["area"], "share", rule, known)


def _works(areas: pd.DataFrame, known: Figures) -> Made:
    works = areas.assign(work="release-" + areas["area"], earliest=float("nan"))
    works = works.assign(**{column: works[name] for column, name in _DATES.items()})
    traces = [as_given("works", works["work"], column, name, known) for column, name in _DATES.items()]
    return works[WORKS.names].reset_index(drop=True), traces


def _headroom(areas: pd.DataFrame, periods: list[int], known: Figures) -> Made:
    """Room of each area in each period."""
    rows = pd.DataFrame(
        {"area": areas.index.repeat(len(periods)), "period": np.tile(np.asarray(periods, dtype=np.int64), len(areas))}
    )
    here = {name: figure.at(rows["area"]) for name, figure in known.items()}
    here["period"] = Figure(rows["period"], "headroom.csv")
    released = rows["period"] >= here["release_year"].value
    key = key_of(rows, "area", "period")
    firm = pd.Series(_FIRM, rows.index).mask(released, _FIRM_RELEASED)
    flexible = pd.Series(_FLEXIBLE, rows.index).mask(released, _FLEXIBLE_RELEASED)
    made = {
        name: estimated("headroom", key, name, rule, here, 2) for name, rule in (("firm", firm), ("flexible", flexible))
    }
    return rows.assign(**{name: part["value"] for name, part in made.items()})[HEADROOM.names], list(made.values())


def _reinforcements(areas: pd.DataFrame, known: Figures, tables: DefaultTables) -> Made:
    """One reinforcement in each area, from the release: before it the high-voltage grid itself is full."""
    rows = areas.assign(reinforcement="station-" + areas["area"])
    key, of_all = rows["reinforcement"], general(tables, "reinforcement_capex", "reinforcement_lifetime")
    capacity = estimated("reinforcements", key, "capacity", _CAPACITY, known, 1)
    known = {**known, **of_all, "capacity": Figure(capacity["value"], "reinforcements.csv")}
    made = {name: estimated("reinforcements", key, name, rule, known, 2) for name, rule in _OF_CAPACITY.items()}
    made = {"capacity": capacity, **made}
    rows = rows.assign(**{name: part["value"] for name, part in made.items()}).astype({"lifetime": "int64"})
    some = capacity["value"] > 0
    return rows.loc[some, REINFORCEMENTS.names].reset_index(drop=True), [part[some] for part in made.values()]
