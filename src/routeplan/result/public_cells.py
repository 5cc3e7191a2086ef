"""What can be known of sites from sums by groups of two kinds, by taking groups of one kind from those of the other."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from routeplan.result.public_limits import LARGEST_SHARE
from routeplan.tolerances import ROUNDING

SHARE = LARGEST_SHARE * (1 + ROUNDING)
"""The largest share, and what the rounding of sums may add to it."""

FULL = 10**9
"""The flow that is wanted, in the whole parts in which flows are reckoned: twice it still is an integer of 32 bits."""

Pair = tuple[str, str]
"""The groups of a cell, of the one and of the other kind."""


@dataclass(frozen=True)
class Cells:
    """What firms have of an amount in each cell: at the sites that are in the same groups of both kinds.

    A difference of sums is again a sum of cells where every group that is taken away lies within those from which it
    is taken. With an arc for each cell, from its group of the one kind to its group of the other, these are the cuts
    that no arc crosses the other way. The smallest of those that hold a cell is the flow between its two groups, with
    arcs back that have no limit.

    Parameters
    ----------
    parts : DataFrame
        ``cell``, ``firm``, ``amount``; a row for each firm in each cell.
    arcs : array
        By cell, the numbers of its two groups: those of the other kind come after those of the one.
    names : list of str
        Name of each group, by its number.
    """

    parts: pd.DataFrame
    arcs: np.ndarray
    names: list[str]

    @classmethod
    def of(cls, amount: pd.Series, one: pd.Series, other: pd.Series, firms: pd.Series) -> "Cells":
        """Put amounts into cells by the groups of their sites; all by the sites' ids."""
        start, starting = pd.factorize(one.reindex(amount.index))
        end, ending = pd.factorize(other.reindex(amount.index))
        sites = pd.DataFrame({"start": start, "end": end + len(starting)}, index=amount.index)
        sites["cell"] = sites.groupby(["start", "end"]).ngroup()
        known = sites.assign(firm=firms.reindex(amount.index), amount=amount)
        parts = known.groupby(["cell", "firm"])["amount"].sum().reset_index()
        arcs = sites.drop_duplicates("cell").sort_values("cell")[["start", "end"]].to_numpy()
        return cls(parts, arcs, [*map(str, starting), *map(str, ending)])

    def few(self, at_least: int) -> list[Pair]:
        """Find the cells of which a sum of fewer firms can be known; a firm counts in equal parts in its cells."""
        counts = self._sums(1 / self.parts.groupby("firm")["firm"].transform("size"))
        wanted = at_least * (1 - ROUNDING)
        doubted = np.flatnonzero(counts < wanted).tolist()
        return [self._pair(cell) for cell in doubted if not self._reach(counts, cell, wanted)]

    def nearly_one_firm(self) -> list[Pair]:
        """Find the cells of which a sum can be known that one firm has more than `LARGEST_SHARE` of.

        What other firms have of each sum that holds the cell must be enough beside all that the firm has anywhere.
        """
        others = self.parts.groupby("cell")["amount"].transform("sum") - self.parts["amount"]
        wanted = self.parts.groupby("firm")["amount"].transform("sum") * (1 - SHARE) / SHARE
        doubted = self.parts.assign(wanted=wanted)[others < wanted]
        return [
            self._pair(cell)
            for cell, firm, enough in zip(doubted["cell"], doubted["firm"], doubted["wanted"], strict=True)
            if not self._reach(self._without(firm), cell, enough)
        ]

    def _sums(self, parts: pd.Series) -> np.ndarray:
        return np.bincount(self.parts["cell"], weights=parts, minlength=len(self.arcs))

    def _without(self, firm: int) -> np.ndarray:
        """What all others have in each cell."""
        return self._sums(self.parts["amount"].where(self.parts["firm"] != firm, 0.0))

    def _pair(self, cell: int) -> Pair:
        start, end = self.arcs[cell]
        return self.names[start], self.names[end]

    def _reach(self, amounts: np.ndarray, cell: int, wanted: float) -> bool:
        """Whether every sum that can be known, and that holds a cell, is at least as large as wanted."""
        source = len(self.names)
        begin, stop = self.arcs[cell].tolist()
        given = np.rint(np.minimum(amounts / wanted, 1.0) * FULL).astype(np.int32)
        limits = np.concatenate([given, np.full(len(given) + 1, FULL, dtype=np.int32)])
        start, end = self.arcs.T
        ends = (np.concatenate([start, end, [source]]), np.concatenate([end, start, [begin]]))
        network = csr_array((limits, ends), (source + 1, source + 1))
        # Each arc can have lost half a part to rounding.
        return bool(maximum_flow(network, source, stop).flow_value >= FULL - len(given))
