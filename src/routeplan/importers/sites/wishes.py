"""What firms want: read from a cell, and found among the options of an instance."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from routeplan.estimate.defaults import DefaultTables
from routeplan.importers.sites.words import maturities, routes
from routeplan.instance.instance import Instance
from routeplan.instance.options import options_of
from routeplan.instance.rules.words import folded
from routeplan.schema.frames import typed
from routeplan.schema.inputs import WISHES

_YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")


@dataclass(frozen=True)
class Wish:
    """A project that a firm wants.

    Parameters
    ----------
    what : str
        A route, or a family of them.
    year : int or None
        Year in which it is wanted; None: as soon as it can be.
    maturity : str
        How far it is: firm, planned or idea.
    """

    what: str
    year: int | None
    maturity: str


def read_wishes(text: str, tables: DefaultTables) -> tuple[tuple[Wish, ...], list[str]]:
    """Read a cell such as ``electrification 2030 planned; hydrogen 2035``.

    Returns
    -------
    wishes : tuple of Wish
        What was understood.
    unread : list of str
        Parts that were not.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    read = [_wish(part, tables) for part in parts]
    return tuple(wish for wish in read if wish), [part for part, wish in zip(parts, read, strict=True) if not wish]


def _wish(part: str, tables: DefaultTables) -> Wish | None:
    years = _YEAR.findall(part)
    rest = folded(_YEAR.sub(" ", part).replace("(", " ").replace(")", " ").replace(",", " "))
    sure = next((word for word in maturities() if rest.endswith(f" {word}")), "")
    what = routes(tables).get(rest.removesuffix(sure).strip())
    if what is None or len(years) > 1:
        return None
    return Wish(what, int(years[0]) if years else None, maturities().get(sure, "planned" if years else "idea"))


def wished(instance: Instance, wishes: list[tuple[str, Wish]]) -> tuple[pd.DataFrame, list[tuple[str, Wish]]]:
    """Find the options that firms want.

    Of a family of routes, the first option of each process counts.

    Parameters
    ----------
    instance : Instance
        The instance.
    wishes : list of (str, Wish)
        Site and wish.

    Returns
    -------
    table : DataFrame
        Table ``wishes``.
    unmet : list of (str, Wish)
        Those for which no process of the site has an option that can start.
    """
    starts = options_of(instance).starts[["site", "process", "route", "family", "period"]]
    ends = dict(zip(instance["periods"]["period"], instance["periods"].sum(axis=1), strict=True))
    rows: list[tuple[str, str, str, int, str]] = []
    unmet = []
    for site, wish in wishes:
        fits = starts[(starts["site"] == site) & ((starts["route"] == wish.what) | (starts["family"] == wish.what))]
        year = -np.inf if wish.year is None else wish.year
        in_time = fits[fits["period"].map(ends) > year]
        first = in_time.drop_duplicates("process")
        if first.empty:
            unmet.append((site, wish))
        for process, route, period in first[["process", "route", "period"]].itertuples(index=False, name=None):
            rows.append((f"{process}.{route}", process, route, period, wish.maturity))
    table = pd.DataFrame(rows, columns=["project", "process", "route", "period", "maturity"])
    return typed(WISHES, table.drop_duplicates("project")), unmet
