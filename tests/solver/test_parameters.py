"""Numbers of a search: what makes no sense is refused with what is allowed, wherever a search begins."""

from collections.abc import Callable

import numpy as np
import pytest

from routeplan.errors import UsageError
from routeplan.solver.parameters import (
    refuse_wrong_each,
    refuse_wrong_gap,
    refuse_wrong_seconds,
    refuse_wrong_seed,
    refuse_wrong_threads,
    refuse_wrong_workers,
)

INFINITE, NAN = float("inf"), float("nan")

Check = Callable[[object], None]


@pytest.mark.parametrize(
    ("check", "right"),
    [
        (refuse_wrong_gap, [0, 0.0, 0.01, np.float64(0.5), np.float32(0.5)]),
        (refuse_wrong_seconds, [1e-9, 1, np.int64(3)]),
        (refuse_wrong_each, [1e-9, 1, INFINITE]),
        (refuse_wrong_threads, [None, 1, 256, np.int64(2)]),
        (refuse_wrong_seed, [0, 2**31 - 1, np.int32(7)]),
        (refuse_wrong_workers, [1, np.int64(2), 1000]),
    ],
)
def test_what_makes_sense_is_taken(check: Check, right: list[object]) -> None:
    """The ends too, and numbers of numpy."""
    for value in right:
        check(value)


@pytest.mark.parametrize(
    ("check", "name", "wrong", "allowed"),
    [
        (refuse_wrong_gap, "gap", [-1e-9, INFINITE, NAN], "0 or more, and finite"),
        (refuse_wrong_seconds, "seconds", [0, 0.0, -1, INFINITE, NAN, None], "more than 0, and finite"),
        (refuse_wrong_each, "each", [0, -1.0, NAN, None], "more than 0 seconds"),
        (refuse_wrong_threads, "threads", [0, 257, 1.0], "1 to 256"),
        (refuse_wrong_seed, "seed", [-1, 2**31, 0.5, None], "0 to 2147483647"),
        (refuse_wrong_workers, "workers", [0, -1, 1.5, None], "1 or more, whole"),
    ],
)
def test_what_makes_none_is_refused(check: Check, name: str, wrong: list[object], allowed: str) -> None:
    """With its name and value; a text, a truth value and a list are no numbers."""
    for value in (*wrong, "ten", True, [1], 1j, np.complex64(1)):
        with pytest.raises(UsageError) as refused:
            check(value)
        assert str(refused.value) == f"{name} is {value!r}; allowed: {allowed}"
