"""A program from elsewhere, such as a file of MIPLIB, as a family of one instance."""

from dataclasses import dataclass

from routeplan.bench.families.family import Made, Size, canonical, number_of
from routeplan.errors import UsageError
from routeplan.model.matrices import Matrices


@dataclass(frozen=True, eq=False)
class ExternalFamily:
    """One program as it was given; nothing is drawn, so that every seed makes the same.

    Parameters
    ----------
    name, about : str
        Name, and what it probes.
    matrices : Matrices
        The program, minimised.
    optimum : float, optional
        The least objective, its constant included, where it is known.
    reason : str
        Why no point obeys every row, where that is known.
    size : str
        Name of its one size.

    Raises
    ------
    UsageError
        When an optimum and a reason for there being none are both given.
    """

    name: str
    about: str
    matrices: Matrices
    optimum: float | None = None
    reason: str = ""
    size: str = "whole"

    def __post_init__(self) -> None:
        if self.optimum is not None and self.reason:
            raise UsageError(f"{self.name} has an optimum, {self.optimum:g}, and a reason to have none; allowed: one")

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The one size."""
        return (Size(self.size, self.matrices.rows.shape[1], "columns"),)

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`."""
        number_of(self, size, seed)
        return Made(canonical(self.matrices), self.optimum, self.reason)
