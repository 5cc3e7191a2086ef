"""The exact method: the whole program, solved by HiGHS, with proof."""

from routeplan.model.program import Program
from routeplan.solving.methods import Incumbent, Task
from routeplan.solving.search import searched


def exact(program: Program, task: Task) -> Incumbent:
    """Solve the whole program; with the objective ``emissions`` in two stages, the second for the least cost."""
    return searched(program, task)
