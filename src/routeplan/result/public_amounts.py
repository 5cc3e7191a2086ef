"""Which amounts of a plan can be published, of all sites together and by group."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from routeplan.result.public_groups import KINDS, OTHER
from routeplan.result.public_rule import Rule

TOTAL = "total"


def fit_to_publish(amounts: pd.DataFrame, groups: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Find the amounts of which every sum obeys the rule, and every change from one that is published too.

    Of a kind of groups an amount is published for all of them or for none, so that no sum can be reckoned as what is
    left of the total. Amounts by sector are among those of all sites, and those by area among those by sector: then
    whatever is known in two periods is known from one table, or from all of them in both. Where sums of both kinds
    could be published, but not beside each other, those by area are not; where two amounts could be, but not the
    change between them, the second is not.

    Parameters
    ----------
    amounts : DataFrame
        Amounts of each site: a row for each, by its id, a column for each amount and period, in this order.
    groups : DataFrame
        Group of each site, of each of `KINDS`, by its id.
    rule : Rule
        What a sum must have.

    Returns
    -------
    DataFrame
        By amount and period: whether it can be published as `TOTAL`, and for the groups of each of `KINDS`.
    """
    known = groups.assign(**{TOTAL: OTHER})
    fit = pd.DataFrame(True, index=amounts.columns, columns=pd.Index([TOTAL, *KINDS]))
    before = np.full(len(fit), True)
    for kinds in ([TOTAL], ["sector"], ["sector", "area"]):
        before = _fit(amounts, before, partial(_tell, rule=rule, groups=known[kinds]))
        fit[kinds[-1]] = before
    return fit


def compared(columns: pd.Index) -> np.ndarray:
    """Pair the columns of which readers take the difference, sorted by the second: places of both among the columns.

    These are the same amount in two periods, and CO2 with and without the plan in one.
    """
    names, periods = (columns.get_level_values(level).to_numpy() for level in (0, 1))
    first, second = np.triu_indices(len(columns), 1)
    in_time = names[first] == names[second]
    saved = (names[first] == "as_today") & (names[second] == "emissions") & (periods[first] == periods[second])
    pairs = np.column_stack([first, second])[in_time | saved]
    by_second: np.ndarray = np.lexsort(pairs.T)
    return np.asarray(pairs[by_second])


def _fit(amounts: pd.DataFrame, allowed: np.ndarray, tell: Callable[[pd.DataFrame], np.ndarray]) -> np.ndarray:
    """Whether each amount can be published of those that are allowed, by itself and beside those before it."""
    fit = allowed.copy()
    fit[allowed] = ~tell(amounts.loc[:, allowed])
    pairs = compared(amounts.columns)
    pairs = pairs[fit[pairs].all(axis=1)]
    changes = pd.DataFrame(amounts.to_numpy()[:, pairs] @ [-1.0, 1.0], amounts.index)
    for first, second in pairs[tell(changes)]:
        fit[second] &= not fit[first]
    return fit


def _tell(sums: pd.DataFrame, rule: Rule, groups: pd.DataFrame) -> np.ndarray:
    """Whether sums break the rule for groups of the last kind, or can be taken from those of the kind before it."""
    told = rule.tells(sums, groups.iloc[:, -1]).any().to_numpy(dtype=bool, copy=True)
    if groups.shape[1] > 1:
        told[~told] = [_differ(sums.iloc[:, place], rule, groups) for place in np.flatnonzero(~told).tolist()]
    return told


def _differ(sums: pd.Series, rule: Rule, groups: pd.DataFrame) -> bool:
    return bool(rule.differ(sums, *(groups[kind] for kind in KINDS)))
