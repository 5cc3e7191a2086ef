"""Cases of a test of which some are tried at each change, and all every night (`--all`)."""

from collections.abc import Iterable
from typing import Any

import pytest


def some(cases: Iterable[Any], count: int) -> list[Any]:
    """The cases, marked nightly but for the first `count`."""
    return [
        case if number < count else pytest.param(case, marks=pytest.mark.nightly) for number, case in enumerate(cases)
    ]
