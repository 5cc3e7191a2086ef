"""One rule for every command that writes: what is there is replaced only with `--overwrite`."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import routeplan
from kilns import design_file, kilns
from routeplan.cli.main import app
from surveys import workbook

pytestmark = pytest.mark.slow

Run = Callable[..., Any]

SAMPLE = Path(__file__).parents[1] / "importers" / "data" / "eutl_sample.csv"

WRITES = {"--out", "--mps", "--log", "--into", "--write-names"}
"""Options that name what is written."""

WRITERS = {
    "solve --mps": (("solve", "town", "--quiet", "--mps"), "there.mps"),
    "solve --log": (("solve", "town", "--quiet", "--log"), "there.log"),
    "compare --out": (("compare", "town-plan", "town-plan", "--out"), "there.csv"),
    "reach --out": (("reach", "town", "--out"), "there.csv"),
    "verdicts --out": (("verdicts", "town", "--quiet", "--out"), "there"),
    "levers --out": (("levers", "town", "--out"), "there"),
    "hub compare --out": (
        ("hub", "compare", "region", "harbour.toml", "--years-late", "50", "--quiet", "--out"),
        "there",
    ),
    "shortfall --out": (("shortfall", "town", "--out"), "there"),
    "perspective --out": (("perspective", "town-plan", "--out"), "there.csv"),
    "perspective --out, to a workbook": (("perspective", "town-plan", "--out"), "there.xlsx"),
    "generate --out": (("generate", "--sites", "6", "--seed", "1", "--out"), "there"),
    "migrate --out": (("migrate", "town", "--out"), "there"),
    "import ets --out": (("import", "ets", "export.csv", "--region", "Achterhoek", "--out"), "there"),
    "import sites --out": (("import", "sites", "--language", "en", "sites.csv", "--out"), "there"),
    "import sites --out, to a workbook": (("import", "sites", "--language", "en", "sites.csv", "--out"), "there.xlsx"),
    "import ets --out, to a workbook": (
        ("import", "ets", "export.csv", "--region", "Achterhoek", "--out"),
        "there.xlsx",
    ),
    "generate --out, to a workbook": (("generate", "--sites", "6", "--seed", "1", "--out"), "there.xlsx"),
    "import survey --out": (("import", "survey", "--language", "en", "bakery.xlsx", "--out"), "there"),
    "import survey --out, to a workbook": (
        ("import", "survey", "--language", "en", "bakery.xlsx", "--out"),
        "there.xlsx",
    ),
    "import survey --write-names": (("import", "survey", "--language", "en", "--write-names"), "there.toml"),
    "import excel --out": (("import", "excel", "town.xlsx", "--out"), "there"),
    "export excel --out": (("export", "excel", "town", "--out"), "there.xlsx"),
    "export excel --out, of a result": (("export", "excel", "town-plan", "--out"), "there.xlsx"),
    "export geojson --out": (("export", "geojson", "town-plan", "--out"), "there"),
    "export geopackage --out": (("export", "geopackage", "town-plan", "--out"), "there.gpkg"),
    "export grid --out": (("export", "grid", "town-plan", "--out"), "there.csv"),
    "export grid --out, of sites": (("export", "grid", "town-plan", "--sites", "--out"), "there.csv"),
    "export public --out": (("export", "public", "three-plan", "--out"), "there.xlsx"),
    "export public --out, to a folder": (("export", "public", "three-plan", "--out"), "there"),
}
"""Commands as typed, and the place that they write to."""

AS_OF_SITES = {"import ets --out, to a workbook", "import survey --out, to a workbook"}
"""What is written as by `import sites`, and tried every night."""

BY_ITSELF = {
    "solve --out": "a result of the same instance and scenario is made anew; see test_command_solve.py",
    "demo --out": "a copy of the example is left as it is; see test_command_demo.py",
    "report --out": "a page of routeplan is made anew; see test_command_report.py",
    "hub new --out": "nothing that is there is replaced; see test_command_hub.py",
    "hub suggest --out": "nothing that is there is replaced; see test_command_hub.py",
    "import capacity --out": "nothing that is there is replaced; see test_command_import_capacity.py",
    "bench make --out": "what was made before is found again; see tests/bench/test_bench_instances.py",
    "bench run --out": "runs are added to those that are there; see tests/bench/test_suite.py",
    "bench tune --out": "a study is gone on with; see tests/bench/test_tune.py",
    "bench export --out": "nothing that is there is replaced; see tests/bench/test_export_oeb.py",
    "bench report --out": "a report is made anew, and nothing else replaced; see tests/bench/report",
    "bench merge --out": "nothing that is there is replaced; see test_command_bench.py",
    "import capacity --into": "the instance that is named is the one to change",
    "import netburen --out": "nothing that is there is replaced; see test_command_import_netburen.py",
    "import netburen --into": "the instance that is named is the one to change",
}
"""What has a rule of its own, and why."""

THREE_SITES = {
    "sites": (
        "site,name,sector,region,area,lat,lon\nbakery,,food,east,town,52.0,6.3\n"
        "brickworks,,ceramics,east,town,52.1,6.4\nmill,,food,east,town,52.1,6.3\n"
    ),
    "processes": "process,site,kind\noven,bakery,steam\nkiln,brickworks,kiln\nroll,mill,steam\n",
    "options": (
        "process,route,current,capex,electricity,gas,firm_capacity,emissions\noven,gas,1,0,0,10,0,2\n"
        "kiln,gas,1,0,0,20,0,4\nroll,gas,1,0,0,10,0,2\n"
    ),
    "support": "pot,family,sector,basis,share\n",
}
"""Tables of an instance whose sums may be published: of three sites none has more than half of the CO2."""


def commands(group: Any, *before: str) -> Iterator[tuple[str, Any]]:
    """Every command, by its name as typed."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *before, name)
        else:
            yield " ".join((*before, name)), command


def test_every_command_that_writes_is_known() -> None:
    """A new one gets a line above, and `--overwrite`."""
    found = {
        f"{name} {option}": command
        for name, command in commands(typer.main.get_command(app))
        for option in WRITES.intersection(*[{opt for parameter in command.params for opt in parameter.opts}])
    }
    assert set(found) == {name.partition(",")[0] for name in WRITERS} | set(BY_ITSELF)
    without = {
        name
        for name, command in found.items()
        if not any("--overwrite" in parameter.opts for parameter in command.params)
    }
    ours = {f"bench {name} --out" for name in ("make", "run", "merge", "tune", "export", "report")}
    merged = {f"import {name} {option}" for name in ("capacity", "netburen") for option in ("--out", "--into")}
    assert without == {"report --out", "hub new --out", "hub suggest --out"} | merged | ours


@pytest.fixture
def made(write_town: Callable[..., Path], planned: Callable[..., Path], run: Run, solved: Path) -> None:
    """What the commands read: made once, and copied."""
    stored = solved / "what-commands-read"
    if stored.exists():
        shutil.copytree(stored, ".", dirs_exist_ok=True)
        return
    town = write_town()
    Path("export.csv").write_bytes(SAMPLE.read_bytes())
    Path("sites.csv").write_text("name,town,sector,gas\nDairy,Lochem,food,60\n", encoding="utf-8")
    workbook(Path("bakery.xlsx"))
    assert run("export", "excel", "town").code == 0
    (town / "scenarios.toml").unlink()
    write_town("three", **THREE_SITES)
    Path("three/scenarios.toml").unlink()
    planned("three", "--threads", 1, out="three-plan")
    planned(town, "--threads", 1)
    routeplan.write(kilns(1.5), "region")
    design_file(Path())
    shutil.copytree(".", stored)


def content(place: Path) -> dict[str, bytes]:
    """Bytes of a file, or of each file of a folder."""
    files = [place] if place.is_file() else sorted(place.rglob("*.*"))
    return {str(file): file.read_bytes() for file in files if file.is_file()}


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("typed", "there"),
    [
        pytest.param(*writer, id=name, marks=[pytest.mark.nightly] if name in AS_OF_SITES else [])
        for name, writer in WRITERS.items()
    ],
)
@pytest.mark.some(1)
def test_what_is_there_is_replaced_only_when_asked(typed: tuple[str, ...], there: str, run: Run) -> None:
    """Refused in the same words by all, with the way out; what is there stays, and is replaced with `--overwrite`."""
    place = Path(there)
    assert run(*typed, there).code == 0
    first = content(place)
    mine = place if place.is_file() else sorted(place.glob("*.*"))[-1]
    refused = run(*typed, there)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"{there} is there already; --overwrite replaces it, --") or refused.err.startswith(
        f"{there} holds an instance already; --overwrite replaces it, --"
    )
    assert refused.err.endswith(" writes elsewhere\n")
    assert content(place) == first
    assert mine.exists()
    assert run(*typed, there, "--overwrite").code == 0
    assert set(content(place)) == set(first)


@pytest.mark.parametrize(("option", "file"), [("--mps", "mine.mps"), ("--log", "mine.log")])
@pytest.mark.nightly
def test_a_file_of_somebody_elses_stays(town: Path, run: Run, option: str, file: str) -> None:
    """No time is spent before it is refused: no plan is made; with `--overwrite` nothing of it is left."""
    Path(file).write_text("my own", encoding="utf-8")
    refused = run("solve", town, option, file)
    assert (refused.code, refused.out, refused.err) == (
        2,
        "",
        f"{file} is there already; --overwrite replaces it, {option} FILE writes elsewhere\n",
    )
    assert Path(file).read_text(encoding="utf-8") == "my own"
    assert not Path("town-plan").exists()
    assert run("solve", town, option, file, "--overwrite", "--quiet").code == 0
    assert "my own" not in Path(file).read_text(encoding="utf-8")


@pytest.mark.nightly
def test_what_is_no_file_may_be_written_to(town: Path, run: Run) -> None:
    """A log that nobody keeps goes nowhere."""
    assert run("solve", town, "--log", "/dev/null", "--quiet").code == 0
