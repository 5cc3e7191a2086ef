"""Suites, settings and spaces that come with the package."""

from pathlib import Path

from routeplan.bench.settings import Setting, read_settings
from routeplan.bench.suites import Suite, find_suite
from routeplan.data.shipped import shipped

BENCHMARKS = "benchmarks"
SETTINGS, SUITES = "settings", "suites"


def shipped_folder(name: str) -> Path:
    """A folder of benchmarks that comes with the package."""
    return shipped(BENCHMARKS, name) or Path(BENCHMARKS) / name


def known_settings(more: Path | None) -> dict[str, Setting]:
    """Settings that come with the package, and those of a folder of the user's; raises as `read_settings`."""
    return read_settings(shipped_folder(SETTINGS), *([] if more is None else [more]))


def suite_called(name: str) -> Suite:
    """A suite that comes with the package, or that of a file of the user's; raises as `find_suite`."""
    return find_suite(name, shipped_folder(SUITES))
