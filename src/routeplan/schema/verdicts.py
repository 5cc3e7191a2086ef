"""The tables of ``routeplan verdicts``: what becomes of projects, what stands in their way, and what that is worth."""

from routeplan.schema import units
from routeplan.schema.column import (
    EMPTY,
    Column,
    Kind,
    Table,
    amount,
    choice,
    flag,
    id_column,
    period,
    reference,
    signed,
    text,
)

VERDICTS = ("goes_ahead", "other_route", "later", "blocked", "not_known")
KINDS = (
    "lead_time", "stop", "reach", "link", "link_capacity", "hub", "hub_capacity", "source", "grid", "supply", "support",
    "pot", "target", "decided",
)  # fmt: skip

PROJECTS = Table(
    "projects",
    "What becomes of each project, held against the plan.",
    (
        id_column("project", "The project."),
        reference("site", "Its site.", "sites"),
        reference("process", "The process.", "processes"),
        Column("route", Kind.ID, "The route that is wanted.", refers=("routes",)),
        period("Period in which it is wanted."),
        text("maturity", "How far it is, as the table wishes has it."),
        flag("infrastructure", "1: it needs more of the grid, of networks, green gas or heat than its process today."),
        choice(
            "verdict",
            "goes_ahead: possible when it is wanted, and in the plan by then; other_route: possible then, but the plan "
            "prefers something else; later: impossible then, possible in a later period; blocked: impossible in every "
            "one of them; not_known: a search ended without an answer.",
            VERDICTS,
        ),
        Column("possible_from", Kind.WHOLE, "First year of the period from which it is possible.", default=EMPTY),
        text("causes", "Causes of its smallest blocker set, with + between those that hold it back together."),
        Column("sets", Kind.WHOLE, "Number of its minimal blocker sets that were found."),
        flag("complete", "1: these are all sets of at most three limits, each proven."),
        Column("planned", Kind.ID, "Route that the plan has in the period in which it is wanted.", refers=("routes",)),
        Column("until", Kind.WHOLE, "Last year in which the plan has that route; empty: to the end.", default=EMPTY),
        text("then", "Route that the plan has after that."),
    ),
    key=("project",),
)

BLOCKERS = Table(
    "blockers",
    "Limits of each minimal blocker set: with all of a set lifted the project can go ahead, with one kept it cannot.",
    (
        reference("project", "The project.", "projects"),
        Column("set", Kind.WHOLE, "Number of the set, the smallest first."),
        choice("kind", "Kind of the limit.", KINDS),
        text("place", "Where it is: ids of the tables, with blanks between."),
        amount(
            "amount", "Least that must be added in the period that needs most; empty: no amount.", "", default=EMPTY
        ),
        text("unit", "Its unit."),
        Column("from", Kind.WHOLE, "First year in which something must be added.", default=EMPTY),
        Column("until", Kind.WHOLE, "Last year in which something must be added.", default=EMPTY),
        Column("limits", Kind.WHOLE, "Number of limits in the set, each in a row.", default=EMPTY),
    ),
    key=("project", "set", "kind", "place"),
)

LIFTINGS = Table(
    "liftings",
    "What lifting each of the first blocker sets is worth, without the cost of lifting it, others being as planned.",
    (
        reference("project", "The project.", "projects"),
        Column("set", Kind.WHOLE, "Number of the set."),
        signed(
            "saved_low", "Least cost that it saves, discounted; below 0: it costs more.", units.MONEY, default=EMPTY
        ),
        signed("saved_high", "Most cost that it saves, discounted.", units.MONEY, default=EMPTY),
        signed(
            "saved_anew",
            "Least cost that it saves where everything is planned anew: `saved_low` less what the plan may cost above "
            "the best one, its gap; empty: not known.",
            units.MONEY,
            default=EMPTY,
        ),
        signed("avoided", "CO2 that it avoids, summed over the years of the plan.", units.CO2_IN_ALL, default=EMPTY),
    ),
    key=("project", "set"),
)

BY_LIMIT = Table(
    "by_limit",
    "Limits by the number of projects that they alone hold back, then by the number in whose blocker sets they are.",
    (
        choice("kind", "Kind of the limit.", KINDS),
        text("place", "Where it is: ids of the tables, with blanks between."),
        Column("alone", Kind.WHOLE, "Projects that can go ahead once it alone is lifted."),
        Column("projects", Kind.WHOLE, "Projects with it in a minimal blocker set."),
        amount("amount", "Most that one of the projects that it alone holds back needs.", "", default=EMPTY),
        text("unit", "Its unit."),
        signed(
            "saved_low",
            "Least cost that the projects it alone holds back save, discounted, without the cost of lifting: the sum "
            "of `liftings`, of several projects of a process the one that avoids most; below 0: they cost more; empty: "
            "of one of them it is not known.",
            units.MONEY,
            default=EMPTY,
        ),
        signed("saved_high", "Most cost that these save, likewise.", units.MONEY, default=EMPTY),
        signed("avoided", "CO2 that these avoid, likewise.", units.CO2_IN_ALL, default=EMPTY),
    ),
    key=("kind", "place"),
)

BY_CAUSE = Table(
    "by_cause",
    "Projects that need infrastructure and are impossible when they are wanted, each counted once.",
    (
        text("causes", "Causes of the smallest blocker set, with + between those that hold a project back together."),
        Column("projects", Kind.WHOLE, "Number of projects."),
        Column("share", Kind.NUMBER, "Share of the projects that need infrastructure."),
    ),
    key=("causes",),
)

VERDICT_TABLES = {table.name: table for table in (PROJECTS, BLOCKERS, LIFTINGS, BY_LIMIT, BY_CAUSE)}
"""What `routeplan verdicts` writes, by file."""
