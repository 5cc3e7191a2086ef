"""The command `check`."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

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


WORDS = ["".join(letters) for letters in product("abcde", repeat=2)]


def many_areas(number: int) -> str:
    """A table of areas of which this number has a word for its queue, each another."""
    return "area,name,queue\ntown,The town,0\n" + "".join(f"a{row},Area,{WORDS[row]}\n" for row in range(number))


def test_problems_that_say_the_same_are_one_line(write_town: Callable[..., Path], run: Run) -> None:
    """A hundred queues of -1: one line that names the first ones; with --all each has its own."""
    areas = "area,name,queue\ntown,The town,0\n" + "".join(f"a{row},Area,-1\n" for row in range(100))
    town = write_town(areas=areas)
    assert run("check", town).err == (
        "areas.csv:3: column 'queue' is -1.0; allowed: 0 MW or more "
        "(and the like in 99 rows more: 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 89 more)\n"
    )
    assert run("solve", town).err.startswith("100 problems in the input:\n  areas.csv:3: column 'queue' is -1.0; ")
    assert len(run("check", town, "--all").err.splitlines()) == 100


def test_long_lists_are_cut_file_by_file(write_town: Callable[..., Path], run: Run) -> None:
    """Of 23 problems in one file, 20 are shown and 3 counted; the one in another file is not lost among them."""
    town = write_town(areas=many_areas(23), pots="pot,name,carry_over\nfund,The fund,2\n")
    ended = run("check", town)
    assert ended.code == 2
    lines = ended.err.splitlines()
    assert [line.partition("; ")[0] for line in lines[:20]] == [
        f"areas.csv:{line}: column 'queue' is {word}" for line, word in zip(range(3, 23), WORDS, strict=False)
    ]
    assert lines[20:] == [
        "areas.csv: and 3 more (all of them: --all)",
        "pots.csv:2: column 'carry_over' is 2; allowed: 0 or 1",
    ]
    assert ended.out.endswith(" rows, 24 problems, no warnings\n")
    assert len(run("check", town, "--all").err.splitlines()) == 24
    assert len(json.loads(run("check", town, "--json").out)["problems"]) == 24


def test_twenty_problems_are_all_shown(write_town: Callable[..., Path], run: Run) -> None:
    """Nothing is cut where nothing is gained."""
    lines = run("check", write_town(areas=many_areas(20))).err.splitlines()
    assert len(lines) == 20
    assert lines[-1].startswith("areas.csv:22: ")


def test_other_commands_cut_the_list_too(write_town: Callable[..., Path], run: Run) -> None:
    """Solving what has 23 problems tells their number, the first 20, and how to see all."""
    lines = run("solve", write_town(areas=many_areas(23))).err.splitlines()
    assert lines[0] == "23 problems in the input:"
    assert len(lines) == 22
    assert lines[-1] == "  areas.csv: and 3 more (all of them, of an instance: routeplan check FOLDER --all)"


@pytest.mark.some(1)
@pytest.mark.parametrize("command", ["check", "solve"])
def test_a_result_is_called_what_it_is(town: Path, planned: Callable[..., Path], run: Run, command: str) -> None:
    """Where an instance is wanted, a result is refused, and its instance named."""
    planned(town)
    assert run(command, "town-plan") == (2, "", "town-plan is a result; its instance is town-plan/instance\n")


def test_a_warning_stops_nothing(write_town: Callable[..., Path], run: Run) -> None:
    """An area without a site is a warning: told apart, exit code 0."""
    ended = run("check", write_town(areas="area,name\ntown,The town\nmoor,The moor\n", budgets=RICH))
    assert ended.code == 0
    assert ended.err.startswith("warning: areas.csv:3: ")
    assert ended.out == "town: 15 tables, 43 rows, no problems, 1 warning\n"


MOOR = "area,name\ntown,The town\nmoor,The moor\n"


@pytest.mark.nightly
def test_a_warning_is_silenced_by_its_name(write_town: Callable[..., Path], run: Run) -> None:
    """The name stands behind the warning; in instance.toml, with a reason, it keeps the warning quiet."""
    town = write_town(areas=MOOR, budgets=RICH)
    assert run("check", town).err.endswith(" [area-without-sites]\n")
    settings = town / "instance.toml"
    written = settings.read_text(encoding="utf-8")
    settings.write_text(f'{written}\n[silenced]\narea-without-sites = "The moor is for later."\n', encoding="utf-8")
    ended = run("check", town)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "town: 15 tables, 43 rows, no problems, no warnings, 1 silenced in instance.toml\n"
    settings.write_text(f'{written}\n[silenced]\narea-without-site = "The moor is for later."\n', encoding="utf-8")
    told = run("check", town).err
    assert "no warning is called 'area-without-site' (did you mean 'area-without-sites'?)" in told
    assert " [area-without-sites]\n" in told


@pytest.mark.nightly
def test_notes_of_one_kind_are_one_line(write_town: Callable[..., Path], run: Run) -> None:
    """Two lines of support that end inside the period of 2026: one line without --all, and no warning."""
    support = "pot,family,sector,basis,first_year,last_year,share\n"
    support += "fund,ccs,all,capex,,2027,0.5\nfund,hydrogen,all,capex,,2027,0.5\n"
    town = write_town(support=support, budgets=RICH)
    note = "note: support.csv:{}: the last year 2027 lies inside the period of 2026, so it counts until 2029"
    told = [line for line in run("check", town).out.splitlines() if "2027" in line]
    assert told == [note.format(2) + " [year-inside-a-period], and 1 more (--all)"]
    told = [line for line in run("check", town, "--all").out.splitlines() if "2027" in line]
    assert told == [note.format(line) + " [year-inside-a-period]" for line in (2, 3)]


@pytest.mark.nightly
def test_solve_warns_first(write_town: Callable[..., Path], run: Run) -> None:
    """What looks like a mistake is told before the search too, unless only errors are to be printed."""
    assert "warning: areas.csv:3: " in run("solve", write_town(areas=MOOR, budgets=RICH)).err
    assert "warning" not in run("solve", "town", "--quiet").err


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
        "notes": [],
        "silenced": 0,
    }


@pytest.mark.nightly
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
