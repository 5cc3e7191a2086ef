"""Read a JSON file strictly: no name twice in an object, no number that is not finite."""

import json
from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import Any

from routeplan.data.csv_cells import Unreadable, read_text
from routeplan.errors import Message, Problem

_SURE_DIGITS = 15
"""A whole number of so many digits is one in floating point too."""


class _Refused(ValueError):
    """Content that Python's reader accepts, and JSON or we do not."""


def read_json(path: Path) -> Any:
    """Read a JSON file.

    Parameters
    ----------
    path : Path
        The file: UTF-8, a byte-order mark as if absent.

    Raises
    ------
    Unreadable
        When it cannot be opened or is no such file.
    """
    file = path.as_posix()
    try:
        return json.loads(
            read_text(path),
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_whole,
            object_pairs_hook=_each_name_once,
        )
    except Unreadable as error:
        raise Unreadable(replace(error.problem, file=file)) from None
    except json.JSONDecodeError as error:
        what = Message(
            "is no JSON: {why}, at character {column}; allowed: a JSON file", why=error.msg, column=error.colno
        )
        raise Unreadable(Problem(file, error.lineno, what)) from None
    except _Refused as error:
        raise Unreadable(Problem(file, 0, error.args[0])) from None
    except RecursionError:
        raise Unreadable(
            Problem(file, 0, Message("nests its values too deeply; allowed: at most some hundreds of levels"))
        ) from None


def _no_constant(word: str) -> float:
    raise _Refused(Message("holds {word}; allowed: numbers as JSON writes them", word=word))


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise _Refused(Message("holds the number {number}; allowed: numbers up to 1e308", number=text[:20]))
    return number


def _whole(text: str) -> int | float:
    return int(text) if len(text) <= _SURE_DIGITS else _finite(text)


def _each_name_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(Message("has '{name}' twice in one object; allowed: each name once", name=twice))
    return found
