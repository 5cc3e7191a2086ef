"""The command `import netburen`: which site hangs on which station, into a folder or a workbook, in both languages."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netburen_file import connection, point, station, written
from routeplan.cli.output import ERR, OUT
from routeplan.data.read import read

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OUT, "width", 250)
    monkeypatch.setattr(ERR, "width", 250)


@pytest.fixture
def file(town: Path) -> str:
    """The bakery of the town by its name, the brickworks by its place (52.1, 6.4), and a house of nobody's."""
    bakery = connection(point("871"), description="The bakery")
    brickworks = connection(point("872"), at=(52.1, 6.4))
    house = connection(point("873"), address="1234AB 5")
    return written(Path("netburen.json"), station("MS 1", bakery, brickworks, house)).name


def rows_of(out: str) -> list[list[str]]:
    """The lines of what was printed, in words."""
    return [line.split() for line in out.splitlines()]


def test_sites_get_the_area_of_their_station(town: Path, file: str, run: Run) -> None:
    """The tables show what was found and how, and what was not used; the trace stands in the derivation."""
    (town / "derivation.csv").write_text(
        "table,key,column,value,rule,parameters\nsites,bakery,spare_capacity,0,old,x\nsites,bakery,area,town,old,x\n",
        encoding="utf-8",
    )
    before = read(town)
    ended = run("import", "netburen", file, "--into", town)
    assert (ended.code, ended.err) == (0, "")
    after = read(town)
    assert after["sites"]["area"].tolist() == ["MS-1", "MS-1"]
    assert after["areas"][["area", "parent"]].to_numpy().tolist() == [["town", ""], ["MS-1", "town"]]
    for table in ("headroom", "options", "prices"):
        assert after[table].equals(before[table])
    printed = rows_of(ended.out)
    assert ["MS", "1", "MS-1", "new", "area,", "without", "a", "limit", "of", "its", "own", "town", "2"] in printed
    assert ["871", "bakery", "by", "name", "MS", "1", "town", "MS-1"] in printed
    assert ["872", "brickworks", "nearest", "site,", "0", "m", "away", "MS", "1", "town", "MS-1"] in printed
    assert "873   is called as no site, and its place is not told" in ended.out
    assert "sites with another area 2, new areas 1. Contracts, spare capacity and headroom are as they" in ended.out
    assert ended.out.endswith("Now: routeplan check town\n")
    traces = (town / "derivation.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:4] for line in traces[1:]] == [
        ["sites", "bakery", "spare_capacity", "0"],
        ["sites", "bakery", "area", "MS-1"],
        ["sites", "brickworks", "area", "MS-1"],
        ["areas", "MS-1", "parent", "town"],
    ]


@pytest.mark.nightly
def test_a_folder_to_write_to_leaves_the_instance(town: Path, file: str, run: Run) -> None:
    """As JSON it tells the same; a second time the folder is taken, and stays."""
    before = read(town).sha256
    Path("map.csv").write_text("connection,site\n872,\n", encoding="utf-8")
    what = ("import", "netburen", file, "--into", town, "--sites", "map.csv", "--out", "by-station", "--json")
    told = json.loads(run(*what).out)
    assert (told["folder"], read(town).sha256) == ("by-station", before)
    assert read("by-station")["sites"]["area"].tolist() == ["MS-1", "town"]
    assert told["stations"] == [
        {
            "station": "MS 1",
            "area": "MS-1",
            "how": "new area, without a limit of its own",
            "parent": "town",
            "sites": 1,
        }
    ]
    assert told["left"] == [{"what": "873", "why": "is called as no site, and its place is not told"}]
    assert told["warnings"] == ["the file does not tell the station of these sites, whose area stays: brickworks"]
    again = run(*what)
    assert again.code == 2
    assert "by-station" in again.err + again.out


@pytest.mark.nightly
def test_a_workbook_becomes_one(town: Path, file: str, run: Run) -> None:
    """The derivation is a sheet of it."""
    assert run("export", "excel", town, "--out", "town.xlsx").code == 0
    assert run("import", "netburen", file, "--into", "town.xlsx").code == 0
    assert read("town.xlsx")["sites"]["area"].tolist() == ["MS-1", "MS-1"]
    assert run("import", "netburen", file, "--into", town).code == 0
    assert read("town.xlsx").sha256 == read(town).sha256


@pytest.mark.nightly
def test_the_instance_is_planned_as_before(town: Path, file: str, run: Run) -> None:
    """A station without a limit takes no room: the plan of the town costs 13.3 M EUR with it and without."""
    assert run("import", "netburen", file, "--into", town).code == 0
    assert json.loads(run("solve", town, "--out", "plan", "--json").out)["cost"] == pytest.approx(13.3)


@pytest.mark.nightly
def test_bad_input_is_refused_and_the_instance_stays(town: Path, file: str, run: Run) -> None:
    """Problems of the file come all at once, in either language; a map or a distance that is none too."""
    before = read(town).sha256
    Path("bad.json").write_text('{"identifier": 1, "substations": {}}', encoding="utf-8")
    ended = run("import", "netburen", "bad.json", "--into", town)
    assert ended.code == 2
    assert "bad.json: identifier is 1; allowed: text" in ended.err
    assert "bad.json: version is missing; allowed: text" in ended.err
    dutch = run("import", "netburen", "bad.json", "--into", town, "--language", "nl")
    assert "bad.json: substations is een object; toegestaan: een lijst" in dutch.err
    assert run("import", "netburen", file, "--into", town, "--within", "-1").code == 2
    assert run("import", "netburen", file, "--into", town, "--sites", "nowhere.csv").code == 2
    assert run("import", "netburen", "nowhere.json", "--into", town).code == 2
    assert run("import", "netburen", file, "--into", "nowhere").code == 2
    assert read(town).sha256 == before


def test_in_dutch_it_reads_as_a_ministry_would_write(town: Path, file: str, run: Run) -> None:
    """Headings, reasons and the closing line."""
    ended = run("import", "netburen", file, "--into", town, "--language", "nl")
    assert (ended.code, ended.err) == (0, "")
    assert "Stations die locaties van de gegevensset voeden" in ended.out
    assert "nieuw gebied, zonder eigen grens" in ended.out
    assert "dichtstbijzijnde locatie, op 0 m" in ended.out
    assert "locaties met een ander gebied 2, nieuwe gebieden 1" in ended.out
