"""A plan as sums by sector and by area that can be published: none is nearly that of one site."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from routeplan.instance.names import names_in
from routeplan.language.language import Language, Words
from routeplan.report.files.public_about import about
from routeplan.report.files.public_columns import (
    ABOUT,
    AMOUNTS_TOLD,
    BY_AREA,
    BY_SECTOR,
    DECLARED,
    OTHER_SITES,
    REST,
    TOTAL,
    WHOLE,
    tables_told,
)
from routeplan.report.files.public_names import refuse_names
from routeplan.report.files.rounding import decimals_in, rounded
from routeplan.result.public_amounts import TOTAL as WHOLE_PLAN
from routeplan.result.public_amounts import fit_to_publish
from routeplan.result.public_groups import KINDS, OTHER, parents_of, public_groups, public_rule
from routeplan.result.public_limits import AT_LEAST
from routeplan.result.public_rule import Rule
from routeplan.result.result import Result, refuse_without_plan
from routeplan.result.summary_groups import AMOUNTS, amounts_of_sites, by_site, sums_by_group


@dataclass(frozen=True)
class PublicSums:
    """Sums of a plan that can be published.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables ``public`` (what they are of), ``total``, ``by_sector`` and ``by_area``, with headers and words in
        the readers' language.
    merged : mapping of str to tuple of int
        Of ``sector`` and ``area``: how many of them have no row of their own, and the number of their sites.
    language : Language
        The readers' language.
    """

    tables: Mapping[str, pd.DataFrame]
    merged: Mapping[str, tuple[int, int]]
    language: Language = Language.ENGLISH


def public_sums(result: Result, *, at_least: int = AT_LEAST, language: Language | str = Language.ENGLISH) -> PublicSums:
    """Add up a plan by sector and by area, without any sum that is of few firms, or nearly of one.

    Which groups have rows of their own is decided by `public_groups`, and which amounts by `fit_to_publish`; the cells
    of others are empty. No site or process is named. Sums are rounded after that.

    Parameters
    ----------
    result : Result
        A result with a plan.
    at_least : int
        Fewest firms of a sum, `AT_LEAST` or more.
    language : Language or str, optional
        The readers' language: ``en`` or ``nl``.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When sums of fewer firms are asked for, all sites together are too few, a sector or area is called as a site
        or process, or the language is unknown.
    """
    words = Words(language)
    refuse_without_plan(result)
    groups = public_groups(result.instance, at_least)
    tables = _tables(result, groups, public_rule(result.instance, at_least), words)
    merged = {kind: _merged(result, groups, kind) for kind in KINDS}
    said = pd.DataFrame([*about(result, at_least, merged, tables, words)], columns=ABOUT.names)
    told = tables_told(words)
    named = {name: frame.set_axis(told[name].names, axis=1) for name, frame in {ABOUT.name: said, **tables}.items()}
    return PublicSums(named, merged, words.language)


def _tables(result: Result, groups: pd.DataFrame, rule: Rule, words: Words) -> dict[str, pd.DataFrame]:
    """The sums as declared, by name of the table, in the readers' words."""
    sums = _sums(result, groups, rule)
    by_sector, by_area = sums["sector"], _by_area(result, sums["area"], groups["area"], words)
    refuse_names(result.instance, [*by_sector["group"], *by_area["group"], *by_area["name"]])
    tables = {
        TOTAL.name: sums[WHOLE_PLAN],
        BY_SECTOR.name: by_sector.assign(sector=_shown(by_sector["group"], words, words.name)),
        BY_AREA.name: by_area,
    }
    named = {old: column.name for old, column in AMOUNTS_TOLD.items()}
    declared = {table.name: table for table in DECLARED}
    return {
        name: rounded(frame.rename(columns=named)[declared[name].names], decimals_in(declared[name]))
        for name, frame in tables.items()
    }


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


def _by_area(result: Result, sums: pd.DataFrame, groups: pd.Series, words: Words) -> pd.DataFrame:
    areas = result.instance["areas"]
    # Without a name there is none: the id stands beside it.
    given = areas.loc[(areas["name"] != "") | (areas["name_nl"] != ""), "area"]
    names = {area: name for area, name in names_in(result.instance, "areas", words).items() if area in set(given)}
    covers = {area: _covers(result, groups, area) for area in groups.unique()}
    return sums.assign(
        area=_shown(sums["group"], words),
        name=sums["group"].map(lambda area: names.get(area, "")).astype("str"),
        covers=sums["group"].map(covers).map(words.name),
    )


def _shown(groups: pd.Series, words: Words, name: Callable[[str], str] = str) -> pd.Series:
    return groups.map(name).where(groups != OTHER, words(OTHER_SITES))


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
