"""The rule for a sum that is published: of firms enough, of which none has nearly all of it."""

from dataclasses import dataclass

import pandas as pd

from routeplan.result.public_cells import SHARE, Cells
from routeplan.tolerances import DUST

Labels = pd.Series
"""Group of each site, by the site's id."""


@dataclass(frozen=True)
class Rule:
    """What makes a sum fit to be published.

    It is nothing at all, or is made by firms enough, of which none has more than `LARGEST_SHARE` of it. Amounts below
    0 count by their size.

    Parameters
    ----------
    firms : Series
        Firm of each site, by its id.
    at_least : int
        Fewest firms.
    """

    firms: pd.Series
    at_least: int

    def few(self, labels: Labels) -> pd.Series:
        """Whether a group has too few firms, by group."""
        return self.firms.groupby(labels).nunique() < self.at_least

    def tells(self, amounts: pd.DataFrame, labels: Labels) -> pd.DataFrame:
        """Whether the sum of a group breaks the rule: a row for each group, a column for each of the amounts."""
        sizes = _sizes(amounts)
        of_firms = sizes.groupby([labels.reindex(sizes.index), self.firms.reindex(sizes.index)]).sum()
        by_group = of_firms.groupby(level=0)
        made_by = (of_firms > 0).groupby(level=0).sum()
        return (made_by > 0) & ((made_by < self.at_least) | (by_group.max() > SHARE * by_group.sum()))

    def few_differ(self, one: Labels, other: Labels) -> list[tuple[str, str]]:
        """Groups of either kind of which sums of too few firms could be known, by taking groups from each other."""
        return Cells.of(pd.Series(1.0, self.firms.index), one, other, self.firms).few(self.at_least)

    def differ(self, amount: pd.Series, one: Labels, other: Labels) -> list[tuple[str, str]]:
        """Groups of either kind of which sums of an amount that break the rule could be known in the same way.

        Whoever knows that a site has nothing of it can reckon as if it were not there, so only the others count.
        """
        sizes = _sizes(amount.to_frame()).iloc[:, 0]
        cells = Cells.of(sizes[sizes > 0], one, other, self.firms)
        return [*cells.few(self.at_least), *cells.nearly_one_firm()]


def _sizes(amounts: pd.DataFrame) -> pd.DataFrame:
    """Sizes of amounts without the solver's rounding."""
    sizes = amounts.abs()
    return sizes.where(sizes > DUST, 0.0)
