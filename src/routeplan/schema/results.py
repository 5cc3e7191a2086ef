"""Every table of a result, declared like the inputs."""

from routeplan.schema import units
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.result_file import OBJECTIVE

COST_SENTENCES = {
    "fixed_cost": "Fixed cost of the options that run.",
    "electricity": "Electricity of the options that run.",
    "flexible_electricity": "Electricity that options can take at hours of their choice.",
    "gas": "Natural gas.",
    "green_gas": "Green gas, at the prices of `supply` where that has it.",
    "heat": "Heat, at the prices of `supply` where that has it.",
    "grid_fee": "Fees on the firm capacity of options, and of hubs that are open.",
    "flexible_fee": "Fees on the flexible capacity of options, and of hubs that are open.",
    "co2": "CO2 emitted.",
    "hydrogen": "Hydrogen from sources, at their prices.",
    "co2_storage": "CO2 stored at sources, at their prices.",
    "options": "Annuities of the options that started; a bridge that runs on beyond its life pays for those years too.",
    "links": "Annuities of the links built.",
    "link_upkeep": "Upkeep of the links built.",
    "transport": "Variable cost of what links carry.",
    "hubs": "Annuities of the hub options opened.",
    "hub_upkeep": "Fixed cost of the hub options that are open.",
    "hub_output": "What hubs handle, at their prices, and the electricity that it takes.",
    "reinforcements": "Annuities of the grid reinforcements.",
    "co2_removed": "Biogenic CO2 captured: below 0.",
    "overshoot": "Emissions above targets, at the prices of these.",
}
"""What each term of the objective `cost` is, in the order in which they are shown."""

COST_TERMS = tuple(COST_SENTENCES)

LIMIT_KEYS = (
    "area",
    "contract",
    "node",
    "link",
    "hub",
    "option",
    "carrier",
    "commodity",
    "zone",
    "step",
    "pot",
    "scope",
)


_NO_IDS = {
    "limit": "Constraint family; `source_capacity` and `supply_step`: what a source and a step of supply have.",
    "carrier": "hydrogen or co2.",
    "commodity": "Commodity, called as its column in `options`.",
    "zone": "`all`, or a region.",
    "scope": "`all`, `sector:NAME` or `region:NAME`.",
    "term": "Term of the cost, one of those of `costs`.",
}
"""What text columns say that hold no id of a table."""


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Kind.TEXT, _NO_IDS.get(name, f"Id of the {name}."), default="") for name in names)


def _number(name: str, unit: str, about: str) -> Column:
    return Column(name, Kind.NUMBER, about, unit)


_PERIOD = Column("period", Kind.WHOLE, "First calendar year of the period.")


def _table(name: str, about: str, columns: tuple[Column, ...], key: tuple[str, ...]) -> Table:
    return Table(name, about, columns, key, optional=True)


RUNS = _table(
    "runs",
    "The route that each process runs.",
    (*_text("process"), _PERIOD, *_text("route")),
    ("process", "period"),
)
STARTS = _table(
    "starts",
    "Options that start, renewals of bridges among them.",
    (
        *_text("process", "route"),
        _PERIOD,
        _number("capex", units.MONEY, "Investment at the start."),
        _number("funding_gap", units.MONEY, "What the option costs the firm more than the current one."),
    ),
    ("process", "route", "period"),
)
GRANTS = _table(
    "grants",
    "Support paid at a start.",
    (*_text("process", "route"), _PERIOD, *_text("pot"), _number("amount", units.MONEY, "Support paid.")),
    ("process", "route", "period", "pot"),
)
BUILT = _table(
    "built",
    "Candidate links built; the period is the first in which they can be used.",
    (*_text("link", "size"), _PERIOD),
    ("link", "size"),
)
FLOWS = _table(
    "flows",
    "What links carry; positive from `from` to `to`, netted.",
    (*_text("carrier", "link"), _PERIOD, _number("flow", units.CARRIER_FLOW, "Amount carried.")),
    ("carrier", "link", "period"),
)
DRAWN = _table(
    "drawn",
    "Hydrogen supplied and CO2 stored at sources; what hubs handle aside.",
    (*_text("node", "carrier"), _PERIOD, _number("amount", units.CARRIER_FLOW, "Amount supplied or stored.")),
    ("node", "carrier", "period"),
)
HUBS_OPEN = _table(
    "hubs",
    "Hub options that are open and what they handle.",
    (
        *_text("hub", "option"),
        _PERIOD,
        Column("open", Kind.FLAG, "1: open."),
        _number("output", units.CARRIER_FLOW, "Amount supplied or taken."),
    ),
    ("hub", "option", "period"),
)
SUPPLIED_STEPS = _table(
    "supplied",
    "What is bought from the steps of supply.",
    (*_text("commodity", "zone", "step"), _PERIOD, _number("amount", units.ENERGY, "Amount bought.")),
    ("commodity", "zone", "step", "period"),
)
REQUESTS = _table(
    "requests",
    "The least new grid capacity that each contract needs.",
    (
        *_text("contract"),
        _PERIOD,
        _number("request", units.POWER, "New firm capacity."),
        _number("connection", units.POWER, "New firm and flexible capacity."),
    ),
    ("contract", "period"),
)
REINFORCED = _table(
    "reinforced",
    "Reinforcements; the period is the first in which they are in place.",
    (*_text("reinforcement"), _PERIOD),
    ("reinforcement",),
)
OVERSHOOT = _table(
    "overshoot",
    "Emissions above a target that has a price.",
    (*_text("scope"), _PERIOD, _number("amount", units.CO2, "Emissions above the cap.")),
    ("scope", "period"),
)
COSTS = _table(
    "costs",
    "The terms of the cost, at society's values where there are any; the discounted ones add up to it.",
    (
        *_text("term"),
        _PERIOD,
        _number("cost", units.MONEY_PER_YEAR, "Undiscounted mean over the period."),
        _number("discounted", units.MONEY, "Discounted, over the period."),
    ),
    ("term", "period"),
)
EMISSIONS = _table(
    "emissions",
    "CO2 of each site.",
    (
        *_text("site"),
        _PERIOD,
        _number("emissions", units.CO2, "Emitted."),
        _number("captured", units.CO2, "Captured."),
        _number("removed", units.CO2, "Biogenic CO2 among the captured."),
    ),
    ("site", "period"),
)
ENERGY = _table(
    "energy",
    "Energy of each process.",
    (*_text("process"), _PERIOD, *_text("commodity"), _number("amount", units.ENERGY, "Amount used.")),
    ("process", "period", "commodity"),
)
SITE_COSTS = _table(
    "site_costs",
    "The terms of the cost that belong to a site alone; `routeplan.attributed_costs` adds to them what sites share.",
    (
        *_text("site", "term"),
        _PERIOD,
        _number("cost", units.MONEY_PER_YEAR, "Undiscounted mean over the period."),
    ),
    ("site", "term", "period"),
)
LIMITS = _table(
    "limits",
    "What limits use and allow, those that are shared and those of one contract; of a target with a price the cap. "
    "Keys that do not apply are empty.",
    (
        *_text("limit", *LIMIT_KEYS),
        _PERIOD,
        _number("used", "see unit", "Amount used."),
        _number("bound", "see unit", "Amount allowed."),
        Column("unit", Kind.TEXT, "Unit of both.", default=""),
    ),
    ("limit", *LIMIT_KEYS, "period"),
)
PROGRESS = _table(
    "progress",
    "What was known when, while it was solved.",
    (
        _number("seconds", units.SECONDS, "Seconds since the start."),
        Column(
            "stage",
            Kind.TEXT,
            "Stage of the method that begins, or has found what is new; two may go on at a time.",
            default="",
        ),
        Column(
            "objective",
            Kind.NUMBER,
            "Objective of the best plan so far; empty while there is none.",
            OBJECTIVE,
            default=None,
        ),
        Column("bound", Kind.NUMBER, "Best bound so far; empty while there is none.", OBJECTIVE, default=None),
    ),
    (),
)

RESULT_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        RUNS,
        STARTS,
        GRANTS,
        BUILT,
        FLOWS,
        DRAWN,
        HUBS_OPEN,
        SUPPLIED_STEPS,
        REQUESTS,
        REINFORCED,
        OVERSHOOT,
        COSTS,
        EMISSIONS,
        ENERGY,
        SITE_COSTS,
        LIMITS,
        PROGRESS,
    )
}
