"""Prices in another unit."""

import pandas as pd

from routeplan.instance.rules.findings import Findings
from routeplan.schema.inputs import VALUE
from routeplan.schema.usual import JUMP, PRICES


def unusual_prices(findings: Findings) -> None:
    """Prices far from those of any market or forecast, and so from the package's own tables."""
    prices = findings["prices"]

    def text(row: int) -> str:
        item, usual = prices["item"][row], PRICES[prices["item"][row].removesuffix(VALUE)]
        price = f"{prices['price'][row]:g} (usually {usual.low:,g} to {usual.high:,g})"
        return f"the price of '{item}' is {price}: {usual.why}"

    findings.warn("prices", _odd(prices), "price", text)


def _odd(prices: pd.DataFrame) -> "pd.Series[bool]":
    items = prices["item"].str.removesuffix(VALUE)
    odd = pd.Series(False, prices.index)
    for item, usual in PRICES.items():
        odd |= (items == item) & usual.outside(prices["price"])
    return odd


def jumps(findings: Findings) -> None:
    """Prices that change by a factor that no market shows."""
    prices = findings["prices"]
    usual = prices.assign(price=prices["price"].where(~_odd(prices)))
    before = usual.sort_values("period").groupby(["item", "group"])["price"].shift().reindex(prices.index)
    ratio = prices["price"] / before.where(before > 0)
    odd = (ratio > JUMP) | ((ratio > 0) & (ratio < 1.0 / JUMP))

    def text(row: int) -> str:
        item, price = prices["item"][row], prices["price"][row]
        return f"the price of '{item}' goes from {before[row]:g} to {price:g}: another unit?"

    findings.warn("prices", odd, "price", text)
