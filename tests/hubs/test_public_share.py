"""The public share that keeps all members together: told, tried again, and tried with a little less."""

from dataclasses import replace

import pandas as pd
import pytest

from routeplan.hubs.core import core_is_empty, needed_from_outside
from routeplan.hubs.design import Design
from routeplan.hubs.game import Answer, Game, Value
from routeplan.hubs.saving import Coalition, Saving
from routeplan.hubs.worth import Worth

COST = 1.0
PLAYERS = ("a", "b", "c")


def saved(coalition: Coalition, all_save: float) -> Saving:
    """Any two save 1 with a hub of 1 that is theirs alone, and one nothing."""
    amount = {1: 0.0, 2: 1.0, 3: all_save}[len(coalition)]
    return Saving(amount, amount)


def game_with(public_share: float, all_save: float = 1.2) -> tuple[Game, Worth]:
    """The game in which the public bears this share."""
    design = Design("hub", public_share=public_share)
    worth = Worth(design, COST, pd.Series(dtype=float), 0.0, frozenset(PLAYERS))
    return Game(PLAYERS, lambda some: worth.value(some, saved(some, all_save) if some else None)), worth


@pytest.mark.parametrize(
    ("all_save", "share"),
    [(1.2, 0.3), (1.5, 0.0), (2.0, 0.0), (0.8, 0.7), (-0.1, 1.6)],
)
def test_the_share_told_opens_the_core_and_less_does_not(all_save: float, share: float) -> None:
    """Each pair keeps its 1, so that all must have 3/2: 0.3 more than 1.2, of a hub of 1; a member counts in two pairs.

    Whatever the share of the design is, the same is told; nothing where all save enough without.
    """
    for given in (0.0, 0.1, 0.5, 1.0):
        game, worth = game_with(given, all_save)
        needed = needed_from_outside(game, given=worth.public)
        assert (needed.low, needed.high) == pytest.approx((share * COST, share * COST))
    assert core_is_empty(game_with(share + 1e-6, all_save)[0]) is Answer.NO
    if share > 0.0:
        assert core_is_empty(game_with(share - 1e-6, all_save)[0]) is Answer.YES


def test_public_money_is_for_all_together_alone() -> None:
    """A pair bears the hub alone; all save half of it besides."""
    game, worth = game_with(0.5)
    assert worth.public == 0.5
    assert game.value("ab") == Value(1.0, 1.0)
    assert game.total == Value(1.7, 1.7)


def test_less_may_do_where_the_savings_are_not_known_well() -> None:
    """All save 1.1 to 1.3, so that 0.2 to 0.4 is needed, whatever is given."""
    _, worth = game_with(0.6)
    everyone = frozenset(PLAYERS)
    game = Game(
        PLAYERS,
        lambda some: worth.value(some, (Saving(1.1, 1.3) if some == everyone else saved(some, 0.0)) if some else None),
    )
    needed = needed_from_outside(game, given=worth.public)
    assert (needed.low, needed.high) == pytest.approx((0.2, 0.4))
    assert replace(worth, design=Design("hub")).public == 0.0
