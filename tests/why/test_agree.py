"""Tables of verdicts that do not agree with each other: what is lost of one is no proof of anything."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from judged import ALL, FUND
from routeplan.errors import DataError, UsageError
from routeplan.result.result import Result
from routeplan.why.files import write_verdicts
from routeplan.why.judged import Blockers, Judged, Verdict
from routeplan.why.read import read_verdicts
from routeplan.why.tables import verdict_tables
from small import best, small

Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture(scope="module")
def result() -> Result:
    return best(small(**FUND))


@pytest.fixture(scope="module")
def written(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_verdicts(result, verdict_tables(result, ALL), tmp_path_factory.mktemp("verdicts") / "verdicts")


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """The same tables, and the one plan."""
    for file in written.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "plan").symlink_to(written / "plan", target_is_directory=True)
    return tmp_path


def told(folder: Path, file: str, change: Change) -> list[str]:
    rows = pd.read_csv(folder / file, dtype=str, keep_default_na=False)
    change(rows).to_csv(folder / file, index=False)
    with pytest.raises(DataError) as refused:
        read_verdicts(folder)
    return [str(problem) for problem in refused.value.problems]


def without(project: str, **cells: str) -> Change:
    """Leave out the rows of a project in which these cells are so."""
    wanted = {"project": project, **cells}
    return lambda rows: rows[~(rows[list(wanted)] == list(wanted.values())).all(axis="columns")]


def with_cell(column: str, project: str, value: str) -> Change:
    return lambda rows: rows.assign(**{column: rows[column].mask(rows["project"] == project, value)})


def test_lost_blockers_are_no_proof_that_something_else_is_in_the_way(folder: Path) -> None:
    """Of each project whose sets are lost there is one line."""
    problems = told(folder, "blockers.csv", lambda rows: rows.head(0))
    assert len(problems) == sum(bool(each.found and each.found.sets) for each in ALL)
    assert problems[0] == ("projects.csv:4: column 'sets' is 1; allowed: 0, the sets of project later in blockers.csv")


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("blockers.csv", without("both", set="1", kind="grid"), "blockers.csv:4: column 'limits' is 2; allowed: 1, "),
        ("liftings.csv", lambda rows: rows.head(0), "liftings.csv: has no row of set 1 of project later; allowed: "),
        ("liftings.csv", without("both", set="2"), "liftings.csv: has no row of set 2 of project both; allowed: "),
        ("by_limit.csv", lambda rows: rows.head(1), "by_limit.csv: has no row of "),
        ("blockers.csv", without("both", set="2"), "projects.csv:6: column 'sets' is 2; allowed: 1, the sets of"),
        ("blockers.csv", with_cell("set", "stop", "2"), "blockers.csv:8: column 'set' is 2; allowed: whole numbers"),
        ("liftings.csv", with_cell("set", "stop", "2"), "liftings.csv:7: column 'set' is 2; allowed: whole numbers"),
        ("liftings.csv", with_cell("project", "stop", "beyond"), "liftings.csv:7: column 'set' is 1; allowed: no row"),
        ("liftings.csv", with_cell("saved_anew", "later", "0.5"), "liftings.csv:3: column 'saved_anew' is 0.5; all"),
        ("projects.csv", with_cell("verdict", "stop", "other_route"), "projects.csv:7: column 'verdict' is other_rou"),
        ("projects.csv", with_cell("possible_from", "longer", "2032"), "projects.csv:5: column 'possible_from' is 203"),
        ("projects.csv", with_cell("planned", "later", "gas"), "projects.csv:4: column 'planned' is gas; allowed: ele"),
        ("projects.csv", without("ahead"), "by_cause.csv:2: column 'share' is 0.25; allowed: 0.28"),
        ("by_cause.csv", lambda rows: rows.assign(projects="7"), "by_cause.csv:2: column 'projects' is 7; allowed: 2"),
        ("by_cause.csv", lambda rows: rows.assign(causes=rows["causes"] + "x"), "by_cause.csv:2: column 'causes' is"),
    ],
)
def test_what_tables_repeat_of_each_other_is_held_against_each_other(
    folder: Path, file: str, change: Change, said: str
) -> None:
    """By file, line and column."""
    problems = told(folder, file, change)
    assert any(problem.startswith(said) for problem in problems), problems


@pytest.mark.parametrize("file", ["blockers.csv", "projects.csv"])
def test_a_table_that_is_missing_is_named(folder: Path, file: str) -> None:
    """It is a folder of verdicts all the same."""
    (folder / file).unlink()
    with pytest.raises(UsageError, match=rf"holds verdicts without {file}; allowed: all tables"):
        read_verdicts(folder)


@pytest.mark.nightly
def test_something_besides_all_limits_is_read_back_of_what_is_not_known_later(result: Result, tmp_path: Path) -> None:
    """Impossible when it is wanted, proven, while the search in a later period had no answer."""
    judged = [Judged(ALL[0].wish, Verdict.NOT_KNOWN, found=Blockers((), True, False, beyond=True))]
    (read,) = read_verdicts(write_verdicts(result, verdict_tables(result, judged), tmp_path / "verdicts"))[1]
    assert read.found is not None and read.found.beyond


def test_tables_of_an_earlier_version_are_read(folder: Path) -> None:
    """Limits without what lifting them saves, and with 0 where it was not known what is avoided; sets not counted."""
    rows = pd.read_csv(folder / "by_limit.csv").drop(columns=["saved_low", "saved_high"]).assign(avoided=0.0)
    rows.to_csv(folder / "by_limit.csv", index=False)
    pd.read_csv(folder / "blockers.csv").drop(columns="limits").to_csv(folder / "blockers.csv", index=False)
    assert len(read_verdicts(folder)[1]) == len(ALL)
