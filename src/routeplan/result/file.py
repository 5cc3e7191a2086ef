"""The file ``result.json``: writing, reading, and check against the schema."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, NoReturn

from routeplan.data.settings_file import newer_format
from routeplan.errors import DataError, Problem
from routeplan.instance.rules.settings import check_setting
from routeplan.result.result import Record, Result, Status, gap
from routeplan.schema.column import Column, Kind
from routeplan.schema.result_file import RESULT_FILE, RESULT_KEYS
from routeplan.schema.settings import FORMAT, FORMAT_KEY
from routeplan.tolerances import FEASIBILITY

PROVEN = ("objective", "bound", "cost", "gap_of_saving")

OF_A_PLAN = ("objective", "bound", "cost", "gap")
"""Keys that may be null, or absent, where there is no plan."""

OBJECTS = tuple(dict.fromkeys(name.partition(".")[0] for name in RESULT_KEYS if "." in name))
"""Keys that hold keys."""


def as_dict(result: Result) -> dict[str, Any]:
    """Content of ``result.json``."""
    record = asdict(result.record)
    proven = {name: getattr(result, name) for name in PROVEN}
    instance = {"name": result.instance.name, "sha256": result.instance.sha256}
    shown = {
        "status": str(result.status),
        **proven,
        "gap": result.gap,
        **record,
        "instance": instance,
    }
    return shown | {"scenario": result.instance.scenario, FORMAT_KEY: FORMAT}


def by_key(result: Result) -> dict[str, Any]:
    """Value of a result under each of `RESULT_KEYS`; None where there is none."""
    told = dict(_flat(as_dict(result)))
    return {name: told.get(name) for name in RESULT_KEYS}


def record_of(given: Mapping[str, Any]) -> Record:
    """Record of a solve, of a file without `problems_in` it."""
    known = {field.name for field in fields(Record)}
    return Record(**{name: value for name, value in given.items() if name in known and value is not None})


def read_json(folder: Path) -> dict[str, Any]:
    """Read the file of a folder, whatever is in it.

    Raises
    ------
    DataError
        When it is not there, or is no JSON object.
    """
    path = folder / RESULT_FILE
    try:
        given = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse_number)
    except OSError as fault:
        inside = [inner.parent for inner in sorted(folder.glob(f"*/{RESULT_FILE}"))]
        meant = f"; did you mean {inside[0]}?" if len(inside) == 1 else ""
        raise DataError([Problem(str(path), 0, f"is not there; allowed: the folder of a result{meant}")]) from fault
    except ValueError as fault:
        raise DataError([Problem(RESULT_FILE, 0, f"is no JSON: {fault}")]) from fault
    if not isinstance(given, dict):
        raise DataError([Problem(RESULT_FILE, 0, "is no JSON object")])
    return given


def _refuse_number(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads but JSON does not have."""
    raise ValueError(f"{name} is no number")


def problems_in(given: Mapping[str, Any]) -> list[Problem]:
    """List everything in which the file is not as the schema says, or contradicts itself."""
    flat = dict(_flat(given))
    if newer := newer_format(RESULT_FILE, given.get(FORMAT_KEY)):
        return [newer]
    told = [*_missing(flat), *_ill_typed(flat), *_no_objects(given), *_no_version(given)]
    return [Problem(RESULT_FILE, 0, text) for text in told or _wrong_gap(flat)]


def _flat(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Keys and values, those inside an object by their path."""
    for name, value in given.items():
        if name in OBJECTS and isinstance(value, dict):
            yield from ((f"{name}.{inner}", held) for inner, held in value.items())
        else:
            yield name, value


def _needed(name: str, key: Column, flat: Mapping[str, Any]) -> bool:
    """Whether a key must have a value."""
    return key.required or (name in OF_A_PLAN and flat.get("status") not in (Status.INFEASIBLE, Status.NO_PLAN))


def _missing(flat: Mapping[str, Any]) -> list[str]:
    """All missing keys in one sentence, so that a file of another kind gives one line."""
    names = [name for name, key in RESULT_KEYS.items() if name not in flat and _needed(name, key, flat)]
    keys = "key is" if len(names) == 1 else "keys are"
    return [f"{len(names)} {keys} missing: {', '.join(names)}"] if names else []


def _ill_typed(flat: Mapping[str, Any]) -> Iterator[str]:
    for name, key in RESULT_KEYS.items():
        needed = _needed(name, key, flat)
        if name in flat and name != FORMAT_KEY and not (_fits(flat[name], key) or (flat[name] is None and not needed)):
            allowed = ", ".join(key.words) or key.kind.value
            yield f"{name} is {_json(flat[name])}; allowed: {allowed}{'' if needed else ', or null'}"


def _fits(value: Any, key: Column) -> bool:
    """Whether a value is of a key's kind; True and False, which Python counts as numbers, never are."""
    if isinstance(value, bool):
        return False
    if key.kind.is_text:
        return isinstance(value, str) and (not key.words or value in key.words)
    return isinstance(value, int) or (isinstance(value, float) and (key.kind is Kind.NUMBER or value.is_integer()))


def _no_objects(given: Mapping[str, Any]) -> Iterator[str]:
    for name in OBJECTS:
        if given.get(name) is not None and not isinstance(given[name], dict):
            yield f"{name} is {_json(given[name])}; allowed: an object with keys"


def _no_version(given: Mapping[str, Any]) -> Iterator[str]:
    if given.get(FORMAT_KEY) is not None:
        yield from (f"{problem.text}, or null" for problem in check_setting(FORMAT_KEY, given[FORMAT_KEY]))


def _wrong_gap(flat: Mapping[str, Any]) -> Iterator[str]:
    """Report a gap that does not follow from objective and bound."""
    if flat.get("objective") is not None and flat.get("bound") is not None:
        right = gap(flat["objective"], flat["bound"])
        if flat.get("gap") is None or abs(flat["gap"] - right) > FEASIBILITY:
            yield f"gap is {_json(flat.get('gap'))}; allowed: {right:.6g}, which objective and bound make"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
