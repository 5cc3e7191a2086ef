"""Which installations of the register are sites of cluster 6, and why the others are not."""

import pandas as pd

from routeplan.errors import UsageError
from routeplan.importers.defaults import DefaultTables
from routeplan.importers.places import folded, located

DEFAULT_SECTOR = "other_manufacturing"
"""Sector of an installation that no rule names."""


def sectors_of(rows: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Sector of each installation: that of the first rule that fits activity and names; "" where none does.

    Parameters
    ----------
    rows : DataFrame
        With ``activity``, ``operator``, ``name``.
    tables : DefaultTables
        The default tables: ``sector_rules``.

    Returns
    -------
    DataFrame
        ``sector``, and ``rule``: the line of the rule in its file, 0 where none fits.
    """
    named = rows["operator"] + " | " + rows["name"]
    sector, line = pd.Series("", rows.index, dtype="str"), pd.Series(0, rows.index)
    for rule in tables["sector_rules"].itertuples(index=False):
        fits = line == 0
        if rule.activity:
            fits &= rows["activity"].isin(str(rule.activity).split())
        if rule.pattern:
            fits &= named.str.contains(str(rule.pattern), case=False, regex=True)
        sector, line = sector.mask(fits, str(rule.sector)), line.mask(fits, int(str(rule.line)))
    return pd.DataFrame({"sector": sector, "rule": line})


def classified(rows: pd.DataFrame, year: int, tables: DefaultTables) -> pd.DataFrame:
    """Give each installation its sector and place, and the reason for which it is not a site of cluster 6.

    Parameters
    ----------
    rows : DataFrame
        As `read_register` returns them.
    year : int
        Year of the emissions.
    tables : DefaultTables
        The default tables.

    Returns
    -------
    DataFrame
        The rows with ``sector``, ``rule`` (line of the rule that gave it), ``by_default`` (no rule fits), the
        columns of `located`, and ``reason``, "" for sites.
    """
    rows = rows.copy()
    found = sectors_of(rows, tables)
    rows["rule"], rows["by_default"] = found["rule"], found["rule"] == 0
    rows["sector"] = found["sector"].mask(rows["by_default"], DEFAULT_SECTOR)
    left_out = tables["sectors_left_out"].set_index("sector")["reason"]
    clusters = dict(zip(tables["clusters"]["place"].map(folded), tables["clusters"]["cluster"], strict=True))
    cluster = rows["place"].map(folded).map(clusters)
    reasons = [
        (rows["country"] != "NL", "not in the Netherlands"),
        (rows["sector"] == "aviation", left_out.get("aviation", "")),
        (~(rows["emissions"] > 0), f"no emissions in {year}"),
        (rows["sector"].isin(left_out.index), "sector left out: " + rows["sector"].map(left_out).fillna("")),
        (cluster.notna(), "in the cluster " + cluster.fillna("")),
    ]
    rows["reason"] = ""
    for holds, reason in reasons:
        rows["reason"] = rows["reason"].mask((rows["reason"] == "") & holds, reason)
    return _placed(rows, tables)


def _placed(rows: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Find the places of the rows that have no reason yet; a place in no gazetteer is one."""
    sites = rows[rows["reason"] == ""]
    rows = rows.join(located(sites, tables))
    nowhere = (rows["reason"] == "") & rows["lat"].isna()
    rows["reason"] = rows["reason"].mask(nowhere, "place '" + rows["place"] + "' is in no gazetteer")
    return rows


def within(rows: pd.DataFrame, column: str, asked: str | None, tables: DefaultTables) -> pd.DataFrame:
    """Keep the sites of a region or province; the others get it as their reason.

    Parameters
    ----------
    rows : DataFrame
        As `classified` returns them.
    column : {"region", "province"}
        What is asked for.
    asked : str, optional
        Its name, in any case; None keeps all.
    tables : DefaultTables
        The default tables: ``places``.

    Raises
    ------
    UsageError
        When there is no such region or province.
    """
    if asked is None:
        return rows
    known = sorted({*tables["places"][column], *rows.loc[rows["reason"] == "", column]})
    names = {folded(name): name for name in known}
    if folded(asked) not in names:
        raise UsageError(f"no {column} is called '{asked}'; {column}s: {', '.join(known)}")
    name = names[folded(asked)]
    elsewhere = (rows["reason"] == "") & (rows[column] != name)
    return rows.assign(reason=rows["reason"].mask(elsewhere, f"outside the {column} {name}"))
