"""Plans over a range of CO2 prices, in parallel: python scripts/examples/sweep_prices.py instances/tiny.

`co2` is what firms pay and decide by, `co2_value` what the plan counts: a sweep moves both.
"""

import sys
from concurrent.futures import ProcessPoolExecutor

import pandas as pd

import routeplan

PRICES = (60.0, 120.0, 180.0)  # EUR/t, in every period


def priced(folder: str, price: float) -> pd.Series:
    """Plan with this price of CO2: what it costs, and what is still emitted in the last period."""
    instance = routeplan.read(folder)
    prices = instance["prices"]
    prices.loc[prices["item"].isin(["co2", "co2_value"]), "price"] = price
    result = routeplan.solve(instance.replace(prices=prices), threads=1)
    last = result["emissions"].groupby("period")["emissions"].sum().iloc[-1]
    return pd.Series({"co2 [EUR/t]": price, "cost [M EUR]": result.cost, "emissions [kt/yr]": last, "gap": result.gap})


if __name__ == "__main__":  # each worker imports this file
    folder = sys.argv[1] if len(sys.argv) > 1 else "instances/tiny"
    with ProcessPoolExecutor() as pool:
        rows = list(pool.map(priced, [folder] * len(PRICES), PRICES))
    print(pd.DataFrame(rows).round(3).to_string(index=False))
