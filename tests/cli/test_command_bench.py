"""``routeplan bench``: what it shows, and what it refuses, each in a line that names what is allowed."""

import json
import shutil
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from routeplan.bench.families.known import FAMILIES
from routeplan.bench.families.scaled import SCALED
from routeplan.bench.judged_runs import seconds_of
from routeplan.bench.run_suite import run_name
from routeplan.bench.shipped import SUITES as SUITE_FILES
from routeplan.bench.shipped import known_settings, shipped_folder
from routeplan.bench.solvers.glpk import Glpk
from routeplan.bench.solvers.highs import Highs
from routeplan.bench.solvers.packages import MissingPackage
from routeplan.bench.suites import find_suite
from routeplan.cli.bench_work import told_of
from routeplan.cli.main import app
from routeplan.cli.output import OUT
from routeplan.runs.outcome import Ended, Outcome, Usage
from routeplan.runs.records import Record, journal, read_records

Run = Callable[..., Any]

SUITE = """about: A tiny tree.
seconds: 20
memory: 2000
instances:
  - {family: net-tree, size: XS}
settings: [highs-default]
"""

SETTING = "solver: highs\nwhy: It is tried.\n"


@pytest.fixture(autouse=True)
def wide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder of the test's own, and tables that are not folded."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(OUT, "width", 250)
    Path("tiny.yaml").write_text(SUITE, encoding="utf-8")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one run."""
    folder = tmp_path_factory.mktemp("ran")
    (folder / "tiny.yaml").write_text(SUITE, encoding="utf-8")
    words = ["bench", "run", "--suite", str(folder / "tiny.yaml"), "--out", str(folder / "runs")]
    assert CliRunner().invoke(app, words).exit_code == 0
    return folder / "runs"


@pytest.fixture
def runs(ran: Path) -> Path:
    """A copy of it, in the working folder."""
    return Path(shutil.copytree(ran, "runs"))


def setting(text: str, name: str = "mine") -> str:
    """Write a setting; its folder."""
    Path("settings").mkdir(exist_ok=True)
    Path("settings", f"{name}.yaml").write_text(text, encoding="utf-8")
    return "settings"


def refused(run: Run, *words: object) -> str:
    """What is told of a command that is refused: no traceback, nothing on standard output."""
    ended = run("bench", *words)
    assert (ended.code, ended.out) == (2, ""), ended
    assert "Traceback" not in ended.err
    assert "the fault is its own" not in ended.err
    return str(ended.err)


def test_list_shows_suites_settings_solvers_and_families(run: Run) -> None:
    """Of each a line, with what they are for; a setting of one's own too."""
    ended = run("bench", "list", "--settings", setting(SETTING))
    assert ended.code == 0
    lines = {line.split()[0]: line for line in ended.out.splitlines() if line.strip()}
    for name in (
        "smoke",
        "core",
        "full",
        "highs-default",
        "scip-default",
        "mine",
        "highs",
        "glpk",
        "net-tree",
        "scaled",
    ):
        assert name in lines
    assert lines["mine"].split() == ["mine", "highs", "It", "is", "tried."]


@pytest.mark.parametrize("width", [80, 100, 300])
def test_a_list_has_a_line_for_each(run: Run, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the explanations: cut at the end of the line, which is told by a mark; settings stand by solver."""
    monkeypatch.setattr(OUT, "width", width)
    lines = run("bench", "list").out.splitlines()
    assert max(map(len, lines)) <= width
    settings = lines[lines.index("Settings, by solver") + 2 :]
    solvers = [line.split()[1] for line in settings[: settings.index("")]]
    assert len(solvers) == len(known_settings(None))
    assert len([name for name, _ in groupby(solvers)]) == len(set(solvers))
    families = lines[lines.index("Families of instances") + 2 :]
    named = {line.split()[0]: line for line in families[: families.index("")]}
    assert list(named) == [family.name for family in FAMILIES]
    assert named["scaled"].rstrip().endswith("…" if width < 150 else SCALED.about)


@pytest.mark.parametrize("kind", ["suites", "settings", "solvers", "families"])
def test_one_kind_is_listed_in_full(run: Run, kind: str) -> None:
    """Nothing is cut, and nothing else is told."""
    ended = run("bench", "list", kind)
    assert ended.code == 0
    titles = {"Suites", "Settings, by solver", "Solvers", "Families of instances"} & set(ended.out.splitlines())
    assert [title.split()[0].strip(",").lower() for title in titles] == [kind]
    assert "…" not in ended.out
    told = " ".join(ended.out.split())
    assert ("opens an arc for free." in told) == (kind == "families")


def test_an_unknown_kind_to_list_is_refused(run: Run) -> None:
    """With those that there are."""
    ended = run("bench", "list", "solver")
    assert (ended.code, ended.out) == (2, "")
    assert all(kind in ended.err for kind in ("suites", "settings", "solvers", "families"))


@pytest.mark.parametrize(
    ("ended", "returned", "told"),
    [
        (Ended.RETURNED, {"status": "optimal", "seconds": 3.0}, "optimal, 3.0 s in the solver"),
        (Ended.TIME, {}, "time: took more than 8 s, 9.0 s in its process"),
        (Ended.TIME, {"seconds": 1.0}, "time: took more than 8 s, 9.0 s in its process"),
    ],
)
def test_progress_tells_the_seconds_that_tables_tell(ended: Ended, returned: dict[str, Any], told: str) -> None:
    """Those of the solver, though its process took 9; of a run that was ended from outside, those of the process.

    So it is also where the solver had answered by then: 1 s would be no reason to end it.
    """
    record = Record("key", {}, Outcome(ended, Usage(9.0, 9.0, 100.0), returned, "took more than 8 s"))
    assert told_of(record) == told
    assert f", {seconds_of(record):.1f} s" in told


def test_progress_of_a_run_is_told(run: Run) -> None:
    """With the seconds of its record."""
    ended = run("bench", "run", "--suite", "tiny.yaml", "--out", "runs")
    (record,) = read_records("runs").records
    seconds = record.outcome.returned["seconds"]
    assert ended.err.splitlines()[-1] == f"1/1 {run_name(record.about)}: optimal, {seconds:.1f} s in the solver"


def test_make_shows_each_instance_with_its_fingerprint(run: Run) -> None:
    """Its size and optimum (243 by construction) too."""
    ended = run("bench", "make", "--suite", "tiny.yaml", "--out", "made")
    file = next(Path("made", "instances").glob("*.json"))
    row = next(line for line in ended.out.splitlines() if line.startswith(("net-tree", "  net-tree")))
    assert row.split()[0] == "net-tree-XS-0"
    assert row.split()[-1] == file.stem.removeprefix("net-tree-XS-0-")
    assert "243" in row.split()
    manifest = json.loads(file.read_text(encoding="utf-8"))
    gap = (243.0 - manifest["lp_bound"]) / 243.0
    assert row.split()[-2] == f"{gap:.3%}"
    assert [str(manifest[f"presolved_{name}"]) for name in ("rows", "columns")] == row.split()[5:7]


def test_check_shows_a_summary(runs: Path, run: Run) -> None:
    """No wrong answers: exit code 0, and no table of them."""
    ended = run("bench", "check", runs)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[0] == "Wrong answers: none"
    gaps = json.loads(run("bench", "check", runs, "--json").out)["root_gaps"]
    assert [(each["instance"], each["best"]) for each in gaps] == [("net-tree-XS-0", 243.0)]
    assert f"{gaps[0]['root_gap']:.3%}" in ended.out
    assert ["highs-default", "1", "1", "1", "1"] in [line.split()[:5] for line in ended.out.splitlines()]


REFUSED = {
    "suite": (("--suite", "smok"), "has no suite 'smok' (did you mean 'smoke'?); allowed: confirm, core, full, "),
    "setting": (("--setting", "highs-defaul"), "no setting is called 'highs-defaul' (did you mean 'highs-default'?)"),
    "shard": (("--shard", "4/3"), "the shard is 4/3; allowed: from 1/3 to 3/3"),
    "no shard": (("--shard", "first"), "the shard is first; allowed: a number and how many, as in 3/20"),
    "slurm": (("--shard", "slurm"), "the shard is slurm, but this is no task of a Slurm array"),
    "at once": (("--at-once", "0"), "Invalid value for '--at-once'"),
    "again": (("--again", "returned"), "no way to end is called 'returned'; allowed: raised, crashed, time, memory"),
    "both": (("--dask", "tcp://x:1", "--mpi"), "--dask and --mpi are both given; allowed: one of them"),
    "settings": (("--settings", "nowhere"), "nowhere: has no settings; allowed: a folder with files *.yaml"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_request_that_makes_no_sense_is_refused(case: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is made."""
    monkeypatch.delenv("SLURM_ARRAY_TASK_ID", raising=False)
    words, said = REFUSED[case]
    suite = () if "--suite" in words else ("--suite", "tiny.yaml")
    assert said in refused(run, "run", *suite, "--out", "runs", *words)
    assert not Path("runs").exists()


SUITES = {
    "family": ("family: net-tree", "family: net-treee", "is called 'net-treee' (did you mean 'net-tree'?)"),
    "size": ("size: XS", "size: XXL", "'XXL'"),
    "setting": ("[highs-default]", "[highs-fast]", "no setting is called 'highs-fast'"),
    "key": ("seconds: 20", "minutes: 20", "tiny.yaml:2: 'minutes' is unknown"),
    "time": ("seconds: 20", "seconds: .inf", "seconds is inf; allowed: a number above 0"),
    "gap": ("memory: 2000", "memory: 2000\ngap: 1.5", "gap is 1.5; allowed: from 0 to below 1"),
    "seed": ("memory: 2000", "memory: 2000\nseeds: [4000000000]", "seed is 4000000000; allowed: 0 to 2147483646"),
    "number": ("seconds: 20", "seconds: 20\n7: 8", "tiny.yaml:3: '7' is unknown"),
    "empty": (SUITE, "", "tiny.yaml: 'instances' is missing; allowed: a list of families"),
    "itself": (SUITE, "a: &a [*a]", "tiny.yaml: is nested too deep, or holds itself; allowed: a mapping"),
    "list": (SUITE, "- 1", "allowed: a mapping of keys and values"),
}


@pytest.mark.parametrize("case", SUITES)
def test_a_mistake_in_a_suite_is_refused(case: str, run: Run) -> None:
    """A line that names what is wrong, and its line in the file where it has one."""
    old, new, said = SUITES[case]
    Path("tiny.yaml").write_text(SUITE.replace(old, new), encoding="utf-8")
    assert said in refused(run, "run", "--suite", "tiny.yaml", "--out", "runs")


SETTINGS = {
    "option": ("options: {presolv: 'on'}", "mine: ", "presolv"),
    "value": ("options: {presolve: sometimes}", "mine: ", "presolve"),
    "budget": ("options: {time_limit: 5}", "mine: ", "time_limit"),
    "threads": ("options: {threads: 4}", "mine: ", "threads"),
    "itself": ("extends: mine", "mine.yaml:3: 'extends' leads back: mine extends mine", ""),
    "name": ("options: {7: 1}", "mine.yaml:3: 'options' is 7; allowed: the names of options, as texts", ""),
    "number": (
        "options: {mip_heuristic_effort: .nan}",
        "mine.yaml:3: 'options.mip_heuristic_effort' is nan; allowed: a finite number",
        "",
    ),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_mistake_in_a_setting_is_refused(case: str, run: Run) -> None:
    """Before anything runs: the setting is named, and what is wrong with it."""
    more, begins, named = SETTINGS[case]
    words = ("--settings", setting(f"{SETTING}{more}\n"), "--setting", "mine")
    told = refused(run, "run", "--suite", "tiny.yaml", "--out", "runs", *words)
    assert begins in told
    assert named in told
    assert not Path("runs").exists()


def test_a_solver_that_is_not_known_is_refused_with_those_that_are(run: Run) -> None:
    """With the setting that asks for it."""
    words = ("--settings", setting(SETTING.replace("highs", "higs")), "--setting", "mine")
    told = refused(run, "run", "--suite", "tiny.yaml", "--out", "runs", *words)
    assert told.startswith("mine: no solver is called 'higs' (did you mean 'highs'?); solvers: highs, scip, cbc, glpk")


@pytest.mark.nightly
def test_a_setting_whose_solver_is_missing_is_skipped_by_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others run."""

    def gone(self: Glpk) -> str:
        raise MissingPackage("swiglpk is not installed")

    monkeypatch.setattr(Glpk, "version", gone)
    words = ("--setting", "glpk-default", "--setting", "highs-default")
    ended = run("bench", "run", "--suite", "tiny.yaml", "--out", "runs", *words)
    assert ended.code == 0
    assert ended.err.startswith("skipped: glpk-default: swiglpk is not installed\n")
    assert ended.out.startswith("new in runs: 1 run; ")
    assert refused(run, "run", "--suite", "tiny.yaml", "--out", "none", "--setting", "glpk-default").endswith(
        "no setting is left to run\n"
    )


def test_a_setting_for_a_newer_solver_is_skipped(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the version that is there and those that are needed; where none is left, that is an error."""
    monkeypatch.setattr(Highs, "version", lambda self: "1.16.0")
    words = ("--settings", setting(f"{SETTING}requires: '>=1.17'\n"), "--setting", "mine")
    assert refused(run, "run", "--suite", "tiny.yaml", "--out", "runs", *words) == (
        "skipped: mine: highs is 1.16.0; needed: >=1.17\nno setting is left to run\n"
    )


WAYS = {
    "path": "extends: highs-default\nwhy: It is tried.\nformulation: path\n",
    "warm": "extends: highs-default\nwhy: It is tried.\nwarm_start: true\n",
    "glpk-warm": "extends: glpk-default\nwhy: It is tried.\nwarm_start: true\n",
}


@pytest.mark.nightly
def test_other_formulations_and_starts_are_run_beside_the_usual(run: Run) -> None:
    """All find the 243 by construction; a setting is left out, by name, of what cannot be given in its way."""
    instances = "  - {family: net-tree, size: XS}\n  - {family: steiner, size: XS}\n"
    Path("tiny.yaml").write_text(SUITE.replace("  - {family: net-tree, size: XS}\n", instances), encoding="utf-8")
    for name, text in WAYS.items():
        setting(text, name)
    asked = [word for name in ("highs-default", "path", "warm", "glpk-warm") for word in ("--setting", name)]
    ended = run("bench", "run", "--suite", "tiny.yaml", "--out", "runs", "--settings", "settings", *asked)
    assert ended.code == 0
    assert [line for line in ended.err.splitlines() if line.startswith("skipped: ")] == [
        "skipped: glpk-warm: glpk cannot be given a point to begin from",
        "skipped: path: it is left out of 1 instance not known in the formulation path (steiner)",
        "skipped: warm: it is left out of 1 instance known without a start (steiner)",
    ]
    assert ended.out.startswith("new in runs: 4 runs; ")
    checked = json.loads(run("bench", "check", "runs", "--json").out)
    found = {(each["instance"], each["setting"]): each["objective"] for each in checked["runs"] if each["solved"]}
    assert found == {
        **{("net-tree-XS-0", name): 243.0 for name in ("highs-default", "path", "warm")},
        ("steiner-XS-0", "highs-default"): 5.0,
    }
    assert run(
        "bench", "run", "--suite", "tiny.yaml", "--out", "runs", "--settings", "settings", *asked
    ).out.startswith("new in runs: 0 runs; ")


def test_where_no_instance_can_be_given_in_a_way_nothing_is_run(run: Run) -> None:
    """And a formulation that no family knows is refused with those that there are."""
    Path("tiny.yaml").write_text(SUITE.replace("net-tree", "steiner"), encoding="utf-8")
    words = ("run", "--suite", "tiny.yaml", "--out", "runs", "--settings", setting(WAYS["path"]), "--setting", "mine")
    assert refused(run, *words).endswith("(steiner)\nno setting is left to run\n")
    setting(WAYS["path"].replace("path", "paths"))
    assert refused(run, *words) == (
        "mine: no formulation is called 'paths' (did you mean 'path'?); "
        "allowed: strengthened, plain, aggregated, tightened, commodity, path\n"
    )


@pytest.mark.nightly
def test_a_record_cut_in_half_is_told_and_run_again(runs: Path, run: Run) -> None:
    """The only line of the file; its check has nothing to tell, and after the run there is one record."""
    file = runs / "runs.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert "has no records of runs" in refused(run, "check", runs)
    ended = run("bench", "run", "--suite", "tiny.yaml", "--out", runs)
    assert ended.code == 0
    assert ended.err.startswith("runs.jsonl:1: the record was cut in half, and counts for nothing\n")
    assert json.loads(file.read_bytes())["key"] == json.loads(whole)["key"]


@pytest.mark.parametrize("text", [b"nothing\n", b"[1]\n", b'{"format": 2}\n', b"\xff\xfe\n"])
def test_a_line_that_is_no_record_is_refused(text: bytes, runs: Path, run: Run) -> None:
    """By check and run, which leave it where it is."""
    file = runs / "runs.jsonl"
    file.write_bytes(file.read_bytes() + text)
    for words in (("check", runs), ("run", "--suite", "tiny.yaml", "--out", runs)):
        assert "runs.jsonl:2: is no record; allowed: a line of JSON of format 1" in refused(run, *words)
    assert file.read_bytes().endswith(text)


def change_mps(runs: Path) -> None:
    file = next((runs / "instances").glob("*.mps.gz"))
    file.write_bytes(file.read_bytes()[:-20])


def break_manifest(runs: Path) -> None:
    next((runs / "instances").glob("*.json")).write_text("{", encoding="utf-8")


def remove_mps(runs: Path) -> None:
    next((runs / "instances").glob("*.mps.gz")).unlink()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (change_mps, ".mps.gz: is no whole file of gzip"),
        (break_manifest, ".json: is no JSON"),
        (remove_mps, ".mps.gz: cannot be read: No such file"),
    ],
)
def test_an_instance_that_was_changed_is_refused(
    change: Callable[[Path], None], said: str, runs: Path, run: Run
) -> None:
    """By all that would use it."""
    change(runs)
    for words in (
        ("check", runs),
        ("run", "--suite", "tiny.yaml", "--out", runs),
        ("make", "--suite", "tiny.yaml", "--out", runs),
    ):
        assert said in refused(run, *words)


def test_a_manifest_that_is_gone_is_told_by_check_and_made_anew(runs: Path, run: Run) -> None:
    next((runs / "instances").glob("*.json")).unlink()
    assert "lacks net-tree-XS-0, which runs.jsonl:1 is about" in refused(run, "check", runs)
    assert run("bench", "make", "--suite", "tiny.yaml", "--out", runs).code == 0
    assert run("bench", "check", runs).code == 0


def test_a_point_that_is_gone_makes_its_run_wrong(runs: Path, run: Run) -> None:
    """Exit code 1, and the run is named."""
    shutil.rmtree(runs / "points")
    ended = run("bench", "check", runs)
    assert ended.code == 1
    assert "is called optimal and gives no point" in ended.out
    assert ended.err == "wrong, and counted as unsolved: 1 run\n"


def test_another_budget_in_the_same_folder_is_refused_before_it_runs(runs: Path, run: Run) -> None:
    """What was run could not be compared with it."""
    Path("tiny.yaml").write_text(SUITE.replace("seconds: 20", "seconds: 30"), encoding="utf-8")
    told = refused(run, "run", "--suite", "tiny.yaml", "--out", runs)
    assert "runs.jsonl:1: net-tree-XS-0 has another budget than is asked now (seconds 20 for 30)" in told


def test_an_instance_is_told_while_it_is_made(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which one, of how many, and how long it took; of one that is there, nothing but what takes long."""
    first, again = (run("bench", "make", "--suite", "tiny.yaml", "--out", "runs") for _ in range(2))
    assert first.err.splitlines()[0] == "making instance 1 of 1: net-tree-XS-0"
    assert (again.err, again.out) == ("", first.out)
    monkeypatch.setattr("routeplan.cli.bench_progress.LONG", 0.0)
    told = run("bench", "make", "--suite", "tiny.yaml", "--out", "runs").err
    assert told.startswith("instance 1 of 1: net-tree-XS-0: took ") and told.endswith(" s\n")


def test_two_programs_do_not_write_to_one_file(runs: Path, run: Run) -> None:
    """The second is refused; a shard has a file of its own."""
    with journal(runs, "runs"):
        told = refused(run, "run", "--suite", "tiny.yaml", "--out", runs)
        first, second = told.splitlines()
        assert first == "recorded already: 1 of 1 run"
        assert second == f"{runs / 'runs.jsonl'} is being written by another program; allowed: one at a time"
        assert run("bench", "run", "--suite", "tiny.yaml", "--out", runs, "--shard", "1/1").code == 0


def two_trees() -> tuple[str, ...]:
    """The command that runs a shard of two instances with two settings, up to its number."""
    text = SUITE.replace("size: XS}", "size: XS, seeds: [0, 1]}").replace("default]", "default, highs-no-presolve]")
    Path("tiny.yaml").write_text(text, encoding="utf-8")
    return ("bench", "run", "--suite", "tiny.yaml", "--out", "runs", "--shard")


@pytest.mark.nightly
def test_a_shard_makes_and_runs_its_instances_alone(run: Run) -> None:
    """Each of its instance with both settings; together the two shards have all runs."""
    words = two_trees()
    for number, name in ((1, "net-tree-XS-0"), (2, "net-tree-XS-1")):
        ended = run(*words, f"{number}/2")
        assert ended.out.startswith("new in runs: 2 runs;")
        lines = [line for line in ended.err.splitlines() if "took" not in line]
        assert lines[:2] == [f"making instance 1 of 1: {name}", f"shard {number}/2: 1 of 2 pairs of instance and seed"]
        settings = {line.split()[2] for line in lines[2:] if line.split()[1] == name}
        assert settings == {"highs-default", "highs-no-presolve"}
    assert run(*words[:-1]).out.startswith("new in runs: 0 runs;")


def test_an_empty_shard_says_why(run: Run) -> None:
    """The third of two instances: nothing is made, and it ends well, as a task of an array must."""
    empty = run(*two_trees(), "3/3")
    assert (empty.code, empty.out.partition(";")[0]) == (0, "new in runs: 0 runs")
    assert empty.err == (
        "shard 3/3 is empty: the suite has 2 pairs of instance and seed, which are not parted; "
        "useful: 2 shards at most\n"
    )
    assert [file.name for file in Path("runs").iterdir()] == ["shard-3-of-3.jsonl"]


def test_what_is_refused_is_told_as_json_too(runs: Path, run: Run) -> None:
    """With file and line, for machines."""
    (runs / "runs.jsonl").write_text("{}\n", encoding="utf-8")
    ended = run("bench", "check", runs, "--json")
    assert ended.code == 2
    assert [(each["file"], each["line"]) for each in json.loads(ended.out)["problems"]] == [("runs.jsonl", 1)]


def test_a_file_does_not_stand_in_for_a_suite_of_the_package(tmp_path: Path) -> None:
    """Such as the ``core`` that a crash leaves in the working folder; a file by another name is read."""
    Path("core").write_bytes(b"\x7fELF\xff")
    assert find_suite("core", shipped_folder(SUITE_FILES)).name == "core"
    assert find_suite("tiny.yaml", shipped_folder(SUITE_FILES)).about == "A tiny tree."


@pytest.mark.parametrize("command", ["run", "make"])
def test_runs_that_is_a_file_is_refused(command: str, run: Run) -> None:
    Path("taken").write_text("mine", encoding="utf-8")
    told = refused(run, command, "--suite", "tiny.yaml", "--out", "taken")
    assert told == "taken is a file; allowed: a folder, or a new name\n"
    assert Path("taken").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("command", ["run", "make"])
def test_a_place_that_cannot_be_written_is_refused(command: str, run: Run) -> None:
    """A folder below a file, and one of the system's, whoever runs it."""
    Path("taken").write_text("mine", encoding="utf-8")
    for place in ("taken/runs", "/proc/runs"):
        assert refused(run, command, "--suite", "tiny.yaml", "--out", place).splitlines()[-1].startswith(place)


def test_merge_refuses_what_is_there_and_what_has_no_records(runs: Path, run: Run) -> None:
    """And a target that is a file."""
    Path("empty").mkdir()
    Path("taken").write_text("mine", encoding="utf-8")
    assert "empty: has no records; allowed: a folder with files *.jsonl" in refused(
        run, "merge", "empty", "--out", "all"
    )
    assert "runs/instances: is there already; allowed: a folder without runs" in refused(
        run, "merge", runs, "--out", runs
    )
    assert refused(run, "merge", runs, "--out", "taken") == "taken is a file; allowed: a folder, or a new name\n"
    assert not Path("all").exists()


@pytest.mark.nightly
def test_report_writes_charts_of_the_kinds_asked(runs: Path, run: Run) -> None:
    """How many, and what lies beside them; a kind that there is not is told before anything is written."""
    told = refused(run, "report", runs, "--out", "report", "--charts", "png")
    assert told == "no kind of chart is called 'png'; allowed: svg, pdf\n"
    assert not Path("report").exists()
    Path("report/charts").mkdir(parents=True)
    Path("report/charts/old.pdf").write_bytes(b"mine")
    ended = run("bench", "report", runs, "--out", "report", "--charts", "svg", "--charts", "pdf")
    assert (ended.code, ended.err) == (0, "charts that are not of this report stay: report/charts/old.pdf\n")
    # One setting with one seed on one instance: solved, profile, gap and grid.
    assert ended.out.startswith("in report/charts: 8 files\nThe page is report/index.html (")
    assert len(list(Path("report/charts").iterdir())) == 9


def again(runs: Path, seconds: float) -> Path:
    """The runs as if they had been made again, and had taken so long."""
    folder = Path(shutil.copytree(runs, "again"))
    record = json.loads((runs / "runs.jsonl").read_bytes())
    record["outcome"]["returned"]["seconds"] = seconds
    (folder / "runs.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    return folder


def test_repeat_tells_how_far_two_runs_are_apart(runs: Path, run: Run) -> None:
    """Each figure twice, what runs say, and last what cannot be told."""
    second = again(runs, 9.0)
    ended = run("bench", "repeat", runs, second)
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "Headline figures: first runs, second again"
    mean = next(line.split() for line in lines if "shifted geometric mean [s]" in line)
    assert mean[6] == "9"  # of one run it is its time
    assert "Of 1 run: the same verdict in 1, the same end in 1, the same objective in 1" in lines
    assert lines[-1].startswith("With this suite this machine cannot tell settings apart that differ by less than ")
    told = json.loads(run("bench", "repeat", runs, second, "--json").out)
    assert told["told"] == lines[-1]
    assert told["runs"][0]["seconds_second"] == 9.0
    assert told["agreeing"] == {"of": 1, "verdict": 1, "ended": 1, "objective": 1}
    assert told["ratios"][0]["largest"] == pytest.approx(9.0 / max(told["runs"][0]["seconds_first"], 1e-3))


def test_compare_tells_machines_what_its_table_tells(run: Run, runs: Path) -> None:
    """One instance, solved by the base and by another setting alike: McNemar has nothing to go by, and says 1."""
    record = json.loads((runs / "runs.jsonl").read_bytes())
    record["key"], record["about"]["setting"] = "another", "other"
    with (runs / "runs.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
    shutil.copy(next((runs / "points").glob("*.npz")), runs / "points" / "another.npz")
    (told,) = json.loads(run("bench", "compare", runs, "--base", "highs-default", "--json").out)
    assert (told["setting"], told["instances"], told["mcnemar"]) == ("other", 1, 1.0)
    assert [told[f"solved_by_{who}"] for who in ("both", "it_alone", "the_base_alone")] == [1, 0, 0]


def test_repeat_refuses_what_was_not_run_twice(runs: Path, run: Run) -> None:
    """A folder with itself, with a copy, and one without runs."""
    assert refused(run, "repeat", runs, runs).startswith("runs is given twice; allowed: two folders")
    shutil.copytree(runs, "copy")
    assert "copy: has 1 run of runs as they are there (net-tree-XS-0 " in refused(run, "repeat", runs, "copy")
    Path("empty").mkdir()
    assert "empty: has no records of runs" in refused(run, "repeat", runs, "empty")


@pytest.mark.nightly
def test_phases_tells_how_long_each_takes(run: Run) -> None:
    """A line for each instance, with a heading and a unit for each number."""
    ended = run("bench", "phases", "tiny", "--unsolved", "--runs", 1)
    assert ended.code == 0
    heading, row = (line for line in ended.out.splitlines() if "tiny" in line or "build [s]" in line)
    assert "solve [s]" not in heading
    assert row.split()[-1] == "1.00"


def test_phases_refuses_an_instance_that_is_not_there(run: Run) -> None:
    """Before anything is measured; and a count of runs that is none."""
    assert "nowhere is not there; allowed: a folder or workbook" in refused(run, "phases", "tiny", "nowhere")
    assert "--runs" in refused(run, "phases", "tiny", "--runs", 0)


def changed_manifest(runs: Path, **numbers: object) -> None:
    """Change numbers of the manifest of the one instance of a folder of runs."""
    [file] = (runs / "instances").glob("*.json")
    file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), **numbers}), encoding="utf-8")


def test_a_stated_optimum_that_a_point_refutes_is_told_first_and_not_used(run: Run, runs: Path) -> None:
    """The tree costs 243, and not 400; no run is wrong for it, and the best is that of the runs."""
    changed_manifest(runs, optimum=400.0)
    ended = run("bench", "check", runs)
    assert ended.code == 1
    assert "stated wrongly, and not used: the optimum of 1 instance" in ended.err
    first, *_, none = ended.out[: ended.out.index("none") + 4].splitlines()
    assert (first.strip(), none) == ("Wrong statements of instances, which are not used", "Wrong answers: none")
    told = json.loads(run("bench", "check", runs, "--json").out)
    assert (told["wrong"], told["root_gaps"][0]["best"]) == ([], 243.0)
    why = "the optimum is 400 by construction, as its manifest says, which is wrong: the point of highs"
    assert told["wrong_statements"]["net-tree-XS-0"].startswith(why)
    assert why in " ".join(run("bench", "best", runs).err.split())


READING = {
    "check": (),
    "best": (),
    "compare": ("--base", "highs-default"),
    "merge": ("--out", "all"),
    "report": ("--out", "report"),
}
"""Commands that read runs, and what they are asked."""


@pytest.mark.parametrize("name", READING)
@pytest.mark.some(4)
def test_records_that_were_cut_are_told_by_what_reads_them(name: str, run: Run, runs: Path) -> None:
    """One before the whole one and one behind it: each by a line, and the whole one counts."""
    file = runs / "runs.jsonl"
    half = b'{"format": 1, "key": "ab'
    file.write_bytes(half + b"\n" + file.read_bytes() + half)
    ended = run("bench", name, runs, *READING[name])
    assert ended.code == 0
    where = f"{runs}/" if name == "merge" else ""
    assert [line for line in ended.err.splitlines() if "cut" in line] == [
        f"{where}runs.jsonl:{line}: the record was cut in half, and counts for nothing" for line in (1, 3)
    ]


@pytest.mark.nightly
def test_the_run_of_a_record_cut_in_the_middle_is_done_again(run: Run, runs: Path) -> None:
    """Nothing is to be mended by hand: what stands behind the cut record is not run again, and stays."""
    Path("tiny.yaml").write_text(SUITE + "seeds: [0, 1]\n", encoding="utf-8")
    words = ("bench", "run", "--suite", "tiny.yaml", "--out", runs)
    assert run(*words).out.startswith(f"new in {runs}: 1 run;")
    first, second = (runs / "runs.jsonl").read_bytes().splitlines(keepends=True)
    cut = first[: len(first) // 2] + b"\n" + second
    (runs / "runs.jsonl").write_bytes(cut)
    ended = run(*words)
    assert ended.err.splitlines()[:2] == [
        "runs.jsonl:1: the record was cut in half, and counts for nothing",
        "recorded already: 1 of 2 runs",
    ]
    assert ended.out.startswith(f"new in {runs}: 1 run;")
    after = (runs / "runs.jsonl").read_bytes()
    assert after.startswith(cut)
    assert json.loads(after[len(cut) :])["key"] == json.loads(first)["key"]
    assert run(*words).out.startswith(f"new in {runs}: 0 runs;")
