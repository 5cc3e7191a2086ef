"""The tables that `levers` makes: what each lever brings, and what one more unit of each limit is worth."""

from routeplan.schema import units
from routeplan.schema.column import EMPTY, Table, choice, period, signed, text, word
from routeplan.schema.result_file import Status

SOLVED = tuple(each for each in Status if each.has_plan)
NOTHING_TO_CHANGE, NOT_SOLVED, FAILED = "nothing_to_change", "not_solved", "failed"
STATUSES = (*Status, NOTHING_TO_CHANGE, NOT_SOLVED, FAILED)

SAVES, COSTS, EQUAL, UNPROVEN = "saves", "costs", "equal", "unproven"
FINDINGS = (SAVES, COSTS, EQUAL, UNPROVEN)

FIRM_ROOM, FLEXIBLE_ROOM, SUPPLY, BUDGET, TARGET = "firm_room", "flexible_room", "supply", "budget", "target"
SOURCE, LINK, HUB = "source", "link", "hub"
WORTHS = (FIRM_ROOM, FLEXIBLE_ROOM, SUPPLY, BUDGET, TARGET, SOURCE, LINK, HUB)

OF_THE_OBJECTIVE = f"{units.MONEY}, or kt where emissions are minimised"

LEVERS = Table(
    "levers",
    "For each lever: how the plan with it differs from the plan without any, those that are proven to save most first.",
    (
        word("lever", "The lever."),
        choice(
            "status",
            "How its solve ended: with a plan (optimal, feasible), proven that there is none (infeasible), without "
            "(no_plan), by an error (failed), or not at all (not_solved); nothing_to_change: no period would feel it.",
            STATUSES,
        ),
        signed("cost", "Discounted cost, more (below 0: less) than without.", units.MONEY, default=EMPTY),
        signed("low", "The least that the optimum can differ, proven.", OF_THE_OBJECTIVE, default=EMPTY),
        signed("high", "The most that the optimum can differ, proven.", OF_THE_OBJECTIVE, default=EMPTY),
        choice(
            "finding",
            "What is proven of what is minimised: the lever saves, or costs; equal: it makes no difference; unproven: "
            "it differs by less than what is proven. Empty without a plan.",
            FINDINGS,
            default="",
        ),
        signed("co2", "CO2 over all periods, more than without, in the plans that were found.", "kt", default=EMPTY),
        signed("co2_last", "CO2 in the last period, likewise.", units.CO2, default=EMPTY),
        signed(
            "projects", "Processes that start something else or at another time, likewise.", units.ONE, default=EMPTY
        ),
        signed("public_money", "Grants over all periods, more than without, likewise.", units.MONEY, default=EMPTY),
        signed("rank_co2", "Place by the CO2 that it avoids, among proven findings.", units.ONE, default=EMPTY),
        signed("gap", "Gap of its plan.", units.SHARE, default=EMPTY),
        signed("seconds", "Time of its solve.", units.SECONDS, default=EMPTY),
        text("told", "Why there is no plan, or no proof."),
    ),
    key=("lever",),
)
"""What `routeplan levers` tells; the largest proven saving is first (``high``)."""

WORTH = Table(
    "worth",
    "What one unit more is worth, by the linear relaxation and for a small change alone, the largest first.",
    (
        choice("kind", "What there would be more of.", WORTHS),
        word("place", "Area, zone of supply, pot, scope of a target, node, link or hub."),
        text("item", "Commodity, carrier, or option of the hub."),
        text("step", "Step of the supply."),
        period(),
        text("unit", "Unit of what there would be one more of, in this period alone."),
        signed("worth", "What it saves.", OF_THE_OBJECTIVE),
    ),
    key=("kind", "place", "item", "step", "period"),
)
"""What `routeplan levers` tells of limits that bind."""
