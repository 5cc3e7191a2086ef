"""``routeplan export excel`` and ``routeplan import excel``: from folder to workbook and back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from routeplan.data.read import read
from routeplan.data.write import write
from small import small

Run = Callable[..., Any]

TINY = Path(__file__).parents[2] / "instances" / "tiny"


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder of the test's own, with the small instance in it."""
    monkeypatch.chdir(tmp_path)
    write(small(), "small")


@pytest.mark.nightly
def test_there_and_back(run: Run) -> None:
    """A folder becomes a workbook and a folder again; the tables are the same, their notes among them."""
    assert run("export", "excel", str(TINY), "--out", "tiny.xlsx").code == 0
    ended = run("import", "excel", "tiny.xlsx", "--out", "back")
    assert (ended.code, ended.out) == (0, "tiny is in back; now: routeplan solve back\n")
    assert read("back").sha256 == read("tiny.xlsx").sha256 == read(TINY).sha256
    assert ",note\n" in Path("back/sites.csv").read_text(encoding="utf-8")
    assert Path("back/datapackage.json").is_file()


def test_the_workbook_is_named_after_the_instance(run: Run) -> None:
    """Without --out the instance's name is that of the file, and of the folder."""
    ended = run("export", "excel", "small")
    assert ended.out == "small is in small.xlsx; back to a folder: routeplan import excel small.xlsx --out FOLDER\n"
    Path("small").rename("old")
    assert run("import", "excel", "small.xlsx").code == 0
    assert read("small").sha256 == small().sha256


@pytest.mark.nightly
def test_commands_take_a_workbook_for_a_folder(run: Run) -> None:
    """Check, solve and verify: the plan of the workbook is one of the folder."""
    run("export", "excel", "small")
    assert run("check", "small.xlsx").out == "small.xlsx: 25 tables, 44 rows, no problems, no warnings\n"
    assert run("solve", "small.xlsx", "--out", "plan", "--quiet").code == 0
    assert run("verify", "small.xlsx", "plan").code == 0
    assert run("verify", "small", "plan").code == 0


@pytest.mark.nightly
def test_a_mistake_is_told_with_its_cell(run: Run) -> None:
    """Exit code 2, and the cell in text and in JSON."""
    run("export", "excel", "small")
    book = openpyxl.load_workbook("small.xlsx")
    book["options"]["D3"] = -3
    book.save("small.xlsx")
    book.close()
    message = "small.xlsx: options!D3: column 'capex' is -3.0; allowed: 0 M EUR or more"
    ended = run("check", "small.xlsx")
    assert (ended.code, ended.err) == (2, message + "\n")
    (told,) = json.loads(run("check", "small.xlsx", "--json").out)["problems"]
    assert (told["file"], told["line"], told["cell"]) == ("small.xlsx: options", 3, "D3")
    assert message in run("solve", "small.xlsx").err
    assert message in run("import", "excel", "small.xlsx", "--out", "new").err
    assert not Path("new").exists()


@pytest.mark.nightly
def test_nothing_is_replaced_unasked(run: Run) -> None:
    """Both commands say how to replace what is there."""
    assert run("export", "excel", "small").code == 0
    ended = run("export", "excel", "small")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "small.xlsx is there already; --overwrite replaces it, --out BOOK.xlsx writes elsewhere\n"
    ended = run("import", "excel", "small.xlsx")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "small holds an instance already; --overwrite replaces it, --out FOLDER writes elsewhere\n"
    assert run("export", "excel", "small", "--overwrite").code == 0
    assert run("import", "excel", "small.xlsx", "--overwrite").code == 0


@pytest.mark.nightly
def test_names_that_make_no_sense(run: Run) -> None:
    """A workbook must be named as one, a folder must not, and a folder is no workbook."""
    ended = run("export", "excel", "small", "--out", "small.csv")
    assert (ended.code, ended.err) == (2, "small.csv is no name of a workbook; allowed: a name that ends in .xlsx\n")
    ended = run("import", "excel", "small")
    assert (ended.code, ended.err) == (2, "small is no workbook; allowed: a file whose name ends in .xlsx\n")
    run("export", "excel", "small")
    ended = run("import", "excel", "small.xlsx", "--out", "new.xlsx")
    assert (ended.code, ended.err) == (2, "new.xlsx is the name of a workbook; allowed: the name of a folder\n")
