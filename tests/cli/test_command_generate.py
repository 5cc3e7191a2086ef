"""The command `generate`."""

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from routeplan.data.read import read
from routeplan.estimate.defaults import PACKAGE_TABLES

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.nightly
def test_sites_are_made_and_are_valid(run: Run) -> None:
    """The folder holds an instance of as many sites as asked, which `check` accepts."""
    ended = run("generate", "--sites", "8", "--seed", "3", "--out", "eight")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("8 sites with ")
    assert ended.out.endswith("Now: routeplan solve eight\n")
    assert len(read("eight")["sites"]) == 8
    assert "no problems" in run("check", "eight").out


@pytest.mark.nightly
def test_the_folder_is_named_after_sites_and_seed(run: Run) -> None:
    """Without --out the instance's name is the folder's; it is not replaced without being asked."""
    typed = ("generate", "--sites", "6", "--seed", "1")
    assert run(*typed).code == 0
    assert read("generated-6-1").name == "generated-6-1"
    again = run(*typed)
    assert again.code == 2
    assert "generated-6-1 holds an instance already" in again.err
    assert run(*typed, "--overwrite").code == 0


@pytest.mark.nightly
def test_knobs_and_periods_can_be_set(run: Run) -> None:
    """Every knob is an option; the last of the years is the horizon's end."""
    knobs = [
        *("--headroom", "0.5", "--hydrogen-price", "2", "--storage-price", "0.5", "--emission-cap", "0.3"),
        *("--cap-price", "400", "--budget", "0.5", "--candidate-links", "3", "--clustering", "0.5", "--wishes", "1"),
    ]
    ended = run("generate", "--sites", "6", "--seed", "1", "--periods", "2026,2030,2040", *knobs, "--out", "hard")
    assert (ended.code, ended.err) == (0, "")
    made = read("hard")
    assert made["periods"].to_numpy().tolist() == [[2026, 4], [2030, 10]]
    assert made["targets"]["price"].tolist() == [400.0, 400.0]
    readme = Path("hard/README.md").read_text(encoding="utf-8")
    for value in ("headroom | 0.5", "hydrogen | 2", "storage | 0.5", "cap | 0.3", "links | 3", "wishes | 1 a site"):
        assert value in readme, value


KNOBS = {
    "headroom": 0.5,
    "hydrogen-price": 1.1,
    "storage-price": 0.7,
    "emission-cap": 0.3,
    "cap-price": 400.0,
    "budget": 0.1,
    "candidate-links": 3,
    "clustering": 0.5,
    "wishes": 1.5,
}


@pytest.mark.parametrize("everything", [True, False])
@pytest.mark.nightly
def test_the_command_in_the_readme_makes_the_same_files(run: Run, tmp_path: Path, everything: bool) -> None:
    """With everything turned, user's tables and areas besides; in another place, from the command alone."""
    (tmp_path / "my tables").mkdir()
    shutil.copy(PACKAGE_TABLES / "general.csv", tmp_path / "my tables")
    turned = [part for knob, value in KNOBS.items() for part in (f"--{knob}", f"{value}")]
    turned += ["--area", "G15", "--area", "G16", "--periods", "2027,2031,2045", "--tables", f"{tmp_path / 'my tables'}"]
    assert run("generate", "--sites", "60", "--seed", "7", *(turned if everything else [])).code == 0
    made = tmp_path / ("generated-60-7-g15-g16" if everything else "generated-60-7")
    files = {path.name: path.read_bytes() for path in made.iterdir()}
    shutil.rmtree(made)
    readme = files["README.md"].decode()
    command = next(line for line in readme.splitlines() if line.startswith("routeplan generate "))
    assert all((f"--{knob} {value} " in command) is everything for knob, value in KNOBS.items())
    assert run(*shlex.split(command)[1:]).code == 0
    assert {path.name: path.read_bytes() for path in made.iterdir()} == files


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--sites", "5", "--seed", "1"], "sites is 5; allowed: 6 to 30,000"),
        (["--sites", "6", "--seed", "1", "--periods", "2026,soon"], "--periods is 2026,soon; allowed: years"),
        (["--sites", "6", "--seed", "1", "--periods", "2040,2026"], "must be increasing years; they are 2040, 2026"),
        (["--sites", "6", "--seed", "1", "--clustering", "2"], "clustering is 2; allowed: 0 to 1"),
        (["--sites", "6", "--seed", "1", "--tables", "none"], "there is no folder none of default tables"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, options: list[str], message: str) -> None:
    """Exit code 2, a message that says what is allowed, and no folder."""
    ended = run("generate", *options, "--out", "not-made")
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err
    assert not Path("not-made").exists()


def test_everything_that_makes_no_sense_is_told_at_once(run: Run) -> None:
    """Sites, seed, knobs and periods."""
    ended = run("generate", "--sites", "5", "--seed", "-1", "--headroom", "-1", "--periods", "2040,2026")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "sites is 5; allowed: 6 to 30,000",
        "seed is -1; allowed: 0 to 9,223,372,036,854,775,807",
        "headroom is -1; allowed: 0 or more",
        "periods and the horizon's end must be increasing years; they are 2040, 2026",
    ]


@pytest.mark.nightly
def test_a_start_after_the_years_of_the_default_tables_is_one_line(run: Run, tmp_path: Path) -> None:
    """Of the routes that end, the one that must be decided first sets the limit: 2031 less 3 years of lead time."""
    own = tmp_path / "own"
    own.mkdir()
    lines = (PACKAGE_TABLES / "routes.csv").read_text(encoding="utf-8").splitlines()
    (at,) = (number for number, line in enumerate(lines) if line.startswith("green_gas_blend,"))
    lines[at] = "green_gas_blend,green_gas,green_gas,1,3,3,2027,2031,a blend,assumption,L"
    (own / "routes.csv").write_text("\n".join(lines), encoding="utf-8")
    words = ["generate", "--sites", "6", "--seed", "1", "--tables", str(own)]
    ended = run(*words, "--periods", "2050,2060", "--out", "late")
    assert (ended.code, ended.out) == (2, "")
    why = f"{own.as_posix()}/routes.csv: green_gas_blend has a lead time of 3 yr and the last year 2031"
    assert ended.err == f"the first period begins in 2050; allowed: 2028 or earlier ({why})\n"
    assert run(*words, "--periods", "2029,2040", "--out", "late").code == 2
    assert run(*words, "--periods", "2028,2040", "--out", "in-time").code == 0


@pytest.mark.parametrize(
    ("areas", "told"), [(["G15"], "below 1 congestion area |"), (["G15", "G16"], "below 2 congestion areas |")]
)
@pytest.mark.nightly
def test_areas_are_counted_in_words(run: Run, areas: list[str], told: str) -> None:
    """One has no plural."""
    words = [word for area in areas for word in ("--area", area)]
    assert run("generate", "--sites", "60", "--seed", "1", *words, "--out", "south").code == 0
    assert told in Path("south/README.md").read_text(encoding="utf-8")


@pytest.mark.nightly
def test_the_help_says_from_where_on_few_links_are_added(run: Run) -> None:
    """Of twelve nearest the links that are left are those of six, here: of more sites a few may be others."""
    assert "beyond about 6 few are added" in " ".join(run("generate", "--help").out.replace("│", " ").split())
    made = []
    for links in (6, 12):
        words = ("--sites", "40", "--seed", "1", "--candidate-links", links, "--out", f"links-{links}")
        assert run("generate", *words).code == 0
        made.append(read(f"links-{links}")["links"])
    assert made[0].equals(made[1])
