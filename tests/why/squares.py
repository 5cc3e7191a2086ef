"""A question that processes can be asked."""

import os

from routeplan.solver.solution import Stop


def squared(asked: int, stop: Stop) -> int:
    """Answers, unless it is asked for 13, which ends its process."""
    if asked == 13:
        os._exit(1)
    return asked * asked
