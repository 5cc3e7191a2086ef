"""What is known beside a plan: verdicts on its projects, and what its sites can expect of their routes."""

from collections.abc import Sequence
from dataclasses import dataclass

from routeplan.errors import UsageError
from routeplan.result.result import Result
from routeplan.why.judged import Judged
from routeplan.why.outlook import Perspective


@dataclass(frozen=True)
class Answers:
    """What is known beside a plan.

    Parameters
    ----------
    judged : sequence of Judged
        Verdicts on its projects, as `verdicts` gives them and `read_verdicts` reads them back.
    perspective : Perspective, optional
        What its sites can expect, as `perspective` gives it and `read_perspective` reads it back.
    """

    judged: Sequence[Judged] = ()
    perspective: Perspective | None = None

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self.judged) or self.perspective is not None


NOTHING = Answers()
"""Where nobody has asked."""


def refuse_another_plan(result: Result, other: Result, named: str) -> None:
    """Refuse what was found out about another plan.

    Parameters
    ----------
    result, other : Result
        The plan that is shown, and the one that was asked about.
    named : str
        What holds the other one.

    Raises
    ------
    UsageError
        When these are plans of other tables, or other plans of the same.
    """
    if result.instance.sha256 != other.instance.sha256 or not _same_runs(result, other):
        raise UsageError(f"{named} is about another plan than the one that is given; allowed: what was asked of it")


def _same_runs(result: Result, other: Result) -> bool:
    key = ["process", "period", "route"]
    one, two = (each["runs"][key].sort_values(key).to_numpy().tolist() for each in (result, other))
    return bool(one == two)
