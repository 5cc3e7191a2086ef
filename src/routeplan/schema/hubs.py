"""The tables of ``routeplan hub compare``: what each hub design changes, who uses it, and what its members save."""

from enum import StrEnum

from routeplan.schema import units
from routeplan.schema.column import (
    EMPTY,
    Column,
    Kind,
    Table,
    amount,
    choice,
    id_column,
    period,
    reference,
    signed,
    text,
    word,
)
from routeplan.schema.result_file import Status
from routeplan.schema.results import COST_TERMS


class Presence(StrEnum):
    """How a design takes part in a plan."""

    ABSENT = "absent"
    """None of its hubs is open and none of its links is built."""
    OPTIONAL = "optional"
    """Its hubs and links may be there from their first year on, where they pay; its contracts are shared."""
    FORCED = "forced"
    """Its hubs and links are there from their first year on; its contracts are shared."""


SAVES, COSTS, UNPROVEN, NO_PLAN = "saves", "costs", "unproven", "no_plan"
FINDINGS = (SAVES, COSTS, UNPROVEN, NO_PLAN)

DESIGNS = Table(
    "designs",
    "Each plan with a design, held against the plan without any under the same dates.",
    (
        id_column("design", "Name of the design."),
        choice("presence", "forced: it is there from its first year on; optional: where it pays.", Presence),
        word("late", "What comes late: grid, or networks; empty: nothing.", default=""),
        Column("years", Kind.WHOLE, "Years by which it is late."),
        choice("status", "How the solve ended.", Status),
        choice("without", "How that without any design ended; empty: it was stopped before.", Status, default=""),
        choice(
            "finding",
            "What is proven: the design saves, or costs; no_plan: there is no plan with the design, or none without; "
            "unproven: the difference is smaller than what the gaps of the plans leave open, or one was not found in "
            "time.",
            FINDINGS,
        ),
        signed(
            "saves_low", "Least that the design saves society, proven; below 0: it costs.", units.MONEY, default=EMPTY
        ),
        signed("saves_high", "Most that it saves, proven.", units.MONEY, default=EMPTY),
        signed(
            "saves_found",
            "What the plan that was found costs less than the one that was found without; proven is only what stands "
            "before.",
            units.MONEY,
            default=EMPTY,
        ),
        signed("cost", "Discounted cost of the plan.", units.MONEY, default=EMPTY),
        signed(
            "avoided", "CO2 that the plan avoids over all years, against that without.", units.CO2_IN_ALL, default=EMPTY
        ),
        signed("public_money", "Grants over all periods, more than without.", units.MONEY, default=EMPTY),
        amount(
            "public_part",
            "What the public bears of the discounted investment and upkeep of the design's hubs and links, by its "
            "share; empty: it has none.",
            units.MONEY,
            default=EMPTY,
        ),
        amount(
            "stranded",
            "Discounted investment and upkeep of the design's hubs and links in the periods in which nobody uses them.",
            units.MONEY,
            default=EMPTY,
        ),
        Column(
            "late_users",
            Kind.WHOLE,
            "Sites that use the design where something is late; empty: nothing is late, or it is not known.",
            low=0.0,
            default=EMPTY,
        ),
        text("told", "What is missing for a plan, or why there is none."),
        text("told_nl", "What is missing for a plan, in Dutch; empty: that is not known.", later=True),
    ),
    key=("design", "presence", "late", "years"),
)

BY_TERM = Table(
    "by_term",
    "Parts of the cost, without any design and with each one forced, nothing being late.",
    (
        reference("design", "The design.", "designs"),
        choice("term", "Term of cost.", COST_TERMS),
        signed("without", "Discounted cost without.", units.MONEY),
        signed("with", "Discounted cost with the design.", units.MONEY),
    ),
    key=("design", "term"),
)

BY_PERIOD = Table(
    "by_period",
    "CO2 and new grid capacity by period, without any design and with each one forced, nothing being late.",
    (
        reference("design", "The design.", "designs"),
        period(),
        signed("co2_without", "CO2 without.", units.CO2),
        signed("co2_with", "CO2 with the design.", units.CO2),
        signed("firm_without", "New firm grid capacity that contracts ask for without.", units.POWER),
        signed("firm_with", "The same with the design.", units.POWER),
        signed("total_without", "New firm and flexible capacity that contracts ask for without.", units.POWER),
        signed("total_with", "The same with the design.", units.POWER),
        signed("hub_firm", "Firm capacity of hubs that are open with the design.", units.POWER),
        signed("hub_total", "Firm and flexible capacity of hubs that are open with the design.", units.POWER),
        signed("hub_firm_without", "Firm capacity of hubs that are open without.", units.POWER, default=0.0),
        signed(
            "hub_total_without", "Firm and flexible capacity of hubs that are open without.", units.POWER, default=0.0
        ),
    ),
    key=("design", "period"),
)

BY_AREA = Table(
    "by_area",
    "New grid capacity by area, of contracts and hubs, without any design and with each one forced, nothing being "
    "late; where they differ.",
    (
        reference("design", "The design.", "designs"),
        reference("area", "The area of the grid, such as a station.", "areas"),
        period(),
        signed("firm_without", "New firm capacity that contracts and hubs ask for without.", units.POWER),
        signed("firm_with", "The same with the design.", units.POWER),
        signed("total_without", "New firm and flexible capacity that they ask for without.", units.POWER),
        signed("total_with", "The same with the design.", units.POWER),
    ),
    key=("design", "area", "period"),
    optional=True,
)

USED = (
    choice("kind", "What it uses.", ("hub", "link", "contract")),
    id_column("item", "Which hub, link or contract."),
)
"""What of a design a site uses."""

AMOUNT = (signed("amount", "Most in any period.", ""), text("unit", "Its unit."))
"""How much of it."""

USERS = Table(
    "users",
    "Who uses the hubs, links and contracts of each design that is forced, from when and for how much.",
    (
        reference("design", "The design.", "designs"),
        reference("site", "The site.", "sites"),
        *USED,
        Column("period", Kind.WHOLE, "First year of the first period of use; empty: nothing new.", default=EMPTY),
        *AMOUNT,
    ),
    key=("design", "site", "kind", "item"),
)

LATE_USERS = Table(
    "late_users",
    "Who uses the hubs, links and contracts of each design that is forced, where grid or networks are late.",
    (
        reference("design", "The design.", "designs"),
        word("late", "What comes late: grid, or networks."),
        Column("years", Kind.WHOLE, "Years by which it is late."),
        reference("site", "The site.", "sites"),
        *USED,
        *AMOUNT,
    ),
    key=("design", "late", "years", "site", "kind", "item"),
    optional=True,
)

COALITIONS = Table(
    "coalitions",
    "What members of a design save together while all others keep the plan without it.",
    (
        reference("design", "The design.", "designs"),
        text("sites", "The members, with blanks between."),
        Column("count", Kind.WHOLE, "How many they are.", units.ONE),
        text("without", "The one user that is not among them; empty: no such."),
        choice(
            "finding",
            "What is proven: they save, or it costs them; no_plan: there is none while others keep theirs; unproven: "
            "none of these.",
            FINDINGS,
        ),
        signed("saves_low", "Least that they save, proven; empty: nothing is.", units.MONEY, default=EMPTY),
        signed("saves_high", "Most that they save; empty: nothing is proven.", units.MONEY, default=EMPTY),
    ),
    key=("design", "sites"),
)

PAYERS = Table(
    "payers",
    "What each member of a design gains by it, and what it pays by several keys; below 0: it receives.",
    (
        reference("design", "The design.", "designs"),
        reference("site", "The member.", "sites"),
        signed("gains", "What its own costs fall, discounted, whatever it pays for the hub.", units.MONEY),
        signed("capacity", "What it pays by the most that it uses.", units.MONEY, default=EMPTY),
        signed("capacity_km", "What it pays by that times its distance from the hub.", units.MONEY, default=EMPTY),
        signed("shapley", "What it pays by the Shapley value.", units.MONEY),
        signed("shapley_low", "The least by what is proven of the plans.", units.MONEY),
        signed("shapley_high", "The most by what is proven of the plans.", units.MONEY),
        signed(
            "nucleolus",
            "What it pays by the nucleolus; of more than 8 members, that of the groups planned. Empty: the search was "
            "stopped before.",
            units.MONEY,
            default=EMPTY,
        ),
        Column(
            "shapley_error",
            Kind.NUMBER,
            "Standard error of what it pays by the Shapley value, which is estimated of more than 8 members; 0: none.",
            units.MONEY,
            low=0.0,
            default=0.0,
            later=True,
        ),
    ),
    key=("design", "site"),
)

CAPACITY, CAPACITY_KM, SHAPLEY, NUCLEOLUS = "capacity", "capacity_km", "shapley", "nucleolus"
KEYS = (CAPACITY, CAPACITY_KM, SHAPLEY, NUCLEOLUS)
"""Keys by which members may pay, in the order in which they are told."""

ANSWERS = ("yes", "perhaps", "no")

IN_CORE = Table(
    "in_core",
    "By key: whether no group of members is better off with the hub for itself, and what the public would have to add.",
    (
        reference("design", "The design.", "designs"),
        choice("key", "Key by which members pay.", KEYS),
        choice("answer", "yes: no group is better off alone; no: one is; perhaps: one may be.", ANSWERS),
        text("sites", "The group that gains most alone, with blanks between."),
        signed("gains_low", "What it gains alone, at least.", units.MONEY, default=EMPTY),
        signed("gains_high", "What it gains alone, at most.", units.MONEY, default=EMPTY),
        signed("cost", "Cost of the design's hubs and links that does not depend on use.", units.MONEY),
        signed("public", "What of that the public bears.", units.MONEY),
        signed(
            "others",
            "What others save besides by costs that all share; nobody pays for it. Below 0: what is put on them, and "
            "members make good.",
            units.MONEY,
        ),
        signed(
            "needed_low",
            "Public money with which some division suits every group, at least; empty: the search was stopped before.",
            units.MONEY,
            default=EMPTY,
        ),
        signed("needed_high", "The same, at most.", units.MONEY, default=EMPTY),
    ),
    key=("design", "key"),
)

HUB_TABLES = {
    table.name: table
    for table in (DESIGNS, BY_TERM, BY_PERIOD, BY_AREA, USERS, LATE_USERS, COALITIONS, PAYERS, IN_CORE)
}
"""What `routeplan hub compare` writes, by file."""
