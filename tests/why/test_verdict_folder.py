"""Verdicts in a folder: written with the plan beside them, and read back."""

from pathlib import Path

import pandas as pd
import pytest

from judged import ALL, FUND
from routeplan.errors import DataError, UsageError
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.why.files import write_verdicts
from routeplan.why.read import read_verdicts
from routeplan.why.tables import verdict_tables
from routeplan.why.told import Told
from small import best, small


@pytest.fixture(scope="module")
def result() -> Result:
    """Oven and kiln both move in 2030."""
    return best(small(**FUND))


@pytest.fixture
def folder(result: Result, tmp_path: Path) -> Path:
    return write_verdicts(result, verdict_tables(result, ALL), tmp_path / "verdicts")


def test_what_is_read_back_makes_the_same_tables(result: Result, folder: Path) -> None:
    """Of every kind of verdict, with the plan that they were held against."""
    plan, judged = read_verdicts(folder)
    assert plan.instance.sha256 == result.instance.sha256
    found = verdict_tables(plan, judged)
    for name, table in verdict_tables(result, ALL).items():
        pd.testing.assert_frame_equal(found[name], table, check_dtype=False)


def test_what_is_read_back_is_told_in_the_same_words(result: Result, folder: Path) -> None:
    """Amounts and years of limits too, and what is ruled out by something besides the limits."""
    plan, judged = read_verdicts(folder)
    before, after = Told(result, Words()), Told(plan, Words())
    assert [after.reasons(each) for each in judged] == [before.reasons(each) for each in ALL]
    assert [after.verdict(each) for each in judged] == [before.verdict(each) for each in ALL]
    assert [after.worth(each) for each in judged] == [before.worth(each) for each in ALL]


def test_verdicts_without_their_plan_are_refused(folder: Path) -> None:
    """Names of sites and areas are in the plan alone."""
    (folder / "plan").rename(folder / "moved")
    with pytest.raises(UsageError, match="holds verdicts without the plan"):
        read_verdicts(folder)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    """With what is allowed."""
    with pytest.raises(UsageError, match=r"holds no verdicts; allowed: a folder with projects\.csv, blockers\.csv"):
        read_verdicts(tmp_path)


@pytest.mark.some(5)
def test_a_project_with_two_rows_is_told(folder: Path) -> None:
    """It would count twice: the line of the second is named."""
    path = folder / "projects.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_verdicts(folder)
    assert [(problem.file, problem.line) for problem in refused.value.problems] == [("projects.csv", len(lines) + 1)]
    assert "has a row already" in str(refused.value)


@pytest.mark.some(5)
@pytest.mark.parametrize(
    ("file", "change", "line"),
    [
        ("projects.csv", ("later,bakery,oven,electric", "later,bakery,oven,boiler"), 4),
        ("projects.csv", ("later,bakery,oven,electric,2030", "later,bakery,oven,electric,2031"), 4),
        ("projects.csv", ("later,bakery", "later,tiles"), 4),
        ("projects.csv", ("not_known", "perhaps"), 9),
        ("blockers.csv", ("later,1,grid", "later,1,weather"), 2),
        ("blockers.csv", ("later,1,grid", "later,1,route"), 2),
        ("blockers.csv", ("later,1,grid,town,", "later,1,grid,town east,"), 2),
        ("blockers.csv", ("later,1,grid,town,4", "later,1,link_capacity,town,4"), 2),
        ("blockers.csv", ("later,1,grid,town,4", "later,1,grid,moon,4"), 2),
        ("blockers.csv", ("later,1,grid", "nobody,1,grid"), 2),
        ("liftings.csv", ("later,1", "nobody,1"), 3),
    ],
)
def test_rows_that_are_not_of_the_plan_are_told(folder: Path, file: str, change: tuple[str, str], line: int) -> None:
    """By file and line, never by a fault of ours."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(change[0]) == 1
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_verdicts(folder)
    assert next((problem.file, problem.line) for problem in refused.value.problems) == (file, line)


@pytest.mark.parametrize(
    ("file", "change"), [("projects.csv", ("firm,1", "firm,perhaps")), ("liftings.csv", ("later,1", "later,"))]
)
def test_cells_that_cannot_be_read_are_told(folder: Path, file: str, change: tuple[str, str]) -> None:
    """With their file."""
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_verdicts(folder)
    assert {problem.file for problem in refused.value.problems} == {file}


def test_the_plan_is_replaced_with_the_verdicts(result: Result, folder: Path) -> None:
    """A note of one's own stays."""
    (folder / "note.txt").write_text("mine", encoding="utf-8")
    (folder / "plan" / "old.txt").write_text("old", encoding="utf-8")
    write_verdicts(result, verdict_tables(result, ALL[:1]), folder, overwrite=True)
    assert (folder / "note.txt").read_text(encoding="utf-8") == "mine"
    assert not (folder / "plan" / "old.txt").exists()
    assert len(read_verdicts(folder)[1]) == 1
