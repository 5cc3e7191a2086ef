"""Records read back and judged: what counts as solved, what cannot be compared, and what is no run at all."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routeplan.bench.comparable import refuse_mixing
from routeplan.bench.instances import INSTANCES, Stored, stored
from routeplan.bench.judged_runs import as_frame, judge
from routeplan.bench.run_suite import Entrant, entrants, jobs_of, left_out, point_of
from routeplan.bench.settings import Setting
from routeplan.bench.solvers.contract import Budget
from routeplan.bench.solvers.highs import Highs
from routeplan.bench.suites import Drawn, Suite
from routeplan.errors import DataError
from routeplan.runs.job import Job
from routeplan.runs.outcome import Ended, Outcome, Usage
from routeplan.runs.records import Record, as_line, read_records

SUITE = Suite("mine", "A tree.", 5.0, 1000.0, [Drawn("net-tree", "XS")], ["plain"])
PLAIN = Entrant(Setting("plain", "highs"), "1.16.0", True)

OPTIMUM = 243.0
"""Of net-tree-XS-0, by construction."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    return stored(SUITE.instances[0], tmp_path_factory.mktemp("made"))


@pytest.fixture
def folder(tmp_path: Path, made: Stored) -> Path:
    """A folder with the instance, and no records."""
    stored(SUITE.instances[0], tmp_path / INSTANCES)
    return tmp_path


def a_job(folder: Path, made: Stored, suite: Suite = SUITE, entrant: Entrant = PLAIN) -> Job:
    return jobs_of(suite, [made], [entrant], folder)[0]


def test_building_a_model_does_not_use_up_the_time_of_a_run(folder: Path, made: Stored) -> None:
    """A limit of 5 s, 10 s for reading and writing, and 300 s more where the solver prepares the model first."""
    assert a_job(folder, made).resources.seconds == 5.0 + 10.0
    assert a_job(folder, made, entrant=replace(PLAIN, prepares=True)).resources.seconds == 5.0 + 10.0 + 300.0
    settings = {name: Setting(name, name) for name in ("highs", "routeplan")}
    assert [each.prepares for each in entrants(list(settings), settings)[0]] == [False, True]


def answer(**told: Any) -> dict[str, Any]:
    """What a run returns: an optimum in a second, but for what is told otherwise."""
    found = {"status": "optimal", "objective": OPTIMUM, "bound": OPTIMUM, "nodes": 1, "iterations": 1}
    return {**found, "seconds": 1.0, "events": [], "raw": "", **told}


def recorded(folder: Path, job: Job, returned: dict[str, Any], machine: str = "here", **told: Any) -> None:
    """Append a record, with a point that is optimal."""
    outcome = Outcome(**{"ended": Ended.RETURNED, "usage": Usage(2.0, 1.0, 100.0), "returned": returned, **told})
    record = Record(job.key, job.about, replace(outcome, machine={"name": machine}))
    with (folder / "runs.jsonl").open("ab") as file:
        file.write(as_line(record))


def with_point(folder: Path, job: Job, x: Any) -> None:
    file = point_of(folder, job.key)
    file.parent.mkdir(exist_ok=True)
    np.savez_compressed(file, x=x)


@pytest.fixture(scope="module")
def best(made: Stored) -> Any:
    """An optimal point of the instance."""
    return Highs().solve(made.mps, Budget(10.0), {}, lambda: False).x


def refused(folder: Path) -> list[str]:
    with pytest.raises(DataError) as error:
        judge(folder)
    return list(map(str, error.value.problems))


@pytest.mark.parametrize(
    ("seconds", "solved", "counted"),
    [(1.0, True, 1.0), (5.0, True, 5.0), (5.1, False, 5.0)],
)
def test_a_proof_counts_when_it_comes_in_time(
    seconds: float, solved: bool, counted: float, folder: Path, made: Stored, best: Any
) -> None:
    """The limit is 5 s: a run may take longer before it is ended, and is not solved then, nor wrong."""
    job = a_job(folder, made)
    recorded(folder, job, answer(seconds=seconds))
    with_point(folder, job, best)
    row = as_frame(judge(folder)).iloc[0]
    assert (row["verdict"], row["solved"], row["seconds"], row["objective"]) == ("ok", solved, counted, OPTIMUM)


@pytest.mark.parametrize("ended", [Ended.TIME, Ended.MEMORY, Ended.CRASHED, Ended.RAISED])
def test_what_was_ended_from_outside_is_unsolved_and_not_wrong(
    ended: Ended, folder: Path, made: Stored, best: Any
) -> None:
    """Whatever it had handed over by then."""
    job = a_job(folder, made)
    recorded(folder, job, answer() if ended is Ended.TIME else {}, ended=ended)
    with_point(folder, job, best)
    row = as_frame(judge(folder)).iloc[0]
    assert (row["verdict"], row["ended"], row["solved"], row["seconds"]) == ("ok", ended, False, 5.0)


@pytest.mark.parametrize("point", [None, b"", b"no file of numpy", b"PK\x03\x04 half of one"])
def test_a_point_that_is_gone_or_broken_is_none(point: bytes | None, folder: Path, made: Stored, best: Any) -> None:
    """The claim cannot be held against it, and is wrong."""
    job = a_job(folder, made)
    recorded(folder, job, answer())
    with_point(folder, job, best)
    file = point_of(folder, job.key)
    file.unlink() if point is None else file.write_bytes(point)
    run = judge(folder)[0]
    assert not run.right
    assert run.judged.sentence == "highs plain seed 0 on here is called optimal and gives no point"


def test_a_point_that_is_damaged_within_is_none(folder: Path, made: Stored, best: Any) -> None:
    """The compressed numbers, and an array that is no archive."""
    job = a_job(folder, made)
    recorded(folder, job, answer())
    with_point(folder, job, best)
    file = point_of(folder, job.key)
    held = file.read_bytes()
    middle = held.find(b"x.npy") + 40
    file.write_bytes(held[:middle] + b"\xff" * 20 + held[middle + 20 :])
    assert not judge(folder)[0].right
    with file.open("wb") as opened:
        np.save(opened, best)
    assert not judge(folder)[0].right


def test_a_point_of_texts_or_objects_is_none(folder: Path, made: Stored) -> None:
    """Nothing in it is run as code."""
    job = a_job(folder, made)
    recorded(folder, job, answer())
    for held in (np.array(["x"] * 15), np.array([{}] * 15, dtype=object)):
        with_point(folder, job, held)
        assert not judge(folder)[0].right


def test_what_ran_again_counts_as_it_ended_last(folder: Path, made: Stored, best: Any) -> None:
    """One run, not two."""
    job = a_job(folder, made)
    recorded(folder, job, {}, ended=Ended.CRASHED)
    recorded(folder, job, answer())
    with_point(folder, job, best)
    assert [run.ended for run in judge(folder)] == ["optimal"]


def test_runs_of_two_budgets_are_not_compared(folder: Path, made: Stored) -> None:
    """As of two suites in one folder: both places are told, and what to do."""
    other = Entrant(Setting("other", "highs"), "1.16.0", True)
    recorded(folder, a_job(folder, made), {}, ended=Ended.CRASHED)
    recorded(folder, a_job(folder, made, replace(SUITE, seconds=60.0), other), {}, ended=Ended.CRASHED)
    assert refused(folder) == [
        "runs.jsonl:2: net-tree-XS-0 has another budget than in runs.jsonl:1 (seconds 60.0 for 5.0); "
        "allowed: one, or a folder for each suite"
    ]


def test_a_setting_that_was_changed_between_runs_is_refused(folder: Path, made: Stored) -> None:
    """A curve of a plot must not be of two settings, nor of two versions of a solver."""
    changed = Entrant(Setting("plain", "highs", {"presolve": "off"}), "1.17.0", True)
    recorded(folder, a_job(folder, made), {}, ended=Ended.CRASHED)
    recorded(folder, a_job(folder, made, entrant=changed), {}, ended=Ended.CRASHED)
    assert refused(folder) == [
        "runs.jsonl:2: plain on net-tree-XS-0 was run otherwise than in runs.jsonl:1 "
        "(version 1.17.0 for 1.16.0, options {'presolve': 'off'} for {}); allowed: once, or a folder for each"
    ]


def test_it_is_refused_before_hours_are_spent(folder: Path, made: Stored) -> None:
    """Runs of another budget or setting than those that the folder has; the same runs are not."""
    job = a_job(folder, made)
    recorded(folder, job, {}, ended=Ended.CRASHED)
    records = read_records(folder).records
    refuse_mixing(records, [job])
    changed = Entrant(Setting("plain", "highs", {"presolve": "off"}), "1.16.0", True)
    for asked, told in (
        (
            a_job(folder, made, entrant=changed),
            "plain on net-tree-XS-0 was run otherwise than is asked now (options",
        ),
        (
            a_job(folder, made, replace(SUITE, gap=0.5)),
            "net-tree-XS-0 has another budget than is asked now (gap 0",
        ),
    ):
        with pytest.raises(DataError) as error:
            refuse_mixing(records, [asked])
        assert str(error.value.problems[0]).startswith(f"runs.jsonl:1: {told}")


def without(job: Job, name: str) -> Job:
    return replace(job, about={key: value for key, value in job.about.items() if key != name})


def test_records_of_anything_else_are_refused(folder: Path, made: Stored) -> None:
    """Each by its line: of other jobs, of an instance without a seed, with a status that there is not."""
    job = a_job(folder, made)
    recorded(folder, job, answer())
    recorded(folder, without(job, "family"), answer())
    recorded(folder, replace(job, about={**job.about, "instance": "mine"}), answer())
    recorded(folder, replace(job, about={**job.about, "seed": 1}), answer(status="solved"))
    told = "is no run of a benchmark; allowed: what bench run has written"
    assert refused(folder) == [f"runs.jsonl:{line}: {told}" for line in (2, 3, 4)]


def test_an_instance_that_is_gone_or_another_one_is_refused(folder: Path, made: Stored) -> None:
    """The runs cannot be judged without it."""
    job = a_job(folder, made)
    recorded(folder, replace(job, about={**job.about, "sha256": "0" * 64}), answer())
    assert refused(folder)[0].startswith("runs.jsonl: net-tree-XS-0 was another instance in some runs (SHA-256 000")
    for file in (folder / INSTANCES).glob("*.json"):
        file.unlink()
    assert refused(folder) == [f"{folder / INSTANCES}: lacks net-tree-XS-0, which runs.jsonl:1 is about"]


def test_a_folder_without_records_is_refused(tmp_path: Path) -> None:
    """There or not."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert refused(folder) == [f"{folder}: has no records of runs; allowed: a folder that bench run has written"]


PATH_FORM = Entrant(Setting("by-path", "highs", formulation="path"), "1.16.0", True)
WARM = Entrant(Setting("warm", "highs", warm_start=True), "1.16.0", True)


def in_all_ways(folder: Path, made: Stored) -> Stored:
    """The instance in each way of these settings, in a folder of runs."""
    return stored(SUITE.instances[0], folder / INSTANCES, [PATH_FORM.setting.way, WARM.setting.way])


def test_what_a_run_is_about_is_told_by_the_same_names_as_ever(folder: Path, made: Stored) -> None:
    """So keys of earlier records stay; what is new is told only where it is asked for."""
    usual = [
        "instance", "family", "size", "sha256", "setting", "solver", "version", "publishable", "options", "seed",
        "seconds", "memory", "gap", "threads",
    ]  # fmt: skip
    instance = in_all_ways(folder, made)
    jobs = jobs_of(SUITE, [instance], [PLAIN, PATH_FORM, WARM], folder)
    assert [list(job.about)[14:] for job in jobs] == [[], ["formulation"], ["warm_start"]]
    assert [list(job.about)[:14] for job in jobs] == [usual] * 3
    assert [job.about["instance"] for job in jobs] == [made.name] * 3
    assert jobs[0].about["sha256"] == jobs[2].about["sha256"] == made.manifest.sha256 != jobs[1].about["sha256"]
    assert ["start" in job.arguments for job in jobs] == [False, False, True]
    step = stored(Drawn("series-costs", "XS", 0, 2), folder / INSTANCES)
    assert list(jobs_of(SUITE, [step], [PLAIN], folder)[0].about)[14:] == ["step"]


def test_a_setting_is_left_out_of_what_cannot_be_given_in_its_way(folder: Path, made: Stored) -> None:
    """Told once for all instances, by the families that they are of."""
    ways = [PATH_FORM.setting.way, WARM.setting.way]
    covers = [stored(Drawn("steiner", size), folder / INSTANCES, ways) for size in ("XS", "S")]
    instances = [in_all_ways(folder, made), *covers]
    jobs = jobs_of(SUITE, instances, [PATH_FORM, PLAIN, WARM], folder)
    names = [(job.about["instance"], job.about["setting"]) for job in jobs]
    assert names == [(made.name, "by-path"), (made.name, "plain"), (made.name, "warm")] + [
        (each.name, "plain") for each in covers
    ]
    assert [(each.setting, each.why) for each in left_out(instances, [PATH_FORM, PLAIN, WARM])] == [
        ("by-path", "it is left out of 2 instances not known in the formulation path (steiner)"),
        ("warm", "it is left out of 2 instances known without a start (steiner)"),
    ]


def test_a_run_is_judged_in_its_formulation_and_against_all_others(folder: Path, made: Stored, best: Any) -> None:
    """The optimum in one formulation refutes a bound in the other; the point of one is none of the other."""
    instance = in_all_ways(folder, made)
    path, plain = (jobs_of(SUITE, [instance], [each], folder)[0] for each in (PATH_FORM, PLAIN))
    given = instance.given(PATH_FORM.setting.way)
    assert given is not None
    recorded(folder, plain, answer())
    with_point(folder, plain, best)
    recorded(folder, path, answer())
    with_point(folder, path, Highs().solve(given.mps, Budget(10.0), {}, lambda: False).x)
    assert [run.right for run in judge(folder)] == [True, True]
    recorded(folder, path, answer(status="infeasible", objective=None, bound=None))
    wrong = {run.about["setting"]: str(run.judged.verdict) for run in judge(folder)}
    assert wrong == {"plain": "ok", "by-path": "wrong_infeasible"}


def test_a_formulation_that_is_gone_or_of_another_instance_is_refused(folder: Path, made: Stored) -> None:
    """The runs in it cannot be judged without it."""
    instance = in_all_ways(folder, made)
    recorded(folder, jobs_of(SUITE, [instance], [PATH_FORM], folder)[0], answer())
    file = next((folder / INSTANCES).glob("net-tree-XS-0-path-*.json"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f'"base": "{made.manifest.sha256}"', f'"base": "{"0" * 64}"'), encoding="utf-8")
    assert refused(folder)[0].startswith("runs.jsonl: net-tree-XS-0 was another instance in some runs (SHA-256 000")
    file.unlink()
    assert refused(folder) == [
        f"{folder / INSTANCES}: lacks net-tree-XS-0 in the formulation path, which runs.jsonl:1 is about"
    ]


def test_a_setting_given_another_start_or_formulation_is_another_one(folder: Path, made: Stored) -> None:
    """A curve of a plot must not be of both."""
    instance = in_all_ways(folder, made)
    changed = replace(WARM, setting=replace(WARM.setting, name="plain"))
    recorded(folder, a_job(folder, made), {}, ended=Ended.CRASHED)
    recorded(folder, jobs_of(SUITE, [instance], [changed], folder)[0], {}, ended=Ended.CRASHED)
    assert "was run otherwise than in runs.jsonl:1 (warm_start True for None)" in refused(folder)[0]
