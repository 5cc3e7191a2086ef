"""The commands `verdicts` and `why`."""

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from routeplan.cli import verdict_tables
from routeplan.cli.output import OUT
from routeplan.why.judged import Judged

Run = Callable[..., Any]

WISHES = {"wishes": "project,process,route,period,maturity\nw1,oven,boiler,2026,firm\nw2,oven,boiler,2030,idea\n"}
"""Before 2030 the grid has no room and the fund no money; the boiler needs 2 MW and 1.4 M EUR, and comes in 2030."""


@pytest.fixture
def town(write_town: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(OUT, "width", 250)
    return write_town(**WISHES)


@pytest.fixture
def plan(town: Path, planned: Callable[..., Path]) -> Path:
    return planned(town)


def test_an_instance_is_solved_and_its_projects_are_judged(town: Path, run: Run) -> None:
    """One of the two is possible from 2030 on, for want of both."""
    ended = run("verdicts", town)
    assert ended.code == 0
    assert ended.out.startswith(
        "Of the 2 projects that need infrastructure 1 (50%) cannot go ahead when they are wanted: 1 can later, 0 cannot"
    )
    assert "not before 2030; in the plan until then: natural gas" in ended.out
    assert "- grid of The town (2 MW more, 2026 to 2029)" in ended.out
    assert "- pot The fund (1.4 M EUR more, 2026 to 2029)" in ended.out


@pytest.mark.nightly
def test_tables_are_written_once(plan: Path, run: Run, tmp_path: Path) -> None:
    """And again only when that is asked for."""
    place = tmp_path / "verdicts"
    assert run("verdicts", plan, "--quiet", "--out", place).code == 0
    projects = pd.read_csv(place / "projects.csv").set_index("project")
    assert projects["verdict"].to_dict() == {"w1": "later", "w2": "goes_ahead"}
    assert pd.read_csv(place / "by_cause.csv").to_dict("list") == {
        "causes": ["congestion + money"],
        "projects": [1],
        "share": [0.5],
    }
    refused = run("verdicts", plan, "--quiet", "--out", place)
    assert refused.code == 2
    assert run("verdicts", plan, "--quiet", "--out", place, "--overwrite").code == 0


@pytest.mark.nightly
def test_machines_get_all_tables(plan: Path, run: Run) -> None:
    """JSON alone is on standard output."""
    told = json.loads(run("verdicts", plan, "--json").out)
    assert [row["verdict"] for row in told["projects"]] == ["later", "goes_ahead"]
    sets = {(row["set"], row["kind"]) for row in told["blockers"]}
    assert {frozenset(kind for which, kind in sets if which == number) for number, _ in sets} == {
        frozenset({"grid", "pot"}),
        frozenset({"grid", "support"}),
    }


def test_a_plan_of_other_tables_is_refused(plan: Path, run: Run, write_town: Callable[..., Path]) -> None:
    """A verdict is on the instance that was planned."""
    other = write_town("other", **{"wishes": WISHES["wishes"].replace("2030", "2026")})
    ended = run("verdicts", other, "--plan", plan)
    assert ended.code == 2
    assert "made from other tables than those in other" in ended.err


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--each", "0"], "--each is 0; allowed: more than 0"), (["--site", "nobody"], "no site is called 'nobody'")],
)
def test_what_makes_no_sense_is_refused(words: list[str], told: str, plan: Path, run: Run) -> None:
    """With what is allowed."""
    ended = run("verdicts", plan, *words)
    assert ended.code == 2
    assert told in ended.err


@pytest.mark.nightly
def test_an_instance_without_a_plan_ends_with_1(run: Run, write_town: Callable[..., Path]) -> None:
    """There is nothing to hold projects against."""
    town = write_town(**WISHES, decided="decision,item,choice,period,value\nruns,oven,boiler,2026,1\n")
    assert run("verdicts", town).code == 1


def test_why_is_answered_from_tables_at_once(plan: Path, run: Run) -> None:
    """Each limit by itself, with what is asked, what is left, and the first year in which nothing is in the way."""
    ended = run("why", plan, "--site", "bakery", "--route", "boiler", "--year", "2027")
    assert ended.code == 0
    assert "by the tables not before 2030; in the plan until then: natural gas" in ended.out
    assert "- grid of The town: 2 MW more firm capacity needed in 2026, 0 left" in ended.out
    assert "- funding gap 1.4 M EUR; what pots may pay of it, and have left, is 0" in ended.out
    assert "The town has room for 0 MW of new firm capacity in 2026" in ended.out
    assert ended.out.rstrip().endswith("more may stand in the way. With proof: --prove")


def test_answers_from_tables_are_told_to_machines(plan: Path, run: Run) -> None:
    """As not proven, with their numbers; the grid has room from 2030 on, and the pot is asked at the start alone."""
    (told,) = json.loads(run("why", plan, "--site", "bakery", "--route", "boiler", "--year", "2026", "--json").out)
    assert (told["proven"], told["planned"], told["clear_from"]) == (False, False, 2030)
    assert told["obstacles"] == [
        {"kind": "grid", "place": "town firm", "period": 2026, "until": 2029, "asked": 2.0, "left": 0.0},
        {"kind": "grid", "place": "town total", "period": 2026, "until": 2029, "asked": 2.0, "left": 0.0},
        {"kind": "pot", "place": "fund", "period": 2026, "until": None, "asked": pytest.approx(1.4), "left": 0.0},
    ]
    assert told["reasons"][0] == "in the way, by the tables:"


def test_why_not_now_is_answered(plan: Path, run: Run) -> None:
    """What is in the way, what there is of it, and from when it is possible."""
    ended = run("why", plan, "--site", "bakery", "--route", "boiler", "--year", "2027", "--prove")
    assert ended.code == 0
    assert "not before 2030" in ended.out
    assert "in the way, all of these:" in ended.out
    assert "- grid of The town (2 MW more, 2026 to 2029)" in ended.out
    assert "The town has room for 0 MW of new firm capacity in 2026" in ended.out


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_why_that_is_stopped_with_nothing_known_says_so(
    plan: Path, run: Run, monkeypatch: pytest.MonkeyPatch, form: tuple[str, ...]
) -> None:
    """It does not say that the plan has everything."""

    def interrupted(*_: object, stop: Callable[[], bool], **__: object) -> list[Judged]:
        assert not stop()
        signal.raise_signal(signal.SIGINT)
        assert stop()
        return []

    monkeypatch.setattr("routeplan.why", interrupted)
    ended = run("why", plan, "--site", "bakery", "--prove", *form)
    assert (ended.code, ended.out) == (130, "")
    assert "Stopped; of no option that the plan does not have is anything known yet." in ended.err


@pytest.mark.nightly
def test_spoilt_verdicts_make_no_page(plan: Path, run: Run, tmp_path: Path) -> None:
    """Lost rows, and a lost file."""
    assert run("verdicts", plan, "--quiet", "--out", "verdicts").code == 0
    blockers = Path("verdicts/blockers.csv")
    blockers.write_text(blockers.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    ended = run("report", "verdicts", "--out", "page.html")
    assert (ended.code, "projects.csv:2: column 'sets' is 2; allowed: 0" in ended.err) == (2, True), ended.err
    blockers.unlink()
    ended = run("report", "verdicts", "--out", "page.html")
    assert (ended.code, "verdicts holds verdicts without blockers.csv" in ended.err) == (2, True), ended.err


DUTCH = ("--json", "--language", "nl")


@pytest.mark.nightly
def test_why_is_told_to_machines_and_in_dutch(plan: Path, run: Run) -> None:
    """The same words; the verdict as the tables have it."""
    (told,) = json.loads(
        run("why", plan, "--site", "bakery", "--route", "boiler", "--year", "2026", "--prove", *DUTCH).out
    )
    assert (told["verdict"], told["says"].split(";")[0], told["proven"]) == ("later", "niet vóór 2030", True)
    assert told["reasons"][0] == "knelpunten, allemaal samen:"
    (added,) = (row["amount"] for row in told["blockers"] if (row["set"], row["kind"]) == (1, "grid"))
    assert added == pytest.approx(2.0, abs=1e-4)
    assert {row["set"] for row in told["blockers"]} == {row["set"] for row in told["liftings"]}
    assert told["there_is"][0].startswith("Gevraagd voor")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--route", "boilr"], "no route of the site is called 'boilr' (did you mean 'boiler'?); routes: boiler"),
        (["--year", "1999"], "the year is 1999; allowed: 2026 to"),
        (["--each", "-1"], "--each is -1; allowed: more than 0 seconds"),
        (["--each", "nan"], "--each is nan; allowed: more than 0 seconds"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(words: list[str], told: str, plan: Path, run: Run) -> None:
    """With what is allowed."""
    ended = run("why", plan, "--site", "bakery", *words)
    assert ended.code == 2
    assert told in ended.err


@pytest.mark.nightly
def test_the_first_that_are_held_back_are_printed(plan: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how many more there are."""
    monkeypatch.setattr(verdict_tables, "MOST", 0)
    ended = run("verdicts", plan)
    assert "1 more projects are held back: --site NAME, or the tables and the page of them." in ended.out
    assert "- grid of" not in ended.out


@pytest.mark.nightly
def test_all_projects_can_be_asked_about_in_one_year(plan: Path, run: Run) -> None:
    """In 2030 the boiler that is wanted in 2026 is possible as well; a year beyond the plan is refused."""
    told = json.loads(run("verdicts", plan, "--year", "2030", "--json").out)
    assert [(each["period"], each["verdict"]) for each in told["projects"]] == [(2030, "goes_ahead")] * 2
    ended = run("verdicts", plan, "--year", "1999")
    assert (ended.code, "the year is 1999; allowed: 2026 to" in ended.err) == (2, True), ended.err
