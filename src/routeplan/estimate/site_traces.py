"""Derivation of the numbers of settings, periods and sites, for ``derivation.csv``."""

from collections.abc import Mapping

import pandas as pd

from routeplan.estimate.citations import AS_GIVEN, figure_in, general
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import (
    ALL_SITES,
    DEMAND,
    cited,
    derived,
    estimated,
    explained,
    joined,
    key_of,
    whole_column,
)
from routeplan.estimate.formulas import Figure
from routeplan.estimate.technology.demand import EMISSIONS, SPARE_CAPACITY, spare_capacity_figures
from routeplan.schema.settings import SETTINGS_FILE, Settings

_SHARE = "min(1, emissions / national_emissions)"
"""Share of the sites in what cluster 6 emits."""

AS_CHOSEN = "as chosen for the instance"
_FIGURES = ("currency_year", "discount_rate", "firm_rate", "support_years")
"""Settings that may come from the default table ``general``."""


def site_traces(
    settings: Settings, known: pd.DataFrame, places: pd.DataFrame, periods: pd.DataFrame, tables: DefaultTables
) -> pd.DataFrame:
    """Rule and parameters of settings, periods, coordinates and room in contracts.

    Parameters
    ----------
    settings : Settings
        Settings of the instance.
    known : DataFrame
        As `checked_sites` returns it.
    places, periods : DataFrame
        Tables ``sites`` and ``periods`` of the instance.
    tables : DefaultTables
        The default tables.
    """
    end = (periods["period"] + periods["years"]).astype(float)
    lengths = {
        "end": Figure(end, "the next period, or the horizon's end"),
        "period": Figure(periods["period"], "periods.csv"),
    }
    key = key_of(periods, "period")
    return joined(
        [
            _settings(settings, tables),
            whole_column("periods", ["period"], AS_CHOSEN, "none"),
            estimated("periods", key, "years", "end - period", lengths, 0),
            *(_coordinate(known, name) for name in ("lat", "lon")),
            _room(known, places, tables),
        ]
    )


def _settings(settings: Settings, tables: DefaultTables) -> pd.DataFrame:
    """Figures of the table ``general`` where they are the ones used; all else was chosen."""
    values = pd.Series({name: float(getattr(settings, name)) for name in (*_FIGURES, "base_year")})
    rows = tables["general"].set_index("name", drop=False).loc[list(_FIGURES)]
    known = pd.Series({name: tables.general(name) for name in _FIGURES})
    taken = known.reindex(values.index) == values
    figure = figure_in(tables, "general", rows, tables.general("reference_year"))
    cites = cited(rows["name"], pd.Series(figure.value), figure.place).reindex(values.index)
    chosen = cited(pd.Series(values.index, values.index), values, "as given")
    names, rule = pd.Series(values.index, values.index), pd.Series(AS_CHOSEN, values.index).mask(taken, AS_GIVEN)
    keys = pd.Series(SETTINGS_FILE, values.index)
    return derived(SETTINGS_FILE, keys, "", values, rule, cites.where(taken, chosen)).assign(column=names)


def _coordinate(known: pd.DataFrame, name: str) -> pd.DataFrame:
    """Derivation of coordinates: a site that is known by its town lies on the town's one point."""
    town = "centre of the town " + known["place"] + ", the one point of all its sites"
    rule = town.mask(known["found_at"] == "as given", "as given")
    return derived("sites", known["site"], name, known[name], rule, cited(name, known[name], known["found_at"]))


def _room(known: pd.DataFrame, places: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Derivation of room in contracts, which is estimated where it is not given."""
    given = known["spare_capacity"].notna()
    rules = pd.Series(SPARE_CAPACITY, known.index).mask(given, "spare_capacity")
    room = spare_capacity_figures(known, tables) | {"spare_capacity": Figure(known["spare_capacity"], "as given")}
    return explained("sites", known["site"], "spare_capacity", places["spare_capacity"], rules, room)


def share_of_sites(known: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Estimate the share of the sites in what cluster 6 emits: one row, with its value, for the derivation.

    Parameters
    ----------
    known : DataFrame
        Sites with ``emissions`` [kt/yr].
    tables : DefaultTables
        The default tables: ``national_emissions`` of ``general``.
    """
    emissions = Figure(float(known["emissions"].sum()), f"sum of {EMISSIONS}")
    figures = general(tables, "national_emissions") | {"emissions": emissions}
    return estimated(DEMAND, pd.Series([ALL_SITES]), "share", _SHARE, figures)


def period_traces(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Derivation rows of the periods in the keys of tables: those of ``periods``."""
    named = [name for name, frame in tables.items() if "period" in frame and len(frame)]
    others = [name for name in named if name not in ("periods", "windows")]
    return joined([whole_column(name, ["period"], "each period of periods.csv", "none") for name in others])
