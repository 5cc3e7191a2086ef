"""What must be said of sites wherever a plan for them is shown, by the basis of their data."""

from collections.abc import Callable

import pandas as pd

from routeplan.schema.inputs import BASES

OF_ALL = "For each of the {number} sites: {said}."
OF_SOME = "For {count} of the {number} sites: {said}."
TEXTS = (*BASES.values(), OF_ALL, OF_SOME)
"""Every text of this module, for translators."""


def said_beside(sites: pd.DataFrame, say: Callable[..., str] = str.format) -> "pd.Series[str]":
    """Say of each site what its basis asks for; "" where nothing.

    Parameters
    ----------
    sites : DataFrame
        With ``basis``; a row for each site.
    say : callable, optional
        Translates a text.
    """
    said = {"": ""} | {basis: say(text) for basis, text in BASES.items()}
    return sites["basis"].map(said).astype("str")


def said_of_all(sites: pd.DataFrame, say: Callable[..., str] = str.format) -> list[str]:
    """Say in a sentence for each basis of how many sites that must be said.

    Parameters
    ----------
    sites : DataFrame
        With ``basis``; a row for each site.
    say : callable, optional
        Puts values in the place of the ``{names}`` of a text, and translates it.
    """
    counts = sites["basis"].value_counts()
    return [
        say(OF_ALL if counts[basis] == len(sites) else OF_SOME, count=counts[basis], number=len(sites), said=say(said))
        for basis, said in BASES.items()
        if basis in counts
    ]
