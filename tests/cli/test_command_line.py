"""What holds for every command: help, versions, unknown words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from routeplan.version import __version__

Run = Callable[..., Any]

COMMANDS = ("check", "template", "solve", "verify", "show", "import ets", "bench check", "bench merge")


def test_help_lists_the_commands_and_exit_codes(run: Run) -> None:
    """`routeplan --help` names each command and what the exit codes mean."""
    ended = run("--help")
    assert ended.code == 0
    for command in ("check", "template", "solve", "verify", "show", "import"):
        assert f" {command} " in ended.out
    text = " ".join(ended.out.split())
    for meaning in ("0 a plan", "1 no plan", "2 input that", "3 a fault of routeplan", "130 stopped", "141 the reader"):
        assert meaning in text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_example(run: Run, command: str) -> None:
    """The help of each command shows how it is typed."""
    ended = run(*command.split(), "--help")
    assert ended.code == 0
    assert f"routeplan {command} " in ended.out.partition("Example")[2]


def test_the_version_is_told(run: Run) -> None:
    """`routeplan --version` is one line."""
    assert run("--version") == (0, f"routeplan {__version__}\n", "")


def test_a_command_that_is_interrupted_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C: one line, and the code that the table tells."""

    def interrupted(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("routeplan.check", interrupted)
    assert run("check", "anywhere") == (130, "", "Stopped.\n")


def test_a_file_that_cannot_be_written_is_no_fault_of_routeplan(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up names no file: exit code 2, and what the system says."""

    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("routeplan.check", full)
    assert run("check", "anywhere") == (2, "", "No space left on device\n")


def test_an_unknown_command_is_refused(run: Run) -> None:
    """Exit code 2, as for every request that makes no sense."""
    ended = run("solv")
    assert (ended.code, ended.out) == (2, "")
    assert "solv" in ended.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_without_its_folder_is_refused(run: Run, command: str) -> None:
    """Exit code 2, and what is missing."""
    ended = run(*command.split())
    assert (ended.code, ended.out) == (2, "")
    assert "Missing argument" in ended.err
