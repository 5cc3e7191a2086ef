"""The process of `routeplan.solver.apart`: ``python -m routeplan.solver.child``, which solves what it is asked for."""

import os
import pickle
import queue
import signal
import sys
import threading
import time
from dataclasses import replace
from typing import IO

from routeplan.errors import FaultError
from routeplan.solver.apart import Asked, Point, Told
from routeplan.solver.session import NOTHING_KNOWN, Session
from routeplan.solver.solution import Solution


def main() -> None:
    """Solve one program after the other: they come in on standard input, and what is found goes out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not get between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    asked: queue.SimpleQueue[Asked] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    while True:
        _tell(answers, _solved(asked.get(), answers))


def _listen(questions: IO[bytes], asked: "queue.SimpleQueue[Asked]") -> None:
    """Take what is asked; this process ends when the one that asks is gone, as its end of the pipe closes."""
    try:
        while True:
            asked.put(pickle.load(questions))
    except BaseException:
        os._exit(0)


def _solved(asked: Asked, answers: IO[bytes]) -> Solution:
    limits = replace(asked.limits, deadline=time.monotonic() + asked.seconds)
    try:
        with Session(asked.matrices, limits, on_point=lambda x: _tell(answers, Point(x))) as session:
            return session.solve(start=asked.start)
    except FaultError:
        return NOTHING_KNOWN


def _tell(answers: IO[bytes], told: Told) -> None:
    pickle.dump(told, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


if __name__ == "__main__":
    main()
