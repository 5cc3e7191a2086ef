"""What a solve tells while it runs."""

import io
import signal
import time

import pytest

from routeplan.cli.interrupt import stop_on_interrupt
from routeplan.cli.output import Output
from routeplan.cli.progress import show_progress
from routeplan.solving.lines import format_progress
from routeplan.solving.progress import Progress


def test_what_is_not_known_is_not_told() -> None:
    """Before there is a plan, no plan and no gap are told; gap = (110 - 99) / 110 = 10 %."""
    assert format_progress(Progress(1.0, "cost", None, None)) == "cost"
    assert format_progress(Progress(1.0, "cost", None, 99.0)) == "cost  bound 99.00"
    assert format_progress(Progress(1.0, "cost", 110.0, 99.0)) == "cost  plan 110.00  bound 99.00  gap 10.000%"


def test_off_a_terminal_lines_are_plain_and_few() -> None:
    """A stage at once, the first news of it too, and of what comes right after only the last: gap (100 - 99) / 100."""
    written = io.StringIO()
    with show_progress(Output(file=written)) as report:
        report(Progress(0.0, "build", None, None))
        report(Progress(0.5, "cost", None, None))
        report(Progress(1.0, "cost", 110.0, 99.0))
        report(Progress(1.1, "cost", 105.0, 99.0))
        report(Progress(1.2, "cost", 100.0, 99.0))
        report(Progress(1.3, "tidy", None, None))
    assert written.getvalue().splitlines() == [
        "     0.0 s  building the model",
        "     0.5 s  cost",
        "     1.0 s  cost  plan 110.00  bound 99.00  gap 10.000%",
        "     1.2 s  cost  plan 100.00  bound 99.00  gap 1.000%",
        "     1.3 s  finishing the plan",
    ]


def test_news_is_told_though_nothing_comes_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan found right after another, and then silence: it is told all the same, a few seconds later."""
    monkeypatch.setattr("routeplan.solving.lines.INTERVAL", 0.1)
    written = io.StringIO()
    with show_progress(Output(file=written)) as report:
        report(Progress(0.5, "cost", None, None))
        report(Progress(1.0, "cost", 110.0, 99.0))
        report(Progress(1.1, "cost", 100.0, 99.0))
        assert "plan 100.00" not in written.getvalue()
        deadline = time.monotonic() + 10.0
        while "plan 100.00" not in written.getvalue() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert "     1.1 s  cost  plan 100.00  bound 99.00  gap 1.000%\n" in written.getvalue()


@pytest.mark.parametrize("terminal", [False, True])
def test_a_wish_to_stop_is_acknowledged(terminal: bool) -> None:
    """Whoever presses Ctrl-C reads that it was heard, and what another one would do, amid the progress."""
    written = io.StringIO()
    output = Output(file=written, force_terminal=terminal, width=200)
    with show_progress(output) as report, stop_on_interrupt(output.say, report) as interrupt:
        interrupt.hear(Progress(1.0, "cost", 110.0, 99.0))
        signal.raise_signal(signal.SIGINT)
    assert (
        "Stopping: the best plan so far is tidied, checked and kept. Ctrl-C again stops at once" in written.getvalue()
    )


def test_on_a_terminal_one_line_is_kept_up_to_date() -> None:
    """The line holds what was told last, and is taken away in the end."""
    written = io.StringIO()
    with show_progress(Output(file=written, force_terminal=True, width=80)) as report:
        report(Progress(1.0, "cost", 110.0, 99.0))
        report(Progress(2.0, "cost", 100.0, 99.0))
    text = written.getvalue()
    assert "plan 100.00  bound 99.00  gap 1.000%" in text
    assert text.rstrip().endswith("\x1b[2K")
