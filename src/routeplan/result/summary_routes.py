"""Routes by what they stand for: the CO2 that their processes would emit if nothing changed."""

import pandas as pd

from routeplan.instance.options import options_of
from routeplan.result.result import Result
from routeplan.result.summary import in_order
from routeplan.result.summary_sectors import sectors_by_emissions
from routeplan.schema.inputs import FAMILIES


def co2_by_family(result: Result) -> pd.DataFrame:
    """Add up, by family of routes, what the processes that run it would emit if nothing changed.

    Every process weighs by its CO2, so that a laundry's boiler counts for less than a paper mill's.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``family``, ``period``, ``as_today`` [kt/yr]; families in the schema's order, those without CO2 left out.
    """
    sums = _weighed(result).groupby(["family", "period"])["as_today"].sum().reset_index()
    return in_order(_that_weigh(sums, ["family"]), "family", FAMILIES)


def co2_by_sector_and_family(result: Result) -> pd.DataFrame:
    """Add up the same for each sector.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``sector``, ``family``, ``period``, ``as_today`` [kt/yr]; sectors as `sectors_by_emissions` has them, families
        in the schema's order, those without CO2 left out.
    """
    sectors = result.instance["sites"].set_index("site")["sector"]
    weighed = _weighed(result)
    weighed["sector"] = weighed["site"].map(sectors)
    sums = weighed.groupby(["sector", "family", "period"])["as_today"].sum().reset_index()
    ordered = in_order(_that_weigh(sums, ["sector", "family"]), "family", FAMILIES)
    place = {sector: number for number, sector in enumerate(sectors_by_emissions(result.instance))}
    return ordered.sort_values("sector", key=lambda names: names.map(place), kind="stable").reset_index(drop=True)


def _weighed(result: Result) -> pd.DataFrame:
    """What runs, with the family of the route, and what the process would emit on its current option."""
    today = options_of(result.instance).current[["process", "site", "period", "emissions"]]
    runs = result["runs"].merge(today.rename(columns={"emissions": "as_today"}), on=["process", "period"])
    runs["family"] = runs["route"].map(result.instance["routes"].set_index("route")["family"])
    return runs


def _that_weigh(sums: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Leave out what has no CO2 in any period."""
    return sums[sums.groupby(keys)["as_today"].transform("max") > 0.0]
