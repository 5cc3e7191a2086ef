"""``routeplan export grid`` and ``routeplan export geopackage``: a plan for the operator of the grid, and on a map."""

import csv
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from routeplan.report.files import geopackage

Run = Callable[..., Any]


@pytest.fixture
def plan(town: Path, planned: Callable[..., Path]) -> Path:
    """The saved plan of the town: the bakery's boiler starts in 2030 and asks for 2 MW, all that there is."""
    return planned(town)


def lines_of(file: str) -> list[dict[str, str]]:
    with Path(file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_the_file_is_named_after_the_result(plan: Path, run: Run) -> None:
    """Nine years of one station; that it can tell of single firms is said at once."""
    ended = run("export", "grid", plan)
    told = "The grid capacity that town-plan asks for is in town-plan-grid.csv; it can tell of single firms: "
    assert (ended.code, ended.out, ended.err) == (0, told + "not to be published\n", "")
    lines = lines_of("town-plan-grid.csv")
    assert [int(line["Year"]) for line in lines] == list(range(2026, 2026 + 4 + 5))
    told = [(line["Station or area"], line["New in this year, firm [MW]"], line["Room, firm [MW]"]) for line in lines]
    assert (
        told == [("The town", "0.00", "0.00")] * 4 + [("The town", "2.00", "2.00")] + [("The town", "0.00", "2.00")] * 4
    )


def test_contracts_when_sites_are_asked_for(plan: Path, run: Run) -> None:
    """Each with the names of its sites; the brickworks ask for nothing."""
    assert run("export", "grid", plan, "--sites").code == 0
    lines = lines_of("town-plan-grid-sites.csv")
    most = {line["Sites"]: line["All new, firm and flexible [MW]"] for line in lines}
    assert most == {"The bakery": "2.00", "The brickworks": "0.00"}


def test_help_warns_of_what_the_file_tells(run: Run) -> None:
    """And names the command whose sums may be published."""
    text = " ".join(run("export", "grid", "--help").out.replace("│", " ").split())
    assert "a station may have one firm alone, whose plans it then tells" in text
    assert "routeplan export public" in text
    assert "semicolons and numbers have decimal commas" in text


@pytest.mark.parametrize("form", ["grid", "geopackage"])
@pytest.mark.nightly
def test_without_a_plan_nothing_is_written(write_town: Callable[..., Path], run: Run, form: str) -> None:
    """Exit code 1, as of every command that finds no plan."""
    pytest.importorskip("pyogrio")
    assert run("solve", write_town(targets="scope,period,cap\nall,2026,1\n"), "--quiet").code == 1
    ended = run("export", form, "town-plan")
    told = "there is nothing to export: the result has no plan, its status is infeasible\n"
    assert (ended.code, ended.out, ended.err) == (1, "", told)


@pytest.mark.parametrize(("crs", "most"), [("28992", 700_000.0), ("4326", 90.0)])
@pytest.mark.some(1)
def test_a_geopackage_in_either_coordinates(plan: Path, run: Run, crs: str, most: float) -> None:
    """Two sites in two periods, in metres or degrees."""
    pyogrio = pytest.importorskip("pyogrio")
    ended = run("export", "geopackage", plan, "--crs", crs)
    told = f"town-plan is in town-plan.gpkg, in the coordinates of EPSG:{crs}\n"
    assert (ended.code, ended.out, ended.err) == (0, told, "")
    info = pyogrio.read_info("town-plan.gpkg", layer="sites")
    assert (info["crs"], info["features"]) == (f"EPSG:{crs}", 4)
    assert most / 10.0 < max(info["total_bounds"]) < most


def test_other_coordinates_are_refused(plan: Path, run: Run) -> None:
    """With those that are allowed."""
    ended = run("export", "geopackage", plan, "--crs", "3857")
    assert ended.code == 2
    assert "28992" in ended.err


def test_without_the_extra_it_is_told_how_to_install_it(plan: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2, as it is no fault of routeplan's."""
    find = importlib.util.find_spec
    monkeypatch.setattr(geopackage, "find_spec", lambda name: None if name == "pyproj" else find(name))
    ended = run("export", "geopackage", plan)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("a GeoPackage needs pyproj, not installed; install with: python -m pip install")
    assert not Path("town-plan.gpkg").exists()


def test_an_instance_has_no_words_of_a_language(town: Path, run: Run) -> None:
    """Its workbook is read back by the words of the format."""
    ended = run("export", "excel", town, "--language", "nl")
    assert ended.code == 2
    assert ended.err == "town is an instance, whose workbook has the words of the format; leave out --language\n"


@pytest.mark.nightly
def test_public_sums_in_dutch(write_town: Callable[..., Path], planned: Callable[..., Path], run: Run) -> None:
    """Headers, sectors and what is said of them, in the files of the same names."""
    sites = [f"bakery-{number}" for number in range(1, 5)]
    town = write_town(
        sites="site,sector,region,area,lat,lon\n" + "".join(f"{site},food,east,town,52.0,6.3\n" for site in sites),
        processes="process,site,kind\n" + "".join(f"{site}.oven,{site},steam\n" for site in sites),
        options="process,route,current,capex,gas,emissions\n"
        + "".join(f"{site}.oven,gas,1,0,{10 / 3},2\n" for site in sites),
    )
    assert run("export", "public", planned(town), "--language", "nl", "--out", "sommen").code == 0
    (first, *_) = lines_of("sommen/by_sector.csv")
    assert (first["sector"], first["aardgas [GWh/jaar]"], first["CO2 zoals nu [kt/jaar]"]) == ("voeding", "13.33", "8")
    about = {line["onderwerp"]: line["waarde"] for line in lines_of("sommen/public.csv")}
    assert (about["minimum aantal bedrijven"], about["status"]) == ("3", "optimaal")
