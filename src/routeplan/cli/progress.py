"""The progress of a solve: one live line on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import Progress as Live
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from routeplan.cli.output import Output
from routeplan.solving.lines import format_progress, progress_lines
from routeplan.solving.progress import OnProgress, Progress


@contextmanager
def show_progress(err: Output) -> Iterator[OnProgress]:
    """Provide the function that reports progress, for as long as the solve lasts.

    Parameters
    ----------
    err : Output
        Where the progress is shown.
    """
    with _live(err) if err.is_terminal else progress_lines(err.say) as report:
        yield report


@contextmanager
def _live(err: Output) -> Iterator[OnProgress]:
    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Live(*columns, console=err, transient=True) as live:
        task = live.add_task("building the model", total=None)

        def report(progress: Progress) -> None:
            live.update(task, description=format_progress(progress))

        yield report
