"""Facts of a plan and its instance that several answers tell of, each reckoned when it is first asked for."""

from collections.abc import Collection
from functools import cached_property

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.instance.options import Options, options_of
from routeplan.network.reach import reach
from routeplan.result.result import Result
from routeplan.result.shared_uses import shared_uses
from routeplan.why.gaps import Gaps, startable_at_once


class Facts:
    """Facts of a plan and its instance.

    Parameters
    ----------
    result : Result
        A result with a plan.
    sites : collection of str, optional
        The sites whose connections may be asked for; all when left out.
    """

    def __init__(self, result: Result, sites: Collection[str] | None = None) -> None:
        self.result, self._sites = result, None if sites is None else sorted(set(sites))
        self._reached: dict[str, pd.DataFrame] = {}

    @cached_property
    def startable(self) -> Instance:
        """The instance in which every option is there at once, and may start in any period."""
        return startable_at_once(self.result.instance)

    @cached_property
    def options(self) -> Options:
        """Its options: an option may run in every period until its last year."""
        return options_of(self.startable)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """What processes run in the plan: rows of `Options.by_period`."""
        key = ["process", "route", "period"]
        return self.options.by_period.merge(self.result["runs"][key], on=key)

    def own(self, uses: pd.DataFrame, amounts: Collection[str]) -> pd.DataFrame:
        """What the processes of some uses have of amounts in the plan in that period, by the index of the uses."""
        key = ["process", "period"]
        return uses[key].join(self.runs.set_index(key)[list(amounts)], on=key)[list(amounts)]

    @cached_property
    def gaps(self) -> Gaps:
        """Funding gaps of starts, at whatever time."""
        return Gaps(self.options, self._sites)

    @cached_property
    def shared(self) -> pd.DataFrame:
        """Use of each shared thing of the plan, by whom."""
        return shared_uses(self.result).things

    def reached(self, carrier: str) -> pd.DataFrame:
        """The connections of sites for a carrier, as `routeplan.network.reach.reach` tells them."""
        if carrier not in self._reached:
            self._reached[carrier] = reach(self.startable, carriers=[carrier], sites=self._sites)
        return self._reached[carrier]
