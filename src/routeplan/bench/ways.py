"""Ways in which an instance is given to a solver: in which formulation, and whether with a point to begin from."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Way:
    """How an instance is given to a solver.

    Parameters
    ----------
    formulation : str
        Formulation in which it is written; that of its family where empty.
    start : bool
        Whether the solver is given a feasible point to begin from.
    """

    formulation: str = ""
    start: bool = False


USUAL = Way()
"""As its family writes it, and with nothing besides."""
