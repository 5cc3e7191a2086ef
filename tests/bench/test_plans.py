"""The plan checker on points of solvers: it refuses decisions that break rules, and never rounding."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from routeplan.bench import plans
from routeplan.bench.check import checked
from routeplan.bench.families.sites import made_of, point_made_of
from routeplan.bench.instances import INSTANCES, Stored, stored
from routeplan.bench.judged_runs import judge
from routeplan.bench.mps import read_mps
from routeplan.bench.own_files import KINDS, FromFile
from routeplan.bench.plans import PlanModel, PlanReader, plan_model
from routeplan.bench.run_suite import Entrant, jobs_of, point_of
from routeplan.bench.settings import Setting
from routeplan.bench.solvers.contract import Budget
from routeplan.bench.solvers.highs import Highs
from routeplan.bench.suites import Drawn, Suite
from routeplan.bench.ways import Way
from routeplan.errors import DataError
from routeplan.instance.horizon import FloatArray
from routeplan.model.program import Program
from routeplan.runs.outcome import Ended, Outcome, Usage
from routeplan.runs.records import Record, as_line
from routeplan.solver.session import Session
from routeplan.solver.solution import Limits

TINY = FromFile(next(kind for kind in KINDS if kind.key == "instance"), "tiny")
SUITE = Suite("plans", "A plan.", 60.0, 2000.0, [TINY], ["plain"])
ENTRANT = Entrant(Setting("plain", "highs"), "1.16.0", True)
PLAIN = Way("plain")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    return stored(TINY, tmp_path_factory.mktemp("runs") / INSTANCES, [PLAIN])


@pytest.fixture(scope="module")
def model(made: Stored) -> PlanModel:
    found = plan_model(made.manifest)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def best(made: Stored) -> FloatArray:
    """An optimal point of the file."""
    x = Highs().solve(made.mps, Budget(60.0, gap=1e-6), {}, lambda: False).x
    assert x is not None
    return x


def solved(program: Program) -> FloatArray:
    """An optimal point of a program."""
    with Session(program.asked, Limits(threads=1)) as session:
        x = session.solve().x
    assert x is not None
    return x


@pytest.mark.nightly
def test_the_optimum_is_a_plan(model: PlanModel, best: FloatArray) -> None:
    """Though the solver's point is no tidy plan, as it is."""
    assert model.why_refused(model.decisions(best)) == ""


def test_decisions_are_whole_numbers_of_the_programs_own_columns(model: PlanModel, best: FloatArray) -> None:
    """The constant of the objective is a column of the file alone."""
    found = model.decisions(best + np.where(np.arange(len(best)) % 2 == 0, 4e-5, -4e-5))
    integer = model.program.matrices.integer
    assert np.array_equal(found[integer], np.round(best[: len(integer)][integer]))
    assert len(point_made_of(model.program, found)) == len(best)


def test_rounding_is_never_refused(made: Stored, model: PlanModel, best: FloatArray) -> None:
    """A point that breaks rows, within the tolerances of benchmarks and beyond those of the plan checker (1e-6)."""
    random = np.random.default_rng(0)
    shifted = best + 2e-8 * random.uniform(-1.0, 1.0, len(best))
    found = checked(read_mps(made.mps), shifted)
    assert found.feasible and not found.strictly_feasible
    assert model.why_refused(model.decisions(shifted)) == ""


def test_decisions_that_no_plan_has_are_not_called_a_wrong_plan(model: PlanModel, best: FloatArray) -> None:
    """Without their options every process breaks a row of the program: that is for the check of rows to say."""
    decisions = model.decisions(best)
    decisions[model.program.columns["runs"].present] = 0.0
    assert not checked(model.program.matrices, decisions).feasible
    assert model.why_refused(decisions) == ""


def test_decisions_that_break_the_tables_are_refused(model: PlanModel) -> None:
    """By a model that has forgotten a rule: its best point obeys every row that it has; the checker's sentence is told.

    Without the balance of its node, a site burns hydrogen that nobody brings there.
    """
    forgetful = PlanModel(model.instance, model.program.without("node_balance"))
    x = solved(forgetful.program)
    assert checked(forgetful.program.asked, x).strictly_feasible
    said = forgetful.why_refused(forgetful.decisions(x))
    assert said.startswith("node_balance (node ")
    assert "that arrives is 0 GWh/yr; used: " in said and said.endswith(" more)")


def recorded(folder: Path, made: Stored, points: dict[str, FloatArray], objective: float) -> None:
    """Runs with these settings and points, each called optimal at this objective."""
    lines = []
    for name, x in points.items():
        given = made.given(PLAIN) if name == "in-plain" else made
        setting = Setting(name, "highs", formulation="plain" if name == "in-plain" else "")
        assert given is not None
        instance = replace(made, ways={PLAIN: given})
        job = jobs_of(SUITE, [instance], [replace(ENTRANT, setting=setting)], folder)[0]
        told = {"status": "feasible", "objective": objective, "bound": None, "nodes": 1, "iterations": 1}
        outcome = Outcome(Ended.RETURNED, Usage(1.0, 1.0, 1.0), {**told, "seconds": 1.0, "events": [], "raw": ""})
        lines.append(as_line(Record(job.key, job.about, outcome)))
        point_of(folder, job.key).parent.mkdir(exist_ok=True)
        np.savez_compressed(point_of(folder, job.key), x=x)
    (folder / "runs.jsonl").write_bytes(b"".join(lines))


def test_runs_are_read_by_the_plan_checker(
    made: Stored, model: PlanModel, best: FloatArray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model is made once for all runs of an instance, in whatever formulation; the same decisions are read once."""
    folder = made.mps.parents[1]
    objective = float(read_mps(made.mps).value(best))
    made_anew, read = [], []
    true = PlanModel.why_refused
    monkeypatch.setattr(plans, "plan_model", lambda manifest: made_anew.append(manifest.id) or model)
    monkeypatch.setattr(PlanModel, "why_refused", lambda self, x: read.append(len(x)) or true(self, x))
    recorded(folder, made, {"one": best, "two": best, "in-plain": best}, objective)
    assert [str(run.judged.verdict) for run in judge(folder)] == ["ok"] * 3
    assert (len(made_anew), len(read)) == (1, 1)


def test_a_refused_plan_is_a_verdict_of_its_own(
    made: Stored, best: FloatArray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the sentence of the plan checker; as if that read the plans of the other model."""
    folder = made.mps.parents[1]
    recorded(folder, made, {"one": best}, float(read_mps(made.mps).value(best)))
    monkeypatch.setattr(PlanModel, "why_refused", lambda self, x: "pot_budget (pot P): it is spent twice")
    (run,) = judge(folder)
    assert (str(run.judged.verdict), run.solved) == ("wrong_plan", False)
    assert run.judged.sentence.startswith("the plan checker refuses the plan of highs one seed 0 on ")
    assert run.judged.sentence.endswith(": pot_budget (pot P): it is spent twice")


def test_what_cannot_be_read_is_told_and_not_held_against_anybody(
    made: Stored, best: FloatArray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for each instance, as when another version of routeplan has made it."""
    folder = made.mps.parents[1]
    recorded(folder, made, {"one": best, "two": best}, float(read_mps(made.mps).value(best)))
    monkeypatch.setattr(plans, "made_of", lambda program: made_of(program.without("node_balance")))
    told: list[tuple[str, str]] = []
    found = judge(folder, lambda name, why: told.append((name, why)))
    assert [str(run.judged.verdict) for run in found] == ["ok", "ok"]
    assert [name for name, _ in told] == [made.name]
    assert "is of another model than this version of routeplan makes" in told[0][1]


def test_a_network_is_no_plan(tmp_path: Path) -> None:
    """There is nothing to read, and nothing to tell."""
    tree = stored(Drawn("net-tree", "XS"), tmp_path)
    assert plan_model(tree.manifest) is None
    told: list[str] = []
    assert PlanReader(tree.manifest, lambda name, why: told.append(name)).why_refused(np.zeros(15)) == ""
    assert told == []


@pytest.mark.nightly
def test_a_plan_in_another_formulation_is_of_the_same_columns(made: Stored, model: PlanModel) -> None:
    """And of another fingerprint, by which it is known again."""
    given = made.given(PLAIN)
    assert given is not None
    found = plan_model(given.manifest)
    assert found is not None and not found.program.strengthened
    assert found.program.matrices.rows.shape == model.program.matrices.rows.shape
    with pytest.raises(DataError, match="is of another model"):
        plan_model(replace(given.manifest, sha256=made.manifest.sha256))
