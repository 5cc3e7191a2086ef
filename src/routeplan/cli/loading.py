"""Imports take a second: what a Ctrl-C or a missing package does meanwhile."""

import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAULT = 3
"""Exit code: it is the installation that is at fault, neither the tables nor the plan."""


@contextmanager
def loading() -> Iterator[None]:
    """Import inside this: a Ctrl-C ends the program silently, and a missing package is told in one line.

    Raises
    ------
    SystemExit
        When a package is not installed; not even `doctor` could say so.
    """
    # Imports make thousands of objects and no garbage: looking for some takes a fifth of a short command's time.
    collecting = gc.isenabled()
    gc.disable()
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in ("", "routeplan"):
            raise
        print(_told(missing), file=sys.stderr)
        sys.exit(FAULT)
    finally:
        signal.signal(signal.SIGINT, before)
        gc.freeze()
        if collecting:
            gc.enable()


def _told(package: str) -> str:
    """Say which package is missing, and how to get it: from the source tree, where this is one."""
    tree = Path(__file__).resolve().parents[3]
    what = f'-e "{tree}"' if (tree / "pyproject.toml").is_file() else "routeplan"
    return f"the package {package} is missing; install with: python -m pip install {what}"
