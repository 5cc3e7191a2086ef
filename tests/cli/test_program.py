"""The program as it is started: by its script, by `python -m`, and interrupted from the first moment on."""

import ast
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from routeplan.cli import main as program
from routeplan.version import __version__

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "routeplan"

SLOW = "import time\nprint('importing', flush=True)\ntime.sleep(60)\n"
"""Stands in for a module that imports pandas and pyomo."""


def test_the_script_is_the_package_itself() -> None:
    """What is installed as `routeplan` is what `python -m routeplan` runs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"] == {"routeplan": "routeplan.__main__:main"}


def _bare_package(folder: Path, main: str) -> Path:
    """A package that starts as ours does, in front of another program."""
    package = folder / "src" / "routeplan"
    (package / "cli").mkdir(parents=True)
    (package / "__init__.py").touch()
    shutil.copy(PACKAGE / "__main__.py", package)
    shutil.copy(PACKAGE / "cli" / "exits.py", package / "cli")
    (package / "cli" / "main.py").write_text(main, encoding="utf-8")
    return folder / "src"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_while_the_program_is_imported_is_told_in_one_line(tmp_path: Path) -> None:
    """No traceback, and the exit code of every command that is stopped."""
    with subprocess.Popen(
        [sys.executable, "-m", "routeplan"],
        cwd=_bare_package(tmp_path, SLOW),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "importing\n"
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (130, "Stopped.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_while_a_command_imports_what_it_needs_is_told_in_one_line(tmp_path: Path) -> None:
    """The same of the packages that a command needs, which take the most time."""
    (tmp_path / "pandas.py").write_text(SLOW, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "routeplan", "check", "anywhere"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "importing\n"
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (130, "Stopped.\n")


WITHOUT = """
import sys
sys.modules["{package}"] = None
sys.argv = ["routeplan", "check", "anywhere"]
from routeplan.__main__ import main
main()
"""


@pytest.mark.parametrize("package", ["rich", "pandas"])
@pytest.mark.some(2)
def test_a_package_that_is_missing_is_told_in_one_line(package: str) -> None:
    """Needed by the program or by a command: no traceback; exit code 3, and how to install from the source tree."""
    words = [sys.executable, "-c", WITHOUT.format(package=package)]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (3, "")
    told = f'the package {package} is missing; install with: python -m pip install -e "{ROOT}"\n'
    assert ended.stderr == told


@pytest.mark.parametrize(
    ("imports", "code", "told"),
    [
        (
            "import nowhere_to_be_found.at_all",
            3,
            "the package nowhere_to_be_found is missing; install with: python -m pip install routeplan",
        ),
        ("import routeplan.lost", 1, "ModuleNotFoundError: No module named 'routeplan.lost'"),
    ],
)
def test_a_module_of_routeplan_itself_is_no_missing_package(tmp_path: Path, imports: str, code: int, told: str) -> None:
    """Outside a source tree pip knows routeplan by name; a module that routeplan lacks is a fault with a traceback."""
    words = [sys.executable, "-m", "routeplan"]
    ended = subprocess.run(words, cwd=_bare_package(tmp_path, imports), capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (code, told)
    assert ("Traceback" in ended.stderr) == (code == 1)


LOADED = """
import sys
from typer.testing import CliRunner
from routeplan.cli.main import app
CliRunner().invoke(app, {words})
heavy = {{"pandas", "pyomo", "highspy", "altair", "scipy", "openpyxl"}}
print(sorted(heavy & set(sys.modules)))
"""

HELPED = """
import sys
import typer
from typer.testing import CliRunner
from routeplan.cli.main import app

def helped(group, *before):
    for name, command in group.commands.items():
        assert CliRunner().invoke(app, [*before, name, "--help"]).exit_code == 0, (before, name)
        helped(command, *before, name) if hasattr(command, "commands") else None

helped(typer.main.get_command(app))
print(sorted({"pandas", "pyomo", "highspy", "altair", "scipy", "openpyxl", "numpy", "networkx"} & set(sys.modules)))
"""


def _loaded_by(*words: str) -> list[str]:
    """The packages that take long to import, and that a command has imported."""
    script = LOADED.format(words=list(words))
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return ast.literal_eval(ended.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize("words", [("--help",), ("solve", "--help"), ("--version",), ("chek",)])
@pytest.mark.some(2)
def test_help_waits_for_nothing(words: tuple[str, ...]) -> None:
    """The commands are there with their options before pandas is."""
    assert _loaded_by(*words) == []


@pytest.mark.nightly
def test_help_of_no_command_waits_for_numbers() -> None:
    """Of each command and of each group of them: NumPy alone takes longer than all that help needs."""
    ended = subprocess.run([sys.executable, "-c", HELPED], capture_output=True, text=True, check=True)
    assert ast.literal_eval(ended.stdout) == []


@pytest.mark.parametrize("command", ["check", "scenarios"])
@pytest.mark.nightly
def test_commands_on_tables_wait_for_pandas_alone(command: str) -> None:
    """Pyomo alone takes longer to import than the country's tables take to check; a folder needs no openpyxl."""
    assert _loaded_by(command, str(ROOT / "instances" / "tiny")) == ["pandas"]


def test_a_misspelt_command_is_told_the_nearest() -> None:
    """Among all commands, by the likeness of their names."""
    words = [sys.executable, "-m", "routeplan", "chek"]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "Did you mean 'check'?" in ended.stderr


def test_python_can_run_the_package() -> None:
    """`python -m routeplan` is the program too."""
    words = [sys.executable, "-m", "routeplan", "--version"]
    ended = subprocess.run(words, capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == (f"routeplan {__version__}\n", "")


def test_a_stopped_program_does_not_wait_for_its_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain exit with threads of the solver at work aborts with a message of the C library."""

    class Ended(BaseException):
        pass

    def end(code: int) -> None:
        raise Ended(code)

    def interrupted(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(program.os, "_exit", end)
    monkeypatch.setattr(program, "any_abandoned", lambda: True)
    monkeypatch.setattr("routeplan.check", interrupted)
    monkeypatch.setattr(sys, "argv", ["routeplan", "check", "anywhere"])
    with pytest.raises(Ended) as ended:
        program.main()
    assert ended.value.args == (130,)


BROKEN = """
import sys, types
sys.modules["routeplan.instance.rules.columns"] = types.ModuleType("columns")
sys.argv = ["routeplan", "check", "anywhere"]
from routeplan.__main__ import main
main()
"""


@pytest.mark.nightly
def test_a_command_that_cannot_be_imported_is_a_fault() -> None:
    """Of the installation, as an old version of a package is: exit code 3, and no traceback."""
    ended = subprocess.run([sys.executable, "-c", BROKEN], capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    assert "routeplan failed, and the fault is its own" in ended.stderr
    assert "Traceback" not in ended.stderr
