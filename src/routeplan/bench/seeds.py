"""Seeds of benchmark instances: to tune on, to choose by, and to measure with at the end."""

from enum import Enum

from routeplan.errors import UsageError


class Split(Enum):
    """Purpose of a seed."""

    TUNE = "tune"
    VALID = "valid"
    TEST = "test"

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds of this purpose, in order."""
        return tuple(_SEEDS[self])


_SEEDS = {Split.TUNE: range(0, 5), Split.VALID: range(5, 10), Split.TEST: range(10, 20)}


def split_of(seed: int) -> Split:
    """Purpose of a seed.

    Parameters
    ----------
    seed : int
        A seed, 0 to 19.

    Raises
    ------
    UsageError
        When the seed belongs to no split.
    """
    for split, seeds in _SEEDS.items():
        if seed in seeds:
            return split
    told = ", ".join(f"{seeds[0]} to {seeds[-1]} ({split.value})" for split, seeds in _SEEDS.items())
    raise UsageError(f"seed {seed} belongs to no split; allowed: {told}")
