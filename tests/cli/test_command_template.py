"""The command `template`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_empty_tables_and_their_explanation_are_written(run: Run, tmp_path: Path) -> None:
    """Every table has its file, and the README names every one of them."""
    folder = tmp_path / "mine"
    ended = run("template", folder)
    assert ended.code == 0
    assert ended.out.endswith(f"Fill them in, then: routeplan check {folder}\n")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in folder.glob("*.csv") if path.name not in readme] == []
    assert (folder / "sites.csv").is_file()


def test_a_folder_in_use_is_refused(run: Run, tmp_path: Path) -> None:
    """What is there already stays as it is: exit code 2."""
    (tmp_path / "sites.csv").write_text("mine", encoding="utf-8")
    ended = run("template", tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert str(tmp_path) in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["sites.csv"]


def test_a_workbook_to_fill_in_is_written(run: Run, tmp_path: Path) -> None:
    """It says where the explanation is, and what to fill in when nothing is; it is not replaced."""
    book = tmp_path / "mine.xlsx"
    ended = run("template", book)
    assert (ended.code, "its sheet note_legend tells how to fill it in" in ended.out) == (0, True)
    refused = run("import", "excel", book, "--out", tmp_path / "mine")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.splitlines() == [
        "1 problem in the input:",
        "  mine.xlsx: periods: has no rows, nor has any other table; "
        "a plan needs rows in periods, sites, processes, routes, options, prices and areas",
    ]
    before = book.read_bytes()
    assert run("template", book).code == 2
    assert book.read_bytes() == before


@pytest.mark.nightly
def test_an_empty_template_can_be_exported(run: Run, tmp_path: Path) -> None:
    """The folder as a workbook, which is the one that `template` makes; one with rows is read as any instance."""
    folder, book, other = tmp_path / "mine", tmp_path / "out.xlsx", tmp_path / "mine.xlsx"
    assert run("template", folder).code == 0
    assert run("export", "excel", folder, "--out", book).code == 0
    assert run("template", other).code == 0
    assert book.read_bytes() == other.read_bytes()
    (folder / "periods.csv").write_text("period,years\n2030,5\n", encoding="utf-8")
    assert run("export", "excel", folder, "--out", tmp_path / "new.xlsx").code == 2
