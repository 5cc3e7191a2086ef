"""The progress of a solve: one live line on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Live

from routeplan.cli.output import Output
from routeplan.language.language import Language, Words
from routeplan.solving.lines import SHOWN, format_progress, progress_lines
from routeplan.solving.progress import OnProgress, Progress

OnCount = Callable[[int, int], None]
"""Told how many are done, and of how many."""


@contextmanager
def show_progress(err: Output, language: Language = Language.ENGLISH) -> Iterator[OnProgress]:
    """Provide the function that reports progress, for as long as the solve lasts.

    Parameters
    ----------
    err : Output
        Where the progress is shown.
    language : Language, optional
        The readers' language.
    """
    with _live(err, Words(language)) if err.is_terminal else progress_lines(err.say, language) as report:
        yield report


@contextmanager
def show_count(err: Output, noun: str, language: Language = Language.ENGLISH) -> Iterator[OnCount]:
    """Provide the function that reports how many things are done: a bar on a terminal, a line now and then elsewhere.

    Parameters
    ----------
    err : Output
        Where the progress is shown.
    noun : str
        What they are, in the plural and in the readers' language.
    language : Language, optional
        Their language.
    """
    words = Words(language)

    def tell(done: int, count: int) -> None:
        if done % max(1, count // 10) == 0:
            err.say(words("{done} of {count} {things}", done=done, count=count, things=noun))

    if err.is_terminal:
        columns = (TextColumn(noun), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Live(*columns, console=err, transient=True) as bar:
            task = bar.add_task(noun)
            yield lambda done, count: bar.update(task, completed=done, total=count)
    else:
        yield tell


@contextmanager
def _live(err: Output, words: Words) -> Iterator[OnProgress]:
    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Live(*columns, console=err, transient=True) as live:
        task = live.add_task(words(SHOWN["build"]), total=None)

        def report(progress: Progress) -> None:
            live.update(task, description=format_progress(progress, words))

        yield report
