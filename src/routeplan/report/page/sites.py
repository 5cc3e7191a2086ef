"""The sites of a plan as rows for a page's table, with their cards behind them."""

from typing import Any

import numpy as np
import pandas as pd

from routeplan.instance.basis import said_beside
from routeplan.instance.names import names_in, word_names
from routeplan.instance.sites import at_sites
from routeplan.language.language import Words
from routeplan.report.map.projection import projection_of
from routeplan.report.page.block import Block
from routeplan.report.page.cards import cards
from routeplan.result.result import Result
from routeplan.result.summary import emissions_by_site
from routeplan.result.summary_site import money_of_sites
from routeplan.why.answers import NOTHING, Answers

SiteRow = dict[str, Any]


def table_rows(result: Result, words: Words) -> list[SiteRow]:
    """List the sites, largest emitters first.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.

    Returns
    -------
    list of dict
        Of each site: ``at``, its place on the map (km, see `Projection`); ``site``, ``name``, ``sector``, ``region``,
        ``area``; ``said``, what must be said of it, "" where nothing; ``families`` and ``routes``, of each period what
        its processes run, in words; ``emissions`` of each period [kt/yr], ``change`` (year in which the first route
        starts that is no efficiency, of efficiency alone the first of that; empty where nothing starts),
        ``investment`` [M EUR, not discounted], ``grants`` [M EUR] and ``connection`` (most new capacity of its
        contract, MW), each as a number to sort by and a text to show.
    """
    sites = result.instance["sites"]
    projection = projection_of(result.instance)
    facts = pd.DataFrame(
        {
            "at": np.column_stack([projection.x(sites["lon"]), projection.y(sites["lat"])]).tolist(),
            "site": sites["site"],
            "name": sites["site"].map(names_in(result.instance, "sites", words)),
            "sector": sites["sector"].map(word_names(sites["sector"], words)),
            "region": sites["region"],
            "area": sites["area"].map(names_in(result.instance, "areas", words)),
            "said": said_beside(sites, words),
        }
    )
    emitted = emissions_by_site(result).groupby("site", sort=False)["emissions"].agg(list)
    runs = _runs(result, words)
    changes = _first_changes(result)
    money = money_of_sites(result)
    capacity = result["requests"].groupby("contract")["connection"].max()
    connection = sites["contract"].map(capacity).fillna(0.0)
    rows = [
        {
            **fact,
            **runs[fact["site"]],
            "emissions": [_format_cell(value, words) for value in emitted[fact["site"]]],
            "change": changes[fact["site"]],
            "investment": _format_cell(invested, words),
            "grants": _format_cell(granted, words),
            "connection": _format_cell(megawatts, words),
        }
        for fact, invested, granted, megawatts in zip(
            facts.to_dict("records"), money["invested"], money["granted"], connection, strict=True
        )
    ]
    return sorted(rows, key=lambda row: -row["emissions"][0][0])


def site_cards(result: Result, words: Words, answers: Answers = NOTHING) -> list[dict[str, Any]]:
    """Make the tables of all sites' cards, ready for JSON (see `cards`)."""
    return [_plain(block) for block in cards(result, words, answers) if block.rows]


def _plain(block: Block) -> dict[str, Any]:
    """A table of cards as the scripts read it; ``texts``, the positions of columns that hold texts."""
    return {
        "title": block.title,
        "columns": block.columns,
        "rows": block.rows,
        "joined": block.joined,
        "texts": list(block.texts),
        "notes": block.notes,
    }


def _runs(result: Result, words: Words) -> dict[str, SiteRow]:
    """Families and routes run by the processes of each site in each period, each named once."""
    instance = result.instance
    runs = instance["processes"][["site", "process"]].merge(result["runs"], on="process")
    runs["family"] = runs["route"].map(instance["routes"].set_index("route")["family"])
    told = pd.concat([_named_once(runs, "family", words), _named_once(runs, "route", words)], axis=1).reset_index()
    found: dict[str, SiteRow] = {site: {"families": [], "routes": []} for site in instance["sites"]["site"]}
    for site, families, routes in told[["site", "family", "route"]].itertuples(index=False, name=None):
        found[site]["families"].append(families)
        found[site]["routes"].append(", ".join(routes))
    return found


def _named_once(runs: pd.DataFrame, what: str, words: Words) -> "pd.Series[Any]":
    """Names of families or routes that run, a list for each site and period, in the order of time."""
    once = runs[["site", "period", what]].drop_duplicates()
    return once[what].map(words.name).groupby([once["site"], once["period"]]).agg(list).rename(what)


def _first_changes(result: Result) -> dict[str, tuple[int, str]]:
    """Year of the first change of each site, as a text too; one that never changes comes after all years."""
    instance, starts = result.instance, result["starts"]
    families = starts["route"].map(instance["routes"].set_index("route")["family"])
    told = at_sites(instance, starts).assign(slight=families == "efficiency").sort_values(["slight", "period"])
    first = told.drop_duplicates("site").set_index("site")["period"].to_dict()
    periods = instance["periods"]
    never = (int((periods["period"] + periods["years"]).max()), "")
    return {
        site: (int(first[site]), str(first[site])) if site in first else never for site in instance["sites"]["site"]
    }


def _format_cell(value: float, words: Words) -> tuple[float, str]:
    """A number to sort by, as precise as any reader can see, and as a text."""
    return float(f"{value:.6g}"), words.number(value)
