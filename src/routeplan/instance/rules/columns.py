"""The values that single cells may hold, derived from the schema."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from routeplan.instance.rules.findings import Findings
from routeplan.instance.rules.words import did_you_mean
from routeplan.schema.column import LARGEST, Column, Kind
from routeplan.schema.frames import is_whole
from routeplan.schema.inputs import ALL, INPUT_TABLES

Mask = NDArray[np.bool_]
"""One truth for each row of a table."""

Suggest = Callable[[str, Sequence[str]], str]
"""Suggestion, in brackets, of the word of a closed list that was meant; "" where none is near."""


def check_columns(findings: Findings, table: str, suggest: Suggest = did_you_mean) -> None:
    """Check every cell of a table against its column's declaration."""
    frame = findings[table]
    if frame.empty:
        return
    for column in INPUT_TABLES[table].columns:
        if column.name in frame and column.kind is not Kind.TEXT:
            if not column.kind.is_text:
                _refuse_too_large(findings, table, column)
            allowed = _words_of(column, frame[column.name], suggest) if column.kind is Kind.WORD else column.allowed
            findings.refuse(table, ~_obeys(column, frame[column.name]), column.name, allowed)


def _words_of(column: Column, cells: pd.Series, suggest: Suggest) -> Callable[[int], str]:
    """What is allowed in each row, and which word of a closed list was meant."""
    return lambda row: column.allowed + (suggest(cells.iloc[row], column.words) if column.words else "")


def _refuse_too_large(findings: Findings, table: str, column: Column) -> None:
    """Refuse numbers that stand for no limit: some solvers take them for one, and others not at all."""
    numbers = findings[table][column.name].to_numpy(dtype=np.float64)
    allowed = f"{column.allowed}, at most {LARGEST:g}; for no limit, a number that is never reached"
    findings.refuse(table, np.isfinite(numbers) & (np.abs(numbers) > LARGEST), column.name, allowed)


def _obeys(column: Column, cells: pd.Series) -> Mask:
    """Whether each cell has a value that its column allows."""
    if column.kind.is_text:
        words = cells.to_numpy(dtype=object)
        right = _is_text_of(column, words) & [bool(word.strip()) for word in words]
        return right | (words == "") if column.may_be_empty else right
    numbers = cells.to_numpy(dtype=np.float64)
    right = _is_number_of(column, numbers)
    return right | np.isnan(numbers) if column.may_be_empty else right


def _is_text_of(column: Column, words: NDArray[np.object_]) -> Mask:
    if column.kind is Kind.WORD and not column.words:
        # Blanks at the ends and what no reader sees make two words of one.
        return np.array([word == word.strip() and word.isprintable() for word in words], dtype=bool)
    if column.words:
        return np.array([word in column.words for word in words], dtype=bool)
    if column.kind is Kind.ID and not column.refers:
        # What refers to an id needs no check of its form: the id it refers to has it.
        return np.array([word.split() == [word] and word.isprintable() and word != ALL for word in words], dtype=bool)
    return np.ones(len(words), dtype=bool)


def _is_number_of(column: Column, numbers: NDArray[np.float64]) -> Mask:
    if column.kind is Kind.FLAG:
        return np.isin(numbers, (0.0, 1.0))
    right = np.isfinite(numbers) & (numbers >= column.low) & (numbers <= column.high)
    right &= (numbers > column.above) & (numbers < column.below)
    return np.asarray(right & is_whole(numbers) if column.kind is Kind.WHOLE else right)
