"""A plan as sums by sector and by area that can be published: none is nearly that of one site."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from routeplan.data.csv_text import csv_text
from routeplan.data.folder_swap import keep_others, refuse_unless_ours, written_aside
from routeplan.data.paths import is_workbook
from routeplan.data.workbook.add import add_view, new_workbook, refuse_to_replace, values_of
from routeplan.data.write import write_text
from routeplan.errors import UsageError
from routeplan.instance.basis import said_of_all
from routeplan.report.files.no_plan import refuse_without_plan
from routeplan.result.firms import firms_of
from routeplan.result.public_amounts import TOTAL as WHOLE_PLAN
from routeplan.result.public_amounts import fit_to_publish
from routeplan.result.public_groups import KINDS, OTHER, parents_of, public_groups, public_rule
from routeplan.result.public_limits import AT_LEAST, LARGEST_SHARE
from routeplan.result.public_rule import Rule
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.summary_groups import AMOUNTS, amounts_of_sites, by_site, sums_by_group
from routeplan.schema import units
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.inputs import AREAS, COMMODITIES, OPTIONS, SITES
from routeplan.schema.results import EMISSIONS, GRANTS, REQUESTS, RUNS, STARTS
from routeplan.version import __version__

_SHARED = "Of a contract that sites share each has an equal part."
_AMOUNTS = {
    "as_today": Column("co2_as_today", Kind.NUMBER, "CO2 if every process stayed on its current option.", units.CO2),
    "emissions": replace(EMISSIONS.column("emissions"), name="co2", about="CO2 emitted under the plan."),
    **{name: EMISSIONS.column(name) for name in ("captured", "removed")},
    **{name: OPTIONS.column(name) for name in COMMODITIES},
    "request": replace(REQUESTS.column("request"), name="new_firm_capacity", about=f"New firm capacity. {_SHARED}"),
    "connection": replace(
        REQUESTS.column("connection"), name="new_capacity", about=f"New firm and flexible capacity. {_SHARED}"
    ),
    "capex": replace(
        STARTS.column("capex"),
        name="investment",
        about="Investment at the sites that starts in the period; what they share (links, hubs, grid) aside.",
    ),
    "granted": replace(
        GRANTS.column("amount"), name="public_money", about="Support paid for what starts in the period."
    ),
}
"""Column of each sum, by what `sums_by_group` calls it."""

COUNTED = (
    "Number of firms that the sites count as: those with the same contract, or the same name up to case and legal "
    "form, are one. Otherwise sites are counted, not firms: that one firm owns several is not known here."
)
HOLDS = (
    "Fewest of these firms that make a sum. It holds for each row, each total, each difference of rows that is again "
    "a sum of sites, as an area less the sectors within it, and each change of such a sum between two periods or from "
    "co2_as_today to co2; but a sum may be 0, of all its sites."
)
SHARE = "Most that one of these firms has of such a sum."
NOT_COVERED = (
    "Conclusions from different columns, such as gas and co2, or from more than two periods; the least that a site has "
    "at any rate; and what is known of a site of the row from elsewhere."
)
ONLY_ONE = (
    "Publish one such set of sums of these sites. From another, with another number of firms at least, of another "
    "scenario or after a change, it can be subtracted, and the difference can be one site."
)
EMPTY_CELL = (
    "Empty is not 0: in this column and period a sum of some row, or what can be reckoned with it, would be made by "
    "too few firms, or nearly by one. All rows of the table are empty then, so that none is what the others leave."
)
"""What the first table says of all this."""

_OTHER = "other sites"
WHOLE, REST = "whole", "rest"


def _headed(column: Column) -> Column:
    """A column with its unit in its header."""
    return replace(column, name=f"{column.name} [{column.unit}]" if column.unit else column.name)


_SUMS = (
    RUNS.column("period"),
    Column("sites", Kind.WHOLE, "Number of sites."),
    *(_headed(column) for column in _AMOUNTS.values()),
)

ABOUT = Table(
    "public",
    "What these sums are of, and how they are kept from telling of one site.",
    (
        Column("key", Kind.TEXT, "What is told."),
        Column("value", Kind.TEXT, "Its value; empty: none."),
        Column("meaning", Kind.TEXT, "What it means."),
    ),
    key=("key",),
)
TOTAL = Table("total", "Sums of all sites.", _SUMS, key=("period",))
BY_SECTOR = Table(
    "by_sector",
    "Sums of the sites of each sector.",
    (replace(SITES.column("sector"), about=f"Sector; {_OTHER}: those of sectors without a row."), *_SUMS),
    key=("sector", "period"),
)
BY_AREA = Table(
    "by_area",
    "Sums of the sites of each congestion area or station.",
    (
        Column("area", Kind.TEXT, f"Id of the area; {_OTHER}: those of areas without a row."),
        AREAS.column("name"),
        Column(
            "covers",
            Kind.TEXT,
            f"{WHOLE}: all sites of the area and those within it; {REST}: those that have no row of their own.",
        ),
        *_SUMS,
    ),
    key=("area", "period"),
)
TABLES = {table.name: table for table in (ABOUT, TOTAL, BY_SECTOR, BY_AREA)}
FILES = tuple(table.file for table in TABLES.values())


@dataclass(frozen=True)
class PublicSums:
    """Sums of a plan that can be published.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables `TABLES`: ``public`` (what they are of), ``total``, ``by_sector``, ``by_area``.
    merged : mapping of str to tuple of int
        Of ``sector`` and ``area``: how many of them have no row of their own, and the number of their sites.
    """

    tables: Mapping[str, pd.DataFrame]
    merged: Mapping[str, tuple[int, int]]


def public_sums(result: Result, *, at_least: int = AT_LEAST) -> PublicSums:
    """Add up a plan by sector and by area, without any sum that is of few firms, or nearly of one.

    Which groups have rows of their own is decided by `public_groups`, and which amounts by `fit_to_publish`; the cells
    of others are empty. No site or process is named.

    Parameters
    ----------
    result : Result
        A result with a plan.
    at_least : int
        Fewest firms of a sum, `AT_LEAST` or more.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When sums of fewer firms are asked for, all sites together are too few, or a sector or area is called as a site
        or process.
    """
    refuse_without_plan(result)
    groups = public_groups(result.instance, at_least)
    sums = _sums(result, groups, public_rule(result.instance, at_least))
    by_sector = sums["sector"]
    tables = {
        TOTAL.name: sums[WHOLE_PLAN],
        BY_SECTOR.name: by_sector.assign(sector=_shown(by_sector["group"])),
        BY_AREA.name: _by_area(result, sums["area"], groups["area"]),
    }
    named = {old: _headed(column).name for old, column in _AMOUNTS.items()}
    declared = {name: frame.rename(columns=named)[TABLES[name].names] for name, frame in tables.items()}
    _refuse_names(result, declared)
    merged = {kind: _merged(result, groups, kind) for kind in KINDS}
    about = pd.DataFrame([*_about(result, at_least), *_left_out(merged, declared), *_made(result)], columns=ABOUT.names)
    return PublicSums({ABOUT.name: about, **declared}, merged)


def _sums(result: Result, groups: pd.DataFrame, rule: Rule) -> dict[str, pd.DataFrame]:
    """Sums of all sites and of the groups of each kind, those of `OTHER` last; NaN where they are not published."""
    amounts = amounts_of_sites(result)
    fit = fit_to_publish(by_site(amounts), groups, rule)
    labels = groups.assign(**{WHOLE_PLAN: OTHER})
    return {kind: _blanked(sums_by_group(amounts, labels[kind]), fit[kind]) for kind in (WHOLE_PLAN, *KINDS)}


def _blanked(sums: pd.DataFrame, fit: pd.Series) -> pd.DataFrame:
    published = fit.unstack(level=0).loc[sums["period"], AMOUNTS].to_numpy()
    told = sums.assign(**sums[AMOUNTS].where(published))
    return told.sort_values("group", key=lambda names: names == OTHER, kind="stable", ignore_index=True)


def _shown(groups: pd.Series) -> pd.Series:
    return groups.where(groups != OTHER, _OTHER)


def _by_area(result: Result, sums: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    names = result.instance["areas"].set_index("area")["name"]
    covers = {area: _covers(result, groups, area) for area in groups.unique()}
    return sums.assign(
        area=_shown(sums["group"]),
        name=sums["group"].map(names).fillna("").astype("str"),
        covers=sums["group"].map(covers),
    )


def _covers(result: Result, groups: pd.Series, area: str) -> str:
    """Whether a row has all sites of its area and those within, or what is left of them."""
    parents, sites = parents_of(result.instance), result.instance["sites"]
    within = {each for each in parents if area in _chain(each, parents)}
    its_own = sites.loc[sites["area"].isin(within), "site"]
    return WHOLE if area != OTHER and (groups[its_own] == area).all() else REST


def _chain(area: str, parents: Mapping[str, str]) -> Iterator[str]:
    """An area, and all that contain it."""
    while area:
        yield area
        area = parents[area]


def _merged(result: Result, groups: pd.DataFrame, kind: str) -> tuple[int, int]:
    """How many sectors or areas have no row of their own, and the number of their sites."""
    before = result.instance["sites"].set_index("site")[kind]
    gone = before[before != groups[kind]]
    return int(gone.nunique()), len(gone)


def _about(result: Result, at_least: int) -> Iterator[tuple[str, str, str]]:
    """Rows that say what is added up, and what a sum must have."""
    sites = result.instance["sites"]
    for text in said_of_all(sites):
        yield "basis", text, "What must be said wherever this plan is shown."
    yield "sites", str(len(sites)), "Number of sites of the plan."
    yield "counted_as", str(firms_of(sites).nunique()), COUNTED
    yield "at_least", str(at_least), HOLDS
    yield "largest_share", f"{LARGEST_SHARE:.0%}", SHARE
    yield "not_covered", "", NOT_COVERED
    yield "only_one", "", ONLY_ONE


def _left_out(
    merged: Mapping[str, tuple[int, int]], tables: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[str, str, str]]:
    """Rows that say how much is left out."""
    for kind, (groups, sites) in merged.items():
        told = f"{groups} with {sites} sites"
        larger = ", or in the row of a larger area" if kind == "area" else ""
        yield f"{kind}s_without_row", told, f"They would tell of a site; counted in '{_OTHER}'{larger}."
    for name, table in tables.items():
        amounts = table[[_headed(column).name for column in _AMOUNTS.values()]]
        yield f"empty_in_{name}", f"{amounts.isna().sum().sum()} of {amounts.size} cells", EMPTY_CELL


def _made(result: Result) -> Iterator[tuple[str, str, str]]:
    """Rows that say what the sums were made from."""
    yield "status", str(result.status), "How the solve ended: optimal, or feasible with a wider gap than was asked."
    yield "gap", f"{result.gap or 0.0:.4%}", "Distance of the plan from the best one, at most."
    yield "currency_year", str(result.instance.settings.currency_year), "Year of the money."
    yield "sha256", result.instance.sha256, "Fingerprint of the instance."
    yield "routeplan", __version__, "Version that made this."


def _refuse_names(result: Result, tables: Mapping[str, pd.DataFrame]) -> None:
    """Refuse sectors and areas that are called as a site or process, which would be in what is published.

    Raises
    ------
    UsageError
        With each of them.
    """
    sites, processes = result.instance["sites"], result.instance["processes"]
    texts = [*tables["by_sector"]["sector"], *tables["by_area"]["area"], *tables["by_area"]["name"]]
    found = names_told(texts, [*sites["site"], *sites["name"], *sites["name_nl"], *processes["process"]])
    if found:
        raise UsageError(
            f"{', '.join(map(repr, found))} names a sector or area, and also a site or process, which would be "
            "published; allowed: sectors and areas with names of their own"
        )


def names_told(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """Find the texts that hold one of the names as words of their own, whatever their case, signs and accents."""
    wanted = {f" {plain} " for name in names if (plain := _plain(name))}
    return [text for text in dict.fromkeys(texts) if any(name in f" {_plain(text)} " for name in wanted)]


def _plain(text: str) -> str:
    """Letters and numbers of a text as words: signs and accents do not count, and ``bakery2`` is two words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W\d_]+|\d+", bare))


def write_public(sums: PublicSums, path: Path | str, *, overwrite: bool = False) -> Path:
    """Write public sums to a workbook, or to a folder of CSV files.

    Parameters
    ----------
    sums : PublicSums
        What `public_sums` makes.
    path : path
        Where to; a workbook where the name ends in .xlsx. It appears complete, or not at all.
    overwrite : bool
        Whether such a workbook, or such files, may be replaced. Other files in the folder are kept.

    Returns
    -------
    Path
        The workbook or folder.

    Raises
    ------
    UsageError
        When there is something already that may not or must not be replaced, or these are no sums.
    """
    if not isinstance(sums, PublicSums):
        refuse_unsolved(sums)
        raise UsageError("write_public takes what public_sums(result) makes, not the result itself")
    target = Path(path)
    if is_workbook(target):
        _write_workbook(sums, target, overwrite)
    else:
        _write_folder(sums, target, overwrite)
    return target


def _write_workbook(sums: PublicSums, path: Path, overwrite: bool) -> None:
    refuse_to_replace(path, ABOUT.name, overwrite)
    with new_workbook(path) as book:
        for name, table in TABLES.items():
            add_view(book, table, [values_of(sums.tables[name][column]) for column in table.names])


def _write_folder(sums: PublicSums, folder: Path, overwrite: bool) -> None:
    refuse_unless_ours(folder, overwrite, ABOUT.file, "public sums")
    with written_aside(folder) as aside:
        keep_others(folder, aside, FILES)
        for name, table in TABLES.items():
            write_text(aside / table.file, csv_text(table, sums.tables[name]))
