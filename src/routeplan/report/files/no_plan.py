"""Check common to every export: there must be a plan."""

from routeplan.errors import NoPlan
from routeplan.result.result import Result, refuse_unsolved


def refuse_without_plan(result: Result) -> None:
    """Refuse a result that has nothing to export.

    Raises
    ------
    NoPlan
        When it has no plan.
    UsageError
        When it is no result, but an instance for example.
    """
    refuse_unsolved(result)
    if not result.status.has_plan:
        raise NoPlan(f"there is nothing to export: the result has no plan, its status is {result.status}")
