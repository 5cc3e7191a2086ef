"""A thread that runs one task after another, and that the program does not wait for."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

ABANDONED = "highs, abandoned"
"""Name of a thread whose task is not waited for any more."""


def any_abandoned() -> bool:
    """Whether a task that was abandoned is still at work in this process."""
    return any(thread.name == ABANDONED for thread in threading.enumerate())


class Worker:
    """A daemon thread with a queue of work: the program can end while it is busy."""

    def __init__(self) -> None:
        self._todo: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, daemon=True, name="highs")
        self._thread.start()

    def submit(self, task: Callable[[], T]) -> "Future[T]":
        """Submit a task to the thread, to run after the earlier ones."""
        done: Future[T] = Future()
        self._todo.put((task, done))
        return done

    def abandon(self) -> None:
        """Wait for no task any more."""
        self._thread.name = ABANDONED

    def end(self) -> None:
        """End the thread after the tasks submitted before."""
        self._todo.put(None)

    def _work(self) -> None:
        while (next_task := self._todo.get()) is not None:
            task, done = next_task
            try:
                done.set_result(task())
            except BaseException as fault:  # raised by whoever asks for the result
                done.set_exception(fault)
