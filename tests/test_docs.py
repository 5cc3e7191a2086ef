"""The documents tell the truth: every command in the README works, and what it shows is so."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import routeplan
from routeplan.cli.main import app
from routeplan.data.reference import result_reference
from routeplan.data.template import write_template
from routeplan.hubs.form import KEYS
from routeplan.version import __version__
from surveys import workbook

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REPORT = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(.*?)\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)

COMMANDS = [text for kind, text in BLOCKS if kind == "bash"]
"""Blocks of commands; each works in a folder that holds the checkout's instances and nothing else."""

PYTHON = [text for kind, text in BLOCKS if kind == "python"]

REGISTER = Path(__file__).parent / "importers" / "data"


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with the instances, the examples and a registry export, as the README supposes."""
    (tmp_path / "instances").symlink_to(ROOT / "instances")
    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    shutil.copy(REGISTER / "eutl_sample.csv", tmp_path / "installations.csv")
    workbook(tmp_path / "surveys" / "bakery.xlsx")
    return tmp_path


def _run(folder: Path, *words: str) -> str:
    """Run a program in a folder, with this Python's own programs first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ended = subprocess.run(
        words, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_the_readme_has_commands_and_a_script() -> None:
    """The pattern above finds the blocks; without this the tests below could pass on nothing."""
    assert len(COMMANDS) == 12
    assert len(PYTHON) == 1


def _name(block: str) -> str:
    """A name for a block."""
    return " ".join(block.split()[:3])


def _blocks(soon: str) -> list[Any]:
    """The blocks; at each change the one that begins so, and the others every night."""
    return [
        pytest.param(block, id=_name(block), marks=[] if block.startswith(soon) else [pytest.mark.nightly])
        for block in COMMANDS
    ]


@pytest.mark.nightly
@pytest.mark.parametrize("block", COMMANDS, ids=_name)
def test_commands_of_the_readme_work(workplace: Path, block: str) -> None:
    """Each block of commands runs as it is printed, and every command in it ends with 0."""
    _run(workplace, "bash", "-e", "-c", block)


@pytest.mark.parametrize("block", _blocks("routeplan solve instances/tiny --gap"))
def test_commands_of_the_readme_work_here(workplace: Path, monkeypatch: pytest.MonkeyPatch, block: str) -> None:
    """The same without a shell: every command ends with 0, and what it prints goes where the block says."""
    monkeypatch.chdir(workplace)
    for line in block.replace("\\\n", " ").splitlines():
        command, _, file = line.partition(" > ")
        program, *words = shlex.split(command, comments=True)
        ended = CliRunner().invoke(app, words)
        assert (program, ended.exit_code) == ("routeplan", 0), ended.output
        if file:
            Path(file).write_text(ended.stdout, encoding="utf-8")
            json.loads(ended.stdout)


def test_the_script_of_the_readme_is_the_example() -> None:
    """What the README shows is the file that it names, to the letter."""
    assert "".join(PYTHON) == (ROOT / "scripts" / "examples" / "plan_region.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [(), pytest.param(("instances/tiny",), marks=pytest.mark.nightly)],
    ids=["alone", "with a folder"],
)
@pytest.mark.nightly
def test_the_example_makes_the_plan_of_the_command(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """The example script, with a folder or without, and `routeplan solve` make the same plan, and it holds."""
    monkeypatch.chdir(workplace)
    shown = _run(workplace, sys.executable, "scripts/examples/plan_region.py", *words)
    assert shown.startswith("optimal: ")
    assert CliRunner().invoke(app, ["solve", "instances/tiny", "--out", "by-command"]).exit_code == 0
    for table in ("runs.csv", "starts.csv", "grants.csv", "built.csv", "hubs.csv", "costs.csv"):
        assert (workplace / "tiny-plan" / table).read_bytes() == (workplace / "by-command" / table).read_bytes()
    assert CliRunner().invoke(app, ["verify", "instances/tiny", "tiny-plan"]).exit_code == 0


@pytest.mark.parametrize(
    ("example", "told"),
    [
        pytest.param("relax_targets.py", "M EUR with what is missed", marks=pytest.mark.nightly),
        ("cancel_solve.py", "the search was stopped by the user"),
        ("sweep_prices.py", "180.0"),
        pytest.param("all_scenarios.py", "late-hydrogen", marks=pytest.mark.nightly),
    ],
)
@pytest.mark.some(1)
def test_the_other_examples_run(workplace: Path, example: str, told: str) -> None:
    """Each makes what it says of the smallest instance that shows it."""
    instance = "instances/achterhoek" if example == "cancel_solve.py" else "instances/tiny"
    assert told in _run(workplace, sys.executable, f"scripts/examples/{example}", instance)


def test_the_example_is_ten_lines() -> None:
    """As the README says; its docstring, imports and empty lines are not counted."""
    text = (ROOT / "scripts" / "examples" / "plan_region.py").read_text(encoding="utf-8")
    code = [line for line in text.splitlines() if line and not line.startswith(('"""', "import"))]
    assert len(code) <= 10


def test_every_command_is_explained() -> None:
    """The README's table has a row for each command that there is."""
    explained = set(re.findall(r"`routeplan (\w+)", re.search(r"## Commands\n(.*?)\n## ", README, re.DOTALL)[1]))
    assert explained == set(typer.main.get_command(app).commands)


@pytest.mark.nightly
def test_the_commands_and_pictures_of_the_page_work(workplace: Path) -> None:
    """Those of docs/report.md, as they are printed; the README has nearly the same."""
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", REPORT, flags=re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in blocks] == ["bash", "bash", "python"]
    for kind, text in blocks:
        _run(workplace, *(("bash", "-e", "-c") if kind == "bash" else (sys.executable, "-c")), text)
    made = {path.name for path in workplace.iterdir() if path.suffix in (".html", ".pdf")}
    assert made == {"tiny.html", "tiny-nl.html", "late-grid.html", "tiny-verdicts.html", "emissions.pdf"}


def test_every_picture_is_explained() -> None:
    """docs/report.md has a row for each."""
    assert set(re.findall(r"`(plot_\w+)`", REPORT)) == {name for name in dir(routeplan) if name.startswith("plot_")}


def test_the_format_is_explained_as_the_template_does(tmp_path: Path) -> None:
    """docs/format.md is the README that `routeplan template` writes."""
    write_template(tmp_path / "template")
    assert (ROOT / "docs" / "format.md").read_text(encoding="utf-8") == (tmp_path / "template" / "README.md").read_text(
        encoding="utf-8"
    )


def test_results_are_explained_as_the_schema_says() -> None:
    """docs/results.md is what the schema of results is rendered to."""
    assert (ROOT / "docs" / "results.md").read_text(encoding="utf-8") == result_reference()


@pytest.mark.parametrize(
    "document",
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/results.md",
        "docs/report.md",
        "docs/hubs.md",
        "docs/survey.md",
        "docs/regio.md",
        "docs/hub-in-de-regio.md",
        "docs/benchmarks.md",
    ],
)
def test_links_lead_to_files(document: str) -> None:
    """Every link to a file of the checkout leads to one."""
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / document).read_text(encoding="utf-8"))
    assert [link for link in links if not ((ROOT / document).parent / link).exists()] == []


def test_the_designs_of_the_walk_through_fit_the_example(tmp_path: Path) -> None:
    """Each block of TOML in docs/hubs.md, as it is printed; the first has every key of a design."""
    text = (ROOT / "docs" / "hubs.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    files = [tmp_path / f"{number}.toml" for number in range(len(blocks))]
    for file, block in zip(files, blocks, strict=True):
        file.write_text(block, encoding="utf-8")
    designs = routeplan.read_designs(files, routeplan.read(ROOT / "instances" / "achterhoek"))
    assert [len(design.hubs) for design in designs] == [1, 1]
    assert set(tomllib.loads(blocks[0])) == set(KEYS)


def test_the_version_is_the_same_everywhere() -> None:
    """The citation names the version of the package, and the build takes it from there too."""
    cited = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert cited is not None
    assert cited[1] == __version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["version"]["path"] == "src/routeplan/version.py"


@pytest.mark.parametrize("document", ["regio.md", "hub-in-de-regio.md", "benchmarks.md", "why.md", "hubs.md"])
def test_the_commands_of_a_document_are_there(document: str) -> None:
    """It names commands and options that there are; what regional teams type first is the README's, which is run."""
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    typed = re.findall(r"`routeplan ([^`]+)`", text) + re.findall(r"^routeplan (.+)$", text, re.MULTILINE)
    assert len(typed) >= 5
    for line in typed:
        command: Any = typer.main.get_command(app)
        words = shlex.split(line)
        while hasattr(command, "commands") and words:
            command = command.commands[words.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, line
