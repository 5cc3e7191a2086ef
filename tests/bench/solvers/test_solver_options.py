"""Options of solvers: their own names and values, and what is refused."""

from pathlib import Path

import pytest
from solver_cases import AMPLE, hard, knapsack, least_by_trying

from routeplan.bench.mps import write_mps
from routeplan.bench.solvers.contract import Answer, Budget, Status
from routeplan.bench.solvers.glpk_options import check_glpk_options
from routeplan.bench.solvers.known import solver
from routeplan.bench.solvers.packages import installed_version
from routeplan.errors import UsageError
from routeplan.solver.solution import Option

GOOD: dict[str, dict[str, Option]] = {
    "highs": {"mip_heuristic_effort": 0.2, "presolve": "off", "mip_max_nodes": 10**6},
    "scip": {"separating/maxrounds": 0, "branching/scorefunc": "s", "limits/nodes": 10**6, "presolving/maxrounds": 0},
    "cbc": {"cutsOnOff": "off", "strongBranching": 3, "increment": 0.5, "heuristicsOnOff": "off"},
    "glpk": {"br_tech": "MFV", "bt_tech": "BPH", "gmi_cuts": True, "tol_int": 1e-6, "presolve": True},
}
BAD: list[tuple[str, dict[str, Option], str]] = [
    ("highs", {"presolv": "off"}, r"HiGHS has no option 'presolv' \(did you mean 'presolve'\?\)"),
    ("highs", {"presolve": 1}, "'presolve' is 1; allowed: str"),
    ("highs", {"time_limit": 1.0}, "'time_limit' is what seconds is for"),
    ("scip", {"limits/node": 1}, r"SCIP has no option 'limits/node' \(did you mean 'limits/nodes'\?\)"),
    ("scip", {"limits/nodes": "many"}, "'limits/nodes' is 'many'; allowed: int"),
    ("scip", {"branching/scorefunc": "x"}, "'branching/scorefunc' is 'x', which SCIP does not take"),
    ("scip", {"limits/time": 1.0}, "'limits/time' is what seconds is for"),
    ("cbc", {"cutOnOff": "off"}, r"CBC has no option 'cutOnOff' \(did you mean 'cutsOnOff'\?\)"),
    ("cbc", {"cutsOnOff": "perhaps"}, "'cutsOnOff' is 'perhaps', which CBC does not take"),
    ("cbc", {"strongBranching": "x"}, "'strongBranching' is 'x'; allowed: int"),
    ("cbc", {"increment": -1e30}, "which CBC does not take"),
    ("cbc", {"maxMemory": "1"}, "'maxMemory' is what memory is for"),
    ("glpk", {"br_tek": "MFV"}, r"GLPK has no option 'br_tek' \(did you mean 'br_tech'\?\)"),
    ("glpk", {"br_tech": "MFW"}, "'br_tech' is 'MFW'; allowed: FFV, LFV, MFV, DTH, PCH"),
    ("glpk", {"tol_int": 1.0}, r"'tol_int' is 1\.0; allowed: a number between 0 and 1"),
    ("glpk", {"gmi_cuts": 1}, "'gmi_cuts' is 1; allowed: bool"),
    ("glpk", {"ps_tm_lim": -1}, "'ps_tm_lim' is -1; allowed: a whole number of milliseconds"),
    ("glpk", {"tm_lim": 1}, "'tm_lim' is what seconds is for"),
]


def _skip_unless_installed(name: str) -> None:
    package = solver(name).package
    if installed_version(package) is None:
        pytest.skip(f"{package} is not installed")


@pytest.mark.parametrize("name", GOOD)
def test_a_solver_takes_its_own_options(name: str, tmp_path: Path) -> None:
    """They pass the check as they are, and the least value stays the least."""
    _skip_unless_installed(name)
    assert solver(name).check_options(GOOD[name]) == GOOD[name]
    path = write_mps(knapsack(), tmp_path / "model.mps")
    answer = solver(name).solve(path, AMPLE, GOOD[name], lambda: False)
    assert (answer.status, answer.objective) == (Status.OPTIMAL, pytest.approx(least_by_trying(knapsack())))


@pytest.mark.parametrize(("name", "options", "said"), BAD)
def test_what_a_solver_does_not_take_is_refused(name: str, options: dict[str, Option], said: str) -> None:
    """Most solvers would go on with their old value."""
    _skip_unless_installed(name)
    with pytest.raises(UsageError, match=said):
        solver(name).check_options(options)


@pytest.mark.parametrize(
    ("name", "options"), [("highs", {"mip_max_nodes": 1}), ("scip", {"limits/nodes": 1}), ("cbc", {"maxNodes": 1})]
)
def test_options_reach_the_solver(name: str, options: dict[str, Option], tmp_path: Path) -> None:
    """With one node a hard programme ends long before its time."""
    _skip_unless_installed(name)
    path = write_mps(hard(), tmp_path / "model.mps")
    answer = solver(name).solve(path, Budget(seconds=30.0), options, lambda: False)
    assert answer.status is Status.FEASIBLE
    assert answer.seconds < 10.0


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.some(2)
def test_a_seed_makes_a_run_repeat(name: str, tmp_path: Path) -> None:
    """Seed 0 too, which CBC would take for the time of day: the same nodes and iterations."""
    _skip_unless_installed(name)
    path = write_mps(hard(14), tmp_path / "model.mps")

    def once() -> Answer:
        return solver(name).solve(path, Budget(seconds=30.0, seed=0), {}, lambda: False)

    one, other = once(), once()
    assert one.status is Status.OPTIMAL
    assert (one.objective, one.nodes, one.iterations) == (other.objective, other.nodes, other.iterations)


def test_every_wrong_option_is_told_at_once() -> None:
    """Two mistakes make two texts."""
    with pytest.raises(UsageError) as refused:
        check_glpk_options({"br_tech": "x", "nonsense": 1, "presolve": True})
    assert len(str(refused.value).split("; ")) == 3  # of which "allowed: ..." is one
    assert "no option 'nonsense'" in str(refused.value)
