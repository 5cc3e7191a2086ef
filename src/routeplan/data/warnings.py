"""Warnings of an instance: those of its tables, and starts that no pot can pay for."""

from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd

from routeplan.data.plausible import implausible
from routeplan.errors import Problem
from routeplan.instance.impossible import impossible
from routeplan.instance.instance import Instance
from routeplan.instance.options import Options
from routeplan.instance.rules.findings import Findings, Lines, line_of
from routeplan.instance.rules.warn import warn_tables
from routeplan.tolerances import FITS


def warn(instance: Instance, lines: Lines | None = None) -> list[Problem]:
    """Warn of data that is allowed but looks like a mistake.

    Parameters
    ----------
    instance : Instance
        The instance.
    lines : mapping of str to array of int, optional
        Line in the file of each row of a table; by default the rows follow the header without a gap.

    Returns
    -------
    list of Problem
        The warnings, sorted by place.
    """
    options = Options(instance)
    warnings = warn_tables(instance.settings, instance.tables, lines) + impossible(options, lines)
    warnings += implausible(Findings(instance.tables, lines))
    if instance.settings.participation:
        warnings += _starts_too_dear(options, lines or {})
    return sorted(warnings)


def _starts_too_dear(options: Options, lines: Lines) -> list[Problem]:
    """Warn of each option with starts that all pots together cannot pay for."""
    starts = options.starts.assign(most=most_support(options))
    short = starts[(starts["funding_gap"] > 0) & (starts["most"] < starts["funding_gap"] * FITS)]
    columns = ["option", "process", "route", "period", "funding_gap", "most"]
    rows = short[columns].sort_values(["option", "period"]).itertuples(index=False, name=None)
    return [_too_dear(list(cases), lines) for _, cases in groupby(rows, key=itemgetter(0))]


def _too_dear(cases: list[tuple[int, str, str, int, float, float]], lines: Lines) -> Problem:
    """Warn of one option, with the period in which it lacks most."""
    option, process, route = cases[0][:3]
    line = line_of(lines, "options", option)
    periods = ", ".join(str(case[3]) for case in cases)
    *_, worst, gap, most = max(cases, key=lambda case: case[4] - case[5])
    when = f"at worst, in {worst}, " if len(cases) > 1 else ""
    text = (
        f"no pots can pay for process '{process}' to start route '{route}' in {periods}: "
        f"{when}its funding gap is {gap:.3g} M EUR and they may pay {most:.3g}"
    )
    return Problem("options.csv", line, text, column="route")


def most_support(options: Options) -> pd.Series:
    """Most that all pots together may pay for each of `Options.starts`, were it the only one [M EUR]."""
    key = ["process", "route", "period"]
    best = options.grants.merge(_money(options.instance), on=["pot", "period"])
    best["paid"] = np.minimum(best["limit"], best["money"])
    paid = best.groupby(key)["paid"].sum().reset_index()
    found = options.starts[key].merge(paid, on=key, how="left")
    return pd.Series(found["paid"].fillna(0.0).to_numpy(), options.starts.index)


def _money(instance: Instance) -> pd.DataFrame:
    """Money in each pot in each period; with carry-over, including the budgets of earlier periods."""
    pots, years = instance["pots"], instance["periods"]["period"]
    budgets = instance["budgets"].pivot(index="pot", columns="period", values="amount")
    amounts = budgets.reindex(index=pots["pot"], columns=years).fillna(0.0)
    carries = pots["carry_over"].to_numpy()[:, np.newaxis] == 1
    money = pd.DataFrame(np.where(carries, amounts.cumsum(axis=1), amounts), amounts.index, amounts.columns)
    return money.melt(ignore_index=False, var_name="period", value_name="money").rename_axis("pot").reset_index()
