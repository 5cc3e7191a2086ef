"""Where the numbers of settings, periods and sites come from, for ``derivation.csv``."""

from collections.abc import Mapping

import pandas as pd

from routeplan.importers.citations import AS_GIVEN, figure_in, general
from routeplan.importers.defaults import DefaultTables
from routeplan.importers.derivation import (
    ALL_SITES,
    DEMAND,
    cited,
    derived,
    explained,
    joined,
    key_of,
    whole_column,
)
from routeplan.schema.settings import SETTINGS_FILE, Settings

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
        "end": cited("end", end, "the next period, or the horizon's end"),
        "period": cited("period", periods["period"], "periods.csv"),
    }
    key = key_of(periods, "period")
    return joined(
        [
            _settings(settings, tables),
            whole_column("periods", ["period"], AS_CHOSEN, "none"),
            explained("periods", key, "years", periods["years"].astype(float), "end - period", lengths),
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
    cites = figure_in(tables, "general", rows, rows["name"], tables.general("reference_year")).reindex(values.index)
    chosen = cited(pd.Series(values.index, values.index), values, "as given")
    names, rule = pd.Series(values.index, values.index), pd.Series(AS_CHOSEN, values.index).mask(taken, AS_GIVEN)
    keys = pd.Series(SETTINGS_FILE, values.index)
    return derived(SETTINGS_FILE, keys, "", values, rule, cites.where(taken, chosen)).assign(column=names)


def _coordinate(known: pd.DataFrame, name: str) -> pd.DataFrame:
    """A site that is known by its town lies on the town's one point."""
    town = "centre of the town " + known["place"] + ", the one point of all its sites"
    rule = town.mask(known["found_at"] == "as given", "as given")
    return derived("sites", known["site"], name, known[name], rule, cited(name, known[name], known["found_at"]))


def _room(known: pd.DataFrame, places: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    rule = "electricity x 1000 / full_load_hours x max(0, contract_factor - peak_factor)"
    given = known["spare_capacity"].notna()
    rules = pd.Series(rule, known.index).mask(given, "spare_capacity")
    cites: dict[str, str | pd.Series[str]] = {**general(tables, "contract_factor", "peak_factor")}
    for name, place in (("electricity", "demand"), ("full_load_hours", "demand"), ("spare_capacity", "as given")):
        cites[name] = cited(name, known[name], place)
    return explained("sites", known["site"], "spare_capacity", places["spare_capacity"], rules, cites)


def share_traces(known: pd.DataFrame, share: float, tables: DefaultTables) -> pd.DataFrame:
    """Rule of the share of the sites in what cluster 6 emits.

    Parameters
    ----------
    known : DataFrame
        Sites with ``emissions`` [kt/yr].
    share : float
        Their share.
    tables : DefaultTables
        The default tables.
    """
    emitted = cited("emissions", float(known["emissions"].sum()), "sum of gas x gas_emission_factor + process_co2")
    cites: Mapping[str, str | pd.Series[str]] = {**general(tables, "national_emissions"), "emissions": emitted}
    rule = "min(1, emissions / national_emissions)"
    return explained(DEMAND, pd.Series([ALL_SITES]), "share", pd.Series([share]), rule, cites)


def period_traces(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Say of the periods in the keys of tables that they are those of ``periods``."""
    named = [name for name, frame in tables.items() if "period" in frame and len(frame)]
    others = [name for name in named if name not in ("periods", "windows")]
    return joined([whole_column(name, ["period"], "each period of periods.csv", "none") for name in others])
