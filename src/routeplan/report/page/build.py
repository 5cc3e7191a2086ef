"""The page: one file that shows plans to people, opens from a disk, and asks no server for anything."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from routeplan.errors import NoPlan, UsageError
from routeplan.instance.basis import said_of_all
from routeplan.instance.titles import title_of
from routeplan.language.language import Language, Words
from routeplan.report.map.outlines import ATTRIBUTION
from routeplan.report.map.plot import ZOOM_X, ZOOM_Y
from routeplan.report.names import description_of
from routeplan.report.page.assets import scripts, style
from routeplan.report.page.differences import differences
from routeplan.report.page.headline import against, facts, figures, lead
from routeplan.report.page.pictures import PICTURES, Picture
from routeplan.report.page.sites import site_cards, site_rows
from routeplan.report.years import spans
from routeplan.result.comparison import of_other_instances
from routeplan.result.result import Result
from routeplan.schema import units
from routeplan.version import __version__


@dataclass(frozen=True)
class PageTable:
    """A table in words: its headings, and its rows as texts."""

    columns: list[str]
    rows: list[list[str]]


def page(results: Mapping[str, Result], language: Language | str = Language.ENGLISH) -> str:
    """Make the page of one plan, or of several beside each other.

    Parameters
    ----------
    results : mapping of str to Result
        Results with a plan, by the name under which they are shown; several have the same periods.
    language : Language or str, optional
        The readers' language.

    Returns
    -------
    str
        The page: HTML with everything that it needs inside.

    Raises
    ------
    UsageError
        When a result has no plan, or the results cannot be set side by side (see `compare`).
    """
    words = Words(language)
    _refuse(results)
    first = next(iter(results.values()))
    settings = first.instance.settings
    # Results that cannot be set side by side are refused here, before pictures are drawn.
    apart = differences(results, words) if len(results) > 1 else None
    drawn = {picture.key: _specifications(picture, results, words) for picture in PICTURES}
    return _TEMPLATES.get_template("page.html").render(
        words=words,
        language=str(words.language),
        version=__version__,
        title=title_of(settings, words),
        description=description_of(settings, words),
        periods=_periods(first),
        plans=_plans(results, words),
        warning=_other_tables(results, words),
        said=_said_of_sites(results, words),
        pictures=[_picture(picture, results, drawn[picture.key], words) for picture in PICTURES],
        differences=apart,
        about=_about(words),
        sources=[{"label": words.name(name), "value": text} for name, text in settings.sources.items()],
        style=style(),
        scripts=scripts(),
        data=_as_script(_data(results, drawn, words)),
    )


_TEMPLATES = Environment(
    loader=PackageLoader(__package__, "files"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _refuse(results: Mapping[str, Result]) -> None:
    if not results:
        raise UsageError("no result is given; allowed: one or more")
    without = [
        f"{name} has no plan, its status is {each.status}" for name, each in results.items() if not each.status.has_plan
    ]
    if without:
        raise NoPlan("there is nothing to show: " + "; ".join(without))


def _plans(results: Mapping[str, Result], words: Words) -> list[dict[str, Any]]:
    """Head of the page: each plan, and the difference of each after the first from that one."""
    first, reference = next(iter(results.items()))
    return [
        {
            "name": name,
            "lead": lead(result, words),
            "against": "" if name == first else against(result, first, reference, words),
            "figures": figures(result, words),
            "facts": facts(result, words),
        }
        for name, result in results.items()
    ]


def _other_tables(results: Mapping[str, Result], words: Words) -> str:
    """A warning where differences come from other tables too, and not from scenarios alone."""
    others = of_other_instances(results)
    if not others:
        return ""
    first = next(iter(results))
    return words(
        "Made from other tables than {first}: {others}. What differs comes from these too.",
        first=first,
        others=", ".join(f"{name} ({title_of(results[name].instance.settings, words)})" for name in others),
    )


def _said_of_sites(results: Mapping[str, Result], words: Words) -> list[str]:
    """What must be said of the sites of all plans, a site that several have counted once."""
    sites = pd.concat([result.instance["sites"] for result in results.values()])
    return said_of_all(sites.drop_duplicates(["site", "basis"]), words)


def _specifications(picture: Picture, results: Mapping[str, Result], words: Words) -> list[dict[str, Any]]:
    """A picture of each result, on one scale, as the browser draws it; the page has its title.

    What it draws is not held against the schema of Vega-Lite each time, which takes long; the tests do so.
    """
    return [chart.to_dict(validate=False) for chart in picture.side_by_side(list(results.values()), words.language)]


def _picture(
    picture: Picture, results: Mapping[str, Result], drawn: Sequence[dict[str, Any]], words: Words
) -> dict[str, Any]:
    return {
        "key": picture.key,
        "short": words(picture.short),
        "heading": words(picture.heading),
        "note": words(picture.note) if picture.note else "",
        "moves": picture.moves,
        "wide": picture.wide or len(results) > 1,
        "figures": [
            {
                "plan": name,
                "caption": _caption(spec),
                "table": _table(picture.table, result, words),
            }
            for (name, result), spec in zip(results.items(), drawn, strict=True)
        ],
    }


def _caption(spec: dict[str, Any]) -> str:
    """Caption of a picture; the page writes it itself, where any width has room for it."""
    title = spec.pop("title", {})
    said = title.get("subtitle", "") if isinstance(title, dict) else ""
    return " ".join(said) if isinstance(said, list) else said


def _table(make: Callable[[Result, Words], pd.DataFrame] | None, result: Result, words: Words) -> PageTable | None:
    if make is None:
        return None
    frame = make(result, words)
    rows = [[_cell(cell, words) for cell in row] for row in frame.itertuples(index=False, name=None)]
    return PageTable(list(map(str, frame.columns)), rows)


def _cell(cell: object, words: Words) -> str:
    return words.number(float(cell)) if isinstance(cell, int | float) else str(cell)


def _periods(result: Result) -> list[dict[str, Any]]:
    return [{"period": first, "label": label} for first, label in spans(result.instance).items()]


def _about(words: Words) -> list[str]:
    return [
        words(
            "The pictures show what a plan decides: for each process of each site the route that it takes and the year "
            "in which it starts, with the networks, grid capacity and public money that this needs. A solver found the "
            "plan and proved the bound; a second program checked the plan against the tables."
        ),
        words(
            "Networks are stylised. A link is drawn as a straight line between two places, and its length and cost are "
            "those of the tables; a pipe in the ground takes another way. Areas of the grid are drawn around their "
            "sites, which is not where their borders are."
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


def _data(results: Mapping[str, Result], drawn: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Data for the scripts of the page."""
    first = next(iter(results.values()))
    return {
        "language": str(words.language),
        "separators": words.separators,
        "periods": _periods(first),
        "zoom": {"x": ZOOM_X, "y": ZOOM_Y},
        "pictures": drawn,
        "plans": [
            {"name": name, "sites": site_rows(result, words), "cards": site_cards(result, words)}
            for name, result in results.items()
        ],
        "texts": _texts(words),
        "table": _table_texts(words),
    }


def _texts(words: Words) -> dict[str, str]:
    """Texts of the scripts."""
    co2, money, power = (words.unit(unit) for unit in (units.CO2, units.MONEY, units.POWER))
    return {
        "play": words("Play"),
        "undrawn": words("This picture cannot be drawn."),
        "stop": words("Stop"),
        "pages": words("Pages"),
        "site": words("Site"),
        "sector": words("Sector"),
        "region": words("Region"),
        "area": words("Grid area"),
        "emissions": words("CO2 [{unit}]", unit=co2),
        "routes": words("Routes"),
        "grants": words("Public money [{unit}]", unit=money),
        "connection": words("New grid capacity [{unit}]", unit=power),
    }


def _table_texts(words: Words) -> dict[str, Any]:
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


def _as_script(data: Any) -> str:
    """JSON that is safe inside a page: no text in it can end the script that holds it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
