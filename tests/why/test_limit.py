"""Limits, named in tables."""

import pytest

from routeplan.why.limit import Kind, Limit


@pytest.mark.parametrize(
    "limit",
    [
        Limit(Kind.SUPPLY, ("green_gas", "Overig Zeeland")),
        Limit(Kind.TARGET, ("region:Overig Zeeland",)),
        Limit(Kind.GRID, ("G12-1",)),
        Limit(Kind.DECIDED, ("reinforced", "cable", "", "1")),
    ],
)
def test_a_place_is_read_as_it_was_written(limit: Limit) -> None:
    """Regions are words, which may have blanks; ids have none, and a choice may be empty."""
    assert Limit.read(str(limit.kind), limit.written) == limit
