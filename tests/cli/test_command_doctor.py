"""The command `doctor`."""

import json
import platform
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import pytest

import routeplan
from routeplan.solver.doctor import Checkup, checkup
from routeplan.version import __version__

Run = Callable[..., Any]

WRONG = "All is well"


def sick(**changed: object) -> Callable[[], Checkup]:
    """A doctor that finds this machine, but for something."""

    def found() -> Checkup:
        real = checkup()
        first, *others = real.verdicts
        wrong = replace(first, told="99999", right=False)
        return replace(real, **({"verdicts": (wrong, *others)} | changed))

    return found


def test_a_sound_installation(run: Run) -> None:
    """Versions, the machine, nothing wrong: exit code 0."""
    ended = run("doctor")
    assert (ended.code, ended.err) == (0, "")
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert f"python {platform.python_version()}" in lines
    assert f"routeplan {__version__}" in lines
    for package in ("highspy", "pyomo", "numpy", "pandas", "networkx", "scipy", "openpyxl", "jsonschema", "packaging"):
        assert f"{package} {version(package)}" in lines
    assert any(line.endswith(" of memory") and platform.machine() in line for line in lines)
    assert "right build one of two things at most 8000" in lines
    assert "WRONG" not in ended.out
    assert lines[-1] == "All is well: every answer of the solver is right."


def test_a_wrong_answer_ends_with_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the solver says, what is right, why, where it is told, and what to do."""
    monkeypatch.setattr(routeplan, "checkup", sick())
    ended = run("doctor")
    assert ended.code == 1
    told = " ".join(ended.out.split())
    assert "WRONG build one thing, or do without it 99999" in told
    assert "the solver says 99999; right is 20, because with y = 1 it costs 99,999 at least" in told
    assert "https://github.com/ERGO-Code/HiGHS/issues/2975" in told
    assert f"Do not trust plans made with highspy {version('highspy')}: pip install --upgrade highspy" in told
    assert WRONG not in told


def test_a_package_that_is_too_old_ends_with_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the solver answers well; what only an extra needs is told, and does no harm."""
    verdicts = checkup().verdicts
    monkeypatch.setattr(routeplan, "checkup", sick(verdicts=verdicts, unfit=("scipy 1.0; allowed: <2,>=1.14",)))
    ended = run("doctor")
    assert ended.code == 1
    assert "scipy 1.0; allowed: <2,>=1.14\n" in ended.out
    assert WRONG not in ended.out
    monkeypatch.setattr(routeplan, "checkup", sick(verdicts=verdicts, missing={"solvers": ("gurobi", "scip")}))
    ended = run("doctor")
    assert ended.code == 0
    assert "not installed, but only needed for routeplan[solvers]: gurobi, scip\n" in ended.out
    assert WRONG in ended.out


def test_json_holds_all_of_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same facts, with what is right of each programme."""
    told = json.loads(run("doctor", "--json").out)
    assert told["well"] is True
    assert told["versions"]["highspy"] == version("highspy")
    assert {each["right"] for each in told["programmes"]} == {True}
    assert {"name": "whole units or part of one", "least": 9.0}.items() <= told["programmes"][2].items()
    monkeypatch.setattr(routeplan, "checkup", sick())
    ended = run("doctor", "--json")
    assert ended.code == 1
    assert json.loads(ended.out)["programmes"][0]["told"] == "99999"
