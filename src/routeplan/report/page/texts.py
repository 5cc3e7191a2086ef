"""Texts of a page that stand apart from any plan: those of its scripts, and those about the page."""

from typing import Any

from routeplan.language.language import Words
from routeplan.report.map.outlines import ATTRIBUTION
from routeplan.schema import units
from routeplan.version import __version__


def about(words: Words) -> list[str]:
    """Paragraphs on the page itself."""
    return [
        words(
            "The pictures show what a plan decides: for each process of each site the route that it takes and the year "
            "in which it starts, with the networks, grid capacity and public money that this needs. A solver found the "
            "plan and proved the bound; a second program checked the plan against the tables."
        ),
        words(
            "Networks are stylised. A link is drawn as a straight line between two places, and its length and cost are "
            "those of the tables; a pipe in the ground takes another way. Areas of the grid without an outline are "
            "drawn around their sites, which is not where their borders are."
        ),
        words(
            "Power is in MW, energy in GWh a year (lower heating value), CO2 in kilotonnes a year, money in millions "
            "of euros. A number with few digits is rounded; the result's tables have them all."
        ),
        words(ATTRIBUTION),
        words(
            "Drawn with Vega-Lite (BSD-3-Clause) and DataTables (MIT). Made by routeplan {version}.",
            version=__version__,
        ),
    ]


def texts_of_scripts(words: Words) -> dict[str, str]:
    """Texts of the scripts."""
    co2, money, power = (words.unit(unit) for unit in (units.CO2, units.MONEY, units.POWER))
    return {
        "play": words("Play"),
        "undrawn": words("This picture cannot be drawn."),
        "stop": words("Stop"),
        "pages": words("Pages"),
        "site": words("Site"),
        "on_map": words("{site}: on the map"),
        "sector": words("Sector"),
        "region": words("Region"),
        "area": words("Grid area"),
        "emissions": words("CO2 [{unit}]", unit=co2),
        "routes": words("Routes"),
        "change": words("First switch"),
        "investment": words("Investment [{unit}]", unit=money),
        "grants": words("Public money [{unit}]", unit=money),
        "connection": words("New grid capacity [{unit}]", unit=power),
    }


def texts_of_tables(words: Words) -> dict[str, Any]:
    """Texts of DataTables, by its own keys (https://datatables.net/reference/option/language)."""
    separators = words.separators
    return {
        "search": words("Search"),
        "info": words("{first} to {last} of {number} rows", first="_START_", last="_END_", number="_TOTAL_"),
        "infoEmpty": words("no rows"),
        "infoFiltered": words("(of {number} in all)", number="_MAX_"),
        "emptyTable": words("no rows"),
        "zeroRecords": words("No row matches."),
        "decimal": separators["decimal"],
        "thousands": separators["thousands"],
        "paginate": {"first": "«", "previous": "‹", "next": "›", "last": "»"},
        "aria": {
            "orderable": words(": sort by this column"),
            "orderableReverse": words(": sort the other way round"),
            "orderableRemove": words(": sort no longer by this column"),
            "paginate": {
                "first": words("First page"),
                "previous": words("Page before"),
                "next": words("Next page"),
                "last": words("Last page"),
                "number": words("Page") + " ",
            },
        },
    }
