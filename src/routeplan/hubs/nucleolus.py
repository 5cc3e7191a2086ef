"""The nucleolus: the division that makes the largest excess least, then the next one, and so on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routeplan.hubs.game import MIDDLE, FloatArray, Game, alone, beyond_alone
from routeplan.hubs.programs import least_excess
from routeplan.hubs.shares import summing_to
from routeplan.hubs.worst import WorstCoalition, generated
from routeplan.tolerances import ROUNDING

PRICED = 1e-6
"""A coalition with a dual price above this is binding in every best allocation; prices sum to 1, so that one has it."""

DEPENDENT = 1e-6
"""Length of the part of a row of zeros and ones outside a span below which it lies in that span."""


@dataclass(frozen=True)
class Nucleolus:
    """The nucleolus of a game.

    Parameters
    ----------
    shares : dict
        What each player gets [M EUR], by the middles of the values; what all save, in all.
    excess : float
        The most that a coalition could gain by going alone [M EUR]; with one player, 0.
    rational : bool
        Whether nobody gets less than it saves alone. Where no division does that, it is the prenucleolus.
    """

    shares: dict[str, float]
    excess: float
    rational: bool


def nucleolus(game: Game, worst: WorstCoalition | None = None) -> Nucleolus:
    """Find the nucleolus by the middles of the values.

    Parameters
    ----------
    game : Game
        The game.
    worst : WorstCoalition, optional
        Finds the worst coalition of a division; needed beyond `MOST_PLAYERS` players, where not all can be asked.

    Returns
    -------
    Nucleolus
        The division, which is the only one. With `worst` it is that of the coalitions that are known or found: no
        division has a smaller largest excess, by as much as `worst` proves, but the lesser excesses are those of these
        coalitions alone.

    Raises
    ------
    UsageError
        When there are too many players to ask all coalitions.

    Notes
    -----
    Of all divisions that give everyone at least what it saves alone, it has the least excesses when they are compared
    from the largest down (Schmeidler 1969, "The nucleolus of a characteristic function game",
    doi 10.1137/0117107); where the core is not empty it lies in it. Where all save less than each alone in sum, there
    is no such division, and it is sought among all divisions.

    The programs follow Maschler, Peleg and Shapley (1979, doi 10.1287/moor.4.4.303). Each makes the largest excess of
    the coalitions that are not settled as small as it can be. Those with a dual price above 0 have that excess in all
    of its optima (complementary slackness), and are settled at it; a coalition that is merely binding in the optimum
    found is not. A coalition whose row is a combination of settled ones is settled with them. Prices sum to 1 over the
    others, so that each program settles one at least that is no such combination, and there are fewer programs than
    players. Once the settled rows have full rank they are the division.
    """
    own = alone(game, MIDDLE)
    lacking = -beyond_alone(game, [game.everyone], MIDDLE)[0]
    rational = bool(lacking <= ROUNDING * max(game.total.size, np.abs(own).max()))
    # What is lacking by rounding alone is taken off everyone, so that there is a division.
    least = -max(0.0, lacking) / len(own) if rational else -np.inf
    if worst is None or len(game.players) == 1:
        x, excess = _levelled(game, game.proper_coalitions, least)
    else:
        found = generated(game, worst, lambda some: _levelled(game, some, least))
        x, excess = found.x, found.excess
    return Nucleolus(summing_to(game.by_player(x), game.total.middle), excess, rational)


def _levelled(game: Game, coalitions: Sequence[frozenset[str]], least: float) -> tuple[FloatArray, float]:
    """The division that makes the excesses of some coalitions least, one after the other, and the largest of them."""
    search = _Search(game, coalitions, least)
    while search.open:
        search.settle()
    return alone(game, MIDDLE) + search.division(), search.excess


class _Search:
    """Coalitions whose excess is settled, and those that are open; savings and shares are those beyond alone."""

    def __init__(self, game: Game, coalitions: Sequence[frozenset[str]], least: float) -> None:
        self._players = len(game.players)
        self._rows = game.rows(coalitions)
        self._values = beyond_alone(game, coalitions, MIDDLE)
        self._least = least
        self._settled = game.rows([game.everyone])
        self._shares = beyond_alone(game, [game.everyone], MIDDLE)
        self._open = np.full(len(coalitions), True)
        self._excesses: list[float] = []

    @property
    def open(self) -> bool:
        """Whether a coalition is open: settled coalitions do not make up the division yet."""
        return len(self._shares) < self._players

    @property
    def excess(self) -> float:
        """The largest excess, which is the first that was settled."""
        return self._excesses[0] if self._excesses else 0.0

    def division(self) -> FloatArray:
        """The one allocation that gives settled coalitions their shares."""
        return np.asarray(np.linalg.solve(self._settled, self._shares), dtype=float)

    def settle(self) -> None:
        """Make the largest excess of open coalitions least, and settle those that have it come what may."""
        at = np.flatnonzero(self._open)
        best = least_excess(self._rows[at], self._values[at], self._settled, self._shares, self._least)
        self._excesses.append(best.excess)
        for place in np.argsort(-best.prices, kind="stable"):
            if best.prices[place] > PRICED and self._beyond(self._rows[[at[place]]])[0]:
                self._settled = np.vstack([self._settled, self._rows[at[place]]])
                self._shares = np.append(self._shares, self._values[at[place]] - best.excess)
        self._open[at] = self._beyond(self._rows[at])

    def _beyond(self, rows: FloatArray) -> npt.NDArray[np.bool_]:
        """Whether rows are no combination of those that are settled."""
        span, _ = np.linalg.qr(self._settled.T)
        outside = rows - rows @ span @ span.T
        return np.asarray(np.linalg.norm(outside, axis=1) > DEPENDENT)
