"""Verdicts and perspective beside a plan: `show --site`, `report` and `export excel` tell them, of that plan alone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from routeplan.cli.output import OUT

Run = Callable[..., Any]

WISHES = {"wishes": "project,process,route,period,maturity\nw1,oven,boiler,2026,firm\n"}
"""Before 2030 the grid has no room and the fund no money for it."""


@pytest.fixture
def asked(write_town: Callable[..., Path], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A plan, and the options that name its verdicts and its perspective."""
    monkeypatch.setattr(OUT, "width", 250)
    monkeypatch.chdir(tmp_path)
    assert run("solve", write_town(**WISHES), "--quiet", "--out", "plan").code == 0
    assert run("verdicts", "plan", "--quiet", "--out", "verdicts").code == 0
    assert run("perspective", "plan", "--quiet", "--out", "when.csv").code == 0
    return ["--verdicts", "verdicts", "--perspective", "when.csv"]


@pytest.mark.nightly
def test_a_site_is_shown_with_what_was_found_out(asked: list[str], run: Run) -> None:
    """Why its boiler cannot come in 2026, and when its routes are possible; on the page and in the workbook too."""
    shown = run("show", "plan", "--site", "bakery", *asked)
    assert shown.code == 0
    assert "not before 2030; in the plan until then: natural gas" in shown.out
    assert "Decide by: " in shown.out
    told = json.loads(run("show", "plan", "--site", "bakery", *asked, "--json").out)
    assert [each["verdict"] for each in told["projects"]] == ["later"]
    assert {each["route"] for each in told["perspective"]} >= {"boiler"}
    assert run("report", "plan", *asked, "--out", "plan.html").code == 0
    assert "What becomes of its projects" in Path("plan.html").read_text(encoding="utf-8")
    assert run("export", "excel", "plan", *asked, "--out", "plan.xlsx").code == 0
    assert {"projects", "perspective"} < set(openpyxl.load_workbook("plan.xlsx").sheetnames)


@pytest.mark.nightly
def test_what_is_of_no_or_another_plan_is_refused(
    asked: list[str], run: Run, write_town: Callable[..., Path], tmp_path: Path
) -> None:
    """All sites at once, two plans, verdicts themselves, an instance, a plan of other tables, and what is not there."""
    other = write_town("other", **WISHES, headroom="area,period,firm,flexible\ntown,2026,9,9\n")
    assert run("solve", other, "--quiet", "--out", "another").code == 0
    for words, told in {
        ("show", "plan"): "--verdicts and --perspective go with --site",
        ("report", "plan", "plan", "--out", "page.html"): "go with one result alone",
        ("report", "verdicts", "--out", "page.html"): "go with one result alone",
        ("export", "excel", str(other), "--out", "book.xlsx"): "go with a result",
        ("report", "another", "--out", "page.html"): "verdicts is about another plan",
    }.items():
        ended = run(*words, *asked)
        assert (ended.code, told in ended.err) == (2, True), ended.err
    ended = run("report", "another", "--perspective", "when.csv", "--out", "page.html")
    assert (ended.code, "not about the plan that is given" in ended.err) == (2, True), ended.err
    ended = run("show", "plan", "--site", "bakery", "--perspective", "none.csv")
    assert (ended.code, "none.csv is no file" in ended.err) == (2, True), ended.err
