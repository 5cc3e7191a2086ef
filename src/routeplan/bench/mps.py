"""Mixed-integer programmes as MPS files that are the same to the byte wherever they are written."""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from routeplan.bench.mps_lines import INFINITE, FixedLines, FreeLines, Lines
from routeplan.data.file_swap import file_written_aside
from routeplan.errors import DataError, Problem, UsageError
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.solver.silence import new_solver

COMPRESSED = ".gz"
"""The end of the name of a file that is compressed."""


class Form(Enum):
    """How the fields of a line are told apart."""

    FREE = "by blanks, so that numbers are as long as they need to be"
    FIXED = "by the columns they stand in, with room for 12 characters of a number"


LINES: dict[Form, type[Lines]] = {Form.FREE: FreeLines, Form.FIXED: FixedLines}


def write_mps(matrices: Matrices, path: Path | str, form: Form = Form.FREE) -> Path:
    """Write a programme to an MPS file, compressed when the name ends in ``.gz``.

    Rows are named R1, R2 ... and columns C1, C2 ... in the order of the matrices; the objective is OBJ, minimised.
    Numbers are written so that reading them gives the same floating-point number. Coefficients of 0 and rows without
    either bound are left out; bounds from 1e20 on are infinite, as HiGHS and SCIP read them.

    Parameters
    ----------
    matrices : Matrices
        The programme. Readers disagree on the sign of a constant in the objective, so there is none in the file: an
        offset other than 0 becomes the cost of a last column that is fixed at 1 (`without_offset`).
    path : path
        The file; one that is there is replaced.
    form : Form
        Free, or fixed, which old readers ask for.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When a number is not a number, a bound lies above its other bound, a number does not fit into the fixed form,
        or the file cannot be written.
    """
    target = Path(path)
    content = _text(matrices, form).encode("ascii")
    with file_written_aside(target) as aside:
        aside.write_bytes(_compressed(content) if target.name.endswith(COMPRESSED) else content)
    return target


def sha256_of(matrices: Matrices) -> str:
    """Fingerprint of a programme: the SHA-256, as 64 hexadecimal digits, of its MPS file in free form.

    Raises
    ------
    UsageError
        As `write_mps`.
    """
    return hashlib.sha256(_text(matrices, Form.FREE).encode("ascii")).hexdigest()


def without_offset(matrices: Matrices) -> Matrices:
    """The same programme with its offset as the cost of a last column, fixed at 1, where the offset is not 0."""
    if matrices.offset == 0.0:
        return matrices
    one = np.ones(1)
    nothing = sparse.csc_array((matrices.rows.shape[0], 1))
    continuous = np.zeros(1, dtype=bool)
    wider = matrices.with_columns(nothing, one, one, np.array([matrices.offset]), continuous)
    return replace(wider, offset=0.0)


def read_mps(path: Path | str) -> Matrices:
    """Read an MPS file in either form, compressed or not, by means of HiGHS.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    Matrices
        The programme, with the names of the file. What is to be maximised is minimised with the signs of its costs
        changed.

    Raises
    ------
    UsageError
        When there is no such file.
    DataError
        When HiGHS cannot read it, or it holds more than linear rows, bounds and integer columns.
    """
    source = Path(path)
    if not source.is_file():
        raise UsageError(f"{source} is not there; allowed: an MPS file")
    highs = new_solver()
    highs.setOptionValue("output_flag", False)
    if highs.readModel(str(source)) == highspy.HighsStatus.kError:
        raise DataError([Problem(source.name, 0, "HiGHS cannot read it; allowed: an MPS file in free or fixed form")])
    model = highs.getModel()
    _refuse_more_than_linear(source, model)
    return _matrices(model.lp_)


def _refuse_more_than_linear(source: Path, model: Any) -> None:
    linear = {highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger}
    if model.hessian_.dim_ or not set(model.lp_.integrality_) <= linear:
        text = "it has quadratic costs or semi-continuous columns; allowed: linear costs and rows, integer columns"
        raise DataError([Problem(source.name, 0, text)])


def _matrices(lp: Any) -> Matrices:
    sign = -1.0 if lp.sense_ == highspy.ObjSense.kMaximize else 1.0
    entries = lp.a_matrix_
    shape = (lp.num_row_, lp.num_col_)
    kinds = list(lp.integrality_) or [highspy.HighsVarType.kContinuous] * lp.num_col_
    return Matrices(
        rows=sparse.csc_array(
            (np.array(entries.value_, dtype=float), np.array(entries.index_), np.array(entries.start_)), shape=shape
        ),
        row_lower=np.array(lp.row_lower_, dtype=float),
        row_upper=np.array(lp.row_upper_, dtype=float),
        lower=np.array(lp.col_lower_, dtype=float),
        upper=np.array(lp.col_upper_, dtype=float),
        cost=sign * np.array(lp.col_cost_, dtype=float),
        offset=sign * float(lp.offset_),
        integer=np.array([kind == highspy.HighsVarType.kInteger for kind in kinds], dtype=bool),
        row_names=tuple(lp.row_names_),
        column_names=tuple(lp.col_names_),
    )


def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


def _text(matrices: Matrices, form: Form) -> str:
    """The whole file; it ends with a line break."""
    plain = _canonical(without_offset(matrices))
    _refuse_impossible(plain)
    return "\n".join([*_sections(plain, LINES[form]()), ""])


def _canonical(matrices: Matrices) -> Matrices:
    """The same programme with each coefficient once, in order and not 0, and bounds far away infinite."""
    rows = sparse.csc_array(matrices.rows, copy=True)
    rows.sum_duplicates()
    rows.eliminate_zeros()
    given = (matrices.row_lower, matrices.row_upper, matrices.lower, matrices.upper)
    row_lower, row_upper, lower, upper = (_far_is_infinite(bounds) for bounds in given)
    return replace(matrices, rows=rows, row_lower=row_lower, row_upper=row_upper, lower=lower, upper=upper)


def _far_is_infinite(bounds: FloatArray) -> FloatArray:
    return np.where(np.abs(bounds) >= INFINITE, np.copysign(np.inf, bounds), bounds)


def _refuse_impossible(matrices: Matrices) -> None:
    _refuse_bounds("R", matrices.row_lower, matrices.row_upper)
    _refuse_bounds("C", matrices.lower, matrices.upper)
    if not np.isfinite(matrices.cost).all() or not np.isfinite(matrices.rows.data).all():
        raise UsageError("a cost or coefficient is infinite or not a number; allowed: finite numbers")


def _refuse_bounds(letter: str, lower: FloatArray, upper: FloatArray) -> None:
    wrong = ~(lower <= upper) | (lower == np.inf) | (upper == -np.inf)
    if wrong.any():
        first = int(np.argmax(wrong))
        raise UsageError(
            f"{letter}{first + 1} has the bounds {float(lower[first])!r} and {float(upper[first])!r}; "
            "allowed: a lower bound that is at most the upper bound"
        )


def _sections(matrices: Matrices, lines: Lines) -> Iterator[str]:
    yield lines.heading("NAME", "MODEL")
    yield "ROWS"
    yield lines.line("N", "OBJ")
    yield from lines.row_types(matrices)
    yield "COLUMNS"
    yield from lines.columns(matrices)
    yield "RHS"
    yield from lines.right_sides(matrices)
    if ranges := list(lines.ranges(matrices)):
        yield "RANGES"
        yield from ranges
    if bounds := list(lines.bounds(matrices)):
        yield "BOUNDS"
        yield from bounds
    yield "ENDATA"
