"""The command `compare`."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from routeplan.cli.comparison_tables import print_side_by_side
from routeplan.cli.output import Output
from routeplan.result.comparison import compare, names_of
from routeplan.result.folder import load

Run = Callable[..., Any]


@pytest.fixture
def plans(town: Path, planned: Callable[..., Path]) -> tuple[str, str]:
    """The town's best plan, and that with an early grid.

    With the grid of 2030 in 2026 already, the boiler starts four years sooner: 9 x 0.46 + 9 x 1.0 = 13.14 M EUR in
    place of 13.3 (its life of ten years outlasts the horizon), and the bakery's 2 kt/yr are gone at once.
    """
    planned(town, out="late")
    planned(town, "--scenario", "early-grid", out="early")
    return "late", "early"


def lines_of(text: str) -> list[str]:
    """Lines without what only sets columns apart."""
    return [squeezed(line) for line in text.splitlines()]


def squeezed(line: str) -> str:
    """A line with one blank between words."""
    return " ".join(line.split())


@pytest.mark.nightly
def test_numbers_stand_beside_each_other(plans: tuple[str, str], run: Run) -> None:
    """The first is the reference; what differs from it is told in brackets."""
    ended = run("compare", *plans)
    assert (ended.code, ended.err) == (0, "")
    lines = lines_of(ended.out)
    assert "late late optimal 13.30 0.000% 13.30" in lines
    assert "early-grid early optimal 13.14 0.000% 13.14" in lines
    # 2 + 4 kt/yr today; only the kiln's 4 after the boiler's start.
    assert lines[lines.index("CO2, kt/yr") :][:4] == [
        "CO2, kt/yr",
        "period late early-grid",
        "2026 6 4 (-2)",
        "2030 4 4",
    ]
    at = lines.index("Processes by family of routes")
    assert lines[at + 1 : at + 6] == [
        "item period late early-grid",
        "as today 2026 2 1 (-1)",
        "2030 1 1",
        "electrification 2026 0 1 (+1)",
        "2030 1 1",
    ]
    # In 2026 the town has no room at all in the one, and all of it is used in the other.
    assert "firm_headroom area town 2026, 2030 2026, 2030" in lines


@pytest.mark.nightly
def test_an_exceeded_target_is_told_as_in_show(
    write_town: Callable[..., Path], planned: Callable[..., Path], run: Run
) -> None:
    """Of a cap of 5 kt/yr 6 are emitted till 2030, at a price; from then on 4, of which 4 are allowed."""
    for folder, cap in (("tight", 5), ("loose", 7)):
        town = write_town(folder, targets=f"scope,period,cap,price\nall,2026,{cap},10\nall,2030,4,10\n")
        planned(town, out=f"{folder}-plan")
    lines = lines_of(run("compare", "tight-plan", "loose-plan").out)
    assert "emission_target scope all 2026 (exceeded by 1), 2030 2030" in lines


@pytest.mark.nightly
def test_the_table_is_written_as_csv(plans: tuple[str, str], run: Run) -> None:
    """A row a number and a column a result, with nothing that a spreadsheet would have to undo."""
    assert run("compare", *plans, "--out", "compare.csv").code == 0
    text = Path("compare.csv").read_text(encoding="utf-8")
    assert text.startswith("measure,item,period,unit,late,early-grid\nplan,,,,1,1\n")
    rows = {(row["measure"], row["item"], row["period"]): row for row in csv.DictReader(text.splitlines())}
    assert float(rows["cost", "", ""]["late"]) == pytest.approx(13.3)
    assert float(rows["cost", "", ""]["early-grid"]) == pytest.approx(13.14)
    emitted = rows["emissions", "", "2026"]
    assert (float(emitted["late"]), float(emitted["early-grid"]), emitted["unit"]) == (6.0, 4.0, "kt/yr")


@pytest.mark.nightly
def test_json_holds_numbers_and_differences(plans: tuple[str, str], run: Run) -> None:
    """Standard output is JSON and nothing else."""
    told = json.loads(run("compare", *plans, "--json", "--out", "compare.csv").out)
    assert [(each["name"], each["folder"], each["scenario"]) for each in told["results"]] == [
        ("late", "late", None),
        ("early-grid", "early", "early-grid"),
    ]
    (cost,) = (row for row in told["rows"] if row["measure"] == "cost")
    assert cost["period"] is None
    assert cost["values"] == {"late": pytest.approx(13.3), "early-grid": pytest.approx(13.14)}
    assert cost["differences"] == {"early-grid": pytest.approx(-0.16)}


@pytest.mark.nightly
def test_other_rates_are_told_and_warned_of(town: Path, planned: Callable[..., Path], run: Run) -> None:
    """Where rates are the same they stand in one line; where not, beside each result, and a warning says so."""
    planned(town, out="low")
    same = run("compare", "low", "low")
    assert "Money of 2025, discounted to 2026; rates: society 0 %, firms 0 % a year\n" in same.out
    settings = (town / "instance.toml").read_text(encoding="utf-8")
    (town / "instance.toml").write_text(settings.replace("discount_rate = 0.0", "discount_rate = 0.08"), "utf-8")
    planned(town, out="high")
    other = run("compare", "low", "high")
    assert other.out.count("rates differ:") == 1
    assert "\n  low: society 0 %, firms 0 % a year\n  high: society 8 %, firms 0 % a year\n" in other.out
    warning = "warning: at other discount rates than low: high; costs and grants differ by that, too\n"
    assert warning in other.err
    assert warning in run("report", "low", "high", "--out", "page.html").err
    told = json.loads(run("compare", "low", "high", "--json").out)
    assert [each["discount_rate"] for each in told["results"]] == [0.0, 0.08]


@pytest.mark.nightly
def test_noise_is_told_to_be_noise(plans: tuple[str, str], run: Run) -> None:
    """The same result twice cannot be told apart; the early grid, both proven to the end, can."""
    told = "may be as good as"
    assert told in squeezed(run("compare", plans[0], plans[0]).out)
    assert told not in squeezed(run("compare", *plans).out)


@pytest.mark.nightly
def test_the_same_result_twice_gets_two_names(plans: tuple[str, str], run: Run) -> None:
    """The second is numbered, and nothing differs."""
    ended = run("compare", "late", "late")
    assert "late 2" in ended.out
    assert "(+" not in ended.out
    assert "(-" not in ended.out


@pytest.mark.parametrize("width", [80, 120, 100])
@pytest.mark.nightly
def test_no_line_is_wider_than_the_terminal(plans: tuple[str, str], width: int) -> None:
    """Of twelve results those that do not fit follow below, each beside the reference, and no cell is folded."""
    results = [load(plan) for plan in plans] * 6
    named = dict(zip(names_of(results, ["late"] * 12), results, strict=True))
    out = Output(file=StringIO(), width=width)
    print_side_by_side(out, named, list(plans) * 6, compare(named))
    lines = out.file.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    heads = [line for line in map(squeezed, lines) if line.startswith("period late")]
    assert len(heads) > 1
    told = " ".join(heads)
    assert all(name in told for name in ("early-grid 2", "late 4", "early-grid 6"))


@pytest.mark.nightly
def test_a_result_without_a_plan_is_shown_as_such(town: Path, planned: Callable[..., Path], run: Run) -> None:
    """It has a status and no numbers; the reference is the first that has."""
    planned(town, out="good")
    (town / "targets.csv").write_text("scope,period,cap,price\nall,2026,0,\n", encoding="utf-8")
    planned(town, out="bad", code=1)
    ended = run("compare", "bad", "good")
    assert ended.code == 0
    assert "bad bad infeasible - - -" in lines_of(ended.out)
    assert "period good" in lines_of(ended.out)
    # Another target makes it another instance.
    assert ended.err == "warning: made from other tables than bad: good; differences come from these, too\n"


@pytest.mark.nightly
def test_other_periods_are_refused(write_town: Callable[..., Path], planned: Callable[..., Path], run: Run) -> None:
    """Numbers of other years cannot stand beside each other."""
    for folder, years in (("one", 5), ("two", 6)):
        planned(write_town(folder, periods=f"period,years\n2026,4\n2030,{years}\n"), out=f"{folder}-plan")
    ended = run("compare", "one-plan", "two-plan")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[1] == (
        "  two-plan has the periods 2026 (4 yr), 2030 (6 yr), but one-plan has the periods 2026 (4 yr), 2030 (5 yr)"
    )


def test_folders_that_are_no_results_are_told_together(town: Path, run: Run) -> None:
    """Both, with their names."""
    Path("empty").mkdir()
    ended = run("compare", "empty", "nowhere")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[1:] == [
        "  empty/result.json: is not there; allowed: the folder of a result",
        "  nowhere/result.json: is not there; allowed: the folder of a result",
    ]
    assert run("compare", town, town).err.startswith("town is an instance, not a result")


@pytest.mark.parametrize(
    ("file", "told"), [("compare.xlsx", "does not end in .csv"), ("nowhere/compare.csv", "there is no folder nowhere")]
)
def test_a_file_that_cannot_be_written_is_refused(plans: tuple[str, str], run: Run, file: str, told: str) -> None:
    """Before anything is printed."""
    ended = run("compare", *plans, "--out", file)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


def test_one_result_is_not_enough(plans: tuple[str, str], run: Run) -> None:
    """Two are."""
    ended = run("compare", "late")
    assert (ended.code, ended.err) == (2, "1 result is given; allowed: two or more to compare\n")
