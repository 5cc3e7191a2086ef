"""Every table of an instance: the single definition of names, units, ranges, defaults, keys and references."""

from collections.abc import Collection

from routeplan.schema import units, usual
from routeplan.schema.column import (
    EMPTY,
    Column,
    Kind,
    Table,
    amount,
    choice,
    dutch_name,
    flag,
    id_column,
    latitude,
    lifetime,
    longitude,
    period,
    reference,
    share,
    signed,
    text,
    word,
    year,
)

ALL = "all"
"""The word that stands for every group, sector or region; never an id."""

CURRENT = "current"
FAMILIES = (CURRENT, "efficiency", "electrification", "flex_e", "ccs", "hydrogen", "green_gas", "heat")
COMMODITIES = ("electricity", "flexible_electricity", "gas", "green_gas", "hydrogen", "heat")
SUPPLIED = ("green_gas", "heat")
CARRIERS = ("hydrogen", "co2")
FEES = ("grid_fee", "flexible_fee")
CO2_ITEMS = ("co2", "co2_removed", "co2_storage")
ITEMS = (*COMMODITIES, *CO2_ITEMS, *FEES)
VALUE = "_value"
CO2_PAIR = ("co2", "co2" + VALUE)
"""What a tonne of CO2 costs firms, and what it costs in the sum that the plan minimises."""

VALUED_ITEMS = tuple(item for item in ITEMS if item not in ("hydrogen", "co2_storage"))
PRICE_ITEMS = (*ITEMS, *(item + VALUE for item in VALUED_ITEMS))
ITEMS_WITHOUT_ALL = ("co2_removed", *(item + VALUE for item in VALUED_ITEMS))
"""Items that may lack a row of the group `all`."""

REGISTER = "register"
BASES = {REGISTER: "estimated from the public register; not a plan of this firm"}
"""What must be said of a site, by the basis of its data."""

PERIODS = Table(
    "periods",
    "The periods of the plan; the last one's end is the horizon.",
    (
        Column("period", Kind.WHOLE, "First calendar year of the period.", low=0.0, high=9999.0),
        Column(
            "years",
            Kind.WHOLE,
            "Length of the period; period + years is the next period.",
            units.TIME,
            low=1.0,
            high=1000.0,
            usual=usual.PERIOD_LENGTH,
        ),
    ),
    key=("period",),
)

SITES = Table(
    "sites",
    "The sites that must get off natural gas.",
    (
        id_column("site", "Id of the site."),
        text("name", "Name for readers."),
        word("sector", "Sector, such as food or ceramics."),
        word("region", "Region, such as a COROP region; zone of the supply of green gas and heat."),
        reference("area", "Congestion area or station that feeds the site.", "areas"),
        latitude(),
        longitude(),
        amount(
            "spare_capacity",
            "Capacity still free inside the present contract.",
            units.POWER,
            default=0.0,
            usual=usual.PROCESS_POWER,
        ),
        Column(
            "contract",
            Kind.ID,
            "Grid contract; sites with the same one share it. Empty: one of its own.",
            default="",
            same_as="site",
        ),
        Column(
            "coincidence",
            Kind.NUMBER,
            "Share of the capacity of the site's options that meets the peak of its contract; 1 where it shares none.",
            low=0.0,
            above=0.0,
            high=1.0,
            default=1.0,
            later=True,
        ),
        word("price_group", "Group of prices that the site pays.", default=ALL),
        dutch_name(),
        Column(
            "basis",
            Kind.WORD,
            "What the data of the site rest on. "
            + " ".join(f"{basis}: {meaning}; plans say so beside it." for basis, meaning in BASES.items())
            + " Empty: nothing is said.",
            words=tuple(BASES),
            default="",
            later=True,
        ),
    ),
    key=("site",),
)

PROCESSES = Table(
    "processes",
    "What runs on gas at a site; each process chooses a route.",
    (
        id_column("process", "Id of the process."),
        reference("site", "Site at which it stands.", "sites"),
        word("kind", "Kind of process: steam, kiln, furnace, power, waste, ..."),
    ),
    key=("process",),
)

ROUTES = Table(
    "routes",
    "The ways in which a process can run.",
    (
        id_column("route", "Id of the route."),
        choice("family", "Family of routes; support is given by family.", FAMILIES),
        lifetime("Technical and economic life."),
        flag("temporary", "1: a bridge or first step that may be left again."),
    ),
    key=("route",),
)

OPTIONS = Table(
    "options",
    "What a route would mean for a process: one row for each route that the process may take.",
    (
        reference("process", "The process.", "processes"),
        reference("route", "The route.", "routes"),
        flag(
            "current",
            "1: how the process runs before the first period; exactly one for each process.",
            default=0.0,
        ),
        amount("capex", "Investment at the start.", units.MONEY, usual=usual.PROCESS_MONEY),
        amount(
            "fixed_cost",
            "Fixed cost while it runs.",
            units.MONEY_PER_YEAR,
            default=0.0,
            usual=usual.PROCESS_MONEY_PER_YEAR,
        ),
        signed(
            "electricity",
            "Electricity used; negative: own generation.",
            units.ENERGY,
            default=0.0,
            usual=usual.PROCESS_ENERGY_NET,
        ),
        amount(
            "flexible_electricity",
            "Electricity used only when it is cheap.",
            units.ENERGY,
            default=0.0,
            usual=usual.PROCESS_ENERGY,
        ),
        amount("gas", "Natural gas used.", units.ENERGY, default=0.0, usual=usual.PROCESS_ENERGY),
        amount("green_gas", "Green gas used.", units.ENERGY, default=0.0, usual=usual.PROCESS_ENERGY),
        amount("hydrogen", "Hydrogen used.", units.ENERGY, default=0.0, usual=usual.PROCESS_ENERGY),
        amount("heat", "Heat taken from a heat network.", units.ENERGY, default=0.0, usual=usual.PROCESS_ENERGY),
        signed(
            "firm_capacity",
            "Change of firm capacity from today's contract.",
            units.POWER,
            default=0.0,
            usual=usual.PROCESS_POWER_CHANGE,
        ),
        amount(
            "flexible_capacity",
            "Change of flexible capacity from today's contract.",
            units.POWER,
            default=0.0,
            usual=usual.PROCESS_POWER,
        ),
        amount("captured", "CO2 handed to the CO2 network.", units.CO2, default=0.0, usual=usual.PROCESS_CO2),
        amount("emissions", "CO2 that remains.", units.CO2, default=0.0, usual=usual.PROCESS_CO2),
        amount("removed", "Biogenic CO2 among the captured.", units.CO2, default=0.0, usual=usual.PROCESS_CO2),
        year("first_year", "First year in which it may run; empty: no limit."),
        year("last_year", "Last year in which it may run; empty: no limit."),
        lifetime("Life, where it differs from the route's.", default=EMPTY),
    ),
    key=("process", "route"),
)

TRENDS = Table(
    "trends",
    "How the capex of a route changes with the period in which it starts; no row: factor 1.",
    (
        reference("route", "The route.", "routes"),
        period("Period of the start."),
        amount("capex", "Factor on the capex of options of the route.", units.ONE, usual=usual.FACTOR),
    ),
    key=("route", "period"),
    optional=True,
)

ACTIVITY = Table(
    "activity",
    "Production against today; scales energy, captured, removed and emissions; no row: factor 1.",
    (
        reference("process", "The process.", "processes"),
        period(),
        amount("factor", "Production against today.", units.ONE, usual=usual.FACTOR),
    ),
    key=("process", "period"),
    optional=True,
)

WINDOWS = Table(
    "windows",
    "Maintenance stops: a process listed here may start an option only in its listed periods.",
    (reference("process", "The process.", "processes"), period("A period in which it may start an option.")),
    key=("process", "period"),
    optional=True,
)

PRICES = Table(
    "prices",
    "What firms pay, and (items ending in _value) what society counts instead.",
    (
        choice(
            "item",
            "What the price is of. Firms pay and decide by it; an item that ends in _value is what the plan counts "
            "instead, where it has a row: `co2` is what a tonne costs firms, `co2_value` what it costs in the sum that "
            "the plan minimises. Whoever sweeps a price moves both.",
            PRICE_ITEMS,
        ),
        word("group", "`all`, or a price group, whose own row wins."),
        period(),
        amount("price", "Price, tariff or value.", units.ITEM_PRICE),
    ),
    key=("item", "group", "period"),
)

AREAS = Table(
    "areas",
    "Congestion areas and the stations below them: a tree.",
    (
        id_column("area", "Id of the area."),
        text("name", "Name for readers."),
        reference("parent", "Area that contains this one; empty: none.", "areas", default=""),
        amount("queue", "Capacity asked for by others; information only.", units.POWER, 0.0, usual.AREA_QUEUE),
        dutch_name(),
        text(
            "outline",
            "Outline on maps: POLYGON or MULTIPOLYGON as well-known text, longitude before latitude (WGS 84), such as "
            "POLYGON ((6.1 52.0, 6.4 52.0, 6.4 52.2, 6.1 52.0)). Empty: it is drawn around its sites.",
            later=True,
        ),
    ),
    key=("area",),
)

WORKS = Table(
    "works",
    "Dated grid works; information for reports.",
    (
        id_column("work", "Id of the work."),
        reference("area", "Area that it relieves.", "areas"),
        year("earliest", "Earliest year."),
        year("estimate", "Year expected."),
        year("latest", "Latest year."),
    ),
    key=("work",),
    optional=True,
)

HEADROOM = Table(
    "headroom",
    "Room on the grid for new capacity, by area and period.",
    (
        reference("area", "The area.", "areas"),
        period(),
        amount("firm", "New firm capacity that fits.", units.POWER, usual=usual.AREA_POWER),
        amount("flexible", "New flexible capacity that fits besides.", units.POWER, usual=usual.AREA_POWER),
    ),
    key=("area", "period"),
)

REINFORCEMENTS = Table(
    "reinforcements",
    "Grid reinforcements that the plan may choose.",
    (
        id_column("reinforcement", "Id of the reinforcement."),
        reference("area", "Area that it relieves.", "areas"),
        amount("capacity", "Headroom that it adds.", units.POWER, usual=usual.AREA_POWER),
        amount("capex", "Investment.", units.MONEY, usual=usual.HUB_MONEY),
        lifetime("Technical and economic life."),
        year("first_year", "First year in which it can be in place; empty: no limit."),
    ),
    key=("reinforcement",),
    optional=True,
)

NODES = Table(
    "nodes",
    "Nodes of the hydrogen and CO2 networks; every site is one of both under its own id.",
    (
        id_column("node", "Id of the node."),
        choice("carrier", "What the node carries.", CARRIERS),
        latitude(),
        longitude(),
        text("name", "Name for readers; empty: the id.", later=True),
        dutch_name(),
    ),
    key=("node",),
)

SOURCES = Table(
    "sources",
    "Where hydrogen enters and CO2 is stored; no row: nothing.",
    (
        reference("node", "Node, or site.", "nodes", "sites"),
        choice("carrier", "Hydrogen: supply. CO2: storage.", CARRIERS),
        period(),
        amount("capacity", "Most that can be supplied or stored.", units.CARRIER_FLOW, usual=usual.SOURCE),
        amount("price", "Price of a unit.", units.CARRIER_PRICE, usual=usual.STEP_PRICE),
    ),
    key=("node", "carrier", "period"),
)

LINKS = Table(
    "links",
    "Pipes, barges and trucks between nodes and sites.",
    (
        id_column("link", "Id of the link."),
        choice("carrier", "What it carries.", CARRIERS),
        reference("from", "Where it begins.", "nodes", "sites"),
        reference("to", "Where it ends.", "nodes", "sites"),
        choice("mode", "How it carries.", ("pipe", "barge", "truck")),
        choice("status", "Planned links come by themselves; candidates are chosen.", ("planned", "candidate")),
        amount("length", "Length.", units.LENGTH, usual=usual.LENGTH),
        year("first_year", "First year in which it can be used; empty: no limit."),
        amount("capacity", "Capacity of a planned link; empty on candidates.", units.CARRIER_FLOW, default=EMPTY),
        amount("variable_cost", "Cost of a unit carried.", units.CARRIER_PRICE, default=0.0, usual=usual.UNIT_PRICE),
        flag("one_way", "1: it carries from `from` to `to` only.", default=0.0),
    ),
    key=("link",),
)

SIZES = Table(
    "sizes",
    "The sizes in which candidate links can be built.",
    (
        choice("carrier", "What it carries.", CARRIERS),
        choice("mode", "How it carries.", ("pipe", "barge", "truck")),
        id_column("size", "Id of the size."),
        amount("capacity", "Capacity.", units.CARRIER_FLOW),
        amount("capex_per_km", "Investment for each km.", units.MONEY_PER_LENGTH, usual=usual.PIPE_MONEY),
        amount("capex_fixed", "Investment whatever the length.", units.MONEY, default=0.0, usual=usual.HUB_MONEY),
        share("fixed_cost_share", "Upkeep per year, as a share of the capex."),
        lifetime("Technical and economic life."),
    ),
    key=("carrier", "mode", "size"),
)

HUBS = Table(
    "hubs",
    "Shared facilities: electrolysers, imports, CO2 terminals.",
    (
        id_column("hub", "Id of the hub."),
        id_column("option", "What is opened there: electrolysis, import, terminal, ..."),
        reference("node", "Node at which it stands.", "nodes"),
        reference("area", "Area that feeds it.", "areas"),
        choice("carrier", "Hydrogen: it supplies. CO2: it takes it out of the network.", CARRIERS),
        amount("capex", "Investment.", units.MONEY, usual=usual.HUB_MONEY),
        amount(
            "fixed_cost",
            "Fixed cost while open.",
            units.MONEY_PER_YEAR,
            default=0.0,
            usual=usual.PROCESS_MONEY_PER_YEAR,
        ),
        amount("capacity", "Most that it handles.", units.CARRIER_FLOW),
        amount("price", "Cost of a unit handled, electricity aside.", units.CARRIER_PRICE, usual=usual.UNIT_PRICE),
        amount("electricity", "Electricity for a unit handled.", units.POWER_PER_FLOW),
        amount("firm_capacity", "Firm grid capacity when open.", units.POWER, usual=usual.PROCESS_POWER),
        amount("flexible_capacity", "Flexible grid capacity when open.", units.POWER, usual=usual.PROCESS_POWER),
        lifetime("Technical and economic life."),
        year("first_year", "First year in which it can be open; empty: no limit."),
        text("name", "Name of the hub for readers, the same on all its rows; empty: the id.", later=True),
        dutch_name(),
    ),
    key=("hub", "option"),
    optional=True,
)

SUPPLY = Table(
    "supply",
    "Steps of the supply of green gas and heat; a commodity without any row is without limit at its value.",
    (
        choice("commodity", "What is supplied.", SUPPLIED),
        word("zone", "`all`, or a region."),
        id_column("step", "Id of the step."),
        period(),
        amount("quantity", "Most that the step supplies.", units.ENERGY, usual=usual.SUPPLY),
        amount("price", "Price of a unit.", units.ENERGY_PRICE, usual=usual.STEP_PRICE),
    ),
    key=("commodity", "zone", "step", "period"),
    optional=True,
)

POTS = Table(
    "pots",
    "Pots of public money.",
    (
        id_column("pot", "Id of the pot."),
        text("name", "Name for readers."),
        flag("carry_over", "1: what is left over may be spent in later periods.", default=0.0),
        dutch_name(),
    ),
    key=("pot",),
)

BUDGETS = Table(
    "budgets",
    "Money of a pot by period; no row: none.",
    (
        reference("pot", "The pot.", "pots"),
        period(),
        amount("amount", "Money for the whole period.", units.MONEY, usual=usual.POT),
    ),
    key=("pot", "period"),
)

SUPPORT = Table(
    "support",
    "What a pot may pay for; of several rows that match, the best one counts.",
    (
        reference("pot", "The pot.", "pots"),
        choice("family", "Family of routes.", FAMILIES),
        word("sector", "`all`, or a sector."),
        choice("basis", "What the share is of.", ("capex", "funding_gap")),
        year("first_year", "First year in which it is open; empty: no limit."),
        year("last_year", "Last year in which it is open; empty: no limit."),
        share("share", "Share of the basis that is paid at most."),
        amount("cap", "Most for one start; empty: no limit.", units.MONEY, default=EMPTY, usual=usual.GRANT),
    ),
    key=("pot", "family", "sector", "basis", "first_year"),
)

TARGETS = Table(
    "targets",
    "Caps on emissions; no row: no limit.",
    (
        word("scope", "`all`, `sector:NAME` or `region:NAME`."),
        period(),
        amount("cap", "Most that may be emitted.", units.CO2, usual=usual.NATIONAL_CO2),
        amount(
            "price",
            "Price of what is above the cap; empty: the cap is hard.",
            units.CO2_PRICE,
            default=EMPTY,
            usual=usual.CO2_PRICE,
        ),
    ),
    key=("scope", "period"),
    optional=True,
)

DECISIONS = ("runs", "built", "open", "reinforced")

DECIDED = Table(
    "decided",
    "Decisions fixed in advance: committed projects, designs, earlier plans.",
    (
        choice("decision", "Which kind of decision.", DECISIONS),
        Column("item", Kind.ID, "Process, link, hub or reinforcement."),
        Column("choice", Kind.ID, "Route, size or option; empty for reinforcements.", default=""),
        period(),
        flag("value", "1: decided for; 0: decided against."),
    ),
    key=("decision", "item", "choice", "period"),
    optional=True,
)

WISHES = Table(
    "wishes",
    "Projects that firms say they want; information for explanations.",
    (
        id_column("project", "Id of the project."),
        reference("process", "The process.", "processes"),
        Column("route", Kind.ID, "The route, one of the process's options.", refers=("routes",)),
        period("Period in which it is wanted."),
        choice("maturity", "How far the project is.", ("firm", "planned", "idea")),
    ),
    key=("project",),
    optional=True,
)

INPUT_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        PERIODS,
        SITES,
        PROCESSES,
        ROUTES,
        OPTIONS,
        TRENDS,
        ACTIVITY,
        WINDOWS,
        PRICES,
        AREAS,
        WORKS,
        HEADROOM,
        REINFORCEMENTS,
        NODES,
        SOURCES,
        LINKS,
        SIZES,
        HUBS,
        SUPPLY,
        POTS,
        BUDGETS,
        SUPPORT,
        TARGETS,
        DECIDED,
        WISHES,
    )
}


def referring_to(tables: Collection[str]) -> set[str]:
    """Names of the tables that have a column with ids of one of these tables.

    Parameters
    ----------
    tables : collection of str
        Names of tables.
    """
    return {
        name
        for name, table in INPUT_TABLES.items()
        if any(not set(column.refers).isdisjoint(tables) for column in table.columns)
    }
