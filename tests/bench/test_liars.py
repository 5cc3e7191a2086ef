"""Solvers that lie, hang, crash or take all the memory: each is caught and named, and stops no other."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from liars import planted
from typer.testing import CliRunner

from routeplan.bench import run_suite
from routeplan.cli.main import app
from routeplan.cli.output import OUT
from routeplan.runs import process
from routeplan.runs.folder import PRINTED
from routeplan.runs.records import read_records

pytestmark = pytest.mark.slow

OPTIMUM = 243.0
"""Of net-tree-XS-0, by construction."""

SUITE = """about: What liars say.
seconds: {seconds}
memory: 400
instances: [{{family: {family}, size: XS}}]
settings: [{settings}]
"""

TREE = ["honest", "better_objective", "far_bound", "higher_bound", "broken_row", "bent_row", "half_a_point"]
TREE += ["infeasible", "before_it_began", "own_word", "eat", "crash", "secret"]

FEW = ["honest", "better_objective", "far_bound", "crash", "secret"]
"""Of each sort one, for each change."""

Checked = dict[str, Any]


@pytest.fixture(scope="module")
def asked(pytestconfig: pytest.Config) -> list[str]:
    """Who is asked for the tree: all of them every night, a few at each change."""
    return TREE if pytestconfig.getoption("all") else FEW


@pytest.fixture(scope="module")
def place(asked: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which they have run; a run is ended soon after its time."""
    folder = tmp_path_factory.mktemp("liars")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_suite, "WORKER", 0.0)
        patch.setattr(process, "GRACE", 0.2)
        settings = planted(folder, patch)
        ran(folder, settings, "tree", family="net-tree", seconds=20, settings=", ".join(asked))
        if asked == TREE:
            patch.setattr(run_suite, "LATE", 0.5)
            ran(folder, settings, "cut", family="infeasible-cut", seconds=1, settings="hang")
        yield folder


def ran(folder: Path, known: Path, suite: str, **told: object) -> None:
    """Run a suite, as typed."""
    file = folder / f"{suite}.yaml"
    file.write_text(SUITE.format(**told), encoding="utf-8")
    words = ["--suite", file, "--out", folder / "runs", "--settings", known, "--at-once", 2]
    ended = CliRunner().invoke(app, ["bench", "run", *map(str, words)])
    assert ended.exit_code == 0, ended.output


@pytest.fixture(scope="module")
def told(place: Path) -> tuple[int, Checked, str]:
    """Exit code, and what the check tells as JSON and on standard error."""
    ended = CliRunner().invoke(app, ["bench", "check", str(place / "runs"), "--json"])
    return ended.exit_code, json.loads(ended.stdout), ended.stderr


WRONG = {
    "better_objective": ("wrong_objective", f"claims the objective {OPTIMUM - 1:g}; its point has {OPTIMUM:g}"),
    "far_bound": ("wrong_optimal", f"calls {OPTIMUM:g} optimal with a bound of {0.9 * OPTIMUM:g}; the gap of 0.0001"),
    "higher_bound": ("wrong_bound", f"claims that nothing is below {OPTIMUM + 1:g}; the"),
    "broken_row": ("wrong_point", " by 0.0003; allowed: 0.0001"),
    "half_a_point": ("wrong_point", "cannot be checked: it has the shape (14,); allowed: (15,)"),
    "infeasible": ("wrong_infeasible", "claims that there is no point; "),
}


@pytest.mark.parametrize("liar", WRONG)
@pytest.mark.some(2)
def test_a_lie_is_caught_and_named(liar: str, told: tuple[int, Checked, str]) -> None:
    """By a sentence with its numbers and the solver's name; the run counts as unsolved, and its time as the limit."""
    verdict, sentence = WRONG[liar]
    run = next(run for run in told[1]["runs"] if run["setting"] == liar)
    assert (run["verdict"], run["solved"], run["seconds"]) == (verdict, False, run["limit"])
    mine = [said for said in told[1]["wrong"] if liar in said]
    assert len(mine) == 1
    assert sentence in mine[0]


def test_wrong_answers_end_with_code_1_and_are_counted(asked: list[str], told: tuple[int, Checked, str]) -> None:
    """All that are wrong, and nobody else."""
    code, checked, error = told
    liars = {name for name in asked if name in WRONG}
    assert code == 1
    assert re.search(rf"wrong, and counted as unsolved: {len(liars)} runs?\n", error)
    assert {run["setting"] for run in checked["runs"] if run["verdict"] != "ok"} == liars


@pytest.mark.parametrize("name", ["honest", "secret", "bent_row", "before_it_began"])
@pytest.mark.some(2)
def test_who_does_not_lie_is_believed(name: str, told: tuple[int, Checked, str]) -> None:
    """A row may be missed by less than the tolerance; the time is that of our own clock, whatever a solver says."""
    run = next(run for run in told[1]["runs"] if run["setting"] == name)
    assert (run["verdict"], run["solved"], run["ended"]) == ("ok", True, "optimal")
    assert 0.0 < run["seconds"] <= run["wall"]


@pytest.mark.parametrize(
    ("name", "ended", "why"),
    [
        ("crash", "crashed", "ended by signal SIGABRT"),
        ("hang", "time", "took more than 1.5 s"),
        ("eat", "memory", "MB; allowed: 400 MB"),
        ("own_word", "raised", "ValueError: 'solved' is not a valid Status"),
    ],
)
@pytest.mark.some(1)
def test_what_breaks_down_is_told_and_is_no_wrong_answer(
    name: str, ended: str, why: str, place: Path, told: tuple[int, Checked, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is ended, counts as unsolved, and is listed by itself with its reason."""
    run = next(run for run in told[1]["runs"] if run["setting"] == name)
    assert (run["verdict"], run["ended"], run["solved"], run["objective"]) == ("ok", ended, False, None)
    monkeypatch.setattr(OUT, "width", 250)
    shown = CliRunner().invoke(app, ["bench", "check", str(place / "runs")]).stdout
    listed = shown.partition("Runs that did not return")[2].partition("Settings")[0]
    line = next(line for line in listed.splitlines() if f" {name} " in line)
    assert ended in line
    assert why in line


@pytest.mark.nightly
def test_the_memory_that_was_too_much_is_told(place: Path) -> None:
    """As it was when the run was ended: more than the limit of 400 MB."""
    records = read_records(place / "runs").records
    outcome = next(each.outcome for each in records if each.about["setting"] == "eat")
    taken = re.fullmatch(r"took ([\d,]+) MB; allowed: 400 MB", outcome.told)
    assert taken is not None
    assert 400 <= float(taken[1].replace(",", "")) <= outcome.usage.peak + 1


def test_of_what_it_printed_the_last_is_kept(place: Path) -> None:
    """2,000 letters of much more."""
    records = read_records(place / "runs").records
    printed = next(each.outcome.printed for each in records if each.about["setting"] == "crash")
    assert len(printed) == PRINTED
    assert printed.partition("last words")[0] == "é" * (PRINTED - len(" last words\n")) + " "


def test_results_that_may_not_be_published_are_named(told: tuple[int, Checked, str]) -> None:
    """On standard error, once, with the solver; and in each row of the table."""
    assert "may not be published" in told[2]
    assert "secret" in told[2]
    assert {run["setting"] for run in told[1]["runs"] if not run["publishable"]} == {"secret"}


def test_bench_list_tells_what_may_not_be_published_and_what_cannot_be_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package with a mistake takes no other solver with it."""
    planted(tmp_path, monkeypatch, broken="liars:NOBODY")
    monkeypatch.setattr(OUT, "width", 250)
    ended = CliRunner().invoke(app, ["bench", "list"])
    assert ended.exit_code == 0, ended.output
    rows = {line.split()[0]: line for line in ended.stdout.partition("Solvers")[2].splitlines() if line.strip()}
    assert rows["secret"].split() == ["secret", "1.0", "no"]
    assert rows["honest"].split() == ["honest", "1.0", "yes"]
    assert "cannot be loaded" in rows["broken"]
    assert "breaks down: OSError: no licence" in rows["unprepared"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("broken", "broken: the solver 'broken' (liars:NOBODY) cannot be loaded: "),
        ("unprepared", "unprepared: the solver 'unprepared' breaks down: OSError: no licence"),
    ],
)
def test_a_package_with_a_mistake_is_refused_by_name(
    name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything runs."""
    settings = planted(tmp_path, monkeypatch, broken="liars:NOBODY")
    words = ["--suite", "smoke", "--out", str(tmp_path / "runs"), "--settings", str(settings), "--setting", name]
    ended = CliRunner().invoke(app, ["bench", "run", *words])
    assert ended.exit_code == 2
    assert ended.stderr.startswith(said)
    assert not (tmp_path / "runs").exists()
