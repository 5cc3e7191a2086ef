"""The progress of a solve: one live line on a terminal, plain lines elsewhere."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import Progress as Live
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from routeplan.cli.output import Output
from routeplan.result.result import gap
from routeplan.solving.progress import OnProgress, Progress

INTERVAL = 5.0
"""Least seconds between two plain lines of one stage."""


@contextmanager
def show_progress(err: Output) -> Iterator[OnProgress]:
    """Provide the function that reports progress, for as long as the solve lasts.

    Parameters
    ----------
    err : Output
        Where the progress is shown.
    """
    with _live(err) if err.is_terminal else _plain(err) as report:
        yield report


@contextmanager
def _live(err: Output) -> Iterator[OnProgress]:
    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Live(*columns, console=err, transient=True) as live:
        task = live.add_task("building the model", total=None)

        def report(progress: Progress) -> None:
            live.update(task, description=format_progress(progress))

        yield report


@contextmanager
def _plain(err: Output) -> Iterator[OnProgress]:
    lines, over = Lines(err), threading.Event()

    def watch() -> None:
        while not over.wait(INTERVAL / 5):
            lines.print_news()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield lines.report
    finally:
        over.set()
        watcher.join()
        lines.print_rest()


class Lines:
    """Progress in plain lines: a stage at once, news of it every few seconds, and the last news always.

    Parameters
    ----------
    err : Output
        Where they are printed.
    """

    def __init__(self, err: Output) -> None:
        self._err = err
        self._stage = ""
        self._news: Progress | None = None
        self._printed_at = -INTERVAL
        self._lock = threading.RLock()

    def report(self, progress: Progress) -> None:
        """Report the present progress; a new stage is printed at once."""
        with self._lock:
            if progress.stage != self._stage:
                self.print_rest()
                self._stage, self._printed_at = progress.stage, -INTERVAL
                self._say(progress)
            else:
                self._news = progress
                self.print_news()

    def print_news(self) -> None:
        """Print what is new, unless something was printed a moment ago."""
        with self._lock:
            if self._news is not None and time.monotonic() >= self._printed_at + INTERVAL:
                self._printed_at = time.monotonic()
                self.print_rest()

    def print_rest(self) -> None:
        """Print what is new."""
        with self._lock:
            if self._news is not None:
                self._say(self._news)
                self._news = None

    def _say(self, progress: Progress) -> None:
        self._err.say(f"{progress.seconds:8.1f} s  {format_progress(progress)}")


def format_progress(progress: Progress) -> str:
    """Stage, best plan so far, bound and gap, each where there is one."""
    words = [progress.stage]
    if progress.objective is not None:
        words.append(f"plan {progress.objective:,.2f}")
    if progress.bound is not None:
        words.append(f"bound {progress.bound:,.2f}")
    if progress.objective is not None and progress.bound is not None:
        words.append(f"gap {gap(progress.objective, progress.bound):.3%}")
    return "  ".join(words)
