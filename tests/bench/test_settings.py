"""Settings and suites: files that people write, and what is told of mistakes in them."""

from pathlib import Path

import pytest

from routeplan.bench.settings import Setting, read_settings
from routeplan.bench.suites import Drawn, find_suite, read_suite
from routeplan.bench.ways import Way
from routeplan.errors import DataError

SUITE = """
about: A try.
seconds: 10
memory: 1000
seeds: [0, 1]
settings: [plain, other]
instances:
  - {family: trees, size: S, seeds: [3, 4]}
  - {family: meshes, size: M}
"""


def written(folder: Path, **files: str) -> Path:
    """A folder with files of YAML; a name with two underscores is in a folder of its own."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    with pytest.raises(DataError) as refused:
        read_settings(folder)
    return [str(problem) for problem in refused.value.problems]


def test_a_setting_has_the_options_of_those_that_it_extends(tmp_path: Path) -> None:
    """Its own count where both have one."""
    written(
        tmp_path,
        plain="solver: highs\nwhy: As it comes.\nrequires: '>=1.16'\noptions: {presolve: 'on', mip_lifting: 1}",
        highs__more="extends: plain\nwhy: More.\noptions: {mip_lifting: 2, flag: true}",
    )
    settings = read_settings(tmp_path)
    options = {"presolve": "on", "mip_lifting": 2, "flag": True}
    assert settings["more"] == Setting("more", "highs", options, ">=1.16", "More.")
    assert settings["more"].allows("1.16.0") and not settings["more"].allows("1.15.1")


def test_a_setting_has_the_formulation_and_start_of_those_that_it_extends(tmp_path: Path) -> None:
    """Unless it says otherwise; one that says nothing is given an instance as usual."""
    written(
        tmp_path,
        usual="solver: highs\nwhy: x",
        warm="extends: usual\nwhy: x\nwarm_start: true\nformulation: commodity",
        same="extends: warm\nwhy: x",
        cold="extends: warm\nwhy: x\nwarm_start: false\nformulation: path",
    )
    ways = {name: setting.way for name, setting in read_settings(tmp_path).items()}
    assert ways == {
        "usual": Way(),
        "warm": Way("commodity", start=True),
        "same": Way("commodity", start=True),
        "cold": Way("path"),
    }


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a": "extends: a\nwhy: x"}, "a.yaml:1: 'extends' leads back: a extends a; allowed: a setting that does not"),
        (
            {"a": "why: x\nextends: b", "b": "extends: a\nwhy: x"},
            "b.yaml:1: 'extends' leads back: a extends b extends a; allowed: a setting that does not",
        ),
        ({"a": "why: x\nextends: bb", "b": "solver: s\nwhy: x"}, "a.yaml:2: 'extends' is 'bb', and there is none"),
        ({"a": "why: x"}, "a.yaml: 'solver' is missing; allowed: the name of a solver"),
        ({"a": "solver: s"}, "a.yaml:1: 'why' is missing; allowed: the reason"),
        ({"a": "solver: s\nwhy: x\noption: {}"}, "a.yaml:3: 'option' is unknown (did you mean 'options'?)"),
        (
            {"a": "solver: s\nwhy: x\noptions: {n: [1]}"},
            "'options.n' is [1]; allowed: true or false",
        ),
        ({"a": "solver: s\nwhy: x\nwhy: y"}, "a.yaml:3: 'why' stands on line 2 too; allowed: once"),
        ({"a": "solver: s\nwhy: [x"}, "a.yaml:2: is no YAML"),
        ({"a": "- 1"}, "allowed: a mapping of keys and values"),
        ({"a": "solver: s\nwhy: x\nrequires: new"}, "a.yaml:3: 'requires' is 'new'; allowed: versions of the solver"),
        ({"a": "solver: s\nwhy: x", "d__a": "solver: s\nwhy: x"}, "d/a.yaml: is called as "),
        (
            {"a": "solver: s\nwhy: x", "b": "extends: a\nsolver: t\nwhy: x"},
            "b.yaml:1: 'extends' is 'a', a setting of",
        ),
        (
            {"a": "solver: s\nwhy: x\nwarm_start: 1"},
            "a.yaml:3: 'warm_start' is 1; allowed: true or false: whether",
        ),
        (
            {"a": "solver: s\nwhy: x\nformulation: ''"},
            "a.yaml:3: 'formulation' is ''; allowed: the name of a formulation",
        ),
        ({}, "has no settings; allowed: a folder with files *.yaml"),
    ],
)
def test_a_mistake_is_told_with_its_line(files: dict[str, str], said: str, tmp_path: Path) -> None:
    problems = told(written(tmp_path, **files))
    assert any(said in problem for problem in problems), problems


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, a="why: x", b="- 1", c="extends: none\nwhy: x")
    assert [problem.split(":")[0] for problem in told(tmp_path)] == ["a.yaml", "b.yaml", "c.yaml"]


def test_a_setting_may_extend_one_of_another_folder(tmp_path: Path) -> None:
    shipped = written(tmp_path / "shipped", plain="solver: highs\nwhy: x")
    mine = written(tmp_path / "mine", faster="extends: plain\nwhy: y")
    assert list(read_settings(shipped, mine)) == ["faster", "plain"]


def test_a_suite_has_an_instance_for_each_seed(tmp_path: Path) -> None:
    suite = read_suite(written(tmp_path, mine=SUITE) / "mine.yaml")
    assert suite.instances == [Drawn("trees", "S", 3), Drawn("trees", "S", 4), Drawn("meshes", "M", 0)]
    assert (suite.name, suite.seeds, suite.threads, suite.runs) == ("mine", [0, 1], 1, 3 * 2 * 2)
    assert find_suite("mine", tmp_path) == find_suite(str(tmp_path / "mine.yaml"), Path("nowhere")) == suite


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        (
            "seconds: 10",
            "seconds: 0",
            "mine.yaml:3: 'seconds' is 0; allowed: the time limit of a run",
        ),
        ("seeds: [0, 1]", "seeds: [1, 1]", "mine.yaml:5: 'seeds' is [1, 1]; allowed: seeds of the solver"),
        ("  - {family: meshes, size: M}", "  - {family: meshes}", "mine.yaml:9: 'size' is missing"),
        ("  - {family: meshes, size: M}", "  - {family: trees, size: S, seeds: [4]}", "trees-S-4 stands on line 8 too"),
        ("settings: [plain, other]", "settings: []", "mine.yaml:6: 'settings' is []; allowed: a list"),
    ],
)
def test_a_mistake_in_a_suite_is_told(line: str, instead: str, said: str, tmp_path: Path) -> None:
    written(tmp_path, mine=SUITE.replace(line, instead))
    with pytest.raises(DataError) as refused:
        read_suite(tmp_path / "mine.yaml")
    assert any(said in str(problem) for problem in refused.value.problems), refused.value.problems


def test_a_suite_names_steps_of_a_series(tmp_path: Path) -> None:
    """One or several; the name of an instance has its step, unless it is the first."""
    entry = "  - {family: meshes, size: M}"
    steps = SUITE.replace(
        entry, "  - {family: s, size: M, step: 3}\n  - {family: t, size: M, seeds: [1], step: [0, 2]}"
    )
    suite = read_suite(written(tmp_path, mine=steps) / "mine.yaml")
    assert suite.instances[2:] == [Drawn("s", "M", 0, 3), Drawn("t", "M", 1, 0), Drawn("t", "M", 1, 2)]
    assert [each.name for each in suite.instances[2:]] == ["s-M-0-step-3", "t-M-1", "t-M-1-step-2"]


@pytest.mark.parametrize("step", ["-1", "1.5", "[]", "[1, 1]", "first"])
def test_what_is_no_step_is_refused(step: str, tmp_path: Path) -> None:
    """With its line."""
    changed = SUITE.replace("{family: meshes, size: M}", f"{{family: meshes, size: M, step: {step}}}")
    said = r"mine\.yaml:9: 'instances\.1\.step' is .*; allowed: a step of a series, or a list of different ones"
    with pytest.raises(DataError, match=said):
        read_suite(written(tmp_path, mine=changed) / "mine.yaml")


def test_a_suite_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"has no suite 'smok' \(did you mean 'smoke'\?\); allowed: core, smoke"):
        find_suite("smok", written(tmp_path, smoke=SUITE, core=SUITE))
