"""The command `levers`."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from routeplan.cli.output import OUT

pytestmark = pytest.mark.slow

Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]

# With money from the beginning the bakery waits for the grid alone: four years earlier its boiler starts in 2026, which
# saves 4 x (0.5 - 0.46) M EUR and 4 x 2 kt, and costs the same grant.
PAID = {"budgets": "pot,period,amount\nfund,2026,1.4\nfund,2030,1.4\n"}


@pytest.mark.nightly
def test_the_grid_earlier_comes_first_in_the_table(
    write_town: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it saves, what has nothing to change, and where the tables are; a second time nothing is replaced."""
    monkeypatch.setattr(OUT, "width", 250)
    town = write_town(**PAID)
    ended = run("levers", town, "--years", 4, "--gap", 0, "--out", "tables")
    assert ended.code == 0, ended.err
    lines = ended.out.splitlines()
    first = next(line for line in lines if line.startswith("Grid 4 years earlier"))
    assert first.split()[4:] == ["−0.16", "−0.16", "−0.16", "−8", "1", "0", "1", "0"]
    assert "Has nothing to change in this instance: Dated grid works done at once;" in ended.out
    assert "5 of 5 solved: " not in ended.out
    assert "solved: without any lever" in ended.err
    assert lines[-1] == "Both tables are in tables"
    table = pd.read_csv("tables/levers.csv")
    assert table.loc[0, ["lever", "finding"]].tolist() == ["grid_earlier", "saves"]
    assert table.loc[0, ["cost", "co2"]].tolist() == pytest.approx([-0.16, -8.0])
    assert list(pd.read_csv("tables/worth.csv"))[:2] == ["kind", "place"]
    again = run("levers", town, "--out", "tables")
    assert (again.code, again.out) == (2, "")
    assert again.err == "tables is there already; --overwrite replaces it, --out FOLDER writes elsewhere\n"


@pytest.mark.nightly
def test_dutch_readers_have_it_in_dutch(
    write_town: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every text is there, numbers have decimal commas."""
    monkeypatch.setattr(OUT, "width", 250)
    ended = run("levers", write_town(**PAID), "--years", 4, "--language", "nl")
    assert ended.code == 0, ended.err
    first = next(line for line in ended.out.splitlines() if line.startswith("Netverzwaring 4 jaar eerder"))
    assert "−0,16" in first
    assert "Heeft hier niets te veranderen: Geplande netuitbreidingen meteen gereed" in ended.out
    assert "doorgerekend: zonder maatregel" in ended.err


@pytest.mark.nightly
def test_machines_get_json(write_town: Callable[..., Path], run: Run) -> None:
    """The plan without any lever, levers and worth; nothing else on standard output."""
    found = json.loads(run("levers", write_town(**PAID), "--years", 4, "--scenario", "early-grid", "--json").out)
    assert (found["scenario"], found["years_earlier"], found["stopped"]) == ("early-grid", 4, False)
    # The grid is early already, so that it changes nothing.
    statuses = {lever["lever"]: lever["status"] for lever in found["levers"]}
    assert statuses["grid_earlier"] == "nothing_to_change"
    assert isinstance(found["worth"], list)


def test_what_is_refused_is_refused_before_anything_is_solved(write_town: Callable[..., Path], run: Run) -> None:
    """A scenario that there is not, a time of nothing, a folder of something else."""
    town = write_town(**PAID)
    assert (run("levers", town, "--scenario", "late").code, run("levers", town, "--seconds", 0).code) == (2, 2)
    foreign = run("levers", town, "--out", town, "--overwrite")
    assert (foreign.code, foreign.out) == (2, "")
    assert foreign.err == f"{town} holds no table of levers, so it stays; allowed: a folder with levers.csv\n"


@pytest.mark.nightly
def test_without_a_plan_the_exit_code_is_1(write_town: Callable[..., Path], run: Run) -> None:
    """3 kt/yr at most, and the brickworks cannot but emit 4."""
    ended = run("levers", write_town(targets="scope,period,cap\nall,2030,3\n"))
    assert (ended.code, ended.out) == (1, "")
    assert "without any lever there is no plan to compare with (infeasible)" in ended.err


@pytest.mark.nightly
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl-C to one process")
def test_ctrl_c_tells_what_is_known(tmp_path: Path) -> None:
    """Pressed once the plan without any lever is known: the others are not solved, and no process stays."""
    command = [sys.executable, "-m", "routeplan", "levers", str(ROOT / "instances" / "achterhoek"), "--workers", "1"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    told = []
    for line in process.stderr:
        told.append(line)
        if line.startswith("2 of "):
            break
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0, told
    assert "Stopped by Ctrl-C: this is what is known." in out
    assert "Not solved: " in out
