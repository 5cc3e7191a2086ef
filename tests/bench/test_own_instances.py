"""Instances of one's own in suites: folders, MPS files and published problems, from the suite's file to the report."""

import json
import re
import shutil
import tomllib
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pytest
import yaml
from test_check_runs import COVER
from typer.testing import CliRunner

from routeplan.bench.export_oeb import export_oeb
from routeplan.bench.instances import Stored, stored
from routeplan.bench.mps import read_mps, sha256_of, write_mps
from routeplan.bench.origins import Drawn, origin_of
from routeplan.bench.own_files import FromFile, shipped_instances
from routeplan.bench.shipped import SUITES, shipped_folder
from routeplan.bench.solvers.contract import Budget, Status
from routeplan.bench.solvers.own_methods import ExactMethod
from routeplan.bench.suites import read_suite
from routeplan.cli.main import app
from routeplan.errors import DataError

ROOT = Path(__file__).parents[2]

LOCATION = "1 2\n100 7.\n10\n1.\n10\n6.\n"
"""One facility, which costs 7 to open, and 1 and 6 to serve two customers from: 14."""

NETWORK = {"name": "two", "demand": {"a": -3, "b": 3}, "arcs": [["a", "b", "1", 5, 2, 3]], "published_value": 11}
"""3 units from a to b cost 5 + 3 x 2 = 11."""

HEAD = "about: Mine.\nseconds: 30\nmemory: 2000\nsettings: [highs-default]\ninstances:\n"

ENTRIES = """  - {instance: ../mine/plan}
  - {mps: pair.mps.gz, optimum: 9}
  - {facility: small.txt}
  - {network: two.json}
"""

NAMES = ["country-plan-0", "mps-pair-0", "facility-location-small-0", "fixed-charge-network-two-0"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an instance, and one with a suite and the other files, named from there."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "instances" / "tiny", folder / "mine" / "plan")
    (folder / "suites").mkdir()
    write_mps(COVER, folder / "suites" / "pair.mps.gz")
    (folder / "suites" / "small.txt").write_text(LOCATION)
    (folder / "suites" / "two.json").write_text(json.dumps(NETWORK))
    (folder / "suites" / "mine.yaml").write_text(HEAD + ENTRIES)
    return folder


@pytest.fixture
def copied(home: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(home, tmp_path / "home"))


def suite_of(folder: Path, entries: str) -> Path:
    file = folder / "suites" / "other.yaml"
    file.write_text(HEAD + entries)
    return file


def told(suite: Path, out: Path) -> list[str]:
    """What is told of a suite that cannot be read, or whose instances cannot be made."""
    with pytest.raises(DataError) as refused:
        for origin in read_suite(suite).instances:
            stored(origin, out)
    return [str(problem) for problem in refused.value.problems]


def test_files_are_named_from_the_folder_of_the_suite(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the working folder; all instances of a kind are of one family, and have the names of their files."""
    monkeypatch.chdir("/")
    origins = read_suite(home / "suites" / "mine.yaml").instances
    assert [each.name for each in origins] == NAMES
    assert [Path(each.source) for each in origins] == [
        home / "mine" / "plan",
        *(home / "suites" / name for name in ("pair.mps.gz", "small.txt", "two.json")),
    ]
    assert [each.optimum for each in origins] == [None, 9.0, None, None]


def test_an_instance_that_is_shipped_is_named_by_its_name(home: Path) -> None:
    """It is found on any machine; a folder of the same name beside the suite comes first."""
    suite = suite_of(home, "  - {instance: achterhoek}\n")
    (origin,) = read_suite(suite).instances
    assert (origin.source, origin.name) == ("achterhoek", "country-achterhoek-0")
    assert isinstance(origin, FromFile) and origin.file == ROOT / "instances" / "achterhoek"
    beside = home / "suites" / "achterhoek"
    beside.mkdir()
    assert read_suite(suite).instances[0].source == str(beside)
    beside.rmdir()


def test_what_shipped_suites_name_is_shipped() -> None:
    """Cluster 6 is among it; a wheel has the folders of `pyproject.toml` alone."""
    suites = [read_suite(file) for file in sorted(shipped_folder(SUITES).glob("*.yaml"))]
    sources = {each.source for suite in suites for each in suite.instances if each.source}
    assert "cluster6-nl" in sources
    assert sources <= set(shipped_instances())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert {f"instances/{name}" for name in sources} <= set(packed)


@pytest.fixture(scope="module")
def made(home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stored]:
    """The instances, by the key of their entry."""
    folder = tmp_path_factory.mktemp("made")
    keys = ("instance", "mps", "facility", "network")
    origins = read_suite(home / "suites" / "mine.yaml").instances
    return {key: stored(each, folder) for key, each in zip(keys, origins, strict=True)}


def test_manifests_say_what_instances_were_made_of(made: dict[str, Stored], home: Path) -> None:
    """From which the same origin is found again; the optimum is what the user said, or what was published."""
    origins = read_suite(home / "suites" / "mine.yaml").instances
    assert [made[key].name for key in made] == NAMES
    assert {key: each.manifest.optimum for key, each in made.items()} == {
        "instance": None,
        "mps": 9.0,
        "facility": None,
        "network": 11.0,
    }
    assert origin_of(made["mps"].manifest) == origins[1]
    assert origin_of(made["instance"].manifest) == origins[0]
    assert [len(each.manifest.source_sha256) for each in made.values()] == [64] * 4


def test_a_file_is_stored_in_the_form_of_all_others(made: dict[str, Stored], home: Path) -> None:
    """The same programme, with a fingerprint that does not hang on how it was written."""
    assert made["mps"].manifest.sha256 == sha256_of(COVER) == sha256_of(read_mps(made["mps"].mps))
    assert made["mps"].manifest.root_gap == pytest.approx(0.0)  # 3 + 3 x 2: the relaxation is whole


def test_the_method_of_solve_finds_the_model_of_a_folder(made: dict[str, Stored]) -> None:
    """It is no programme like any other to it: its progress is that of plans, and its point is of the file."""
    given = made["instance"]
    answer = ExactMethod().solve(given.mps, Budget(60.0), {}, lambda: False)
    assert answer.status is Status.OPTIMAL
    assert answer.raw == "the gap was reached"  # as the exact method words it, and HiGHS does not
    assert answer.x is not None and len(answer.x) == given.manifest.columns
    assert ExactMethod().solve(made["mps"].mps, Budget(60.0), {}, lambda: False).objective == pytest.approx(9.0)


@pytest.mark.nightly
def test_the_method_says_that_the_folder_is_gone(copied: Path, tmp_path: Path) -> None:
    """As on another machine."""
    given = stored(read_suite(copied / "suites" / "mine.yaml").instances[0], tmp_path / "made")
    shutil.rmtree(copied / "mine")
    with pytest.raises(DataError, match="plan"):
        ExactMethod().prepare(given.mps)


def typed(*words: object) -> tuple[int, str]:
    ended = CliRunner().invoke(app, ["bench", *map(str, words)])
    return ended.exit_code, ended.output


@pytest.mark.slow
@pytest.mark.nightly
def test_runs_on_files_are_checked_and_reported_like_any(copied: Path, tmp_path: Path) -> None:
    """Optima are 9, 14 and 11 by hand; the page's commands ask for the same files again.

    Once the instance is gone, the plan checker cannot read its plans, and says so.
    """
    runs = tmp_path / "runs"
    code, output = typed("run", "--suite", copied / "suites" / "mine.yaml", "--out", runs)
    assert code == 0, output
    code, output = typed("check", runs, "--json")
    assert code == 0
    found = {each["instance"]: each["objective"] for each in json.loads(output)["runs"] if each["solved"]}
    assert {name: found[name] for name in NAMES[1:]} == pytest.approx(
        dict(zip(NAMES[1:], (9.0, 14.0, 11.0), strict=True))
    )
    assert found[NAMES[0]] > 0.0
    code, output = typed("report", runs, "--out", tmp_path / "report")
    assert code == 0, output
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    asked = yaml.safe_load(re.search(r"<<'END'\n(.*?)\nEND", unescape(page), flags=re.DOTALL)[1])["instances"]
    assert sorted(asked, key=list) == [
        {"facility": str(copied / "suites" / "small.txt")},
        {"instance": str(copied / "mine" / "plan")},
        {"mps": str(copied / "suites" / "pair.mps.gz"), "optimum": 9.0},
        {"network": str(copied / "suites" / "two.json")},
    ]
    with pytest.raises(DataError, match="has no instance that can be exported"):
        export_oeb(runs, tmp_path / "oeb", contributor="A. Planner")
    shutil.rmtree(copied / "mine")
    ended = CliRunner().invoke(app, ["bench", "check", str(runs), "--json"])
    assert ended.exit_code == 0
    assert ended.stderr.startswith("not read by the plan checker: country-plan-0: ")
    assert {run["verdict"] for run in json.loads(ended.stdout)["runs"]} == {"ok"}


MISSING = {
    "instance": "folder or workbook of an instance",
    "mps": "an MPS file",
    "facility": "a problem of facility location of the OR-Library",
    "network": "a fixed-charge network of FCNetLib as JSON",
}


@pytest.mark.parametrize("key", MISSING)
def test_a_file_that_is_not_there_is_told_with_its_line(key: str, home: Path, tmp_path: Path) -> None:
    """Before anything is made, all of them at once."""
    suite = suite_of(home, f"  - {{mps: pair.mps.gz}}\n  - {{{key}: nowhere}}\n  - {{{key}: gone}}\n")
    problems = told(suite, tmp_path / "made")
    assert [problem.partition(", and there is none; allowed: ")[0] for problem in problems] == [
        f"other.yaml:7: '{key}' is 'nowhere'",
        f"other.yaml:8: '{key}' is 'gone'",
    ]
    assert all(MISSING[key] in problem for problem in problems)
    assert all(("cluster6-nl" in problem) == (key == "instance") for problem in problems)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("instance", "", "holds no instance; allowed: a folder with instance.toml"),
        ("mps", "ROWS\n nonsense\n", "HiGHS cannot read it; allowed: an MPS file"),
        ("facility", "1 two", "is '1 two'; allowed: numbers alone"),
        ("network", "[]", "is no fixed-charge network; allowed: an object with name"),
    ],
)
def test_a_file_that_is_broken_is_told_with_its_line(
    key: str, text: str, said: str, home: Path, tmp_path: Path
) -> None:
    """The line of the suite, and what is wrong with the file."""
    name = f"broken.{'mps' if key == 'mps' else 'txt'}"
    broken = tmp_path / name
    if key == "instance":
        broken.mkdir()
    else:
        broken.write_text(text)
    problems = told(suite_of(home, f"  - {{mps: pair.mps.gz}}\n  - {{{key}: {broken}}}\n"), tmp_path / "made")
    assert len(problems) == 1
    assert problems[0].startswith("other.yaml:7: ")
    assert name in problems[0] and said in problems[0]


def test_an_instance_that_breaks_rules_is_told_with_each_of_them(copied: Path, tmp_path: Path) -> None:
    """File and line of the tables too."""
    table = copied / "mine" / "plan" / "sites.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    problems = told(suite_of(copied, "  - {instance: ../mine/plan}\n"), tmp_path / "made")
    assert all(problem.startswith("other.yaml:6: ") for problem in problems)
    assert any(f"sites.csv:{len(lines) + 1}: " in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{instance: ../mine/plan, optimum: 9}", "'optimum' is unknown; allowed: instance"),
        ("{mps: pair.mps.gz, optimum: .nan}", "'optimum' is nan; allowed: the least objective: a finite number"),
        ("{mps: pair.mps.gz, optimum: nine}", "'instances.0.optimum' is 'nine'; allowed: the least objective"),
        ("{mps: 3}", "'instances.0.mps' is 3; allowed: an MPS file: a path"),
        ("{mps: pair.mps.gz, family: net-tree}", "'family' is unknown"),
        ("{msp: pair.mps.gz}", "'family' is missing; allowed: the name of a family of instances; or, in place of all"),
        ("3", "'instances.0' is 3; allowed: a family with a size and seeds, or a file"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(entry: str, said: str, home: Path, tmp_path: Path) -> None:
    """With its line, and what is allowed."""
    problems = told(suite_of(home, f"  - {entry}\n"), tmp_path)
    assert any(problem.startswith("other.yaml:6: ") and said in problem for problem in problems), problems


def test_two_files_of_one_name_are_refused(copied: Path, tmp_path: Path) -> None:
    """Their instances could not be told apart."""
    (copied / "more").mkdir()
    write_mps(COVER, copied / "more" / "pair.mps")
    assert told(suite_of(copied, "  - {mps: pair.mps.gz}\n  - {mps: ../more/pair.mps}\n"), tmp_path) == [
        "other.yaml:7: mps-pair-0 stands on line 6 too; allowed: once, and files of different names"
    ]


def test_a_file_that_was_changed_since_is_refused(copied: Path, tmp_path: Path) -> None:
    """Runs of before and after could not be told apart; nor could they be judged by another optimum."""
    suite, out = suite_of(copied, "  - {mps: pair.mps.gz, optimum: 9}\n"), tmp_path / "made"
    (origin,) = read_suite(suite).instances
    first = stored(origin, out)
    assert stored(origin, out) == first
    write_mps(COVER.with_objective(np.array([3.0, 1.0])), copied / "suites" / "pair.mps.gz")
    assert told(suite, out)[0].startswith(
        f"other.yaml:6: {copied / 'suites' / 'pair.mps.gz'}: was changed since {first.mps.name}"
    )
    write_mps(COVER, copied / "suites" / "pair.mps.gz")
    assert stored(origin, out) == first
    suite_of(copied, "  - {mps: pair.mps.gz, optimum: 8}\n")
    assert "pair.mps.gz: has the optimum 8 now since " in told(suite, out)[0]


def test_a_programme_without_end_is_an_instance_too(home: Path, tmp_path: Path) -> None:
    """Its relaxation has no bound to tell."""
    endless = COVER.with_numbers(cost=-COVER.cost, upper=np.full(2, np.inf))
    write_mps(endless, tmp_path / "endless.mps")
    (origin,) = read_suite(suite_of(home, f"  - {{mps: {tmp_path / 'endless.mps'}}}\n")).instances
    assert stored(origin, tmp_path / "made").manifest.lp_bound is None


def test_a_manifest_of_a_family_leads_to_it(tmp_path: Path) -> None:
    """With its step; one of a family that there is no more leads nowhere."""
    step = Drawn("series-costs", "XS", 3, 2)
    manifest = stored(step, tmp_path).manifest
    assert origin_of(manifest) == step
    assert origin_of(replace(manifest, family="series-of-old")) is None
