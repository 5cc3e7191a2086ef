"""The command `template`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
