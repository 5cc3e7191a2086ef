"""Schema of the default tables; the tables themselves are CSV files in ``routeplan/estimate/tables``.

What an instance takes over as it is has the columns of the instance's own table. Each figure has its source and
confidence (H, M or L). Values by year hold in 2025, 2030, 2035 and 2040.
"""

from routeplan.schema import inputs
from routeplan.schema.column import (
    EMPTY,
    Column,
    Kind,
    Table,
    amount,
    choice,
    flag,
    id_column,
    latitude,
    lifetime,
    longitude,
    reference,
    share,
    text,
    word,
    year,
)
from routeplan.schema.inputs import CARRIERS, COMMODITIES, FAMILIES, ITEMS, SUPPLIED

YEARS = (2025, 2030, 2035, 2040)
"""Years for which tables by year give values."""

_ABOUT = text("about", "For readers.")
_BY_YEAR = (
    text("unit", "Unit of the values."),
    *(amount(str(year), f"Value in {year}.", "") for year in YEARS),
)
SIZE_CLASSES = ("ets", "waste", "small")
QUANTILES = {
    "least": "Least",
    "p10": "10 % quantile",
    "p25": "25 % quantile",
    "p50": "Median",
    "p75": "75 % quantile",
    "p90": "90 % quantile",
    "most": "Most",
}
"""Columns of the distribution of sizes, from the smallest to the largest."""


def _traced(name: str, about: str, key: tuple[str, ...], *columns: Column) -> Table:
    """Declare a table of figures, each with source and confidence."""
    source = Column("source", Kind.WORD, "Where the figures come from.")
    return Table(name, about, (*columns, source, word("confidence", "H, M, L or between.")), key)


def _required_year(name: str, about: str) -> Column:
    return Column(name, Kind.WHOLE, about, low=1900.0, high=2200.0)


def _between(name: str, about: str, low: float, high: float) -> Column:
    return Column(name, Kind.NUMBER, about, low=low, high=high)


GENERAL = _traced("general", "Figures that hold everywhere.", ("name",), id_column("name", "Name."), *_BY_YEAR)
KINDS = _traced(
    "kinds",
    "Kinds of process.",
    ("kind",),
    id_column("kind", "Kind of process."),
    _between("gas_efficiency", "Useful heat for a unit of gas.", 0.01, 1.0),
    Column(
        "stop_interval",
        Kind.WHOLE,
        "Years between maintenance stops; empty: always open.",
        low=1.0,
        default=EMPTY,
    ),
    _ABOUT,
)
SECTORS = _traced(
    "sectors",
    "Sectors: where their heat goes, and what comes with it.",
    ("sector",),
    word("sector", "Sector."),
    share("below_100", "Share of the gas for heat below 100 C."),
    share("band_100_200", "Share for 100 to 200 C."),
    share("band_200_500", "Share for 200 to 500 C."),
    share("above_500", "Share above 500 C."),
    share("drying", "Share of the 100 to 200 C heat whose vapour can be compressed."),
    share("hot_steam", "Share of the 100 to 200 C heat that is too hot for heat pumps."),
    reference("medium_kind", "Kind of process at 100 to 200 C.", "kinds"),
    reference("high_kind", "Kind of process above 200 C.", "kinds"),
    share("process_co2", "Share of the CO2 that is not from gas."),
    amount("electricity_ratio", "Electricity for a unit of gas.", ""),
    _between("full_load_hours", "Full load hours.", 1.0, 8760.0),
    share("saving", "Share of the gas that saving can take off."),
    word("price_group", "Group of prices."),
    Column("dilute", Kind.NUMBER, "Factor on the capex of capture for dilute flue gas.", low=1.0),
)
ROUTES = _traced(
    "routes",
    "Routes: their family, carrier and times.",
    ("route",),
    id_column("route", "Route."),
    choice("family", "Family.", FAMILIES),
    choice("carrier", "What takes the place of gas; empty: nothing.", COMMODITIES, default=""),
    flag("temporary", "1: a bridge."),
    lifetime("Life."),
    Column("lead_time", Kind.WHOLE, "Years from decision to use.", low=0.0),
    year("first_year", "First year on the market; empty: at once."),
    year("last_year", "Last year; empty: no limit."),
    _ABOUT,
)
TECHNOLOGIES = _traced(
    "technologies",
    "Costs and efficiencies of routes.",
    ("route", "parameter"),
    reference("route", "Route.", "routes"),
    choice(
        "parameter",
        "What the value is of.",
        (
            "capex_heat",
            "capex_input",
            "capex_gas",
            "efficiency",
            "fixed_cost",
            "fixed_cost_share",
            "capture_capex",
            "capture_rate",
            "capture_heat",
            "capture_electricity",
            "scale_exponent",
        ),
    ),
    *_BY_YEAR,
)
CHOICES = _traced(
    "choices",
    "Which routes a kind of process may take; a sector's own row wins over `all`.",
    ("kind", "sector", "route"),
    reference("kind", "Kind of process.", "kinds"),
    word("sector", "Sector, or `all`."),
    reference("route", "Route.", "routes"),
    share("share", "Share of the gas of the process that it replaces; 0: not offered."),
    amount("least_emissions", "Process emissions below which it is not offered.", "kt/yr"),
)
PRICES = _traced(
    "prices",
    "Prices, part by part; a group's own part wins over that of `all`.",
    ("item", "group", "part"),
    choice("item", "What the price is of.", ITEMS),
    word("group", "`all`, or a price group."),
    id_column("part", "Part of the price."),
    flag("in_price", "1: firms pay it."),
    flag("in_value", "1: society counts it."),
    *_BY_YEAR,
)
AREAS = _traced(
    "areas",
    "Congestion areas: room for the industry of cluster 6 as a whole, before and from the year of release.",
    ("area",),
    id_column("area", "Area."),
    text("name", "Name."),
    inputs.AREAS.column("name_nl"),
    _required_year("release_year", "First year with room."),
    _required_year("late_year", "The same, if late."),
    amount("firm_before", "Firm room before the release.", "MW"),
    amount("firm_release", "Firm room in the year of release.", "MW"),
    amount("firm_2040", "Firm room from 2040.", "MW"),
    amount("flexible_before", "Flexible room before the release.", "MW"),
    amount("flexible_release", "Flexible room from the release.", "MW"),
    amount("queue", "Asked for by others.", "MW"),
    amount("emissions", "Emissions of the industry that shares the room.", "kt/yr"),
    amount("reinforcement", "Capacity of a reinforcement on offer from the release.", "MW"),
)
NETWORK_NODES = _traced(
    "network_nodes",
    "Nodes of the hydrogen and CO2 networks: stylised.",
    inputs.NODES.key,
    *inputs.NODES.columns,
)
NETWORK_LINKS = _traced(
    "network_links",
    "Planned links: stylised.",
    ("link",),
    id_column("link", "Link."),
    choice("carrier", "What it carries.", CARRIERS),
    reference("from", "Where it begins.", "network_nodes"),
    reference("to", "Where it ends.", "network_nodes"),
    amount("length", "Length.", "km"),
    _required_year("first_year", "First year."),
    _required_year("late_year", "First year, if late."),
    amount("capacity", "Capacity.", "GWh/yr or kt/yr"),
    amount("variable_cost", "Tariff.", "EUR/MWh or EUR/t"),
)
NETWORK_SOURCES = _traced(
    "network_sources",
    "Supply of hydrogen and storage of CO2 for cluster 6 as a whole.",
    ("node", "parameter"),
    reference("node", "Node.", "network_nodes"),
    choice("carrier", "What it carries.", CARRIERS),
    choice("parameter", "What the value is of.", ("capacity", "price")),
    _required_year("first_year", "First year."),
    *_BY_YEAR,
)
SIZES = _traced("sizes", inputs.SIZES.about, inputs.SIZES.key, *inputs.SIZES.columns)
HUBS = _traced(
    "hubs",
    "Where hubs may be opened: stylised.",
    ("hub", "option"),
    id_column("hub", "Hub."),
    reference("option", "Design.", "hub_designs"),
    reference("node", "Node.", "network_nodes"),
    reference("area", "Area.", "areas"),
    amount("km_to_store", "Distance from a CO2 terminal to the store.", "km"),
    inputs.HUBS.column("name"),
    inputs.HUBS.column("name_nl"),
)
HUB_DESIGNS = _traced(
    "hub_designs",
    "What a hub of each kind is.",
    ("option",),
    *(column for column in inputs.HUBS.columns if column.name not in ("hub", "node", "area", "name", "name_nl")),
    amount("price_per_km", "Cost of a unit for each km to the store.", "EUR/t/km"),
)
SUPPLY = _traced(
    "supply",
    "Steps of green gas (for cluster 6 as a whole) and of heat (by region).",
    ("commodity", "zone", "step", "parameter"),
    choice("commodity", "What is supplied.", SUPPLIED),
    word("zone", "`all`, or a region."),
    id_column("step", "Step."),
    choice("parameter", "What the value is of.", ("quantity", "price")),
    *_BY_YEAR,
)
POTS = _traced("pots", inputs.POTS.about, inputs.POTS.key, *inputs.POTS.columns)
BUDGETS = _traced(
    "budgets",
    "Money of each pot for cluster 6 as a whole.",
    ("pot",),
    reference("pot", "Pot.", "pots"),
    *_BY_YEAR,
)
SUPPORT = _traced("support", inputs.SUPPORT.about, inputs.SUPPORT.key, *inputs.SUPPORT.columns)
PLACES = _traced(
    "places",
    "Gazetteer: towns with industry outside the five clusters.",
    ("place", "postcode"),
    word("place", "Town."),
    id_column("postcode", "First two digits of the postcode."),
    latitude(),
    longitude(),
    word("province", "Province."),
    word("region", "COROP region."),
    reference("area", "Congestion area.", "areas"),
)
CLUSTERS = Table(
    "clusters",
    "Towns that lie in one of the five big clusters.",
    (word("place", "Town."), word("cluster", "Cluster.")),
    ("place",),
)
SECTOR_RULES = Table(
    "sector_rules",
    "Rules that give a site its sector; the first that fits counts.",
    (
        text("activity", "Activity codes of the EU ETS, with spaces between; empty: any."),
        text("pattern", "Regular expression on operator and installation, any case; empty: any."),
        word("sector", "Sector, kept or left out."),
        _ABOUT,
    ),
    (),
)
SECTORS_LEFT_OUT = Table(
    "sectors_left_out",
    "Sectors that are not part of cluster 6 here.",
    (word("sector", "Sector."), word("reason", "Why, as it is told.")),
    ("sector",),
)

SECTOR_SIZES = _traced(
    "sector_sizes",
    "How many sites of cluster 6 each sector has, and how large they are; for generated instances.",
    ("size_class", "sector"),
    choice("size_class", "ETS: in the registry; waste: incinerators; small: outside the ETS.", SIZE_CLASSES),
    reference("sector", "Sector.", "sectors"),
    Column("count", Kind.WHOLE, "Sites of cluster 6.", low=0.0),
    *(
        _between(name, f"{about} of the emissions of a site, in kt/yr.", 0.001, 1e6)
        for name, about in QUANTILES.items()
    ),
    _between("mean", "Mean emissions of a site, in kt/yr.", 0.001, 1e6),
    amount("biogenic", "Biogenic CO2 for a unit of fossil CO2.", ""),
)
SECTOR_PLACES = _traced(
    "sector_places",
    "In which regions the sites of a sector are; for generated instances.",
    ("sector", "region"),
    word("sector", "Sector, or `all`."),
    word("region", "COROP region, of places.csv."),
    amount("weight", "Weight of the region.", ""),
)
WISH_WEIGHTS = _traced(
    "wish_weights",
    "Which projects firms want; a sector's own row wins over that of `all`. For generated instances.",
    ("sector", "family"),
    word("sector", "Sector, or `all`."),
    choice("family", "Family of routes.", FAMILIES),
    amount("weight", "Weight of each option of the family.", ""),
)

DEFAULT_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        GENERAL,
        KINDS,
        SECTORS,
        ROUTES,
        TECHNOLOGIES,
        CHOICES,
        PRICES,
        AREAS,
        NETWORK_NODES,
        NETWORK_LINKS,
        NETWORK_SOURCES,
        SIZES,
        HUB_DESIGNS,
        HUBS,
        SUPPLY,
        POTS,
        BUDGETS,
        SUPPORT,
        PLACES,
        CLUSTERS,
        SECTOR_RULES,
        SECTORS_LEFT_OUT,
        SECTOR_SIZES,
        SECTOR_PLACES,
        WISH_WEIGHTS,
    )
}
"""Every default table by name; the file is the name with ``.csv``."""
