"""Limits that no plan can come near: most often another unit, by which the limit is gone without a word."""

import pandas as pd

from routeplan.instance.areas import with_areas_above
from routeplan.instance.options import Options, in_scope
from routeplan.instance.rules.findings import Findings
from routeplan.schema.usual import CAP_OVER_EMISSIONS, MONEY_OVER_COST, ROOM_OVER_NEED


def room_never_used(findings: Findings, options: Options) -> None:
    """Warn of headroom that is hundreds of times what every option of its sites together could ask for: kW for MW."""
    instance = options.instance
    use = options.may_run.merge(instance["sites"][["site", "area"]], on="site")
    asked = use.rename(columns={"firm_asked": "firm", "total_asked": "flexible"})
    most = asked.groupby(["area", "process"])[["firm", "flexible"]].max().clip(lower=0.0).reset_index()
    need = with_areas_above(instance, most).groupby("area")[["firm", "flexible"]].sum()
    headroom = findings["headroom"]
    for column in ("firm", "flexible"):
        asked_for = headroom["area"].map(need[column]).fillna(0.0)
        _never_reached(findings, "headroom", column, asked_for, ROOM_OVER_NEED, "MW", "its sites could ask for", "kW")


def money_never_spent(findings: Findings, options: Options) -> None:
    """Warn of budgets that are thousands of times what every start together costs: EUR for M EUR."""
    dearest = options.starts.groupby("process")[["capex", "funding_gap"]].max().max(axis=1).sum()
    most = pd.Series(float(dearest), findings["budgets"].index)
    _never_reached(findings, "budgets", "amount", most, MONEY_OVER_COST, "M EUR", "all starts cost", "EUR")


def caps_never_reached(findings: Findings, options: Options) -> None:
    """Warn of caps that are many times what their sites emit today: t for kt."""
    targets, today = findings["targets"], options.current
    emitted = [
        today.loc[(today["period"] == period) & in_scope(today, scope), "emissions"].sum()
        for scope, period in targets[["scope", "period"]].itertuples(index=False, name=None)
    ]
    most = pd.Series(emitted, targets.index, dtype=float)
    _never_reached(findings, "targets", "cap", most, CAP_OVER_EMISSIONS, "kt/yr", "its sites emit today", "t")


def _never_reached(
    findings: Findings,
    table: str,
    column: str,
    most: "pd.Series[float]",
    times: float,
    unit: str,
    what: str,
    other: str,
) -> None:
    """Warn of amounts that are many times the most that they limit."""
    amounts = findings[table][column]

    def text(row: int) -> str:
        return (
            f"column '{column}' is {amounts[row]:.10g} {unit}, where {what} {most[row]:.4g} at most: is it in another "
            f"unit ({other})?"
        )

    findings.warn(table, (most > 0) & (amounts > times * most), column, text)
