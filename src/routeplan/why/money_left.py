"""What pots have left for a project, when what the plan pays to its process is paid back."""

import pandas as pd

from routeplan.result.result import Result


def money_left(result: Result, process: str) -> pd.DataFrame:
    """Tell what each pot can pay a process in each period without taking from what it pays others, then or later.

    Parameters
    ----------
    result : Result
        A result with a plan.
    process : str
        The process, whose own grants do not count.

    Returns
    -------
    DataFrame
        Money left [M EUR] by pot (index) and period (columns).
    """
    grants, pots = result["grants"], result.instance["pots"].set_index("pot")
    periods = pd.Index(result.instance["periods"]["period"])
    others = grants[grants["process"] != process]
    left = _table(result.instance["budgets"], pots.index, periods) - _table(others, pots.index, periods)
    over = left.cumsum(axis="columns")
    # What is paid from a pot that carries over counts in every later row too.
    least = over.iloc[:, ::-1].cummin(axis="columns").iloc[:, ::-1]
    return left.where(pots["carry_over"] == 0, least, axis="index").clip(lower=0.0)


def _table(rows: pd.DataFrame, pots: pd.Index, periods: pd.Index) -> pd.DataFrame:
    """Amounts by pot and period, 0 where there are none."""
    sums = rows.groupby(["pot", "period"])["amount"].sum().unstack()
    return sums.reindex(index=pots, columns=periods).astype(float).fillna(0.0)
