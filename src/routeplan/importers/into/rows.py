"""What an import changes in the place where an instance is stored, be it a folder or a workbook."""

import pandas as pd

from routeplan.errors import DataError, Message, Problem
from routeplan.estimate.derivation import COLUMNS, key_of
from routeplan.importers.into.change import Change

SOURCE = "source"
"""Column of the user's that says where a row comes from; kept up for those who have it."""


def differs(before: pd.DataFrame, after: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each row of a table is new or other than before."""
    return after.merge(before.assign(_same=1.0), how="left")["_same"].isna()


def with_derivation(old: pd.DataFrame, change: Change, place: str) -> pd.DataFrame:
    """Put the derivation of a change in the place of what is told of the same rows of tables.

    Parameters
    ----------
    old : DataFrame
        The derivation that is there, as text.
    change : Change
        The change, with the new rows.
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
    rows = change.derivation
    stays = ~key_of(old, *change.replaced_by).isin(key_of(rows, *change.replaced_by))
    return pd.concat([old[stays], rows.assign(value=rows["value"].astype("str"))], ignore_index=True).fillna("")
