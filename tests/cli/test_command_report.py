"""``routeplan report``: what it writes, and what it refuses."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from routeplan.language.language import Words

Run = Callable[..., Any]


@pytest.fixture
def plan(town: Path, planned: Callable[..., Path]) -> Path:
    """A plan of the town, in the working folder of the test."""
    return planned(town)


def test_a_page_is_written_and_named(plan: Path, run: Run) -> None:
    """Beside the result, under its name, with its size."""
    ended = run("report", plan)
    page = Path("town-plan.html")
    size = len(page.read_bytes()) / 1e6
    assert ended == (0, f"The page is town-plan.html ({size:.1f} MB); open it in a browser\n", "")
    assert page.read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="en">')


@pytest.mark.nightly
def test_the_page_speaks_the_language_asked_for(plan: Path, run: Run) -> None:
    """Dutch, under a name of one's own."""
    assert run("report", plan, "--language", "nl", "--out", "pages/stad.html").code == 0
    text = Path("pages/stad.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in text
    assert Words("nl")("Plan for leaving natural gas") in text


@pytest.mark.nightly
def test_several_results_stand_side_by_side(town: Path, plan: Path, planned: Callable[..., Path], run: Run) -> None:
    """By the names of scenario and folder, with what differs."""
    planned(town, "--scenario", "early-grid", out="early")
    assert run("report", plan, "early", "--out", "both.html").code == 0
    text = Path("both.html").read_text(encoding="utf-8")
    assert re.findall(r"<h2>(town-plan|early-grid)</h2>", text) == ["town-plan", "early-grid"]
    assert 'id="difference-table"' in text


@pytest.mark.nightly
def test_results_of_other_tables_are_told(
    plan: Path, write_town: Callable[..., Path], planned: Callable[..., Path], run: Run
) -> None:
    """They can be looked at, but their differences do not come from a scenario alone."""
    other = write_town("other", headroom="area,period,firm,flexible\ntown,2026,2,0\ntown,2030,2,0\n")
    planned(other, out="other-plan")
    ended = run("report", plan, "other-plan", "--out", "both.html")
    assert ended.code == 0
    assert "warning: made from other tables than town-plan: other-plan" in ended.err


@pytest.mark.nightly
def test_results_over_other_periods_are_refused(plan: Path, write_town: Callable[..., Path], run: Run) -> None:
    """One slider cannot serve both."""
    other = write_town("other", periods="period,years\n2026,4\n2030,6\n")
    assert run("solve", other, "--quiet", "--out", "other-plan").code == 0
    ended = run("report", plan, "other-plan", "--out", "both.html")
    assert ended.code == 2
    assert "cannot be compared" in ended.err
    assert not Path("both.html").exists()


@pytest.mark.nightly
def test_a_result_without_a_plan_is_told(write_town: Callable[..., Path], run: Run) -> None:
    """Exit code 1, as of any command that finds no plan; nothing is written."""
    town = write_town("hard", targets="scope,period,cap,price\nall,2026,1,\n")
    assert run("solve", town, "--quiet", "--out", "hard-plan").code == 1
    ended = run("report", "hard-plan")
    assert ended.code == 1
    assert "hard-plan has no plan" in ended.err
    assert not Path("hard-plan.html").exists()


def test_what_is_no_page_is_kept(plan: Path, run: Run) -> None:
    """Also where it ends in .html."""
    Path("town-plan.html").write_text("<p>mine</p>", encoding="utf-8")
    ended = run("report", plan)
    assert ended.code == 2
    assert "is no page of routeplan" in ended.err
    assert Path("town-plan.html").read_text(encoding="utf-8") == "<p>mine</p>"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("town-plan", "--out", "page.pdf"), "does not end in .html"),
        (("town-plan", "--language", "fr"), "'fr' is not one of"),
        (("town",), "is an instance, not a result"),
        (("nowhere",), "nowhere"),
    ],
)
def test_requests_that_cannot_be_met_are_refused(plan: Path, run: Run, words: tuple[str, ...], told: str) -> None:
    """In words, with exit code 2, before anything is written."""
    ended = run("report", *words)
    assert ended.code == 2
    assert told in ended.err
    assert list(Path().glob("*.html")) == []


@pytest.mark.parametrize("command", [("report",), ("export", "geojson"), ("export", "excel")])
@pytest.mark.some(1)
def test_a_plan_that_does_not_hold_is_not_handed_on(plan: Path, run: Run, command: tuple[str, ...]) -> None:
    """Somebody changed a table: every check that fails is told, and nothing is written."""
    runs = plan / "runs.csv"
    runs.write_text(runs.read_text(encoding="utf-8").replace("boiler", "gas"), encoding="utf-8")
    before = sorted(Path().iterdir())
    ended = run(*command, plan)
    assert ended.code == 2
    assert "of the plan checker's checks:" in ended.err
    assert sorted(Path().iterdir()) == before


@pytest.mark.nightly
def test_the_page_has_the_whole_name_of_its_folder(plan: Path, run: Run) -> None:
    """A point in it is no ending."""
    plan.rename("plan-2.0")
    assert run("report", "plan-2.0").code == 0
    assert Path("plan-2.0.html").is_file()


WISHES = "project,process,route,period,maturity\nw1,oven,boiler,2026,firm\n"
"""Before 2030 the grid has no room."""


@pytest.fixture
def verdicts(write_town: Callable[..., Path], planned: Callable[..., Path], run: Run) -> Path:
    """Verdicts on one project, beside the plan that they are on."""
    planned(write_town("wishing", wishes=WISHES), out="wishing-plan")
    assert run("verdicts", "wishing-plan", "--quiet", "--out", "judged").code == 0
    return Path("judged")


@pytest.mark.nightly
def test_verdicts_have_a_page_of_their_own(verdicts: Path, run: Run) -> None:
    """Of the folder alone, wherever the plan has gone, in the language asked for."""
    Path("wishing-plan").rename("gone")
    ended = run("report", verdicts, "--language", "nl")
    assert ended.code == 0
    assert ended.out.startswith("The page is judged.html")
    text = Path("judged.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in text
    assert "1 (100%) niet doorgaan wanneer dat gewenst is: 1 kunnen later" in text


@pytest.mark.nightly
def test_verdicts_that_cannot_be_shown_are_refused(verdicts: Path, run: Run) -> None:
    """Beside a result, of tables that were changed, and of a plan that was; nothing is written."""
    ended = run("report", "wishing-plan", verdicts)
    assert (ended.code, "one folder of verdicts alone, or results" in ended.err) == (2, True)
    runs = verdicts / "plan" / "runs.csv"
    kept = runs.read_text(encoding="utf-8")
    runs.write_text(kept.replace("boiler", "gas"), encoding="utf-8")
    ended = run("report", verdicts)
    assert (ended.code, "of the plan checker's checks:" in ended.err) == (2, True)
    runs.write_text(kept, encoding="utf-8")
    projects = verdicts / "projects.csv"
    projects.write_text(projects.read_text(encoding="utf-8").replace("boiler", "geyser"), encoding="utf-8")
    ended = run("report", verdicts)
    assert (ended.code, "projects.csv" in ended.err) == (2, True)
    assert list(Path().glob("*.html")) == []
