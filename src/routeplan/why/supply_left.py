"""What a plan leaves of green gas and heat for projects, and of all sources and hubs of a carrier together."""

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.network.available import open_hubs, open_sources
from routeplan.network.needs import NEED
from routeplan.schema.inputs import ALL, SUPPLIED
from routeplan.why.facts import Facts

KEY = ["process", "route", "period"]


def supply_left(facts: Facts, uses: pd.DataFrame) -> pd.DataFrame:
    """Compare the green gas and heat that options use with what other processes leave for their region.

    A region has its own zone, and of the zone of all what other regions do not need beyond their own.

    Parameters
    ----------
    facts : Facts
        Facts of the plan.
    uses : DataFrame
        Rows of `Options.by_period`.

    Returns
    -------
    DataFrame
        ``process``, ``route``, ``period``, ``commodity``, ``zone``, ``asked`` and ``left`` [GWh/yr], of commodities
        that have a limit.
    """
    given = facts.result.instance["supply"]
    parts = [_left_of(facts, uses, name) for name in SUPPLIED if (given["commodity"] == name).any()]
    nothing = pd.DataFrame(columns=[*KEY, "commodity", "zone", "asked", "left"])
    return pd.concat(parts, ignore_index=True) if parts else nothing


def _left_of(facts: Facts, uses: pd.DataFrame, commodity: str) -> pd.DataFrame:
    supply = facts.result.instance["supply"]
    own = supply[supply["commodity"] == commodity].groupby(["zone", "period"])["quantity"].sum()
    runs = facts.runs
    used = runs.groupby(["region", "period"])[commodity].sum().rename("used").reset_index()
    zones = used.assign(own=_given(own, used["region"], used["period"]))
    zones["spilt"] = (zones["used"] - zones["own"]).clip(lower=0.0)
    zones["elsewhere"] = zones.groupby("period")["spilt"].transform("sum") - zones["spilt"]
    at = uses[["region", "period"]].merge(zones, on=["region", "period"], how="left").set_index(uses.index)
    mine = facts.own(uses, [commodity])
    shared = _given(own, pd.Series(ALL, uses.index), uses["period"])
    left = at["own"] + shared - at["elsewhere"] - at["used"] + mine[commodity]
    told = uses[KEY].assign(commodity=commodity, zone=uses["region"], asked=uses[commodity], left=left)
    return told[told["asked"] > 0.0]


def _given(amounts: "pd.Series[float]", zone: "pd.Series[str]", period: "pd.Series[int]") -> "pd.Series[float]":
    """Amounts by zone and period, 0 where there are none."""
    keys = pd.MultiIndex.from_arrays([zone, period])
    return pd.Series(amounts.reindex(keys).fillna(0.0).to_numpy(float), zone.index)


def sources_left(facts: Facts, uses: pd.DataFrame) -> pd.DataFrame:
    """Compare what options need of a carrier with what other processes leave of all sources and hubs together.

    Parameters
    ----------
    facts : Facts
        Facts of the plan.
    uses : DataFrame
        Rows of `Options.by_period`.

    Returns
    -------
    DataFrame
        ``process``, ``route``, ``period``, ``site``, ``carrier``, ``asked`` and ``left`` [GWh/yr or kt/yr].
    """
    return pd.concat([_left_of_carrier(facts, uses, carrier) for carrier in NEED], ignore_index=True)


def _left_of_carrier(facts: Facts, uses: pd.DataFrame, carrier: str) -> pd.DataFrame:
    column, instance = NEED[carrier], facts.result.instance
    asking = uses[uses[column] > 0.0]
    most = {period: _most(instance, carrier, int(period)) for period in instance.horizon.first}
    used = asking["period"].map(facts.runs.groupby("period")[column].sum())
    mine = facts.own(asking, [column])
    left = asking["period"].map(most) - used + mine[column]
    return asking[[*KEY, "site"]].assign(carrier=carrier, asked=asking[column], left=left)


def _most(instance: Instance, carrier: str, period: int) -> float:
    """What all sources and hubs can do together."""
    sources, hubs = open_sources(instance, carrier, period), open_hubs(instance, carrier, period)
    return float(sources["capacity"].sum() + hubs["capacity"].sum())
