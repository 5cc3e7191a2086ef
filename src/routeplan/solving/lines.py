"""The progress of a solve in plain lines, for a log, a script or a notebook."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from routeplan.language.language import Language, Words
from routeplan.result.result import gap
from routeplan.schema.result_file import FINISHING
from routeplan.solving.progress import OnProgress, Progress

INTERVAL = 5.0
"""Least seconds between two lines, but where a stage begins."""

SHOWN = {
    "build": "building the model",
    "start": "fitting in the plan to begin from",
    "round": "looking for a first plan",
    "improve": "improving the plan",
    "parts": "proving how good it can be, part by part",
    FINISHING: "finishing the plan",
}
"""What readers are told of stages whose names say little to them."""

STAGES = (*SHOWN.values(), "cost", "emissions", "cost of least emissions")
"""Every stage, as readers are told of it."""

Say = Callable[[str], object]


@contextmanager
def progress_lines(say: Say, language: Language = Language.ENGLISH) -> Iterator[OnProgress]:
    """Provide the function that reports progress in lines, for as long as the solve lasts.

    Parameters
    ----------
    say : callable
        Given each line.
    language : Language, optional
        The readers' language.
    """
    lines, over = Lines(say, language), threading.Event()

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


def say_on_stderr(line: str) -> None:
    """Print a line to standard error, where notebooks and scripts show it at once."""
    print(line, file=sys.stderr, flush=True)


class Lines:
    """Progress in plain lines: a stage at once, news every few seconds, and the last news always.

    Parameters
    ----------
    say : callable
        Given each line.
    language : Language, optional
        The readers' language.
    """

    def __init__(self, say: Say, language: Language = Language.ENGLISH) -> None:
        self._say_line = say
        self._words = Words(language)
        self._news: Progress | None = None
        self._printed_at = -INTERVAL
        self._lock = threading.RLock()

    def report(self, progress: Progress) -> None:
        """Report the present progress; that a stage begins is printed at once, and its first news."""
        with self._lock:
            if progress.begins:
                self.print_rest()
                self._printed_at = -INTERVAL
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
        self._say_line(f"{progress.seconds:8.1f} s  {format_progress(progress, self._words)}")


def format_progress(progress: Progress, words: Words | None = None) -> str:
    """Stage, best plan so far, bound and gap, each where there is one."""
    words = words or Words()
    told = [words(SHOWN.get(progress.stage, progress.stage))]
    if progress.objective is not None:
        told.append(words("plan {cost}", cost=words.fixed(progress.objective, 2)))
    if progress.bound is not None:
        told.append(words("bound {cost}", cost=words.fixed(progress.bound, 2)))
    if progress.objective is not None and progress.bound is not None:
        told.append(words("gap {share}%", share=words.fixed(100.0 * gap(progress.objective, progress.bound), 3)))
    return "  ".join(told)
