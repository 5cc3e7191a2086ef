"""Programs side by side: one for each scenario, with decisions that they have in common."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.model.blocks import Columns, Rows
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program

SCENARIO = "scenario"
"""Index column that says of which program a column or row is."""


def stack(programs: Mapping[str, Program], weights: Mapping[str, float] | None = None) -> Program:
    """Put programs side by side: the cost is the weighted sum of theirs, and nothing ties them yet.

    Parameters
    ----------
    programs : mapping of str to Program
        By scenario, all with the same variables and families.
    weights : mapping of str to float, optional
        Weight of each in cost and emissions, a probability for instance; 1 for each when None.

    Returns
    -------
    Program
        Its tables have the column ``scenario`` before the others; `tied` makes decisions common to all. It has no
        `terms` of the cost, and does not know what each scenario rules out.

    Raises
    ------
    UsageError
        When there is no program, or they minimise different things.
    """
    if not programs:
        raise UsageError("there is no program to stack")
    if len(kinds := {program.objective for program in programs.values()}) > 1:
        raise UsageError(f"programs that minimise different things cannot be stacked: {', '.join(sorted(kinds))}")
    parts = list(programs.values())
    weight = [1.0 if weights is None else weights[name] for name in programs]
    shapes = np.array([program.matrices.rows.shape for program in parts])
    row_begin, column_begin = (np.concatenate([[0], np.cumsum(counts)[:-1]]) for counts in shapes.T)
    width = int(shapes[:, 1].sum())
    names = list(dict.fromkeys(chain.from_iterable(program.columns for program in parts)))
    families = list(dict.fromkeys(chain.from_iterable(program.rows for program in parts)))
    return Program(
        name=" | ".join(programs),
        objective=parts[0].objective,
        matrices=_side_by_side([program.matrices for program in parts], weight),
        emissions=np.concatenate([each * program.emissions for each, program in zip(weight, parts, strict=True)]),
        columns={name: _columns(name, programs, column_begin) for name in names},
        rows={family: _rows(family, programs, row_begin, column_begin, width) for family in families},
        broken=tuple(f"{name}: {text}" for name, program in programs.items() for text in program.broken),
        strengthened=all(program.strengthened for program in parts),
    )


def tied(program: Program, variable: str, *, until: int | None = None) -> Program:
    """Make the decisions of one variable the same in every scenario of a stacked program.

    One that a scenario rules out is 0 there, and so in all; one that rests at a value there has that value in all.

    Parameters
    ----------
    program : Program
        A program of `stack`.
    variable : str
        The variable.
    until : int, optional
        Last period (its first year) in which they are common; all when None.

    Raises
    ------
    UsageError
        When there is no such variable, or the program is not stacked.
    """
    block = program.columns_of(variable)
    if SCENARIO not in block.table:
        raise UsageError("a program of one scenario has nothing to tie: stack() makes one of several")
    scenarios = program.columns_of("runs").table[SCENARIO].unique()
    index = [name for name in block.variable.index if name != SCENARIO]
    table = block.table[[SCENARIO, *index]].assign(position=block.position, rest=block.rest)
    table = table if until is None else table[table["period"] <= until]
    wide = _by_scenario(table, index, scenarios, "position").fillna(-1).astype(int)
    rest = _by_scenario(table, index, scenarios, "rest").fillna(0.0)
    first = wide.to_numpy().max(axis=1)
    ties = wide.melt(ignore_index=False, value_name="position").reset_index()
    ties["rest"] = rest.melt(ignore_index=False, value_name="rest")["rest"].to_numpy()
    against = np.tile(first, len(scenarios))
    different = (ties["position"].to_numpy() != against) & (against >= 0)
    ties, against = ties[different], against[different]
    at = ties["position"].to_numpy()
    rows = np.arange(len(ties))
    there = at >= 0
    data = np.concatenate([np.ones(len(rows)), np.full(there.sum(), -1.0)])
    places = (np.concatenate([rows, rows[there]]), np.concatenate([against, at[there]]))
    entries = sparse.csr_array((data, places), shape=(len(rows), program.matrices.rows.shape[1]))
    value = np.where(there, 0.0, ties["rest"].to_numpy(float))
    named = ties[[SCENARIO, *index]].reset_index(drop=True)
    sentence = f"What is decided of {variable} is the same in every scenario."
    return program.with_rows(f"common_{variable}", named, entries, value, lower=value, sentence=sentence)


def _by_scenario(table: pd.DataFrame, index: list[str], scenarios: Any, values: str) -> pd.DataFrame:
    """A column of a table with a scenario in each column."""
    return table.pivot(index=index, columns=SCENARIO, values=values).reindex(columns=scenarios)


def _side_by_side(parts: list[Matrices], weight: list[float]) -> Matrices:
    """Matrices as blocks on the diagonal."""
    return Matrices(
        rows=sparse.csc_array(sparse.block_diag([part.rows for part in parts], format="csc")),
        row_lower=np.concatenate([part.row_lower for part in parts]),
        row_upper=np.concatenate([part.row_upper for part in parts]),
        lower=np.concatenate([part.lower for part in parts]),
        upper=np.concatenate([part.upper for part in parts]),
        cost=np.concatenate([each * part.cost for each, part in zip(weight, parts, strict=True)]),
        offset=float(sum(each * part.offset for each, part in zip(weight, parts, strict=True))),
        integer=np.concatenate([part.integer for part in parts]),
    )


def _labelled(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Tables below each other, with the scenario in front."""
    labelled = [table.assign(**{SCENARIO: name})[[SCENARIO, *table.columns]] for name, table in tables.items()]
    return pd.concat(labelled, ignore_index=True)


def _moved(positions: list[IntArray], begins: IntArray) -> IntArray:
    """Positions in the stacked matrices; -1 stays."""
    return np.concatenate([np.where(at >= 0, at + begin, -1) for at, begin in zip(positions, begins, strict=True)])


def _columns(name: str, programs: Mapping[str, Program], begins: IntArray) -> Columns:
    blocks = {scenario: program.columns[name] for scenario, program in programs.items() if name in program.columns}
    some = np.array([name in program.columns for program in programs.values()])
    first = next(iter(blocks.values()))
    return Columns(
        replace(first.variable, index=(SCENARIO, *first.variable.index)),
        _labelled({scenario: block.table for scenario, block in blocks.items()}),
        _moved([block.position for block in blocks.values()], begins[some]),
        np.concatenate([block.rest for block in blocks.values()]),
    )


def _rows(
    family: str, programs: Mapping[str, Program], row_begin: IntArray, column_begin: IntArray, width: int
) -> Rows:
    blocks = {scenario: program.rows[family] for scenario, program in programs.items() if family in program.rows}
    some = np.array([family in program.rows for program in programs.values()])
    right = [
        _shifted(block.right, begin, width) for block, begin in zip(blocks.values(), column_begin[some], strict=True)
    ]

    def joined(arrays: list[FloatArray]) -> FloatArray:
        return np.concatenate(arrays)

    return replace(
        next(iter(blocks.values())),
        table=_labelled({scenario: block.table for scenario, block in blocks.items()}),
        position=_moved([block.position for block in blocks.values()], row_begin[some]),
        used=joined([block.used for block in blocks.values()]),
        allowed=joined([block.allowed for block in blocks.values()]),
        right=sparse.csr_array(sparse.vstack(right, format="csr")),
        moved=joined([block.moved for block in blocks.values()]),
    )


def _shifted(matrix: sparse.csr_array, begin: int, width: int) -> sparse.csr_array:
    """A matrix whose columns begin further right."""
    return sparse.csr_array((matrix.data, matrix.indices + begin, matrix.indptr), shape=(matrix.shape[0], width))
