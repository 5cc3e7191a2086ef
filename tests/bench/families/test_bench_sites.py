"""Programs of sites are those that routeplan solves, but for the size of some rows."""

from dataclasses import replace

import numpy as np
import pytest
from programs import solved
from scipy import sparse

from routeplan.bench.families.family import canonical
from routeplan.bench.families.sites import HARD_COUNTRY, MANY_SITES, TIGHT_BUDGETS, with_larger_rows
from routeplan.errors import UsageError
from routeplan.model.matrices import Matrices

TINY = Matrices(
    rows=sparse.csc_array(np.array([[3e-4, 2.0], [0.0, 0.0], [0.5, 4.0]])),
    row_lower=np.array([-np.inf, 0.0, 1.0]),
    row_upper=np.array([6e-4, 1.0, np.inf]),
    lower=np.zeros(2),
    upper=np.full(2, 9.0),
    cost=np.array([-1.0, 1.0]),
    offset=0.0,
    integer=np.zeros(2, dtype=bool),
)
"""min b - a with 0.0003 a + 2 b <= 0.0006 and a / 2 + 4 b >= 1: a = 2, b = 0 and so -2."""


def test_rows_of_tiny_coefficients_are_multiplied() -> None:
    """0.0003 becomes 0.001 or more by 4, and 2 with it; other rows stay, empty ones too."""
    larger = with_larger_rows(TINY)
    assert larger.rows.toarray().tolist() == [[1.2e-3, 8.0], [0.0, 0.0], [0.5, 4.0]]
    assert larger.row_upper.tolist() == [2.4e-3, 1.0, np.inf] and larger.row_lower.tolist() == [-np.inf, 0.0, 1.0]


def test_larger_rows_change_no_optimum() -> None:
    """The program is the same one: -2 before and after."""
    assert solved(TINY).objective == pytest.approx(-2.0)
    assert solved(with_larger_rows(TINY)).objective == pytest.approx(-2.0)


def test_zeros_that_are_stored_are_no_tiny_coefficients() -> None:
    """They multiply nothing, and the canonical form drops them."""
    rows = sparse.csc_array(TINY.rows.toarray() + 1.0)
    rows.data[0] = 0.0
    stored = replace(TINY, rows=rows)
    assert canonical(with_larger_rows(stored)).rows.nnz == 5


def test_the_families_share_their_sites() -> None:
    """Of one size and seed they differ in the knobs alone, one of which each has turned."""
    assert {family.sizes for family in (MANY_SITES, TIGHT_BUDGETS, HARD_COUNTRY)} == {MANY_SITES.sizes}
    assert TIGHT_BUDGETS.knobs == replace(MANY_SITES.knobs, budget=TIGHT_BUDGETS.knobs.budget)
    assert TIGHT_BUDGETS.knobs.budget < 1.0 and HARD_COUNTRY.knobs.emission_cap == 0.12


def test_a_size_without_sites_is_refused() -> None:
    """Before anything is generated."""
    said = r"^size of sites is '100'; allowed: XS, S, M, L, XL \(6, 24, 100, 330, 1000 sites\)$"
    with pytest.raises(UsageError, match=said):
        MANY_SITES.make("100", 0)
