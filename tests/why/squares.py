"""A question that processes can be asked."""

import os
import time
from pathlib import Path

from routeplan.errors import FaultError
from routeplan.solver.solution import Stop


def squared(asked: int, stop: Stop) -> int:
    """Answers, unless it is asked for 13, which ends its process, or for 7, which is a fault."""
    if asked == 13:
        os._exit(1)
    if asked == 7:
        raise FaultError("seven")
    return asked * asked


class SlowFrom:
    """Answers at once below a number; of that and more it makes a file, and gives no answer until it is stopped."""

    def __init__(self, number: int, begun: Path) -> None:
        self._number, self._begun = number, begun

    def __call__(self, asked: int, stop: Stop) -> int:
        """Answer with the square."""
        if asked >= self._number:
            (self._begun / str(asked)).touch()
            while not stop():
                time.sleep(0.01)
        return asked * asked
