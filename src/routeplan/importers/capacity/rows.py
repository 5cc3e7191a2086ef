"""What a merged instance changes in the place where the instance is stored, be it a folder or a workbook."""

import pandas as pd

from routeplan.errors import DataError, Message, Problem
from routeplan.estimate.derivation import COLUMNS, key_of
from routeplan.schema.inputs import AREAS, HEADROOM, WORKS

CHANGED_TABLES = (AREAS, HEADROOM, WORKS)

SOURCE = "source"
"""Column of the user's that says where a row comes from; kept up for those who have it."""


def differs(before: pd.DataFrame, after: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each row of a table is new or other than before."""
    return after.merge(before.assign(_same=1.0), how="left")["_same"].isna()


def with_derivation(old: pd.DataFrame, rows: pd.DataFrame, place: str) -> pd.DataFrame:
    """Put rows of the derivation in the place of those about the same rows of tables.

    Parameters
    ----------
    old : DataFrame
        The derivation that is there, as text.
    rows : DataFrame
        The new rows.
    place : str
        File or sheet of the derivation, for messages.

    Raises
    ------
    DataError
        When what is there lacks a column.
    """
    lacking = ", ".join(name for name in COLUMNS if name not in old)
    if lacking:
        text = Message(
            "lacks {lacking}; allowed: the columns {columns}, and others", lacking=lacking, columns=", ".join(COLUMNS)
        )
        raise DataError([Problem(place, 1, text)])
    stays = ~key_of(old, "table", "key").isin(key_of(rows, "table", "key"))
    return pd.concat([old[stays], rows.assign(value=rows["value"].astype("str"))], ignore_index=True).fillna("")
