"""The planner's own maps: which usage point is which site, and which station is which area."""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from routeplan.data.csv_file import LINE, read_table
from routeplan.errors import DataError, Message, Problem, listed, value_problem
from routeplan.instance.rules.words import folded
from routeplan.schema.column import Table, reference, word

SITE_MAP = Table(
    "sites of Netburen",
    "Which site of the instance a usage point is.",
    (
        word("connection", "EAN, name or address (1234AB 23) of a usage point, as it stands in the file."),
        reference("site", "The site; empty: the usage point is left out.", "sites", default=""),
    ),
    ("connection",),
)
AREA_MAP = Table(
    "stations of Netburen",
    "Which area of the instance a station is.",
    (
        word("station", "Name of a station, as it stands in the file."),
        reference("area", "The area; empty: the station is left out.", "areas", default=""),
    ),
    ("station",),
)

_LISTED = 10
"""Names that a message lists before it counts the others."""

Map = dict[str, str]
"""What the planner wrote, by `folded` name; "" is left out."""


def read_map(path: Path | None, table: Table, there: Collection[str], known: Collection[str]) -> Map:
    """Read a map; an empty one without a file.

    Parameters
    ----------
    path : Path or None
        The CSV file.
    table : Table
        Its columns: the first a name of the file of Netburen, the second an id of the instance.
    there : collection of str
        Names in the file of Netburen.
    known : collection of str
        Ids of the instance.

    Raises
    ------
    DataError
        With every row that names something that is not there.
    """
    if path is None:
        return {}
    frame, problems = read_table(path, table)
    if not problems:
        problems = _strangers(path.name, frame, table.names, there, known) + _twice(path.name, frame, table.names[0])
    if problems:
        raise DataError(problems)
    name, to = table.names
    return dict(zip(frame[name].map(folded), frame[to], strict=True))


def _twice(file: str, frame: pd.DataFrame, name: str) -> list[Problem]:
    """Report names that differ in capitals or blanks alone, of which only one could count."""
    again = frame[frame[name].map(folded).duplicated()]
    once = Message("each name once, whatever its capitals")
    return [
        value_problem(file, int(line), name, cell, once) for line, cell in zip(again[LINE], again[name], strict=True)
    ]


def _strangers(
    file: str, frame: pd.DataFrame, names: list[str], there: Collection[str], known: Collection[str]
) -> list[Problem]:
    name, to = names
    ours = {"", *known}
    theirs = {folded(each) for each in there}
    of_file = Message("a name in the file: {names}", names=_joined(there))
    of_instance = Message("an id of the instance ({names}), or empty to leave it out", names=_joined(known))
    return [
        value_problem(file, int(line), column, cell, allowed)
        for column, right, cells, allowed in (
            (name, theirs, frame[name].map(folded), of_file),
            (to, ours, frame[to], of_instance),
        )
        for line, cell, shown in zip(frame[LINE], frame[column], cells, strict=True)
        if shown not in right
    ]


def _joined(names: Collection[str]) -> Message:
    shown = listed(sorted(names)[:_LISTED])
    more = len(names) - _LISTED
    return Message("{shown} and {number} more", shown=shown, number=more) if more > 0 else shown
