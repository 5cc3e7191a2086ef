"""Where each estimated number comes from: the rows of ``derivation.csv``."""

import pandas as pd

COLUMNS = ["table", "key", "column", "value", "rule", "parameters"]


def derived(
    table: str,
    key: "pd.Series[str]",
    column: str,
    value: "pd.Series[float]",
    rule: "str | pd.Series[str]",
    parameters: "str | pd.Series[str]",
) -> pd.DataFrame:
    """Rows that say how the values of one column were made.

    Parameters
    ----------
    table, column : str
        Where the numbers stand in the instance.
    key : Series
        The row's key, its parts joined by `key_of`.
    value : Series
        The numbers.
    rule : str or Series
        The formula in words.
    parameters : str or Series
        The parameters that it used, with their table, value and confidence.

    Returns
    -------
    DataFrame
        With the columns `COLUMNS`.
    """
    rows = {"key": key, "column": column, "value": value, "rule": rule, "parameters": parameters}
    return pd.DataFrame(rows).assign(table=table)[COLUMNS]


def key_of(frame: pd.DataFrame, *columns: str) -> "pd.Series[str]":
    """Write the key of each row as one text: its parts with `` / `` between them."""
    parts = frame[columns[0]].astype(str)
    for column in columns[1:]:
        parts = parts + " / " + frame[column].astype(str)
    return parts


def joined(rows: list[pd.DataFrame]) -> pd.DataFrame:
    """All rows in one table; an empty one when there are none."""
    kept = [part for part in rows if len(part)]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=COLUMNS)
