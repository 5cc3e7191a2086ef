"""Funding gaps of projects, at whatever time they start, and what may be paid of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from routeplan.instance.instance import Instance
from routeplan.instance.options import Options
from routeplan.why.wishes import Wish


@dataclass(frozen=True)
class Gap:
    """Funding gap of a start.

    Parameters
    ----------
    gap : float
        The funding gap [M EUR].
    payable : float
        Most that rules of the pots let them pay for it together [M EUR].
    """

    gap: float
    payable: float


class Gaps:
    """Funding gaps of starts, those too that lead times and maintenance stops rule out.

    Parameters
    ----------
    instance : Instance
        The instance.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def of(self, wish: Wish) -> Gap | None:
        """The funding gap of a project that starts when it is wanted; None where its option cannot run then."""
        key = (wish.process, wish.route, wish.period)
        return self._known.get(key)

    @cached_property
    def _known(self) -> dict[tuple[str, str, int], Gap]:
        options = Options(startable_at_once(self._instance))
        key = ["process", "route", "period"]
        most = options.grants.groupby(key)["limit"].sum().rename("most").reset_index()
        starts = options.starts[[*key, "funding_gap"]].merge(most, on=key, how="left").fillna({"most": 0.0})
        return {
            (process, route, int(period)): Gap(gap, most)
            for process, route, period, gap, most in starts.itertuples(index=False)
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
