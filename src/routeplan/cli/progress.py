"""What a solve tells while it runs: one live line on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import Progress as Live
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from routeplan.cli.output import Output
from routeplan.result import gap
from routeplan.solve.progress import OnProgress, Progress

OFTEN = 5.0
"""Seconds between two plain lines of one stage."""


@contextmanager
def shown(err: Output) -> Iterator[OnProgress]:
    """Give the function to report progress to, for as long as the solve lasts.

    Parameters
    ----------
    err : Output
        Where the progress is shown.
    """
    if err.is_terminal:
        with _live(err) as report:
            yield report
    else:
        yield _plain(err)


@contextmanager
def _live(err: Output) -> Iterator[OnProgress]:
    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Live(*columns, console=err, transient=True) as live:
        task = live.add_task("building the model", total=None)
        yield lambda progress: live.update(task, description=in_words(progress))


def _plain(err: Output) -> OnProgress:
    last_stage, last_seconds = "", -OFTEN

    def report(progress: Progress) -> None:
        nonlocal last_stage, last_seconds
        if progress.stage != last_stage or progress.seconds >= last_seconds + OFTEN:
            last_stage, last_seconds = progress.stage, progress.seconds
            err.say(f"{progress.seconds:8.1f} s  {in_words(progress)}")

    return report


def in_words(progress: Progress) -> str:
    """Stage, best plan so far, bound and gap, each where there is one."""
    words = [progress.stage]
    if progress.objective is not None:
        words.append(f"plan {progress.objective:,.2f}")
    if progress.bound is not None:
        words.append(f"bound {progress.bound:,.2f}")
    if progress.objective is not None and progress.bound is not None:
        words.append(f"gap {gap(progress.objective, progress.bound):.3%}")
    return "  ".join(words)
