"""The command `solve`."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import routeplan
from routeplan.data.read import read
from routeplan.errors import PlanRejected
from routeplan.result.folder import load, save
from routeplan.result.result import Record, Result, Status
from routeplan.solving.solve import solve

Run = Callable[..., Any]

COST = 13.3
"""Of the best plan for the town: derived in conftest.py."""


def test_a_plan_is_found_printed_and_saved(town: Path, run: Run) -> None:
    """The town's best plan, by hand 13.3 M EUR: exit code 0, a summary, and the result in NAME-plan."""
    ended = run("solve", town)
    assert ended.code == 0
    assert "status   optimal: a plan, proven to be within the gap that was asked\n" in ended.out
    assert "cost     13.30 M EUR, discounted, at society's values (not what firms pay)\n" in ended.out
    assert ended.out.endswith("The result is in town-plan; to read more of it: routeplan show town-plan\n")
    assert load("town-plan").cost == pytest.approx(COST, rel=1e-6)


@pytest.mark.nightly
def test_a_solve_begins_from_a_plan_and_by_the_method_that_is_asked_for(town: Path, run: Run) -> None:
    """The plan of 13.3 is the start of a solve under another scenario, which costs 13.14; the result tells both."""
    assert run("solve", town).code == 0
    ended = run("solve", town, "--scenario", "early-grid", "--start", "town-plan", "--method", "large")
    assert ended.code == 0
    result = load("town-early-grid-plan")
    assert result.cost == pytest.approx(13.14, rel=1e-6)
    assert result.record.method == "large"
    assert str(result.record.started_from).startswith("town, ")
    refused = run("solve", town, "--start", town, "--overwrite")
    assert refused.code == 2
    assert "is an instance, not a result" in refused.err


@pytest.mark.nightly
def test_the_summary_tells_routes_and_co2_by_period(town: Path, run: Run) -> None:
    """From 2030 the oven is electric and emits nothing: 6 kt/yr become 4."""
    lines = [line.split() for line in run("solve", town, "--quiet").out.splitlines()]
    assert lines == []
    lines = [line.split() for line in run("solve", town).out.splitlines()]
    assert ["as", "today", "2", "(2)", "1", "(1)"] in lines
    assert ["electrification", "-", "1", "(1)"] in lines
    assert ["2026", "6.0", "6.0", "0.0", "0.0"] in lines
    assert ["2030", "6.0", "4.0", "0.0", "0.0"] in lines


@pytest.mark.nightly
def test_a_scenario_is_planned_under_its_own_name(town: Path, run: Run) -> None:
    """With grid room and money in 2026 the boiler starts at once: (4 + 5) x 1.46 = 13.14 M EUR."""
    ended = run("solve", town, "--scenario", "early-grid")
    assert ended.code == 0
    assert "town, scenario early-grid\n" in ended.out
    result = load("town-early-grid-plan")
    assert result.cost == pytest.approx(13.14, rel=1e-6)
    assert result.instance.scenario == "early-grid"


def test_no_plan_ends_with_1_and_is_saved(town_without_plan: Path, run: Run) -> None:
    """The kiln emits 4 kt/yr; there is money for its way out, and no room on the grid: a cap of 3 is impossible."""
    ended = run("solve", town_without_plan)
    assert ended.code == 1
    assert "status   infeasible: proven: no plan obeys every row\n" in ended.out
    assert "reason   the solver proved that no plan obeys every row; " in ended.out
    assert "to try   give the targets a price" in ended.out
    assert "The result is in town-plan\n" in ended.out
    assert load("town-plan").status is Status.INFEASIBLE


@pytest.mark.nightly
def test_json_alone_is_on_standard_output(town: Path) -> None:
    """In a process of its own, where the solver's banner would show, standard output is pure JSON."""
    words = [
        sys.executable,
        "-c",
        "from routeplan.cli.main import main; main()",
        "solve",
        str(town),
        "--json",
    ]
    ended = subprocess.run(words, capture_output=True, text=True, check=True)
    found = json.loads(ended.stdout)
    assert (found["status"], found["folder"]) == ("optimal", "town-plan")
    assert found["cost"] == pytest.approx(COST, rel=1e-6)
    assert {"family": "electrification", "period": 2030, "processes": 1, "sites": 1} in found["routes"]


@pytest.mark.nightly
def test_quiet_prints_nothing(town: Path, run: Run) -> None:
    """With --quiet both streams stay empty, and the result is saved all the same."""
    ended = run("solve", town, "--quiet", "--out", "there")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert load("there").status is Status.OPTIMAL


@pytest.mark.nightly
def test_progress_is_told_in_plain_lines_off_a_terminal(town: Path, run: Run) -> None:
    """Standard error holds lines with seconds, and no control codes."""
    err = run("solve", town).err
    assert " s  " in err
    assert "\x1b" not in err


@pytest.mark.nightly
def test_log_and_model_are_written_when_asked(town: Path, run: Run) -> None:
    """The solver's log, and the model with readable names."""
    assert run("solve", town, "--log", "solver.log", "--mps", "town.mps").code == 0
    assert "HiGHS" in Path("solver.log").read_text(encoding="utf-8")
    assert "runs" in Path("town.mps").read_text(encoding="utf-8")


def test_a_folder_that_is_no_result_is_refused_before_solving(
    town: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody's folder is overwritten, nor is an hour spent to learn that."""

    def never(*_: object, **__: object) -> Result:
        raise AssertionError("it solved")

    monkeypatch.setattr(routeplan, "solve", never)
    Path("thesis").mkdir()
    Path("thesis/chapter.txt").write_text("years of work", encoding="utf-8")
    ended = run("solve", town, "--out", "thesis")
    assert ended.code == 2
    assert "thesis" in ended.err
    assert Path("thesis/chapter.txt").read_text(encoding="utf-8") == "years of work"


@pytest.mark.nightly
def test_an_earlier_result_is_replaced(town: Path, run: Run) -> None:
    """Solving twice leaves the second result."""
    assert run("solve", town).code == 0
    assert run("solve", town, "--seed", "7").code == 0
    assert load("town-plan").record.seed == 7


def test_an_unknown_scenario_is_refused(town: Path, run: Run) -> None:
    """The message names the scenarios that there are."""
    ended = run("solve", town, "--scenario", "late-grid")
    assert ended.code == 2
    assert ended.err == "no scenario is called 'late-grid'; scenarios of town: early-grid\n"


@pytest.mark.parametrize(
    "words",
    [("--gap", "-1"), ("--gap", "little"), ("--threads", "0"), ("--hurry",)],
    ids=lambda words: " ".join(words),
)
def test_an_option_that_makes_no_sense_is_refused(town: Path, run: Run, words: tuple[str, ...]) -> None:
    """Unknown options and values out of range: exit code 2, nothing solved."""
    ended = run("solve", town, *words)
    assert ended.code == 2
    assert words[0] in ended.err
    assert not Path("town-plan").exists()


@pytest.mark.some(1)
@pytest.mark.parametrize("seconds", ["0", "-1", "nan"])
def test_no_time_at_all_is_refused(town: Path, run: Run, seconds: str) -> None:
    """The help and the message say the same: more than 0."""
    ended = run("solve", town, "--seconds", seconds, "--quiet")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"seconds is {float(seconds)}; allowed: more than 0, and finite\n"
    assert "x>=0" not in run("solve", "--help").out.split("--threads")[0].split("--seconds")[1]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a folder in which not even root can make another")
def test_a_place_that_cannot_be_written_is_refused_before_solving(
    town: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result that cannot be saved must not be missed at the end of a long solve."""

    def never(*_: object, **__: object) -> Result:
        raise AssertionError("it solved")

    monkeypatch.setattr(routeplan, "solve", never)
    ended = run("solve", town, "--out", "/proc/deep/plan")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("/proc/deep/plan cannot be written: /proc: ")


def test_the_place_is_left_as_it_was_when_tables_are_refused_later(town: Path, run: Run) -> None:
    """Trying whether a place can be written leaves nothing behind."""
    before = sorted(Path.cwd().iterdir())
    assert run("solve", town, "--out", "new/plan", "--seconds", "0").code == 2
    assert sorted(Path.cwd().iterdir()) == before


@pytest.mark.parametrize("option", ["--log", "--mps"])
def test_a_file_in_no_folder_is_refused_before_solving(town: Path, run: Run, option: str) -> None:
    """A log that cannot be written must not be missed at the end of a long solve."""
    ended = run("solve", town, option, "nowhere/file.mps")
    assert ended.code == 2
    assert "there is no folder nowhere" in ended.err


def test_a_model_file_of_an_unknown_kind_is_refused(town: Path, run: Run) -> None:
    """The solver writes by the name's ending."""
    ended = run("solve", town, "--mps", "model.foo")
    assert ended.code == 2
    assert "model.foo does not end in .mps" in ended.err
    assert not Path("town-plan").exists()


def test_tables_that_break_rules_are_refused_with_every_problem(write_town: Callable[..., Path], run: Run) -> None:
    """Exit code 2 and the message of `check`."""
    ended = run("solve", write_town(areas="area,name,queue\ntown,The town,-3.0\n"))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == ("1 problem in the input:\n  areas.csv:2: column 'queue' is -3.0; allowed: 0 MW or more\n")


@pytest.mark.nightly
def test_a_plan_kept_after_an_interruption_counts_as_a_plan(
    town: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A solve stopped early hands over a feasible plan: it is printed and saved, exit code 0."""
    best = solve(read(town))
    monkeypatch.setattr(routeplan, "solve", lambda *_, **__: replace(best, status=Status.FEASIBLE))
    ended = run("solve", town)
    assert ended.code == 0
    assert "status   feasible: a plan, with a wider gap than was asked\n" in ended.out
    assert load("town-plan").status is Status.FEASIBLE


@pytest.mark.parametrize(
    ("status", "pressed", "code"),
    [
        (Status.NO_PLAN, True, 130),
        (Status.NO_PLAN, False, 1),
        (Status.INFEASIBLE, True, 1),
    ],
)
@pytest.mark.some(1)
def test_an_interruption_before_any_plan_ends_with_130(
    town: Path, run: Run, monkeypatch: pytest.MonkeyPatch, status: Status, pressed: bool, code: int
) -> None:
    """Stopped with nothing to hand over, as a shell reports it; a search that ended by itself, or a proof, is 1."""
    nothing = Result(read(town), status, Record("exact"))

    def search(*_: Any, **__: Any) -> Result:
        if pressed:
            signal.raise_signal(signal.SIGINT)
        return nothing

    monkeypatch.setattr(routeplan, "solve", search)
    ended = run("solve", town)
    assert ended.code == code
    assert f"status   {status}: " in ended.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names")
@pytest.mark.parametrize(("option", "name"), [("--log", "pipe"), ("--mps", "pipe.mps")])
def test_a_pipe_is_refused_as_a_file(town: Path, run: Run, option: str, name: str) -> None:
    """To open it would wait for a reader that may never come."""
    os.mkfifo(name)
    ended = run("solve", town, option, name, "--overwrite")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"{name} is no file; allowed for {option}: the name of a file\n"


def test_without_a_plan_the_reason_is_told_and_what_to_try(
    town: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too little time: as text, and in what is saved; nothing more can be shown of it."""
    nothing = Result(read(town), Status.NO_PLAN, Record("exact", reason="no plan was found within 3 seconds"))
    monkeypatch.setattr(routeplan, "solve", lambda *_, **__: nothing)
    ended = run("solve", town)
    assert "reason   no plan was found within 3 seconds\nto try   allow more seconds" in ended.out
    assert ended.out.endswith("The result is in town-plan\n")
    found = json.loads(run("show", "town-plan", "--json").out)
    assert found["reason"] == "no plan was found within 3 seconds"
    assert found["advice"].startswith("allow more seconds")


@pytest.mark.nightly
def test_an_interruption_while_the_plan_is_saved_loses_nothing(
    town: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the moment of saving: the plan is complete on disk, exit code 0."""

    def interrupted(result: Result, folder: Path, **asked: bool) -> Path:
        signal.raise_signal(signal.SIGINT)
        return save(result, folder, **asked)

    monkeypatch.setattr(routeplan, "save", interrupted)
    assert run("solve", town, "--quiet") == (0, "", "")
    assert load("town-plan").cost == pytest.approx(COST, rel=1e-6)


def test_an_interruption_while_the_model_is_built_ends_with_130(
    town: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to hand over yet: said in a line, and nothing is saved."""

    def interrupted(*_: object, **__: object) -> Result:
        raise KeyboardInterrupt

    monkeypatch.setattr(routeplan, "solve", interrupted)
    assert run("solve", town, "--quiet") == (130, "", "Stopped; no plan is kept.\n")
    assert not Path("town-plan").exists()


@pytest.mark.nightly
def test_a_plan_that_fails_hundreds_of_checks_does_not_flood_the_screen(
    town: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 23 violations 20 are shown: the number of them, 20 lines, and a line for the other 3."""
    plan = solve(read(town))

    def rejected(*_: object, **__: object) -> Result:
        raise PlanRejected([f"cost: {number} is wrong" for number in range(23)], plan)

    monkeypatch.setattr(routeplan, "solve", rejected)
    lines = run("solve", town, "--quiet").err.splitlines()
    assert lines[1].endswith("the plan fails 23 check(s):")
    assert lines[2:22] == [f"  cost: {number} is wrong" for number in range(20)]
    assert lines[22] == "  and 3 more (all of them: routeplan verify INSTANCE RESULT --all)"


@pytest.mark.nightly
def test_a_rejected_plan_is_a_fault_of_ours(town: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that the checker refuses: exit code 3, what failed, and the plan kept apart from good ones."""
    plan = solve(read(town))

    def rejected(*_: object, **__: object) -> Result:
        raise PlanRejected(["firm_headroom (area town, period 2030): 3 MW; allowed: 2 MW"], plan)

    monkeypatch.setattr(routeplan, "solve", rejected)
    ended = run("solve", town, "--quiet")
    assert ended.code == 3
    assert ended.err.startswith(
        "The plan is kept in town-plan-rejected.\n"
        "routeplan failed, and the fault is its own: the plan fails 1 check(s):\n"
        "  firm_headroom (area town, period 2030): 3 MW; allowed: 2 MW\n"
        "Please report it with the tables and this command; for the place in the code, run\n"
        "  routeplan --debug "
    )
    assert load("town-plan-rejected").cost == plan.cost
    assert not Path("town-plan").exists()


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.some(1)
def test_the_place_of_a_fault_is_shown_on_demand(
    town: Path, run: Run, monkeypatch: pytest.MonkeyPatch, debug: bool
) -> None:
    """An unexpected exception: exit code 3 and one line, with a traceback only after --debug."""

    def broken(*_: object, **__: object) -> Result:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(routeplan, "solve", broken)
    ended = run(*(["--debug"] if debug else []), "solve", town, "--quiet")
    assert ended.code == 3
    assert "routeplan failed, and the fault is its own: ZeroDivisionError: division by zero\n" in ended.err
    assert ("Traceback" in ended.err) is debug


@pytest.mark.nightly
def test_a_result_of_a_scenario_is_not_replaced_unasked(town: Path, run: Run) -> None:
    """Refused before any time is spent, with what is there; `--overwrite` replaces it."""
    assert run("solve", town, "--scenario", "early-grid", "--out", "plan", "--quiet").code == 0
    ended = run("solve", town, "--out", "plan", "--quiet")
    assert (ended.code, ended.err) == (
        2,
        "plan holds a result of town under early-grid, not of town; allowed: another folder, or --overwrite "
        "(overwrite=True) to replace it\n",
    )
    assert run("solve", town, "--out", "plan", "--quiet", "--overwrite").code == 0
    assert load("plan").instance.scenario is None


@pytest.mark.nightly
def test_every_scenario_is_planned(town: Path, run: Run) -> None:
    """Each in a folder of its own, and the command that compares them is told."""
    ended = run("solve", town, "--all-scenarios")
    assert ended.code == 0
    assert ended.out.endswith("To set them side by side: routeplan compare town-plan town-early-grid-plan\n")
    assert [load(f"{name}-plan").instance.scenario for name in ("town", "town-early-grid")] == [None, "early-grid"]
    shown = json.loads(run("solve", town, "--all-scenarios", "--json", "--quiet").out)
    assert [one["folder"] for one in shown] == ["town-plan", "town-early-grid-plan"]
    refused = run("solve", town, "--all-scenarios", "--log", "x")
    assert (refused.code, refused.err) == (2, "--all-scenarios goes without --scenario, --log and --mps\n")


@pytest.mark.nightly
def test_results_of_every_scenario_stand_in_one_folder(town: Path, run: Run) -> None:
    """That of `--out`, which need not be there, under the names that they have without it."""
    ended = run("solve", town, "--all-scenarios", "--out", "my/futures")
    assert ended.code == 0
    assert "The result is in my/futures/town-plan; " in ended.out
    assert ended.out.endswith("routeplan compare my/futures/town-plan my/futures/town-early-grid-plan\n")
    assert sorted(path.name for path in Path("my/futures").iterdir()) == ["town-early-grid-plan", "town-plan"]
    assert not Path("town-plan").exists()


@pytest.mark.nightly
def test_results_of_every_scenario_are_not_put_into_one(town: Path, run: Run) -> None:
    """A folder for several is no result, no instance, and no file: refused before any time is spent."""
    assert run("solve", town, "--quiet").code == 0
    for out, told in (
        ("town-plan", "town-plan is a result; allowed with --all-scenarios: a folder for the folders of results\n"),
        ("town", "town is an instance; allowed with --all-scenarios: a folder for the folders of results\n"),
        ("plans.xlsx", "plans.xlsx is the name of a workbook; allowed: the name of a folder\n"),
    ):
        assert run("solve", town, "--all-scenarios", "--out", out) == (2, "", told)


@pytest.mark.nightly
def test_scenarios_are_combined(write_town: Callable[..., Path], run: Run) -> None:
    """Given twice: both apply, the result is named after both, and its check finds the same instance."""
    town = write_town()
    with (town / "scenarios.toml").open("a") as file:
        file.write(
            '\n[[scenario]]\nname = "dear gas"\n'
            '[[scenario.change]]\ntable = "prices"\nwhere = {item = "gas"}\ncolumn = "price"\nmultiply = 1.1\n'
        )
    assert run("solve", town, "--scenario", "early-grid", "--scenario", "dear gas", "--quiet").code == 0
    assert load("town-early-grid+dear gas-plan").instance.scenario == "early-grid + dear gas"
    assert run("verify", town, "town-early-grid+dear gas-plan").code == 0
