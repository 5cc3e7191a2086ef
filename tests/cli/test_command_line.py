"""What holds for every command: help, versions, unknown words."""

from collections.abc import Callable
from typing import Any

import pytest

from routeplan.version import __version__

Run = Callable[..., Any]

COMMANDS = ("check", "template", "solve", "verify", "show", "import ets")


def test_help_lists_the_commands_and_exit_codes(run: Run) -> None:
    """`routeplan --help` names each command and what the exit codes mean."""
    ended = run("--help")
    assert ended.code == 0
    for command in ("check", "template", "solve", "verify", "show", "import"):
        assert f" {command} " in ended.out
    assert "3 a fault of routeplan" in " ".join(ended.out.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_example(run: Run, command: str) -> None:
    """The help of each command shows how it is typed."""
    ended = run(*command.split(), "--help")
    assert ended.code == 0
    assert f"routeplan {command} " in ended.out.partition("Example")[2]


def test_the_version_is_told(run: Run) -> None:
    """`routeplan --version` is one line."""
    assert run("--version") == (0, f"routeplan {__version__}\n", "")


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
