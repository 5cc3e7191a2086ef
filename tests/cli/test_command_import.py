"""The command `import ets`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from routeplan.data.read import read

Run = Callable[..., Any]

SAMPLE = Path(__file__).parents[1] / "importers" / "data" / "eutl_sample.csv"


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A few rows of the registry's export, in the working folder of the test."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export.csv").write_bytes(SAMPLE.read_bytes())
    return "export.csv"


def test_a_region_becomes_an_instance(export: str, run: Run) -> None:
    """The sites of the region are in a valid instance, and every row of the export is accounted for."""
    ended = run("import", "ets", export, "--region", "Achterhoek", "--out", "real")
    assert ended.code == 0
    sites = len(read("real")["sites"])
    dropped = len(Path("real/note_dropped.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert ended.out.startswith(f"{sites} sites with ")
    assert f"left out ({dropped}; each with its reason in real/note_dropped.csv):\n" in ended.out
    assert sites + dropped == len(SAMPLE.read_text(encoding="utf-8").splitlines()) - 1
    assert ended.out.endswith("Now: routeplan solve real\n")
    assert Path("real/derivation.csv").is_file()
    assert "routeplan solve real --out real-plan" in Path("real/README.md").read_text(encoding="utf-8")


@pytest.mark.nightly
def test_the_folder_is_named_after_region_and_year(export: str, run: Run) -> None:
    """Without --out the instance's name is the folder's."""
    assert run("import", "ets", export, "--region", "Achterhoek").code == 0
    assert read("achterhoek-ets-2022").name == "achterhoek-ets-2022"


def test_a_folder_is_no_export(run: Run) -> None:
    """The message names the folder, as it was typed."""
    assert run("import", "ets", ".") == (2, "", "1 problem in the input:\n  .: is a folder; allowed: a file\n")


def test_an_unknown_region_is_refused(export: str, run: Run) -> None:
    """The message names the regions that there are."""
    ended = run("import", "ets", export, "--region", "Achterhook")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("no region is called 'Achterhook' (did you mean 'Achterhoek'?); regions: ")
    assert "Achterhoek" in ended.err


def test_a_year_without_emissions_is_refused(export: str, run: Run) -> None:
    """The message names the years that the export has."""
    ended = run("import", "ets", export, "--region", "Achterhoek", "--year", "1999")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("export.csv has no emissions of 1999; years: ")


def test_another_file_is_refused(export: str, run: Run) -> None:
    """A file that is no export of the registry: exit code 2, and one line with the columns of an export."""
    Path("other.csv").write_text("site,city\na,b\n", encoding="utf-8")
    ended = run("import", "ets", "other.csv", "--region", "Achterhoek")
    assert (ended.code, ended.out) == (2, "")
    assert "other.csv:1: is no export of the EU ETS registry; allowed: columns InstallationOrAircr" in ended.err
    assert len(ended.err.splitlines()) == 2


def test_a_folder_in_use_is_refused(export: str, run: Run) -> None:
    """What is there already stays as it is."""
    Path("real").mkdir()
    Path("real/thesis.txt").write_text("years of work", encoding="utf-8")
    ended = run("import", "ets", export, "--region", "Achterhoek", "--out", "real")
    assert (ended.code, ended.out) == (2, "")
    assert [path.name for path in Path("real").iterdir()] == ["thesis.txt"]


@pytest.mark.nightly
def test_an_instance_that_is_there_is_replaced_when_asked(export: str, run: Run) -> None:
    """A second import says how to replace the first one; asked to, it does, and keeps what is not its own."""
    asked = ("import", "ets", export, "--region", "Achterhoek", "--out", "real")
    assert run(*asked).code == 0
    Path("real/notes.txt").write_text("mine", encoding="utf-8")
    Path("real/README.md").write_text("old", encoding="utf-8")
    ended = run(*asked, "--year", "2020")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == ("real holds an instance already; --overwrite replaces it, --out FOLDER writes elsewhere\n")
    assert read("real").settings.title.endswith("2022")
    assert run(*asked, "--year", "2020", "--overwrite").code == 0
    assert read("real").settings.title.endswith("2020")
    assert Path("real/notes.txt").read_text(encoding="utf-8") == "mine"
    assert "verified emissions of 2020" in Path("real/README.md").read_text(encoding="utf-8")


def test_a_folder_of_other_things_is_never_replaced(export: str, run: Run) -> None:
    """`--overwrite` is for instances only."""
    Path("real").mkdir()
    Path("real/thesis.txt").write_text("years of work", encoding="utf-8")
    ended = run("import", "ets", export, "--region", "Achterhoek", "--out", "real", "--overwrite")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "real holds no instance, so it stays; allowed: a folder with instance.toml\n"
    assert [path.name for path in Path("real").iterdir()] == ["thesis.txt"]


@pytest.mark.nightly
def test_sites_by_list_and_by_id(export: str, run: Run) -> None:
    """Those in the file and those that are typed, each once; the README names the list."""
    Path("mine.csv").write_text("id,why\nNL-94,near us\neerbeek-86,near us too\n", encoding="utf-8")
    ended = run("import", "ets", export, "--sites", "mine.csv", "--site", "50", "--site", "94")
    assert (ended.code, ended.err) == (0, "")
    assert sorted(read("sites-ets-2022")["sites"]["site"]) == ["eerbeek-86", "eerbeek-94", "steenderen-50"]
    readme = Path("sites-ets-2022/README.md").read_text(encoding="utf-8")
    assert "| selection | the list mine.csv and 50, 94; outside the five big clusters;" in readme
    assert "not among the sites asked for" in ended.out


@pytest.mark.nightly
def test_sites_in_a_box(export: str, run: Run) -> None:
    """Of the sample's Achterhoek only Winterswijk lies beyond 6.6 degrees east; the README names the box."""
    ended = run("import", "ets", export, "--box", "51.8, 6.6, 52.2, 6.9", "--out", "east")
    assert ended.code == 0
    assert ended.err.startswith("warning: line 10: Wienerberger B.V. Steenfabriek De Vlijt: the register has no ")
    assert read("east")["sites"]["site"].tolist() == ["winterswijk-253"]
    assert read("east").name == "box-ets-2022"
    readme = Path("east/README.md").read_text(encoding="utf-8")
    assert "| selection | the box 51.8 to 52.2 N, 6.6 to 6.9 E; outside the five big clusters;" in readme


@pytest.mark.nightly
def test_what_is_given_together_must_hold_together(export: str, run: Run) -> None:
    """A box with all of the Achterhoek and Hengelo, the province of Overijssel, and a list with both."""
    narrowed = ("--box", "51.8,6,52.4,7", "--province", "Overijssel", "--site", "94", "--site", "106")
    ended = run("import", "ets", export, *narrowed, "--out", "both")
    assert (ended.code, ended.err) == (0, "")
    assert read("both")["sites"]["site"].tolist() == ["hengelo-106"]
    ended = run("import", "ets", export, "--province", "Overijssel", "--site", "94")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "export.csv has no site outside the big clusters with emissions in 2022 in Overijssel, the list 94\n"
    )


def test_unknown_sites_are_told_together(export: str, run: Run) -> None:
    """Those of the list with their lines, and those that are typed."""
    Path("mine.csv").write_text("site\n94\n95\n96\n", encoding="utf-8")
    ended = run("import", "ets", export, "--sites", "mine.csv", "--site", "97")
    assert (ended.code, ended.out) == (2, "")
    allowed = "allowed: an installation of export.csv, as 94, NL-94 or eerbeek-94"
    assert ended.err.splitlines() == [
        "3 problems in the input:",
        f"  export.csv: has no installation '97'; {allowed}",
        f"  mine.csv:3: column 'site' is 95; {allowed}",
        f"  mine.csv:4: column 'site' is 96; {allowed}",
    ]


@pytest.mark.nightly
def test_a_site_that_is_none_of_cluster_6_is_warned_of(export: str, run: Run) -> None:
    """It is known, but lies in a big cluster; when it is the only one there is nothing to import."""
    why = "line 14: Cargill B.V. Rotterdam Botlek is asked for, and left out: in the cluster Rotterdam-Moerdijk\n"
    ended = run("import", "ets", export, "--site", "94", "--site", "210", "--out", "two")
    assert (ended.code, ended.err) == (0, f"warning: {why}")
    assert read("two")["sites"]["site"].tolist() == ["eerbeek-94"]
    ended = run("import", "ets", export, "--site", "210")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith(f"in the list 210\n  {why}")


@pytest.mark.parametrize(
    ("box", "told"),
    [
        ("51.8,6,52.2", "the box has 3 numbers; allowed: 4, in the order south, west, north, east"),
        ("a,b", "the box is 'a,b'; allowed: SOUTH,WEST,NORTH,EAST, such as 51.85,6.05,52.2,6.85"),
        ("52.2,6,51.8,7", "the box (south, west, north, east) is none: south is 52.2 and north 51.8; allowed: a north"),
        ("6,51,7,53", "no site lies in the box 6 to 7 N, 51 to 53 E (its order is south, west, north, east); sites"),
    ],
)
def test_a_box_that_is_none_is_refused(export: str, run: Run, box: str, told: str) -> None:
    """The order of its numbers is told."""
    ended = run("import", "ets", export, "--box", box)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(told)


def test_a_list_that_is_not_there_is_refused(export: str, run: Run) -> None:
    """With its name."""
    ended = run("import", "ets", export, "--sites", "nowhere.csv")
    assert (ended.code, ended.out) == (2, "")
    assert "nowhere.csv" in ended.err
