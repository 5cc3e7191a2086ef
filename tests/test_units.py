"""The canonical units."""

from routeplan.schema import units
from routeplan.schema.inputs import CARRIERS


def test_every_carrier_has_a_unit_of_flow_and_of_price() -> None:
    """Whoever adds a carrier states both."""
    assert tuple(units.OF_CARRIER) == tuple(units.PRICE_OF_CARRIER) == CARRIERS
