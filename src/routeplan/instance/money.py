"""Money: annuities, charges, yearly costs and funding gaps, computed here and nowhere else.

Amounts are real M EUR of the instance's currency year.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from routeplan.instance.horizon import FloatArray, Horizon, IntArray
from routeplan.instance.prices import Prices
from routeplan.schema.inputs import ALL, COMMODITIES, FEES
from routeplan.schema.units import PER_MILLION


def annuity(capital: ArrayLike, lifetime: ArrayLike, rate: float) -> FloatArray:
    r"""Yearly payment, at the start of each year of its life, that an investment is worth.

    .. math:: K \rho / ((1 + \rho)(1 - (1 + \rho)^{-n})), \qquad K / n \text{ when } \rho = 0

    Parameters
    ----------
    capital : array_like
        Investment K [M EUR].
    lifetime : array_like
        Life n [yr], at least 1.
    rate : float
        Interest rho, fraction per year.

    Returns
    -------
    FloatArray
        Payments [M EUR/yr].
    """
    amount = np.asarray(capital, dtype=float)
    years = np.asarray(lifetime, dtype=float)
    if rate == 0.0:
        return np.asarray(amount / years)
    return np.asarray(amount * rate / ((1.0 + rate) * -np.expm1(-years * np.log1p(rate))))


def paid_until_lasting(horizon: Horizon, start: ArrayLike, lifetime: ArrayLike, last_year: ArrayLike) -> IntArray:
    """Year E up to which something that stays is paid: renewed at each end of its life, up to the horizon.

    One whose last year ends it before the horizon does is paid to the end of the life begun last:
    E = min(Y, y + n ceil((S - y) / n)).

    Parameters
    ----------
    horizon : Horizon
        The periods.
    start, lifetime : array_like
        First year y of the start and life n [yr].
    last_year : array_like
        Last year in which it may run; NaN for none.
    """
    begin = np.asarray(start, dtype=float)
    life = np.asarray(lifetime, dtype=float)
    until = np.minimum(horizon.runs_until(last_year), horizon.end)
    lives = np.ceil((until - begin) / life)
    paid = np.where(until >= horizon.end, horizon.end, np.minimum(horizon.end, begin + life * lives))
    return np.asarray(paid, dtype=np.int64)


def paid_until_temporary(horizon: Horizon, start: ArrayLike, lifetime: ArrayLike) -> IntArray:
    """Year E up to which a temporary option is paid at its start, used or not: one life.

    E = min(Y, max(y + n, end of the period of the start)). What it runs beyond its life is an `overrun`.
    Parameters as in `paid_until_lasting`.
    """
    begin = np.asarray(start, dtype=float)
    life_end = begin + np.asarray(lifetime, dtype=float)
    own_period = horizon.ends[horizon.position(begin)]
    return np.asarray(np.minimum(horizon.end, np.maximum(life_end, own_period)), dtype=np.int64)


def overrun(
    horizon: Horizon, start: ArrayLike, lifetime: ArrayLike, last_year: ArrayLike
) -> tuple[NDArray[np.bool_], IntArray]:
    """Whether a temporary option can outlast its life, and in which period.

    That is so where its life ends inside a later period than that of its start, in which it may run by its last
    year. It can run on to the end of that period, and is paid for those years, from y + n on, only if it does.

    Parameters
    ----------
    horizon : Horizon
        The periods.
    start, lifetime : array_like, shape (N,)
        First year y of the start and life n [yr].
    last_year : array_like, shape (N,)
        Last year in which it may run; NaN for none.

    Returns
    -------
    possible : bool array, shape (N,)
        Whether it can run beyond its life.
    position : IntArray, shape (N,)
        Position of the period in which its life ends: the last that begins within the life.
    """
    begin = np.asarray(start, dtype=float)
    life_end = begin + np.asarray(lifetime, dtype=float)
    position = horizon.period_of(life_end - 1.0)
    inside = (position > horizon.position(begin)) & (life_end < horizon.ends[position])
    allowed = horizon.first[position] < horizon.runs_until(last_year)
    return np.asarray(inside & allowed), position


def charge(
    horizon: Horizon, capital: ArrayLike, lifetime: ArrayLike, start: ArrayLike, paid_until: ArrayLike
) -> FloatArray:
    r"""Discounted annuities of an investment inside the horizon [M EUR].

    .. math:: charge(K, n, t, E) = a(K, n) \sum_{y = y_t}^{\min(E, Y) - 1} d(y)

    with a(K, n) the `annuity` at the discount rate, d(y) the worth of 1 M EUR in year y, y_t the year of the start and
    E the year up to which it is paid.
    """
    return annuity(capital, lifetime, horizon.rate) * horizon.discounted_years(start, paid_until)


def payments(
    horizon: Horizon, capital: ArrayLike, lifetime: ArrayLike, start: ArrayLike, paid_until: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Book annuities in the years in which they are paid.

    Returns
    -------
    mean, discounted : FloatArray, shape (N, T)
        Undiscounted mean over each period [M EUR/yr] and discounted sum [M EUR]; a row of the second adds up
        to the `charge`.
    """
    yearly = annuity(capital, lifetime, horizon.rate)[:, np.newaxis]
    begins = np.maximum(np.asarray(start)[:, np.newaxis], horizon.first[np.newaxis, :])
    ends = np.minimum(np.asarray(paid_until)[:, np.newaxis], horizon.ends[np.newaxis, :])
    years_paid = np.maximum(ends - begins, 0)
    return yearly * years_paid / horizon.years, yearly * horizon.discounted_years(begins, ends)


def yearly_quantities(use: pd.DataFrame) -> dict[str, FloatArray]:
    """Quantity priced by each price item while an option runs [GWh/yr, kt/yr or MW].

    Parameters
    ----------
    use : DataFrame
        One row for each option and period, with the columns of ``options`` (energy, captured, removed and
        emissions already multiplied with the activity).
    """
    quantity = {commodity: use[commodity].to_numpy(float) for commodity in COMMODITIES}
    # Fees count on capacity inside the present contract too; an option that frees room pays no negative fee.
    quantity["grid_fee"] = np.maximum(0.0, use["firm_capacity"].to_numpy(float))
    quantity["flexible_fee"] = use["flexible_capacity"].to_numpy(float)
    quantity["co2"] = use["emissions"].to_numpy(float)
    quantity["co2_removed"] = -use["removed"].to_numpy(float)
    quantity["co2_storage"] = use["captured"].to_numpy(float)
    return quantity


def yearly_firm_cost(use: pd.DataFrame, prices: Prices) -> FloatArray:
    """Yearly cost of a running option to the firm [M EUR/yr], at the prices of its group, without shared pipes.

    Parameters
    ----------
    use : DataFrame
        As in `yearly_quantities`, with ``fixed_cost``, ``group`` and ``position`` (of the period) besides.
    prices : Prices
        The instance's prices.
    """
    bill = use["fixed_cost"].to_numpy(float)
    for item, quantity in yearly_quantities(use).items():
        bill = bill + quantity * prices.price(item, use["group"], use["position"]) / PER_MILLION
    return bill


SOCIETY_ITEMS = ("electricity", "flexible_electricity", "gas", *FEES, "co2", "co2_removed")
"""Items that society pays while an option runs; the others are paid where they enter the network."""


def yearly_society_costs(use: pd.DataFrame, prices: Prices, items: tuple[str, ...]) -> dict[str, FloatArray]:
    """Yearly cost of a running option to society [M EUR/yr], by term, at the values of its group.

    Parameters
    ----------
    use : DataFrame
        As in `yearly_firm_cost`.
    prices : Prices
        The instance's prices.
    items : tuple of str
        `SOCIETY_ITEMS`, and each of green gas and heat that has no supply table.
    """
    quantity = yearly_quantities(use)
    costs = {item: quantity[item] * prices.value(item, use["group"], use["position"]) / PER_MILLION for item in items}
    return {"fixed_cost": use["fixed_cost"].to_numpy(float)} | costs


def yearly_link_costs(sized: pd.DataFrame, rate: float) -> dict[str, FloatArray]:
    """Yearly cost of a candidate link in a size while it is in place [M EUR/yr], by term.

    What stays is renewed at the same capex, so that its annuity is the rent of each such year.

    Parameters
    ----------
    sized : DataFrame
        One row for each link and size: ``capex`` [M EUR], ``lifetime``, ``fixed_cost_share``.
    rate : float
        Society's discount rate, fraction per year.
    """
    return {
        "links": annuity(sized["capex"], sized["lifetime"], rate),
        "link_upkeep": sized["fixed_cost_share"].to_numpy(float) * sized["capex"].to_numpy(float),
    }


def yearly_hub_costs(hubs: pd.DataFrame, prices: Prices, rate: float) -> dict[str, FloatArray]:
    """Yearly cost of a hub option while it is open [M EUR/yr], by term, at the values of all.

    Parameters
    ----------
    hubs : DataFrame
        One row for each hub option and period: columns of ``hubs``, and ``position`` of the period.
    prices : Prices
        The instance's prices.
    rate : float
        Society's discount rate, fraction per year.
    """
    fees = {
        fee: hubs[capacity].to_numpy(float) * _value_for_all(fee, hubs, prices) / PER_MILLION
        for fee, capacity in zip(FEES, ("firm_capacity", "flexible_capacity"), strict=True)
    }
    rent = annuity(hubs["capex"], hubs["lifetime"], rate)
    return {"hubs": rent, "hub_upkeep": hubs["fixed_cost"].to_numpy(float), **fees}


def hub_unit_cost(hubs: pd.DataFrame, prices: Prices) -> FloatArray:
    """Cost of a hub option for each unit handled, its electricity included [EUR/MWh or EUR/t].

    Parameters as in `yearly_hub_costs`.
    """
    power = _value_for_all("electricity", hubs, prices)
    return np.asarray(hubs["price"].to_numpy(float) + hubs["electricity"].to_numpy(float) * power)


def _value_for_all(item: str, table: pd.DataFrame, prices: Prices) -> FloatArray:
    """Value of an item for the price group `all`, for each row's period."""
    return prices.value(item, pd.Series(ALL, index=table.index), table["position"])


def funding_gap(
    horizon: Horizon,
    rate: float,
    support_years: int,
    *,
    start: IntArray,
    capex: FloatArray,
    lifetime: FloatArray,
    option_cost: FloatArray,
    current_cost: FloatArray,
    option_until: FloatArray,
    current_until: FloatArray,
) -> FloatArray:
    r"""What starting an option costs the firm more than staying on the current one [M EUR at the start].

    .. math:: \max(0, \sum_{j<H} (1+f)^{-j} a_f(K, n) + \sum_{j<H,\ may\ run} (1+f)^{-j} (c_j^{option} - c_j^{current}))
    .. math:: H = \min(n, \text{support years}, \max(0, E^{current} - y))

    f is the firm's rate (`firm_rate`), a_f the `annuity` at that rate, y the year of the start, and c_j what the firm
    pays for running the option and its current one in year y + j [M EUR/yr], at the prices and the activity of that
    year; years beyond the horizon take those of the last period. E is the end of the last period in which the current
    option may run: a start in a period in which it no longer may has gap 0. The second sum skips years in which the
    option itself may no longer run.

    Parameters
    ----------
    horizon : Horizon
        The periods.
    rate : float
        The firm's rate f, fraction per year.
    support_years : int
        Most years that count.
    start : IntArray, shape (N,)
        First year of each start.
    capex, lifetime : FloatArray, shape (N,)
        Investment [M EUR] and life [yr].
    option_cost, current_cost : FloatArray, shape (N, T)
        Yearly firm cost of the option and of the process's current option [M EUR/yr].
    option_until, current_until : FloatArray, shape (N,)
        `Horizon.runs_until` of the last year of the option and of the current option.
    """
    window = np.minimum(np.minimum(lifetime, support_years), np.maximum(current_until - start, 0.0))
    yearly = annuity(capex, lifetime, rate)
    gap = np.zeros(len(start))
    rows = np.arange(len(start))
    for j in range(int(window.max(initial=0.0))):
        year = start + j
        position = horizon.period_of(year)
        more = np.where(year < option_until, option_cost[rows, position] - current_cost[rows, position], 0.0)
        gap += np.where(j < window, (yearly + more) * (1.0 + rate) ** -j, 0.0)
    return np.maximum(gap, 0.0)
