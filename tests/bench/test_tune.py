"""Tuning: spaces of options, races that are stopped, studies that go on, and what is said at the end."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import EntryPoint, EntryPoints
from math import log
from pathlib import Path

import pytest
import yaml
from run_tables import times

from routeplan.bench import proposals, race
from routeplan.bench import tune as tuning
from routeplan.bench.families import known as known_families
from routeplan.bench.families.external import ExternalFamily
from routeplan.bench.pairs import compared
from routeplan.bench.race import clearly_behind, slower_so_far
from routeplan.bench.settings import Setting, read_settings
from routeplan.bench.shipped import SETTINGS, shipped_folder
from routeplan.bench.solvers import known
from routeplan.bench.solvers.contract import Answer, Budget, Status
from routeplan.bench.solvers.highs import Highs
from routeplan.bench.space import SPACES, Choices, Range, Space, find_space, read_space
from routeplan.bench.suites import Drawn, Suite
from routeplan.bench.trajectory import Event
from routeplan.bench.tune import Study, Trial, tune
from routeplan.bench.tuned import NOTHING, Candidate, validate, write_winner
from routeplan.cli.bench_tune_work import print_tuned
from routeplan.errors import DataError, UsageError
from routeplan.runs import run
from routeplan.runs.job import Job
from routeplan.runs.outcome import Ended, Outcome, Usage
from routeplan.runs.records import Read, read_records

pytest.importorskip("optuna", reason="tuning needs the extra tune")

LIMIT = 100.0
SUITE = Suite("trees", "Trees.", LIMIT, 1000.0, [Drawn("net-tree", "XS")], ["plain"])
SETTING = {"plain": Setting("plain", "pretended", {"effort": 1.0, "kept": 7})}
SPACE = Space("pretended", "plain", (Range("effort", 0.0, 1.0), Choices("cheat", (False, True))))
HONEST = Space("pretended", "plain", (Range("effort", 0.0, 1.0), Choices("idle", (1, 2))))
Time = Callable[[Mapping[str, object]], float]


class Pretended:
    """A solver that answers as HiGHS does, and makes up how long it took; it cheats when asked to."""

    name, publishable, package = "pretended", True, "pretended"

    def __init__(self, time: Time) -> None:
        self.time, self.runs, self.answers = time, 0, {}

    def version(self) -> str:
        return "1.0"

    def check_options(self, options: Mapping[str, object]) -> dict[str, object]:
        if wrong := [name for name, value in options.items() if value == "refused"]:
            raise UsageError(f"{wrong[0]} is 'refused'; allowed: anything else")
        return dict(options)

    def solve(self, mps: Path, budget: Budget, options: Mapping[str, object], stop: object) -> Answer:
        self.runs += 1
        if mps not in self.answers:
            self.answers[mps] = Highs().solve(mps, Budget(10.0), {}, lambda: False)
        true, seconds = self.answers[mps], 1.0 if options.get("cheat") else self.time(options)
        solved = seconds < budget.seconds
        bound = true.bound * (1.5 if options.get("cheat") else 1.0) if solved else None
        objective = None if true.objective is None else true.objective * (1.5 if options.get("cheat") else 1.0)
        status = Status.OPTIMAL if solved else Status.FEASIBLE
        events = (Event(seconds, objective, bound),)
        return Answer(status, true.x, objective, bound, 1, 1, seconds, events, "made up")


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> Callable[[Time], Pretended]:
    """A made-up solver, found by its entry point, whose runs are made in this process."""

    def in_this_process(job: Job, stop: Callable[[], bool] | None = None) -> Outcome:
        usage = Usage(1.0, 1.0, 1.0)
        if stop is not None and stop():
            return Outcome(Ended.STOPPED, usage)
        return Outcome(Ended.RETURNED, usage, job.call(**job.arguments), machine={"name": "here"})

    def installed(time: Time) -> Pretended:
        made = Pretended(time)
        monkeypatch.setattr(known, "PRETENDED", made, raising=False)
        return made

    point = EntryPoint("pretended", "routeplan.bench.solvers.known:PRETENDED", known.GROUP)
    monkeypatch.setattr(known, "entry_points", EntryPoints([point]).select)
    monkeypatch.setattr(run, "run_job", in_this_process)
    return installed


def tuned(folder: Path, space: Space = HONEST, **more: object) -> Study:
    return tune(space, SETTING, SUITE, folder, **more)


@pytest.mark.nightly
def test_an_option_that_helps_is_found_and_written(tmp_path: Path, pretended: Callable[[Time], Pretended]) -> None:
    """The time is 2 s and 40 s more for all of the effort, of which the default makes all: at best 42 / 2 or so.

    With a shift of 1 s, a factor of 43 / (3 + 40 x): above 2 below x = 0.46, which one of a few trials finds.
    """
    pretended(lambda options: 2.0 + 40.0 * float(options["effort"]))
    study = tuned(tmp_path, trials=6)
    assert study.mean == pytest.approx(42.0)
    best = study.better[0]
    assert best.mean == pytest.approx(2.0 + 40.0 * float(best.setting.options["effort"]))
    validated = validate(study, tmp_path / "valid")
    factor = validated.candidates[0].comparison.factor_penalised
    assert factor.value == pytest.approx(43.0 / (best.mean + 1.0)) and factor.value > 2.0
    assert validated.winner == best.setting
    file = write_winner(validated, "trees", tmp_path / "settings")
    assert file is not None and str(factor.instances) in validated.told
    read = read_settings(file.parent)[file.stem]
    assert (read.solver, read.options) == ("pretended", best.setting.options)
    assert read.options["kept"] == 7


@pytest.mark.nightly
def test_nothing_beats_the_default_when_options_do_nothing(
    tmp_path: Path, pretended: Callable[[Time], Pretended]
) -> None:
    """And a setting of an earlier call is taken away."""
    pretended(lambda options: 5.0)
    study = tuned(tmp_path, trials=3)
    assert study.better == () and len(study.trials) == 3
    validated = validate(study, tmp_path / "valid")
    assert validated.winner is None and validated.told.startswith(NOTHING)
    (tmp_path / "tuned-pretended-trees.yaml").write_text("why: x")
    assert write_winner(validated, "trees", tmp_path) is None
    assert not list(tmp_path.glob("*.yaml"))


@pytest.mark.nightly
def test_a_gain_of_less_than_a_twentieth_is_none(tmp_path: Path, pretended: Callable[[Time], Pretended]) -> None:
    """9 to 9.2 s: at most 10.2 / 10 with the shift, whose interval is above 1 all the same."""
    pretended(lambda options: 9.0 + 0.2 * float(options["effort"]))
    validated = validate(tuned(tmp_path, trials=2), tmp_path / "valid")
    factor = validated.candidates[0].comparison.factor_penalised
    assert factor.interval is not None and factor.interval[0] > 1.0 and factor.equal
    assert validated.winner is None and validated.told.startswith(f"{NOTHING}: 1.0")


@pytest.mark.nightly
def test_a_wrong_answer_disqualifies(tmp_path: Path, pretended: Callable[[Time], Pretended]) -> None:
    """Whoever cheats takes 1 s and is 20 times faster, but its point is not worth what it says."""
    pretended(lambda options: 41.0 - 10.0 * (1.0 - float(options["effort"])))
    study = tuned(tmp_path, SPACE, trials=6)
    cheats = [trial for trial in study.trials if trial.setting.options["cheat"]]
    assert cheats and all(trial.mean is None and "objective" in trial.why for trial in cheats)
    assert study.better and not any(trial.setting.options["cheat"] for trial in study.better)


@pytest.mark.nightly
def test_what_is_clearly_behind_is_stopped(tmp_path: Path, pretended: Callable[[Time], Pretended]) -> None:
    """Of 5 runs of 1 s each, none can be more than twice as fast with the shift of 1 s, so one of 99 s is enough."""
    made = pretended(lambda options: 99.0 if "idle" in options else 1.0)
    assert log((99 + 1) / (1 + 1)) - 4 * log(2) > 5 * log(1.05)
    study = tuned(tmp_path, trials=2)
    assert [trial.why for trial in study.trials] == ["clearly behind after 1 run"] * 2
    assert made.runs == 5 + 2


@pytest.mark.nightly
def test_records_are_read_once_for_all_trials(
    tmp_path: Path, pretended: Callable[[Time], Pretended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many runs there are; the next call knows them all, and makes and reads no more than that."""
    made, read = pretended(lambda options: 5.0), []

    def counted(folder: Path) -> Read:
        read.append(folder)
        return read_records(folder)

    monkeypatch.setattr(race, "read_records", counted)
    monkeypatch.setattr(run, "read_records", counted)
    study = tuned(tmp_path, trials=2)
    assert (made.runs, read) == (5 + 2 * 5, [tmp_path])
    assert tuned(tmp_path, trials=2) == study
    assert (made.runs, read) == (15, [tmp_path] * 2)
    assert len(read_records(tmp_path).records) == 15


@pytest.mark.nightly
def test_a_study_goes_on_and_makes_no_run_twice(
    tmp_path: Path, pretended: Callable[[Time], Pretended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended after 3 runs of the second trial, it is tried again with the same options, and has those runs."""
    made = pretended(lambda options: 5.0)

    def killed(*_: object) -> bool:
        if made.runs == 5 + 5 + 3:
            raise KeyboardInterrupt
        return False

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(tuning, "clearly_behind", killed)
        tuned(tmp_path, trials=3)
    assert made.runs == 13
    study = tuned(tmp_path, trials=3)
    assert made.runs == 5 + 3 * 5
    assert len({trial.setting.name for trial in study.trials}) == 3
    assert tuned(tmp_path, trials=3) == study and made.runs == 20


@pytest.mark.nightly
def test_time_that_is_up_ends_trying(tmp_path: Path, pretended: Callable[[Time], Pretended]) -> None:
    """The default is measured all the same, so that the next call goes on with trials."""
    made = pretended(lambda options: 5.0)
    assert tuned(tmp_path, seconds=1e-9).trials == () and made.runs == 5
    assert len(tuned(tmp_path, trials=1).trials) == 1


@pytest.mark.nightly
def test_instances_of_the_two_splits_differ(tmp_path: Path, pretended: Callable[[Time], Pretended]) -> None:
    """Tried on seeds 0 to 4, held against the default on seeds 5 to 9."""
    pretended(lambda options: 1.0 + 5.0 * float(options["effort"]))
    study = tuned(tmp_path, trials=1)
    validate(study, tmp_path / "valid")
    assert [each.manifest.seed for each in study.course.instances] == list(range(5))
    seeds = {int(file.name.split("-")[3]) for file in (tmp_path / "valid" / "instances").glob("*.json")}
    assert seeds == set(range(5, 10))


def test_being_behind_by_hand() -> None:
    """The default takes 3 s on each of 4 runs: 4 s with the shift, and at best 1 s, four times faster.

    After one run of t s: ln((t + 1) / 4) - 3 ln 4 > 4 ln 1.05, so t + 1 > 256 x 1.2155 = 311.2.
    """
    assert not clearly_behind([310.0], [3.0] * 4)
    assert clearly_behind([311.0], [3.0] * 4)
    assert not clearly_behind([3.0] * 4, [3.0] * 4)
    assert slower_so_far([7.0, 15.0], [3.0] * 4) == pytest.approx((2 * 4) ** 0.5)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("{why: x, range: [2, 1]}", "mine.yaml:5: 'range' is [2, 1]; allowed: two numbers, the smaller first"),
        ("{why: x, range: [0, 1], log: true}", "mine.yaml:5: 'range' is [0, 1] with log; allowed: numbers above 0"),
        ("{why: x, range: [0, 1.5], whole: true}", "'range' is [0, 1.5] with whole; allowed: whole numbers"),
        ("{why: x}", "mine.yaml:5: 'effort' has neither range nor choices; allowed: one of them"),
        ("{why: x, range: [0, 1], choices: [1, 2]}", "'effort' has both range and choices; allowed: one of them"),
        ("{why: x, choices: [1, 2], log: true}", "mine.yaml:5: 'log' stands beside choices; allowed: only beside"),
        ("{why: x, choices: [1]}", "mine.yaml:5: 'options.effort.choices' is [1]; allowed: a list of two different"),
        ("{range: [0, 1]}", "mine.yaml:5: 'why' is missing; allowed: what the option trades"),
        ("{why: x, rang: [0, 1]}", "mine.yaml:5: 'rang' is unknown (did you mean 'range'?)"),
        ("{why: x, choices: [1, refused]}", "mine.yaml:5: effort is 'refused'; allowed: anything else"),
    ],
)
def test_a_mistake_in_a_space_is_told_with_its_line(
    option: str, said: str, tmp_path: Path, pretended: Callable[[Time], Pretended]
) -> None:
    pretended(lambda options: 1.0)
    file = tmp_path / "mine.yaml"
    file.write_text(f"about: x\nsolver: pretended\ndefault: plain\noptions:\n  effort: {option}\n")
    with pytest.raises(DataError) as refused:
        read_space(file)
    assert any(said in str(problem) for problem in refused.value.problems), refused.value.problems


def test_the_space_of_highs_is_one(tmp_path: Path) -> None:
    """HiGHS takes every value, the setting to beat is shipped, and every option has its reason."""
    file = shipped_folder(SPACES) / "highs.yaml"
    space = read_space(file)
    assert space.default in read_settings(shipped_folder(SETTINGS))
    assert find_space("highs", file.parent) == find_space(str(file), tmp_path) == space
    with pytest.raises(DataError, match=r"has no space 'high' \(did you mean 'highs'\?\); allowed: highs"):
        find_space("high", file.parent)
    held = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert [option.name for option in space.options] == list(held["options"])
    whole = next(option for option in space.options if option.name == "mip_pscost_minreliable")
    assert whole == Range("mip_pscost_minreliable", 1, 32, whole=True, log=True)


@pytest.mark.nightly
def test_a_folder_of_another_study_is_refused(tmp_path: Path, pretended: Callable[[Time], Pretended]) -> None:
    """Times of another space, or of another limit, are no times to go on from; so is a file that is no study."""
    pretended(lambda options: 5.0)
    tuned(tmp_path, trials=1)
    with pytest.raises(UsageError, match="holds a study of another space, suite, default or version"):
        tuned(tmp_path, SPACE, trials=1)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / proposals.STUDY).write_text("no database" * 100)
    with pytest.raises(UsageError, match=r"study.db is no study: .*; allowed: a new folder"):
        tuned(tmp_path / "other", trials=1)


def test_a_default_that_cannot_be_is_refused(tmp_path: Path, pretended: Callable[[Time], Pretended]) -> None:
    """There is none of its name, it is of another solver, or of a version that is not there."""
    pretended(lambda options: 5.0)
    none = Space("pretended", "plan", HONEST.options)
    with pytest.raises(UsageError, match=r"'plan' \(did you mean 'plain'\?\)"):
        tuned(tmp_path, none)
    with pytest.raises(UsageError, match="the default plain is a setting of pretended; allowed: one of highs"):
        tuned(tmp_path, Space("highs", "plain", HONEST.options))
    newer = {"plain": Setting("plain", "pretended", requires=">=2")}
    with pytest.raises(UsageError, match=r"plain cannot be run: pretended is 1.0; needed: >=2"):
        tune(HONEST, newer, SUITE, tmp_path)


def test_numbers_that_make_no_sense_and_a_missing_package_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="trials is 0; allowed: more than 0\nseconds is -1; allowed: more than 0"):
        tuned(tmp_path, trials=0, seconds=-1.0)
    monkeypatch.setattr(proposals, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r'needs the extra "tune": pip install "routeplan\[tune\]"'):
        tuned(tmp_path)


@pytest.mark.nightly
def test_a_suite_whose_instances_do_not_differ_is_refused(
    tmp_path: Path, pretended: Callable[[Time], Pretended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There would be nothing that the settings have not been tried on."""
    pretended(lambda options: 1.0 + 5.0 * float(options["effort"]))
    family = known_families.BY_NAME["net-tree"]
    made = family.make("XS", 0)
    monkeypatch.setitem(known_families.BY_NAME, "net-tree", ExternalFamily("net-tree", "x", made.matrices))
    suite = replace(SUITE, instances=[Drawn("net-tree", "whole")])
    study = tune(HONEST, SETTING, suite, tmp_path, trials=1)
    assert len(study.course.instances) == 1
    with pytest.raises(UsageError, match="every instance is the same for all seeds"):
        validate(study, tmp_path / "valid")


@pytest.mark.parametrize(
    ("default", "tried", "wrong", "beats"),
    [
        ([10, 10, 10], [1, 1, 1], "", True),
        ([10, 10, 10], [1, 1, 1], "its point costs more than it says", False),
        # By factors of 11 / 2, 11 / 2 and 2 / 11: 1.77 in all, but a resample in 27 has the last alone, below 1.
        ([10, 10, 1], [1, 1, 10], "", False),
        # Faster where it solves, but it does not solve the last, which counts 1000 s: (11 / 2)^2 x 11 / 1001 < 1.
        ([10, 10, 10], [1, 1, 100], "", False),
        ([1, 1, 1], [10, 10, 10], "", False),
    ],
)
def test_what_beats_the_default(default: list[float], tried: list[float], wrong: str, beats: bool) -> None:
    """A factor and an interval above 1, by ten limits for what is not solved, and no wrong answer."""
    comparison = compared(times(plain=default, tried=tried), "plain", "tried")
    assert Candidate(Trial(0, Setting("tried", "pretended"), 1.0), comparison, wrong).beats == beats


SPACE_FILE = """
about: x
solver: pretended
default: plain
options:
  effort: {why: x, range: [0.0, 0.9]}
"""
SUITE_FILE = """
about: x
seconds: 100
memory: 1000
settings: [plain]
instances: [{family: net-tree, size: XS}]
"""


@pytest.mark.nightly
def test_the_command_tells_what_it_found_and_where(
    tmp_path: Path, pretended: Callable[[Time], Pretended], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every trial is faster: 31 s for all of the effort, at most 28 for nine tenths of it."""
    pretended(lambda options: 1.0 + 30.0 * float(options["effort"]))
    (tmp_path / "space.yaml").write_text(SPACE_FILE)
    (tmp_path / "suite.yaml").write_text(SUITE_FILE)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "plain.yaml").write_text("solver: pretended\nwhy: x\noptions: {effort: 1.0}\n")
    files, out = (str(tmp_path / "space.yaml"), str(tmp_path / "suite.yaml")), tmp_path / "out"
    asked = {"more": tmp_path / "mine", "trials": 2, "seconds": 100.0, "at_once": 2}
    told = print_tuned(*files, out, solver="pretended", **asked)
    assert told.startswith("Tuned with pretended 1.0 to beat plain: ")
    assert told.endswith(str(out / "settings" / "tuned-pretended-suite.yaml"))
    printed = capsys.readouterr()
    assert "2 trials, 0 of them stopped; the default takes 31.00 s" in printed.err
    assert "On other instances" in printed.out and "effort 0." in printed.out
    with pytest.raises(UsageError, match=r"the solver is highs, and .* is of pretended; allowed: a space of highs"):
        print_tuned(*files, out, solver="highs", **asked)


@pytest.mark.nightly
def test_highs_is_tuned_in_processes_of_its_own(tmp_path: Path) -> None:
    """With the shipped space, on trees that take no time: whatever comes of it, an outcome is told."""
    suite = replace(SUITE, seconds=5.0)
    study = tune(
        read_space(shipped_folder(SPACES) / "highs.yaml"),
        read_settings(shipped_folder(SETTINGS)),
        suite,
        tmp_path,
        trials=2,
    )
    assert len(study.trials) == 2
    assert validate(study, tmp_path / "valid").told
