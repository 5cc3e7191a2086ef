"""Instances from files: routeplan's own, and published problems."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from programs import bytes_of, solved

from routeplan.bench.families.country import country
from routeplan.bench.families.external import ExternalFamily
from routeplan.bench.families.networks import NET_PATH
from routeplan.bench.families.published import (
    LOCATION_OPTIMA,
    facility_location,
    fixed_charge_network,
    location_program,
)
from routeplan.errors import DataError, UsageError

INSTANCES = Path(__file__).parents[3] / "instances"

OPENING = np.array([7.0, 4.0, 9.0])
SERVING = np.array([[1.0, 5.0, 3.0], [6.0, 2.0, 4.0], [8.0, 7.0, 1.0], [5.0, 9.0, 2.0]])
LOCATION = """3 4
100 7.
100 4.
100 9.
10
1. 5. 3.
10
6. 2. 4.
10
8. 7. 1.
10
5. 9. 2.
"""


def least_location() -> float:
    """Each set of facilities is tried."""
    chosen = [np.array(each, dtype=bool) for each in product((False, True), repeat=3) if any(each)]
    return min(float(OPENING[each].sum() + SERVING[:, each].min(axis=1).sum()) for each in chosen)


def test_an_instance_by_its_folder() -> None:
    """Nothing is drawn: each seed makes the same, with every column bounded."""
    family = country(INSTANCES / "tiny")
    assert (family.name, family.sizes[0].name) == ("country", "tiny")
    made = family.make("tiny", 0)
    assert bytes_of(made.matrices) == bytes_of(family.make("tiny", 5).matrices)
    plain = family.make_as("plain", "tiny", 0).matrices
    assert plain.rows.shape[0] < made.matrices.rows.shape[0] and np.array_equal(plain.cost, made.matrices.cost)
    assert np.isfinite(made.matrices.upper).all() and made.matrices.offset == 0.0


def test_a_folder_that_is_no_instance_is_refused(tmp_path: Path) -> None:
    """The message is that of reading any instance."""
    with pytest.raises(DataError, match=r"holds no instance; allowed: a folder with instance\.toml"):
        country(tmp_path)


def test_a_program_from_elsewhere() -> None:
    """It is kept as it is, but for a constant, which becomes a column."""
    plain = NET_PATH.make("XS", 0)
    family = ExternalFamily("mine", "A path.", plain.matrices, plain.optimum)
    assert bytes_of(family.make("whole", 0).matrices) == bytes_of(plain.matrices)
    raised = ExternalFamily("mine", "A path.", plain.matrices.with_objective(plain.matrices.cost, 3.0))
    assert raised.make("whole", 0).matrices.rows.shape[1] == plain.matrices.rows.shape[1] + 1


def test_an_optimum_of_what_has_none_is_refused() -> None:
    """A program has an optimum, or a reason to have none."""
    with pytest.raises(UsageError, match=r"^mine has an optimum, 3, and a reason to have none; allowed: one$"):
        ExternalFamily("mine", "A path.", NET_PATH.make("XS", 0).matrices, 3.0, "the cap is too low")


def test_facility_location_against_every_set(tmp_path: Path) -> None:
    """Three facilities and four customers, read from the form of the OR-Library."""
    (tmp_path / "small.txt").write_text(LOCATION)
    made = facility_location(tmp_path / "small.txt").make("small", 0)
    assert bytes_of(made.matrices) == bytes_of(location_program(OPENING, SERVING))
    assert solved(made.matrices).objective == pytest.approx(least_location())
    assert made.optimum is None


@pytest.mark.parametrize("name", LOCATION_OPTIMA)
@pytest.mark.some(1)
def test_published_facility_location(name: str, shared_data: Path) -> None:
    """The published optimum is found."""
    made = facility_location(shared_data / "published" / f"{name}.txt").make(name, 0)
    assert solved(made.matrices).objective == pytest.approx(made.optimum, rel=1e-8)


@pytest.mark.parametrize("name", ["k10x90", "r20x100"])
@pytest.mark.nightly
def test_published_network(name: str, shared_data: Path) -> None:
    """The published optimum, which stands in the file, is found."""
    made = fixed_charge_network(shared_data / "published" / f"{name}.json").make(name, 0)
    assert made.optimum is not None
    assert solved(made.matrices).objective == pytest.approx(made.optimum, rel=1e-6)


def test_a_network_of_three_arcs(tmp_path: Path) -> None:
    """3 units from a to b: 5 + 3 x 2 = 11 straight on, and 1 + 1 + 3 x 2 = 8 by way of c, which is no one's demand.

    The arc into c carries 2 at most: 1 of 3 units must go straight on, and the two by c would save less than they cost.
    """
    arcs = [["a", "b", "1", 5, 2, 3], ["a", "c", "1", 1, 1, 3], ["c", "b", "1", 1, 1, 3]]
    told = {"name": "three", "demand": {"a": -3, "b": 3}, "arcs": arcs, "published_value": 8}
    for capacity, least in ((3, 8.0), (2, 11.0)):
        arcs[1][5] = capacity
        (tmp_path / "three.json").write_text(json.dumps(told))
        family = fixed_charge_network(tmp_path / "three.json")
        assert (family.name, family.size, family.optimum) == ("fixed-charge-network", "three", 8.0)
        assert solved(family.make("three", 0).matrices).objective == pytest.approx(least)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LOCATION + "1.", r"holds 25 numbers; allowed: 24 \(facilities and customers"),
        ("3", r"is no facility location"),
        ("3 4\n100 seven", r"small\.txt:2: is '100 seven'; allowed: numbers alone"),
    ],
)
def test_what_is_no_facility_location_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """The message says how many numbers there should be, or where there is none."""
    (tmp_path / "small.txt").write_text(text)
    with pytest.raises(DataError, match=said):
        facility_location(tmp_path / "small.txt")


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"name": "two"}', '{"name": "x", "demand": {}, "arcs": [1], "published_value": 1}']
)
def test_what_is_no_network_is_refused(tmp_path: Path, text: str) -> None:
    """The message says which keys there should be."""
    (tmp_path / "two.json").write_text(text)
    with pytest.raises(DataError, match=r"is no fixed-charge network; allowed: an object with name, demand, arcs"):
        fixed_charge_network(tmp_path / "two.json")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """One line, and no traceback."""
    with pytest.raises(DataError, match=r"cap0\.txt: cannot be read; allowed: a text file that is there"):
        facility_location(tmp_path / "cap0.txt")
