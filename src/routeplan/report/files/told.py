"""Summaries of a plan in the readers' words: headers, names and numbers."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.report.charts.limit_names import limit_items, scope_name
from routeplan.report.files.beside import NAME_COLUMNS, SAID, Beside
from routeplan.report.files.rounding import DECIMALS
from routeplan.report.files.sheet import Sheet, sheet_name
from routeplan.report.files.summaries import SUMMARIES
from routeplan.result.result import Result
from routeplan.result.summary_limits import limit_ids, shared_limits
from routeplan.schema.column import Column, Table

_NAMES = tuple(NAME_COLUMNS[key] for key in ("site", "area", "pot"))
_COLUMNS = (*(column for table, _ in SUMMARIES for column in table.columns), *_NAMES, SAID)

TEXTS = tuple(dict.fromkeys([*(table.about for table, _ in SUMMARIES), *(column.about for column in _COLUMNS)]))
"""What is said of summaries and their columns, for translators."""


def summary_sheets(result: Result, words: Words) -> list[Sheet]:
    """Make a sheet of each summary.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    beside, named = Beside(result.instance, words), _named(result, words)
    headers = _headers(words)
    sheets = []
    for table, make in SUMMARIES:
        full, frame = beside.added(table, make(result))
        known = {name: frame[name].map(name_of) for name, name_of in named.items() if name in frame}
        told = replace(full, name=sheet_name(table.name, words), about=words(table.about))
        sheets.append(_headed(told, frame.assign(**known), headers, words))
    return sheets


def _headed(table: Table, frame: pd.DataFrame, headers: dict[str, str], words: Words) -> Sheet:
    """A sheet with headers in words, each with its unit."""
    columns = [(column, _header(column, headers, words)) for column in table.columns]
    told = tuple(replace(column, name=header, about=words(column.about)) for column, header in columns)
    keys = tuple(header for column, header in columns if column.name in table.key)
    names = {column.name: header for column, header in columns}
    return Sheet(replace(table, columns=told, key=keys), frame[table.names].rename(columns=names))


def _header(column: Column, headers: dict[str, str], words: Words) -> str:
    header = headers[column.name]
    return f"{header} [{words.unit(column.unit)}]" if column.unit in DECIMALS else header


def _named(result: Result, words: Words) -> dict[str, Callable[[str], str]]:
    """What makes readers' words of the cells of a column, by its name."""
    items = _limits_named(result, result.instance, words)
    of_table = dict.fromkeys(("family", "route", "commodity", "term", "limit"), words.name)
    return {
        **of_table,
        "scope": lambda scope: scope_name(scope, words),
        "item": lambda item: items[item],
        "unit": words.unit,
    }


def _limits_named(result: Result, instance: Instance, words: Words) -> dict[str, str]:
    limits = shared_limits(result)
    return dict(zip(limit_ids(limits), limit_items(limits, instance, words), strict=True))


def _headers(words: Words) -> dict[str, str]:
    """Headers of all columns of summaries."""
    return {
        "family": words("Family of routes"),
        "period": words("First year of the period"),
        "processes": words("Processes"),
        "sites": words("Sites"),
        "as_today": words("If nothing changes"),
        "emissions": words("Emitted"),
        "captured": words("Captured"),
        "removed": words("of which biogenic"),
        "term": words("Term"),
        "cost": words("Cost"),
        "discounted": words("Discounted cost"),
        "scope": words("Target of"),
        "cap": words("Target"),
        "reached": words("Reached"),
        "over": words("Above the target"),
        "commodity": words("Form of energy"),
        "amount": words("Used"),
        "area": words("Id of the area"),
        "area_name": words("Station or area"),
        "firm": words("Firm, asked for"),
        "firm_headroom": words("Firm, room"),
        "total": words("With flexible, asked for"),
        "total_headroom": words("With flexible, room"),
        "pot": words("Id of the pot"),
        "pot_name": words("Pot"),
        "granted": words("Granted"),
        "budget": words("Budget"),
        "limit": words("Limit"),
        "item": words("Of"),
        "used": words("Used"),
        "bound": words("Allowed"),
        "unit": words("Unit"),
        "site": words("Id of the site"),
        "site_name": words("Site"),
        "process": words("Process"),
        "route": words("Route"),
        "basis": words("To be said of the site"),
    }
