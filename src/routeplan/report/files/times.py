"""Periods in dates, by which the time sliders of other programs filter."""

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.schema.column import Column, Kind

BEGINS = Column("begins", Kind.TEXT, "First day of the period.")
ENDS = Column("ends", Kind.TEXT, "Last day of the period.")


def dated_periods(instance: Instance) -> pd.DataFrame:
    """First and last day of each period.

    Returns
    -------
    DataFrame
        ``period``, ``begins``, ``ends``: dates as text (ISO 8601).
    """
    periods = instance["periods"][["period"]]
    first, after = instance.horizon.first.tolist(), instance.horizon.ends.tolist()
    return periods.assign(
        begins=[f"{year:04d}-01-01" for year in first], ends=[f"{year - 1:04d}-12-31" for year in after]
    )
