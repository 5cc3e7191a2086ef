"""Every family that is generated, by name."""

from routeplan.bench.families.family import Family, Formulated
from routeplan.bench.families.infeasible import INFEASIBLE_CAP, INFEASIBLE_CUT
from routeplan.bench.families.networks import NETWORKS
from routeplan.bench.families.scaled import SCALED
from routeplan.bench.families.series import SERIES_COSTS, SERIES_DEMAND
from routeplan.bench.families.sites import HARD_COUNTRY, MANY_SITES, TIGHT_BUDGETS
from routeplan.bench.families.steiner import STEINER
from routeplan.bench.families.symmetric import SYMMETRIC
from routeplan.errors import UsageError
from routeplan.instance.rules.words import none_called

FAMILIES: tuple[Family, ...] = (
    MANY_SITES,
    TIGHT_BUDGETS,
    HARD_COUNTRY,
    *NETWORKS,
    SYMMETRIC,
    INFEASIBLE_CAP,
    INFEASIBLE_CUT,
    SCALED,
    SERIES_COSTS,
    SERIES_DEMAND,
    STEINER,
)
"""What comes from a file is a family too, but made by `country`, `facility_location` or `ExternalFamily`."""

BY_NAME = {family.name: family for family in FAMILIES}

KNOWN_FORMULATIONS = tuple(
    dict.fromkeys(name for family in FAMILIES if isinstance(family, Formulated) for name in family.formulations)
)
"""Names of all formulations that some family knows."""


def family_called(name: str) -> Family:
    """Find a family by its name.

    Raises
    ------
    UsageError
        When there is none; it lists those that there are.
    """
    if name not in BY_NAME:
        listed = f"allowed: {', '.join(BY_NAME)}"
        raise UsageError(none_called("family of instances", [name], BY_NAME, listed))
    return BY_NAME[name]
