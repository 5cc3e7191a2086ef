"""The command `demo`: an example out of the package."""

import shlex
import stat
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from routeplan.data import shipped
from routeplan.data.read import read
from routeplan.data.shipped import Example, copy_example, shipped_folder
from routeplan.errors import FaultError
from routeplan.language.language import Language
from routeplan.result.folder import load

Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]
TINY = ROOT / "instances" / "tiny"


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work where nothing is."""
    monkeypatch.chdir(tmp_path)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_example_is_copied_and_planned(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is the example to the byte, the plan is one of it, and a page of that is asked for in the language."""
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr("routeplan.cli.demo.report", lambda *words: asked.append(words))
    ended = run("demo", "tiny", "--out", "first look", "--language", "nl")
    assert ended.code == 0
    place = Path("first look")
    assert contents(place / "tiny") == contents(TINY)
    result = load(place / "tiny-plan")
    assert result.status.has_plan
    assert result.instance.sha256 == read(TINY).sha256
    assert asked == [([place / "tiny-plan"], place / "tiny-plan.html", Language.DUTCH)]


@pytest.mark.slow
@pytest.mark.nightly
def test_the_example_is_copied_planned_and_shown(run: Run, pytestconfig: pytest.Config) -> None:
    """The copy is the example to the byte, the plan is one of it, and each command that is told next works (--all)."""
    ended = run("demo", "tiny", "--out", "first look")
    assert ended.code == 0
    place = Path("first look")
    assert contents(place / "tiny") == contents(TINY)
    result = load(place / "tiny-plan")
    assert result.status.has_plan
    assert result.instance.sha256 == read(TINY).sha256
    assert 'lang="en"' in (place / "tiny-plan.html").read_text(encoding="utf-8")
    steps = [shlex.split(line)[1:] for line in ended.out.splitlines() if line.startswith("  routeplan ")]
    assert [words[0] for words in steps] == ["show", "scenarios", "solve", "compare", "import", "template"]
    for words in steps if pytestconfig.getoption("all") else []:
        assert run(*words).code == 0, words


@pytest.mark.nightly
def test_it_can_be_run_again_in_dutch(run: Run) -> None:
    """Nothing is asked: the same example in the folder of a fixed name, and the page in the language of `report`."""
    copy_example(Example.TINY, Path("routeplan-demo", "tiny"))
    assert run("solve", "routeplan-demo/tiny", "--quiet", "--out", "routeplan-demo/tiny-plan").code == 0
    assert run("demo", "tiny", "--language", "nl").code == 0
    assert contents(Path("routeplan-demo", "tiny")) == contents(TINY)
    assert 'lang="nl"' in Path("routeplan-demo", "tiny-plan.html").read_text(encoding="utf-8")


@pytest.mark.nightly
def test_a_copy_that_was_changed_stays(run: Run) -> None:
    """It is somebody's work: the message says how to plan it; with `--overwrite` the example is back, notes kept."""
    folder = Path("demo", "tiny")
    copy_example(Example.TINY, folder)
    (folder / "my notes.txt").write_text("mine", encoding="utf-8")
    budgets = (folder / "budgets.csv").read_bytes()
    (folder / "budgets.csv").write_bytes(budgets + b"climate,2035,1\n")
    ended = run("demo", "tiny", "--out", "demo")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        f"{folder} is not the example tiny as it is shipped, so it stays; --overwrite replaces it, --out DIR writes "
        f"elsewhere, and to plan it as it is: routeplan solve {folder}\n"
    )
    assert (folder / "budgets.csv").read_bytes() != budgets
    assert not Path("demo", "tiny-plan").exists()
    assert run("demo", "tiny", "--out", "demo", "--overwrite").code == 0
    assert contents(folder) == contents(TINY) | {"my notes.txt": b"mine"}


def test_what_is_no_instance_or_page_stays(run: Run) -> None:
    """Not with `--overwrite` either, and nothing else is made."""
    place = Path("there")
    (place / "tiny").mkdir(parents=True)
    (place / "tiny" / "diary.txt").write_text("mine", encoding="utf-8")
    assert run("demo", "tiny", "--out", place, "--overwrite").code == 2
    assert contents(place) == {"tiny/diary.txt": b"mine"}
    page = Path("other", "tiny-plan.html")
    page.parent.mkdir()
    page.write_text("<html>mine</html>", encoding="utf-8")
    assert run("demo", "tiny", "--out", "other", "--overwrite").code == 2
    assert contents(page.parent) == {"tiny-plan.html": b"<html>mine</html>"}


@pytest.mark.parametrize("name", ["demo.xlsx", "demo.xlsm", "demo.gpkg", "demo.html"])
def test_a_folder_is_not_called_as_a_file(name: str, run: Run) -> None:
    """Tables for which no name of a file was meant would lie in a folder that Excel cannot open."""
    for words in (
        ("demo", "tiny", "--out", name),
        ("generate", "--sites", "20", "--seed", "1", "--out", f"{name}.xls"),
    ):
        ended = run(*words)
        assert (ended.code, "is the name of a" in ended.err) == (2, True), ended.err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("words", "allowed"), [(("huge",), ("tiny", "achterhoek")), (("tiny", "--language", "de"), ("en", "nl"))]
)
def test_what_is_not_offered_is_refused(run: Run, words: tuple[str, ...], allowed: tuple[str, str]) -> None:
    """Another example, another language: what is allowed is told."""
    ended = run("demo", *words)
    assert ended.code == 2
    assert all(f"'{word}'" in ended.err for word in allowed)
    assert not Path("routeplan-demo").exists()


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a wheel lays them out, read-only; what is copied can be changed all the same."""
    package = tmp_path / "site-packages" / "routeplan"
    inside = package / "instances" / "tiny"
    inside.mkdir(parents=True)
    (inside / "instance.toml").write_text('name = "tiny"', encoding="utf-8")
    (inside / "instance.toml").chmod(stat.S_IRUSR)
    monkeypatch.setattr(shipped, "PACKAGE", package)
    assert shipped_folder(Example.TINY) == inside
    copy_example(Example.TINY, tmp_path / "copy")
    assert (tmp_path / "copy" / "instance.toml").stat().st_mode & stat.S_IWUSR


def test_a_package_without_examples_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither inside nor in a checkout around it."""
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path / "src" / "routeplan")
    with pytest.raises(FaultError, match="come without its example tiny"):
        shipped_folder(Example.TINY)


@pytest.mark.parametrize("example", list(Example))
def test_the_wheel_is_told_to_take_each_example(example: Example) -> None:
    """From the one place in the checkout where it is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert f"instances/{example}" in wheel["only-include"]
    assert wheel["sources"]["instances"] == "routeplan/instances"
    assert shipped_folder(example) == ROOT / "instances" / example


@pytest.mark.nightly
def test_a_wheel_holds_the_examples(tmp_path: Path) -> None:
    """Every file of each, and of the instance that suites name, to the byte, and none of the other instances."""
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", str(tmp_path), str(ROOT)]
    ended = subprocess.run(build, capture_output=True, text=True, check=False)
    if "No matching distribution found for hatchling" in ended.stderr:
        pytest.skip("no package index to build with")
    assert ended.returncode == 0, ended.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        held = {name: packed.read(name) for name in packed.namelist() if name.startswith("routeplan/instances/")}
    wanted = {
        f"routeplan/instances/{example}/{name}": content
        for example in (*Example, "cluster6-nl")
        for name, content in contents(ROOT / "instances" / example).items()
    }
    assert held == wanted
