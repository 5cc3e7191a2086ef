"""Needs for a network: sites with an option that uses hydrogen or hands over CO2, and the amounts."""

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.instance.options import options_of

NEED = {"hydrogen": "hydrogen", "co2": "captured"}
"""The column of options that each carrier balances."""

COLUMNS = ["site", "carrier", "period", "need"]


def carriers_needed(options: pd.DataFrame) -> list[str]:
    """Carriers that some of these rows of ``options`` need."""
    return [carrier for carrier, amount in NEED.items() if (options[amount] > 0.0).any()]


def instance_needs(instance: Instance) -> pd.DataFrame:
    """`site_needs` of an instance, of all its options that may run."""
    return site_needs(options_of(instance).may_run)


def site_needs(use: pd.DataFrame) -> pd.DataFrame:
    """Find the largest need of each site for each carrier in each period.

    Parameters
    ----------
    use : DataFrame
        Rows of `Options.may_run`.

    Returns
    -------
    DataFrame
        Sites with a need: ``site``, ``carrier``, ``period``, and ``need``, the most that options of the site
        can use or hand over together, one for each process [GWh/yr of hydrogen, kt/yr of CO2].
    """
    most = use.groupby(["site", "process", "period"], sort=False)[list(NEED.values())].max()
    by_site = most.groupby(["site", "period"], sort=False).sum().reset_index()
    found = [by_site.assign(carrier=carrier, need=by_site[column]) for carrier, column in NEED.items()]
    together = pd.concat(found, ignore_index=True)[COLUMNS]
    return together[together["need"] > 0].reset_index(drop=True)
