"""Commands that can be pasted into a shell."""

import shlex
from pathlib import Path

import pytest

from routeplan.data.paths import quoted


def test_a_shell_takes_apart_what_was_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each argument comes out as it went in; plain ones look as they are."""
    monkeypatch.setattr("routeplan.data.paths.os.name", "posix")
    arguments = ["zes plan", "it's", "$HOME", "a&b", ""]
    assert shlex.split(quoted(*arguments)) == arguments
    assert quoted("solve", "instances/tiny", "--gap", 0.1) == "solve instances/tiny --gap 0.1"


def test_windows_wants_double_quotes() -> None:
    """Its shells take single ones for a part of the name."""
    place = str(Path("zes plan"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("routeplan.data.paths.os.name", "nt")
        line = quoted("solve", place, "tiny")
    assert line == 'solve "zes plan" tiny'
