"""Public money: the starts that it may support, and the limits of grants."""

import numpy as np
import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.schema.inputs import ALL
from routeplan.tolerances import FEASIBILITY, FITS

SPARE = 10.0
"""Times the tolerance of a row by which several pots together may be overspent."""

_START = ["process", "route", "period"]

_MATCHED = [*_START, "family", "sector", "capex", "funding_gap"]
"""What a row of support looks at: joining the many other columns takes longer than all the rest."""


def grant_limits(instance: Instance, starts: pd.DataFrame) -> pd.DataFrame:
    """Most that each pot may pay for each start: min(cap, share x basis) of the best row that matches.

    Parameters
    ----------
    instance : Instance
        The instance.
    starts : DataFrame
        `Options.starts` of the instance, or some of them.

    Returns
    -------
    DataFrame
        process, route, period, pot and ``limit`` [M EUR], for the starts with a funding gap; rows with limit 0
        left out, and every row when the instance asks for no participation.
    """
    lacking = starts.loc[(starts["funding_gap"] > 0) & instance.settings.participation, _MATCHED]
    support = instance["support"].rename(columns={"first_year": "opens", "last_year": "closes"})
    rows = [
        lacking.merge(support[support["sector"] == ALL].drop(columns="sector"), on="family"),
        lacking.merge(support[support["sector"] != ALL], on=["family", "sector"]),
    ]
    matches = pd.concat(rows, ignore_index=True)
    opened = ~(matches["period"] < matches["opens"]) & ~(matches["period"] > matches["closes"])
    matches = matches[opened]
    basis = np.where(matches["basis"] == "capex", matches["capex"], matches["funding_gap"])
    limit = np.minimum(matches["cap"].fillna(np.inf), matches["share"] * basis)
    best = matches[[*_START, "pot"]].assign(limit=limit).groupby([*_START, "pot"], sort=False)["limit"].max()
    return best[best > 0].reset_index()


def covered(most: "pd.Series[float]", gap: "pd.Series[float]") -> "pd.Series[bool]":
    """Whether what may be paid covers a funding gap, but for rounding."""
    return most >= gap * FITS


def nearly_covered(most: "pd.Series[float]", gap: "pd.Series[float]") -> "pd.Series[bool]":
    """Whether what pots hold covers a funding gap, but for what a solver may overspend: a plan may then be found."""
    return most + SPARE * FEASIBILITY * np.maximum(1.0, most) >= gap * FITS


def payable(instance: Instance, starts: pd.DataFrame, limits: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split the starts into those that pots may pay for and those that they never may.

    Without participation every start is payable.

    Parameters
    ----------
    instance : Instance
        The instance.
    starts : DataFrame
        `Options.starts` of the instance.
    limits : DataFrame
        Their `grant_limits`.

    Returns
    -------
    payable, unpayable : DataFrame
        Rows of `starts`; the unpayable ones with process, route, period, funding_gap and ``limit`` [M EUR].
    """
    most = limits.groupby(_START)["limit"].sum().reset_index()
    known = starts.merge(most, on=_START, how="left")
    known["limit"] = known["limit"].fillna(0.0)
    short = instance.settings.participation & ~covered(known["limit"], known["funding_gap"])
    return (
        known[~short].drop(columns="limit").reset_index(drop=True),
        known.loc[short, [*_START, "funding_gap", "limit"]].reset_index(drop=True),
    )


def most_support(instance: Instance, starts: pd.DataFrame, limits: pd.DataFrame) -> "pd.Series[float]":
    """Most that all pots together may pay for each start, were it the only one [M EUR]; no end without participation.

    Parameters
    ----------
    instance, starts, limits
        As of `payable`.
    """
    if not instance.settings.participation:
        return pd.Series(np.inf, starts.index)
    best = limits.merge(_money(instance), on=["pot", "period"])
    best["paid"] = np.minimum(best["limit"], best["money"])
    paid = best.groupby(_START)["paid"].sum().reset_index()
    found = starts[_START].merge(paid, on=_START, how="left")
    return pd.Series(found["paid"].fillna(0.0).to_numpy(), starts.index)


def _money(instance: Instance) -> pd.DataFrame:
    """Money in each pot in each period; with carry-over, including the budgets of earlier periods."""
    pots, years = instance["pots"], instance["periods"]["period"]
    budgets = instance["budgets"].pivot(index="pot", columns="period", values="amount")
    amounts = budgets.reindex(index=pots["pot"], columns=years).fillna(0.0)
    carries = pots["carry_over"].to_numpy()[:, np.newaxis] == 1
    money = pd.DataFrame(np.where(carries, amounts.cumsum(axis=1), amounts), amounts.index, amounts.columns)
    return money.melt(ignore_index=False, var_name="period", value_name="money").rename_axis("pot").reset_index()
