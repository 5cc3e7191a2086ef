"""The tables of sums that can be published: their columns, as declared and in the readers' language."""

from dataclasses import replace

from routeplan.language.language import Language, Words
from routeplan.schema import units
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.inputs import AREAS, COMMODITIES, OPTIONS, SITES
from routeplan.schema.results import EMISSIONS, GRANTS, REQUESTS, RUNS, STARTS

_SHARED = "Of a contract that sites share each has an equal part."
AMOUNTS_TOLD = {
    "as_today": Column("co2_as_today", Kind.NUMBER, "CO2 if every process stayed on its current option.", units.CO2),
    "emissions": replace(EMISSIONS.column("emissions"), name="co2", about="CO2 emitted under the plan."),
    **{name: EMISSIONS.column(name) for name in ("captured", "removed")},
    **{name: OPTIONS.column(name) for name in COMMODITIES},
    "request": replace(REQUESTS.column("request"), name="new_firm_capacity", about=f"New firm capacity. {_SHARED}"),
    "connection": replace(
        REQUESTS.column("connection"), name="new_capacity", about=f"New firm and flexible capacity. {_SHARED}"
    ),
    "capex": replace(
        STARTS.column("capex"),
        name="investment",
        about="Investment at the sites that starts in the period; what they share (links, hubs, grid) aside.",
    ),
    "granted": replace(
        GRANTS.column("amount"), name="public_money", about="Support paid for what starts in the period."
    ),
}
"""Column of each sum, by what `sums_by_group` calls it."""

OTHER_SITES = "other sites"
WHOLE, REST = "whole", "rest"

_SUMS = (RUNS.column("period"), Column("sites", Kind.WHOLE, "Number of sites."), *AMOUNTS_TOLD.values())

ABOUT = Table(
    "public",
    "What these sums are of, and how they are kept from telling of one site.",
    (
        Column("key", Kind.TEXT, "What is told."),
        Column("value", Kind.TEXT, "Its value; empty: none."),
        Column("meaning", Kind.TEXT, "What it means."),
    ),
    key=("key",),
)
TOTAL = Table("total", "Sums of all sites.", _SUMS, key=("period",))
BY_SECTOR = Table(
    "by_sector",
    "Sums of the sites of each sector.",
    (replace(SITES.column("sector"), about=f"Sector; {OTHER_SITES}: those of sectors without a row."), *_SUMS),
    key=("sector", "period"),
)
BY_AREA = Table(
    "by_area",
    "Sums of the sites of each congestion area or station.",
    (
        Column("area", Kind.TEXT, f"Id of the area; {OTHER_SITES}: those of areas without a row."),
        AREAS.column("name"),
        Column(
            "covers",
            Kind.TEXT,
            f"{WHOLE}: all sites of the area and those within it; {REST}: those that have no row of their own.",
        ),
        *_SUMS,
    ),
    key=("area", "period"),
)
DECLARED = (ABOUT, TOTAL, BY_SECTOR, BY_AREA)
FILES = tuple(table.file for table in DECLARED)

TEXTS = tuple(dict.fromkeys([*(column.about for table in DECLARED for column in table.columns), OTHER_SITES]))
"""Every text of this module, for translators."""


def tables_told(words: Words) -> dict[str, Table]:
    """The tables in the readers' language, by name, each number with its unit in its header."""
    return {table.name: _told(table, words) for table in DECLARED}


def _told(table: Table, words: Words) -> Table:
    columns = {column.name: header(column, words) for column in table.columns}
    told = tuple(
        replace(column, name=columns[column.name], about=words(column.about), unit=words.unit(column.unit))
        for column in table.columns
    )
    return replace(table, columns=told, key=tuple(columns[name] for name in table.key))


def header(column: Column, words: Words) -> str:
    """Header of a column: in English its name in the format, with the unit."""
    name = column.name if words.language is Language.ENGLISH else words.name(column.name)
    return f"{name} [{words.unit(column.unit)}]" if column.unit else name
