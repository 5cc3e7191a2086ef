"""Work of ``routeplan bench list``."""

from pathlib import Path
from textwrap import shorten

import pandas as pd

from routeplan.bench.families.known import FAMILIES
from routeplan.bench.settings import Setting
from routeplan.bench.shipped import SUITES, known_settings, shipped_folder
from routeplan.bench.solvers.known import names, solver
from routeplan.bench.solvers.packages import MissingPackage
from routeplan.bench.suites import read_suite
from routeplan.cli.bench import Kind
from routeplan.cli.output import OUT
from routeplan.errors import UsageError

GAP = 2
"""Spaces between columns of a table."""

LEAST = 20
"""Letters of an explanation that are shown however narrow the terminal is."""


def print_known(more: Path | None, kind: Kind | None) -> None:
    """Print what there is of a kind; of every kind a line for each, its explanation cut at the end of the line."""
    settings = known_settings(more)  # a mistake in one of them is told whatever is asked for
    if kind is not None:
        OUT.table(TITLES[kind], _table(kind, settings))
        return
    for each in Kind:
        OUT.table(TITLES[each], _in_lines(_table(each, settings)))
    OUT.say(f"In full: routeplan bench list {'|'.join(each.value for each in Kind)}")


TITLES = {
    Kind.SUITES: "Suites",
    Kind.SETTINGS: "Settings, by solver",
    Kind.SOLVERS: "Solvers",
    Kind.FAMILIES: "Families of instances",
}


def _table(kind: Kind, settings: dict[str, Setting]) -> pd.DataFrame:
    match kind:
        case Kind.SUITES:
            return _suites()
        case Kind.SETTINGS:
            return _settings(settings)
        case Kind.SOLVERS:
            return _solvers()
        case Kind.FAMILIES:
            return _families()


def _suites() -> pd.DataFrame:
    suites = [read_suite(file) for file in sorted(shipped_folder(SUITES).glob("*.yaml"))]
    rows = [(each.name, each.runs, f"{each.seconds:g}", each.about) for each in suites]
    return pd.DataFrame(rows, columns=["suite", "runs", "seconds a run", ABOUT])


def _settings(settings: dict[str, Setting]) -> pd.DataFrame:
    """Settings, those of a solver together, in the order of the solvers."""
    order = {name: place for place, name in enumerate(names())}
    found = sorted(settings.values(), key=lambda each: (order.get(each.solver, len(order)), each.solver, each.name))
    rows = [(each.name, each.solver, " ".join(each.why.split())) for each in found]
    return pd.DataFrame(rows, columns=["setting", "solver", ABOUT])


def _solvers() -> pd.DataFrame:
    rows = [(name, *_state(name)) for name in names()]
    return pd.DataFrame(rows, columns=["solver", "version", "results may be published"])


def _families() -> pd.DataFrame:
    rows = [(each.name, " ".join(size.name for size in each.sizes), each.about) for each in FAMILIES]
    return pd.DataFrame(rows, columns=["family", "sizes", ABOUT])


ABOUT = "about"
"""The column of explanations, the last one where there is one."""


def _in_lines(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose explanations fit on the line of their row."""
    if ABOUT not in table:
        return table
    others = table.drop(columns=ABOUT)
    taken = sum(max(map(len, [str(name), *others[name].map(str)])) + GAP for name in others.columns)
    room = max(LEAST, OUT.width - taken)
    return table.assign(about=[shorten(text, room, placeholder=" …") for text in table[ABOUT]])


def _state(name: str) -> tuple[str, str]:
    """Version of a solver, or that it is not installed, and whether results may be published."""
    try:
        found = solver(name)
    except UsageError as error:  # of another package, which is at fault
        return str(error), ""
    try:
        version = found.version()
    except MissingPackage:
        version = f"not installed ({found.package})"
    except Exception as error:  # whatever a package of somebody else's does
        version = f"breaks down: {type(error).__name__}: {error}"
    return version, "yes" if found.publishable else "no"
