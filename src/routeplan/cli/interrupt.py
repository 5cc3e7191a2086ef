"""Ctrl-C or SIGTERM during a solve: the first stops the search and keeps the best plan, the second gives it up.

SIGTERM is what `timeout`, a batch system or a container sends before it ends a program.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from routeplan.schema.result_file import FINISHING

STOPPING = (signal.SIGINT, signal.SIGTERM)
"""Signals that ask a solve to stop; Windows sends the first alone."""

STOP_MESSAGE = (
    "Stopping: the best plan so far is tidied, checked and kept. Ctrl-C again stops at once, and keeps nothing."
)


class Interrupt(threading.Event):
    """Event set by the first Ctrl-C or SIGTERM; the solve polls it to know whether to stop.

    Parameters
    ----------
    say : callable, optional
        Told the `STOP_MESSAGE` when it is set, so that whoever pressed Ctrl-C learns that it was heard.
    on_progress : callable, optional
        Told of the progress of the solve.
    """

    def __init__(self, say: Callable[[str], None] | None, on_progress: Callable[[Any], None] | None) -> None:
        super().__init__()
        self._say = say
        self._on_progress = on_progress
        self._finishing = False

    def hear(self, progress: Any) -> None:
        """Receive the progress of the solve: a plan that is being finished is no longer given up."""
        self._finishing = progress.stage == FINISHING
        if self._on_progress is not None:
            self._on_progress(progress)

    def handle(self, number: int, frame: Any) -> None:
        """Handle a Ctrl-C or SIGTERM."""
        if self._finishing:
            return
        if self.is_set():
            raise KeyboardInterrupt
        self.set()
        if self._say is not None:
            self._say(STOP_MESSAGE)


class InterruptOnceAsked(Interrupt):
    """Event set by Ctrl-C or SIGTERM once somebody asks for it; before that there is nothing to keep, and it ends."""

    def __init__(self) -> None:
        super().__init__(None, None)
        self._asked_for = False

    def asked(self) -> bool:
        """Whether to stop; who asks will hand over what it has."""
        self._asked_for = True
        return self.is_set()

    def handle(self, number: int, frame: Any) -> None:
        """Handle a Ctrl-C or SIGTERM."""
        if not self._asked_for:
            raise KeyboardInterrupt
        super().handle(number, frame)


@contextmanager
def stop_once_asked() -> Iterator[InterruptOnceAsked]:
    """Provide an event for a call that prepares for long before it asks whether to stop: until then Ctrl-C ends it."""
    interrupt = InterruptOnceAsked()
    with _handled_by(interrupt.handle):
        yield interrupt


@contextmanager
def stop_on_interrupt(
    say: Callable[[str], None] | None = None, on_progress: Callable[[Any], None] | None = None
) -> Iterator[Interrupt]:
    """Provide an event that Ctrl-C or SIGTERM sets; a second one interrupts at once. Parameters as of `Interrupt`."""
    interrupt = Interrupt(say, on_progress)
    with _handled_by(interrupt.handle):
        yield interrupt


@contextmanager
def finish_despite_interrupt() -> Iterator[None]:
    """Ignore both signals during a short step in which an interrupt would lose a plan."""
    with _handled_by(signal.SIG_IGN):
        yield


@contextmanager
def _handled_by(handler: "Callable[[int, Any], None] | signal.Handlers") -> Iterator[None]:
    """Install a handler of both signals for a while; in the main thread alone, and of none that is ignored already."""
    main = threading.current_thread() is threading.main_thread()
    heard = [number for number in STOPPING if signal.getsignal(number) not in (signal.SIG_IGN, None)] if main else []
    before = {number: signal.signal(number, handler) for number in heard}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)
