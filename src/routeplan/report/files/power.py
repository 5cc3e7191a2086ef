"""The grid capacity that a plan asks for, year by year, for the operator of the grid: one CSV file."""

import csv
import io
from pathlib import Path

import pandas as pd

from routeplan.data.file_swap import file_written_aside, refuse_existing
from routeplan.instance.basis import said_beside
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in, told_apart
from routeplan.language.language import Language, Words
from routeplan.report.files.rounding import DECIMALS, rounded
from routeplan.result.result import Result, refuse_without_plan
from routeplan.result.summary_power import (
    HUBS,
    KINDS,
    MATURITIES,
    PROJECTS,
    power_by_area,
    power_by_contract,
    wishes_by_then,
)
from routeplan.schema import units

ADDED = [f"added_{kind}" for kind in KINDS]
ROOM = ["firm_room", "total_room"]

_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""Signs with which a formula begins."""


def power_asked(
    result: Result, *, by_contract: bool = False, language: Language | str = Language.ENGLISH
) -> pd.DataFrame:
    """List the new grid capacity that is asked for in each calendar year, by area or by contract.

    Parameters
    ----------
    result : Result
        A result with a plan.
    by_contract : bool, optional
        Whether each contract has its rows, with the names of its sites, in place of each area.
    language : Language or str, optional
        The readers' language, of names and words: ``en`` or ``nl``.

    Returns
    -------
    DataFrame
        Of each year: ``period`` (first calendar year of its period); ``added_firm`` and ``added_flexible``, what is
        new in this year (below 0: what is given back), ``firm``, ``flexible`` and ``total``, all that is asked for
        beyond today's contracts [MW].

        Of areas, each with all below it: ``area``, ``name``, ``within`` (name of the area that contains it), the part
        of hubs, the number of sites and projects, and the room that there is, as `power_by_area` has them, and
        ``queue``, what others ask for today [MW].

        Of contracts: ``contract``, ``site_names``, ``sector``, ``region``, ``area``, ``name`` (of the area),
        ``maturity`` (of the surest project that is wanted by then), and ``basis`` (what must be said of the sites).

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When it is no result, or the language is unknown.
    """
    words = Words(language)
    refuse_without_plan(result)
    return _of_contracts(result, words) if by_contract else _of_areas(result, words)


def write_power(
    result: Result,
    path: Path | str,
    *,
    by_contract: bool = False,
    language: Language | str = Language.ENGLISH,
    overwrite: bool = False,
) -> Path:
    """Write `power_asked` to a CSV file, with units in the headers.

    A text that spreadsheets would take for a formula has an apostrophe before it.

    Parameters
    ----------
    result : Result
        A result with a plan.
    path : path
        The file. It appears complete, or not at all.
    by_contract : bool, optional
        Whether each contract has its rows, in place of each area.
    language : Language or str, optional
        ``en``: commas between cells, decimal points; ``nl``: Dutch headers, semicolons, decimal commas and a byte
        order mark, as Excel set to Dutch opens it.
    overwrite : bool
        Whether a file that is there may be replaced.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When it is no result, the language is unknown, or there is something already that may not be replaced.
    """
    table, target = power_asked(result, by_contract=by_contract, language=language), Path(path)
    if not overwrite:
        refuse_existing(target)
    words = Words(language)
    dutch = words.language is Language.DUTCH
    with file_written_aside(target) as aside:
        aside.write_bytes(_csv(table, words).encode("utf-8-sig" if dutch else "utf-8"))
    return target


def _of_areas(result: Result, words: Words) -> pd.DataFrame:
    instance = result.instance
    areas = instance["areas"].set_index("area")
    names = names_in(instance, "areas", words)
    told = _by_year(instance, power_by_area(result), "area")
    told = told.assign(
        name=told["area"].map(names),
        within=told["area"].map(areas["parent"]).map(lambda area: names.get(area, "")),
        queue=told["area"].map(areas["queue"]),
    )
    numbers = [*ADDED, *KINDS, "total", *HUBS, "sites", "asking", *PROJECTS, *ROOM, "queue"]
    return told[["area", "name", "within", "year", "period", *numbers]]


def _of_contracts(result: Result, words: Words) -> pd.DataFrame:
    instance = result.instance
    told = _by_year(instance, power_by_contract(result), "contract")
    keys = ["contract", "period"]
    told = told.merge(_sites_of_contracts(instance, words), on="contract")
    told = told.merge(_surest(instance), on=keys, how="left").fillna({"maturity": ""})
    told = told.assign(
        name=told["area"].map(names_in(instance, "areas", words)), maturity=told["maturity"].map(words.name)
    )
    facts = ["contract", "site_names", "sector", "region", "area", "name"]
    return told[[*facts, "year", "period", *ADDED, *KINDS, "total", "maturity", "basis"]]


def _by_year(instance: Instance, asked: pd.DataFrame, key: str) -> pd.DataFrame:
    """Each period's row once for each of its years; what is added comes in the first of them."""
    asked = asked.assign(total=asked[KINDS].sum(axis="columns"))
    before = asked.groupby(key, sort=False)[KINDS].shift(fill_value=0.0)
    asked[ADDED] = (asked[KINDS] - before).to_numpy()
    years = instance["periods"].set_index("period")["years"]
    each = asked.loc[asked.index.repeat(asked["period"].map(years))].reset_index(drop=True)
    since = each.groupby([key, "period"]).cumcount()
    each[ADDED] = each[ADDED].where(since == 0, 0.0)
    megawatts = {name: DECIMALS[units.POWER] for name in (*KINDS, *ADDED, "total", *HUBS, *ROOM) if name in each}
    return rounded(each.assign(year=each["period"] + since), megawatts)


def _sites_of_contracts(instance: Instance, words: Words) -> pd.DataFrame:
    """Names, sectors and regions of the sites of each contract, and what must be said of them, each once."""
    sites = instance["sites"]
    told = sites.assign(
        site_names=sites["site"].map(told_apart(names_in(instance, "sites", words))),
        sector=sites["sector"].map(words.name),
        basis=said_beside(sites, words),
    )
    return (
        told.groupby("contract", sort=False)[["site_names", "sector", "region", "basis"]].agg(_each_once).reset_index()
    )


def _each_once(texts: "pd.Series[str]") -> str:
    return ", ".join(filter(None, dict.fromkeys(texts)))


def _surest(instance: Instance) -> pd.DataFrame:
    """Maturity of the surest project that is wanted by each period, by contract."""
    by_then = wishes_by_then(instance)
    sure = by_then.assign(order=by_then["maturity"].map(MATURITIES.index)).sort_values("order", kind="stable")
    return sure.drop_duplicates(["contract", "period"])[["contract", "period", "maturity"]]


def _headers(words: Words) -> dict[str, str]:
    """Headers of the file."""
    unit = words.unit(units.POWER)
    return {
        "area": words("Id of the area"),
        "name": words("Station or area"),
        "within": words("Lies within"),
        "contract": words("Contract"),
        "site_names": words("Sites"),
        "sector": words("Sector"),
        "region": words("Region"),
        "year": words("Year"),
        "period": words("First year of the period"),
        "added_firm": words("New in this year, firm [{unit}]", unit=unit),
        "added_flexible": words("New in this year, flexible [{unit}]", unit=unit),
        "firm": words("All new, firm [{unit}]", unit=unit),
        "flexible": words("All new, flexible [{unit}]", unit=unit),
        "total": words("All new, firm and flexible [{unit}]", unit=unit),
        "hubs_firm": words("Of which hubs, firm [{unit}]", unit=unit),
        "hubs_flexible": words("Of which hubs, flexible [{unit}]", unit=unit),
        "sites": words("Number of sites"),
        "asking": words("Sites that ask for more"),
        "projects_firm": words("Projects wanted by then: decided"),
        "projects_planned": words("Projects wanted by then: planned"),
        "projects_idea": words("Projects wanted by then: idea"),
        "firm_room": words("Room, firm [{unit}]", unit=unit),
        "total_room": words("Room, firm and flexible [{unit}]", unit=unit),
        "queue": words("Asked for by others today [{unit}]", unit=unit),
        "maturity": words("Surest project wanted by then"),
        "basis": words("To be said of the site"),
    }


def _csv(table: pd.DataFrame, words: Words) -> str:
    """The table as text, in the form that spreadsheets of the language open."""
    dutch = words.language is Language.DUTCH
    headers = _headers(words)
    lines = io.StringIO(newline="")
    rows = csv.writer(lines, delimiter=";" if dutch else ",", lineterminator="\r\n" if dutch else "\n")
    rows.writerow([headers[name] for name in table.columns])
    for row in table.itertuples(index=False, name=None):
        rows.writerow([_cell(value, dutch) for value in row])
    return lines.getvalue()


def _cell(value: object, dutch: bool) -> str:
    """A cell as text; empty where a number is missing."""
    if isinstance(value, str):
        # A spreadsheet would reckon with it.
        return f"'{value}" if value.startswith(_OF_FORMULAS) else value
    if not isinstance(value, float):
        return str(value)
    text = "" if value != value else f"{value:.{DECIMALS[units.POWER]}f}"
    return text.replace(".", ",") if dutch else text
