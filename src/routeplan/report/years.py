"""The years of the periods, as pictures and pages show them."""

import pandas as pd

from routeplan.instance.instance import Instance


def spans(instance: Instance) -> dict[int, str]:
    """The years of each period, as ``2030–2032``, by its first year."""
    periods = instance["periods"]
    told = zip(periods["period"].tolist(), periods["years"].tolist(), strict=True)
    return {first: f"{first}\u2013{first + years - 1}" if years > 1 else str(first) for first, years in told}


def dated(frame: pd.DataFrame, instance: Instance) -> pd.DataFrame:
    """A table with the years of its periods in ``span``."""
    return frame.assign(span=frame["period"].map(spans(instance)))
