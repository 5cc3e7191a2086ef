"""Keys that name one row, and references that name a row of another table."""

from functools import partial

import numpy as np
import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.rules.findings import Findings, format_cell
from routeplan.instance.rules.words import nearest
from routeplan.schema.column import Column, Table
from routeplan.schema.inputs import INPUT_TABLES


def check_key(findings: Findings, table: str) -> None:
    """No two rows share the table's key; the later one is reported."""
    declared = INPUT_TABLES[table]
    frame = findings[table]
    key = list(declared.key)
    # One column alone is looked through in a fraction of the time.
    duplicated = frame[key[0]].duplicated() if len(key) == 1 else frame.duplicated(key)
    if not duplicated.any():
        return
    given = pd.Series(True, frame.index)
    for column in (declared.column(name) for name in key):
        if not column.may_be_empty:
            given &= frame[column.name] != "" if column.kind.is_text else frame[column.name].notna()
    again = frame.loc[duplicated & given, key]
    first = frame[key].assign(first=frame.index).drop_duplicates(key)
    earlier = again.merge(first, on=key, how="left")["first"]
    for row, before in zip(again.index, earlier, strict=True):
        findings.add(_duplicate(findings, declared, int(row), int(before)))


def _duplicate(findings: Findings, table: Table, row: int, first: int) -> Problem:
    cells = findings[table.name].iloc[row]
    named = [f"column '{name}' is {format_cell(table.column(name), cells[name]) or 'empty'}" for name in table.key]
    where = f"on one line only (line {findings.line(table.name, first)} has the same)"
    return Problem(
        table.file,
        findings.line(table.name, row),
        f"{', '.join(named)}; allowed: {where}",
        column=table.key[0],
    )


def check_references(findings: Findings, table: str, known: set[str]) -> None:
    """Every reference names a row that exists.

    Parameters
    ----------
    findings : Findings
        The tables.
    table : str
        Table whose references are followed.
    known : set of str
        Tables that were read in full; references to others cannot be judged.
    """
    for column in INPUT_TABLES[table].columns:
        if column.refers and known.issuperset(column.refers):
            known_ids = _ids(findings, column)
            cells = findings[table][column.name].tolist()
            unknown = np.array([cell not in known_ids and cell != "" and cell == cell for cell in cells], dtype=bool)
            findings.refuse(table, unknown, column.name, partial(_allowed, column, cells, known_ids))


def _allowed(column: Column, cells: list[object], known: set[object], row: int) -> str:
    """What a reference may be, and which one was most likely meant."""
    cell = cells[row]
    meant = nearest(cell, sorted(map(str, known))) if isinstance(cell, str) else ""
    return column.allowed + (f"; did you mean {meant if meant.isprintable() else repr(meant)}?" if meant else "")


def _ids(findings: Findings, column: Column) -> set[object]:
    """The ids that a column may refer to."""
    return {value for table in column.refers for value in findings[table][INPUT_TABLES[table].key[0]].tolist()}
