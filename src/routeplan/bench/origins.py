"""What an instance is made of: a family, with a size, a seed, and in a series a step; or a file of the user's own."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from routeplan.bench.families.family import Family
from routeplan.bench.families.known import BY_NAME, family_called
from routeplan.bench.families.manifest import Manifest
from routeplan.bench.families.series import Stepped
from routeplan.bench.own_files import KINDS, MPS_FILES, FromFile
from routeplan.errors import UsageError


class Origin(Protocol):
    """What an instance is made of."""

    @property
    def family(self) -> str:
        """Name of its family."""
        ...

    @property
    def size(self) -> str:
        """Name of its size."""
        ...

    @property
    def seed(self) -> int:
        """Seed from which it is drawn."""
        ...

    @property
    def step(self) -> int:
        """Number of its step, 0 unless it is of a series."""
        ...

    @property
    def source(self) -> str:
        """Where its file is; empty where it is of none."""
        ...

    @property
    def optimum(self) -> float | None:
        """Least objective, where the user says it."""
        ...

    @property
    def name(self) -> str:
        """Name of the instance."""
        ...

    def opened(self) -> Family:
        """Find the family that makes it, of `size` and `seed`."""
        ...

    def fingerprint(self) -> str:
        """Fingerprint of its file as it is now; empty where it is of none."""
        ...

    def telling(self) -> AbstractContextManager[None]:
        """Tell of what is refused meanwhile where the instance is asked for."""
        ...


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
    def source(self) -> str:
        """It is of no file."""
        return ""

    @property
    def optimum(self) -> None:
        """Its family knows, if anybody."""
        return

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

    def fingerprint(self) -> str:
        """It is of no file."""
        return ""

    def telling(self) -> AbstractContextManager[None]:
        """What is refused says enough by itself."""
        return nullcontext()


def source_of_optimum(manifest: Manifest) -> str:
    """Where the optimum of an instance is from, in words that follow it."""
    if not manifest.source:
        return "by construction, as its manifest says"
    return "as the suite says" if manifest.family == MPS_FILES else "as published"


def origin_of(manifest: Manifest) -> Origin | None:
    """Find what an instance was made of by its manifest; none where there is no such family any more."""
    kind = next((each for each in KINDS if each.family == manifest.family), None)
    if manifest.source and kind is not None:
        return FromFile(kind, manifest.source, manifest.optimum)
    if manifest.family not in BY_NAME:
        return None
    return Drawn(manifest.family, manifest.size, manifest.seed, manifest.step)
