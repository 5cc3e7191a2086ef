"""The table ``reach``: the cheapest connection of each site."""

from routeplan.schema import units
from routeplan.schema.column import EMPTY, Table, amount, choice, period, reference, text
from routeplan.schema.inputs import CARRIERS

REACH = Table(
    "reach",
    "For each site, carrier and period with a need: the cheapest connection to what is open then.",
    (
        reference("site", "The site.", "sites"),
        choice("carrier", "What it needs a connection for.", CARRIERS),
        period(),
        amount("need", "The most that options of the site can use or hand over together.", units.CARRIER_FLOW),
        reference("source", "Node (or site) of the source or hub; empty: none can be reached.", "nodes", default=""),
        reference("hub", "The hub, where it is one.", "hubs", default=""),
        text("option", "The hub's option."),
        amount("length", "Length of the connection.", units.LENGTH, default=EMPTY),
        amount("built_length", "What of it must be built.", units.LENGTH, default=EMPTY),
        amount(
            "cost_alone",
            "Cost of the need, the site paying for all that must be built; empty: no connection carries all of it.",
            units.MONEY_PER_YEAR,
            default=EMPTY,
        ),
        amount(
            "cost_shared",
            "The least that it can cost, on whatever way, when others fill up what is built.",
            units.MONEY_PER_YEAR,
            default=EMPTY,
        ),
        amount("unit_alone", "Cost alone, for a unit.", units.CARRIER_PRICE, default=EMPTY),
        amount("unit_shared", "Cost shared, for a unit.", units.CARRIER_PRICE, default=EMPTY),
        text("path", "Links of the connection, from the site on, with blanks between."),
    ),
    key=("site", "carrier", "period"),
)
"""What `routeplan reach` tells."""
