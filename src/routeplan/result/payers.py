"""Who pays a plan: its cost at society's values, shared out over firms, state, grid, networks and society."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray, Horizon
from routeplan.instance.instance import Instance
from routeplan.instance.money import yearly_quantities, yearly_society_costs
from routeplan.instance.options import options_of
from routeplan.result.result import Result
from routeplan.schema.inputs import FEES, ITEMS, SUPPLIED
from routeplan.schema.units import PER_MILLION

FIRMS, STATE, GRID, NETWORKS, SOCIETY, LEVIES = "firms", "state", "grid_operators", "networks", "society", "levies"

PAYERS = (FIRMS, STATE, GRID, NETWORKS, SOCIETY, LEVIES)
"""Who pays, in the order in which it is shown."""

BOUGHT = ("electricity", "flexible_electricity", "gas", "green_gas", "heat", *FEES)
"""Items that firms pay at prices with taxes and margins, which society does not count."""

OF_NETWORKS = ("links", "link_upkeep", "transport", "hubs", "hub_upkeep", "hub_output", "hydrogen", "co2_storage")
"""Terms of the cost that the owners of pipes, hubs and sources pay."""

PAID_TO_NETWORKS = ("hydrogen", "co2_storage")
"""Items for which firms pay these owners."""

OF_CO2 = ("co2", "co2_removed")
"""Items of the CO2 that firms pay for, or are paid for."""

BILLS = {
    "energy": ("electricity", "flexible_electricity", "gas", "green_gas", "hydrogen", "heat"),
    "grid_fee": FEES,
    "co2": OF_CO2,
    "co2_storage": ("co2_storage",),
}
"""What firms pay by item, as it is shown."""


def who_pays(result: Result) -> pd.DataFrame:
    r"""Share out the cost of a plan over those who pay it.

    Firms pay their investments and upkeep, their energy, fees and CO2 at the prices that they pay, and get grants. The
    state pays the grants. Grid operators pay reinforcements. The owners of pipes, hubs and sources pay what these cost
    above what firms pay them for hydrogen and storage. Society bears the CO2 at its value above what firms pay for it,
    and targets that are missed at their price. Levies are below 0: what firms pay for energy and fees above what
    society counts for them, which the state and suppliers receive.

    .. math:: \sum_{payers} = \sum_{terms}

    Every payment between two of them is in one row as a cost and in another as an income, so that all rows together
    are the cost of the plan.

    Parameters
    ----------
    result : Result
        A result with the tables ``runs``, ``grants`` and ``costs``.

    Returns
    -------
    DataFrame
        ``payer`` (one of `PAYERS`), ``item`` (what is paid; of the state the pot), ``period``, ``cost`` [M EUR/yr,
        undiscounted mean over the period] and ``discounted`` [M EUR]; rows that are 0 in every period left out.
    """
    terms, instance = _Terms(result), result.instance
    paid, society = _bills(result)
    grants = _grants(result)
    parts = [
        *_of_firms(terms, paid, grants),
        *((STATE, pot, rows) for pot, rows in grants.items()),
        (GRID, "reinforcements", terms.of("reinforcements")),
        (NETWORKS, "networks", _of_networks(terms, paid, society)),
        (SOCIETY, "co2", terms.of(*OF_CO2) - sum(paid[item] for item in OF_CO2)),
        (SOCIETY, "overshoot", terms.of("overshoot")),
        (LEVIES, "levies", _levies(terms, paid, society, instance)),
    ]
    rows = [
        pd.DataFrame(
            {"payer": payer, "item": item, "period": instance.horizon.first, "cost": mean, "discounted": worth}
        )
        for payer, item, (mean, worth) in parts
        if np.abs(mean).max() > 0.0
    ]
    return pd.concat(rows, ignore_index=True)


def investment_in_full(result: Result) -> float:
    """Add up the investments of all routes that start, discounted at society's rate [M EUR].

    Unlike the annuities in `who_pays`, this is all of what is invested, those parts too that are paid off after the
    years of the plan.

    Parameters
    ----------
    result : Result
        A result with the table ``starts``.
    """
    horizon, starts = result.instance.horizon, result["starts"]
    first_years = starts["period"].to_numpy()
    return float((starts["capex"] * horizon.discounted_years(first_years, first_years + 1)).sum())


class _Terms:
    """The terms of a plan's cost as arrays: the mean of each period, and what that is worth, shape (2, T)."""

    def __init__(self, result: Result) -> None:
        self._periods = result.instance.horizon.first
        self._costs = result["costs"]

    def of(self, *terms: str) -> FloatArray:
        """Sum of some terms."""
        rows = self._costs[self._costs["term"].isin(terms)]
        sums = rows.groupby("period")[["cost", "discounted"]].sum().reindex(self._periods, fill_value=0.0)
        return np.asarray(sums.to_numpy(float).T)


def _bills(result: Result) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    """What firms pay for each item, and what society counts for it where it is used, shape (2, T)."""
    instance = result.instance
    use = result["runs"].merge(options_of(instance).by_period, on=["process", "route", "period"])
    prices, horizon = instance.prices, instance.horizon
    paid = {
        item: quantity * prices.price(item, use["group"], use["position"]) / PER_MILLION
        for item, quantity in yearly_quantities(use).items()
    }
    society = yearly_society_costs(use, prices, BOUGHT)
    return (
        {item: _yearly(paid[item], use["position"], horizon) for item in ITEMS},
        {item: _yearly(society[item], use["position"], horizon) for item in BOUGHT},
    )


def _yearly(amounts: FloatArray, positions: "pd.Series[int]", horizon: Horizon) -> FloatArray:
    """Book what is paid throughout each period: by the year, and what that is worth."""
    mean = np.bincount(positions, amounts, minlength=len(horizon))
    return np.stack([mean, mean * horizon.weight])


def _grants(result: Result) -> dict[str, FloatArray]:
    """Grants of each pot: a mean over the years of the period, and the worth of what is paid in its first year."""
    horizon = result.instance.horizon
    found = {}
    for pot in result.instance["pots"]["pot"]:
        rows = result["grants"][result["grants"]["pot"] == pot]
        paid = rows.groupby("period")["amount"].sum().reindex(horizon.first, fill_value=0.0).to_numpy(float)
        found[pot] = np.stack([paid / horizon.years, paid * horizon.discounted_years(horizon.first, horizon.first + 1)])
    return found


def _of_firms(
    terms: _Terms, paid: dict[str, FloatArray], grants: dict[str, FloatArray]
) -> Iterator[tuple[str, str, FloatArray]]:
    yield FIRMS, "options", terms.of("options")
    yield FIRMS, "fixed_cost", terms.of("fixed_cost")
    for bill, items in BILLS.items():
        yield FIRMS, bill, np.asarray(sum(paid[item] for item in items))
    yield FIRMS, "grants", np.asarray(-sum(grants.values(), start=np.zeros_like(terms.of())))


def _of_networks(terms: _Terms, paid: dict[str, FloatArray], society: dict[str, FloatArray]) -> FloatArray:
    """Cost of pipes, hubs and sources, the grid fees of hubs included, less what firms pay for their use."""
    fees_of_hubs = terms.of(*FEES) - sum(society[fee] for fee in FEES)
    return np.asarray(terms.of(*OF_NETWORKS) + fees_of_hubs - sum(paid[item] for item in PAID_TO_NETWORKS))


def _levies(
    terms: _Terms, paid: dict[str, FloatArray], society: dict[str, FloatArray], instance: Instance
) -> FloatArray:
    """What society counts for energy and fees less what firms pay for them."""
    listed = set(instance["supply"]["commodity"])
    # What has a supply table is bought there, at the prices of its steps.
    counted = (terms.of(item) if item in SUPPLIED and item in listed else society[item] for item in BOUGHT)
    return np.asarray(sum(counted) - sum(paid[item] for item in BOUGHT))
