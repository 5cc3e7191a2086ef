"""Decisions fixed in advance: bounds, not rows."""

from typing import Any

import pandas as pd


def fix_decided(model: Any, decided: pd.DataFrame) -> list[str]:
    """Fix the decisions of the table ``decided`` through their bounds (`as_decided`).

    Returns
    -------
    list of str
        Decisions that are fixed at 1 and can only be 0.
    """
    broken = []
    for row in decided.itertuples(index=False):
        named = (row.item, row.period) if row.decision == "reinforced" else (row.item, row.choice, row.period)
        variable = getattr(model, str(row.decision))
        if named in variable:
            variable[named].setlb(row.value)
            variable[named].setub(row.value)
        elif row.value:
            broken.append(f"as_decided[{row.decision},{','.join(map(str, named))}]: 1 <= 0")
    return broken
