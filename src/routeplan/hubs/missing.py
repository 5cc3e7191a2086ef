"""What is missing where there is no plan with a hub design, or none without."""

from collections.abc import Mapping
from contextlib import suppress

from routeplan.errors import FaultError
from routeplan.hubs.compare import Case, Comparison
from routeplan.language.language import Words
from routeplan.result.result import Status
from routeplan.solver.solution import Stop, never
from routeplan.why.shortfall import Shortfall, shortfall

SECONDS = 10.0
"""Most time of one search [s], unless it is told."""

Missing = Mapping[Case, Shortfall]
"""What is missing in each case without a plan."""


def missing_in(found: Comparison, *, seconds: float = SECONDS, stop: Stop | None = None) -> dict[Case, Shortfall]:
    """Find what is missing in each case that is proven to have no plan.

    Parameters
    ----------
    found : Comparison
        The plans.
    seconds : float
        Most time for each case [s].
    stop : callable, optional
        When it says so, what is known by then is handed over.

    Returns
    -------
    dict of Case to Shortfall
        By case.
    """
    told = {}
    for case, plan in found.plans.items():
        if plan.status is Status.INFEASIBLE and not (stop or never)():
            with suppress(FaultError):  # what is known of all the other cases is worth more
                told[case] = shortfall(plan.instance, seconds=seconds, group=False)
    return told


def missing_told(missing: Shortfall, words: Words) -> list[str]:
    """Lines on what is missing; none where that is not known."""
    if missing.possible:
        return [words("Another search finds a plan all the same, so that this is not certain.")]
    return missing.told_briefly(words.language)
