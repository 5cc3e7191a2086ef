"""Filter on the sites of a register: a region, a province, a box, a list, or their intersection."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from routeplan.data.csv_file import LINE, read_texts
from routeplan.errors import DataError, Message, Problem, UsageError, listed, value_problem
from routeplan.estimate.places import folded

BOX_ORDER = ("south", "west", "north", "east")
"""Sides of a box, in the order in which they are given."""

ID_COLUMNS = ("site", "installation", "InstallationOrAircraftOperatorID", "id")
"""Columns of a list that may hold the ids; of several the first of these counts."""

FEW = 5
"""Ids that are told one by one."""


@dataclass(frozen=True)
class Box:
    """A stretch of the globe between two parallels and two meridians, sides included.

    Parameters
    ----------
    south, west, north, east : float
        Its sides [degrees, WGS 84].
    """

    south: float
    west: float
    north: float
    east: float

    def __str__(self) -> str:
        return str(self.told)

    @property
    def told(self) -> Message:
        """Its sides, for readers."""
        return Message(
            "{south} to {north} N, {west} to {east} E",
            south=f"{self.south:g}",
            north=f"{self.north:g}",
            west=f"{self.west:g}",
            east=f"{self.east:g}",
        )


@dataclass(frozen=True)
class Wanted:
    """A site that is asked for by its id.

    Parameters
    ----------
    id : str
        The number of the installation (94), its id in the register (NL-94), or that of the site made of it
        (eerbeek-94).
    file, line : str, int
        Where it is asked for; empty when it was given by itself.
    column : str
        Column of the file.
    """

    id: str
    file: str = ""
    line: int = 0
    column: str = ""


@dataclass(frozen=True)
class Asked:
    """Filter on sites; a site must meet every criterion given.

    Parameters
    ----------
    region, province : str, optional
        COROP region and province.
    wanted : tuple of Wanted, optional
        Sites by id; None: any.
    box : Box, optional
        Where they lie.
    """

    region: str | None = None
    province: str | None = None
    wanted: tuple[Wanted, ...] | None = None
    box: Box | None = None

    @property
    def where(self) -> Message:
        """Criteria of the filter, in words."""
        box = Message("the box {box}", box=self.box.told) if self.box else None
        parts = [part for part in (self.region, self.province, self._listed, box) if part]
        return listed(parts) if parts else Message("the Netherlands")

    @property
    def name(self) -> str:
        """Short name of the filter, fit for a folder: ``achterhoek``, ``gelderland-box``, ``sites``."""
        kinds = ["sites" if self.wanted is not None else "", "box" if self.box else ""]
        parts = [self.region or self.province or "", *kinds]
        return "-".join(folded(part).replace(" ", "-") for part in parts if part) or "the-netherlands"

    @property
    def _listed(self) -> str | None:
        if self.wanted is None:
            return None
        files = list(dict.fromkeys(each.file for each in self.wanted if each.file))
        alone = [each.id for each in self.wanted if not each.file]
        told = ", ".join(alone) if len(alone) <= FEW else Message("{number} ids", number=len(alone))
        parts = [*files, *([told] if alone else [])]
        first, *others = parts or [""]
        if not others:
            return Message("the list {first}", first=first)
        return Message("the list {first} and {others}", first=first, others=listed(others))


def asked_for(
    region: str | None,
    province: str | None,
    sites: Sequence[str],
    site_list: Path | str | None,
    box: Sequence[float] | None,
) -> Asked:
    """Make the filter on sites from its criteria.

    Parameters
    ----------
    region, province : str, optional
        COROP region and province.
    sites : sequence of str
        Ids of sites.
    site_list : path, optional
        CSV file with more of them.
    box : sequence of 4 float, optional
        South, west, north and east [degrees].

    Raises
    ------
    DataError
        When the list cannot be read: every place.
    UsageError
        When the box is none.
    """
    wanted = tuple(Wanted(each.strip()) for each in sites) + (_listed(Path(site_list)) if site_list is not None else ())
    given = bool(sites) or site_list is not None
    return Asked(region, province, wanted if given else None, None if box is None else _box(box))


def _box(sides: Sequence[float]) -> Box:
    """Make the box with these sides; everything that is wrong with them is reported."""
    order = ", ".join(BOX_ORDER)
    if len(sides) != len(BOX_ORDER):
        raise UsageError(
            Message("the box has {number} numbers; allowed: 4, in the order {order}", number=len(sides), order=order)
        )
    texts = [
        Message(
            "{side} is {value}; allowed: -{most} to {most} degrees", side=side, value=f"{value:g}", most=f"{most:g}"
        )
        for side, value, most in zip(BOX_ORDER, sides, (90.0, 180.0, 90.0, 180.0), strict=True)
        if not (math.isfinite(value) and abs(value) <= most)
    ]
    south, west, north, east = sides
    if south >= north:
        texts.append(
            Message(
                "south is {south} and north {north}; allowed: a north above the south",
                south=f"{south:g}",
                north=f"{north:g}",
            )
        )
    if west >= east:
        texts.append(
            Message(
                "west is {west} and east {east}; allowed: an east beyond the west", west=f"{west:g}", east=f"{east:g}"
            )
        )
    if texts:
        raise UsageError(Message("the box ({order}) is none: {why}", order=order, why=listed(texts, "; ")))
    return Box(south, west, north, east)


def _listed(path: Path) -> tuple[Wanted, ...]:
    """The ids of a list, with their lines."""
    rows, problems = read_texts(path)
    header = [name for name in rows.columns if name != LINE]
    column = next((name for name in ID_COLUMNS if name in header), "")
    if header and not column:
        problems = [
            Problem(path.name, 1, Message("has no column of ids; allowed: {columns}", columns=", ".join(ID_COLUMNS)))
        ]
    elif not problems and rows.empty:
        problems = [
            Problem(path.name, 0, Message("lists no site; allowed: ids in column '{column}'", column=column), column)
        ]
    if problems:
        raise DataError(problems)
    wanted = tuple(
        Wanted(cell, path.name, int(line), column) for cell, line in zip(rows[column], rows[LINE], strict=True)
    )
    empty = [
        value_problem(path.name, each.line, column, "", Message("the id of a site")) for each in wanted if not each.id
    ]
    if empty:
        raise DataError(empty)
    return wanted
