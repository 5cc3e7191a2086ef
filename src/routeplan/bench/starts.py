"""Files of the points that solvers are given to begin from, beside the instances that they are of."""

import zlib
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from routeplan.data.file_swap import file_written_aside
from routeplan.errors import DataError, Problem
from routeplan.instance.horizon import FloatArray
from routeplan.tolerances import FEASIBILITY

START = ".start.npz"
"""End of the name of such a file."""


def write_start(x: FloatArray | None, sha256: str, file: Path) -> None:
    """Write a point, or that there is none, with the fingerprint of its instance."""
    with file_written_aside(file) as aside, aside.open("wb") as opened:
        np.savez_compressed(opened, x=np.zeros(0) if x is None else x, sha256=np.array(sha256))


def read_start(file: Path, sha256: str = "", columns: int | None = None) -> FloatArray | None:
    """Read a point; None where the file says that there is none.

    Parameters
    ----------
    file : Path
        The file.
    sha256 : str
        Fingerprint of the instance that it must be of; of any when empty.
    columns : int, optional
        Number of columns that it must have.

    Raises
    ------
    DataError
        When it cannot be read, or is of another instance.
    """
    try:
        with file.open("rb") as opened, np.load(opened) as held:
            x, told = np.asarray(held["x"], dtype=float), str(held["sha256"])
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile, zlib.error):
        raise DataError([Problem(file.name, 0, "is no point of an instance; delete it to make it anew")]) from None
    right = x.ndim == 1 and (len(x) in (0, columns) or columns is None) and np.isfinite(x).all()
    if not right or sha256 not in ("", told):
        raise DataError([Problem(file.name, 0, "is of another instance; delete it to make it anew")])
    return x if len(x) else None


def same_start(one: Path, other: Path) -> bool:
    """Whether two files have the same point, but for rounding, or both none; raises `DataError` as `read_start`."""
    first, second = read_start(one), read_start(other)
    if first is None or second is None:
        return first is second
    return first.shape == second.shape and bool(np.allclose(first, second, rtol=0.0, atol=FEASIBILITY))
