"""A hub design to fill in, with what an instance has to choose from."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from routeplan.data.file_swap import refuse_existing
from routeplan.data.write import write_text
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in
from routeplan.language.language import Words

HEAD = """# A hub design for {title}.
# Lines that begin with # are notes; take the mark away from those that are to count.
name = "my-hub"
title = "My hub"
title_nl = "Mijn hub"
# The share of the hub's costs that the public bears, from 0 to 1; it counts in the sharing of costs alone.
public_share = 0.0
# Who may join; without this line all may.
# members = [{members}]
"""

HUB = """
# A hub option that is open from a year on. The instance has: {options}.
# One that it does not have is described in the columns of its table hubs.
# [[hub]]
# hub = "{hub}"
# option = "{option}"
# first_year = {first_year}
"""

LINK = """
# A link that is built from a year on. Candidates between nodes: {links}.
# [[link]]
# link = "{link}"
# size = "{size}"
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
    sites = instance["sites"]
    title = instance.settings.title or instance.name
    parts = [HEAD.format(title=title, members=_listed(sites["site"].head(2)))]
    return "".join([*parts, *_hub(instance), *_link(instance), *_contract(instance)])


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(f'"{each}"' for each in ids)


def _hub(instance: Instance) -> Iterator[str]:
    hubs = instance["hubs"]
    if len(hubs):
        first = hubs.iloc[0]
        options = ", ".join(f"{row.hub} {row.option}" for row in hubs.itertuples())
        year = _year(instance, first["first_year"])
        yield HUB.format(options=options, hub=first["hub"], option=first["option"], first_year=year)


def _link(instance: Instance) -> Iterator[str]:
    """Links between nodes are what firms share; those that end at a site are its own."""
    links, sites = instance["links"], set(instance["sites"]["site"])
    shared = links[(links["status"] == "candidate") & ~links["from"].isin(sites) & ~links["to"].isin(sites)]
    sized = shared.merge(instance["sizes"][["carrier", "mode", "size"]], on=["carrier", "mode"])
    if len(sized):
        first = sized.iloc[0]
        named = [f"{row.link} ({row.size_})" for row in sized.rename(columns={"size": "size_"}).itertuples()]
        year = _year(instance, first["first_year"])
        yield LINK.format(links=", ".join(named), link=first["link"], size=first["size"], first_year=year)


def _contract(instance: Instance) -> Iterator[str]:
    names = names_in(instance, "areas", Words())
    by_area = {area: rows["site"].tolist() for area, rows in instance["sites"].groupby("area", sort=False)}
    several = {area: sites for area, sites in by_area.items() if len(sites) > 1}
    if several:
        stations = "\n".join(f"#   {names[str(area)]}: {', '.join(sites)}" for area, sites in several.items())
        yield CONTRACT.format(stations=stations, sites=_listed(next(iter(several.values()))[:3]))


def _year(instance: Instance, first_year: float) -> int:
    """First year of the first period in which something can be there."""
    first = [int(year) for year in instance.horizon.first]
    return next((year for year in first if not year < first_year), first[-1])


def write_blank_design(instance: Instance, file: Path | str) -> Path:
    """Write a design to fill in to a new file.

    Raises
    ------
    UsageError
        When there is something in its place.
    """
    place = Path(file)
    refuse_existing(place)
    write_text(place, blank_design(instance))
    return place
