"""The command `shortfall`, and what `solve` tells of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from routeplan.cli import shortfall_tables

Run = Callable[..., Any]

# Of the kiln's 4 kt/yr and the oven's 2, at most 3 may be emitted in 2030. The kiln has no room for 20 MW of 2, so that
# it emits 4: one too many.
MISSING = (
    "Without 1 kt/yr more emissions in 2030 (target of all sites: 3 kt/yr) there is no plan, if all else stays as it "
    "is.\n"
)


def test_what_is_missing_is_printed(town_without_plan: Path, run: Run) -> None:
    """The excess, and limits that cannot hold together; exit code 1, as there is no plan."""
    ended = run("shortfall", town_without_plan)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.startswith(MISSING)
    assert "These cannot hold together:\n- target of all sites in 2030: 3 kt/yr\n" in ended.out
    assert ended.out.endswith("first years, maintenance stops and missing links.\n")


@pytest.mark.nightly
def test_it_is_told_in_dutch(town_without_plan: Path, run: Run) -> None:
    """With the digits and units of the language."""
    ended = run("shortfall", town_without_plan, "--language", "nl")
    assert ended.out.startswith(
        "Zonder 1 kt/jaar meer uitstoot in 2030 (doel voor alle locaties: 3 kt/jaar) is er geen plan, als al het "
        "andere blijft zoals het is.\nDeze limieten gaan niet samen:\n- doel voor alle locaties in 2030: 3 kt/jaar\n"
    )


def test_machines_get_json(town_without_plan: Path, run: Run) -> None:
    """The tables, what is proven, and the text."""
    ended = run("shortfall", town_without_plan, "--json")
    found = json.loads(ended.out)
    assert (ended.code, found["instance"], found["scenario"]) == (1, "town", None)
    assert (found["possible"], found["smallest"], found["minimal"]) == (False, True, True)
    assert found["excesses"] == [
        {
            "kind": "target",
            "place": "all",
            "period": "2030",
            "excess": pytest.approx(1.0),
            "limit": 3.0,
            "unit": "kt/yr",
        }
    ]
    assert {limit["kind"] for limit in found["conflict"]} >= {"target", "grid"}
    assert found["text"][0] == MISSING.strip()


def test_files_are_written(town_without_plan: Path, run: Run) -> None:
    """Excesses and conflict as CSV, and the text."""
    ended = run("shortfall", town_without_plan, "--out", "missing")
    excesses = pd.read_csv("missing/excesses.csv")
    assert excesses["kind"].tolist() == ["target"]
    assert excesses["excess"].tolist() == pytest.approx([1.0])
    assert set(pd.read_csv("missing/conflict.csv")["kind"]) >= {"target", "grid"}
    assert Path("missing/shortfall.txt").read_text(encoding="utf-8") == ended.out


def test_an_instance_with_a_plan_lacks_nothing(town: Path, run: Run) -> None:
    """One line, and exit code 0."""
    ended = run("shortfall", town)
    assert (ended.code, ended.out, ended.err) == (0, "There is a plan: nothing falls short.\n", "")


@pytest.mark.nightly
def test_a_scenario_is_applied_first(write_town: Callable[..., Path], run: Run) -> None:
    """As read the cap is 4, which the kiln emits; under the scenario it is 3."""
    town = write_town(targets="scope,period,cap\nall,2030,4\n", budgets="pot,period,amount\nfund,2030,99\n")
    (town / "scenarios.toml").write_text(
        '[[scenario]]\nname = "lower"\n[[scenario.change]]\ntable = "targets"\ncolumn = "cap"\nset = 3.0\n',
        encoding="utf-8",
    )
    assert run("shortfall", town).code == 0
    assert run("shortfall", town, "--scenario", "lower").out.startswith(MISSING)


def test_no_time_is_no_answer(town_without_plan: Path, run: Run) -> None:
    """It is said, with exit code 1."""
    ended = run("shortfall", town_without_plan, "--seconds", "1e-9")
    assert ended.code == 1
    assert ended.out == "The time was up before it was known whether there is a plan, and what falls short.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--seconds", "0"), "seconds is 0.0; allowed: more than 0, and finite\n"),
        (("--out", "missing.xlsx"), "missing.xlsx is the name of a workbook; allowed: the name of a folder\n"),
    ],
)
def test_what_makes_no_sense_is_refused(town: Path, run: Run, words: tuple[str, ...], said: str) -> None:
    """Exit code 2."""
    ended = run("shortfall", town, *words)
    assert (ended.code, ended.out, ended.err) == (2, "", said)


@pytest.mark.nightly
def test_a_result_is_refused(town_without_plan: Path, planned: Callable[..., Path], run: Run) -> None:
    """It is told to be one."""
    planned(town_without_plan, code=1)
    ended = run("shortfall", "town-plan")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "town-plan is a result; its instance is town-plan/instance\n"


def test_solve_tells_briefly_what_is_missing(town_without_plan: Path, run: Run) -> None:
    """The excess and the command for more."""
    ended = run("solve", town_without_plan)
    assert ended.code == 1
    assert ended.out.endswith(f"{MISSING}What is missing, and why, in full: routeplan shortfall {town_without_plan}\n")


@pytest.mark.nightly
def test_solve_tells_nothing_of_it_where_that_is_not_asked(town_without_plan: Path, run: Run) -> None:
    """With --quiet, and where JSON is asked for."""
    assert run("solve", town_without_plan, "--quiet").out == ""
    assert json.loads(run("solve", town_without_plan, "--json", "--quiet").out)["status"] == "infeasible"


@pytest.mark.nightly
def test_solve_names_the_command_alone_where_it_would_take_long(
    town_without_plan: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four options in two periods are more than seven rows."""
    monkeypatch.setattr(shortfall_tables, "BRIEF_ROWS", 7)
    ended = run("solve", town_without_plan)
    assert "Without" not in ended.out
    assert ended.out.endswith(f"in full: routeplan shortfall {town_without_plan}\n")


@pytest.mark.nightly
def test_solve_names_the_scenario_in_the_command(write_town: Callable[..., Path], run: Run) -> None:
    """What is pasted tells of the same tables."""
    town = write_town(targets="scope,period,cap\nall,2030,4\n", budgets="pot,period,amount\nfund,2030,99\n")
    (town / "scenarios.toml").write_text(
        '[[scenario]]\nname = "lower"\n[[scenario.change]]\ntable = "targets"\ncolumn = "cap"\nset = 3.0\n',
        encoding="utf-8",
    )
    ended = run("solve", town, "--scenario", "lower")
    assert ended.out.endswith("in full: routeplan shortfall town --scenario lower\n")
