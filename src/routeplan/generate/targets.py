"""A cap on the emissions of all sites together."""

from collections.abc import Mapping

import pandas as pd

from routeplan.estimate.derivation import estimated, joined, key_of, whole_column
from routeplan.estimate.formulas import Figure
from routeplan.generate.knobs import Knobs
from routeplan.schema.inputs import ALL, TARGETS

_CAP = "emissions x (1 - gone)"
"""Emissions that may remain [kt/yr]."""

_DIGITS = 3


def targets_of(tables: Mapping[str, pd.DataFrame], base_year: int, knobs: Knobs) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the table ``targets``: from today's emissions in a straight line to the cap of the last period.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of the instance: ``periods`` and ``options``.
    base_year : int
        Year of today's emissions.
    knobs : Knobs
        ``emission_cap``, ``cap_price``.

    Returns
    -------
    targets, derivation : DataFrame
        Without rows when there is no cap.
    """
    if knobs.emission_cap is None:
        return pd.DataFrame(columns=TARGETS.names), joined([])
    options, periods = tables["options"], tables["periods"]["period"]
    today = float(options.loc[options["current"] == 1, "emissions"].sum())
    gone = (periods - base_year) / max(int(periods.iloc[-1]) - base_year, 1) * (1.0 - knobs.emission_cap)
    known = {
        "emissions": Figure(today, "sum of the current options"),
        "gone": Figure(gone, "straight line to the knob emission cap"),
    }
    targets = pd.DataFrame({"scope": ALL, "period": periods, "price": knobs.cap_price})
    cap = estimated("targets", key_of(targets, "scope", "period"), "cap", _CAP, known, _DIGITS)
    targets["cap"] = cap["value"]
    traces = [
        cap,
        whole_column("targets", ["price"], "knob cap price", f"cap_price {knobs.cap_price:g} (knob)"),
        whole_column("targets", ["period"], "each period of periods.csv", "none"),
    ]
    return targets[TARGETS.names], joined(traces)
