"""Filter on the sites of a register: a region, a province, a box, a list, or their intersection."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from routeplan.data.csv_file import LINE, read_texts
from routeplan.errors import DataError, Problem, UsageError, value_problem
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
        return f"{self.south:g} to {self.north:g} N, {self.west:g} to {self.east:g} E"


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
    def where(self) -> str:
        """Criteria of the filter, in words."""
        parts = [self.region, self.province, self._listed, f"the box {self.box}" if self.box else None]
        return ", ".join(part for part in parts if part) or "the Netherlands"

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
        told = ", ".join(alone) if len(alone) <= FEW else f"{len(alone)} ids"
        return "the list " + " and ".join([*files, *([told] if alone else [])])


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
        raise UsageError(f"the box has {len(sides)} numbers; allowed: 4, in the order {order}")
    texts = [
        f"{side} is {value:g}; allowed: -{most:g} to {most:g} degrees"
        for side, value, most in zip(BOX_ORDER, sides, (90.0, 180.0, 90.0, 180.0), strict=True)
        if not (math.isfinite(value) and abs(value) <= most)
    ]
    south, west, north, east = sides
    if south >= north:
        texts.append(f"south is {south:g} and north {north:g}; allowed: a north above the south")
    if west >= east:
        texts.append(f"west is {west:g} and east {east:g}; allowed: an east beyond the west")
    if texts:
        raise UsageError(f"the box ({order}) is none: {'; '.join(texts)}")
    return Box(south, west, north, east)


def _listed(path: Path) -> tuple[Wanted, ...]:
    """The ids of a list, with their lines."""
    rows, problems = read_texts(path)
    header = [name for name in rows.columns if name != LINE]
    column = next((name for name in ID_COLUMNS if name in header), "")
    if header and not column:
        problems = [Problem(path.name, 1, f"has no column of ids; allowed: {', '.join(ID_COLUMNS)}")]
    elif not problems and rows.empty:
        problems = [Problem(path.name, 0, f"lists no site; allowed: ids in column '{column}'", column)]
    if problems:
        raise DataError(problems)
    wanted = tuple(
        Wanted(cell, path.name, int(line), column) for cell, line in zip(rows[column], rows[LINE], strict=True)
    )
    empty = [value_problem(path.name, each.line, column, "", "the id of a site") for each in wanted if not each.id]
    if empty:
        raise DataError(empty)
    return wanted
