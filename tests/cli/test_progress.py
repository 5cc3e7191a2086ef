"""What a solve tells while it runs."""

import io

from routeplan.cli.output import Output
from routeplan.cli.progress import in_words, shown
from routeplan.solve.progress import Progress


def test_what_is_not_known_is_not_told() -> None:
    """Before there is a plan, no plan and no gap are told; gap = (110 - 99) / 110 = 10 %."""
    assert in_words(Progress(1.0, "cost", None, None)) == "cost"
    assert in_words(Progress(1.0, "cost", None, 99.0)) == "cost  bound 99.00"
    assert in_words(Progress(1.0, "cost", 110.0, 99.0)) == "cost  plan 110.00  bound 99.00  gap 10.000%"


def test_off_a_terminal_lines_are_plain_and_few() -> None:
    """A line for each new stage, and at most one in five seconds of the same stage."""
    written = io.StringIO()
    with shown(Output(file=written)) as report:
        report(Progress(0.0, "build", None, None))
        report(Progress(0.5, "cost", None, None))
        report(Progress(1.0, "cost", 110.0, 99.0))
        report(Progress(6.0, "cost", 100.0, 99.0))
    assert written.getvalue() == (
        "     0.0 s  build\n     0.5 s  cost\n     6.0 s  cost  plan 100.00  bound 99.00  gap 1.000%\n"
    )


def test_on_a_terminal_one_line_is_kept_up_to_date() -> None:
    """The line holds what was told last, and is taken away in the end."""
    written = io.StringIO()
    with shown(Output(file=written, force_terminal=True, width=80)) as report:
        report(Progress(1.0, "cost", 110.0, 99.0))
        report(Progress(2.0, "cost", 100.0, 99.0))
    text = written.getvalue()
    assert "plan 100.00  bound 99.00  gap 1.000%" in text
    assert text.rstrip().endswith("\x1b[2K")
