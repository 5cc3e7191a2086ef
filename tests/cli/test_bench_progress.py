"""What is told while an instance is made."""

import io
import time

import pytest

from routeplan.cli.bench_progress import telling_how_long
from routeplan.cli.output import Output

WHAT = "making instance 2 of 3: sites-XL-0"


def told(written: io.StringIO, text: str) -> bool:
    """Whether a text is told within ten seconds."""
    deadline = time.monotonic() + 10.0
    while text not in written.getvalue() and time.monotonic() < deadline:
        time.sleep(0.01)
    return text in written.getvalue()


def test_what_is_quick_has_one_line() -> None:
    """As it begins, so that its name is known whatever happens; and none where it is merely looked at."""
    written = io.StringIO()
    with telling_how_long(Output(file=written), WHAT):
        assert written.getvalue() == f"{WHAT}\n"
    with telling_how_long(Output(file=written), "instance 3 of 3: sites-XL-1", at_once=False):
        pass
    assert written.getvalue() == f"{WHAT}\n"


def test_what_takes_long_tells_so_meanwhile_and_how_long_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Off a terminal a line now and then; less than 5 s have passed."""
    monkeypatch.setattr("routeplan.cli.bench_progress.INTERVAL", 0.05)
    monkeypatch.setattr("routeplan.cli.bench_progress.LONG", 0.0)
    written = io.StringIO()
    with telling_how_long(Output(file=written), WHAT):
        assert told(written, f"{WHAT}: 0 s so far\n")
    last = written.getvalue().splitlines()[-1]
    assert last.startswith(f"{WHAT}: took ") and last.endswith(" s")
    assert 0.0 <= float(last.split()[-2]) < 5.0


@pytest.mark.parametrize("terminal", [False, True])
def test_what_fails_is_not_told_as_done(terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor what is interrupted: the error is raised on, and no time is told."""
    monkeypatch.setattr("routeplan.cli.bench_progress.LONG", 0.0)
    written = io.StringIO()
    with pytest.raises(KeyboardInterrupt), telling_how_long(Output(file=written, force_terminal=terminal), WHAT):
        raise KeyboardInterrupt
    assert WHAT in written.getvalue()
    assert "took" not in written.getvalue()


def test_on_a_terminal_the_time_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A live line holds the clock and the name, and gives way to the time that it took."""
    monkeypatch.setattr("routeplan.cli.bench_progress.LONG", 0.0)
    written = io.StringIO()
    with telling_how_long(Output(file=written, force_terminal=True, width=100), WHAT):
        assert told(written, "0:00:00")
    assert f"{WHAT}: took " in written.getvalue()
