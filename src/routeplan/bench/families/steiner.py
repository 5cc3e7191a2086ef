"""Steiner triple covering: published problems that are generated, symmetric and with known optima."""

from dataclasses import dataclass

import numpy as np

from routeplan.bench.families.draws import order, stream
from routeplan.bench.families.entries import coefficients
from routeplan.bench.families.family import Made, Size, canonical, number_of
from routeplan.instance.horizon import IntArray
from routeplan.model.matrices import Matrices

SIZES = (Size("XS", 9, "points"), Size("S", 27, "points"), Size("M", 81, "points"), Size("L", 243, "points"))

OPTIMA = {9: 5, 27: 18, 81: 61, 243: 198}
"""Fewest points that meet every line: all but those of a largest cap set, which has 4, 9, 20 and 45 of them.

Cap sets: OEIS A090245; 45 of 243 by Edel, Ferret, Landjev and Storme, "The classification of the largest caps in
AG(5, 3)", Journal of Combinatorial Theory A 99 (2002), doi 10.1006/jcta.2002.3261.
"""


@dataclass(frozen=True)
class SteinerFamily:
    """Points of the affine space over three elements, of which the fewest are to be chosen that meet every line.

    The problems A9 and A27 of Fulkerson, Nemhauser and Trotter, "Two computationally difficult set covering problems
    that arise in computing the 1-width of incidence matrices of Steiner triple systems", Mathematical Programming
    Study 2 (1974), doi 10.1007/BFb0120689, and A81 and A243, made by the same tripling. The seed draws the order of
    rows and columns alone.

    Parameters
    ----------
    name, about : str
        Name, and what it probes.
    sizes : tuple of Size
        Sizes.
    """

    name: str = "steiner"
    about: str = "Covering with very many symmetries, of published optimum: small problems that take long to prove."
    sizes: tuple[Size, ...] = SIZES

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`."""
        points = number_of(self, size, seed)
        random = stream(self.name, size, seed)
        place, found = order(random, points), lines(points)
        found = place[found[order(random, len(found))]]
        rows = coefficients([(np.arange(len(found))[:, None], found, 1.0)], (len(found), points))
        matrices = Matrices(
            rows=rows,
            row_lower=np.ones(len(found)),
            row_upper=np.full(len(found), np.inf),
            lower=np.zeros(points),
            upper=np.ones(points),
            cost=np.ones(points),
            offset=0.0,
            integer=np.ones(points, dtype=bool),
        )
        return Made(canonical(matrices), float(OPTIMA[points]))


def lines(points: int) -> IntArray:
    """List the lines of an affine space over three elements, shape (L, 3): points whose coordinates add up to 0.

    Parameters
    ----------
    points : int
        Number of points, a power of 3.
    """
    powers = 3 ** np.flatnonzero(3 ** np.arange(points.bit_length()) < points)
    digits = np.arange(points)[:, None] // powers % 3
    first, second = np.triu_indices(points, 1)
    third = (-(digits[first] + digits[second]) % 3) @ powers
    each = np.column_stack([first, second, third])[third > second]
    return each.astype(np.int64)


STEINER = SteinerFamily()
