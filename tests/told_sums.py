"""What sums by groups tell of sites, found by linear algebra: it knows nothing of cuts, flows and rules."""

import numpy as np
import pandas as pd
from scipy.optimize import linprog


def _rows(groupings: list[pd.Series]) -> np.ndarray:
    """A row for each group, with 1 for each of its sites."""
    return np.vstack([labels.eq(group).to_numpy(float) for labels in groupings for group in labels.unique()])


def known_sets(groupings: list[pd.Series]) -> np.ndarray:
    """Sets of a few sites whose sum is a combination of the groups' sums: a row for each, true at its sites."""
    size = len(groupings[0])
    rows = _rows(groupings)
    sets = (np.arange(1, 2**size)[:, None] >> np.arange(size) & 1).astype(float)
    beside = sets - sets @ np.linalg.pinv(rows) @ rows
    return sets[np.abs(beside).max(axis=1) < 1e-9].astype(bool)


def broken_sets(amount: pd.Series, groupings: list[pd.Series], firms: pd.Series, at_least: int) -> list[list[str]]:
    """Sets of sites with some of an amount, whose sum is known, of fewer firms or with over 75 % from one."""
    made = amount.index[amount != 0]
    if made.empty or not groupings:
        return []
    sets = known_sets([labels[made] for labels in groupings])
    of_firm = sets @ (amount[made].abs().to_numpy()[:, None] * pd.get_dummies(firms[made]).to_numpy())
    broken = ((of_firm > 0).sum(axis=1) < at_least) | (of_firm.max(axis=1) > 0.75 * of_firm.sum(axis=1) + 1e-9)
    return [made[of_set].tolist() for of_set in sets[broken]]


def most_of_each(amount: pd.Series, groupings: list[pd.Series]) -> pd.Series:
    """The most that each site can have of an amount, for one who knows the sums and which sites have none of it."""
    made = amount.index[amount != 0]
    rows = _rows([labels[made] for labels in groupings])
    known = rows @ amount[made].to_numpy()
    most = [-linprog(-unit, A_eq=rows, b_eq=known).fun for unit in np.eye(len(made))]
    return pd.Series(most, made)
