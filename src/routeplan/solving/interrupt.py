"""Ctrl-C as a wish to stop and hand over, not as a crash."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def stop_on_interrupt(tell: Callable[[], None]) -> Iterator[threading.Event]:
    """Give an event that Ctrl-C sets; a second Ctrl-C interrupts at once.

    Parameters
    ----------
    tell : callable
        Called when the event is set, so that whoever pressed Ctrl-C learns that it was heard.
    """
    stop = threading.Event()

    def handle(number: int, frame: Any) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        tell()

    with _handled_by(handle):
        yield stop


@contextmanager
def finish_despite_interrupt() -> Iterator[None]:
    """Let Ctrl-C do nothing: what goes on here takes a moment, and a plan would be lost with it."""
    with _handled_by(signal.SIG_IGN):
        yield


@contextmanager
def _handled_by(handler: "Callable[[int, Any], None] | signal.Handlers") -> Iterator[None]:
    """Have Ctrl-C handled so for a while; not outside the main thread, nor where it is to be ignored anyhow."""
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) in (signal.SIG_IGN, None):
        yield
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
