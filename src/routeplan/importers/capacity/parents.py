"""The tree of areas: the parent of each area."""

from collections.abc import Collection, Mapping

import pandas as pd

from routeplan.errors import Message
from routeplan.importers.capacity.naming import Naming

Parents = dict[str, str]
"""Parent of each area that has one."""


def parents_of(
    fed: pd.DataFrame, naming: Naming, before: Mapping[str, str], known: Collection[str]
) -> tuple[Parents, list[str]]:
    """Find the parent of each area: the area that feeds it or, of several, the nearest that contains them all.

    Parameters
    ----------
    fed : DataFrame
        ``area`` and ``feeders`` (short codes) of the areas of which the map names what feeds them.
    naming : Naming
        Areas of short codes.
    before : mapping of str to str
        Parents in the instance, which stay where the map tells none.
    known : collection of str
        Every area that there will be.

    Returns
    -------
    parents : dict of str to str
        Parent of each area that has one.
    warnings : list of str
        Feeders that are no area, areas that no one area contains, and parents that changed.
    """
    above = {
        area: [up for up in dict.fromkeys(naming.areas[code] for code in feeders) if up in known and up != area]
        for area, feeders in zip(fed["area"], fed["feeders"], strict=True)
    }
    parents = {**before, **{area: ups[0] for area, ups in above.items() if len(ups) == 1}}
    around = {area: _around(area, ups, parents) for area, ups in above.items() if len(ups) > 1}
    parents |= {area: parent for area, parent in around.items() if parent}
    return parents, [
        *_strangers(fed, naming, known),
        *(
            Message(
                "area {area} is fed by {areas}, which no one area contains: {outcome}",
                area=area,
                areas=", ".join(above[area]),
                outcome=_stays(area, before),
            )
            for area, parent in around.items()
            if not parent
        ),
        *(
            Message(
                "area {area} had the parent {parent}, and now has {now}", area=area, parent=parent, now=parents[area]
            )
            for area, parent in before.items()
            if parents[area] != parent
        ),
    ]


def _strangers(fed: pd.DataFrame, naming: Naming, known: Collection[str]) -> list[str]:
    """Warnings on feeders that are in no file and no area of the instance, but for those that MAP.csv leaves out."""
    codes = fed[["area", "feeders"]].explode("feeders")
    strange = codes[~naming.of(codes["feeders"]).isin({"", *known})]
    return [
        Message(
            "'{code}', which feeds {areas}, is in no file and no area of the instance: it is the parent of none",
            code=code,
            areas=", ".join(areas.unique()),
        )
        for code, areas in strange.groupby("feeders", sort=False)["area"]
    ]


def _stays(area: str, before: Mapping[str, str]) -> str:
    if area not in before:
        return Message("it gets no parent")
    return Message("its parent stays {parent}", parent=before[area])


def _around(area: str, ups: list[str], parents: Mapping[str, str]) -> str:
    """The nearest area that contains all of some areas, or is one of them; "" when there is none."""
    first, *others = [_lineage(up, parents) for up in ups]
    return next((each for each in first if each != area and all(each in other for other in others)), "")


def _lineage(area: str, parents: Mapping[str, str]) -> list[str]:
    """An area and those that contain it, from near to far; a ring, which the rules of the format refuse, ends it."""
    found = [area]
    while (parent := parents.get(found[-1], "")) and parent not in found:
        found.append(parent)
    return found
