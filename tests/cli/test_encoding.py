"""Names are written in any script; what is printed comes out, whatever the encoding of the output."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

NAME = "Bäckerei ’面包"
"""ASCII lacks four of its letters, Latin-1 three, and cp1252, of Windows, two."""


def printed(encoding: str, *words: str | Path, code: int = 0) -> tuple[str, str]:
    """Output and messages of the program where both have an encoding."""
    ended = subprocess.run(
        [sys.executable, "-m", "routeplan", *map(str, words)],
        env=os.environ | {"PYTHONIOENCODING": encoding, "COLUMNS": "200"},
        capture_output=True,
        check=False,
        timeout=120,
    )
    out, err = ended.stdout.decode(encoding), ended.stderr.decode(encoding)
    assert ended.returncode == code, out + err
    assert "fault" not in err
    return out, err


@pytest.fixture
def town(town: Path) -> Path:
    """The town, whose sites, ids and scenario have names in several scripts."""
    for file in town.iterdir():
        text = file.read_text(encoding="utf-8").replace("The bakery", NAME).replace("The town", "’面")
        text = text.replace("oven", "öven").replace("early-grid", "frühes-grid").replace("brickworks", "砖-brickworks")
        file.write_text(text, encoding="utf-8")
    return town


@pytest.fixture
def plan(town: Path, planned: Callable[..., Path]) -> Path:
    """A plan of the town."""
    return planned(town, out="plän")


@pytest.mark.nightly
def test_a_solve_prints_names_that_ascii_lacks(town: Path) -> None:
    """A question mark stands for each character; progress goes to standard error, plain, since that is no terminal."""
    out, progress = printed("ascii", "solve", town, "--scenario", "frühes-grid", "--out", "früh")
    assert "town, scenario fr?hes-grid\n" in out
    assert " s  build" in progress


COMMANDS = [
    (("show", "plän", "--sites"), "B?ckerei ???"),
    (("report", "plän"), "The page is pl?n.html"),
    (("compare", "plän", "früh"), "fr?hes-grid"),
    (("scenarios", "town"), "fr?hes-grid"),
    (("check", "town"), "\ntown: "),
]


@pytest.mark.parametrize(("command", "told"), COMMANDS)
@pytest.mark.nightly
def test_every_command_prints_names_that_ascii_lacks(
    town: Path, plan: Path, planned: Callable[..., Path], command: tuple[str, ...], told: str
) -> None:
    """A question mark stands for each character of tables and of names of folders; files have their names in full."""
    planned(town, "--scenario", "frühes-grid", out="früh")
    assert told in printed("ascii", *command)[0]
    assert Path("plän.html").exists() == (command[0] == "report")


@pytest.mark.parametrize(("encoding", "shown"), [("cp1252", "Bäckerei ’??"), ("latin-1", "Bäckerei ???")])
@pytest.mark.nightly
def test_what_an_encoding_has_is_printed(plan: Path, encoding: str, shown: str) -> None:
    """Only what it lacks is replaced."""
    assert shown in printed(encoding, "show", plan, "--sites")[0]


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "cp1252"])
@pytest.mark.nightly
def test_json_holds_every_character(plan: Path, encoding: str) -> None:
    """What the encoding lacks is escaped, so that programs read the names as they are."""
    shown = json.loads(printed(encoding, "show", plan, "--sites", "--json")[0])
    assert {row["site"] for row in shown["emissions_by_site"]} == {"bakery", "砖-brickworks"}


@pytest.mark.nightly
def test_errors_are_told_with_what_can_be_told(town: Path) -> None:
    """Input that is refused ends with exit code 2, not as a fault of the program."""
    (town / "areas.csv").write_text("area,name\n面,\n", encoding="utf-8")
    told = "headroom.csv:2: column 'area' is town; allowed: an id listed in areas.csv"
    assert told in printed("ascii", "check", town, code=2)[1]
    assert "\n  B?ckerei ???: does not exist" in printed("ascii", "solve", NAME, code=2)[1]
    problems = json.loads(printed("ascii", "check", NAME, "--json", code=2)[0])["problems"]
    assert problems[0]["file"] == NAME
