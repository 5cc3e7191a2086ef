"""Identical copies of sites, to be put on identical stations."""

from dataclasses import dataclass

import numpy as np

from routeplan.bench.families.draws import amounts, stream
from routeplan.bench.families.entries import coefficients
from routeplan.bench.families.family import Made, Size, canonical, ladder, number_of
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices

COPIES = 4
ROOM, STATION_COST = 100.0, 85.0
"""Of each station; a site saves a little more than the room that it uses, so that only a full station is worth it."""

SHARE = 0.6
"""Share of all use that there is room for, were every station built."""


@dataclass(frozen=True)
class SymmetricFamily:
    """Kinds of sites of which there are several that nothing tells apart, and stations that nothing tells apart.

    A site stays as it is, or moves to the room of a station that is built: bins to be packed, each at a cost.

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
    about: str = "Identical copies of sites and of stations: every plan has as many twins as they have orders."
    sizes: tuple[Size, ...] = ladder("kinds of sites", 1, 3, 5, 8, 16)
    copies: int = COPIES

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`.

        Columns: of each site, kind by kind and copy by copy, the stations and staying; then the stations that are
        built. Rows: one of these for each site; the room of each station.
        """
        kinds = number_of(self, size, seed)
        random = stream(self.name, size, seed)
        use = amounts(random, kinds, 20, 60)
        saving = use + amounts(random, kinds, 1, 8)
        return Made(_program(np.repeat(use, self.copies), np.repeat(saving, self.copies)))


def _program(use: FloatArray, saving: FloatArray) -> Matrices:
    sites, stations = len(use), int(np.ceil(SHARE * use.sum() / ROOM))
    site, station = np.arange(sites)[:, None], np.arange(stations)
    choice = np.arange(sites * (stations + 1)).reshape(sites, stations + 1)
    built = choice.size + station
    rows = coefficients(
        [
            (site, choice, 1.0),
            (sites + station, choice[:, :-1], use[:, None]),
            (sites + station, built, -ROOM),
        ],
        (sites + stations, choice.size + stations),
    )
    stays = np.append(np.zeros(stations), 1.0)
    return canonical(
        Matrices(
            rows=rows,
            row_lower=np.append(np.ones(sites), np.full(stations, -np.inf)),
            row_upper=np.append(np.ones(sites), np.zeros(stations)),
            lower=np.zeros(choice.size + stations),
            upper=np.ones(choice.size + stations),
            cost=np.append(saving[:, None] * (1.0 + stays), np.full(stations, STATION_COST)),
            offset=0.0,
            integer=np.ones(choice.size + stations, dtype=bool),
        )
    )


SYMMETRIC = SymmetricFamily()
