"""Packages of solvers, which need not be installed."""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from routeplan.errors import UsageError

EXTRA = "solvers"
"""The extra of routeplan that installs the solvers whose licences are like its own."""


class MissingPackage(UsageError):
    """A solver is asked for whose package is not installed."""


def installed_version(package: str) -> str | None:
    """Version of an installed distribution; none when it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def imported(package: str, module: str = "", extra: str = EXTRA) -> Any:
    """Import a module of a solver's package, by default the one of the same name, which an extra installs too.

    Raises
    ------
    MissingPackage
        When the package is not installed; it says how to install it.
    """
    try:
        return import_module(module or package)
    except ModuleNotFoundError as error:
        raise MissingPackage(
            f"{package} is not installed; install with: python -m pip install '{package}' or, as an extra, "
            f"python -m pip install 'routeplan[{extra}]'"
        ) from error
