"""Seeds of benchmark instances: to tune on, to choose by, and to measure with at the end."""

from enum import Enum


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
