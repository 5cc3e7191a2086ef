"""A hub design to fill in, with what an instance has to choose from."""

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pandas as pd

from routeplan.data.file_swap import file_written_aside, refuse_existing
from routeplan.data.paths import is_workbook
from routeplan.data.write import write_text
from routeplan.hubs.apply import periods_from
from routeplan.hubs.blank_book import write_blank_book
from routeplan.hubs.choices import open_hubs, open_links, sites_alone
from routeplan.hubs.design import BuiltLink, Design, OpenedHub
from routeplan.hubs.fit import able_to_join
from routeplan.instance.instance import Instance, refuse_unless_instance
from routeplan.instance.names import names_in
from routeplan.language.language import Language, Words

HEAD = """# A hub design for {title}.
# Lines that begin with # are notes; take the mark away from those that are to count.
name = "my-hub"
title = "My hub"
title_nl = "Mijn hub"
# The share of the hub's costs that the public bears, from 0 to 1; it counts in the sharing of costs alone.
public_share = 0.0
"""

MEMBERS = """# Who may join its hubs and links; without this line all may.
# members = [{members}]
"""

FORBIDDEN = """# Candidate links that may not be built with it.
# forbidden_links = [{links}]
"""

HUB = """
# A hub option that is open from a year on. The instance has: {options}.
# One that it does not have is described in the columns of its table hubs.
# [[hub]]
# hub = {hub}
# option = {option}
# first_year = {first_year}
"""

LINK = """
# A link that is built from a year on. Candidates between nodes: {links}.
# [[link]]
# link = {link}
# size = {size}
# first_year = {first_year}
"""

CONTRACT = """
# A grid contract that sites of one station share. Stations with several sites:
{stations}
# [[contract]]
# contract = "my-contract"
# sites = [{sites}]
# Share of the capacity of each that falls together with the peak of the contract, above 0 and at most 1.
# coincidence = 0.9
"""

NOTHING = """
# The instance has no hub, no candidate link between nodes and no station with several sites. A hub of the design's own:
# [[hub]], with every column of the table hubs.
"""


def blank_design(instance: Instance) -> str:
    """Write a design to fill in.

    Parameters
    ----------
    instance : Instance
        The instance that it is for.

    Returns
    -------
    str
        TOML, with notes on what the instance has.
    """
    refuse_unless_instance(instance)
    hubs, links = open_hubs(instance), open_links(instance)
    first = Design("my-hub", hubs=_opened(instance, hubs), links=_built(instance, links))
    parts = [HEAD.format(title=_line(instance.settings.title or instance.name))]
    if able := able_to_join(instance, first):
        parts.append(MEMBERS.format(members=_listed(able[:2])))
    if others := [link for link in links["link"].unique() if link not in {each.link for each in first.links}]:
        parts.append(FORBIDDEN.format(links=_listed(others[:1])))
    things = [*_hub(hubs, first), *_link(links, first), *_contract(instance)]
    return "".join([*parts, *(things or [NOTHING])])


def _opened(instance: Instance, hubs: pd.DataFrame) -> tuple[OpenedHub, ...]:
    if hubs.empty:
        return ()
    first = hubs.iloc[0]
    return (OpenedHub(first["hub"], first["option"], _year(instance, first["first_year"])),)


def _built(instance: Instance, links: pd.DataFrame) -> tuple[BuiltLink, ...]:
    if links.empty:
        return ()
    first = links.iloc[0]
    return (BuiltLink(first["link"], first["size"], _year(instance, first["first_year"])),)


def _year(instance: Instance, first_year: float) -> int:
    """First year of the first period in which something can be there."""
    return next(iter(periods_from(instance.horizon, first_year)), int(instance.horizon.first[-1]))


def _hub(hubs: pd.DataFrame, design: Design) -> Iterator[str]:
    options = _line(", ".join(f"{row.hub} {row.option}" for row in hubs.itertuples()))
    for each in design.hubs:
        texts = {"hub": _quoted(each.hub), "option": _quoted(each.option)}
        yield HUB.format(options=options, first_year=each.first_year, **texts)


def _link(links: pd.DataFrame, design: Design) -> Iterator[str]:
    named = [f"{link} ({size})" for link, size in zip(links["link"], links["size"], strict=True)]
    for each in design.links:
        texts = {"link": _quoted(each.link), "size": _quoted(each.size)}
        yield LINK.format(links=_line(", ".join(named)), first_year=each.first_year, **texts)


def _contract(instance: Instance) -> Iterator[str]:
    """Sites of stations that have several, those aside that share a contract already."""
    names = names_in(instance, "areas", Words())
    by_area = {str(area): rows["site"].tolist() for area, rows in sites_alone(instance).groupby("area", sort=False)}
    several = {area: found for area, found in by_area.items() if len(found) > 1}
    if several:
        stations = "\n".join(f"#   {_line(names[area])}: {', '.join(found)}" for area, found in several.items())
        yield CONTRACT.format(stations=stations, sites=_listed(next(iter(several.values()))[:3]))


def _listed(ids: Collection[str]) -> str:
    return ", ".join(map(_quoted, ids))


def _quoted(text: str) -> str:
    """A text as TOML writes it, which is as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _line(text: str) -> str:
    """A text that fits on a line of notes, in which TOML allows no control characters."""
    return " ".join("".join(_printable(text)).split())


def _printable(text: str) -> Iterable[str]:
    return (sign if sign.isprintable() else " " for sign in text)


def write_blank_design(instance: Instance, file: Path | str, *, language: Language | str = Language.ENGLISH) -> Path:
    """Write a design to fill in to a new file.

    Parameters
    ----------
    instance : Instance
        The instance that it is for.
    file : path
        The file: a workbook where its name ends in .xlsx, and TOML otherwise.
    language : Language or str, optional
        Language of the headers and notes of a workbook: ``en`` or ``nl``. A TOML file is in English.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When there is something in its place, no instance is given, or the language is unknown.
    """
    refuse_unless_instance(instance)
    place, words = Path(file), Words(language)
    refuse_existing(place)
    if is_workbook(place):
        write_blank_book(instance, place, words)
    else:
        with file_written_aside(place) as aside:
            write_text(aside, blank_design(instance))
    return place
