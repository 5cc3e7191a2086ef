"""Curves over many instances: how many are solved within a time, or within a factor of the best."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from routeplan.bench.statistics import refuse_runs
from routeplan.errors import UsageError
from routeplan.tolerances import ROUNDING


def solved_over_time(runs: pd.DataFrame, seconds: Sequence[float]) -> pd.DataFrame:
    """Share of the runs of each setting that are solved within a time.

    Parameters
    ----------
    runs : DataFrame
        The runs, with the columns of `statistics.COLUMNS`.
    seconds : sequence of float
        The times [s].

    Returns
    -------
    DataFrame
        A row for each time, a column for each setting.

    Raises
    ------
    DataError
        When the table breaks a rule.
    """
    refuse_runs(runs)
    within = {
        float(time): (runs["solved"].astype(bool) & (runs["seconds"] <= time))
        .groupby(runs["setting"], observed=True)
        .mean()
        for time in seconds
    }
    return pd.DataFrame(within).T.rename_axis(index="seconds", columns="setting")


def virtual_best(means: pd.DataFrame) -> pd.Series:
    """Least time of any setting that solves an instance [s], by instance; missing where none does.

    Parameters
    ----------
    means : DataFrame
        What `statistics.aggregated` returns.
    """
    solved = means["seconds"].where(means["solved"])
    return solved.groupby(means["instance"], observed=True).min()


def performance_profile(means: pd.DataFrame, best: pd.Series, factors: Sequence[float]) -> pd.DataFrame:
    r"""Share of the instances that each setting solves within a factor of the best time.

    .. math:: \rho_s(\tau) = \frac{1}{n} |\{i : t_{is} \le \tau \, t_i^*\}|

    Source: Dolan and Moré 2002, doi 10.1007/s101070100263. The best is fixed beforehand, because profiles against the
    best of those drawn may rank the others differently when one is left out (Gould and Scott 2016,
    doi 10.1145/2950048).

    Parameters
    ----------
    means : DataFrame
        What `statistics.aggregated` returns.
    best : Series
        The best time [s], by instance, such as `virtual_best`; missing where nobody solves the instance.
    factors : sequence of float
        The factors, 1 or more.

    Returns
    -------
    DataFrame
        A row for each factor, a column for each setting.

    Raises
    ------
    UsageError
        When a factor is below 1, or the best does not say of some instance whether it is solved.
    """
    if low := [factor for factor in factors if not factor >= 1.0]:
        raise UsageError(f"a factor of a profile is {low[0]:g}; allowed: 1 or more")
    if unknown := sorted(set(means["instance"]) - set(best.index)):
        raise UsageError(f"the best time is not given of {', '.join(map(str, unknown))}; allowed: every instance")
    aim = means["instance"].map(best).to_numpy(float)
    seconds = np.where(means["solved"], means["seconds"], np.inf)
    within = {
        float(factor): pd.Series(seconds <= factor * (1.0 + ROUNDING) * aim).groupby(means["setting"].to_numpy()).mean()
        for factor in factors
    }
    return pd.DataFrame(within).T.rename_axis(index="factor", columns="setting")
