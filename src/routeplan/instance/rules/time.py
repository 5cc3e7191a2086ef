"""Rules of periods and prices."""

import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.rules.findings import Findings
from routeplan.schema.inputs import ALL, ITEMS, ITEMS_WITHOUT_ALL


def periods_follow_each_other(findings: Findings) -> None:
    """Each period begins where the one before it ends, and there is at least one."""
    periods = findings["periods"]
    if periods.empty:
        findings.add(Problem("periods.csv", 0, "has no rows; allowed: one period or more"))
    previous, length = periods["period"].shift(), periods["years"].shift()
    expected = previous + length

    def allowed(row: int) -> str:
        before = f"the period before it begins in {previous[row]:.0f} and lasts {length[row]:.0f} years"
        return f"{expected[row]:.0f} ({before})"

    gap = expected.notna() & periods["period"].notna() & (periods["period"] != expected)
    findings.refuse("periods", gap, "period", allowed)


def prices_cover_every_period(findings: Findings) -> None:
    """Every item that must have a row of group `all` has one for every period."""
    prices = findings["prices"]
    general = prices.loc[prices["group"] == ALL, ["item", "period"]]
    # A period that could not be read may be the one that is missed.
    unclear = {*ITEMS_WITHOUT_ALL, *general.loc[general["period"].isna(), "item"]}
    items = [item for item in ITEMS if item not in unclear]
    years = findings["periods"]["period"].dropna().unique()
    needed = pd.MultiIndex.from_product([items, years], names=["item", "period"])
    missing = needed.difference(pd.MultiIndex.from_frame(general), sort=False).to_frame(index=False)
    for item, periods in missing.groupby("item", sort=False)["period"]:
        told = ", ".join(f"{period:.0f}" for period in periods)
        which = f"period {told}" if len(periods) == 1 else f"the periods {told}"
        text = f"item '{item}' has no row of group '{ALL}' for {which}; allowed: one a period"
        findings.add(Problem("prices.csv", 0, text, column="price"))
