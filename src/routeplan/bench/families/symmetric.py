"""Identical copies of sites that share the room of the grid."""

from dataclasses import dataclass

import numpy as np

from routeplan.bench.families.draws import amounts, stream
from routeplan.bench.families.entries import coefficients
from routeplan.bench.families.family import Made, Size, canonical, ladder, number_of
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices

COPIES = 5
OPTIONS = 2
PERIODS = 3
SHARE = 0.45
"""Share of the sites' use that there is room for in the last period; before, room grows evenly."""


@dataclass(frozen=True)
class SymmetricFamily:
    """Kinds of sites, of each of which there are `COPIES` that nothing tells apart.

    A site starts one of its options in one of the periods, or stays as it is. An option uses room from its start on,
    and saves for as many periods as are left.

    Parameters
    ----------
    name, about : str
        Name, and what it probes.
    sizes : tuple of Size
        Sizes.
    copies : int
        Sites of each kind.
    """

    name: str = "symmetric"
    about: str = "Identical copies of sites that share scarce room: every plan has as many twins as they have orders."
    sizes: tuple[Size, ...] = ladder("kinds of sites", 1, 3, 8, 20, 60)
    copies: int = COPIES

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`.

        Columns: of each site, kind by kind and copy by copy, the starts by option and then period, and staying. Rows:
        one of these at each site, then the room in each period.
        """
        kinds = number_of(self, size, seed)
        random = stream(self.name, size, seed)
        use = amounts(random, kinds * OPTIONS, 10, 40)
        saving = use + amounts(random, kinds * OPTIONS, 1, 8)
        return Made(_program(*(self._at_each_start(given) for given in (use, saving))))

    def _at_each_start(self, given: FloatArray) -> FloatArray:
        """Numbers of options of kinds, shape (kinds x OPTIONS), for each site and start: (sites, OPTIONS x PERIODS)."""
        of_site = np.repeat(given.reshape(-1, OPTIONS), self.copies, axis=0)
        return np.repeat(of_site, PERIODS, axis=1)


def _program(use: FloatArray, saving: FloatArray) -> Matrices:
    sites, starts = use.shape
    period = np.tile(np.arange(PERIODS), OPTIONS)
    column = np.arange(sites * (starts + 1)).reshape(sites, starts + 1)
    stay = 2.0 * PERIODS * saving.max(axis=1, keepdims=True)
    runs = [(sites + t, column[:, :-1][:, period <= t], use[:, period <= t]) for t in range(PERIODS)]
    rows = coefficients([(np.arange(sites)[:, None], column, 1.0), *runs], (sites + PERIODS, column.size))
    room = np.floor(SHARE * use.max(axis=1).sum() * np.arange(1, PERIODS + 1) / PERIODS)
    return canonical(
        Matrices(
            rows=rows,
            row_lower=np.concatenate([np.ones(sites), np.full(PERIODS, -np.inf)]),
            row_upper=np.concatenate([np.ones(sites), room]),
            lower=np.zeros(column.size),
            upper=np.ones(column.size),
            cost=np.hstack([stay - saving * (PERIODS - period), stay]).ravel(),
            offset=0.0,
            integer=np.ones(column.size, dtype=bool),
        )
    )


SYMMETRIC = SymmetricFamily()
