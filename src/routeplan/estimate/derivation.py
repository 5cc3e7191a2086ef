"""Derivation of each number of an instance: the rows of ``derivation.csv``.

A rule is, where it can be, a formula; its words are the names of figures. Each figure is cited with its value and where
it stands: ``firm_release 110 (default areas.csv:6, H)``.
"""

from collections.abc import Sequence

import pandas as pd

from routeplan.estimate.formulas import Figure, Figures, evaluated, names_in

COLUMNS = ["table", "key", "column", "value", "rule", "parameters"]

EVERY_ROW = "every row"
"""Key of a rule that made a whole column."""

DEMAND = "demand (not in the instance)"
PROCESSES = "processes (not in the instance)"
"""Numbers on the way to those of the instance; others cite them as ``demand`` and ``processes``."""

ALL_SITES = "all sites"
"""Key of what holds for the sites together."""


def derived(
    table: str,
    key: "pd.Series[str]",
    column: str,
    value: "pd.Series[float] | pd.Series[str]",
    rule: "str | pd.Series[str]",
    parameters: "str | pd.Series[str]",
) -> pd.DataFrame:
    """Derivation rows of the values of one column.

    Parameters
    ----------
    table, column : str
        Where the numbers stand in the instance.
    key : Series
        The row's key, its parts joined by `key_of`.
    value : Series
        The numbers, or ids.
    rule : str or Series
        The formula in words.
    parameters : str or Series
        The parameters that it used, each as `cited` writes it, with ``; `` between them.

    Returns
    -------
    DataFrame
        With the columns `COLUMNS`.
    """
    rows = {"table": table, "key": key, "column": column, "value": value, "rule": rule, "parameters": parameters}
    return pd.DataFrame(rows, columns=COLUMNS)


def estimated(
    table: str,
    key: "pd.Series[str]",
    column: str,
    rule: "str | pd.Series[str]",
    figures: Figures,
    digits: int | None = None,
) -> pd.DataFrame:
    """Derivation rows of formulas, with the values to which they evaluate.

    Parameters
    ----------
    table, key, column
        As in `derived`.
    rule : str or Series
        The formula, such as ``gas x share``, or that of each row.
    figures : mapping of str to Figure
        The figures that formulas name; those by row have the labels of `key`.
    digits : int, optional
        Decimals to which the numbers are rounded; None: not at all.
    """
    value = evaluated(rule, figures, key.index)
    return explained(table, key, column, value if digits is None else value.round(digits), rule, figures)


def explained(
    table: str,
    key: "pd.Series[str]",
    column: str,
    value: "pd.Series[float]",
    rule: "str | pd.Series[str]",
    figures: Figures,
) -> pd.DataFrame:
    """Derivation rows of a formula evaluated elsewhere; just the figures that it names are cited.

    Parameters
    ----------
    table, key, column, value
        As in `derived`.
    rule, figures
        As in `estimated`.
    """
    if isinstance(rule, str):
        return derived(table, key, column, value, rule, listed(names_in(rule), figures, key.index))
    parts = [
        explained(table, key[rows], column, value[rows], formula, figures)
        for formula in rule.unique()
        for rows in [rule == formula]
    ]
    return pd.concat(parts).loc[key.index] if parts else derived(table, key, column, value, rule, "")


def listed(names: Sequence[str], figures: Figures, rows: pd.Index) -> "str | pd.Series[str]":
    """List figures with ``; `` between them, row by row; ``none`` when there are none."""
    together: str | pd.Series[str] = "none"
    for place, name in enumerate(names):
        text = name + " " + figures[name].texts(rows)
        together = together + "; " + text if place else text
    return together


def whole_column(table: str, columns: Sequence[str], rule: str, parameters: str) -> pd.DataFrame:
    """Derivation rows of whole columns, without a value of their own."""
    names = pd.Series(list(columns), dtype="str")
    rows = {"table": table, "key": EVERY_ROW, "column": names, "value": float("nan"), "rule": rule}
    return pd.DataFrame(rows).assign(parameters=parameters)[COLUMNS]


def cited(name: "str | pd.Series[str]", value: "pd.Series[float]", place: "str | pd.Series[str]") -> "pd.Series[str]":
    """Write a figure of each row with its value and where it stands: ``share 0.5 (demand)``."""
    return name + " " + pd.Series(Figure(value, place).text)


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
