"""Suites and settings that come with the package."""

from pathlib import Path

from routeplan.data.shipped import PACKAGE

BENCHMARKS = "benchmarks"
SETTINGS, SUITES = "settings", "suites"


def shipped(folder: str) -> Path:
    """A folder that comes with the package: inside it when installed from a wheel, else at the top of the checkout."""
    for above in (PACKAGE, PACKAGE.parents[1]):
        found = above / BENCHMARKS / folder
        if found.is_dir():
            return found
    return Path(BENCHMARKS) / folder
