"""Programmes in MPS files."""

import gzip
import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from routeplan.bench.mps import Form, read_mps, sha256_of, without_offset, write_mps
from routeplan.errors import DataError, UsageError
from routeplan.model.matrices import Matrices

NONE = np.inf
SEEDS = range(8)

FREE_TEXT = """\
NAME MODEL
ROWS
 N OBJ
 L R1
 E R2
COLUMNS
 C1 R1 2.5
 M1 'MARKER' 'INTORG'
 C2 OBJ -1.0
 C2 R1 1.0
 C2 R2 1.0
 M2 'MARKER' 'INTEND'
 C3 OBJ 0.0
RHS
 RHS R1 4.0
RANGES
 RANGE R1 6.0
BOUNDS
 UP BOUND C1 7.0
 MI BOUND C2
 UP BOUND C2 3.0
 FR BOUND C3
ENDATA
"""

FIXED_TEXT = """\
NAME          MODEL
ROWS
 N  OBJ
 L  R1
 E  R2
COLUMNS
    C1        R1        2.5
    M1        'MARKER'                 'INTORG'
    C2        OBJ       -1.0
    C2        R1        1.0
    C2        R2        1.0
    M2        'MARKER'                 'INTEND'
    C3        OBJ       0.0
RHS
    RHS       R1        4.0
RANGES
    RANGE     R1        6.0
BOUNDS
 UP BOUND     C1        7.0
 MI BOUND     C2
 UP BOUND     C2        3.0
 FR BOUND     C3
ENDATA
"""


def programme() -> Matrices:
    """-2 <= 2.5 x1 + x2 <= 4, x2 = 0 (a whole number), an unused x3: the two texts above, written by hand."""
    return Matrices(
        rows=sparse.csc_array(np.array([[2.5, 1.0, 0.0], [0.0, 1.0, 0.0]])),
        row_lower=np.array([-2.0, 0.0]),
        row_upper=np.array([4.0, 0.0]),
        lower=np.array([0.0, -NONE, -NONE]),
        upper=np.array([7.0, 3.0, NONE]),
        cost=np.array([0.0, -1.0, 0.0]),
        offset=0.0,
        integer=np.array([False, True, False]),
    )


def random_programme(seed: int) -> Matrices:
    """A programme with every kind of row and column, in random order; every row has a bound."""
    rng = np.random.default_rng(seed)
    kinds = [(-NONE, 3.25), (-2.0, NONE), (0.0, NONE), (-1e-3, 1 / 3), (5.0, 5.0), (0.0, 0.0), (-7.0, -2.0), (0.0, 1.0)]
    rows = np.array([kinds[kind] for kind in rng.permutation(len(kinds))])
    columns = np.array([[*kinds, (-NONE, NONE)][kind] for kind in rng.permutation(9).repeat(2)])
    entries = rng.normal(size=(8, 18)) * (rng.random((8, 18)) < 0.4)
    entries[rng.integers(8)] = 0.0
    entries[:, rng.integers(18)] = 0.0
    return Matrices(
        rows=sparse.csc_array(entries),
        row_lower=rows[:, 0],
        row_upper=rows[:, 1],
        lower=columns[:, 0],
        upper=columns[:, 1],
        cost=rng.normal(size=18) * (rng.random(18) < 0.5),
        offset=0.0,
        integer=np.arange(18) % 2 == seed % 2,
    )


def assert_same(read: Matrices, written: Matrices) -> None:
    assert (read.rows.toarray() == written.rows.toarray()).all()
    for name in ("row_lower", "row_upper", "lower", "upper", "cost", "integer"):
        np.testing.assert_array_equal(getattr(read, name), getattr(written, name), err_msg=name)
    assert read.offset == written.offset


@pytest.mark.parametrize(("form", "text"), [(Form.FREE, FREE_TEXT), (Form.FIXED, FIXED_TEXT)])
def test_a_file_is_what_the_format_says(tmp_path: Path, form: Form, text: str) -> None:
    """Each kind of line stands where the format puts it, and reading it gives the programme back."""
    path = write_mps(programme(), tmp_path / "model.mps", form)
    assert path.read_bytes() == text.encode("ascii")
    assert_same(read_mps(path), programme())


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_read_is_what_was_written(tmp_path: Path, seed: int) -> None:
    """Free, integer, ranged, fixed, unbounded and negative columns, and empty rows and columns, all survive."""
    written = random_programme(seed)
    assert_same(read_mps(write_mps(written, tmp_path / "model.mps")), written)


def test_names_follow_the_order_of_the_matrices(tmp_path: Path) -> None:
    """Rows are R1, R2 and columns C1, C2, whatever they are called."""
    named = replace(programme(), row_names=("first", "second"), column_names=("x", "y", "z"))
    read = read_mps(write_mps(named, tmp_path / "model.mps"))
    assert (read.row_names, read.column_names) == (("R1", "R2"), ("C1", "C2", "C3"))


def test_compressed_files_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """Neither the moment nor the name of the file is in it."""
    one, other = (write_mps(programme(), tmp_path / name) for name in ("one.mps.gz", "other.mps.gz"))
    assert one.read_bytes() == other.read_bytes()
    assert gzip.decompress(one.read_bytes()) == FREE_TEXT.encode("ascii")
    assert_same(read_mps(one), programme())


def test_a_fingerprint_is_that_of_the_free_form() -> None:
    """It can be recomputed with any tool from the file, and does not depend on how the matrix is stored."""
    assert sha256_of(programme()) == hashlib.sha256(FREE_TEXT.encode("ascii")).hexdigest()
    doubled = sparse.csc_array(([1.25, 1.25, 1.0, 1.0, 0.0], ([0, 0, 1, 0, 1], [0, 0, 1, 1, 2])), shape=(2, 3))
    assert sha256_of(replace(programme(), rows=doubled)) == sha256_of(programme())


def test_another_number_is_another_fingerprint() -> None:
    """The last digit of one cost counts."""
    cost = np.array([0.0, np.nextafter(-1.0, 0.0), 0.0])
    assert sha256_of(programme().with_objective(cost)) != sha256_of(programme())


def test_an_offset_becomes_a_fixed_column(tmp_path: Path) -> None:
    """No reader can mistake its sign, and every point costs the same as before."""
    shifted = replace(programme(), offset=12.5)
    read = read_mps(write_mps(shifted, tmp_path / "model.mps"))
    assert_same(read, without_offset(shifted))
    assert (read.offset, read.lower[-1], read.upper[-1], read.cost[-1]) == (0.0, 1.0, 1.0, 12.5)
    assert read.value(np.array([1.0, 0.0, 0.0, 1.0])) == shifted.value(np.array([1.0, 0.0, 0.0]))


def test_a_row_without_bounds_is_left_out(tmp_path: Path) -> None:
    """It says nothing, and the others keep their numbers."""
    free_first = replace(programme(), row_lower=np.array([-NONE, 0.0]), row_upper=np.array([NONE, 0.0]))
    read = read_mps(write_mps(free_first, tmp_path / "model.mps"))
    assert read.row_names == ("R2",)
    assert (read.rows.toarray() == [[0.0, 1.0, 0.0]]).all()


def test_bounds_far_away_are_infinite(tmp_path: Path) -> None:
    """Solvers disagree on whether 1e20 is a number, so no file has it."""
    far = replace(programme(), upper=np.array([1e20, 3.0, 1e30]))
    read = read_mps(write_mps(far, tmp_path / "model.mps"))
    assert list(read.upper) == [NONE, 3.0, NONE]
    assert "1e" not in (tmp_path / "model.mps").read_text()


def test_a_maximum_is_read_as_a_minimum(tmp_path: Path) -> None:
    """Of a file from elsewhere, the costs change their sign."""
    path = tmp_path / "model.mps"
    path.write_text(FREE_TEXT.replace("ROWS\n", "OBJSENSE\n MAX\nROWS\n", 1))
    assert_same(read_mps(path), programme().with_objective(-programme().cost))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"lower": np.array([8.0, 0.0, 0.0])}, r"C1 has the bounds 8\.0 and 7\.0; allowed: a lower bound that is at"),
        ({"row_upper": np.array([4.0, -1.0])}, r"R2 has the bounds 0\.0 and -1\.0; allowed"),
        ({"lower": np.array([np.nan, 0.0, 0.0])}, "C1 has the bounds nan"),
        ({"cost": np.array([0.0, np.inf, 0.0])}, "allowed: finite numbers"),
    ],
)
def test_impossible_numbers_are_refused(tmp_path: Path, changed: dict[str, np.ndarray], said: str) -> None:
    """What no reader could make sense of is not written."""
    with pytest.raises(UsageError, match=said):
        write_mps(replace(programme(), **changed), tmp_path / "model.mps")
    assert not (tmp_path / "model.mps").exists()


def test_the_fixed_form_refuses_what_it_would_round(tmp_path: Path) -> None:
    """A third needs 16 digits, for which there are 12 places."""
    third = programme().with_objective(np.array([1 / 3, 0.0, 0.0]))
    with pytest.raises(UsageError, match=r"0\.3333333333333333 does not fit .* allowed: the free form"):
        write_mps(third, tmp_path / "model.mps", Form.FIXED)


def test_what_is_no_mps_file_is_refused(tmp_path: Path) -> None:
    """A missing file and a text of something else are told in one line."""
    with pytest.raises(UsageError, match="is not there"):
        read_mps(tmp_path / "model.mps")
    (tmp_path / "model.mps").write_text("ROWS\n nonsense here too much\n")
    with pytest.raises(DataError, match=r"model\.mps: HiGHS cannot read it; allowed"):
        read_mps(tmp_path / "model.mps")


def test_a_quadratic_programme_is_refused(tmp_path: Path) -> None:
    """Matrices have no place for it."""
    path = tmp_path / "model.mps"
    path.write_text(FREE_TEXT.replace("ENDATA", "QUADOBJ\n C1 C1 1.0\nENDATA"))
    with pytest.raises(DataError, match="quadratic"):
        read_mps(path)
