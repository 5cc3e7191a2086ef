"""The keys of ``result.json``: status, proof and record of a solve."""

from enum import StrEnum

from routeplan.schema import units
from routeplan.schema.column import EMPTY, REQUIRED, Column, Default, Kind, choice
from routeplan.schema.settings import FORMAT_KEY

RESULT_FILE = "result.json"

INSTANCE_FOLDER = "instance"
"""Folder of the instance that was solved, inside that of its result."""

FINISHING = "tidy"
"""The stage in which a plan is tidied, put into tables and checked, after the search has ended."""

GAP = 1e-3
"""Gap that will do unless another is asked: far below what is known about prices and dates."""


class MethodName(StrEnum):
    """Methods of planning that can be asked for by name."""

    EXACT = "exact"
    """HiGHS on the whole program."""
    LARGE = "large"
    """A plan from the linear relaxation first, and the whole program from there."""


OBJECTIVE = f"{units.MONEY} (cost) or kt (emissions)"
"""Unit of what is minimised."""


class Status(StrEnum):
    """Status of a solve."""

    OPTIMAL = "optimal"
    """A plan whose gap is no more than was asked."""
    FEASIBLE = "feasible"
    """A plan with a bound, but a wider gap than was asked."""
    INFEASIBLE = "infeasible"
    """Proven: no plan obeys every row."""
    NO_PLAN = "no_plan"
    """No plan was found, and none was proven impossible."""

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan to look at."""
        return self in (Status.OPTIMAL, Status.FEASIBLE)


def _number(name: str, about: str, unit: str = units.ONE, default: Default = EMPTY) -> Column:
    return Column(name, Kind.NUMBER, about, unit, default=default)


def _text(name: str, about: str, default: Default = EMPTY) -> Column:
    return Column(name, Kind.TEXT, about, default=default)


RESULT_KEYS: dict[str, Column] = {
    column.name: column
    for column in (
        choice(
            "status",
            "`optimal`: the gap is no wider than asked, in both stages where the objective is `emissions`; `feasible`: "
            "a plan with a wider gap; `infeasible`: proven that no plan obeys every row; `no_plan`: none was found.",
            Status,
        ),
        _number("objective", "What the plan makes of what is minimised.", OBJECTIVE),
        _number("bound", "Proven: no plan has a lower objective.", OBJECTIVE),
        _number("cost", "Discounted cost of the plan.", units.MONEY),
        _number(
            "gap_of_saving",
            "(objective - bound) / (cost of doing nothing - bound); null where that is no dearer than the bound or not "
            "possible, and for the objective `emissions`.",
        ),
        _number("gap", "(objective - bound) / max(1, abs(objective)), never below 0."),
        _text("method", "Name of the method.", REQUIRED),
        _text("found_by", "Stage of the method that found the plan."),
        _text("proved_by", "Stage of the method that proved the bound."),
        _number("seconds", "Time taken, from call to result.", units.SECONDS, REQUIRED),
        _number("gap_asked", "Gap at which a plan counts as optimal.", default=REQUIRED),
        _number("seconds_asked", "Most time that was given; null: no limit.", units.SECONDS),
        Column("threads", Kind.WHOLE, "Threads that the solver was given; null: its own choice.", default=EMPTY),
        Column("seed", Kind.WHOLE, "Seed of the solver's random choices."),
        _text("options.NAME", "Further option of HiGHS, by its name there; none unless asked for."),
        _text(
            "started_from",
            "Plan that the search began from: instance, scenario and beginning of its fingerprint; null: none.",
        ),
        *(_text(f"versions.{name}", f"Version of {name}.") for name in ("routeplan", "highspy", "pyomo", "python")),
        _text("machine", "What it ran on.", ""),
        _text("reason", "Why there is no plan, or why its gap is wider than was asked; as far as it is known.", ""),
        _text("instance.name", "Name of the instance.", REQUIRED),
        _text(
            "instance.sha256",
            "Fingerprint of the instance: SHA-256 over settings, tables and scenarios as read, before any scenario.",
            REQUIRED,
        ),
        _text("scenario", "Scenario that was applied; null: none."),
        Column(FORMAT_KEY, Kind.WHOLE, "Version of the format; null or absent: 1.", default=EMPTY),
    )
}
"""A key inside an object is told by its path, such as ``instance.name``."""
