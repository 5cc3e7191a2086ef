"""Exit codes of the program; no package is imported here, so that a failed import can be reported."""

from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """Exit code of a command."""

    DONE = 0
    """A plan, a valid instance, or a plan that holds."""
    NO = 1
    """No plan, or a plan that fails its check."""
    BAD_INPUT = 2
    """Tables or a request that routeplan refuses."""
    FAULT = 3
    """A fault of routeplan itself, or of its installation."""
    STOPPED = 130
    """Stopped by Ctrl-C with nothing to hand over, as a shell reports it (128 + SIGINT)."""
    CLOSED_PIPE = 141
    """The reader of a pipe has gone, as a shell reports it (128 + SIGPIPE)."""


INTERRUPTED = "Stopped."


def missing_package(error: BaseException) -> str:
    """Name of the package whose import failed, or an empty text for any other error."""
    name = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    return "" if name == "routeplan" else name


def install_advice(package: str) -> str:
    """Message that a package is missing and how to install it: from the source tree, where this is one."""
    tree = Path(__file__).resolve().parents[3]
    what = f'-e "{tree}"' if (tree / "pyproject.toml").is_file() else "routeplan"
    return f"the package {package} is missing; install with: python -m pip install {what}"
