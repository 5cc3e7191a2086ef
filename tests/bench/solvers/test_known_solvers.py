"""Which solvers there are, and those of other packages."""

import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from routeplan.bench.solvers import known, packages
from routeplan.bench.solvers.contract import Budget, Solver
from routeplan.bench.solvers.glpk import Glpk
from routeplan.errors import UsageError


def test_every_solver_is_known_by_its_name() -> None:
    """And fulfils the contract, installed or not."""
    assert known.names()[:4] == ("highs", "scip", "cbc", "glpk")
    assert all(isinstance(known.solver(name), Solver) and known.solver(name).name == name for name in known.names())


def test_an_unknown_solver_is_refused() -> None:
    """The message names those that are known, and the one that was meant."""
    with pytest.raises(UsageError, match=r"no solver is called 'sicp' \(did you mean 'scip'\?\); solvers: highs, scip"):
        known.solver("sicp")


def test_solvers_of_other_packages_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """By an entry point; what does not fulfil the contract, or cannot be loaded, is refused."""
    module = "routeplan.bench.solvers.known:"
    values = {"other": f"{module}OURS", "broken": "no_such_module:solver", "good": f"{module}GIVEN", "cbc": "x:y"}
    given = EntryPoints(EntryPoint(name, value, known.GROUP) for name, value in values.items())
    monkeypatch.setattr(known, "entry_points", given.select)
    monkeypatch.setattr(known, "GIVEN", Glpk(), raising=False)
    assert known.names() == ("highs", "scip", "cbc", "glpk", "routeplan", "routeplan-large", "other", "broken", "good")
    assert isinstance(known.solver("good"), Glpk)
    assert known.solver("cbc").package == "cbcbox"
    with pytest.raises(UsageError, match=r"'other' .* does not fulfil the contract; allowed: an object with name"):
        known.solver("other")
    with pytest.raises(UsageError, match=r"'broken' .* cannot be loaded: No module named 'no_such_module'"):
        known.solver("broken")


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A solver without its package is listed, and when it is asked for it says how to install it."""
    monkeypatch.setattr(known, "installed_version", {"highspy": "1", "routeplan": "1"}.get)
    assert [each.name for each in known.missing()] == ["scip", "cbc", "glpk"]

    def nothing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(packages, "import_module", nothing)
    (tmp_path / "model.mps").write_text("")
    for each in known.missing():
        extra = "glpk" if each.name == "glpk" else "solvers"
        said = rf"{each.package} is not installed; .*pip install 'routeplan\[{extra}\]'"
        with pytest.raises(packages.MissingPackage, match=said):
            each.version()
        with pytest.raises(packages.MissingPackage, match=said):
            each.solve(tmp_path / "model.mps", Budget(1.0), {}, lambda: False)


@pytest.mark.nightly
def test_packages_are_imported_only_when_they_are_used() -> None:
    """Whoever asks for the names does not wait for any solver but HiGHS, which routeplan needs itself."""
    code = (
        "import sys; from routeplan.bench.solvers.known import names, missing; names(); missing();"
        "assert not {'pyscipopt', 'swiglpk', 'cbcbox'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
