"""The country, its regions and the nine cases: written by their script, and what they say they are."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from routeplan import Instance, read, save, solve
from routeplan.schema.inputs import INPUT_TABLES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
INSTANCES = ROOT / "instances"
REGIONS = sorted(path.name for path in INSTANCES.glob("region-*"))
MADE = ["cluster6-nl", "nine-cases", *REGIONS]


@pytest.fixture(scope="module")
def country() -> Instance:
    return read(INSTANCES / "cluster6-nl")


@pytest.fixture(scope="module")
def nine() -> Instance:
    return read(INSTANCES / "nine-cases")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the script writes to an empty folder, given the one table that it reads."""
    folder = tmp_path_factory.mktemp("instances")
    (folder / "nine-cases").mkdir()
    notes = (INSTANCES / "nine-cases" / "note_sites.csv").read_text(encoding="utf-8")
    (folder / "nine-cases" / "note_sites.csv").write_text(notes, encoding="utf-8")
    subprocess.run([sys.executable, ROOT / "scripts" / "make_country.py", folder], check=True)
    return folder


@pytest.mark.parametrize("name", MADE)
@pytest.mark.nightly
def test_the_shipped_tables_are_what_the_script_writes(written: Path, name: str) -> None:
    """Byte for byte, and no table more."""
    tables = {"instance.toml", "datapackage.json", *(table.file for table in INPUT_TABLES.values())}
    shipped = {path.name for path in (INSTANCES / name).iterdir()} & tables
    assert shipped == {path.name for path in (written / name).iterdir()} & tables
    for file in shipped:
        assert (INSTANCES / name / file).read_bytes() == (written / name / file).read_bytes(), file


@pytest.mark.parametrize("name", MADE)
@pytest.mark.some(1)
def test_every_scenario_can_be_applied(name: str) -> None:
    """The considered set: dates, prices, budgets and policies; `read` has tried each of them."""
    instance = read(INSTANCES / name)
    assert [scenario.name for scenario in instance.scenarios] == [
        "on-time",
        "late-grid",
        "late-hydrogen",
        "late-co2",
        "all-late",
        "low-prices",
        "high-prices",
        "half-budget",
        "double-budget",
        "no-flex-e",
        "blending-obligation",
    ]
    assert instance.under("on-time").sha256 == instance.sha256
    assert (instance.under("no-flex-e")["headroom"]["flexible"] == 0).all()


@pytest.mark.nightly
def test_late_means_later(country: Instance) -> None:
    """Every planned hydrogen link comes three years later, and no area has more room in any period."""
    late = country.under("all-late")
    planned = country["links"]["status"] == "planned"
    assert planned.any()
    assert (late["links"]["first_year"][planned] == country["links"]["first_year"][planned] + 3).all()
    assert (late["headroom"]["firm"] <= country["headroom"]["firm"]).all()


def test_the_country_has_the_known_sites(country: Instance) -> None:
    """330 = 146 of ETS size, 8 waste incinerators and 176 smaller ones, in ten sectors and sixteen areas."""
    sectors = country["sites"]["sector"].value_counts()
    assert sectors.sum() == 146 + 8 + 176
    assert sectors["waste_incineration"] == 8
    assert len(sectors) == 10
    areas = country["areas"]
    assert (areas["parent"] == "").sum() == 16


@pytest.mark.some(1)
@pytest.mark.parametrize("name", REGIONS)
def test_a_region_is_a_part_of_the_country(country: Instance, name: str) -> None:
    """Its sites are the country's in its areas, with the same processes and options."""
    region = read(INSTANCES / name)
    areas = {area[:3] for area in region["sites"]["area"]}
    there = country["sites"][country["sites"]["area"].str[:3].isin(areas)]
    assert sorted(region["sites"]["site"]) == sorted(there["site"])
    processes = country["processes"][country["processes"]["site"].isin(there["site"])]
    pd.testing.assert_frame_equal(
        region["processes"].reset_index(drop=True), processes.reset_index(drop=True), check_like=True
    )
    assert region["supply"]["quantity"].sum() < country["supply"]["quantity"].sum()


def test_nine_cases_are_twelve_sites_in_several_provinces(nine: Instance) -> None:
    """Ceramics, glass and food; three brickworks of one case share a contract."""
    notes = pd.read_csv(INSTANCES / "nine-cases" / "note_sites.csv")
    assert sorted(notes["site"]) == sorted(nine["sites"]["site"])
    assert (len(notes), notes["case"].nunique()) == (12, 9)
    assert set(nine["sites"]["sector"]) == {"ceramics", "glass", "food"}
    places = pd.read_csv(ROOT / "src" / "routeplan" / "estimate" / "tables" / "places.csv").drop_duplicates("place")
    assert places.set_index("place").loc[notes["place"], "province"].nunique() >= 4
    assert nine["sites"]["contract"].value_counts().max() == 3


def test_the_action_plan_holds_its_money(nine: Instance) -> None:
    """17.6 M EUR, until 2030."""
    budgets = nine["budgets"].query("pot == 'action_plan'")
    assert budgets["amount"].sum() == pytest.approx(17.6)
    assert budgets["period"].max() < 2030 + 1


@pytest.fixture(scope="module")
def calibration() -> ModuleType:
    """The script, as a module; it finds the scripts beside it, as when it is run."""
    spec = importlib.util.spec_from_file_location("calibration", ROOT / "scripts" / "calibration.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["calibration"] = module
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        spec.loader.exec_module(module)
    return module


LOG = pd.read_csv(INSTANCES / "cluster6-nl" / "note_calibration.csv", keep_default_na=False)


def test_the_log_of_calibration_is_that_of_the_tables(country: Instance, calibration: ModuleType) -> None:
    """What follows from the tables alone is recomputed, and stands in the log."""
    rows = pd.DataFrame(calibration.reached(calibration.SITES, calibration.of_sites(country)))
    pd.testing.assert_frame_equal(rows, LOG.iloc[: len(rows)], check_dtype=False)


def test_every_target_is_reached_or_explained() -> None:
    """A target outside its band says why."""
    assert (LOG["inside"] | (LOG["explained"] != "")).all()
    assert ((LOG["low"] <= LOG["reached"]) & (LOG["reached"] <= LOG["high"])).tolist() == LOG["inside"].tolist()


def test_an_explanation_bears_only_so_much(calibration: ModuleType) -> None:
    """0.884 less CO2 in 2040 is explained, 0.95 is not, and inside the band there is nothing to explain."""
    target = next(target for target in calibration.PLAN if target.name == "less CO2 in 2040")
    assert target.explanation(0.884) == target.explained
    assert (target.explanation(0.95), target.explanation(0.7), target.explanation(0.6)) == ("", "", "")


@pytest.mark.nightly
def test_the_plan_of_another_instance_is_refused(tmp_path: Path) -> None:
    """Figures of the country are not mixed with another plan."""
    save(solve(read(INSTANCES / "tiny")), tmp_path / "plan")
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / "calibration.py", tmp_path / "plan"], capture_output=True, text=True
    )
    assert (run.returncode, "is not a plan of cluster6-nl" in run.stderr) == (1, True)


def test_the_readme_tells_what_the_log_of_calibration_says() -> None:
    """A row for each target, with its band and what is reached."""
    readme = (INSTANCES / "cluster6-nl" / "README.md").read_text(encoding="utf-8")
    told = [line.split(" | ") for line in readme.splitlines() if line.startswith("| ") and " to " in line]
    assert [row[0].removeprefix("| ").partition(",")[0] for row in told] == [
        name.partition(",")[0] for name in LOG["target"]
    ]
    assert [row[2].rstrip(" |").partition(":")[0] for row in told] == [f"{number:g}" for number in LOG["reached"]]
