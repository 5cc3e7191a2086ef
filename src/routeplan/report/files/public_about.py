"""What is said of sums that can be published: what they are of, what the rule is, and what is left out."""

from collections.abc import Iterator, Mapping
from itertools import chain

import pandas as pd

from routeplan.instance.basis import said_of_all
from routeplan.language.language import Language, Words
from routeplan.report.files.public_columns import AMOUNTS_TOLD, OTHER_SITES
from routeplan.result.firms import firms_of
from routeplan.result.public_limits import LARGEST_SHARE
from routeplan.result.result import Result
from routeplan.version import __version__

Said = Iterator[tuple[str, str, str]]
"""Key, value and meaning of each row."""


def about(
    result: Result,
    at_least: int,
    merged: Mapping[str, tuple[int, int]],
    tables: Mapping[str, pd.DataFrame],
    words: Words,
) -> Said:
    """Say all of it.

    Parameters
    ----------
    result : Result
        What the sums are of.
    at_least : int
        Fewest firms of a sum.
    merged : mapping of str to tuple of int
        How many sectors and areas have no row of their own, and the number of their sites.
    tables : mapping of str to DataFrame
        The sums, NaN where a cell is not published.
    words : Words
        The readers' language.
    """
    said = (_rule(result, at_least, words), _left_out(merged, tables, words), _made(result, words))
    for key, value, meaning in chain(*said):
        yield key_told(key, words), value, meaning


def key_told(key: str, words: Words) -> str:
    """A key, or the name of a column, as readers have it: in English as it is."""
    return key if words.language is Language.ENGLISH else words.name(key)


def _rule(result: Result, at_least: int, words: Words) -> Said:
    """Rows that say what is added up, and what a sum must have."""
    sites = result.instance["sites"]
    for text in said_of_all(sites, words):
        yield "basis", text, words("What must be said wherever this plan is shown.")
    yield "sites", str(len(sites)), words("Number of sites of the plan.")
    yield (
        "counted_as",
        str(firms_of(sites).nunique()),
        words(
            "Number of firms that the sites count as: those with the same contract, or the same name up to case and "
            "legal form, are one. Otherwise sites are counted, not firms: that one firm owns several is not known here."
        ),
    )
    yield (
        "at_least",
        str(at_least),
        words(
            "Fewest of these firms that make a sum. It holds for each row, each total, each difference of rows that is "
            "again a sum of sites, as an area less the sectors within it, and each change of such a sum between two "
            "periods or from CO2 as today to CO2 under the plan; but a sum may be 0, of all its sites."
        ),
    )
    share = words("Most that one of these firms has of such a sum.")
    yield "largest_share", words.percent(LARGEST_SHARE), share
    yield (
        "not_covered",
        "",
        words(
            "Conclusions from different columns, such as gas and CO2, or from more than two periods; the least that a "
            "site has at any rate; and what is known of a site of the row from elsewhere."
        ),
    )
    yield (
        "only_one",
        "",
        words(
            "Publish one such set of sums of these sites. From another, with another number of firms at least, of "
            "another scenario or after a change, it can be subtracted, and the difference can be one site."
        ),
    )


def _left_out(merged: Mapping[str, tuple[int, int]], tables: Mapping[str, pd.DataFrame], words: Words) -> Said:
    """Rows that say how much is left out."""
    meanings = {
        "sector": words("They would tell of a site; counted in '{other}'.", other=words(OTHER_SITES)),
        "area": words(
            "They would tell of a site; counted in '{other}', or in the row of a larger area.", other=words(OTHER_SITES)
        ),
    }
    for kind, (groups, sites) in merged.items():
        yield f"{kind}s_without_row", words("{groups} with {sites} sites", groups=groups, sites=sites), meanings[kind]
    empty = words(
        "Empty is not 0: in this column and period a sum of some row, or what can be reckoned with it, would be made "
        "by too few firms, or nearly by one. All rows of the table are empty then, so that none is what the others "
        "leave."
    )
    for name, table in tables.items():
        amounts = table[[column.name for column in AMOUNTS_TOLD.values()]]
        told = words("{empty} of {all} cells", empty=amounts.isna().sum().sum(), all=amounts.size)
        yield f"empty_in_{name}", told, empty


def _made(result: Result, words: Words) -> Said:
    """Rows that say what the sums were made from."""
    status = words("How the solve ended: optimal, or feasible with a wider gap than was asked.")
    yield "status", words.name(str(result.status)), status
    gap = words("Distance of the plan from the best one, at most.")
    yield "gap", words.percent(result.gap or 0.0, 4), gap
    yield "currency_year", str(result.instance.settings.currency_year), words("Year of the money.")
    yield "sha256", result.instance.sha256, words("Fingerprint of the instance.")
    yield "routeplan", __version__, words("Version that made this.")
