"""Seeds to tune on, to choose by and to measure with have nothing in common."""

import pytest

from routeplan.bench.seeds import Split, split_of
from routeplan.errors import UsageError


def test_the_seeds_of_each_split() -> None:
    """Five to tune on, five to choose by and ten to measure with."""
    assert Split.TUNE.seeds == (0, 1, 2, 3, 4)
    assert Split.VALID.seeds == (5, 6, 7, 8, 9)
    assert Split.TEST.seeds == tuple(range(10, 20))


def test_each_seed_belongs_to_one_split() -> None:
    """The split of a seed is the one that lists it."""
    assert all(split_of(seed) is split for split in Split for seed in split.seeds)
    assert len({seed for split in Split for seed in split.seeds}) == 20


@pytest.mark.parametrize("seed", [-1, 20])
def test_other_seeds_are_refused(seed: int) -> None:
    """The message tells the seeds of each split."""
    said = rf"^seed {seed} belongs to no split; allowed: 0 to 4 \(tune\), 5 to 9 \(valid\), 10 to 19 \(test\)$"
    with pytest.raises(UsageError, match=said):
        split_of(seed)
