"""Prices in another unit."""

import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.change import Change, matching_rows
from routeplan.instance.options import Options
from routeplan.instance.rules.findings import Findings
from routeplan.instance.scenario import SCENARIOS_FILE
from routeplan.schema.inputs import CO2_PAIR, INPUT_TABLES, VALUE
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


def co2_price_alone(findings: Findings, options: Options) -> None:
    """Note scenarios that change what firms pay for CO2 and not what the plan counts, or the reverse."""
    prices = options.instance["prices"]
    paid, counted = CO2_PAIR
    if not (prices["item"] == counted).any():
        return
    for scenario in options.instance.scenarios:
        changed = {item for change in scenario.changes for item in _items(change, prices)}
        if paid in changed and counted not in changed:
            text = f"changes '{paid}', by which firms decide, and not '{counted}', which the plan counts"
        elif counted in changed and paid not in changed:
            text = f"changes '{counted}', which the plan counts, and not '{paid}', by which firms decide"
        else:
            continue
        findings.add(Problem(SCENARIOS_FILE, 0, f"scenario '{scenario.name}' {text}"))


def _items(change: Change, prices: pd.DataFrame) -> "pd.Series[str]":
    """Items whose price a change touches."""
    if change.table != "prices" or change.column != "price":
        return prices["item"].iloc[:0]
    return prices["item"][matching_rows(change, INPUT_TABLES["prices"], prices)]
