"""Check that an instance begins early enough for the default tables."""

from routeplan.errors import Message, UsageError
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
        raise UsageError(
            Message(
                "the first period begins in {year}; allowed: {latest} or earlier ({file}: {route} has a lead time of "
                "{lead_time} yr and the last year {last_year})",
                year=base_year,
                latest=latest.min(),
                file=tables.file("routes"),
                route=first["route"],
                lead_time=f"{first['lead_time']:.0f}",
                last_year=f"{first['last_year']:.0f}",
            )
        )
