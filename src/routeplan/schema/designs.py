"""The sheets of a workbook in which hub designs are given: one of designs, and one for each kind of thing in them."""

from dataclasses import replace

from routeplan.schema.column import EMPTY, Column, Kind, Table, share, text, word
from routeplan.schema.inputs import HUBS, SITES

_DESIGN = word("design", "Name of the design, as on the first sheet.")
_FIRST_YEAR = Column("first_year", Kind.WHOLE, "It is there in every period that begins in this year or later.")

OF_DESIGN = Table(
    "designs",
    "Hub designs: a row each.",
    (
        word("design", "Name of the design, in letters, digits, - and _; the other sheets refer to it."),
        text("title", "What readers see; empty: the name."),
        text("title_nl", "The same for Dutch readers."),
        share(
            "public_share",
            "Share of the hub's costs that the public bears, 0 to 1; it counts in the sharing of costs alone.",
            default=0.0,
        ),
    ),
    key=("design",),
)


def _of_own_hub(column: Column) -> Column:
    """A column of the table of hubs, which stays empty for a hub that the instance has."""
    return replace(column, default="" if column.kind.is_text else EMPTY, refers=(), usual=None, later=False)


OF_HUB = Table(
    "design_hubs",
    "Hubs that a design opens: a row each. The last columns are for a hub that the instance does not have.",
    (
        _DESIGN,
        Column("hub", Kind.ID, "Id of the hub."),
        Column("option", Kind.ID, "What is opened there: electrolysis, import, terminal, ..."),
        _FIRST_YEAR,
        *(_of_own_hub(column) for column in HUBS.columns if column.name not in ("hub", "option", "first_year")),
    ),
    key=("design", "hub", "option"),
)

OF_LINK = Table(
    "design_links",
    "Candidate links that a design builds or forbids: a row each.",
    (
        _DESIGN,
        Column("link", Kind.ID, "Id of the link."),
        Column("size", Kind.ID, "Size in which it is built; empty where it is forbidden.", default=""),
        replace(_FIRST_YEAR, default=EMPTY),
        Column("forbidden", Kind.FLAG, "Whether it may not be built; empty: no.", words=("yes", "no"), default=0.0),
    ),
    key=("design", "link"),
)

OF_CONTRACT = Table(
    "design_contracts",
    "Grid contracts that sites share: a row for each site.",
    (
        _DESIGN,
        Column("contract", Kind.ID, "Id of the contract: its own, or that of one of its sites."),
        Column("site", Kind.ID, "Id of the site; all sites of a contract hang on one station."),
        replace(
            SITES.column("coincidence"),
            about="Share of the capacity of each site that falls together with the peak of the contract; the same on "
            "all its rows, empty on all of them: 1.",
            default=EMPTY,
            later=False,
        ),
    ),
    key=("design", "contract", "site"),
)

OF_MEMBER = Table(
    "design_members",
    "Sites that may join the hubs and links of a design; without any row of it all may.",
    (_DESIGN, Column("site", Kind.ID, "Id of the site.")),
    key=("design", "site"),
)

DESIGN_SHEETS = (OF_DESIGN, OF_HUB, OF_LINK, OF_CONTRACT, OF_MEMBER)
"""In the order of the workbook."""
