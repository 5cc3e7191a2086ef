"""What was reported, each case with a sibling of its kind: a change to a shipped file that is told as well."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from routeplan.data.read import read

Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "importers" / "data" / "eutl_sample.csv"


@dataclass(frozen=True)
class Report:
    """A command on a case, how it ends and words that it says; and a change to a shipped file that makes a sibling."""

    command: tuple[str, ...]
    code: int
    says: tuple[str, ...]
    sibling: tuple[str, str, str] | None = None
    """File, text in it, and what takes its place."""
    sibling_says: tuple[str, ...] = ()


CHECK, SOLVE = ("check",), ("solve", "--out", "plan")
IMPORT = ("import", "ets", "--year", "2021", "--out", "made")

REPORTS = {
    # The siblings of this one are the random instances with bridges that are held against brute force.
    "bridge-paid-too-long": Report(SOLVE, 0, ("cost     13.48 M EUR",)),
    "capacity-1e15": Report(
        CHECK,
        2,
        ("hubs.csv:3: column 'capacity' is 1000000000000000.0", "for no limit, a number that is never reached"),
        ("supply.csv", "residues,2034,20,", "residues,2034,1e20,"),
        ("supply.csv:4: column 'quantity' is 1e+20", "for no limit, a number that is never reached"),
    ),
    "headroom-row-missing": Report(
        CHECK,
        0,
        ("warning: headroom.csv:6: area 'north' has no row for 2034, which counts as 0",),
        ("sources.csv", "h2-coast,hydrogen,2034,110,80\n", ""),
        ("warning: sources.csv:2: node 'h2-coast', carrier 'hydrogen' has no row for 2034, which counts as 0",),
    ),
    "implausible": Report(
        CHECK,
        0,
        (
            "options.csv:11: column 'emissions' is 30000 kt/yr",
            "options.csv:24: route 'hydrogen' is of the family hydrogen, and has no hydrogen",
            "links.csv:2: the first year 2045",
            "reinforcements.csv:2: column 'first_year' is 2304",
            "support.csv:4: the first year 2062",
        ),
        (
            "options.csv",
            "laundry.water,heat_network,0,1,0.03,0,0,0,0,0,11,",
            "laundry.water,heat_network,0,1,0.03,0,0,0,0,11,0,",
        ),
        ("options.csv:10: route 'heat_network' is of the family heat, and has no heat",),
    ),
    "infeasible-cap": Report(
        SOLVE,
        1,
        ("target all of 2031: the cap is 0.5 kt/yr and has no price, and its sites emit 1 at least",),
        ("targets.csv", "scope,period,cap,price\n", "scope,period,cap,price\nsector:paper,2026,20,\n"),
        (
            "targets.csv:2: target sector:paper of 2026: the cap is 20 kt/yr",
            "emit 30",
        ),
    ),
    "infeasible-no-option": Report(
        SOLVE,
        1,
        ("process 'tiles.kiln' has no option that may run and be paid for in 2030",),
        (
            "options.csv",
            "mill.steam,as_today,1,0,0.3,-12,0,150,0,0,0,0,0,0,30,0,,,",
            "mill.steam,as_today,1,0,0.3,-12,0,150,0,0,0,0,0,0,30,0,2030,,",
        ),
        ("process 'mill.steam' has no option that may run and be paid for in 2026",),
    ),
    "invisible-character": Report(
        CHECK,
        2,
        (r"column 'site' is 'laundry\u200b'",),
        ("routes.csv", "heat_pump,", "heat\u00ad_pump,"),
        (r"'heat\xad_pump'",),
    ),
    "lat-lon-swapped": Report(
        CHECK,
        0,
        ("sites.csv:8: latitude 6.16, longitude 52.04 lies outside Europe, and inside with the two swapped",),
        ("sites.csv", "52.20,6.00", "6.00,52.20"),
        ("sites.csv:2: latitude 6, longitude 52.2 lies outside Europe, and inside with the two swapped",),
    ),
    "price-group-without-prices": Report(
        CHECK,
        0,
        ("no row of prices is for price group 'minerals'; did you mean 'mineral'?",),
        ("sites.csv", "1,tiles,mineral", "1,tiles,minerel"),
        ("no row of prices is for price group 'minerel'; did you mean 'mineral'?",),
    ),
    "scenarios-years": Report(
        ("scenarios", "--all"),
        0,
        (" 2026 ", " 41.8 "),
        (
            "scenarios.toml",
            "[[scenario]]",
            '[[scenario]]\nname = "x"\nchange = [{ table = "options", where = { route = "heat_pump" }, '
            'column = "first_year", add = 4 }]\n\n[[scenario]]',
        ),
        (" 2030 ", " 2034 "),
    ),
    "space-behind-region": Report(
        SOLVE,
        1,
        ("target region:East of 2034: the cap is 5 kt/yr and has no price, and its sites emit 5.2",),
        ("sites.csv", "glass,East", "glass,\u00a0East\t"),
        ("cost     337.01 M EUR",),
    ),
    "ets-na": Report(
        IMPORT, 0, ("no emissions in 2021",), ("", ",176198,", ",Not Calculated,"), ("no emissions in 2021",)
    ),
    "ets-closed": Report(
        IMPORT,
        0,
        ("its account in the register is closed",),
        ("", "NL,100,open,Stora Enso", "NL,100, CLOSED ,Stora Enso"),
        ("its account in the register is closed",),
    ),
    "ets-two-countries": Report(
        IMPORT,
        0,
        ("not in the Netherlands",),
        ("", "EERBEEK,6961 GH,NL,", "EERBEEK,6961 GH,LU,"),
        ("not in the Netherlands",),
    ),
    "ets-thousands-point": Report(
        IMPORT, 2, ("71.601", "write 71601"), ("", ",176198,", ',"176,198",'), ("176,198", "write 176198")
    ),
}


def _case(folder: Path) -> Path:
    """The file or folder of a case."""
    return folder / ("instance" if (folder / "instance").is_dir() else "installations.csv")


def _typed(report: Report, case: Path) -> list[str]:
    words = 2 if report.command[0] == "import" else 1
    return [*report.command[:words], str(case), *report.command[words:]]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.some(1)
def test_what_was_reported_is_mended(
    name: str, shared_data: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The case as it was reported: the exit code, and what is said."""
    monkeypatch.chdir(tmp_path)
    report = REPORTS[name]
    ended = run(*_typed(report, _case(shared_data / "reported" / name)))
    assert ended.code == report.code, ended
    for words in report.says:
        assert words in ended.out + ended.err


SIBLINGS = [name for name, report in REPORTS.items() if report.sibling]


@pytest.mark.parametrize("name", SIBLINGS[::2] + SIBLINGS[1::2])
@pytest.mark.some(1)
def test_its_sibling_is_mended_too(name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another case of its kind, made of a shipped file."""
    monkeypatch.chdir(tmp_path)
    report = REPORTS[name]
    assert report.sibling is not None
    file, old, new = report.sibling
    case = tmp_path / "case"
    if file:
        shutil.copytree(ROOT / "instances" / "tiny", case)
    else:
        case = Path(shutil.copy(SAMPLE, tmp_path / "case.csv"))
    path = case / file if file else case
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    ended = run(*_typed(report, case))
    assert ended.code in (report.code, 0), ended
    assert report.sibling_says
    for words in report.sibling_says:
        assert words in ended.out + ended.err


@pytest.mark.nightly
def test_the_capacity_map_goes_into_the_reported_workbook(
    shared_data: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To another place, as it was asked; its siblings, in place and to a workbook, are in the tests of the command."""
    monkeypatch.chdir(tmp_path)
    case = shared_data / "reported" / "capacity-into-workbook"
    ended = run("import", "capacity", f"2026={case / 'map.json'}", "--into", case / "tiny.xlsx", "--out", "x")
    assert ended.code == 0, ended
    assert read("x").name == "tiny"


def test_every_report_is_here(shared_data: Path) -> None:
    """No folder is left out."""
    folders = {folder.name for folder in (shared_data / "reported").iterdir() if folder.is_dir()}
    assert folders - {"capacity-into-workbook"} == set(REPORTS)
