"""The command `show`."""

import json
import subprocess
import sys
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


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_costs_are_shown_by_term_with_their_total(plan: Path, run: Run) -> None:
    """Gas 30 GWh x 30 = 0.9 M EUR/yr, 20 x 30 = 0.6 from 2030: 4 x 0.9 + 5 x 0.6 = 6.6; in all 13.3 M EUR."""
    shown = rows(run("show", plan).out)
    assert ["gas", "0.90", "0.60", "6.60"] in shown
    assert ["electricity", "0.00", "0.36", "1.80"] in shown
    assert ["co2", "0.60", "0.40", "4.40"] in shown
    assert ["options", "0.00", "0.10", "0.50"] in shown
    assert ["total", "1.50", "1.46", "13.30"] in shown


def test_public_money_and_limits_that_bind_are_shown(plan: Path, run: Run) -> None:
    """The fund pays all of its 1.4 M EUR in 2030; the grid is full in 2026, and the boiler takes the 2 MW of 2030."""
    shown = rows(run("show", plan).out)
    assert ["fund", "2030", "1.40", "1.40"] in shown
    assert ["firm_headroom", "area", "town", "2026:", "0,", "2030:", "2", "MW"] in shown


def test_sites_are_shown_when_asked(plan: Path, run: Run) -> None:
    """The bakery's oven changes its route in 2030 and emits nothing more; the brickworks' kiln stays as it is."""
    assert "bakery" not in run("show", plan).out
    shown = rows(run("show", plan, "--sites").out)
    assert ["bakery", "food", "2.0", "0.0"] in shown
    assert ["bakery", "oven", "gas", "2026,", "boiler", "2030"] in shown
    assert ["brickworks", "kiln", "gas", "2026"] in shown


def test_machines_get_tables_as_json(plan: Path, run: Run) -> None:
    """With --json, standard output is JSON and nothing else; sites only when asked."""
    found = json.loads(run("show", plan, "--json").out)
    granted = pytest.approx(1.4)
    assert found["public_money"] == [{"pot": "fund", "period": 2030, "granted": granted, "budget": 1.4}]
    assert "routes_by_process" not in found
    found = json.loads(run("show", plan, "--json", "--sites").out)
    assert {"site": "bakery", "process": "oven", "period": 2030, "route": "boiler"} in found["routes_by_process"]
    assert {"site": "bakery", "sector": "food", "period": 2030, "emissions": 0.0} in found["emissions_by_site"]


def test_a_result_without_a_plan_shows_its_status(write_town: Callable[..., Path], run: Run) -> None:
    """An infeasible instance: the status and no tables, as text and as JSON."""
    run("solve", write_town(targets="scope,period,cap\nall,2026,1\n"), "--quiet")
    ended = run("show", "town-plan", "--sites")
    assert ended.code == 0
    assert "status   infeasible: proven: no plan obeys every row\n" in ended.out
    assert "Cost" not in ended.out
    found = json.loads(run("show", "town-plan", "--json").out)
    assert (found["status"], found["cost"], "costs" in found) == ("infeasible", None, False)


def test_a_folder_that_is_no_result_is_refused(town: Path, run: Run) -> None:
    """Exit code 2, and the folder is named."""
    ended = run("show", town)
    assert (ended.code, ended.out) == (2, "")
    assert "town" in ended.err


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a shell")
def test_a_reader_that_leaves_early_is_no_error(plan: Path) -> None:
    """`show | head -n 1`: no complaint on standard error; the exit code is a shell's for a closed pipe."""
    program = f"{sys.executable} -c 'from routeplan.cli.main import main; main()' show {plan} --json"
    script = f"set -o pipefail; {program} | exec 0<&-"
    ended = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (141, "", "")
