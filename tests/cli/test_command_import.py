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


def test_the_folder_is_named_after_region_and_year(export: str, run: Run) -> None:
    """Without --out the instance's name is the folder's."""
    assert run("import", "ets", export, "--region", "Achterhoek").code == 0
    assert read("achterhoek-ets-2021").name == "achterhoek-ets-2021"


def test_an_unknown_region_is_refused(export: str, run: Run) -> None:
    """The message names the regions that there are."""
    ended = run("import", "ets", export, "--region", "Achterhook")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("no region is called 'Achterhook'; regions: ")
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


def test_an_instance_that_is_there_is_replaced_when_asked(export: str, run: Run) -> None:
    """A second import says how to replace the first one; asked to, it does, and keeps what is not its own."""
    asked = ("import", "ets", export, "--region", "Achterhoek", "--out", "real")
    assert run(*asked).code == 0
    Path("real/notes.txt").write_text("mine", encoding="utf-8")
    Path("real/README.md").write_text("old", encoding="utf-8")
    ended = run(*asked, "--year", "2020")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == ("real holds an instance already; --overwrite replaces it, --out FOLDER writes elsewhere\n")
    assert read("real").settings.title.endswith("2021")
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
