"""Every family that is generated keeps what is promised of all of them."""

from functools import cache

import numpy as np
import pytest
from programs import bytes_of, solved

from routeplan.bench.families.family import Made, without_offset
from routeplan.bench.families.known import BY_NAME, FAMILIES, family_called
from routeplan.bench.families.manifest import spread
from routeplan.bench.families.networks import NET_FORMS, NET_MESH
from routeplan.bench.families.sites import SiteFamily
from routeplan.errors import UsageError

QUICK = [family.name for family in FAMILIES if not isinstance(family, SiteFamily)]
SITES = [family.name for family in FAMILIES if isinstance(family, SiteFamily)]
NAMES = [*QUICK, *SITES]
"""Sites take seconds: at each change they are made for other tests alone."""

RANGE = {"scaled": (2.0**-10, 1e10)}
"""Coefficients that a family promises, where they are not 0.001 to 10,000."""


@cache
def made(name: str, seed: int = 0) -> Made:
    return BY_NAME[name].make("XS", seed)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.some(len(QUICK))
def test_the_same_size_and_seed_make_the_same_bytes(name: str) -> None:
    """An instance depends on nothing but family, size and seed, and another seed makes another one."""
    again, other = BY_NAME[name].make("XS", 0), BY_NAME[name].make("XS", 1)
    assert bytes_of(again.matrices) == bytes_of(made(name).matrices)
    assert again.optimum == made(name).optimum
    assert bytes_of(other.matrices) != bytes_of(made(name).matrices)


def test_each_size_has_a_stream_of_its_own() -> None:
    """The smaller instance is not the beginning of the larger one."""
    small, large = NET_MESH.network("S", 0), NET_MESH.network("M", 0)
    assert not np.array_equal(small.demand, large.demand[: small.nodes])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.some(len(QUICK))
def test_columns_are_bounded_and_coefficients_in_range(name: str) -> None:
    """Solvers are compared on what a family is about, and not on numbers that are out of hand besides."""
    matrices = made(name).matrices
    assert np.isfinite(matrices.lower).all() and np.isfinite(matrices.upper).all()
    low, high = RANGE.get(name, (1e-3, 1e4))
    for numbers in (matrices.rows.data, matrices.cost):
        found = spread(numbers)
        assert found is not None and low <= found[0] and found[1] <= high
    assert matrices.rows.has_canonical_format and (matrices.rows.data != 0.0).all()


@pytest.mark.parametrize("name", [name for name in QUICK if "commodity" not in name])
def test_coefficients_of_the_largest_size_are_in_range(name: str) -> None:
    """Big M grows with the size, but not out of the range."""
    family = BY_NAME[name]
    matrices = family.make(family.sizes[-1].name, 0).matrices
    low, high = RANGE.get(name, (1e-3, 1e4))
    for numbers in (matrices.rows.data, matrices.cost):
        found = spread(numbers)
        assert found is not None and low <= found[0] and found[1] <= high


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.some(len(QUICK))
def test_the_objective_is_never_near_0(name: str) -> None:
    """Relative gaps would mean nothing there; and there is no constant, which files and solvers disagree about."""
    assert made(name).matrices.offset == 0.0
    if made(name).reason:
        assert name in ("infeasible-cap", "infeasible-cut")
        return
    found = solved(made(name).matrices)
    assert found.objective is not None and found.objective >= 1.0


@pytest.mark.parametrize("name", [name for name in QUICK if made(name).optimum is not None])
def test_the_optimum_told_is_the_optimum(name: str) -> None:
    """What is known by construction or published agrees with the solver."""
    assert solved(made(name).matrices).objective == pytest.approx(made(name).optimum, rel=1e-6)


def test_a_constant_becomes_a_column_fixed_at_1() -> None:
    """An objective that is 7 higher everywhere is so with its constant as a column too."""
    plain = made("net-path").matrices
    moved = without_offset(plain.with_objective(plain.cost, 7.0))
    assert moved.offset == 0.0
    assert (moved.lower[-1], moved.upper[-1], moved.cost[-1]) == (1.0, 1.0, 7.0)
    before = solved(plain).objective
    assert before is not None and solved(moved).objective == pytest.approx(before + 7.0)


def test_each_family_says_what_it_probes() -> None:
    """One sentence each, and sizes that grow."""
    assert len(BY_NAME) == len(FAMILIES)
    for family in FAMILIES:
        assert family.about.endswith(".") and ". " not in family.about
        numbers = [size.number for size in family.sizes]
        assert numbers == sorted(set(numbers))


def test_an_unknown_size_and_seed_are_refused_at_once() -> None:
    """The message names the sizes with what they mean, and the seeds."""
    with pytest.raises(UsageError) as refused:
        NET_MESH.make("xs", -1)
    assert str(refused.value).splitlines() == [
        "size of net-mesh is 'xs' (did you mean 'XS'?); allowed: XS, S, M, L, XL (2, 4, 8, 14, 25 nodes on a side)",
        "seed of net-mesh is -1; allowed: a whole number, 0 to 9223372036854775807",
    ]


@pytest.mark.parametrize("seed", [True, 1.5, "1", 2**63])
def test_what_is_no_seed_is_refused(seed: int) -> None:
    """True is no 1 here, and text no number."""
    with pytest.raises(UsageError, match=r"^seed of net-mesh is .*; allowed: a whole number"):
        NET_MESH.make("XS", seed)


def test_an_unknown_family_is_refused() -> None:
    """The message names the nearest, and all that there are."""
    assert family_called("net-mesh") is NET_MESH
    with pytest.raises(UsageError, match=r"^no family of instances is called 'netmesh' \(did you mean 'net-mesh'\?\);"):
        family_called("netmesh")


@pytest.mark.parametrize("shape", ["tree", "mesh"])
@pytest.mark.parametrize("size", ["XS", "S"])
@pytest.mark.some(1)
def test_formulations_of_one_network_have_equal_optima(shape: str, size: str) -> None:
    """However a network is written, the least cost is the same; and the tighter, the higher its relaxation."""
    forms = [family for family in NET_FORMS if family.drawn_as == f"net-form-{shape}"]
    assert len(forms) == (4 if shape == "tree" else 3)
    programs = [family.make(size, 3).matrices for family in forms]
    optima = [solved(program).objective for program in programs]
    assert optima == pytest.approx([optima[0]] * len(forms), rel=1e-6)
    relaxed = [solved(program.relaxed()).objective for program in programs]
    aggregated, tightened, commodity = (value or 0.0 for value in relaxed[:3])
    assert aggregated <= tightened + 1e-6 and tightened <= commodity + 1e-6
