"""Read a file of Netburen: stations, and the usage points that hang on them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from routeplan.data.csv_cells import Unreadable
from routeplan.errors import DataError, Message, Problem
from routeplan.importers.json.file import read_json
from routeplan.importers.netburen.needed import names_not_read, needed_problems
from routeplan.importers.netburen.places import Place, number_problems, place_of

EAN = "european_article_number_ean"
NAMES = (EAN, "short_name", "description", "m_rid")
"""What an object of the file may be called by, the surest first."""

CONNECTIONS = ("energy_connections", "energy_consumers")
POINTS = ("market_evaluation_points", "usage_points")

Json = dict[str, Any]


@dataclass(frozen=True)
class Station:
    """A station of the file.

    Parameters
    ----------
    place : str
        Where it stands in the file: ``substations[0]``.
    code : str
        Its short name or description; where that is missing or another's too its ``m_rid``, else its place.
    name : str
        Its description, or else its code.
    """

    place: str
    code: str
    name: str

    @property
    def is_named(self) -> bool:
        """Whether the file has a name for it."""
        return self.code != self.place


@dataclass(frozen=True)
class UsagePoint:
    """A usage point, or a connection of which no usage point is told.

    Parameters
    ----------
    place : str
        Where it stands in the file.
    station : str
        Code of its station.
    names : tuple of str
        Its EAN, names and address, and the names of its connection; the surest first.
    at : Place
        Where it lies, as far as is known.
    """

    place: str
    station: str
    names: tuple[str, ...]
    at: Place

    @property
    def called(self) -> str:
        """What readers may know it by."""
        return self.names[0] if self.names else self.place


@dataclass(frozen=True)
class Left:
    """Something of which no use is made.

    Parameters
    ----------
    what : str
        A usage point, a site, or a name in the file.
    why : str
        The reason.
    """

    what: str
    why: str


@dataclass(frozen=True)
class Topology:
    """Content of a file.

    Parameters
    ----------
    file : str
        Its name.
    stations : tuple of Station
        Its stations.
    points : tuple of UsagePoint
        Their usage points.
    left : tuple of Left
        What was not understood.
    """

    file: str
    stations: tuple[Station, ...]
    points: tuple[UsagePoint, ...]
    left: tuple[Left, ...] = field(default=())


def read_topology(path: Path) -> Topology:
    """Read a file of the data product Nettopologie for energy hubs, version 1.0.0.

    Raises
    ------
    DataError
        With everything that is wrong with it.
    """
    try:
        document = read_json(path)
    except Unreadable as error:
        raise DataError([error.problem]) from None
    problems = needed_problems(path.name, document) or _coordinates(path.name, document)
    if problems:
        raise DataError(problems)
    return _topology(path.name, document)


def _coordinates(file: str, document: Json) -> list[Problem]:
    return [
        problem
        for _, connection, place in _connections(document)
        for problem in number_problems(file, connection.get("location", {}), f"{place}.location")
    ]


def _topology(file: str, document: Json) -> Topology:
    stations = _stations(document["substations"])
    left = [Left(name, Message("is unknown here, and was not read")) for name in names_not_read(document)]
    points: list[UsagePoint] = []
    for position, connection, place in _connections(document):
        if connection.get("normally_in_service", True):
            station = stations[position].code
            points += _points(connection, place, station)
            left += _misplaced(connection, place)
        else:
            left.append(Left(place, Message("is not in service as a rule: it tells of no station")))
    return Topology(file, tuple(stations), tuple(points), tuple(left))


def _stations(found: list[Json]) -> list[Station]:
    labels = [_first(each, ("short_name", "description")) for each in found]
    often = Counter(labels)
    codes = [
        label if label and often[label] == 1 else _first(each, ("m_rid",)) or f"substations[{position}]"
        for position, (each, label) in enumerate(zip(found, labels, strict=True))
    ]
    return [
        Station(f"substations[{position}]", code, _first(each, ("description",)) or code)
        for position, (each, code) in enumerate(zip(found, codes, strict=True))
    ]


def _connections(document: Json) -> Iterator[tuple[int, Json, str]]:
    """Each connection, with the position of its station, and its place in the file."""
    for position, station in enumerate(document["substations"]):
        for bay, there in _entries(station, ("bays",), f"substations[{position}]"):
            for connection, place in _entries(bay, CONNECTIONS, there):
                yield position, connection, place


def _entries(found: Json, names: tuple[str, ...], place: str) -> Iterator[tuple[Json, str]]:
    for name in names:
        for position, entry in enumerate(found.get(name, [])):
            yield entry, f"{place}.{name}[{position}]"


def _points(connection: Json, place: str, station: str) -> list[UsagePoint]:
    """Usage points of a connection; the connection itself where none is told."""
    location = connection.get("location", {})
    shared = (*_names(connection), *_address(location.get("main_address", {})))
    at = place_of(location) or Place()
    found = list(_entries(connection, POINTS, place)) or [({}, place)]
    return [UsagePoint(there, station, (*_names(point), *shared), at) for point, there in found]


def _misplaced(connection: Json, place: str) -> list[Left]:
    if place_of(connection.get("location", {})) is not None:
        return []
    why = Message("lies neither in the Netherlands in degrees (WGS 84), nor in RD New: its place was not used")
    return [Left(f"{place}.location", why)]


def _names(found: Json) -> list[str]:
    return [found[name].strip() for name in NAMES if found.get(name, "").strip()]


def _first(found: Json, names: tuple[str, ...]) -> str:
    return next((found[name].strip() for name in names if found.get(name, "").strip()), "")


def _address(found: Json) -> list[str]:
    """Postcode and house number, such as ``1234AB 23``."""
    postcode = "".join(found.get("postal_code", "").split()).upper()
    number = found.get("street_detail", {}).get("number", "").strip()
    return [f"{postcode} {number}"] if postcode and number else []
