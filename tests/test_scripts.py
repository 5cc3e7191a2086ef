"""The two set-up scripts, with a stand-in for Python that only notes what it is asked to do."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

STAND_IN = """#!/usr/bin/env bash
case "$1" in
    -c | --version) [ -z "${TOO_OLD:-}" ] || { echo "Python 3.9.1"; exit 1; }; echo "Python 3.12.0"; exit 0 ;;
esac
name=.venv/bin/$(basename "$0")
[ "$(basename "$0")" = stand-in ] && name=python3
echo "$name $*" >>commands
case "$*" in *"-m uv "*) [ -z "${NO_UV:-}" ] || exit 1 ;; esac
if [ "$*" = "-m venv .venv" ]; then
    [ -z "${NO_VENV:-}" ] || exit 1
    mkdir -p .venv/bin
    cp "$0" .venv/bin/python
    cp "$0" .venv/bin/routeplan
fi
"""

APART = [".venv/bin/python -m pip install uv>=0.9,<1", ".venv/bin/python -m compileall -q -x /tests?/ .venv src"]
"""What the scripts do besides, to be done sooner."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="scripts of bash")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the scripts and nothing else, and the stand-in beside them."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    stand_in = tmp_path / "stand-in"
    stand_in.write_text(STAND_IN, encoding="utf-8")
    stand_in.chmod(0o755)
    return tmp_path


def run(checkout: Path, script: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    variables = os.environ | {"PYTHON": str(checkout / "stand-in")} | environment
    words = [checkout / "scripts" / script]
    return subprocess.run(words, env=variables, capture_output=True, text=True, check=False)


def commands(checkout: Path) -> list[str]:
    return (checkout / "commands").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("script", ["demo", "test"])
def test_the_scripts_do_what_the_readme_says_in_pip_commands(checkout: Path, script: str) -> None:
    """The plain commands in the README are those of the script, in order; it is quieter, has uv, and compiles apart."""
    plain = re.search(rf"^```bash plain {script}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
    assert plain is not None
    said = [line.replace("'", "") for line in plain[1].splitlines()]
    assert run(checkout, script).returncode == 0
    done = [line.replace(" --quiet --disable-pip-version-check --no-compile", "") for line in commands(checkout)]
    assert [line for line in done if line in APART] == APART
    done = [line.replace("uv pip install --quiet --python .venv/bin/python", "pip install") for line in done]
    done = [line for line in done if line not in APART]
    done = [line.replace(".venv/bin/routeplan -m ", ".venv/bin/") for line in done]
    assert done == said


def test_where_uv_cannot_install_pip_does(checkout: Path) -> None:
    """As where an index is known to pip alone."""
    assert run(checkout, "demo", NO_UV="1").returncode == 0
    assert [line.split(" -m ")[1].split()[0] for line in commands(checkout) if " install " in line] == [
        "pip",
        "uv",
        "pip",
    ]


def test_a_second_run_installs_nothing(checkout: Path) -> None:
    """What is there already is left alone: only the work itself is done again."""
    assert run(checkout, "demo").returncode == 0
    (checkout / "commands").unlink()
    assert run(checkout, "demo").returncode == 0
    assert [line.split()[1] for line in commands(checkout)] == ["demo"]


def test_the_demo_needs_no_more_than_the_tests_have_installed(checkout: Path) -> None:
    """Whoever has run ./scripts/test need not install anything for ./scripts/demo."""
    assert run(checkout, "test").returncode == 0
    (checkout / "commands").unlink()
    assert run(checkout, "demo").returncode == 0
    assert [line for line in commands(checkout) if "pip" in line] == []


def test_another_python_makes_another_environment(checkout: Path) -> None:
    """An environment that serves is kept, unless PYTHON asks for another than it was made with."""
    assert run(checkout, "demo").returncode == 0
    made_with = checkout / ".venv" / "made-with"
    made_with.write_text(made_with.read_text(encoding="utf-8") + "an older one\n", encoding="utf-8")
    (checkout / "commands").unlink()
    assert run(checkout, "demo").returncode == 0
    assert commands(checkout)[0] == "python3 -m venv .venv"


def test_a_changed_project_file_is_installed_again(checkout: Path) -> None:
    """New dependencies must not be missed."""
    assert run(checkout, "demo").returncode == 0
    with (checkout / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    (checkout / "commands").unlink()
    assert run(checkout, "demo").returncode == 0
    assert [line for line in commands(checkout) if "pip install" in line] != []


def test_an_old_python_is_refused_in_words(checkout: Path) -> None:
    """Nothing is made, and the message names what is needed and what was found."""
    ended = run(checkout, "demo", TOO_OLD="1")
    assert ended.returncode == 1
    assert ended.stderr == f"PYTHON={checkout}/stand-in is not Python 3.11, 3.12 or 3.13 (Python 3.9.1).\n"
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_not_there_is_refused_in_words(checkout: Path) -> None:
    """A slip in PYTHON is told as such."""
    ended = run(checkout, "demo", PYTHON="pyhton3")
    assert (ended.returncode, ended.stderr) == (1, "PYTHON=pyhton3 is no program that can be run.\n")


def test_no_python_at_all_is_refused_in_words(checkout: Path) -> None:
    """With no Python on the path, the message tells how to name one."""
    tools = checkout / "tools"
    tools.mkdir()
    for tool in ("bash", "dirname", "env"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    ended = run(checkout, "demo", PYTHON="", PATH=str(tools))
    assert ended.returncode == 1
    assert ended.stderr.startswith("Python 3.11, 3.12 or 3.13 is needed, and none is on the PATH.")


def test_a_python_without_venv_is_refused_in_words(checkout: Path) -> None:
    """As on a bare Debian: what to install is said, and no half-made environment is left."""
    ended = run(checkout, "demo", NO_VENV="1")
    assert ended.returncode == 1
    assert "sudo apt install python3-venv" in ended.stderr
    assert not (checkout / ".venv").exists()
