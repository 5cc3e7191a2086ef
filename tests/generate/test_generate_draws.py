"""Random numbers of the generator: frozen, one stream a purpose, and as even as can be."""

import math

import numpy as np
import pytest

from routeplan.generate.draws import counted, picked, shared_out, stratified, stream

MT19937AR_OUT = [1067595299, 955945823, 477289528, 4107218783, 4228976476]
"""First numbers of ``mt19937ar.out``, by the authors of the Mersenne Twister, for the key that follows."""
MT19937AR_KEY = [0x123, 0x234, 0x345, 0x456]


def test_the_generator_is_the_published_one() -> None:
    """A key of several words starts the Mersenne Twister as its authors' own program does."""
    drawn = np.frombuffer(np.random.RandomState(MT19937AR_KEY).bytes(4 * len(MT19937AR_OUT)), dtype="<u4")
    assert drawn.tolist() == MT19937AR_OUT


def test_uniform_numbers_are_made_of_53_bits() -> None:
    """Two words of the published sequence make a number: 27 bits of the first and 26 of the second."""
    first, second = (word >> shift for word, shift in zip(MT19937AR_OUT, (5, 6), strict=False))
    assert np.random.RandomState(MT19937AR_KEY).random_sample() == (first * 2**26 + second) / 2**53


def test_each_purpose_and_seed_has_a_stream_of_its_own() -> None:
    """The same name gives the same numbers again, whatever other streams were opened; another name gives others."""
    first = stream(1, "sites: sizes").random_sample(5)
    stream(1, "a table that is new").random_sample(1000)
    assert stream(1, "sites: sizes").random_sample(5).tolist() == first.tolist()
    assert stream(1, "sites: towns").random_sample(5).tolist() != first.tolist()
    assert stream(2, "sites: sizes").random_sample(5).tolist() != first.tolist()


@pytest.mark.parametrize("within", [1.0, 0.5])
def test_numbers_are_spread_evenly(within: float) -> None:
    """Of ten numbers one lies in each tenth, in its middle part if asked."""
    drawn = np.sort(stratified(stream(3, "test"), 10, within))
    middles = (np.arange(10) + 0.5) / 10
    assert (np.abs(drawn - middles) <= within * 0.05 + 1e-12).all()
    assert stratified(stream(3, "test"), 0).size == 0


def test_weights_are_picked_in_proportion() -> None:
    """Weights of 1, 0 and 3: a quarter of the numbers picks the first, none the second."""
    assert picked(np.array([0.0, 0.24, 0.26, 0.999, 1.0]), [1.0, 0.0, 3.0]).tolist() == [0, 0, 2, 2, 2]


def test_counts_are_those_of_poisson() -> None:
    """With a mean of 2.1, none has the probability exp(-2.1), and one 2.1 times as much."""
    none = math.exp(-2.1)
    edges = np.array([0.0, none - 1e-9, none + 1e-9, 3.1 * none - 1e-9, 3.1 * none + 1e-9])
    assert counted(edges, 2.1).tolist() == [0, 0, 1, 1, 2]
    assert counted(stratified(stream(1, "test"), 1000), 2.1).sum() == pytest.approx(2100, rel=0.01)
    assert counted(np.array([0.1, 0.9]), 0.0).tolist() == [0, 0]


def test_the_largest_remainders_get_what_is_left() -> None:
    """Ten in three equal parts: the first gets the tenth; 7 over 5, 3 and 2 are 3.5, 2.1 and 1.4."""
    assert shared_out(10, [1, 1, 1]).tolist() == [4, 3, 3]
    assert shared_out(7, [5, 3, 2]).tolist() == [4, 2, 1]
