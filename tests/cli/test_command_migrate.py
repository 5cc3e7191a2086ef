"""The command `migrate`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from routeplan.data.read import check
from routeplan.data.write import write
from small import small

Run = Callable[..., Any]

BAKERY = (487525.502, 120700.723)
TILES = (582065.167, 233883.131)
"""Places in metres of RD New: y, x."""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def region(bakery: tuple[float, float], tiles: tuple[float, float], port: tuple[float, float] = (52.2, 6.2)) -> Path:
    """The small instance with its sites and its port at places given as lat, lon."""
    folder = write(small(), "region")
    for file, places in (("sites.csv", {"52,6": bakery, "52.1,6.1": tiles}), ("nodes.csv", {"52.2,6.2": port})):
        text = (folder / file).read_text(encoding="utf-8")
        for old, (lat, lon) in places.items():
            assert f",{old}" in text
            text = text.replace(f",{old}", f",{lat},{lon}")
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def turned(place: tuple[float, float]) -> tuple[float, float]:
    return place[1], place[0]


ORDERS = {
    "x in lon": ((BAKERY, TILES), "sites: 2 places converted from RD New to degrees; found x in lon and y in lat\n"),
    "x in lat": (
        (turned(BAKERY), (52.1, 6.1)),
        "sites: 1 place converted from RD New to degrees; found x in lat and y in lon, which are exchanged\n",
    ),
    "both": (
        (BAKERY, turned(TILES)),
        "sites: 2 places converted from RD New to degrees; found 1 with x in lon and y in lat; "
        "1 with x in lat and y in lon, which are exchanged\n",
    ),
    "two tables": (
        (BAKERY, TILES, turned(BAKERY)),
        "sites: 2 places converted from RD New to degrees; found x in lon and y in lat\n"
        "nodes: 1 place converted from RD New to degrees; found x in lat and y in lon, which are exchanged\n",
    ),
    "none": (((52.0, 6.0), (52.1, 6.1)), "No place is in metres of RD New.\n"),
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.some(1)
def test_it_tells_what_was_converted_and_how_it_was_found(order: str, run: Run) -> None:
    """Of each table how many places, and which column held x; the result is in order whichever it was."""
    places, told = ORDERS[order]
    ended = run("migrate", region(*places), "--rd-new", "--out", "new")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"{told}new is in the format of today. Now: routeplan check new\n"
    assert check("new").problems == ()


def test_it_tells_that_there_was_nothing_to_do(run: Run) -> None:
    """The instance names its version and has its places in degrees."""
    ended = run("migrate", write(small(), "my region"), "--overwrite")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "my region was in the format of today already, and is as it was. Now: routeplan check 'my region'\n"
    )


@pytest.mark.nightly
def test_a_shell_inside_the_folder_is_told_to_go_there_anew(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would go on to stand in the old one, in which there is nothing any more."""
    folder = region(BAKERY, TILES).resolve()
    monkeypatch.chdir(folder)
    ended = run("migrate", ".", "--rd-new", "--overwrite")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith(f"\n. is in the format of today. Now: cd {folder} && routeplan check .\n")
    monkeypatch.chdir(folder)
    assert check(".").problems == ()
    again = run("migrate", ".", "--rd-new", "--overwrite")
    assert again.out.endswith("\n. was in the format of today already, and is as it was. Now: routeplan check .\n")


@pytest.mark.nightly
def test_it_warns_of_formulas_that_reckon_with_places(run: Run) -> None:
    """A distance that was worked out from metres."""
    write(small(), "region.xlsx")
    opened = openpyxl.load_workbook("region.xlsx")
    sites = opened["sites"]
    names = [cell.value for cell in sites[1]]
    for name, number in zip(("lat", "lon"), BAKERY, strict=True):
        sites.cell(2, names.index(name) + 1, number)
    opened.create_sheet("note")["A1"] = "=sites!F2*2"
    opened.save("region.xlsx")
    ended = run("migrate", "region.xlsx", "--rd-new", "--overwrite")
    assert ended.code == 0
    assert ended.err == (
        "warning: region.xlsx holds formulas, which keep the values that Excel has stored; "
        "open and save it in Excel before you plan\n"
    )


def test_without_overwrite_nothing_is_replaced(run: Run) -> None:
    """The instance itself, or another one at the target."""
    write(small(), "region")
    write(small(), "other")
    here = run("migrate", "region")
    told = "this would replace region; --overwrite does, --out FOLDER writes elsewhere\n"
    assert (here.code, here.out, here.err) == (2, "", told)
    there = run("migrate", "region", "--out", "other")
    told = "other holds an instance already; --overwrite replaces it, --out FOLDER writes elsewhere\n"
    assert (there.code, there.out, there.err) == (2, "", told)


def test_a_target_inside_the_folder_is_refused(run: Run) -> None:
    """In one line."""
    write(small(), "region")
    ended = run("migrate", "region", "--out", "region/new")
    assert (ended.code, ended.err) == (2, "region/new lies inside region; allowed: a folder beside it\n")
