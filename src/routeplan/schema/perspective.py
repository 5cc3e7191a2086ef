"""The table that `perspective` makes: of each route when it is possible, and what there is until then."""

from routeplan.schema import units
from routeplan.schema.column import EMPTY, Column, Kind, Table, amount, choice, id_column, text

AS_PLANNED, PLANNED_ANEW, NO_PLAN, NO_DIFFERENCE = "as_planned", "planned_anew", "no_plan", "no_difference"
PLANS = (AS_PLANNED, PLANNED_ANEW, NO_PLAN, NO_DIFFERENCE)

_PLANS = (
    "What the other processes do then: as_planned, what the plan says; planned_anew, as the plan cannot hold: what a "
    "plan says that was made under these dates; no_plan: none was found, so that nothing is known; no_difference: no "
    "period feels these dates, so that all is as expected."
)


def _year(name: str, about: str) -> Column:
    return Column(name, Kind.WHOLE, about, default=EMPTY)


PERSPECTIVE = Table(
    "perspective",
    "Of each process and each route that is not its current one: the first period in which it is possible, and what "
    "the plan has until then.",
    (
        id_column("site", "The site."),
        id_column("process", "The process."),
        id_column("route", "The route."),
        _year("early", "First year of the first period in which it is possible under early dates; empty: in none."),
        _year("expected", "The same under the dates of the tables."),
        _year("late", "The same under late dates; never before `expected`."),
        text("not_known", "Which of these three are empty because nothing is known, with blanks between."),
        _year("planned", "First year of the first period in which the plan has it; empty: in none."),
        text(
            "until_then",
            "What the plan has before `planned`, or else before `expected`, or else at all: routes and their years.",
        ),
        text("bridges", "Routes among these that are bridges, with blanks between."),
        amount("emissions", "CO2 of the process until then, as a mean over these years.", units.CO2, default=EMPTY),
        Column(
            "cost",
            Kind.NUMBER,
            "What the firm pays to run it until then, as a mean over these years: energy, fees, CO2 and upkeep.",
            units.MONEY_PER_YEAR,
            default=EMPTY,
        ),
        amount("bridge_emissions", "CO2 in the years of the bridges, likewise.", units.CO2, default=EMPTY),
        Column("bridge_cost", Kind.NUMBER, "Cost in these years, likewise.", units.MONEY_PER_YEAR, default=EMPTY),
        amount("invested", "What the plan invests in the process until then.", units.MONEY, default=EMPTY),
        _year("lead_time", "Years from the base year to the first year of the option; empty: it has no first year."),
        _year(
            "decide_by",
            "Last year in which the firm must decide: `planned`, or else `expected`, less `lead_time`; empty: unknown.",
        ),
        Column("years", Kind.WHOLE, "Years by which networks are early or late."),
        choice("early_plan", f"Under early dates. {_PLANS}", PLANS),
        choice("late_plan", "The same under late dates.", PLANS),
    ),
    key=("process", "route"),
)
"""What `routeplan perspective` writes."""
