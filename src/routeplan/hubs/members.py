"""Members that a hub needs: without whom it is not worth it, and how few suffice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from routeplan.errors import UsageError
from routeplan.hubs.game import Answer, Game, Value, answer, check_players


def critical_members(game: Game) -> dict[str, Answer]:
    """Tell without whom the hub is not worth it to the others.

    Parameters
    ----------
    game : Game
        The game.

    Returns
    -------
    dict
        For each player, whether all others save nothing together once it leaves: yes, v(N without it) is at most 0;
        no, it is above 0; perhaps, its interval holds both. Savings within the rounding of what all save are none.
    """
    rest = {name: game.value(game.everyone - {name}) for name in game.players}
    return {name: answer(yes=value.high <= game.rounding, no=value.low > game.rounding) for name, value in rest.items()}


@dataclass(frozen=True)
class BreakEven:
    """How few members save something with the hub.

    Parameters
    ----------
    members : int, optional
        The least number with which a coalition surely saves; None where none does.
    coalition : frozenset of str, optional
        Of the coalitions of that many that were asked, the one that surely saves most.
    saves : Value, optional
        What it saves [M EUR].
    perhaps : int, optional
        The least number with which a coalition may save, if that is fewer than `members`; None else.
    """

    members: int | None
    coalition: frozenset[str] | None
    saves: Value | None
    perhaps: int | None


def break_even(game: Game, order: Sequence[str] | None = None) -> BreakEven:
    """Tell with how few members the hub pays.

    Parameters
    ----------
    game : Game
        The game.
    order : sequence of str, optional
        Order in which players join, some or all of them: then the first of them alone are asked. By default every
        coalition of one, then of two, and so on, up to the number that suffices.

    Returns
    -------
    BreakEven
        The number, and a coalition. Savings within the rounding of what all save are none.

    Raises
    ------
    UsageError
        When the order names somebody twice or who is no player, or nobody; without an order, when there are more than
        `MOST_PLAYERS` players.
    """
    perhaps: int | None = None
    for members, coalitions in _by_number(game, order):
        saves = {coalition: game.value(coalition) for coalition in coalitions}
        best = max(saves, key=lambda coalition: saves[coalition].low)
        if saves[best].low > game.rounding:
            return BreakEven(members, best, saves[best], perhaps)
        if perhaps is None and any(value.high > game.rounding for value in saves.values()):
            perhaps = members
    return BreakEven(None, None, None, perhaps)


def _by_number(game: Game, order: Sequence[str] | None) -> Iterator[tuple[int, Iterable[frozenset[str]]]]:
    """Coalitions to ask, by the number of their members."""
    if order is None:
        yield from groupby([*game.proper_coalitions, game.everyone], key=len)
        return
    check_players(game, order, "the order")
    if not order or len(set(order)) < len(order):
        raise UsageError(f"the order is {', '.join(order) or 'empty'}; allowed: one player or more, each once")
    for members in range(1, len(order) + 1):
        yield members, [frozenset(order[:members])]
