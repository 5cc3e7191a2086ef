"""The command `verify`."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def plan(town: Path, run: Run) -> Path:
    """The saved plan of the town."""
    assert run("solve", town, "--quiet").code == 0
    return Path("town-plan")


def test_a_plan_that_holds_ends_with_0(town: Path, plan: Path, run: Run) -> None:
    """The plan that `solve` made, against the tables it was made from."""
    assert run("verify", town, plan) == (0, "town-plan: the plan holds\n", "")


def test_a_plan_under_a_scenario_is_checked_under_it(town: Path, run: Run) -> None:
    """The instance is given as it was before the scenario; the result knows which one it is under."""
    assert run("solve", town, "--scenario", "early-grid", "--quiet").code == 0
    assert run("verify", town, "town-early-grid-plan").code == 0


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


def test_a_result_without_a_plan_is_refused(write_town: Callable[..., Path], run: Run) -> None:
    """Nothing to verify: exit code 2."""
    town = write_town(targets="scope,period,cap\nall,2026,1\n")
    assert run("solve", town, "--quiet").code == 1
    assert run("verify", town, "town-plan") == (
        2,
        "",
        "the result holds no plan to verify: its status is infeasible\n",
    )


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


def test_long_lists_are_cut_family_by_family(town: Path, plan: Path, run: Run) -> None:
    """Grants of 25 pots that do not exist: 20 are shown and 5 counted, and all 25 when asked for or as JSON."""
    grants = "process,route,period,pot,amount\n" + "".join(f"oven,boiler,2030,p{line},1\n" for line in range(25))
    (plan / "grants.csv").write_text(grants, encoding="utf-8")
    lines = run("verify", town, plan).err.splitlines()
    machine = json.loads(run("verify", town, plan, "--json").out)["violations"]
    every = run("verify", town, plan, "--all").err.splitlines()
    assert lines[20:] == ["table:grants: and 5 more (all of them: --all)"]
    assert len(machine) == len(every) == 25
