"""Apportioning: amounts of shared things are parted among sites in proportion to their use."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.result.summary_places import emitted_today

POOL_KEY = ["pool", "period"]
THING_KEY = ["pool", "kind", "item", "period"]


@dataclass(frozen=True)
class Uses:
    """Use of shared things by sites, and what counts where a thing is not used.

    Parameters
    ----------
    instance : Instance
        The instance.
    things : DataFrame
        Use of each thing: `THING_KEY`, ``site`` and ``amount``.
    pools : DataFrame
        Use of all that is shared of a pool (a carrier, a commodity, the grid, or emissions): `POOL_KEY`, ``site`` and
        ``amount``.
    """

    instance: Instance
    things: pd.DataFrame
    pools: pd.DataFrame

    def apportioned(self, rows: pd.DataFrame, amount: str) -> pd.DataFrame:
        """Part an amount of things among sites; the parts of a row sum to its amount.

        The first of these counts that is not 0 for all sites: use of the thing in the period; its use in all periods,
        in each of their years; use of its pool in the period; that in all periods; what sites emit today; the number
        of sites.

        Parameters
        ----------
        rows : DataFrame
            With `THING_KEY`.
        amount : str
            The column that is parted.

        Returns
        -------
        DataFrame
            The rows, one for each site with a part, with ``site`` besides.
        """
        left = rows.assign(row=range(len(rows)))
        parts = []
        for key, shares in self._steps():
            found = left.merge(shares, on=key) if key else left.merge(shares, how="cross")
            parts.append(found.assign(**{amount: found[amount] * found["share"]}))
            left = left[~left["row"].isin(found["row"])]
        return pd.concat(parts, ignore_index=True).drop(columns=["row", "share"])

    def _steps(self) -> Iterator[tuple[list[str], pd.DataFrame]]:
        """Shares of sites, with the columns by which they are found, in the order in which they count."""
        years = self.instance["periods"].set_index("period")["years"]
        for uses, key in ((self.things, THING_KEY), (self.pools, POOL_KEY)):
            yield key, _shares(uses, key)
            over_years = uses.assign(amount=uses["amount"] * uses["period"].map(years))
            yield key[:-1], _shares(over_years, key[:-1])
        yield [], self._shares_today()

    def _shares_today(self) -> pd.DataFrame:
        """Share of every site in what all emit today, or in their number where none emits anything."""
        emitted = emitted_today(self.instance).groupby("site")["emissions"].sum()
        sites = self.instance["sites"][["site"]]
        weight = sites["site"].map(emitted).fillna(0.0)
        if weight.sum() == 0.0:
            weight = weight + 1.0
        return sites.assign(share=weight / weight.sum())


def _shares(uses: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Share of each site in the use of what a key stands for: the key, ``site`` and ``share``."""
    used = uses[uses["amount"] > 0.0].groupby([*key, "site"], sort=False)["amount"].sum().reset_index()
    return used.assign(share=used["amount"] / used.groupby(key)["amount"].transform("sum")).drop(columns="amount")
