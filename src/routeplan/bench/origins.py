"""What an instance is made of: a family, with a size, a seed, and in a series a step."""

from dataclasses import dataclass

from routeplan.bench.families.family import Family
from routeplan.bench.families.known import family_called
from routeplan.bench.families.series import Stepped
from routeplan.errors import UsageError


@dataclass(frozen=True)
class Drawn:
    """An instance of a family.

    Parameters
    ----------
    family, size : str
        Which family, and which of its sizes.
    seed : int
        Seed from which it is drawn.
    step : int
        Number of the step of a series, 0 for the first and for what is no series.
    """

    family: str
    size: str
    seed: int = 0
    step: int = 0

    @property
    def name(self) -> str:
        """Name of the instance."""
        base = f"{self.family}-{self.size}-{self.seed}"
        return f"{base}-step-{self.step}" if self.step else base

    def opened(self) -> Family:
        """Find the family that makes it.

        Raises
        ------
        UsageError
            When there is no such family, or it has no such step.
        """
        family = family_called(self.family)
        if not self.step:
            return family
        if not isinstance(family, Stepped):
            raise UsageError(f"{self.family} is no series, and has no step {self.step}; allowed: none")
        return family.at(self.step)
