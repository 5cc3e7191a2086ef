"""The command `perspective`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from routeplan.cli.output import OUT

Run = Callable[..., Any]

WORKS = {"works": "work,area,earliest,estimate,latest\nstation,town,2028,2030,2033\n"}
"""The boiler needs 2 MW and 1.4 M EUR; room and money come in 2030. The electric kiln needs 20 MW, which never come."""

UNTIL_2030 = ("gas 2026-2029", 2.0, 0.5)
"""The oven on gas: 2 kt a year, and 10 GWh x 30 + 2 kt x 100."""


@pytest.fixture
def plan(write_town: Callable[..., Path], planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(OUT, "width", 250)
    return planned(write_town(**WORKS))


@pytest.mark.nightly
def test_each_route_of_a_site_is_told(plan: Path, run: Run) -> None:
    """The grid has room in 2030, under early dates too, as 2028 begins no period; under late ones it stays full."""
    ended = run("perspective", plan, "--site", "The bakery", "--quiet", "--out", "bakery.csv")
    assert (ended.code, ended.out) == (0, "")
    (row,) = pd.read_csv("bakery.csv").to_dict("records")
    assert [row[name] for name in ("process", "route", "early", "expected", "planned")] == [
        *("oven", "boiler", 2030, 2030, 2030)
    ]
    assert pd.isna(row["late"])
    assert (row["until_then"], row["emissions"], row["cost"]) == UNTIL_2030


@pytest.mark.nightly
def test_all_sites_are_summed_on_the_screen(plan: Path, run: Run) -> None:
    """One route of the bakery becomes possible, none of the brickworks; and the rule is told."""
    ended = run("perspective", plan)
    assert ended.code == 0
    lines = [line.split() for line in ended.out.splitlines()]
    assert ["The", "bakery", "1", "1", "1", "0", "0", "–"] in lines
    assert ["The", "brickworks", "1", "0", "0", "0", "0", "–"] in lines
    assert "Under late dates the plan cannot hold; the others do what a plan made under them says." in ended.out


@pytest.mark.nightly
def test_a_firm_is_handed_a_sheet_in_its_language(plan: Path, run: Run) -> None:
    """With the name of the site and the route in Dutch words, and the rule on a sheet of its own."""
    ended = run("perspective", plan, "--site", "bakery", "--language", "nl", "--out", "bakkerij.xlsx")
    assert ended.code == 0
    assert "mogelijk, late data" in ended.out
    book = load_workbook("bakkerij.xlsx")
    head, row = book["perspective"].values
    told = dict(zip(head, row, strict=True))
    assert (told["bedrijf"], told["mogelijk"], told["mogelijk, late data"]) == (
        *("The bakery", 2030, "in geen enkele periode"),
    )
    assert told["tot dan"] == "aardgas 2026-2029"
    assert [text for (text,) in book["note"].values][1].startswith("Een route is mogelijk in een periode als")
    again = run("perspective", plan, "--out", "bakkerij.xlsx")
    assert (again.code, "there already" in again.err) == (2, True)
    assert run("perspective", plan, "--quiet", "--out", "bakkerij.xlsx", "--overwrite").code == 0


@pytest.mark.nightly
def test_machines_get_the_table(plan: Path, run: Run) -> None:
    """JSON alone is on standard output. No period begins in 2028, so that none feels the early dates."""
    told = json.loads(run("perspective", plan, "--json").out)
    assert (told["early_plan"], told["late_plan"], told["stopped"]) == ("no_difference", "planned_anew", False)
    assert [(row["route"], row["expected"]) for row in told["perspective"]] == [("boiler", 2030), ("e-kiln", None)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--site", "butcher"), "butcher"),
        (("--each", "0"), "--each is 0; allowed: more than 0 seconds"),
        (("--years", "0"), "years"),
        (("--out", "nowhere/there.csv"), "there is no folder nowhere"),
    ],
)
def test_what_makes_no_sense_is_refused(plan: Path, run: Run, words: tuple[str, ...], told: str) -> None:
    """With exit code 2, before anything is solved."""
    ended = run("perspective", plan, *words)
    assert ended.code == 2
    assert told in ended.err
