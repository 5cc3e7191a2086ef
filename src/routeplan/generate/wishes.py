"""Projects that firms say they want: some options of their sites, by chance and sector."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from routeplan.estimate.defaults import DefaultTables
from routeplan.generate.draws import counted, picked, stratified, stream
from routeplan.instance.horizon import IntArray
from routeplan.schema.inputs import ALL, WISHES

MATURITIES = ("firm", "planned", "idea")
_SHARES = (0.2, 0.45, 0.35)
"""Shares of firm projects, plans and ideas: an assumption."""


def wishes_of(tables: Mapping[str, pd.DataFrame], mean: float, seed: int, defaults: DefaultTables) -> pd.DataFrame:
    """Draw the table ``wishes``.

    The number of projects of a site is Poisson-distributed around the mean; which of its options they are is
    drawn by the weights of its sector. A firm project comes in the first period in which it can, a plan in the
    next, an idea in the one after that.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of the instance: ``periods``, ``sites``, ``processes``, ``routes``, ``options``, ``windows``.
    mean : float
        Projects a site.
    seed : int
        Seed of the instance.
    defaults : DefaultTables
        The default tables: ``wish_weights``.
    """
    options, possible = _options(tables)
    sites = tables["sites"]
    number = counted(stratified(stream(seed, "wishes: number"), len(sites)), mean)
    weight = _weights(options, defaults)
    # The smallest of exponential variates, each over its weight, are a draw in proportion without putting back.
    chance = -np.log1p(-stream(seed, "wishes: options").random_sample(len(options)))
    rank = pd.Series(chance / weight.to_numpy(), options.index).groupby(options["site"]).rank(method="first")
    wanted = (rank <= options["site"].map(dict(zip(sites["site"], number, strict=True)))).to_numpy()
    random = stream(seed, "wishes: maturity")
    maturity = picked(stratified(random, int(wanted.sum())), _SHARES)
    return _projects(options[wanted], possible[wanted], maturity, tables["periods"]["period"].to_numpy())


def _options(tables: Mapping[str, pd.DataFrame]) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Options that can start in some period, with site, sector and family; and whether they can in each period."""
    options = tables["options"].loc[lambda rows: rows["current"] == 0]
    process = tables["processes"].set_index("process")["site"]
    options = options.assign(site=options["process"].map(process))
    options["sector"] = options["site"].map(tables["sites"].set_index("site")["sector"])
    options["family"] = options["route"].map(tables["routes"].set_index("route")["family"])
    periods = tables["periods"]["period"].to_numpy()[np.newaxis, :]
    first, last = (options[name].to_numpy(float)[:, np.newaxis] for name in ("first_year", "last_year"))
    possible = ~(periods < first) & ~(periods > last) & _open(options["process"], tables)
    some = np.flatnonzero(possible.any(axis=1))
    return options.iloc[some].reset_index(drop=True), possible[some]


def _open(processes: "pd.Series[str]", tables: Mapping[str, pd.DataFrame]) -> NDArray[np.bool_]:
    """Whether a process may start something in each period: at a stop, or always when it has none."""
    periods, windows = tables["periods"]["period"], tables["windows"]
    known = pd.Index(tables["processes"]["process"])
    opened = np.zeros((len(known), len(periods)), dtype=bool)
    opened[known.get_indexer(windows["process"]), pd.Index(periods).get_indexer(windows["period"])] = True
    opened[~known.isin(windows["process"])] = True
    return np.asarray(opened[known.get_indexer(processes)])


def _weights(options: pd.DataFrame, defaults: DefaultTables) -> "pd.Series[float]":
    """Weight of each option: that of its sector and family, or that of the family for all sectors."""
    weights = defaults["wish_weights"].set_index(["sector", "family"])["weight"].to_dict()
    pairs = zip(options["sector"], options["family"], strict=True)
    known = [weights.get((sector, family), weights.get((ALL, family), 0.0)) for sector, family in pairs]
    return pd.Series(known, options.index, dtype=float).clip(lower=1e-9)


def _projects(
    options: pd.DataFrame, possible: NDArray[np.bool_], maturity: IntArray, periods: IntArray
) -> pd.DataFrame:
    """Assign each project its period: the first, second or third in which it can start, as far as there are any."""
    nth = np.minimum(maturity + 1, possible.sum(axis=1))
    period = (
        periods[np.argmax(np.cumsum(possible, axis=1) >= nth[:, np.newaxis], axis=1)] if len(options) else periods[:0]
    )
    width = len(str(len(options)))
    named = options.assign(
        project=[f"project-{number:0{width}d}" for number in range(1, len(options) + 1)],
        period=period,
        maturity=[MATURITIES[place] for place in maturity],
    )
    return named[WISHES.names].reset_index(drop=True)
