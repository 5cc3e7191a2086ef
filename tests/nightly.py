"""Cases of a test of which some are tried at each change, and all every night (`--all`)."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest


def some(cases: Iterable[Any], count: int) -> list[Any]:
    """The cases, marked nightly but for the first `count`."""
    return [
        case if number < count else pytest.param(case, marks=pytest.mark.nightly) for number, case in enumerate(cases)
    ]


def some_rows(cases: Iterable[Sequence[Any]], count: int) -> list[Any]:
    """The same of cases that have a value for each of several names."""
    return [
        pytest.param(*case, marks=[] if number < count else pytest.mark.nightly) for number, case in enumerate(cases)
    ]
