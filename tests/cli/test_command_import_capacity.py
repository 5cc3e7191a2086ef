"""The command `import capacity`."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from capacity_map import area, until, work, written
from routeplan.data.read import read
from routeplan.result.folder import load

Run = Callable[..., Any]

TINY = Path(__file__).parents[2] / "instances" / "tiny"


@pytest.fixture
def maps(town: Path) -> tuple[str, str]:
    """Two forecasts for the station of the town: 0 MW in 2026, and 1 MW in 2030, when its congestion is over."""
    release = {"demand_alleviation_year": 2030, "demand_capacity_in_queue": 12}
    cable = work("New cable", until("earliest", year=2029), until("latest", year=2031))
    written(Path("map-2026.json"), area("OS Town", 0, works=[cable], **release))
    written(Path("map-2030.json"), area("OS Town", 1, **release))
    Path("map.csv").write_text("short_code,area\nOS Town,town\n", encoding="utf-8")
    return "2026=map-2026.json", "2030=map-2030.json"


def test_the_map_becomes_the_grid_of_the_instance(town: Path, maps: tuple[str, str], run: Run) -> None:
    """The town has what the map tells; the tables show what was merged, with headroom before and after."""
    ended = run("import", "capacity", *maps, "--into", town, "--areas", "map.csv")
    assert (ended.code, ended.err) == (0, "")
    merged = read(town)
    assert merged["headroom"].to_dict("list") == {
        "area": ["town", "town"],
        "period": [2026, 2030],
        "firm": [0.0, 1.0],
        "flexible": [0.0, 0.0],
    }
    assert merged["areas"]["queue"].tolist() == [12.0]
    assert merged["works"]["work"].tolist() == ["release-town", "town:New-cable"]
    rows = [line.split() for line in ended.out.splitlines()]
    assert ["town", "OS", "Town", "mapped", "12", "2030"] in rows
    assert ["town", "2026", "2026", "0", "0", "0", "0"] in rows
    assert ["town", "2030", "2030", "2", "1", "0", "0"] in rows
    assert "The map knows no flexible headroom: it is 0 in every period with a forecast. " in ended.out
    assert "(--keep-flexible keeps what the instance had.)" in ended.out
    assert ended.out.endswith("In town are now, of the map: areas 1, dated works 2\nNow: routeplan check town\n")


@pytest.mark.nightly
def test_flexible_headroom_is_kept_when_asked(write_town: Callable[..., Path], maps: tuple[str, str], run: Run) -> None:
    """The rule is told below the table, and the table has both before and after."""
    town = write_town("flexible", headroom="area,period,firm,flexible\ntown,2026,0,0\ntown,2030,2,7\n")
    ended = run("import", "capacity", *maps, "--into", town, "--areas", "map.csv", "--keep-flexible")
    assert (ended.code, ended.err) == (0, "")
    assert read(town)["headroom"]["flexible"].tolist() == [0.0, 7.0]
    rows = [line.split() for line in ended.out.splitlines()]
    assert ["town", "2030", "2030", "2", "1", "7", "7"] in rows
    assert "it stays as it was, besides the firm headroom of the map, and is 0 where the instance had none" in ended.out


@pytest.mark.nightly
def test_the_map_that_comes_with_tiny_fits_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Each short code is an area of tiny and nothing is unmapped; without room at its station the foundry waits."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TINY, "tiny")
    here = Path("tiny", "capacity-map")
    files = [f"{year}={here / f'map-{year}.json'}" for year in (2026, 2030)]
    ended = run(
        "import", "capacity", *files, "--into", "tiny", "--areas", here / "areas.csv", "--keep-flexible", "--out", "on"
    )
    assert ended.code == 0
    assert "unmapped" not in ended.out + ended.err
    told = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (here / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| OS") or line.startswith("| Congestie")
    ]
    on = read("on")
    queue = on["areas"].set_index("area")["queue"]
    firm = on["headroom"].set_index(["area", "period"])["firm"]
    assert len(told) == len(queue) == 3
    for _, place, first, second, waiting, _ in told:
        assert (firm[place, 2026], firm[place, 2030]) == (float(first), float(second))
        assert queue[place] == float(waiting)
    before = read("tiny")["headroom"].set_index(["area", "period"])["flexible"]
    assert on["headroom"].set_index(["area", "period"])["flexible"].to_dict() == before.to_dict()
    assert run("solve", "on", "--quiet", "--out", "plan").code == 0
    starts = load("plan")["starts"]
    electric = starts[(starts["process"] == "foundry.furnace") & (starts["route"] == "electric_kiln")]
    assert 2030 not in electric["period"].tolist()


@pytest.mark.nightly
def test_the_merged_instance_is_planned(town: Path, maps: tuple[str, str], run: Run) -> None:
    """The boiler needs 2 MW: with the 1 MW of the map it cannot start, and staying costs 9 x 1.5 = 13.5 M EUR."""
    assert run("import", "capacity", *maps, "--into", town, "--areas", "map.csv", "--out", "mapped").code == 0
    before = json.loads(run("solve", town, "--out", "plan", "--json").out)
    after = json.loads(run("solve", "mapped", "--out", "mapped-plan", "--json").out)
    assert before["cost"] == pytest.approx(13.3)
    assert after["cost"] == pytest.approx(13.5)
    assert run("verify", "mapped", "mapped-plan").code == 0


@pytest.mark.nightly
def test_as_json_it_is_the_same(town: Path, maps: tuple[str, str], run: Run) -> None:
    """Standard output is JSON and nothing else; where there was no forecast or limit stands null."""
    ended = run("import", "capacity", maps[1], "--into", town, "--out", "mapped", "--json")
    assert ended.code == 0
    told = json.loads(ended.out)
    assert (told["folder"], ended.err) == ("mapped", "")
    assert told["areas"][1] == {
        "area": "OS-Town",
        "short_codes": "OS Town",
        "state": "unmapped, added",
        "parent": "",
        "queue": 12.0,
        "release": 2030.0,
    }
    assert told["headroom"][0] == {
        "area": "town",
        "period": 2026,
        "forecast": None,
        "firm_before": 0.0,
        "firm": 0.0,
        "flexible_before": 0.0,
        "flexible": 0.0,
    }
    assert told["headroom"][3]["firm_before"] is None
    assert told["warnings"][0].split(";")[0] == (
        "'OS Town' (map-2030.json: energy_areas[0]) is unmapped: it is added as area OS-Town, without sites"
    )


@pytest.mark.nightly
def test_a_workbook_takes_the_map_as_a_folder_does(town: Path, maps: tuple[str, str], run: Run) -> None:
    """The same instance comes of the workbook, changed in place, as of the folder; and one more workbook by --out."""
    assert run("export", "excel", town).code == 0
    what = ("import", "capacity", *maps, "--areas", "map.csv", "--into")
    ended = run(*what, "town.xlsx", "--out", "mapped.xlsx")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith(
        "In mapped.xlsx are now, of the map: areas 1, dated works 2\nNow: routeplan check mapped.xlsx\n"
    )
    assert read("town.xlsx").sha256 == read(town).sha256
    assert run(*what, "town.xlsx").code == 0
    assert run(*what, town).code == 0
    assert {read(place).sha256 for place in ("mapped.xlsx", "town.xlsx")} == {read(town).sha256}


@pytest.mark.nightly
def test_formulas_are_told_to_hold_old_values(town: Path, maps: tuple[str, str], run: Run) -> None:
    """A remark of the user's reckons with the headroom: only Excel can work it out anew."""
    assert run("export", "excel", town).code == 0
    opened = openpyxl.load_workbook("town.xlsx")
    opened.create_sheet("note_mine")["A1"] = "=headroom!C2*2"
    opened.save("town.xlsx")
    ended = run("import", "capacity", *maps, "--into", "town.xlsx", "--areas", "map.csv")
    assert ended.code == 0
    assert ended.err == (
        "warning: town.xlsx holds formulas, which keep the values that Excel has stored; "
        "open and save it in Excel before you plan\n"
    )


@pytest.mark.nightly
def test_unmapped_areas_are_told_as_warnings(town: Path, maps: tuple[str, str], run: Run) -> None:
    """Without MAP.csv the station is no area of the town: one line says so, and the town keeps its headroom."""
    before = read(town)["headroom"]
    ended = run("import", "capacity", *maps, "--into", town)
    assert ended.code == 0
    assert ended.err.startswith("warning: 'OS Town' (map-2026.json: energy_areas[0]) is unmapped: ")
    after = read(town)["headroom"]
    assert after[after["area"] == "town"].equals(before)


def test_a_broken_file_is_refused_by_path_and_rule(town: Path, maps: tuple[str, str], run: Run) -> None:
    """Every violation of every file at once, exit code 2, and nothing is written."""
    before = {path.name: path.read_bytes() for path in town.iterdir()}
    written(Path("broken.json"), area("A", "x"), {"short_code": "B"}, issued="today")  # type: ignore[arg-type]
    Path("other.json").write_text("{", encoding="utf-8")
    ended = run("import", "capacity", "2026=broken.json", "2030=other.json", "--into", town, "--out", "mapped")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "4 problems in the input:",
        '  broken.json: energy_areas[0].demand_available_capacity is "x"; allowed: a number, 0 or more',
        "  broken.json: energy_areas[1].works is missing; allowed: a list",
        '  broken.json: issued is "today"; allowed: a date such as 2024-12-31',
        "  other.json:1: is no JSON: Expecting property name enclosed in double quotes, at character 2; "
        "allowed: a JSON file",
    ]
    assert not Path("mapped").exists()
    assert {path.name: path.read_bytes() for path in town.iterdir()} == before


@pytest.mark.parametrize("word", ["map-2026.json", "26=map-2026.json", "2026="])
def test_a_file_without_its_year_is_refused(town: Path, maps: tuple[str, str], run: Run, word: str) -> None:
    """The message shows how it is written."""
    ended = run("import", "capacity", word, "--into", town)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"no forecast year and file: '{word}'; allowed: YEAR=FILE, such as 2026=map-2026.json\n"


def test_a_forecast_of_a_strange_year_is_refused(town: Path, maps: tuple[str, str], run: Run) -> None:
    """The years that may stand in a file are those that a forecast may be of; all that is wrong is told at once."""
    ended = run("import", "capacity", "1500=a.json", *maps, "2201=b.json", "c.json", "--into", town)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "no forecast year and file: 'c.json'; allowed: YEAR=FILE, such as 2026=map-2026.json",
        "a.json is a forecast of 1500; allowed: a year from 1900 to 2200",
        "b.json is a forecast of 2201; allowed: a year from 1900 to 2200",
    ]


def test_what_is_no_folder_of_an_instance_is_refused(town: Path, maps: tuple[str, str], run: Run) -> None:
    """A file, and a folder that is not there."""
    ended = run("import", "capacity", *maps, "--into", "map.csv")
    assert ended.code == 2
    assert "map.csv: is a file; allowed: a folder with instance.toml and CSV tables" in ended.err
    ended = run("import", "capacity", *maps, "--into", "nowhere")
    assert ended.code == 2
    assert "nowhere: does not exist" in ended.err


def test_the_help_shows_a_map_file(run: Run) -> None:
    """MAP.csv is taught by example."""
    ended = run("import", "capacity", "--help")
    assert ended.code == 0
    assert "short_code,area" in ended.out
    assert "OS Zutphen,G05-west" in ended.out


@pytest.mark.nightly
def test_the_published_examples_are_imported(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """TenneT's and a regional operator's example of one year, into the instance that uses every table; it is planned.

    The operator's area hangs on TenneT's station, which lies in the congestion area Drenthe for demand.
    """
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TINY, "tiny")
    examples = shared_data / "capaciteitskaart"
    files = [f"2026={examples / f'im_capaciteitskaart_{name}.json'}" for name in ("tso-20250120", "dso-20250110")]
    Path("map.csv").write_text(
        "short_code,area\nDrenthe,region\nOS FICTIEF1,north\nOS FICTIEF 20-3i,south\n", encoding="utf-8"
    )
    ended = run("import", "capacity", *files, "--into", "tiny", "--areas", "map.csv")
    assert ended.code == 0
    merged = read("tiny")
    tree = merged["areas"].set_index("area")
    assert tree["parent"].to_dict() == {"region": "", "north": "region", "south": "north"} | {
        "GDO-Noordelijk-Deelgebied": ""
    }
    assert tree["queue"].to_dict() == {"region": 100.0, "north": 30.0, "south": 3.0, "GDO-Noordelijk-Deelgebied": 200.0}
    firm = merged["headroom"].groupby("area")["firm"].agg(["min", "max"])
    assert (
        firm["min"].to_dict()
        == firm["max"].to_dict()
        == {
            "region": 100.0,
            "north": 470.0,
            "south": 47.0,
            "GDO-Noordelijk-Deelgebied": 200.0,
        }
    )
    dated = merged["works"].set_index("work")["estimate"]
    assert dated["south:WO#_4321_Vervanging_Transformator"] == 2026.0
    assert dated["GDO-Noordelijk-Deelgebied:WO#_3456_Realiseren_station"] == 2027.0
    assert dated["release-region"] == 2030.0
    assert run("check", "tiny").code == 0
    assert run("solve", "tiny", "--out", "plan", "--quiet").code == 0
    assert run("verify", "tiny", "plan").code == 0
