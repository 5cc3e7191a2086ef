"""What the user of an import of the registry should look at."""

from typing import Any

import pandas as pd

from routeplan.data.csv_file import LINE
from routeplan.estimate.places import GEONAMES
from routeplan.importers.ets.selection import DEFAULT_SECTOR, among
from routeplan.importers.ets.site_filter import Wanted
from routeplan.language.language import Words

FEW = 3
"""Warnings of one kind that have a line each; more have one together."""

NAMED = 20
"""Installations that such a line names."""


def asked_in_vain(rows: pd.DataFrame, wanted: tuple[Wanted, ...] | None, export: str, words: Words) -> tuple[str, ...]:
    """Messages on installations asked for by id that are no sites of cluster 6, each with the reason.

    Parameters
    ----------
    rows : DataFrame
        As `classified` returns them.
    wanted : tuple of Wanted, optional
        The ids.
    export : str
        Name of the register's export.
    words : Words
        Language of the messages.
    """
    if wanted is None:
        return ()
    as_sites = among(rows.assign(reason=""), wanted, export, words)
    vain = rows[(as_sites["reason"] == "") & (rows["reason"] != "")]
    # A place in no gazetteer is warned of anyhow.
    vain = vain[~vain["nowhere"]]
    lines = zip(vain[LINE], vain["name"], vain["reason"], strict=True)
    return tuple(
        words("line {line}: {name} is asked for, and left out: {reason}", line=line, name=name, reason=reason)
        for line, name, reason in lines
    )


def warnings_of(rows: pd.DataFrame, words: Words) -> tuple[str, ...]:
    """Warnings on plants that may have closed, places not in the gazetteer, and sectors that no rule gave.

    Parameters
    ----------
    rows : DataFrame
        As `selected` returns them.
    words : Words
        Language of the warnings.
    """
    kept = rows[rows["reason"] == ""]
    sector = words.name(DEFAULT_SECTOR)
    return (
        *_alike(
            kept[kept["last_year"].notna()],
            words(
                "line {line}: {name}: the register has no emissions after {last_year:.0f}: closed,"
                " or out of the EU ETS and going on"
            ),
            words("emissions in the register end: closed, or out of the EU ETS and going on"),
            words,
        ),
        *_alike(
            rows[rows["nowhere"]],
            words("line {line}: {name} is left out: {reason}"),
            words("are left out: their places are in no gazetteer"),
            words,
        ),
        *_alike(
            kept[kept["found_in"] == GEONAMES],
            words(
                "line {line}: {name}: {place} is not in places.csv; region {region} and area {area} are the "
                "nearest town's"
            ),
            words("their places are not in places.csv; regions and areas are the nearest towns'"),
            words,
        ),
        *_alike(
            kept[kept["by_default"]].assign(taken=sector),
            words("line {line}: {name}: no rule gives its sector; taken as {taken}"),
            words("no rule gives their sector; taken as {taken}", taken=sector),
            words,
        ),
    )


def _alike(rows: pd.DataFrame, one: str, many: str, words: Words) -> list[str]:
    """A line on each row, or one line on all of them where there are more than a few.

    What is said of one names columns of its row in braces.
    """
    found: list[Any] = list(rows.itertuples(index=False))
    if len(found) <= FEW:
        return [one.format(**row._asdict()) for row in found]
    named = ", ".join(words("{name} (line {line})", name=row.name, line=row.line) for row in found[:NAMED])
    if len(found) > NAMED:
        named = words("{shown} and {number} more", shown=named, number=len(found) - NAMED)
    return [words("{number} installations: {why}: {named}", number=len(found), why=many, named=named)]
