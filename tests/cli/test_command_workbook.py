"""Every command takes one workbook in place of the folder, and says so where a folder is wanted."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from routeplan.data.read import read

pytestmark = pytest.mark.slow

Run = Callable[..., Any]


@pytest.fixture
def book(town: Path, run: Run, solved: Path) -> Path:
    """The town as a workbook, made once and copied, in a folder whose name holds a blank."""
    path, stored = Path("my files/town.xlsx"), solved / "town.xlsx"
    path.parent.mkdir()
    if not stored.exists():
        assert run("export", "excel", town, "--out", stored).code == 0
    return Path(shutil.copy(stored, path))


@pytest.mark.nightly
def test_a_workbook_goes_through_every_command(book: Path, run: Run) -> None:
    """From check to page and layers, and back to a folder that holds the same instance."""
    for command in (
        ("check", book),
        ("scenarios", book),
        ("reach", book),
        ("solve", book, "--out", "plan"),
        ("solve", book, "--scenario", "early-grid", "--out", "early-plan"),
        ("verify", book, "plan"),
        ("verify", book, "early-plan"),
        ("show", "plan", "--sites"),
        ("compare", "plan", "early-plan"),
        ("report", "plan", "early-plan", "--out", "page.html"),
        ("export", "geojson", "plan", "--out", "map"),
        ("export", "excel", "plan", "--out", "plan.xlsx"),
        ("export", "excel", book, "--out", "again.xlsx"),
        ("import", "excel", book, "--out", "folder"),
    ):
        assert run(*command).code == 0, command
    assert read(book).sha256 == read("again.xlsx").sha256 == read("folder").sha256


@pytest.mark.parametrize("command", [("show",), ("report",), ("compare", "plan"), ("export", "geojson")])
@pytest.mark.nightly
def test_a_workbook_where_a_result_is_wanted_is_to_be_solved_first(
    book: Path, planned: Callable[..., Path], run: Run, command: tuple[str, ...]
) -> None:
    """The command to do so can be pasted into a shell as it stands."""
    planned(book, out="plan")
    ended = run(*command, book)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "my files/town.xlsx is a workbook, and a result is a folder; "
        "`routeplan solve 'my files/town.xlsx'` makes a result of it, if it is an instance\n"
    )


@pytest.mark.parametrize("command", ["check", "solve", "scenarios", "reach"])
@pytest.mark.nightly
def test_a_workbook_of_a_result_is_no_instance(
    book: Path, planned: Callable[..., Path], run: Run, command: str
) -> None:
    """One line says so, not one for each of its sheets."""
    planned(book, out="plan")
    assert run("export", "excel", "plan").code == 0
    ended = run(command, "plan.xlsx")
    assert ended.code == 2
    assert ended.err.count("plan.xlsx: holds a result, to be read; allowed: an Excel workbook") == 1
    assert "is no sheet of the format" not in ended.err


@pytest.mark.some(1)
@pytest.mark.parametrize(
    ("command", "name", "reason"),
    [
        (("template",), "new.csv", "the name of a file; allowed: the name of a folder"),
        (("solve", "town", "--out"), "new.xlsx", "the name of a workbook; allowed: the name of a folder"),
        (("import", "excel", "my files/town.xlsx", "--out"), "new.xlsx", "the name of a workbook"),
        (("export", "geojson", "plan", "--out"), "new.geojson", "the name of a file; allowed: the name of a folder"),
    ],
)
def test_no_folder_is_made_under_the_name_of_a_file(
    book: Path, planned: Callable[..., Path], run: Run, command: tuple[str, ...], name: str, reason: str
) -> None:
    """Who asks for a workbook, or for one file of layers, does not get a folder."""
    planned(book, out="plan")
    ended = run(*command, name)
    assert (ended.code, ended.out) == (2, "")
    assert f"{name} is {reason}" in ended.err
    assert not Path(name).exists()


READERS = [
    ("solve", "my files/town.xlsx", "--out", "plan"),
    ("check", "my files/town.xlsx"),
    ("import", "excel", "my files/town.xlsx", "--out", "folder"),
    ("scenarios", "my files/town.xlsx"),
    ("reach", "my files/town.xlsx"),
    ("export", "excel", "my files/town.xlsx", "--out", "again.xlsx"),
]


@pytest.mark.parametrize("command", READERS)
@pytest.mark.nightly
def test_hidden_rows_are_warned_of(book: Path, run: Run, command: tuple[str, ...]) -> None:
    """Whoever filters rows to leave them out learns that they count, before anything is planned."""
    opened = openpyxl.load_workbook(book)
    opened["options"].row_dimensions[3].hidden = True
    opened.save(book)
    ended = run(*command)
    assert ended.code == 0
    assert ended.err.startswith("warning: town.xlsx: options!3:3: 1 row is hidden; it counts all the same")
    if command[0] == "solve":
        assert run(*command, "--quiet") == (0, "", "")


@pytest.mark.nightly
def test_next_steps_can_be_pasted_into_a_shell(book: Path, run: Run) -> None:
    """Paths with blanks stand in quotation marks in every hint."""
    hints = {
        ("template", "new region"): "routeplan check 'new region'",
        ("import", "excel", book, "--out", "old region"): "routeplan solve 'old region'",
        ("export", "excel", book, "--out", "my files/again.xlsx"): "routeplan import excel 'my files/again.xlsx' --out",
        ("solve", book, "--out", "town plan"): "routeplan show 'town plan'",
        ("generate", "--sites", "6", "--seed", "1", "--out", "six sites"): "routeplan solve 'six sites'",
        ("show", book): "routeplan solve 'my files/town.xlsx'",
        ("show", "old region"): "routeplan solve 'old region'",
    }
    for command, hint in hints.items():
        ended = run(*command)
        assert hint in ended.out + ended.err
