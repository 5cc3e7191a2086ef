"""Who has most of what is shared."""

from collections.abc import Hashable

import pandas as pd

from routeplan.language.language import Words

MOST = 3
"""Takers that are named."""

LEAST = 0.05
"""Amounts below this are not told of, in whatever unit."""


def takers(amounts: "pd.Series[float]", unit: str, words: Words) -> str:
    """Name those that have most of something, with how much; empty where nobody has any.

    Parameters
    ----------
    amounts : Series
        Amounts by the name of who has them; those of one name are added up.
    unit : str
        Their unit.
    words : Words
        The language.
    """
    summed: dict[Hashable, float] = amounts.groupby(level=0, sort=False).sum().nlargest(MOST).to_dict()
    shown = words.unit(unit)
    return ", ".join(f"{name} ({words.number(amount)} {shown})" for name, amount in summed.items() if amount > LEAST)
