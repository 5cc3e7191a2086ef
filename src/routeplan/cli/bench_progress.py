"""What is told while an instance is made, which can take minutes."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import Progress as Live
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from routeplan.cli.output import Output

INTERVAL = 10.0
"""Time between two lines on one instance [s]."""

LONG = 1.0
"""Time from which on it is told how long an instance took [s]."""


@contextmanager
def telling_how_long(err: Output, what: str, *, at_once: bool = True) -> Iterator[None]:
    """Tell how long something takes: live on a terminal, elsewhere by a line now and then; and how long it took.

    Parameters
    ----------
    err : Output
        Where it is told.
    what : str
        What is done.
    at_once : bool
        Whether it is told as it begins; else only when it takes long.
    """
    began = time.monotonic()
    if at_once:
        err.say(what)
    with _live(err, what) if err.is_terminal else _lines(err, what, began):
        yield
    if (took := time.monotonic() - began) >= LONG:
        err.say(f"{what}: took {took:.1f} s")


@contextmanager
def _live(err: Output, what: str) -> Iterator[None]:
    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Live(*columns, console=err, transient=True) as live:
        live.add_task(what, total=None)
        yield


@contextmanager
def _lines(err: Output, what: str, began: float) -> Iterator[None]:
    over = threading.Event()

    def watch() -> None:
        while not over.wait(INTERVAL):
            err.say(f"{what}: {time.monotonic() - began:.0f} s so far")

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
