"""Input data of sites for an instance, and its checks."""

from dataclasses import replace

import numpy as np
import pandas as pd

from routeplan.data.csv_file import checked_frame
from routeplan.errors import DataError, Message, Problem, value_problem
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.places import located
from routeplan.estimate.technology.demand import DEMAND_COLUMNS, demand_problems
from routeplan.schema import units
from routeplan.schema.column import EMPTY, Table, amount, id_column, latitude, longitude, text, word
from routeplan.schema.inputs import SITES

GIVEN = Table(
    "sites",
    "Sites of which an instance can be made.",
    (
        id_column("site", "Id of the site."),
        text("name", "Name for readers."),
        word("place", "Town; where it lies is looked up in places.csv and GeoNames.", default=""),
        text("postcode", "Its postcode, of which the first two digits tell towns of one name apart."),
        replace(latitude(), default=EMPTY, about="Latitude, where it is known better than by town."),
        replace(longitude(), default=EMPTY, about="Longitude, where it is known better than by town."),
        word("region", "Region; empty: that of the town.", default=""),
        word("area", "Congestion area, of areas.csv; empty: that of the town.", default=""),
        *(column for column in DEMAND_COLUMNS if column.name not in ("site", "heat_network")),
        amount("spare_capacity", "Capacity free inside the contract; empty: estimated.", units.POWER, EMPTY),
        SITES.column("contract"),
        SITES.column("coincidence"),
        word("price_group", "Group of prices; empty: that of the sector.", default=""),
        SITES.column("basis"),
        SITES.column("name_nl"),
    ),
    ("site",),
)
"""The table of inputs of `instance_from_sites`; columns that have a default may be left out."""


def checked_sites(sites: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Check the data of sites, and fill in values that follow from town and sector.

    Parameters
    ----------
    sites : DataFrame
        The columns of `GIVEN`.
    tables : DefaultTables
        The default tables: ``places``, ``areas``, ``sectors``, and ``supply`` for heat networks.

    Returns
    -------
    DataFrame
        Every column of `GIVEN`, places, price groups and full load hours filled in; ``heat_network`` (1 in the
        zones of a heat network); ``found_at``, where the coordinates come from.

    Raises
    ------
    DataError
        With every value that makes no sense.
    """
    known, problems = checked_frame("sites", GIVEN, sites)
    known = _placed(known, tables)
    problems += demand_problems("sites", known, tables) + _place_problems(known, tables)
    if problems:
        raise DataError(problems)
    of_sector = tables["sectors"].set_index("sector").loc[known["sector"]].reset_index()
    known["price_group"] = known["price_group"].where(known["price_group"] != "", of_sector["price_group"])
    known["full_load_hours"] = known["full_load_hours"].fillna(of_sector["full_load_hours"])
    zones = tables["supply"].loc[tables["supply"]["commodity"] == "heat", "zone"]
    return known.assign(heat_network=known["region"].isin(zones).astype(float))


def _placed(known: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Fill in coordinates, region and area of the town where they are not given."""
    found = located(known, tables)
    here = known["lat"].notna() & known["lon"].notna()
    known["found_at"] = found["found_at"].mask(here, "as given")
    for name in ("lat", "lon"):
        known[name] = known[name].where(here, found[name])
    for name in ("region", "area"):
        known[name] = known[name].where(known[name] != "", found[name])
    return known


def _place_problems(known: pd.DataFrame, tables: DefaultTables) -> list[Problem]:
    nowhere = known["lat"].isna() | (known["region"] == "")
    areas = tables["areas"]["area"]
    checks = [
        ("place", nowhere, Message("a town of places.csv or GeoNames; or lat, lon, region and area given")),
        (
            "area",
            ~nowhere & ~known["area"].isin(areas),
            Message("an area of areas.csv: {areas}", areas=", ".join(areas)),
        ),
    ]
    return [
        value_problem("sites", int(row) + 2, name, known[name].iloc[row], allowed)
        for name, wrong, allowed in checks
        for row in np.flatnonzero(wrong)
    ]
