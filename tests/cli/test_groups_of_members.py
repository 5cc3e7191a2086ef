"""Groups of members are planned one by one: each is counted, and none is begun after a stop."""

import pytest

from kilns import kilns
from routeplan.cli.hub_tables import savings_of_users
from routeplan.hubs.compare import Comparison, compare_designs
from routeplan.hubs.design import Design, OpenedHub

pytestmark = pytest.mark.nightly

HARBOUR = OpenedHub("harbour", "electrolysis", 2030)


@pytest.fixture(scope="module")
def found() -> Comparison:
    """Two designs with the same hub, which all three kilns use."""
    return compare_designs(kilns(1.5), [Design("one", hubs=(HARBOUR,)), Design("two", hubs=(HARBOUR,))], late=(50,))


def test_no_group_is_begun_after_a_stop(found: Comparison) -> None:
    """Of each design five groups would be planned (see `test_command_hub`); it is stopped after two."""
    told: list[tuple[int, int]] = []
    known = savings_of_users(found, None, 1, lambda: len(told) == 2, False, lambda *count: told.append(count))
    assert told == [(1, 10), (2, 10)]
    assert {design: set(savings) for design, savings in known.items()} == {
        "one": {frozenset(), frozenset("a"), frozenset("ab")}
    }


def test_what_is_stopped_at_once_knows_nothing(found: Comparison) -> None:
    """Neither of the two designs is told of."""
    assert savings_of_users(found, None, 1, lambda: True, False) == {}
