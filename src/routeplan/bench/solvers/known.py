"""Every solver that is known, by name."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pkgutil import resolve_name

from routeplan.bench.solvers.contract import Solver
from routeplan.bench.solvers.packages import installed_version
from routeplan.errors import UsageError
from routeplan.instance.rules.words import none_called

GROUP = "routeplan.bench_solvers"
"""Entry points of other packages: each names an object that fulfils the contract."""

OURS = {
    "highs": "routeplan.bench.solvers.highs:Highs",
    "scip": "routeplan.bench.solvers.scip:Scip",
    "cbc": "routeplan.bench.solvers.cbc:Cbc",
    "glpk": "routeplan.bench.solvers.glpk:Glpk",
    "routeplan": "routeplan.bench.solvers.own_methods:ExactMethod",
    "routeplan-large": "routeplan.bench.solvers.own_methods:LargeMethod",
}
"""Where the adapters that routeplan brings stand, and its own methods: a run imports the one that it needs."""


def names() -> tuple[str, ...]:
    """Names of all solvers: routeplan's own, then those of other packages; installed or not."""
    return tuple(dict.fromkeys([*OURS, *(point.name for point in entry_points(group=GROUP))]))


def solver(name: str) -> Solver:
    """The solver of a name.

    Raises
    ------
    UsageError
        When there is none, or the package that brings it does not fulfil the contract.
    """
    if name in OURS:
        return _own(name)
    for point in entry_points(group=GROUP, name=name):
        return _loaded(point)
    raise UsageError(none_called("solver", [name], names(), f"solvers: {', '.join(names())}"))


def missing() -> tuple[Solver, ...]:
    """Solvers of routeplan's own whose packages are not installed."""
    return tuple(each for each in map(_own, OURS) if installed_version(each.package) is None)


@cache
def _own(name: str) -> Solver:
    found: Solver = resolve_name(OURS[name])()
    return found


def _loaded(point: EntryPoint) -> Solver:
    try:
        found = point.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"the solver '{point.name}' ({point.value}) cannot be loaded: {error}") from error
    if not isinstance(found, Solver):
        raise UsageError(
            f"the solver '{point.name}' ({point.value}) does not fulfil the contract; allowed: an object with name, "
            "publishable, package, version, check_options and solve"
        )
    return found
