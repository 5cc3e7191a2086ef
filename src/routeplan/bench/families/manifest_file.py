"""The file of a manifest: writing, reading, and what in an instance is not as it says."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, NoReturn

from routeplan.bench.families.manifest import Manifest
from routeplan.errors import DataError, Problem
from routeplan.instance.rules.words import did_you_mean
from routeplan.tolerances import FEASIBILITY

OF_A_SOLVER = ("lp_bound", "root_gap")
"""Numbers that differ in their last digits between machines."""

IF_ASKED = (*OF_A_SOLVER, "presolved_rows", "presolved_columns", "presolved_nonzeros")
"""Numbers that a manifest may leave out."""

LATER = ("step", "formulation", "base", "source", "source_sha256")
"""Keys that manifests of earlier versions do not have."""


def write_manifest(manifest: Manifest, file: Path) -> None:
    """Write a manifest as JSON; a file that is there is replaced."""
    file.write_text(json.dumps(asdict(manifest), indent=2, allow_nan=False) + "\n", encoding="utf-8")


def read_manifest(file: Path) -> Manifest:
    """Read a manifest.

    Raises
    ------
    DataError
        When the file is not there, is no JSON object, or has keys that are missing, unknown or of a wrong kind; one
        line each.
    """
    try:
        given = json.loads(file.read_text(encoding="utf-8"), parse_constant=_refuse_number)
    except OSError as fault:
        raise DataError([Problem(str(file), 0, "is not there; allowed: a manifest")]) from fault
    except ValueError as fault:
        raise DataError([Problem(str(file), 0, f"is no JSON: {fault}")]) from fault
    if not isinstance(given, dict):
        raise DataError([Problem(str(file), 0, "is no JSON object; allowed: the keys of a manifest")])
    if wrong := [Problem(str(file), 0, text) for text in _wrong(given)]:
        raise DataError(wrong)
    return Manifest(**{name: _value(value) for name, value in given.items()})


def mismatches(stored: Manifest, found: Manifest) -> list[str]:
    """Say in what an instance is not as its manifest says, one line each.

    Parameters
    ----------
    stored : Manifest
        What was written once.
    found : Manifest
        What the instance is like now. What either of them leaves out (presolve, a relaxation out of time) is not
        compared.
    """
    pairs = [(field.name, getattr(stored, field.name), getattr(found, field.name)) for field in fields(Manifest)]
    return [
        f"{stored.id}: {name} is {_told(now)}; its manifest says {_told(then)}"
        for name, then, now in pairs
        if not _alike(name, then, now)
    ]


def _alike(name: str, then: Any, now: Any) -> bool:
    if name in IF_ASKED and (then is None or now is None):
        return True
    if name in OF_A_SOLVER:
        return bool(abs(then - now) <= FEASIBILITY * max(1.0, abs(then)))
    return bool(then == now)


def _told(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _value(value: Any) -> Any:
    return tuple(map(float, value)) if isinstance(value, list) else value


def _refuse_number(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads but JSON does not have."""
    raise ValueError(f"{name} is no number")


def _wrong(given: Mapping[str, Any]) -> Iterator[str]:
    """One line for each key that is missing, unknown or of a wrong kind."""
    known = {field.name: _KINDS[field.type] for field in fields(Manifest)}
    missing = [name for name in known if name not in given and name not in LATER]
    yield from (f"{name} is missing; allowed: {known[name].allowed}" for name in missing)
    for name, value in given.items():
        if name not in known:
            yield f"there is no key '{name}'{did_you_mean(name, known)}; allowed: {', '.join(known)}"
        elif not known[name].fits(value):
            yield f"{name} is {_told(value)}; allowed: {known[name].allowed}"


@dataclass(frozen=True)
class _Kind:
    """What a value must be."""

    allowed: str
    fits: Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_range(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)) and 0 < value[0] <= value[1]


_KINDS: dict[Any, _Kind] = {
    str: _Kind("text", _is_text),
    int: _Kind("a whole number, 0 or more", _is_whole),
    int | None: _Kind("a whole number, 0 or more; or null", lambda value: value is None or _is_whole(value)),
    float | None: _Kind("a number, or null", lambda value: value is None or _is_number(value)),
    tuple[float, float] | None: _Kind(
        "two numbers above 0, the smaller first; or null", lambda value: value is None or _is_range(value)
    ),
}
"""By the type of a field of `Manifest`."""
