"""Derivation of random numbers, for ``derivation.csv``: rules of whole columns."""

import pandas as pd

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import DEMAND, joined, whole_column
from routeplan.estimate.technology.demand import BANDS
from routeplan.generate.demand import CONCENTRATION
from routeplan.generate.knobs import Knobs
from routeplan.generate.places import FROM_OTHER, FROM_TOWN, SPREAD
from routeplan.generate.sizes import BIOGENIC_CO2


def drawn(seed: int, knobs: Knobs, tables: DefaultTables) -> pd.DataFrame:
    """Derivation rows of the columns that were drawn.

    Parameters
    ----------
    seed : int
        Seed of the instance.
    knobs : Knobs
        The knobs.
    tables : DefaultTables
        The default tables.
    """
    by = f"generated from seed {seed}: "
    sizes, places, wishes = (tables.file(name) for name in ("sector_sizes", "sector_places", "wish_weights"))
    emissions = "a quantile of the sector, times the factor that gives the sector its mean, at most the most"
    bands = "shares of the sector's gas, spread by a Dirichlet distribution"
    place = "town by sector and region; a point on land near it, or near another site"
    wanted = "the first period in which the option can start, for a plan the next, for an idea the one after"
    return joined(
        [
            whole_column(DEMAND, ["emissions"], by + emissions, f"least, p10 to p90, most, mean ({sizes})"),
            whole_column(DEMAND, ["biogenic_co2"], BIOGENIC_CO2, f"emissions (demand); biogenic ({sizes})"),
            whole_column(DEMAND, BANDS, by + bands, f"shares (default sectors.csv); concentration {CONCENTRATION:g}"),
            whole_column(
                "sites",
                ["lat", "lon"],
                by + place,
                f"weight ({places}); {SPREAD:g} of the sites by the weights of all; within {FROM_TOWN:g} km of the "
                f"town, or for {knobs.clustering:g} of the sites (knob clustering) {FROM_OTHER:g} km of another",
            ),
            whole_column(
                "wishes", ["period"], by + wanted, f"weight ({wishes}); {knobs.wishes:g} a site (knob wishes)"
            ),
        ]
    )
