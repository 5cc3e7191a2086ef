"""Check that an instance begins early enough for the default tables."""

from routeplan.errors import UsageError
from routeplan.estimate.defaults import DefaultTables
from routeplan.schema.inputs import CURRENT


def refuse_late_start(base_year: int, tables: DefaultTables) -> None:
    """Refuse a base year from which a route would be ready only after its last year.

    Parameters
    ----------
    base_year : int
        Year from which lead times run: the first year of the first period.
    tables : DefaultTables
        The default tables: ``routes``.

    Raises
    ------
    UsageError
        When there is such a route; it says which years are allowed, and because of which route.
    """
    routes = tables["routes"]
    ending = routes[routes["last_year"].notna() & (routes["family"] != CURRENT)]
    latest = (ending["last_year"] - ending["lead_time"]).astype("int64")
    if (latest < base_year).any():
        first = ending.iloc[int(latest.argmin())]
        why = f"a lead time of {first['lead_time']:.0f} yr and the last year {first['last_year']:.0f}"
        allowed = f"{latest.min()} or earlier ({tables.file('routes')}: {first['route']} has {why})"
        raise UsageError(f"the first period begins in {base_year}; allowed: {allowed}")
