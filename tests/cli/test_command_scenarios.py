"""The command `scenarios`."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_changes_are_told_with_their_rows(town: Path, run: Run) -> None:
    """The grid gets its 2 MW of 2030 in 2026 already, and the fund its 1.4 M EUR."""
    ended = run("scenarios", town)
    assert (ended.code, ended.err) == (0, "")
    lines = [" ".join(line.split()) for line in ended.out.splitlines() if line.strip()]
    assert lines == [
        "early-grid: 2 changes",
        "1. headroom where period = 2026: firm becomes 2 MW (1 row, it differs afterwards)",
        "headroom",
        "area period before after",
        "town 2026 0 2",
        "2. budgets where period = 2026: amount becomes 1.4 M EUR (1 row, it differs afterwards)",
        "budgets",
        "pot period before after",
        "fund 2026 0 1.4",
    ]


DEAR = """[[scenario]]
name = "dear"
probability = 0.25
change = [{ table = "prices", column = "price", multiply = 2 }]

[[scenario]]
name = "cheap"
change = [{ table = "prices", where = { item = "gas" }, column = "price", add = -10 }]
"""


def test_a_few_rows_are_shown_and_all_when_asked(town: Path, run: Run) -> None:
    """Of 22 prices the 4 fees are 0 and stay so: 18 differ; 3 of them are shown, all 22 with --all."""
    (town / "scenarios.toml").write_text(DEAR, encoding="utf-8")
    few, every = (run("scenarios", town, *more) for more in ((), ("--all",)))
    for ended in (few, every):
        assert "dear, probability 0.25: 1 change\n" in ended.out
        assert "prices, every row: price times 2 (22 rows, 18 of them differ afterwards)\n" in ended.out
    assert len(re.findall(r" all +20\d\d", few.out)) == 3 + 2
    assert "   and 15 more that differ (all rows: --all)\n" in few.out
    assert len(re.findall(r" all +20\d\d", every.out)) == 22 + 2
    assert "more that differ" not in every.out


def test_one_scenario_alone(town: Path, run: Run) -> None:
    """The other is not mentioned; one that is not there is refused with those that are."""
    (town / "scenarios.toml").write_text(DEAR, encoding="utf-8")
    ended = run("scenarios", town, "--scenario", "cheap")
    assert ended.out.startswith("cheap: 1 change\n")
    assert "dear" not in ended.out
    wrong = run("scenarios", town, "--scenario", "late")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err == "no scenario is called 'late'; scenarios of town: dear, cheap\n"


def test_json_holds_every_row(town: Path, run: Run) -> None:
    """All 22 prices, twice what they were."""
    (town / "scenarios.toml").write_text(DEAR, encoding="utf-8")
    told = json.loads(run("scenarios", town, "--json").out)
    assert told["instance"] == "town"
    assert [(scenario["name"], scenario["probability"]) for scenario in told["scenarios"]] == [
        ("dear", 0.25),
        ("cheap", None),
    ]
    (dear,), (cheap,) = (scenario["changes"] for scenario in told["scenarios"])
    assert (dear["table"], dear["column"], dear["action"], dear["value"]) == ("prices", "price", "multiply", 2)
    assert len(dear["rows"]) == 22
    assert all(row["after"] == 2 * row["before"] for row in dear["rows"])
    assert dear["differ"] == 18
    assert cheap["where"] == {"item": "gas"}
    assert cheap["rows"][0] == {"item": "gas", "group": "all", "period": 2026, "before": 30.0, "after": 20.0}


def test_an_empty_cell_is_null(town: Path, run: Run) -> None:
    """The areas have no parents, and get none."""
    (town / "scenarios.toml").write_text(
        '[[scenario]]\nname = "short"\nchange = [{ table = "support", column = "cap", set = 2 }]\n', encoding="utf-8"
    )
    (scenario,) = json.loads(run("scenarios", town, "--json").out)["scenarios"]
    assert [(row["before"], row["after"]) for row in scenario["changes"][0]["rows"]] == [(None, 2.0)]
    assert "empty" in run("scenarios", town).out


def test_a_change_that_fits_no_row_is_an_error(town: Path, run: Run) -> None:
    """Every such change of every scenario is told, and nothing on standard output."""
    (town / "scenarios.toml").write_text(
        DEAR.replace('item = "gas"', 'item = "gas", period = 1999') + '[[scenario]]\nname = "x"\nchange = '
        '[{ table = "headroom", where = { area = "moor" }, column = "firm", set = 1 }]\n',
        encoding="utf-8",
    )
    ended = run("scenarios", town)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "2 problems in the input:",
        "  scenarios.toml: scenario 'cheap', change 1: fits no row of prices (where item = gas, period = 1999)",
        "  scenarios.toml: scenario 'x', change 1: fits no row of headroom (where area = moor)",
    ]


def test_an_instance_without_scenarios(town: Path, run: Run) -> None:
    """It is told that there are none."""
    (town / "scenarios.toml").unlink()
    ended = run("scenarios", town)
    assert (ended.code, ended.out) == (0, "town has no scenarios; scenarios.toml would hold them\n")
    assert json.loads(run("scenarios", town, "--json").out)["scenarios"] == []


@pytest.mark.nightly
def test_a_result_is_refused(town: Path, run: Run) -> None:
    """Its instance is named."""
    run("solve", town, "--quiet", "--threads", 1)
    ended = run("scenarios", "town-plan")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "town-plan is a result; its instance is town-plan/instance\n"


def test_years_and_products_are_written_as_people_write_them(write_town: Callable[..., Path], run: Run) -> None:
    """2026 and 33, not 2,026.0 and 33.00000000000001; a table with years among its keys."""
    support = "pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,capex,2026,,1,\n"
    town = write_town(support=support)
    (town / "scenarios.toml").write_text(
        '[[scenario]]\nname = "x"\n'
        '[[scenario.change]]\ntable = "support"\ncolumn = "share"\nmultiply = 0.7\n'
        '[[scenario.change]]\ntable = "prices"\nwhere = {item = "gas"}\ncolumn = "price"\nmultiply = 1.1\n',
        encoding="utf-8",
    )
    shown = run("scenarios", town, "--all").out
    assert " 2026 " in shown and "2,026" not in shown
    assert "33" in shown and "33.00000" not in shown
