"""Every solver that is known, by name."""

from importlib.metadata import EntryPoint, entry_points

from routeplan.bench.solvers.cbc import Cbc
from routeplan.bench.solvers.contract import Solver
from routeplan.bench.solvers.exact_method import ExactMethod
from routeplan.bench.solvers.glpk import Glpk
from routeplan.bench.solvers.highs import Highs
from routeplan.bench.solvers.packages import installed_version
from routeplan.bench.solvers.scip import Scip
from routeplan.errors import UsageError
from routeplan.instance.rules.words import none_called

GROUP = "routeplan.bench_solvers"
"""Entry points of other packages: each names an object that fulfils the contract."""

OURS: tuple[Solver, ...] = (Highs(), Scip(), Cbc(), Glpk(), ExactMethod())
"""The solvers that routeplan brings the adapters of, and its own method."""


def names() -> tuple[str, ...]:
    """Names of all solvers: routeplan's own, then those of other packages; installed or not."""
    return tuple(dict.fromkeys([*_ours(), *(point.name for point in entry_points(group=GROUP))]))


def solver(name: str) -> Solver:
    """The solver of a name.

    Raises
    ------
    UsageError
        When there is none, or the package that brings it does not fulfil the contract.
    """
    if name in _ours():
        return _ours()[name]
    for point in entry_points(group=GROUP, name=name):
        return _loaded(point)
    raise UsageError(none_called("solver", [name], names(), f"solvers: {', '.join(names())}"))


def missing() -> tuple[Solver, ...]:
    """Solvers of routeplan's own whose packages are not installed."""
    return tuple(each for each in OURS if installed_version(each.package) is None)


def _ours() -> dict[str, Solver]:
    return {each.name: each for each in OURS}


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
