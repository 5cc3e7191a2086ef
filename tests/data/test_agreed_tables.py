"""Instances and faults that were agreed on with others who read the format."""

import csv
from pathlib import Path

import pytest

from routeplan.data.read import check

ROUNDS = range(8)
"""Instances of a kind are numbered from 0 to 5 at least."""


@pytest.mark.parametrize("number", ROUNDS)
@pytest.mark.nightly
def test_agreed_instances_are_read(shared_data: Path, number: int) -> None:
    """Those of each kind obey every rule, under each of their scenarios too."""
    folders = sorted((shared_data / "agreed" / "instances").glob(f"*-{number}"))
    found = {folder.name: [str(problem) for problem in check(folder).problems] for folder in folders}
    assert found == {folder.name: [] for folder in folders}
    assert len(folders) == (9 if number < 6 else 1)


def test_all_agreed_instances_are_in_a_round(shared_data: Path) -> None:
    """There are 56, and the test above leaves none of them out."""
    numbers = [folder.name.rpartition("-")[2] for folder in (shared_data / "agreed" / "instances").iterdir()]
    assert len(numbers) == 56
    assert set(numbers) == set(map(str, ROUNDS))


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.nightly
def test_agreed_faults_are_found_where_they_are(shared_data: Path, half: int) -> None:
    """Each of the 46 odd ones is refused at the place given, or accepted."""
    faults = shared_data / "agreed" / "faults"
    with (faults / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[half::2]
    wrong = [row["variant"] for row in rows if not _as_agreed(row, faults / row["variant"])]
    assert (wrong, len(rows)) == ([], 23)


def _as_agreed(row: dict[str, str], folder: Path) -> bool:
    """Whether the first problem is at the place given (of which an empty part matches anything)."""
    problems = check(folder).problems
    if row["expect"] == "accepted":
        return problems == ()
    return bool(problems) and all(
        (not row[part] or str(getattr(problems[0], part)) in row[part].split("|"))
        for part in ("file", "line", "column")
    )
