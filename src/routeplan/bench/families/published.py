"""Programs of published problems whose optima are known, from their files."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from routeplan.bench.families.entries import coefficients
from routeplan.bench.families.external import ExternalFamily
from routeplan.bench.families.family import canonical
from routeplan.errors import DataError, Problem
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices

OR_LIBRARY = "https://people.brunel.ac.uk/~mastjjb/jeb/orlib/uncapinfo.html"

LOCATION_OPTIMA = {"cap71": 932615.750, "cap72": 977799.400, "cap101": 796648.437}
"""Least cost of uncapacitated facility location, as published beside the OR-Library's problems."""


def facility_location(file: Path) -> ExternalFamily:
    """Read a problem of facility location of the OR-Library, without its capacities.

    Parameters
    ----------
    file : Path
        The file; its optimum is known where its name is among `LOCATION_OPTIMA`.

    Returns
    -------
    ExternalFamily
        The program with a row for each customer and facility (the strong formulation).

    Raises
    ------
    DataError
        When the file cannot be read, or does not hold as many numbers as its first two ask for.
    """
    opening, serving = _location(file, _numbers(file))
    return ExternalFamily(
        "facility-location",
        f"Facility location without capacities, OR-Library ({OR_LIBRARY}): a relaxation that is nearly whole.",
        location_program(opening, serving),
        LOCATION_OPTIMA.get(file.stem),
        size=file.stem,
    )


def location_program(opening: FloatArray, serving: FloatArray) -> Matrices:
    """Program of facility location.

    Parameters
    ----------
    opening : FloatArray, shape (F,)
        Cost of opening each facility.
    serving : FloatArray, shape (K, F)
        Cost of serving each customer from each facility.

    Returns
    -------
    Matrices
        Columns: open (F), share of each customer from each facility (K F). Rows: each customer is served (K), from
        facilities that are open (K F).
    """
    customers, facilities = serving.shape
    pair = np.arange(customers * facilities)
    rows = coefficients(
        [
            (pair // facilities, facilities + pair, 1.0),
            (customers + pair, facilities + pair, 1.0),
            (customers + pair, pair % facilities, -1.0),
        ],
        (customers + len(pair), facilities + len(pair)),
    )
    return canonical(
        Matrices(
            rows=rows,
            row_lower=np.concatenate([np.ones(customers), np.full(len(pair), -np.inf)]),
            row_upper=np.concatenate([np.ones(customers), np.zeros(len(pair))]),
            lower=np.zeros(facilities + len(pair)),
            upper=np.ones(facilities + len(pair)),
            cost=np.concatenate([opening, serving.ravel()]),
            offset=0.0,
            integer=np.repeat([True, False], [facilities, len(pair)]),
        )
    )


def fixed_charge_network(file: Path) -> ExternalFamily:
    """Read a fixed-charge network of FCNetLib (GAMS World), stored as JSON.

    Parameters
    ----------
    file : Path
        An object with ``name``, ``demand`` (inflow less outflow, by node; 0 where left out), ``arcs`` (from,
        to, parallel number, fixed cost, cost of a unit, capacity) and ``published_value``.

    Raises
    ------
    DataError
        When the file cannot be read, or is no such object.
    """
    try:
        given = json.loads(_text(file))
        demand, optimum, name = given["demand"], float(given["published_value"]), given["name"]
        arcs = [(str(begin), str(end), *map(float, numbers)) for begin, end, _, *numbers in given["arcs"]]
        matrices = _network_program(demand, arcs)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        told = "is no fixed-charge network; allowed: an object with name, demand, arcs and published_value"
        raise DataError([Problem(str(file), 0, f"{told} ({type(fault).__name__}: {fault})")]) from fault
    about = f"Fixed-charge network flow {name}, FCNetLib (GAMS World): big M, with published optimum."
    return ExternalFamily("fixed-charge-network", about, matrices, optimum, size=file.stem)


def _network_program(demand: dict[str, float], arcs: list[tuple[Any, ...]]) -> Matrices:
    named = [*demand, *(end for arc in arcs for end in arc[:2])]
    place = {node: number for number, node in enumerate(dict.fromkeys(named))}
    tail, head = (np.array([place[arc[end]] for arc in arcs], dtype=np.int64) for end in (0, 1))
    fixed, variable, capacity = np.array([arc[2:] for arc in arcs], dtype=float).T
    count, nodes = len(arcs), len(place)
    arc, asked = np.arange(count), np.array([demand.get(node, 0.0) for node in place], dtype=float)
    rows = coefficients(
        [(head, arc, 1.0), (tail, arc, -1.0), (nodes + arc, arc, 1.0), (nodes + arc, count + arc, -capacity)],
        (nodes + count, 2 * count),
    )
    return canonical(
        Matrices(
            rows=rows,
            row_lower=np.concatenate([asked, np.full(count, -np.inf)]),
            row_upper=np.concatenate([asked, np.zeros(count)]),
            lower=np.zeros(2 * count),
            upper=np.concatenate([capacity, np.ones(count)]),
            cost=np.concatenate([variable, fixed]),
            offset=0.0,
            integer=np.repeat([False, True], count),
        )
    )


def _location(file: Path, numbers: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Cost of opening, and of serving, of the numbers in a file."""
    facilities, customers = (int(number) for number in numbers[:2]) if len(numbers) > 1 else (0, 0)
    asked = 2 + 2 * facilities + customers * (facilities + 1)
    if facilities < 1 or customers < 1 or len(numbers) != asked:
        told = f"holds {len(numbers):,} numbers; allowed: {asked:,}" if asked > 2 else "is no facility location"
        what = "facilities and customers, capacity and cost of each facility, demand and costs of each customer"
        raise DataError([Problem(str(file), 0, f"{told} ({what})")])
    opening = numbers[3 : 2 + 2 * facilities : 2]
    return opening, numbers[2 + 2 * facilities :].reshape(customers, facilities + 1)[:, 1:]


def _numbers(file: Path) -> FloatArray:
    problems, numbers = [], []
    for line, text in enumerate(_text(file).splitlines(), 1):
        try:
            numbers += [float(word) for word in text.split()]
        except ValueError:
            problems.append(Problem(str(file), line, f"is {text.strip()!r}; allowed: numbers alone"))
    if problems:
        raise DataError(problems)
    return np.array(numbers)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        told = "cannot be read; allowed: a text file that is there"
        raise DataError([Problem(str(file), 0, told)]) from fault
