"""Completion of commands, options and paths, by the protocol that shells speak."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from routeplan.cli.completion import instances, results

ROOT = Path(__file__).parents[2]

PROGRAM = "import sys; sys.argv = ['routeplan']; from routeplan.__main__ import main; main()"
"""The program under the name that it is installed with."""


def completed(line: str) -> list[str]:
    """What bash is told when Tab is pressed at the end of a line."""
    words = line.split(" ")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_ROUTEPLAN_COMPLETE": "complete_bash"}
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=os.environ | asked, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ended.stderr == ""
    return ended.stdout.split()


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("routeplan sol", ["solve"]),
        ("routeplan import cap", ["capacity"]),
        ("routeplan solve --all", ["--all-scenarios"]),
        ("routeplan solve instances/ti", ["instances/tiny"]),
        ("routeplan import capacity --into instances/ach", ["instances/achterhoek"]),
        ("routeplan demo t", ["tiny"]),
        ("routeplan report --language ", ["en", "nl"]),
        ("routeplan show instances/ti", []),
    ],
)
@pytest.mark.some(3)
def test_bash_is_told_what_may_stand_there(line: str, answers: list[str]) -> None:
    """Commands, options, words of a closed list, and folders of instances; an instance is no result to show."""
    assert completed(line) == answers


def test_the_script_of_a_shell_is_shown() -> None:
    """What has to be sourced names the program and its variable."""
    asked = {"_ROUTEPLAN_COMPLETE": "source_bash"}
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=os.environ | asked, capture_output=True, text=True, check=True
    )
    assert "_ROUTEPLAN_COMPLETE=complete_bash" in ended.stdout
    assert ended.stdout.rstrip().endswith(" routeplan")


def test_instances_workbooks_and_results_are_told_apart(
    town: Path, planned: Callable[..., Path], tmp_path: Path, run: Callable[..., object]
) -> None:
    """In the folder that is typed so far, and in its folders; what lies deeper, or is something else, is not told."""
    planned(town, out="inner/plan")
    run("export", "excel", town, "--out", "town.xlsx")
    (tmp_path / "~$town.xlsx").touch()
    (tmp_path / "notes").mkdir()
    assert instances("") == ["town", "town.xlsx"]
    assert instances("to") == ["town", "town.xlsx"]
    assert instances("inner/plan/") == [os.path.join("inner/plan", "instance")]  # noqa: PTH118
    assert results("") == [os.path.join("inner", "plan")]  # noqa: PTH118
    assert results("inner/p") == [os.path.join("inner", "plan")]  # noqa: PTH118
    assert instances(f"{tmp_path}{os.sep}tow") == [str(tmp_path / "town"), str(tmp_path / "town.xlsx")]


def test_names_that_need_quotes_are_left_to_the_shell(town: Path) -> None:
    """Bash does not quote what it is told, but does quote the names of files that it finds itself."""
    town.rename("the town")
    assert instances("the") == []


def test_what_is_hidden_is_told_only_to_who_asks(town: Path) -> None:
    """A name with a point before it, as of files everywhere."""
    town.rename(".town")
    assert instances("") == []
    assert instances(".t") == [".town"]


def test_nothing_is_told_of_what_is_not_there(town: Path) -> None:
    """A folder that is none, and a file in the place of one."""
    assert instances("nowhere/x") == []
    assert instances("town/sites.csv/x") == []
