"""Projects on which a verdict is given: the wishes of firms, or the cheapest clean route of each process."""

from dataclasses import dataclass, replace

import pandas as pd

from routeplan.errors import UsageError
from routeplan.instance.horizon import Horizon
from routeplan.instance.instance import Instance
from routeplan.instance.options import Options, options_of
from routeplan.instance.sites import at_sites
from routeplan.network.needs import NEED

MORE = ("firm_capacity", "flexible_capacity", "green_gas", "heat")
"""Columns of ``options`` of which a project needs infrastructure when it uses more than today."""


@dataclass(frozen=True)
class Wish:
    """A project that is wanted.

    Parameters
    ----------
    project : str
        Its id.
    site, process, route : str
        Who wants what.
    period : int
        First year of the period in which it is wanted.
    maturity : str
        How far it is; empty where nobody has told.
    infrastructure : bool
        Whether it needs grid, network, green gas or heat beyond what its process uses today.
    """

    project: str
    site: str
    process: str
    route: str
    period: int
    maturity: str
    infrastructure: bool

    def moved_to(self, period: int) -> "Wish":
        """The same project, wanted in another period."""
        return replace(self, period=period)


def wishes_of(instance: Instance) -> list[Wish]:
    """List the projects of an instance.

    Parameters
    ----------
    instance : Instance
        The instance.

    Returns
    -------
    list of Wish
        Those of the table ``wishes``, without those that their process runs today. Where that has no rows, of each
        process the option without natural gas, or with capture, that has the smallest funding gap at its first start.
    """
    wanted = instance["wishes"]
    if wanted.empty:
        wanted = _cheapest_clean(options_of(instance))
    return _as_wishes(instance, wanted)


def option_wishes(instance: Instance) -> list[Wish]:
    """List every option that is not the current one of its process, as a project of the first period."""
    options = instance["options"][["process", "route"]]
    named = options["process"] + "/" + options["route"]
    return _as_wishes(instance, options.assign(project=named, period=instance.horizon.first[0], maturity=""))


def period_of_year(horizon: Horizon, year: int) -> int:
    """First year of the period that has a calendar year; raises `UsageError` where there is none."""
    if not horizon.first[0] <= year < horizon.end:
        raise UsageError(f"the year is {year}; allowed: {horizon.first[0]} to {horizon.end - 1}")
    return int(horizon.first[horizon.period_of(year)])


def _as_wishes(instance: Instance, wanted: pd.DataFrame) -> list[Wish]:
    options = instance["options"].set_index(["process", "route"])
    needs = _need_infrastructure(options)[options["current"] == 0].rename("infrastructure")
    found = at_sites(instance, wanted.join(needs, on=["process", "route"], how="inner"))
    columns = ("project", "site", "process", "route", "period", "maturity", "infrastructure")
    return [Wish(*row) for row in zip(*(found[column].tolist() for column in columns), strict=True)]


def _cheapest_clean(options: Options) -> pd.DataFrame:
    """The first possible start of the clean option of each process that has the smallest funding gap then."""
    starts = options.starts
    clean = starts[(starts["temporary"] == 0) & ((starts["gas"] <= 0.0) | (starts["captured"] > 0.0))]
    first = clean.sort_values("period", kind="stable").drop_duplicates(["process", "route"])
    cheapest = first.sort_values("funding_gap", kind="stable").drop_duplicates("process").sort_index()
    return cheapest[["process", "route", "period"]].assign(project=cheapest["process"], maturity="")


def _need_infrastructure(options: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each option uses more of what comes over networks than the current one of its process."""
    current = options[options["current"] == 1].reset_index("route")
    columns = [*MORE, *NEED.values()]
    today = current[columns].groupby(level="process").max()
    more: pd.Series[bool] = (options[columns] > today.reindex(options.index, level="process") + 1e-9).any(axis=1)
    return more
