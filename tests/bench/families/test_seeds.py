"""Seeds to tune on, to choose by and to measure with have nothing in common."""

from routeplan.bench.seeds import Split


def test_the_seeds_of_each_split() -> None:
    """Five to tune on, five to choose by and ten to measure with."""
    assert Split.TUNE.seeds == (0, 1, 2, 3, 4)
    assert Split.VALID.seeds == (5, 6, 7, 8, 9)
    assert Split.TEST.seeds == tuple(range(10, 20))


def test_no_seed_has_two_purposes() -> None:
    """There are twenty."""
    assert len({seed for split in Split for seed in split.seeds}) == sum(len(split.seeds) for split in Split) == 20
