"""Relaxed rows: a family of a program may be exceeded at a price, measured by a named variable."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray
from routeplan.model.program import Program
from routeplan.model.variables import Domain, Variable

EXCESS = "excess_"
"""Prefix of the variable that says how far a relaxed row is exceeded."""

SHORTFALL = "shortfall_"
"""Prefix of the variable that says how far a relaxed equation falls short."""


def elastic(program: Program, family: str, price: ArrayLike) -> Program:
    """Relax the rows of a family: they may be exceeded, at a price.

    Adds the variable ``excess_FAMILY`` (and ``shortfall_FAMILY`` to an equation), with the index of the rows. The price
    counts in the objective ``cost``; under ``emissions`` an excess costs nothing. Rows that only strengthen the linear
    relaxation hold no longer, and are freed.

    Parameters
    ----------
    program : Program
        The program.
    family : str
        The family.
    price : array_like, scalar or shape (N,)
        Cost of one unit of excess, by the rows of its table [M EUR per unit of the family, discounted]; NaN keeps a
        row as hard as it is.

    Returns
    -------
    Program
        The program with the relaxed rows.

    Raises
    ------
    UsageError
        When there is no such family, it is relaxed already, or rows of it are broken whatever is decided.
    """
    block = program.rows_of(family)
    if fixed := [text for text in program.broken if text.startswith(f"{family}[")]:
        raise UsageError(f"no decision changes these rows, so that no price does: {'; '.join(fixed[:5])}")
    priced = np.broadcast_to(np.asarray(price, dtype=float), block.position.shape)
    soft = (block.position >= 0) & ~np.isnan(priced)
    equation = soft & np.isfinite(program.matrices.row_lower[block.position])
    program = program.unstrengthened()
    eased = _with_slack(program, EXCESS + family, family, soft, -1.0, priced)
    return _with_slack(eased, SHORTFALL + family, family, equation, 1.0, priced) if equation.any() else eased


def _with_slack(
    program: Program, name: str, family: str, soft: NDArray[np.bool_], coefficient: float, price: FloatArray
) -> Program:
    """Add a column to each of some rows of a family."""
    block = program.rows_of(family)
    count = int(soft.sum())
    ones = np.full(count, coefficient)
    shape = (program.matrices.rows.shape[0], count)
    entries = sparse.csc_array((ones, (block.position[soft], np.arange(count))), shape=shape)
    variable = Variable(block.index, Domain.AMOUNT, f"How far {family} is missed.", block.unit, name)
    table = block.table[soft].reset_index(drop=True).assign(upper=np.inf, integer=False)
    wider = program.with_columns(variable, table, entries, price[soft])
    # What is exceeded counts as allowed, so that the use is told as it is.
    eases = sparse.csr_array((-ones, (np.flatnonzero(soft), np.arange(count))), shape=(len(soft), count))
    right = sparse.csr_array(sparse.hstack([block.right, eases], format="csr"))
    return replace(wider, rows={**wider.rows, family: replace(block, right=right)})
