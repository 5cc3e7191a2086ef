"""Layers of a map: things in place in each period, as flat tables with self-explanatory columns."""

from dataclasses import dataclass

import pandas as pd

from routeplan.instance.names import names_in, names_of_places
from routeplan.language.language import Words
from routeplan.report.files.sites import AREA_NAME, SITE_LAYER, site_rows
from routeplan.report.files.times import BEGINS, ENDS, dated_periods
from routeplan.result.result import Result
from routeplan.result.shared_costs import open_hubs
from routeplan.result.summary_places import BUILT, PLANNED, links_in_place
from routeplan.schema import units
from routeplan.schema.column import Column, Kind, Table, choice
from routeplan.schema.inputs import HUBS, LINKS
from routeplan.schema.results import FLOWS, HUBS_OPEN

LINK_LAYER = Table(
    "links",
    "The links that can be used in each period: planned ones, and candidates that the plan has built by then.",
    (
        *(LINKS.column(name) for name in ("link", "carrier", "mode")),
        choice("status", "planned: it comes by itself; built: the plan chose it.", (PLANNED, BUILT)),
        LINKS.column("from"),
        Column("from_name", Kind.TEXT, "Name of where it begins."),
        LINKS.column("to"),
        Column("to_name", Kind.TEXT, "Name of where it ends."),
        FLOWS.column("period"),
        BEGINS,
        ENDS,
        LINKS.column("length"),
        LINKS.column("one_way"),
        Column("size", Kind.TEXT, "Sizes built by then; empty on planned links."),
        Column("capacity", Kind.NUMBER, "Capacity in place.", units.CARRIER_FLOW),
        Column("flow", Kind.NUMBER, "Amount carried; positive from `from` to `to`, netted.", units.CARRIER_FLOW),
    ),
    key=("link", "period"),
)

HUB_LAYER = Table(
    "hubs",
    "The hub options that are open in each period.",
    (
        *(HUBS.column(name) for name in ("hub", "name", "option", "node", "area")),
        AREA_NAME,
        HUBS.column("carrier"),
        HUBS_OPEN.column("period"),
        BEGINS,
        ENDS,
        HUBS.column("capacity"),
        HUBS_OPEN.column("output"),
        HUBS.column("firm_capacity"),
        HUBS.column("flexible_capacity"),
    ),
    key=("hub", "option", "period"),
)


@dataclass(frozen=True)
class Layer:
    """One layer: things in place, a row for each thing and period.

    Parameters
    ----------
    table : Table
        Declaration of the columns.
    rows : DataFrame
        Those columns; 0 and "" where the plan has no row.
    ends : tuple of str
        Columns that hold the site or node at which a thing lies: one of a point, two of a line.
    """

    table: Table
    rows: pd.DataFrame
    ends: tuple[str, ...]


def layers(result: Result, words: Words) -> dict[str, Layer]:
    """Make the layers of a plan.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language, of names.

    Returns
    -------
    dict of str to Layer
        ``sites``, ``links`` and, where the instance has any, ``hubs``.
    """
    found = {
        "sites": _layer(SITE_LAYER, site_rows(result, words), "site"),
        "links": _layer(LINK_LAYER, _link_rows(result, words), "from", "to"),
    }
    return found | (
        {"hubs": _layer(HUB_LAYER, _hub_rows(result, words), "node")} if len(result.instance["hubs"]) else {}
    )


def _layer(table: Table, rows: pd.DataFrame, *ends: str) -> Layer:
    """Make a layer of the declared columns; a row that is absent from a result means 0."""
    absent = {column.name: "" if column.kind.is_text else 0.0 for column in table.columns}
    return Layer(table, rows.fillna(absent)[table.names], ends)


def _link_rows(result: Result, words: Words) -> pd.DataFrame:
    links = result.instance["links"].drop(columns=["capacity", "status"])
    names = names_of_places(result.instance, words)
    links = links.assign(from_name=links["from"].map(names), to_name=links["to"].map(names))
    return links.merge(links_in_place(result), on="link").merge(dated_periods(result.instance), on="period")


def _hub_rows(result: Result, words: Words) -> pd.DataFrame:
    rows, instance = open_hubs(result), result.instance
    rows["name"] = rows["hub"].map(names_in(instance, "hubs", words))
    rows["area_name"] = rows["area"].map(names_in(instance, "areas", words))
    return rows.merge(dated_periods(result.instance), on="period")
