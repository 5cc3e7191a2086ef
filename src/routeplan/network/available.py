"""Usable part of a carrier's network in a period: sources, hubs and links."""

import pandas as pd

from routeplan.instance.instance import Instance


def open_sources(instance: Instance, carrier: str, period: int) -> pd.DataFrame:
    """Rows of ``sources`` with a capacity in a period."""
    sources = _of(instance["sources"], carrier)
    return sources[(sources["period"] == period) & (sources["capacity"] > 0)]


def open_hubs(instance: Instance, carrier: str, period: int) -> pd.DataFrame:
    """Rows of ``hubs`` with a capacity that may be open in a period, with its ``position``."""
    hubs = _in_time(_of(instance["hubs"], carrier), period)
    return hubs[hubs["capacity"] > 0].assign(position=int(instance.horizon.position(period)))


def usable_links(instance: Instance, carrier: str, period: int) -> pd.DataFrame:
    """Rows of ``links`` that can carry something in a period: planned with a capacity, or with sizes that have one."""
    links = _in_time(_of(instance["links"], carrier), period)
    modes = _of(usable_sizes(instance), carrier)["mode"]
    return links[(links["capacity"] > 0) | ((links["status"] == "candidate") & links["mode"].isin(modes))]


def usable_sizes(instance: Instance) -> pd.DataFrame:
    """Rows of ``sizes`` with a capacity."""
    sizes = instance["sizes"]
    return sizes[sizes["capacity"] > 0]


def _of(table: pd.DataFrame, carrier: str) -> pd.DataFrame:
    return table[table["carrier"] == carrier]


def _in_time(table: pd.DataFrame, period: int) -> pd.DataFrame:
    return table[~(table["first_year"] > period)]
