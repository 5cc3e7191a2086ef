"""Funding gaps of projects, at whatever time they start, and what may be paid of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from routeplan.instance.grants import grant_limits
from routeplan.instance.instance import Instance
from routeplan.instance.options import Options
from routeplan.why.wishes import Wish

KEY = ("process", "route", "period")


@dataclass(frozen=True)
class Gap:
    """Funding gap of a start.

    Parameters
    ----------
    gap : float
        The funding gap [M EUR].
    by_pot : mapping of str to float
        Most that the rules of each pot let it pay for it [M EUR].
    """

    gap: float
    by_pot: Mapping[str, float]

    @property
    def payable(self) -> float:
        """Most that rules of the pots let them pay for it together [M EUR]."""
        return sum(self.by_pot.values())


class Gaps:
    """Funding gaps of starts, those too that lead times and maintenance stops rule out.

    Parameters
    ----------
    options : Options
        Options of an instance in which every option may start at any time (`startable_at_once`).
    sites : collection of str, optional
        Sites whose projects may be asked about; all when left out.
    """

    def __init__(self, options: Options, sites: Collection[str] | None = None) -> None:
        self._options, self._sites = options, sites

    def of(self, wish: Wish) -> Gap | None:
        """The funding gap of a project that starts when it is wanted; None where its option cannot run then."""
        key = (wish.process, wish.route, wish.period)
        return self._known.get(key)

    @cached_property
    def _known(self) -> dict[tuple[str, str, int], Gap]:
        starts, by_pot = self._options.starts, defaultdict[tuple[str, str, int], dict[str, float]](dict)
        if self._sites is not None:
            starts = starts[starts["site"].isin(self._sites)]
        limits = grant_limits(self._options.instance, starts)
        for process, route, period, pot, most in limits[[*KEY, "pot", "limit"]].itertuples(index=False, name=None):
            by_pot[process, route, period][pot] = most
        return {
            (process, route, period): Gap(gap, by_pot.get((process, route, period), {}))
            for process, route, period, gap in starts[[*KEY, "funding_gap"]].itertuples(index=False, name=None)
        }


def startable_at_once(instance: Instance) -> Instance:
    """The instance in which every option is there at once, and may start in any period.

    Parameters
    ----------
    instance : Instance
        The instance, which stays as it is.
    """
    options = instance["options"].assign(first_year=np.nan)
    return instance.replace(options=options, windows=instance["windows"][:0])
