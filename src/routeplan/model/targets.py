"""Caps on emissions."""

from typing import Any

from routeplan.model import sets
from routeplan.model.family import Row, at, constraint, total
from routeplan.units import CO2


@constraint("scope", "period", over=sets.targets, unit=CO2, limit=True)
def emission_target(m: Any, scope: str, period: int) -> Row:
    r"""The processes of a scope emit no more than its cap, and the overshoot where the target has a price.

    .. math:: \sum emissions_{pr} \, runs_{prt} \le cap_{st} + overshoot_{st}

    Removed CO2 counts in money only.
    """
    emitted = total(amount * m.runs[index] for index, amount in m.data.targets.emissions[scope, period])
    return emitted <= total([m.data.targets.caps[scope, period], 1 * at(m.overshoot, scope, period)])
