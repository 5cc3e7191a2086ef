"""The suites that come with routeplan: what they ask for is there, and what they are for is told."""

import re
from pathlib import Path

import pytest

from routeplan.bench.families.family import number_of
from routeplan.bench.seeds import Split
from routeplan.bench.shipped import SUITES, known_settings, shipped_folder
from routeplan.bench.suites import Suite, read_suite

ROOT = Path(__file__).parents[2]
BENCHMARKS = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
SHIPPED = {file.stem: read_suite(file) for file in shipped_folder(SUITES).glob("*.yaml")}


@pytest.mark.parametrize("suite", SHIPPED.values(), ids=SHIPPED)
def test_a_suite_asks_for_what_is_there(suite: Suite) -> None:
    """Settings, families and sizes, by their names."""
    assert set(suite.settings) <= set(known_settings(None))
    for drawn in suite.instances:
        assert number_of(drawn.opened(), drawn.size, drawn.seed) > 0


@pytest.mark.parametrize("name", SHIPPED)
def test_the_question_of_a_suite_is_told_with_its_command(name: str) -> None:
    """In the README beside it."""
    row = re.search(
        rf"^\| `{name}` \| (.+?) \| `routeplan bench run --suite {name} --out runs.*?` \|$", BENCHMARKS, re.M
    )
    assert row is not None
    assert "?" in row[1]


def test_what_sizes_asks_can_be_seen() -> None:
    """Each family has four sizes, of two instances that nothing was tuned on."""
    found: dict[str, dict[str, list[int]]] = {}
    for drawn in SHIPPED["sizes"].instances:
        found.setdefault(drawn.family, {}).setdefault(drawn.size, []).append(drawn.seed)
    assert len(found) == 4
    for sizes in found.values():
        assert list(sizes) == ["XS", "S", "M", "L"]
        assert {seed for seeds in sizes.values() for seed in seeds} <= set(Split.TEST.seeds)
        assert {len(seeds) for seeds in sizes.values()} == {2}


def test_the_settings_of_presolve_differ_in_rules_of_presolve_alone() -> None:
    """Bit 12 is Aggregator, 16 Enumeration, 22 Fourier-Motzkin: none, the last, second and first, all; no presolve."""
    options = [known_settings(None)[name].options for name in SHIPPED["presolve"].settings]
    off = [(each.get("presolve_rule_off", 0), each.get("presolve", "choose")) for each in options]
    assert off == [
        (2**12 + 2**16 + 2**22, "choose"),
        (2**12 + 2**16, "choose"),
        (2**12 + 2**22, "choose"),
        (2**16 + 2**22, "choose"),
        (0, "choose"),
        (2**12 + 2**16 + 2**22, "off"),
    ]
    assert all(set(each) <= {"presolve_rule_off", "presolve"} for each in options)


def test_every_script_of_benchmarks_is_explained_and_no_other() -> None:
    """What a suite answers has no script."""
    scripts = {file.name for file in (ROOT / "benchmarks").glob("*.py")}
    assert set(re.findall(r"^\| `(\w+\.py)[ `]", BENCHMARKS, re.M)) == scripts
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        assert set(re.findall(r"benchmarks/(\w+\.py)", document.read_text(encoding="utf-8"))) <= scripts
