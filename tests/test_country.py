"""The country, its regions and the nine cases: written by their script, and what they say they are."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from routeplan import Instance, read
from routeplan.schema.inputs import INPUT_TABLES

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
def test_the_shipped_tables_are_what_the_script_writes(written: Path, name: str) -> None:
    """Byte for byte, and no table more."""
    tables = {"instance.toml", "datapackage.json", *(table.file for table in INPUT_TABLES.values())}
    shipped = {path.name for path in (INSTANCES / name).iterdir()} & tables
    assert shipped == {path.name for path in (written / name).iterdir()} & tables
    for file in shipped:
        assert (INSTANCES / name / file).read_bytes() == (written / name / file).read_bytes(), file


@pytest.mark.parametrize("name", MADE)
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
    places = pd.read_csv(ROOT / "src" / "routeplan" / "tables" / "places.csv").drop_duplicates("place")
    assert places.set_index("place").loc[notes["place"], "province"].nunique() >= 4
    assert nine["sites"]["contract"].value_counts().max() == 3


def test_the_action_plan_holds_its_money(nine: Instance) -> None:
    """17.6 M EUR, until 2030."""
    budgets = nine["budgets"].query("pot == 'action_plan'")
    assert budgets["amount"].sum() == pytest.approx(17.6)
    assert budgets["period"].max() < 2030 + 1


def test_what_the_country_was_calibrated_to_is_reached() -> None:
    """Of what follows from the tables alone, all is recomputed, inside its band and in the log."""
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / "calibration.py", "--sites-only"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    log = pd.read_csv(INSTANCES / "cluster6-nl" / "note_calibration.csv", keep_default_na=False)
    assert (log["inside"] | (log["explained"] != "")).all()


def test_the_readme_tells_what_the_log_of_calibration_says() -> None:
    """A row for each target, with its band and what is reached."""
    log = pd.read_csv(INSTANCES / "cluster6-nl" / "note_calibration.csv", keep_default_na=False)
    readme = (INSTANCES / "cluster6-nl" / "README.md").read_text(encoding="utf-8")
    told = [line.split(" | ") for line in readme.splitlines() if line.startswith("| ") and " to " in line]
    assert [row[0].removeprefix("| ").partition(",")[0] for row in told] == [
        name.partition(",")[0] for name in log["target"]
    ]
    assert [row[2].rstrip(" |").partition(":")[0] for row in told] == [f"{number:g}" for number in log["reached"]]
