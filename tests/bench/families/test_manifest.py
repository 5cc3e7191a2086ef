"""What is told of an instance is counted right, kept, and held against what is made."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from routeplan.bench.families.family import Made
from routeplan.bench.families.infeasible import INFEASIBLE_CUT
from routeplan.bench.families.manifest import described, root_gap, spread
from routeplan.bench.families.manifest_file import LATER, mismatches, read_manifest, write_manifest
from routeplan.bench.families.networks import NET_TREE
from routeplan.errors import DataError
from routeplan.model.matrices import Matrices

INFINITE = np.inf
HAND = Made(
    Matrices(
        rows=sparse.csc_array(np.array([[2.0, 0.5, 0.0], [0.0, -8.0, 1.0]])),
        row_lower=np.array([3.0, -INFINITE]),
        row_upper=np.array([INFINITE, 0.25]),
        lower=np.zeros(3),
        upper=np.array([1.0, 5.0, 40.0]),
        cost=np.array([6.0, 0.0, -0.125]),
        offset=0.0,
        integer=np.array([True, True, False]),
    ),
    optimum=1.0,
)
"""min 6 a - c / 8 with 2 a + b / 2 >= 3 and c <= 8 b + 1 / 4: a binary, b whole up to 5, c up to 40.

Relaxed, b = 5 asks a = 1/4 and lets c be 40: 6 / 4 - 5 = -3.5. (Less of b asks 1/4 of a, 1.5, for each unit and gives
nothing back.) An optimum of 1 is made up: gap (1 + 3.5) / 1 = 4.5.
"""


def test_numbers_by_hand() -> None:
    """Each number of a program of two rows and three columns."""
    told = described(HAND, "hand", "XS", 3)
    assert (told.id, told.family, told.size, told.seed) == ("hand-XS-3", "hand", "XS", 3)
    assert (told.rows, told.columns, told.nonzeros, told.binaries, told.integers) == (2, 3, 4, 1, 1)
    assert (told.matrix, told.cost) == ((0.5, 8.0), (0.125, 6.0))
    assert (told.bounds, told.right_sides) == ((1.0, 40.0), (0.25, 3.0))
    assert told.lp_bound == pytest.approx(-3.5)
    assert told.root_gap == pytest.approx(4.5)
    assert told.presolved_rows is None


def test_the_root_gap_of_a_tree() -> None:
    """From the relaxation to the optimum known by construction."""
    made = NET_TREE.make("S", 0)
    told = described(made, "net-tree", "S", 0)
    assert told.lp_bound is not None and made.optimum is not None
    assert told.root_gap == pytest.approx((made.optimum - told.lp_bound) / made.optimum)


@pytest.mark.parametrize(
    ("best", "bound", "gap"),
    [
        (8.0, 6.0, 0.25),
        (-8.0, -10.0, 0.25),
        (0.5, 0.25, 0.25),  # of an objective below 1, the gap is absolute
        (8.0, 8.1, 0.0),
        (None, 6.0, None),
        (8.0, None, None),
    ],
)
def test_the_root_gap_by_hand(best: float | None, bound: float | None, gap: float | None) -> None:
    """It is relative to the best, and never below 0."""
    assert root_gap(best, bound) == gap


def test_a_manifest_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    """It lacks what was not told then: steps, formulations, and files."""
    told = described(HAND, "hand", "XS", 3)
    write_manifest(told, tmp_path / "hand.json")
    given = json.loads((tmp_path / "hand.json").read_text())
    (tmp_path / "hand.json").write_text(json.dumps({key: given[key] for key in given if key not in LATER}))
    assert set(LATER) == {"step", "formulation", "base", "source", "source_sha256"}
    assert read_manifest(tmp_path / "hand.json") == told


def test_presolve_only_where_it_is_asked_for() -> None:
    """A program whose columns are all fixed is solved by presolve: nothing is left."""
    fixed = replace(HAND.matrices, lower=np.array([1.0, 5.0, 40.0]))
    told = described(Made(fixed), "hand", "XS", 0, presolved=True)
    assert (told.presolved_rows, told.presolved_columns, told.presolved_nonzeros) == (0, 0, 0)
    tree = described(NET_TREE.make("S", 0), "net-tree", "S", 0, presolved=True)
    assert tree.presolved_columns is not None and 0 < tree.presolved_columns <= tree.columns


def test_no_bound_where_the_relaxation_has_no_point() -> None:
    """The reason is told instead."""
    made = INFEASIBLE_CUT.make("XS", 0)
    told = described(made, "infeasible-cut", "XS", 0)
    assert told.lp_bound is None and told.root_gap is None and told.reason == made.reason


def test_zeros_and_infinities_are_no_coefficients() -> None:
    """Of nothing but these there is no range."""
    assert spread([0.0, -INFINITE, INFINITE]) is None
    assert spread([0.0, -4.0, 0.5, INFINITE]) == (0.5, 4.0)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """To the last digit, with and without what is optional."""
    for presolved in (False, True):
        told = described(HAND, "hand", "XS", 3, presolved=presolved)
        write_manifest(told, tmp_path / "hand.json")
        assert read_manifest(tmp_path / "hand.json") == told


def test_each_number_that_does_not_match_is_told() -> None:
    """One line each; the last digits of the bound do not matter, nor what was not asked for."""
    stored = described(HAND, "hand", "XS", 3)
    assert mismatches(stored, replace(stored, lp_bound=-3.5 + 1e-9, presolved_rows=1)) == []
    found = replace(stored, rows=4, matrix=(0.5, 9.0), lp_bound=-3.4)
    assert mismatches(stored, found) == [
        "hand-XS-3: rows is 4; its manifest says 2",
        "hand-XS-3: matrix is [0.5, 9.0]; its manifest says [0.5, 8.0]",
        "hand-XS-3: lp_bound is -3.4; its manifest says -3.5",
    ]


def test_every_wrong_key_is_refused_at_once(tmp_path: Path) -> None:
    """Missing, unknown and of a wrong kind: a line each, with what is allowed."""
    file = tmp_path / "hand.json"
    write_manifest(described(HAND, "hand", "XS", 3), file)
    given = json.loads(file.read_text())
    del given["family"]
    given |= {"rows": True, "cost": [6.0, 0.125], "size": 3, "lp_bound": "low", "presolved_rows": -1, "colums": 3}
    file.write_text(json.dumps(given))
    with pytest.raises(DataError) as refused:
        read_manifest(file)
    said = {problem.text.partition("; allowed: ")[0] for problem in refused.value.problems}
    assert said == {
        "family is missing",
        "rows is true",
        "cost is [6.0, 0.125]",
        "size is 3",
        'lp_bound is "low"',
        "presolved_rows is -1",
        "there is no key 'colums' (did you mean 'columns'?)",
    }


@pytest.mark.parametrize(
    ("text", "said"), [("[]", "is no JSON object"), ("{", "is no JSON: "), ('{"rows": NaN}', "NaN is no number")]
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """In one line."""
    (tmp_path / "hand.json").write_text(text)
    with pytest.raises(DataError, match=said):
        read_manifest(tmp_path / "hand.json")
    with pytest.raises(DataError, match=r"none\.json: is not there; allowed: a manifest"):
        read_manifest(tmp_path / "none.json")
