"""The command `generate`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from routeplan.data.read import read

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_sites_are_made_and_are_valid(run: Run) -> None:
    """The folder holds an instance of as many sites as asked, which `check` accepts."""
    ended = run("generate", "--sites", "8", "--seed", "3", "--out", "eight")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("8 sites with ")
    assert ended.out.endswith("Now: routeplan solve eight\n")
    assert len(read("eight")["sites"]) == 8
    assert "no problems" in run("check", "eight").out


def test_the_folder_is_named_after_sites_and_seed(run: Run) -> None:
    """Without --out the instance's name is the folder's; it is not replaced without being asked."""
    typed = ("generate", "--sites", "6", "--seed", "1")
    assert run(*typed).code == 0
    assert read("generated-6-1").name == "generated-6-1"
    again = run(*typed)
    assert again.code == 2
    assert "generated-6-1 holds an instance already" in again.err
    assert run(*typed, "--overwrite").code == 0


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
