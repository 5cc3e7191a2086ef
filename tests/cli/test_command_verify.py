"""The command `verify`."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def plan(town: Path, planned: Callable[..., Path]) -> Path:
    """The saved plan of the town."""
    return planned(town)


def test_a_plan_that_holds_ends_with_0(town: Path, plan: Path, run: Run) -> None:
    """The plan that `solve` made, against the tables it was made from."""
    assert run("verify", town, plan) == (0, "town-plan: the plan holds\n", "")


@pytest.mark.nightly
def test_a_plan_under_a_scenario_is_checked_under_it(town: Path, planned: Callable[..., Path], run: Run) -> None:
    """The instance is given as it was before the scenario; the result knows which one it is under."""
    assert run("verify", town, planned(town, "--scenario", "early-grid")).code == 0


def test_a_plan_that_fails_ends_with_1(town: Path, plan: Path, run: Run) -> None:
    """The oven runs nothing in 2026: `one_route_per_process` is broken, and said to be."""
    runs = (plan / "runs.csv").read_text(encoding="utf-8")
    (plan / "runs.csv").write_text(runs.replace("oven,2026,gas\n", ""), encoding="utf-8")
    ended = run("verify", town, plan)
    assert ended.code == 1
    assert ended.out.startswith("town-plan: the plan fails ")
    assert "one_route_per_process" in ended.err
    machine = run("verify", town, plan, "--json")
    assert (machine.code, machine.err) == (1, "")
    found = json.loads(machine.out)
    assert found["holds"] is False
    assert "one_route_per_process" in {violation["family"] for violation in found["violations"]}


def test_a_plan_of_other_tables_is_refused(plan: Path, write_town: Callable[..., Path], run: Run) -> None:
    """Another budget is another instance: exit code 2, whatever the plan is like."""
    other = write_town("other", budgets="pot,period,amount\nfund,2026,0\nfund,2030,9\n")
    assert run("verify", other, plan) == (
        2,
        "",
        "the result was made from other tables than those in other: their fingerprints differ\n",
    )


@pytest.mark.nightly
def test_a_result_without_a_plan_holds_when_nothing_contradicts_it(
    write_town: Callable[..., Path], planned: Callable[..., Path], run: Run
) -> None:
    """Exit code 0, as the function says; with a cost of a plan that there is not: exit code 1."""
    town = write_town(targets="scope,period,cap\nall,2026,1\n")
    planned(town, code=1)
    assert run("verify", town, "town-plan") == (0, "town-plan: the result without a plan (infeasible) holds\n", "")
    file = Path("town-plan/result.json")
    given = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(given | {"cost": 3.0}), encoding="utf-8")
    assert run("verify", town, "town-plan") == (
        1,
        "town-plan: the result without a plan (infeasible) fails 1 check\n",
        "objective (cost): it is 3; allowed with status infeasible: none\n",
    )


CHANGED = "{}/instance was changed after the solve: its tables are not those of which the result is\n"


def dearer(folder: Path) -> None:
    """Let the boiler in a folder of tables cost 7 M EUR in place of 1."""
    options = folder / "options.csv"
    text = options.read_text(encoding="utf-8")
    assert "oven,boiler,0,1.0,0.0,9.0" in text or "oven,boiler,0,1,0,9" in text
    options.write_text(text.replace("oven,boiler,0,1", "oven,boiler,0,7"), encoding="utf-8")


@pytest.mark.parametrize("command", ["verify", "show"])
def test_tables_changed_after_the_solve_are_refused(town: Path, plan: Path, run: Run, command: str) -> None:
    """The result's own instance says another capex than the one that was solved: exit code 2."""
    dearer(plan / "instance")
    words = [town, plan] if command == "verify" else [plan]
    assert run(command, *words) == (2, "", CHANGED.format(plan))


@pytest.mark.nightly
def test_tables_changed_after_the_solve_under_a_scenario_are_refused(
    town: Path, planned: Callable[..., Path], run: Run
) -> None:
    """The fingerprint is of the tables before the scenario; the tables under it are those of the instance."""
    plan = planned(town, "--scenario", "early-grid")
    dearer(plan / "instance")
    assert run("verify", town, plan) == (2, "", CHANGED.format(plan))


@pytest.mark.parametrize("words", [("verify", "town", "nowhere"), ("show", "nowhere"), ("solve", "nowhere")])
def test_what_is_refused_is_json_when_asked(town: Path, run: Run, words: tuple[str, ...]) -> None:
    """Standard output holds every problem with its place, as of `check`, and the exit code is 2."""
    ended = run(*words, "--json")
    problem = json.loads(ended.out)["problems"][0]
    assert ended.code == 2
    assert set(problem) == {"file", "line", "column", "text"}
    assert problem["file"].startswith("nowhere")


def test_a_request_that_is_refused_is_json_when_asked(town: Path, run: Run) -> None:
    """What has no file has a text alone."""
    ended = run("show", town, "--json")
    text = "town is an instance, not a result; `routeplan solve town` makes a result of it"
    assert ended.code == 2
    assert json.loads(ended.out) == {"problems": [{"file": None, "line": 0, "column": None, "text": text}]}


def test_a_folder_that_is_no_result_is_refused(town: Path, run: Run) -> None:
    """The instance itself is no result: exit code 2, and it is called what it is."""
    shutil.copytree(town, "copy")
    assert run("verify", town, "copy") == (
        2,
        "",
        "copy is an instance, not a result; `routeplan solve copy` makes a result of it\n",
    )


def test_a_result_in_the_place_of_the_instance_is_refused(town: Path, plan: Path, run: Run) -> None:
    """The two folders in the wrong order."""
    assert run("verify", plan, town) == (2, "", "town-plan is a result; its instance is town-plan/instance\n")


@pytest.mark.nightly
def test_long_lists_are_cut_family_by_family(town: Path, plan: Path, run: Run) -> None:
    """Grants of 25 pots that do not exist: 20 are shown and 5 counted, and all 25 when asked for or as JSON."""
    grants = "process,route,period,pot,amount\n" + "".join(f"oven,boiler,2030,p{line},1\n" for line in range(25))
    (plan / "grants.csv").write_text(grants, encoding="utf-8")
    lines = run("verify", town, plan).err.splitlines()
    machine = json.loads(run("verify", town, plan, "--json").out)["violations"]
    every = run("verify", town, plan, "--all").err.splitlines()
    assert lines[20:] == ["table:grants: and 5 more (all of them: --all)"]
    assert len(machine) == len(every) == 25
