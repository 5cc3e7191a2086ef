"""Selection of the installations of the register that are sites of cluster 6, with reasons for the others."""

import pandas as pd

from routeplan.errors import DataError, Message, Problem, UsageError, value_problem
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.places import folded, located
from routeplan.importers.ets.site_filter import BOX_ORDER, Asked, Box, Wanted
from routeplan.instance.rules.words import did_you_mean
from routeplan.language.language import Words

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


def classified(rows: pd.DataFrame, year: int, tables: DefaultTables, words: Words) -> pd.DataFrame:
    """Assign each installation its sector and place, and the reason for which it is not a site of cluster 6.

    Parameters
    ----------
    rows : DataFrame
        As `read_register` returns them.
    year : int
        Year of the emissions.
    tables : DefaultTables
        The default tables.
    words : Words
        Language of the reasons.

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
    left_out = _reasons_of_sectors(tables, words)
    clusters = dict(zip(tables["clusters"]["place"].map(folded), tables["clusters"]["cluster"], strict=True))
    cluster = rows["place"].map(folded).map(clusters).map(words.name, na_action="ignore")
    reasons = [
        (rows["country"] != "NL", words("not in the Netherlands")),
        (rows["sector"] == "aviation", left_out.get("aviation", "")),
        (~(rows["emissions"] > 0), words("no emissions in {year}", year=year)),
        (rows["closed"], words("its account in the register is closed")),
        (
            rows["sector"].isin(left_out.index),
            _filled(words("sector left out: {why}"), "why", rows["sector"].map(left_out)),
        ),
        (
            cluster.notna(),
            _filled(words("in the cluster {cluster}"), "cluster", cluster),
        ),
    ]
    rows["reason"] = ""
    for holds, reason in reasons:
        rows["reason"] = rows["reason"].mask((rows["reason"] == "") & holds, reason)
    return _placed(rows, tables, words)


def _reasons_of_sectors(tables: DefaultTables, words: Words) -> "pd.Series[str]":
    """Why sectors are left out, by sector; those of the user's own table as they stand there."""
    left_out = tables["sectors_left_out"].set_index("sector")["reason"]
    if "sectors_left_out" in tables.own:
        return left_out
    return left_out.map(lambda reason: words(str(reason))).astype("str")


def _filled(template: str, name: str, values: "pd.Series[str]") -> "pd.Series[str]":
    """A text with each of the values in the place of a name."""
    return values.astype("object").fillna("").map(lambda value: template.format(**{name: value})).astype("str")


def _placed(rows: pd.DataFrame, tables: DefaultTables, words: Words) -> pd.DataFrame:
    """Find the places of the rows without a reason yet; a place in no gazetteer is a reason."""
    sites = rows[rows["reason"] == ""]
    rows = rows.join(located(sites, tables))
    nowhere = (rows["reason"] == "") & rows["lat"].isna()
    reason = _filled(words("place '{place}' is in no gazetteer"), "place", rows["place"])
    return rows.assign(reason=rows["reason"].mask(nowhere, reason), nowhere=nowhere)


def within(rows: pd.DataFrame, column: str, asked: str | None, tables: DefaultTables, words: Words) -> pd.DataFrame:
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
    words : Words
        Language of the reason.

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
        other = "province" if column == "region" else "region"
        named = next((name for name in tables["places"][other] if folded(name) == folded(asked)), "")
        raise UsageError(_no_such(column, asked, named, known))
    name = names[folded(asked)]
    elsewhere = (rows["reason"] == "") & (rows[column] != name)
    if column == "region":
        outside = words("outside the region {region}", region=name)
    else:
        outside = words("outside the province {province}", province=name)
    return rows.assign(reason=rows["reason"].mask(elsewhere, outside))


def _no_such(column: str, asked: str, named: str, known: list[str]) -> Message:
    """Say that there is no such region or province, and which there are, or that it is one of the other kind."""
    if named and column == "region":
        return Message(
            "no region is called '{asked}'; {named} is a province: --province {named}", asked=asked, named=named
        )
    if named:
        return Message(
            "no province is called '{asked}'; {named} is a region: --region {named}", asked=asked, named=named
        )
    meant, there = did_you_mean(asked, known), ", ".join(known)
    if column == "region":
        return Message("no region is called '{asked}'{meant}; regions: {known}", asked=asked, meant=meant, known=there)
    return Message("no province is called '{asked}'{meant}; provinces: {known}", asked=asked, meant=meant, known=there)


def among(rows: pd.DataFrame, wanted: tuple[Wanted, ...] | None, export: str, words: Words) -> pd.DataFrame:
    """Keep the sites that are asked for by id; the others get it as their reason.

    Parameters
    ----------
    rows : DataFrame
        As `classified` returns them.
    wanted : tuple of Wanted, optional
        The ids, in any case; None keeps all.
    export : str
        Name of the register's export.
    words : Words
        Language of the reason.

    Raises
    ------
    DataError
        With every id that no installation of the register has.
    """
    if wanted is None:
        return rows
    number = rows["installation"].str.casefold()
    forms = pd.concat([number, rows["country"].str.casefold() + "-" + number, site_ids(rows).str.casefold()])
    known = set(forms)
    unknown = [_unknown(each, export) for each in wanted if each.id.casefold() not in known]
    if unknown:
        raise DataError(unknown)
    asked = forms.isin({each.id.casefold() for each in wanted}).groupby(level=0).any()
    return rows.assign(
        reason=rows["reason"].mask((rows["reason"] == "") & ~asked, words("not among the sites asked for"))
    )


def _unknown(wanted: Wanted, export: str) -> Problem:
    allowed = Message("an installation of {file}, as 94, NL-94 or eerbeek-94", file=export)
    if wanted.file:
        return value_problem(wanted.file, wanted.line, wanted.column, wanted.id, allowed)
    return Problem(export, 0, Message("has no installation '{id}'; allowed: {allowed}", id=wanted.id, allowed=allowed))


def site_ids(rows: pd.DataFrame) -> "pd.Series[str]":
    """Ids of the sites that installations become: the town and the number in the register."""
    return rows["place"].map(folded).str.replace(" ", "-") + "-" + rows["installation"]


def inside(rows: pd.DataFrame, box: Box | None, words: Words) -> pd.DataFrame:
    """Keep the sites in a box; the others get it as their reason.

    Parameters
    ----------
    rows : DataFrame
        As `classified` returns them.
    box : Box, optional
        The box; None keeps all.
    words : Words
        Language of the reason.

    Raises
    ------
    UsageError
        When no site at all lies in it: its numbers may have another order.
    """
    if box is None:
        return rows
    sites = rows["reason"] == ""
    there = rows["lat"].between(box.south, box.north) & rows["lon"].between(box.west, box.east)
    if sites.any() and not (sites & there).any():
        lat, lon = rows.loc[sites, "lat"], rows.loc[sites, "lon"]
        raise UsageError(
            Message(
                "no site lies in the box {box} (its order is {order}); "
                "sites lie from {south} to {north} N and {west} to {east} E",
                box=box.told,
                order=", ".join(BOX_ORDER),
                south=f"{lat.min():.2f}",
                north=f"{lat.max():.2f}",
                west=f"{lon.min():.2f}",
                east=f"{lon.max():.2f}",
            )
        )
    return rows.assign(
        reason=rows["reason"].mask(sites & ~there, words("outside the box {box}", box=words.told(box.told)))
    )


def selected(rows: pd.DataFrame, asked: Asked, tables: DefaultTables, export: str, words: Words) -> pd.DataFrame:
    """Keep the sites that are asked for; the others get the first criterion that excludes them as their reason.

    Parameters
    ----------
    rows : DataFrame
        As `classified` returns them.
    asked : Asked
        What is asked for.
    tables : DefaultTables
        The default tables: ``places``.
    export : str
        Name of the register's export.
    words : Words
        Language of the reasons.

    Raises
    ------
    DataError, UsageError
        When something is asked for that is not there.
    """
    boxed = inside(rows, asked.box, words)
    # Each is held to all sites, so that what is not there at all is told from what the others leave out.
    for kept in (
        within(rows, "province", asked.province, tables, words),
        within(rows, "region", asked.region, tables, words),
        among(rows, asked.wanted, export, words),
        boxed,
    ):
        rows = rows.assign(reason=rows["reason"].mask(rows["reason"] == "", kept["reason"]))
    return rows
