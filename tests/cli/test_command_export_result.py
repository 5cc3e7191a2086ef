"""``routeplan export geojson`` and ``routeplan export excel`` of a result."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Run = Callable[..., Any]


@pytest.fixture
def plan(town: Path, planned: Callable[..., Path]) -> Path:
    """The saved plan of the town: the bakery's boiler starts in 2030."""
    return planned(town)


@pytest.fixture
def no_plan(write_town: Callable[..., Path], planned: Callable[..., Path]) -> Path:
    """A result without a plan: the brickworks alone emit more than the cap."""
    return planned(write_town(targets="scope,period,cap\nall,2026,1\n"), code=1)


def test_layers_are_named_after_the_result(plan: Path, run: Run) -> None:
    """Two sites in two periods; the town has neither links nor hubs."""
    ended = run("export", "geojson", plan)
    told = "town-plan is in town-plan-geojson, with the features of sites (4), links (0)\n"
    assert (ended.code, ended.out, ended.err) == (0, told, "")
    assert sorted(path.name for path in Path("town-plan-geojson").iterdir()) == ["links.geojson", "sites.geojson"]
    sites = json.loads(Path("town-plan-geojson/sites.geojson").read_bytes())
    assert [
        (each["properties"]["name"], each["properties"]["period"], each["properties"]["family"])
        for each in sites["features"]
    ] == [
        ("The bakery", 2026, "current"),
        ("The bakery", 2030, "electrification"),
        ("The brickworks", 2026, "current"),
        ("The brickworks", 2030, "current"),
    ]


@pytest.mark.nightly
def test_a_workbook_is_named_after_the_result(plan: Path, run: Run) -> None:
    """The first sheet tells the status, and the runs are there, with the site of each process."""
    ended = run("export", "excel", plan)
    assert (ended.code, ended.out, ended.err) == (0, "town-plan is in town-plan.xlsx\n", "")
    book = openpyxl.load_workbook("town-plan.xlsx")
    told = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert told["Status"] == "optimal"
    assert [cell.value for cell in book["runs"]["D"]] == ["route", "gas", "gas", "gas", "boiler"]
    assert {row[1] for row in book["runs"].iter_rows(min_row=2, values_only=True)} == {"The bakery", "The brickworks"}
    book.close()


@pytest.mark.parametrize(
    ("form", "there", "told"),
    [
        ("geojson", "town-plan-geojson", "--overwrite replaces it, --out FOLDER writes elsewhere"),
        ("excel", "town-plan.xlsx", "--overwrite replaces it, --out BOOK.xlsx writes elsewhere"),
    ],
)
@pytest.mark.nightly
def test_nothing_is_replaced_unasked(plan: Path, run: Run, form: str, there: str, told: str) -> None:
    """Both commands say how to replace what is there."""
    assert run("export", form, plan).code == 0
    ended = run("export", form, plan)
    assert (ended.code, ended.out, ended.err) == (2, "", f"{there} is there already; {told}\n")
    assert run("export", form, plan, "--overwrite").code == 0


@pytest.mark.parametrize(("form", "out"), [("geojson", "new"), ("excel", "new.xlsx")])
@pytest.mark.nightly
def test_without_a_plan_nothing_is_written(no_plan: Path, run: Run, form: str, out: str) -> None:
    """Exit code 1, as of every command that finds no plan, and the status."""
    ended = run("export", form, no_plan, "--out", out)
    told = "there is nothing to export: the result has no plan, its status is infeasible\n"
    assert (ended.code, ended.out, ended.err) == (1, "", told)
    assert not Path(out).exists()


def test_what_is_no_result_is_refused(town: Path, run: Run) -> None:
    """An instance has no layers, and the message says how to make a result of it."""
    ended = run("export", "geojson", town)
    told = "town is an instance, not a result; `routeplan solve town` makes a result of it\n"
    assert (ended.code, ended.err) == (2, told)
    ended = run("export", "geojson", "nowhere")
    assert (ended.code, ended.out) == (2, "")
    assert not Path("town-geojson").exists()


@pytest.mark.nightly
def test_a_member_goes_with_hub_designs_alone(plan: Path, run: Run) -> None:
    """A plan has none."""
    ended = run("export", "excel", plan, "--member", "bakery")
    told = f"{plan} is no comparison of hub designs, with which --member goes; leave it out\n"
    assert (ended.code, ended.out, ended.err) == (2, "", told)


def test_a_broken_result_is_told_as_such(plan: Path, run: Run) -> None:
    """With file, line and column, in either form."""
    Path("town-plan/starts.csv").write_text("process,route,period,capex,funding_gap\noven,boiler,2030,x,0\n")
    for form in ("geojson", "excel"):
        ended = run("export", form, plan)
        assert ended.code == 2
        assert "starts.csv:2: column 'capex' is x; " in ended.err
