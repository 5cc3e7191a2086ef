"""The script ``routeplan``. It stands beside the package, because all of it is imported before any module inside.

That takes a second. A Ctrl-C meanwhile ends the program as silently as any other, not with a traceback. A package that
is not installed is told in one line, for not even `doctor` can be imported without it.
"""

import signal
import sys
from pathlib import Path

_before = signal.getsignal(signal.SIGINT)
if _before is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

FAULT = 3
"""Exit code: it is the installation that is at fault, neither the tables nor the plan."""


def _told(package: str) -> str:
    """Say which package is missing, and how to get it: from the source tree, where this is one."""
    tree = Path(__file__).resolve().parents[1]
    what = f'-e "{tree}"' if (tree / "pyproject.toml").is_file() else "routeplan"
    return f"the package {package} is missing; install with: python -m pip install {what}"


try:
    from routeplan.cli.main import main
except ModuleNotFoundError as error:
    missing = (error.name or "").partition(".")[0]
    if missing in ("", "routeplan"):
        raise
    print(_told(missing), file=sys.stderr)
    sys.exit(FAULT)

signal.signal(signal.SIGINT, _before)

__all__ = ["main"]
