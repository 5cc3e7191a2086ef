"""The linear relaxation of what presolve leaves of a program: far nearer to the optimum than that of the program."""

from dataclasses import dataclass

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.solver.presolve import Presolve
from routeplan.solver.session import Session
from routeplan.solver.solution import Ending, Limits, Relaxation


@dataclass(frozen=True, eq=False)
class Relaxed:
    """A program's linear relaxation, as tight as presolve makes it.

    Parameters
    ----------
    x : FloatArray, shape (C,)
        Its optimum, in the columns of the program.
    relaxation : Relaxation
        The same, of what presolve leaves; its bound holds for the program.
    """

    x: FloatArray
    relaxation: Relaxation


def relaxed(matrices: Matrices, limits: Limits) -> Relaxed | None:
    """Solve the linear relaxation of what presolve leaves of a program, or of the program where it leaves all.

    Parameters
    ----------
    matrices : Matrices
        The program.
    limits : Limits
        Deadline, threads, seed, options, and what ends it early.

    Returns
    -------
    Relaxed or None
        None where it is not solved in time, or has no point.
    """
    if limits.reached is not None:
        return None
    with Presolve(matrices, limits) as presolve:
        reduced = presolve.reduced()
        if limits.reached is not None:
            return None
        relaxation = _relaxation(matrices if reduced is None else reduced, limits)
        if relaxation is None:
            return None
        return Relaxed(relaxation.x if reduced is None else presolve.restored(relaxation.x), relaxation)


def _relaxation(matrices: Matrices, limits: Limits) -> Relaxation | None:
    with Session(matrices.relaxed(), limits) as session:
        found = session.solve()
    if found.status is not Ending.OPTIMAL or found.x is None or found.duals is None:
        return None
    return Relaxation(matrices, found.x, found.duals)
