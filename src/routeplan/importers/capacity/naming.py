"""Mapping of the short codes of the capacity map to areas of the instance."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from routeplan.data.csv_file import LINE, read_table
from routeplan.errors import Message, Problem, value_problem
from routeplan.schema.column import Table, reference, word

AREA_MAP = Table(
    "areas of the capacity map",
    "Which area of the instance a short code of the capacity map is.",
    (
        word("short_code", "Short code of the map, as it stands there."),
        reference("area", "The area; empty: the short code is left out.", default=""),
    ),
    ("short_code",),
)
"""The columns of MAP.csv."""

_LISTED = 10
"""Names that a message lists before it counts the others."""


@dataclass(frozen=True)
class Naming:
    """Short codes and areas.

    Parameters
    ----------
    areas : dict of str to str
        Area of each short code; "" where it is left out.
    given : frozenset of str
        Short codes that MAP.csv names.
    """

    areas: dict[str, str]
    given: frozenset[str] = frozenset()

    def of(self, codes: "pd.Series[str]") -> "pd.Series[str]":
        """Areas of a column of short codes."""
        return codes.map(self.areas).astype("str")


def id_of(name: str) -> str:
    """Write a name as an id: a dash for blanks, commas and semicolons.

    >>> id_of("GDO, Noordelijk Deelgebied")
    'GDO-Noordelijk-Deelgebied'
    """
    return re.sub(r"[\s,;]+", "-", name.strip())


def read_area_map(path: Path | None) -> tuple[pd.DataFrame, list[Problem]]:
    """Read MAP.csv; without a file, a table without rows.

    Returns
    -------
    frame : DataFrame
        The columns of `AREA_MAP`, and the line of each row.
    problems : list of Problem
        Every rule that the file breaks.
    """
    if path is None:
        return pd.DataFrame(columns=[*AREA_MAP.names, LINE], dtype="str"), []
    frame, problems = read_table(path, AREA_MAP)
    return (frame if problems else frame.assign(short_code=frame["short_code"].str.strip())), problems


def named(
    file: str, area_map: pd.DataFrame, codes: Collection[str], known: Collection[str]
) -> tuple[Naming, list[Problem]]:
    """Find the area of each short code: that of MAP.csv, or the code itself as an id.

    Parameters
    ----------
    file : str
        What MAP.csv is called in messages.
    area_map : DataFrame
        Its rows.
    codes : collection of str
        Short codes of the files.
    known : collection of str
        Areas of the instance.
    """
    own = {code: id_of(code) for code in codes}
    given = dict(zip(area_map["short_code"], area_map["area"], strict=True))
    ids = {"", *known, *own.values()}
    of_codes = Message("a short code of the files: {codes}", codes=_joined(codes))
    of_areas = Message(
        "an area of the instance ({areas}), the id of another short code, or empty to leave it out",
        areas=_joined(known),
    )
    problems = [
        value_problem(file, int(line), column, cell, allowed)
        for column, right, allowed in (("short_code", set(own), of_codes), ("area", ids, of_areas))
        for line, cell in zip(area_map[LINE], area_map[column], strict=True)
        if cell not in right
    ]
    return Naming(own | given, frozenset(given)), problems


def clashes(areas: pd.DataFrame) -> list[Problem]:
    """Report short codes of the same area in one forecast year, which would give it two numbers.

    Parameters
    ----------
    areas : DataFrame
        Rows of `Forecasts.areas`, with their ``area``.
    """
    first = areas.groupby(["year", "area"], sort=False)[["file", "place", "code"]].transform("first")
    again = areas.duplicated(["year", "area"])
    return [
        Problem(
            str(row.file),
            0,
            Message(
                "{place}.short_code is {code}, which is area {area} of {year} as {other} is "
                "({file}: {where}); allowed: one short code a year for each area",
                place=row.place,
                code=row.code,
                area=row.area,
                year=row.year,
                other=code,
                file=file,
                where=place,
            ),
        )
        for row, (file, place, code) in zip(
            areas[again].itertuples(index=False), first[again].itertuples(index=False, name=None), strict=True
        )
    ]


def _joined(names: Collection[str]) -> str:
    shown = ", ".join(sorted(names)[:_LISTED])
    more = len(names) - _LISTED
    return Message("{shown} and {number} more", shown=shown, number=more) if more > 0 else shown
