"""New solver objects, without the banner that the first of a process prints to standard output."""

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

import highspy

_SILENCED = threading.Lock()
_banner_shown = False


def new_solver() -> Any:
    """A new solver object; the banner of the first is suppressed."""
    global _banner_shown
    with _SILENCED:
        if _banner_shown:
            return highspy.Highs()
        with _quiet_stdout():
            highs = highspy.Highs()
        _banner_shown = True
        return highs


@contextlib.contextmanager
def _quiet_stdout() -> Iterator[None]:
    """Discard the standard output of C code, for a moment."""
    if sys.stdout is not None:
        sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # there is no standard output: nothing to keep clean
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
