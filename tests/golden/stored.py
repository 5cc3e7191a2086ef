"""Which models are stored, how they are read, and how a change is told."""

import lzma
from collections.abc import Callable
from math import isclose
from pathlib import Path

from micro import micro

from routeplan.data.read import read
from routeplan.instance.instance import Instance

ROOT = Path(__file__).parents[2]
LONGEST = 40
"""Most lines of a change that are told."""


def _shipped(name: str) -> Callable[[], Instance]:
    return lambda: read(ROOT / "instances" / name)


INSTANCES: dict[str, Callable[[], Instance]] = {
    "tiny": _shipped("tiny"),
    "nine-cases": _shipped("nine-cases"),
    "achterhoek": _shipped("achterhoek"),
    "micro-69": lambda: micro(69),
    "micro-76": lambda: micro(76),
}
"""The instances whose models are stored, by name; each of the two of micro has every decision and family."""


def file_of(name: str) -> Path:
    """Where the model of an instance is stored."""
    return Path(__file__).parent / "models" / f"{name}.txt.xz"


def stored(name: str) -> list[str]:
    """The lines that were stored of an instance."""
    with lzma.open(file_of(name), "rt", encoding="utf-8") as file:
        return file.read().splitlines()


def changes(before: list[str], after: list[str]) -> list[str]:
    """Lines that are gone (``-``) and lines that are new (``+``), by the name of their row or column."""
    old, new = _by_name(before), _by_name(after)
    told: list[str] = []
    for name in sorted(old | new):
        was, is_now = old.get(name), new.get(name)
        if was is None or is_now is None or not _same(was, is_now):
            told += [f"{sign} {line}" for sign, line in (("-", was), ("+", is_now)) if line is not None]
    more = [f"... and {len(told) - LONGEST} lines more"] if len(told) > LONGEST else []
    return told[:LONGEST] + more


def _by_name(lines: list[str]) -> dict[str, str]:
    return {line.partition(": " if ": " in line else " ")[0]: line for line in lines}


def _same(one: str, other: str) -> bool:
    """Whether two lines say the same: words to the letter, numbers to nine digits."""
    words = list(zip(one.split(), other.split(), strict=False))
    return len(one.split()) == len(other.split()) and all(left == right or _close(left, right) for left, right in words)


def _close(left: str, right: str) -> bool:
    try:
        return isclose(float(left), float(right), rel_tol=1e-9, abs_tol=1e-12)
    except ValueError:
        return False
