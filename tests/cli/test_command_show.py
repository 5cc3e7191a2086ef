"""The command `show`."""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from routeplan.cli.output import Output
from routeplan.cli.plan_tables import print_limits
from routeplan.language.language import Words
from routeplan.result.folder import load

Run = Callable[..., Any]

BARE_SITES = "bakery,food,east,town,52.0,6.3\nbrickworks,ceramics,east,town,52.1,6.4\n"
"""The town's sites without their names."""


@pytest.fixture
def plan(town: Path, planned: Callable[..., Path]) -> Path:
    """The saved plan of the town."""
    return planned(town)


@pytest.fixture
def town_of_no_plan(write_town: Callable[..., Path], planned: Callable[..., Path]) -> Path:
    """A saved result without a plan: the brickworks alone emit more than the cap."""
    none = write_town("none", targets="scope,period,cap\nall,2026,1\n")
    return planned(none, out="none-plan", code=1)


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_costs_are_shown_by_term_with_their_total(plan: Path, run: Run) -> None:
    """Gas 30 GWh x 30 = 0.9 M EUR/yr, 20 x 30 = 0.6 from 2030: 4 x 0.9 + 5 x 0.6 = 6.6; in all 13.3 M EUR."""
    shown = rows(run("show", plan, "--all").out)
    assert ["natural", "gas", "0.90", "0.60", "6.60"] in shown
    assert ["electricity", "0.00", "0.36", "1.80"] in shown
    assert ["CO2", "0.60", "0.40", "4.40"] in shown
    assert ["investments", "at", "sites", "0.00", "0.10", "0.50"] in shown
    assert ["total", "1.50", "1.46", "13.30"] in shown


@pytest.mark.nightly
def test_public_money_and_limits_that_bind_are_shown(plan: Path, run: Run) -> None:
    """The fund pays all of its 1.4 M EUR in 2030; the grid is full in 2026, and the boiler takes the 2 MW of 2030."""
    shown = rows(run("show", plan, "--all").out)
    assert ["The", "fund", "1.40", "of", "1.40", "1.40"] in shown
    told = ["firm", "room", "on", "the", "grid", "The", "town", "2026:", "0,", "2030:", "2", "MW"]
    assert told in shown
    assert told in rows(run("show", plan).out)


@pytest.mark.nightly
def test_energy_and_grid_are_shown_by_period(plan: Path, run: Run) -> None:
    """The oven's 10 GWh/yr of gas become 9 of electricity and 2 MW of firm capacity, all that the grid has by then."""
    shown = rows(run("show", plan, "--all", "--stations").out)
    assert ["natural", "gas", "30.0", "20.0"] in shown
    assert ["electricity", "0.0", "9.0"] in shown
    assert shown.count(["The", "town", "0/0", "2/2"]) == len(("firm", "firm and flexible"))
    assert "asked for/room" not in run("show", plan, "--all").out


def test_a_plan_fits_on_a_screen(plan: Path, run: Run) -> None:
    """CO2, capacity and money of all sites in one table, and how to see what is left out.

    CO2 falls from 6 to 4 kt/yr; the boiler asks for 2 MW, 1.4 M EUR are paid, and cost goes from 1.5 to 1.46 M EUR/yr.
    """
    out = run("show", plan).out
    shown = rows(out)
    assert len(shown) < 40
    assert ["CO2", "emitted,", "kt/yr", "6", "4"] in shown
    assert ["new", "firm", "capacity,", "MW", "0", "2"] in shown
    assert ["public", "money,", "M", "EUR", "0", "1.4"] in shown
    assert ["cost,", "M", "EUR/yr", "1.5", "1.46"] in shown
    told = (
        "Left out: energy, cost by term, pots, limits that bind (1 more) (--all); areas of the grid (--stations); sites"
    )
    assert told in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80
    assert "Energy" not in out


def test_words_are_those_of_the_page(plan: Path, run: Run) -> None:
    """No id of a family of routes is shown."""
    out = run("show", plan, "--all", "--sites").out
    assert "as today" in out
    assert "current" not in out


@pytest.mark.nightly
def test_long_lists_of_limits_are_cut_unless_all_are_asked_for(write_town: Callable[..., Path], run: Run) -> None:
    """Five caps that bind, of all sites, both sectors and both regions: two are shown, and that three are not."""
    sites = "site,sector,region,area,lat,lon\nbakery,food,east,town,52.0,6.3\nbrickworks,ceramics,west,town,52.1,6.4\n"
    scopes = {"all": 6, "sector:food": 2, "sector:ceramics": 4, "region:east": 2, "region:west": 4}
    caps = "scope,period,cap\n" + "".join(f"{scope},2026,{cap}\n" for scope, cap in scopes.items())
    headroom = "area,period,firm,flexible\ntown,2026,1,0\ntown,2030,1,0\n"
    assert run("solve", write_town(sites=sites, targets=caps, headroom=headroom), "--quiet").code == 0
    out = run("show", "town-plan").out
    assert out.count("2026: ") == 2
    told = "Left out: energy, cost by term, pots, targets, limits that bind (3 more) (--all)"
    assert told in " ".join(out.split())
    out = run("show", "town-plan", "--all").out
    assert out.count("2026: ") == len(scopes)
    assert "Left out: areas of the grid (--stations); sites (--sites, --site NAME)" in out
    assert "Left out" not in run("show", "town-plan", "--all", "--stations", "--sites").out


@pytest.mark.nightly
def test_a_target_that_has_its_own_table_is_not_told_again(write_town: Callable[..., Path], run: Run) -> None:
    """The cap of all sites binds at the 6 kt/yr that they emit: with --all it is among the limits as well."""
    headroom = "area,period,firm,flexible\ntown,2026,9,0\ntown,2030,9,0\n"
    assert run("solve", write_town(targets="scope,period,cap\nall,2026,6\n", headroom=headroom), "--quiet").code == 0
    assert "CO2 of targets" in run("show", "town-plan").out
    for option, told in ((), False), (("--all",), True):
        assert ("emission target" in run("show", "town-plan", *option).out) is told


@pytest.mark.nightly
def test_all_about_one_site(plan: Path, run: Run) -> None:
    """The bakery, by id or name: 2 kt/yr until its boiler starts in 2030, for 1 M EUR and 1.4 of support."""
    ended = run("show", plan, "--site", "bakery")
    assert ended.code == 0
    assert ended.out == run("show", plan, "--site", "the BAKERY").out == run("show", plan, "--site", "bake").out
    shown = rows(ended.out)
    assert shown[:2] == [["The", "bakery", "(bakery)"], ["food,", "east;", "fed", "by", "The", "town"]]
    assert ["oven", "2026", "natural", "gas,", "2030", "boiler"] in [["oven", *row[1:]] for row in shown if row]
    assert ["Emitted", "2", "0"] in shown
    assert ["boiler", "2030", "1", "1.4"] in shown
    assert ["boiler", "2030", "The", "fund", "1.4"] in shown
    assert ["New", "firm", "capacity", "0", "2"] in shown
    assert "brickworks" not in ended.out.casefold()


def test_one_site_for_machines(plan: Path, run: Run) -> None:
    """Its facts and the rows of every table that are its own, under the names of the format."""
    found = json.loads(run("show", plan, "--site", "bakery", "--json").out)
    assert (found["site"], found["sector"], found["contract"]) == ("bakery", "food", "bakery")
    assert [(row["period"], row["route"]) for row in found["routes_by_process"]] == [(2026, "gas"), (2030, "boiler")]
    assert [(row["route"], row["capex"]) for row in found["starts"]] == [("boiler", 1.0)]
    assert {row["contract"] for row in found["requests"]} == {"bakery"}
    assert {row["process"] for row in found["energy"]} == {"oven"}
    assert found["wishes"] == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bakary", "no site is called 'bakary' (did you mean 'bakery'?); all of them: routeplan show RESULT --sites\n"),
        ("x", "no site is called 'x'; all of them: routeplan show RESULT --sites\n"),
    ],
)
def test_a_site_that_is_not_there_is_refused(plan: Path, run: Run, name: str, told: str) -> None:
    """With the nearest name."""
    ended = run("show", plan, "--site", name)
    assert (ended.code, ended.out, ended.err) == (2, "", told)


@pytest.mark.nightly
def test_a_name_of_two_sites_is_refused(write_town: Callable[..., Path], run: Run) -> None:
    """With the ids of both."""
    sites = "site,name,sector,region,area,lat,lon\nbakery,Works,food,east,town,52.0,6.3\n"
    assert run("solve", write_town(sites=sites + "brickworks,Works,ceramics,east,town,52.1,6.4\n"), "--quiet").code == 0
    ended = run("show", "town-plan", "--site", "works")
    told = "'works' is the name of 2 sites; allowed: the id of one: bakery, brickworks\n"
    assert (ended.code, ended.out, ended.err) == (2, "", told)


@pytest.mark.nightly
def test_one_site_goes_alone(plan: Path, town_of_no_plan: Path, run: Run) -> None:
    """Not with other parts of the plan; without a plan there is none to show."""
    ended = run("show", plan, "--site", "bakery", "--all")
    told = "--site shows one site alone; it goes without --all, --stations and --sites\n"
    assert (ended.code, ended.err) == (2, told)
    ended = run("show", town_of_no_plan, "--site", "bakery")
    assert ended.code == 1
    assert ended.err.startswith("there is nothing to show of a site: the result has no plan, its status is infeasible")


@pytest.mark.nightly
def test_targets_are_shown_against_what_is_reached(
    write_town: Callable[..., Path], planned: Callable[..., Path], run: Run
) -> None:
    """Of a cap of 5 kt/yr, 6 are emitted till 2030, at a price; then the brickworks' 4 are left."""
    planned(write_town(targets="scope,period,cap,price\nall,2026,5,10\nall,2030,5,10\n"))
    shown = rows(run("show", "town-plan").out)
    assert ["all", "sites", "6.0", "of", "5.0", "(+1.0)", "4.0", "of", "5.0"] in shown
    found = json.loads(run("show", "town-plan", "--json").out)
    assert found["targets"] == [
        {"scope": "all", "period": 2026, "cap": 5.0, "reached": pytest.approx(6.0), "over": pytest.approx(1.0)},
        {"scope": "all", "period": 2030, "cap": 5.0, "reached": pytest.approx(4.0), "over": 0.0},
    ]


@pytest.mark.nightly
def test_what_does_not_exist_has_no_table(write_town: Callable[..., Path], run: Run) -> None:
    """Without targets, room, money and electric options nothing is said of them: each process stays on gas."""
    bare = {
        "options": "process,route,current,capex,gas,emissions\noven,gas,1,0,10,2\nkiln,gas,1,0,20,4\n",
        "budgets": "pot,period,amount\n",
    }
    assert run("solve", write_town(**bare), "--quiet").code == 0
    ended = run("show", "town-plan", "--all", "--stations")
    assert ended.code == 0
    assert ["natural", "gas", "30.0", "30.0"] in rows(ended.out)
    for title in ("CO2 of targets", "grid capacity", "Public money"):
        assert title not in ended.out


def test_sites_are_shown_when_asked(plan: Path, run: Run) -> None:
    """The bakery's oven changes its route in 2030 and emits nothing more; the brickworks' kiln stays as it is."""
    assert "bakery" not in run("show", plan, "--all").out
    shown = rows(run("show", plan, "--sites").out)
    assert ["bakery", "The", "bakery", "food", "2.0", "0.0"] in shown
    assert ["bakery", "oven", "natural", "gas", "2026,", "boiler", "2030"] in shown
    assert ["brickworks", "kiln", "natural", "gas", "2026"] in shown


@pytest.mark.nightly
def test_sites_of_the_register_say_so(write_town: Callable[..., Path], run: Run) -> None:
    """Above the names, and for machines by site; without sites nothing is said, as none is named."""
    said = "estimated from the public register; not a plan of this firm"
    sites = "site,name,sector,region,area,lat,lon,basis\nbakery,The bakery,food,east,town,52.0,6.3,register\n"
    sites += "brickworks,The brickworks,ceramics,east,town,52.1,6.4,\n"
    assert run("solve", write_town(sites=sites), "--quiet").code == 0
    out = run("show", "town-plan", "--sites").out
    assert out.index(f"For 1 of the 2 sites: {said}.\n") < out.index("The bakery")
    assert said not in run("show", "town-plan").out
    found = json.loads(run("show", "town-plan", "--json", "--sites").out)
    assert found["said_of_sites"] == [{"site": "bakery", "said": said}]


@pytest.mark.nightly
def test_sites_without_names_have_no_column_of_names(write_town: Callable[..., Path], run: Run) -> None:
    """Where sites.csv has no names, none are shown."""
    assert run("solve", write_town(sites="site,sector,region,area,lat,lon\n" + BARE_SITES), "--quiet").code == 0
    assert ["bakery", "food", "2.0", "0.0"] in rows(run("show", "town-plan", "--sites").out)


@pytest.mark.nightly
def test_an_exceeded_target_is_told_from_one_that_binds(
    write_town: Callable[..., Path], planned: Callable[..., Path], run: Run
) -> None:
    """Of a cap of 5 kt/yr 6 are emitted till 2030, at a price; from then on 4, of which 4 are allowed."""
    planned(write_town(targets="scope,period,cap,price\nall,2026,5,10\nall,2030,4,10\n"))
    told = f"{Words().name('emission_target')} all sites 2026: 5 (exceeded by 1), 2030: 4 kt/yr"
    out = Output(file=io.StringIO(), width=200)
    print_limits(out, load("town-plan"))
    assert isinstance(out.file, io.StringIO)
    assert told.split() in rows(out.file.getvalue())


def test_costs_are_said_to_be_societys(plan: Path, run: Run) -> None:
    """In the overview and above the table: firms pay prices, the plan counts values."""
    out = run("show", plan, "--all").out
    assert "M EUR, discounted, at society's values (not what firms pay)\n" in out
    assert "Cost at society's values, M EUR/yr" in out


@pytest.mark.nightly
def test_rates_and_years_of_money_stand_beside_the_cost(town: Path, run: Run) -> None:
    """A discounted cost says little without its rate and year; the same stands in the JSON."""
    settings = (town / "instance.toml").read_text(encoding="utf-8")
    settings = settings.replace("discount_rate = 0.0", "discount_rate = 0.0225")
    (town / "instance.toml").write_text(settings.replace("firm_rate = 0.0", "firm_rate = 0.1"), encoding="utf-8")
    solved = run("solve", town).out
    told = "money    of 2025, discounted to 2026; rates: society 2.25 %, firms 10 % a year\n"
    assert told in solved
    assert told in run("show", "town-plan").out
    shown = json.loads(run("show", "town-plan", "--json").out)
    keys = ("currency_year", "base_year", "discount_rate", "firm_rate")
    assert [shown[key] for key in keys] == [2025, 2026, 0.0225, 0.1]


@pytest.mark.parametrize("width", [20, 80])
def test_ids_are_never_broken(width: int) -> None:
    """However narrow the terminal: in a table of long ids and many columns, each word stands whole on its line."""
    text = io.StringIO()
    frame = pd.DataFrame({"pot": ["klimaatfonds"], **{str(year): ["12.00 of 46.00"] for year in range(2026, 2034)}})
    Output(file=text, width=width).table("Money", frame)
    words = text.getvalue().split()
    assert words[0] == "Money"
    assert words.count("klimaatfonds") == 1
    assert words.count("12.00") == words.count("46.00") == 8


@pytest.mark.nightly
def test_machines_get_tables_as_json(plan: Path, run: Run) -> None:
    """With --json, standard output is JSON and nothing else; sites only when asked."""
    found = json.loads(run("show", plan, "--json").out)
    granted = pytest.approx(1.4)
    assert found["public_money"] == [{"pot": "fund", "period": 2030, "granted": granted, "budget": 1.4}]
    assert "routes_by_process" not in found
    found = json.loads(run("show", plan, "--json", "--sites").out)
    assert {"site": "bakery", "process": "oven", "period": 2030, "route": "boiler"} in found["routes_by_process"]
    assert {"site": "bakery", "sector": "food", "period": 2030, "emissions": 0.0} in found["emissions_by_site"]


@pytest.mark.nightly
def test_a_result_without_a_plan_shows_its_status(
    town_without_plan: Path, planned: Callable[..., Path], run: Run
) -> None:
    """An infeasible instance: the status and no tables, as text and as JSON."""
    planned(town_without_plan, code=1)
    ended = run("show", "town-plan", "--sites")
    assert ended.code == 0
    assert "status   infeasible: proven: no plan obeys every row\n" in ended.out
    assert (
        "reason   the solver proved that no plan obeys every row; `routeplan shortfall` tells what is missing\n"
        in ended.out
    )
    assert "to try   give the targets a price" in ended.out
    assert "Cost" not in ended.out
    found = json.loads(run("show", "town-plan", "--json").out)
    assert (found["status"], found["cost"], "costs" in found) == ("infeasible", None, False)


def test_a_folder_that_is_no_result_is_refused(town: Path, run: Run) -> None:
    """Exit code 2; an instance is called what it is."""
    ended = run("show", town)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "town is an instance, not a result; `routeplan solve town` makes a result of it\n"
    ended = run("show", "nowhere")
    assert (ended.code, ended.out) == (2, "")
    assert "nowhere/result.json: is not there; allowed: the folder of a result" in ended.err


def test_the_folder_around_a_result_names_it(plan: Path, tmp_path: Path, run: Run) -> None:
    """Verdicts are a folder with the plan that they are of inside."""
    shutil.copytree(plan, tmp_path / "verdicts/plan")
    ended = run("show", tmp_path / "verdicts")
    assert ended.code == 2
    assert f"allowed: the folder of a result; did you mean {tmp_path / 'verdicts/plan'}?" in ended.err


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a shell")
@pytest.mark.nightly
def test_a_reader_that_leaves_early_is_no_error(plan: Path) -> None:
    """`show | head -n 1`: no complaint on standard error; the exit code is a shell's for a closed pipe."""
    script = f"set -o pipefail; {sys.executable} -m routeplan show {plan} --json | exec 0<&-"
    ended = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (141, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a shell")
def test_help_whose_reader_leaves_early_is_no_error() -> None:
    """`--help | head -n 1` ends as `show | head` does."""
    script = f"set -o pipefail; {sys.executable} -m routeplan --help | exec 0<&-"
    ended = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (141, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("words", ["show town-plan", "show town-plan --json", "--version", "--help"])
@pytest.mark.nightly
def test_an_output_that_cannot_be_written_is_refused(plan: Path, words: str) -> None:
    """A full disk is no fault of routeplan: exit code 2, and one line."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "routeplan", *words.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (2, "standard output cannot be written: No space left on device\n")
