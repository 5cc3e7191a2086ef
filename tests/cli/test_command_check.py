"""The command `check`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


RICH = "pot,period,amount\nfund,2026,9\nfund,2030,9\n"
"""Budgets that can pay for every start, so that nothing is to be warned of."""


def test_a_valid_instance_is_counted(write_town: Callable[..., Path], run: Run) -> None:
    """A valid instance: exit code 0, and one line that counts tables and rows."""
    # Rows: 2 periods, 2 sites, 2 processes, 3 routes, 4 options, 22 prices, 1 area, 2 headroom,
    # 1 pot, 2 budgets, 1 support = 42; the four tables of networks hold none.
    ended = run("check", write_town(budgets=RICH))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "town: 15 tables, 42 rows, no problems, no warnings\n"


def test_every_problem_is_told_at_once(write_town: Callable[..., Path], run: Run) -> None:
    """Two faults in two files: both on standard error with their places, exit code 2."""
    town = write_town(
        areas="area,name,queue\ntown,The town,-3.0\n",
        pots="pot,name,carry_over\nfund,The fund,2\n",
    )
    ended = run("check", town)
    assert ended.code == 2
    assert ended.err == (
        "areas.csv:2: column 'queue' is -3.0; allowed: 0 MW or more\n"
        "pots.csv:2: column 'carry_over' is 2; allowed: 0 or 1\n"
    )
    assert ended.out.endswith("2 problems, no warnings\n")


def test_a_warning_stops_nothing(write_town: Callable[..., Path], run: Run) -> None:
    """An area without a site is a warning: told apart, exit code 0."""
    ended = run("check", write_town(areas="area,name\ntown,The town\nmoor,The moor\n", budgets=RICH))
    assert ended.code == 0
    assert ended.err.startswith("warning: areas.csv:3: ")
    assert ended.out == "town: 15 tables, 43 rows, no problems, 1 warning\n"


def test_machines_get_the_same_as_json(write_town: Callable[..., Path], run: Run) -> None:
    """With --json, standard output is JSON and nothing else, and standard error is empty."""
    ended = run("check", write_town(areas="area,name,queue\ntown,The town,-3.0\n"), "--json")
    assert (ended.code, ended.err) == (2, "")
    assert json.loads(ended.out) | {"tables": 0, "rows": 0} == {
        "valid": False,
        "tables": 0,
        "rows": 0,
        "problems": [
            {
                "file": "areas.csv",
                "line": 2,
                "column": "queue",
                "text": "column 'queue' is -3.0; allowed: 0 MW or more",
            }
        ],
        "warnings": [],
    }


def test_a_scenario_that_breaks_a_rule_is_a_problem(town: Path, run: Run) -> None:
    """The instance is right by itself, but one of its scenarios makes headroom negative."""
    text = (town / "scenarios.toml").read_text(encoding="utf-8").replace("set = 2.0", "set = -2.0")
    (town / "scenarios.toml").write_text(text, encoding="utf-8")
    ended = run("check", town)
    assert ended.code == 2
    assert "early-grid" in ended.err


def test_a_folder_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    """No folder: exit code 2, no traceback."""
    ended = run("check", tmp_path / "nowhere")
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert "nowhere" in ended.err
