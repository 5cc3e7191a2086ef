"""``routeplan export public``: sums to be published, of which none is nearly one site's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from routeplan.data.read import read
from routeplan.result.public_limits import AT_LEAST, LARGEST_SHARE

Run = Callable[..., Any]

SAMPLE = Path(__file__).parents[1] / "importers" / "data" / "eutl_sample.csv"

BAKERIES = [f"bakery-{number}" for number in range(1, 5)]
FOUR = {
    "sites": "site,name,sector,region,area,lat,lon\n"
    + "".join(f"{site},Bakkerij {site[-1]} B.V.,food,east,town,52.0,6.3\n" for site in BAKERIES),
    "processes": "process,site,kind\n" + "".join(f"{site}.oven,{site},steam\n" for site in BAKERIES),
    "options": "process,route,current,capex,gas,emissions\n"
    + "".join(f"{site}.oven,gas,1,0,10,2\n" for site in BAKERIES),
}
"""Four bakeries, each of which stays on 10 GWh/yr of gas and 2 kt/yr of CO2."""


@pytest.fixture
def plan(write_town: Callable[..., Path], planned: Callable[..., Path]) -> Path:
    """The saved plan of the four bakeries."""
    return planned(write_town(**FOUR))


def test_sums_are_named_after_the_result(plan: Path, run: Run) -> None:
    """One workbook; 4 x 2 kt/yr in each period, all of it food."""
    ended = run("export", "public", plan)
    assert (ended.code, ended.out, ended.err) == (0, "sums of town-plan are in town-plan-public.xlsx\n", "")
    book = openpyxl.load_workbook("town-plan-public.xlsx")
    rows = list(book["by_sector"].iter_rows(values_only=True))
    assert [row[:5] for row in rows[1:]] == [("food", 2026, 4, 8, 8), ("food", 2030, 4, 8, 8)]
    book.close()


@pytest.mark.nightly
def test_a_folder_of_csv_files_in_its_place(plan: Path, run: Run) -> None:
    """By a name that does not end in .xlsx."""
    assert run("export", "public", plan, "--out", "sums").code == 0
    assert sorted(path.name for path in Path("sums").iterdir()) == [
        "by_area.csv",
        "by_sector.csv",
        "public.csv",
        "total.csv",
    ]
    assert pd.read_csv("sums/total.csv")["gas [GWh/yr]"].tolist() == [40, 40]


@pytest.mark.parametrize("out", ["sums.xlsx", "sums"])
@pytest.mark.nightly
def test_nothing_is_replaced_unasked(plan: Path, run: Run, out: str) -> None:
    """The message tells how to replace it."""
    assert run("export", "public", plan, "--out", out).code == 0
    ended = run("export", "public", plan, "--out", out)
    told = f"{out} is there already; --overwrite replaces it, --out PLACE writes elsewhere\n"
    assert (ended.code, ended.out, ended.err) == (2, "", told)
    assert run("export", "public", plan, "--out", out, "--overwrite").code == 0


@pytest.mark.nightly
def test_what_is_no_such_workbook_stays(plan: Path, run: Run) -> None:
    """The whole plan, with its names, is not taken for its sums."""
    assert run("export", "excel", plan, "--out", "plan.xlsx").code == 0
    before = Path("plan.xlsx").read_bytes()
    ended = run("export", "public", plan, "--out", "plan.xlsx", "--overwrite")
    assert ended.code == 2
    assert ended.err == "plan.xlsx holds no public, so it stays; allowed: a workbook with a sheet 'public'\n"
    assert Path("plan.xlsx").read_bytes() == before


def test_help_promises_what_the_rule_is(run: Run) -> None:
    """Fewest firms and largest share are those of the rule, and that a second publication tells is said."""
    text = " ".join(run("export", "public", "--help").out.replace("│", " ").split())
    assert f"Fewest firms of a sum, {AT_LEAST} or more" in text
    assert f"more than {LARGEST_SHARE:.0%} of it" in text
    assert f"[default: {AT_LEAST}]" in text
    assert "Publish the sums of a plan once" in text


@pytest.mark.parametrize(
    ("at_least", "told"),
    [
        ("2", "a sum may be of 2 firms; allowed: 3 or more, or a site could be told\n"),
        (
            "5",
            "nothing can be published of 4 sites of 4 firms; allowed: 5 or more firms with CO2 today, "
            "of which none has more than 75%\n",
        ),
    ],
)
def test_too_few_sites_are_refused(plan: Path, run: Run, at_least: str, told: str) -> None:
    """Exit code 2, and nothing is written."""
    ended = run("export", "public", plan, "--at-least", at_least)
    assert (ended.code, ended.out, ended.err) == (2, "", told)
    assert not Path("town-plan-public.xlsx").exists()


def test_a_plan_of_two_sites_is_refused(town: Path, planned: Callable[..., Path], run: Run) -> None:
    """A bakery and a brickworks: the firm of one would know the other."""
    assert run("export", "public", planned(town)).code == 2


@pytest.mark.nightly
def test_without_a_plan_nothing_is_written(write_town: Callable[..., Path], run: Run) -> None:
    """Exit code 1, as of every command that finds no plan."""
    assert run("solve", write_town(**FOUR, targets="scope,period,cap\nall,2026,1\n"), "--quiet").code == 1
    ended = run("export", "public", "town-plan")
    told = "there is nothing to export: the result has no plan, its status is infeasible\n"
    assert (ended.code, ended.out, ended.err) == (1, "", told)


@pytest.mark.nightly
def test_sums_of_named_firms_name_none(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the register to the sums of nine firms: no name or id of site or process, and how many sectors have no row.

    Paper has four sites; food has three and ceramics two, which are five together.
    """
    monkeypatch.chdir(tmp_path)
    assert run("import", "ets", SAMPLE, "--region", "Achterhoek", "--out", "real").code == 0
    assert run("solve", "real", "--quiet", "--gap", "0.05", "--out", "real-plan").code == 0
    ended = run("export", "public", "real-plan", "--out", "sums")
    assert ended.out == "sums of real-plan are in sums\nsectors without a row of their own: 2, with 5 sites\n"
    text = "".join(path.read_text(encoding="utf-8") for path in Path("sums").iterdir()).casefold()
    instance = read("real")
    names = [*instance["sites"]["site"], *instance["sites"]["name"], *instance["processes"]["process"]]
    assert len(set(names)) > 2 * 9
    assert [name for name in names if name.casefold() in text] == []
    by_sector = pd.read_csv("sums/by_sector.csv").drop_duplicates("sector")
    assert by_sector[["sector", "sites"]].to_dict("list") == {"sector": ["paper", "other sites"], "sites": [4, 5]}
