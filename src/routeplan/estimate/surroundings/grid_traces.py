"""Where the numbers of the grid come from, for ``derivation.csv``."""

from collections.abc import Mapping

import pandas as pd

from routeplan.estimate.citations import as_given, figures, general, taken_over
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import DEMAND, cited, explained, joined, key_of
from routeplan.schema.inputs import AREAS

GROWTH_ENDS = 2040
"""Year from which the firm room of an area stays as it is."""

Cites = dict[str, "str | pd.Series[str]"]

_ROOM = ("release_year", "firm_before", "firm_release", "firm_2040", "flexible_before", "flexible_release")
_GROWN = "(firm_release + (firm_2040 - firm_release) x min(1, (period - release_year) / "
_GROWN += f"max(1, {GROWTH_ENDS} - release_year))) x share"


def grid_traces(
    made: Mapping[str, pd.DataFrame],
    areas: pd.DataFrame,
    emitted: "pd.Series[float]",
    share: "pd.Series[float]",
    tables: DefaultTables,
) -> pd.DataFrame:
    """Rule and parameters of every number of the grid.

    Parameters
    ----------
    made : mapping of str to DataFrame
        Tables ``areas``, ``works``, ``headroom`` and ``reinforcements`` of the instance.
    areas : DataFrame
        Rows of the default table ``areas`` from which they were made.
    emitted : Series
        What the sites of each area emit [kt/yr].
    share : Series
        Their share of the area's room.
    tables : DefaultTables
        The default tables.
    """
    known = areas.set_index("area", drop=False)
    names, part = pd.Series(known.index, known.index), share.set_axis(known.index)
    here = cited("emissions_here", emitted.set_axis(known.index), "sum of the sites in the area")
    shares: Cites = {**figures(tables, "areas", known, "emissions"), "emissions_here": here}
    rule = pd.Series("min(1, emissions_here / emissions)", known.index).where(known["emissions"] > 0, "1")
    cites = {"share": cited("share", part, "demand")}
    return joined(
        [
            explained(DEMAND, names, "share", part, rule, shares),
            taken_over(tables, "areas", areas, AREAS),
            *_works(made["works"], known, tables),
            *_headroom(made["headroom"], known, cites, tables),
            _stations(made["reinforcements"], known, cites, tables),
        ]
    )


def _works(works: pd.DataFrame, known: pd.DataFrame, tables: DefaultTables) -> list[pd.DataFrame]:
    columns = {"estimate": "release_year", "latest": "late_year"}
    cites = figures(tables, "areas", known, *columns.values())
    return [
        as_given("works", works["work"], column, works[column], works["area"].map(cites[name]))
        for column, name in columns.items()
    ]


def _headroom(
    headroom: pd.DataFrame, known: pd.DataFrame, shares: "dict[str, pd.Series[str]]", tables: DefaultTables
) -> list[pd.DataFrame]:
    cites = _by_area(headroom["area"], shares | figures(tables, "areas", known, *_ROOM))
    cites["period"] = cited("period", headroom["period"], "headroom.csv")
    released = headroom["period"] >= headroom["area"].map(known["release_year"])
    key = key_of(headroom, "area", "period")
    firm = pd.Series("firm_before x share", headroom.index).mask(released, _GROWN)
    flexible = pd.Series("flexible_before x share", headroom.index).mask(released, "flexible_release x share")
    return [
        explained("headroom", key, "firm", headroom["firm"], firm, cites),
        explained("headroom", key, "flexible", headroom["flexible"], flexible, cites),
    ]


def _stations(
    stations: pd.DataFrame, known: pd.DataFrame, shares: "dict[str, pd.Series[str]]", tables: DefaultTables
) -> pd.DataFrame:
    cites = _by_area(stations["area"], shares | figures(tables, "areas", known, "reinforcement", "release_year"))
    cites |= general(tables, "reinforcement_capex", "reinforcement_lifetime")
    cites["capacity"] = cited("capacity", stations["capacity"], "reinforcements.csv")
    rules = {
        "capacity": "reinforcement x share",
        "capex": "capacity x reinforcement_capex",
        "lifetime": "reinforcement_lifetime",
        "first_year": "release_year",
    }
    key = stations["reinforcement"]
    return joined(
        [
            explained("reinforcements", key, name, stations[name].astype(float), rule, cites)
            for name, rule in rules.items()
        ]
    )


def _by_area(areas: "pd.Series[str]", cites: "dict[str, pd.Series[str]]") -> Cites:
    return {name: areas.map(text) for name, text in cites.items()}
