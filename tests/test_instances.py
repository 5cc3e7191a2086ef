"""The instances that come with the package: they read, they solve, and their plans make sense to a planner."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from attributed import nobody_pays_what_others_use, sums_to_the_plan
from routeplan.checker.check import verify
from routeplan.data.read import Examination, check, read
from routeplan.instance.change import Action
from routeplan.instance.instance import Instance
from routeplan.instance.options import Options
from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Result, Status
from routeplan.result.summary import emissions_by_period
from routeplan.schema.column import EMPTY, REQUIRED, Column, Kind
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.solving.solve import solve

ROOT = Path(__file__).parents[1]
INSTANCES = ROOT / "instances"
TINY, REGION = INSTANCES / "tiny", INSTANCES / "achterhoek"
EXACT, GOOD = 1e-7, 1e-3
"""Gaps: the tiny plan is compared line by line, that of the region is not."""


def solved(instance: Instance, gap: float) -> Result:
    return solve(instance, gap=gap, seconds=300, threads=2)


@pytest.fixture(scope="module")
def tiny() -> Result:
    return solved(read(TINY), EXACT)


@cache
def checked(folder: Path) -> Examination:
    """All that is told of an instance."""
    return check(folder)


@pytest.fixture(scope="module")
def region() -> Result:
    return solved(read(REGION), GOOD)


def rows_of(folder: Path, heading: str) -> list[list[str]]:
    """Cells of the first table under a heading of an instance's README, its two top lines left out."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    lines = text.split(f"\n## {heading}\n")[1].splitlines()
    first = next(row for row, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[first + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def processes(plan: Result) -> pd.DataFrame:
    """What runs, with family, sector, kind, and emissions beside those of today."""
    instance = plan.instance
    about = instance["processes"].merge(instance["sites"][["site", "sector"]], on="site")
    use = Options(instance).by_period[["process", "route", "period", "emissions"]]
    current = use[use["route"] == "current"].rename(columns={"emissions": "today"}).drop(columns="route")
    runs = plan["runs"].merge(about, on="process").merge(instance["routes"], on="route")
    runs = runs.merge(use, on=["process", "route", "period"]).merge(current, on=["process", "period"])
    return runs.assign(avoided=runs["today"] - runs["emissions"])


def avoided(plan: Result) -> pd.DataFrame:
    """kt/yr less than today by family and period."""
    runs = processes(plan)
    return runs.pivot_table(
        index="family", columns="period", values="avoided", aggfunc="sum", fill_value=0.0, observed=True
    )


@pytest.mark.parametrize("folder", [TINY, REGION], ids=lambda folder: folder.name)
@pytest.mark.some(1)
def test_instances_read_and_their_scenarios_apply(folder: Path) -> None:
    """There is no problem, in the tables or under any scenario."""
    found = checked(folder)
    assert found.problems == ()
    assert found.instance is not None
    assert found.instance.scenarios


@pytest.mark.parametrize("folder", [TINY, REGION], ids=lambda folder: folder.name)
@pytest.mark.some(1)
def test_each_start_that_is_too_dear_is_explained(folder: Path) -> None:
    """The README names process and route of each start that no pot pays for."""
    text = (folder / "README.md").read_text(encoding="utf-8").split("\n## Notes")[1]
    notes = [note for note in checked(folder).notes if note.name == "start-too-dear"]
    assert notes
    for warning in notes:
        named = re.search(r"no pots can pay for process '(.*?)' to start route '(.*?)'", str(warning))
        assert named is not None, str(warning)
        assert f"| {named[1]} | {named[2]} |" in text


def test_tiny_uses_every_table() -> None:
    """Each table has rows, and each family of routes, carrier and kind of decision occurs."""
    instance = read(TINY)
    assert [name for name in INPUT_TABLES if instance[name].empty] == []
    assert len(instance["sites"]) == 8
    assert set(instance["routes"]["family"]) == {
        "current", "efficiency", "electrification", "flex_e", "ccs", "hydrogen", "green_gas", "heat"
    }  # fmt: skip
    assert set(instance["links"]["mode"]) == {"pipe", "barge", "truck"}
    assert instance["targets"]["price"].isna().any()
    assert instance["targets"]["price"].notna().any()
    assert (instance["options"]["firm_capacity"] < 0).any()


WITHOUT_USE = {("support", "current"), ("prices", "green_gas_value"), ("prices", "heat_value")}
"""Words that would say nothing: nobody pays for staying, and what is bought from steps of supply is paid at their
prices."""


SAID_OF_NONE = {("sites", "basis")}
"""Columns that would say of these sites what is not true: none of them is a firm of the register."""


def left_out(table: str, column: Column, cells: pd.Series) -> bool:
    """Whether a column says no more than its default, lacks one of its words, or a sign that it may have."""
    if column.words:
        words = {word for word in column.words if (table, word) not in WITHOUT_USE}
        return not words <= set(cells.astype(str))
    if column.kind is Kind.NUMBER and column.low == float("-inf"):
        return not (cells < 0).any() or not (cells > 0).any()
    if column.default is EMPTY:
        return bool(cells.isna().all())
    if column.default is not REQUIRED:
        return bool((cells == column.default).all())
    return column.kind is Kind.NUMBER and bool((cells == 0).all())


def test_tiny_uses_every_column() -> None:
    """Each column holds something besides its default, each of its words, and a number of either sign if it may."""
    instance = read(TINY)
    unused = [
        f"{table.file}: {column.name}"
        for table in INPUT_TABLES.values()
        for column in table.columns
        if (table.name, column.name) not in SAID_OF_NONE
        and left_out(table.name, column, instance[table.name][column.name])
    ]
    assert unused == []
    assert instance["sites"]["contract"].duplicated().any()


def test_tiny_uses_every_kind_of_row() -> None:
    """Zones, scopes and sectors are named and `all`; a scenario uses each word; links and hubs offer several sizes."""
    instance = read(TINY)
    assert {scope.split(":")[0] for scope in instance["targets"]["scope"]} == {"all", "sector", "region"}
    for table, column in (("supply", "zone"), ("support", "sector"), ("prices", "group")):
        assert {cell == "all" for cell in instance[table][column]} == {True, False}
    assert {change.action for scenario in instance.scenarios for change in scenario.changes} == set(get_args(Action))
    assert {scenario.probability is None for scenario in instance.scenarios} == {True, False}
    assert set(instance["decided"]["decision"]) == {"runs", "built", "open", "reinforced"}
    assert instance["sizes"].groupby(["carrier", "mode"]).size().max() > 1
    assert instance["hubs"].groupby("hub").size().max() > 1
    assert set(instance["hubs"]["carrier"]) == {"hydrogen", "co2"}


def test_tiny_plan_is_the_one_in_its_readme(tiny: Result) -> None:
    """What starts, is built, opened and reinforced, and when, is what the README lists and explains."""
    hubs = tiny["hubs"].query("open == 1").groupby(["hub", "option"], as_index=False)["period"].min()
    plan = {
        *(("starts", row.process, row.route, str(row.period)) for row in tiny["starts"].itertuples()),
        *(("built", row.link, row.size, str(row.period)) for row in tiny["built"].itertuples()),
        *(("open", row.hub, row.option, str(row.period)) for row in hubs.itertuples()),
        *(("reinforced", row.reinforcement, "", str(row.period)) for row in tiny["reinforced"].itertuples()),
    }
    assert tiny.status is Status.OPTIMAL
    assert {tuple(row) for row in rows_of(TINY, "The plan")} == plan


def test_tiny_costs_what_its_readme_says(tiny: Result) -> None:
    """The cost in the README is that of the plan, and the gaps in its notes are those that `check` tells."""
    told = re.search(r"(\d+\.\d\d) M EUR over fourteen years", (TINY / "README.md").read_text(encoding="utf-8"))
    assert told is not None
    assert float(told[1]) == pytest.approx(tiny.cost, abs=0.005)
    gaps = {(row[0], row[1]): float(row[2]) for row in rows_of(TINY, "Notes of `routeplan check`")}
    pattern = r"process '(.*?)' to start route '(.*?)' in 2026: its funding gap is ([\d.]+) M EUR"
    found = [re.search(pattern, str(warning)) for warning in checked(TINY).notes]
    assert gaps == {(match[1], match[2]): pytest.approx(float(match[3]), abs=0.01) for match in found if match}


def test_tiny_makes_power_of_its_own(tiny: Result) -> None:
    """The mill's turbine counts as electricity not bought: 12 GWh/yr today, 8 when it captures."""
    energy = tiny["energy"].query("process == 'mill.steam' and commodity == 'electricity'").set_index("period")
    assert energy["amount"].to_dict() == {2026: -12, 2030: -12, 2034: -8}
    # Bought in 2026, at 77 EUR/MWh: 5 GWh for drying and 26 at the foundry.
    costs = tiny["costs"].set_index(["term", "period"])["cost"]
    assert costs["electricity", 2026] == pytest.approx((5 + 26 - 12) * 77 / 1000)


def test_tiny_renews_what_wears_out(tiny: Result) -> None:
    """The foundry's saving is renewed in 2036 and goes on costing; the bridge of the bricks is left after one life."""

    def annuity(capex: float, years: int) -> float:
        return capex * 0.04 / (1.04 * (1 - 1.04**-years))

    costs = tiny["site_costs"].query("term == 'options'").set_index(["site", "period"])["cost"]
    assert costs["foundry", 2026] == pytest.approx(annuity(1.2, 10))
    # The furnace starts in 2030, at 0.9 of today's capex.
    assert costs["foundry", 2034] == pytest.approx(annuity(1.2, 10) + annuity(0.9 * 5, 15))
    assert costs["bricks", 2030] == pytest.approx(annuity(0.05, 4))
    assert costs.get(("bricks", 2034), 0.0) == 0.0


def test_tiny_emissions_add_up_as_its_readme_says(tiny: Result) -> None:
    """Emissions are those of the options left: added up here from options.csv and activity.csv by hand."""
    emitted = emissions_by_period(tiny).set_index("period")
    # 2026: 10 + 4 + 3 + 2.4 + 30 + 0 (drying) + 10 + 6 + 18 + 4.
    assert emitted.loc[2026, "emissions"] == pytest.approx(87.4)
    # 2030: cleaning 2.4, mill 30, blend 8.4, tiles 6, glass 18 x 1.05.
    assert emitted.loc[2030, "emissions"] == pytest.approx(2.4 + 30 + 8.4 + 6 + 18.9)
    # 2034: cleaning 2.4, mill 4, bricks 2, tiles 1, glass 2 x 1.1.
    assert emitted.loc[2034, "emissions"] == pytest.approx(2.4 + 4 + 2 + 1 + 2.2)
    assert emitted.loc[2034, "removed"] == pytest.approx(8)


def test_tiny_funding_gap_of_the_oven_by_hand(tiny: Result) -> None:
    """The bakery's gap, from its definition: annuities at 12 % and two stretches of yearly costs."""
    annuity = 2.5 * 0.12 / (1.12 * (1 - 1.12**-20))
    # Yearly cost of the oven less that of gas, with 10 GWh, 2 MW and 15 GWh, 3 kt: until 2033 and from 2034.
    before = (0.05 + 10 * 0.075 + 2 * 0.120) - (0.05 + 15 * 0.038 + 3 * 0.105)
    after = (0.05 + 10 * 0.070 + 2 * 0.130) - (0.05 + 15 * 0.038 + 3 * 0.140)
    gap = sum(1.12**-j * (annuity + (before if j < 4 else after)) for j in range(12))
    starts = tiny["starts"].set_index("process")
    assert starts.loc["bakery.oven", "funding_gap"] == pytest.approx(gap)


def test_tiny_limits_bind(tiny: Result) -> None:
    """Grid, public money, green gas and a target each decide something: their limits are used in full."""
    limits = tiny["limits"]
    binding = limits[(limits["bound"] > 0) & (limits["used"] >= limits["bound"] - 1e-6)]
    assert {"firm_headroom", "pot_budget", "supply_step", "emission_target"} <= set(binding["limit"])


@pytest.mark.nightly
def test_tiny_scenarios_do_what_its_readme_says(tiny: Result) -> None:
    """A late grid moves bakery and foundry to 2034 and stops the tile works; late hydrogen brings trailers."""
    late = solved(tiny.instance.under("late-grid"), EXACT)
    starts = late["starts"].set_index("process")["period"]
    assert (starts["bakery.oven"], starts["foundry.furnace"]) == (2034, 2034)
    assert "tiles.kiln" not in starts
    trailers = solved(tiny.instance.under("late-hydrogen"), EXACT)["hubs"].query("open == 1")
    assert "trailers" in set(trailers["option"])
    dear = solved(tiny.instance.under("dear-power"), EXACT)["starts"]
    assert not {"foundry.furnace", "tiles.kiln"} & set(dear["process"])
    half = solved(tiny.instance.under("half-budget"), EXACT)["starts"].set_index("process")["route"]
    assert half["mill.steam"] == "hybrid_boiler"
    assert not {"foundry.furnace", "bricks.kiln", "tiles.kiln"} & set(half.index)
    lean = solved(tiny.instance.under("no-farm"), EXACT)
    assert "bricks.kiln" not in set(lean["starts"]["process"])
    assert lean["starts"].set_index("process")["route"]["tiles.kiln"] == "green_gas"
    assert lean["reinforced"].empty


@pytest.mark.parametrize(
    ("process", "route", "period"),
    [
        ("glass.furnace", "hydrogen", 2030),  # between two rebuilds of the furnace
        ("foundry.furnace", "electric_kiln", 2026),  # a gap of 6.2 M EUR, and 5 M EUR in the pots
        ("mill.steam", "hybrid_boiler", 2026),  # 16 MW, where the region has 3
        ("bricks.kiln", "green_blend", 2034),  # last_year 2033
    ],
)
@pytest.mark.some(1)
def test_tiny_refuses_what_its_readme_calls_impossible(tiny: Result, process: str, route: str, period: int) -> None:
    """Fixing a start against windows, money or grid leaves no plan at all."""
    instance = tiny.instance
    fixed = {"decision": "runs", "item": process, "choice": route, "period": period, "value": 1}
    decided = pd.concat([instance["decided"], pd.DataFrame([fixed])], ignore_index=True)
    assert solved(instance.replace(decided=decided), EXACT).status is Status.INFEASIBLE


@pytest.mark.nightly
def test_sites_bear_the_whole_cost_of_the_plan(tiny: Result, region: Result) -> None:
    """With every kind of shared thing in tiny; only users of hydrogen and of CO2 storage pay for them."""
    for result in (tiny, region):
        sums_to_the_plan(result)
        nobody_pays_what_others_use(result)
    assert set(attributed_costs(tiny)["term"]) > {"hydrogen", "links", "green_gas", "hubs"}


def test_region_is_calibrated() -> None:
    """Thirty sites; those after ETS sites add up to the region's 428 kt of 2021, and emissions match sites."""
    given = pd.read_csv(REGION / "note_sites.csv")
    instance = read(REGION)
    assert len(instance["sites"]) == 30
    assert given.loc[given["pattern"] == "ets", "emissions"].sum() == pytest.approx(428, abs=1)
    owner = instance["processes"].set_index("process")["site"]
    today = instance["options"].query("current == 1")
    by_site = today.groupby(today["process"].map(owner))["emissions"].sum()
    assert by_site.to_numpy() == pytest.approx(given.set_index("site")["emissions"][by_site.index], rel=1e-3)
    # 700 initiatives at 330 sites are 2.1 a site.
    assert len(instance["wishes"]) == round(2.1 * 30)


REGION_TABLES = sorted(path for path in REGION.glob("*.csv") if path.name != "derivation.csv")


@pytest.mark.parametrize("path", REGION_TABLES, ids=lambda path: path.stem)
def test_every_row_of_the_region_names_its_source(path: Path) -> None:
    """Each row says where its figures are from, something that can be looked up, and how sure they are."""
    table = pd.read_csv(path, dtype=str)
    assert not table["source"].isna().any()
    assert not table["source"].str.contains("memory", case=False).any()
    assert set(table["source_confidence"]) <= {"H", "M", "L"}


def test_confidence_is_that_of_the_weakest_figure() -> None:
    """Where a source marks its figures, as in (H) or (M-L), the row has the least of the marks."""
    for path in REGION_TABLES:
        table = pd.read_csv(path, dtype=str)
        marks = table["source"].str.findall(r"\b([HML](?:-[HML])?)\)").str.join("-")
        for mark, confidence in zip(marks[marks != ""], table.loc[marks != "", "source_confidence"], strict=True):
            weakest = "L" if "L" in mark else "M" if "M" in mark else "H"
            assert "HML".index(confidence) >= "HML".index(weakest), path.name


def test_estimates_of_the_region_are_derived() -> None:
    """Each estimate has a row in derivation.csv, with its rule and parameters."""
    derivation = pd.read_csv(REGION / "derivation.csv", dtype=str)
    assert {"options", "sites", "prices", "trends", "windows", "links"} <= set(derivation["table"])
    assert not derivation[["rule", "parameters"]].isna().any().any()


def test_each_derived_value_is_the_one_shipped() -> None:
    """A row of derivation.csv that gives the value of a cell gives the one that the table holds."""
    derivation = pd.read_csv(REGION / "derivation.csv")
    derivation = derivation[derivation["value"].notna() & derivation["table"].isin(INPUT_TABLES)]
    assert set(derivation["table"]) == {"links", "options", "prices", "routes", "sites", "trends", "windows"}
    for (table, column), rows in derivation.groupby(["table", "column"]):
        frame = pd.read_csv(REGION / f"{table}.csv")
        key = frame[list(INPUT_TABLES[str(table)].key)].astype(str).agg(" / ".join, axis=1)
        cells = frame[column].set_axis(key).reindex(rows["key"])
        default = INPUT_TABLES[str(table)].column(str(column)).default
        cells = cells.fillna(default) if isinstance(default, float) else cells
        assert cells.tolist() == pytest.approx(rows["value"].tolist(), abs=1e-9), f"{table}: {column}"


@pytest.mark.slow
@pytest.mark.nightly
def test_region_is_written_by_its_script(tmp_path: Path) -> None:
    """The script makes the same files from the same hand-written ones: what is shipped is what it writes."""
    copy = tmp_path / "achterhoek"
    copy.mkdir()
    for path in REGION.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    script = ROOT / "scripts" / "make_achterhoek.py"
    subprocess.run([sys.executable, script, copy], check=True)
    changed = [path.name for path in REGION.iterdir() if path.read_bytes() != (copy / path.name).read_bytes()]
    assert changed == []


@pytest.mark.slow
@pytest.mark.nightly
def test_region_is_solved_and_its_plan_holds(region: Result) -> None:
    """The plan is proven to the gap asked, and the checker finds nothing."""
    assert region.status is Status.OPTIMAL
    assert region.gap is not None
    assert region.gap <= GOOD
    assert verify(region.instance, region) == ()


@pytest.mark.slow
@pytest.mark.nightly
def test_region_emits_about_what_its_readme_says(region: Result) -> None:
    """Emissions by period; plans within the gap differ, but not by more than a twentieth of today's 522 kt."""
    told = {int(row[0]): float(row[1]) for row in rows_of(REGION, "The plan in numbers")}
    emitted = emissions_by_period(region).set_index("period")["emissions"]
    assert list(told) == list(emitted.index)
    assert [told[period] for period in told] == pytest.approx(list(emitted), abs=0.05 * 522)


@pytest.mark.slow
@pytest.mark.nightly
def test_region_falls_as_plans_of_the_sector_do(region: Result) -> None:
    """Little by 2028 (lead times), 10 to 25 % in 2030-2032, and four fifths or so in the end."""
    emitted = emissions_by_period(region).set_index("period")
    left = emitted["emissions"] / emitted["as_today"]
    assert left[2026] == pytest.approx(1.0)
    assert left[2028] > 0.9
    assert 0.75 <= left[2030] <= 0.9
    assert 0.1 <= left[2040] <= 0.4
    assert left.is_monotonic_decreasing


@pytest.mark.slow
@pytest.mark.nightly
def test_region_electrifies_when_the_grid_opens(region: Result) -> None:
    """Electrification avoids most in the end, and most of that after the release of 2033."""
    saved = avoided(region)
    assert saved[2040].idxmax() == "electrification"
    assert saved.loc["electrification", 2030] < 0.5 * saved.loc["electrification", 2040]
    limits = region["limits"].query("limit == 'firm_headroom' and area == 'G05'").set_index("period")
    # 2 MW for the whole region before the release; what starts then runs inside contracts or flexibly.
    assert (limits.loc[[2028, 2030], "used"] <= 2.0 + 1e-6).all()
    assert limits.loc[2033, "used"] > 3 * limits.loc[2030, "used"]


@pytest.mark.slow
@pytest.mark.nightly
def test_region_starts_with_what_needs_no_grid(region: Result) -> None:
    """Before 2033 only saving, hybrid boilers, vapour compression, a few heat pumps and bridges start."""
    early = region["starts"].query("period < 2033")
    counts = early["route"].value_counts()
    assert early["period"].min() == 2028
    assert counts["saving"] == 30
    assert counts["saving"] + counts["mvr"] + counts["hybrid_e_boiler"] > 0.9 * len(early)
    assert (early.query("route == 'saving'")["period"] == 2030).any()


@pytest.mark.slow
@pytest.mark.nightly
def test_region_has_no_hydrogen_before_2031_and_little_after(region: Result) -> None:
    """Hydrogen reaches the region from 2033; few sites take it, above 500 C or for steam of the hottest kind."""
    hydrogen = processes(region).query("family == 'hydrogen'")
    assert (hydrogen["period"] >= 2033).all()
    assert hydrogen["site"].nunique() <= 5
    drawn = region["drawn"].query("carrier == 'hydrogen'")
    assert (drawn["period"] >= 2033).all()


@pytest.mark.slow
@pytest.mark.nightly
def test_region_takes_hydrogen_where_electricity_was_on_offer(region: Result) -> None:
    """Hydrogen is a choice: the brickworks that takes it could have had an electric kiln in that period."""
    starts = region["starts"].query("route == 'hydrogen_burner'")
    assert "ceramics-1.kiln" in set(starts["process"])
    possible = Options(region.instance).payable_starts
    electric = possible.query("route in ('electric_kiln', 'electric_furnace')")
    offered = set(zip(electric["process"], electric["period"], strict=True))
    assert set(zip(starts["process"], starts["period"], strict=True)) <= offered


@pytest.mark.slow
@pytest.mark.parametrize(("scenario", "carrier"), [("late-hydrogen", "hydrogen"), ("late-co2", "co2")])
@pytest.mark.nightly
def test_a_late_network_takes_away_what_the_plan_draws(region: Result, scenario: str, carrier: str) -> None:
    """The plan cannot stay as it is: it draws more than there is in some period when the network is late."""
    late = region.instance.under(scenario)["sources"].groupby(["carrier", "period"])["capacity"].sum()[carrier]
    drawn = region["drawn"].query("carrier == @carrier").groupby("period")["amount"].sum()
    assert (drawn > late.reindex(drawn.index, fill_value=0.0) + 1e-6).any()


@pytest.mark.slow
@pytest.mark.nightly
def test_region_captures_only_at_its_largest_site(region: Result) -> None:
    """Below some 60 kt a terminal costs more than it is worth; storage opens after 2031."""
    captured = region["emissions"].query("captured > 0")
    assert set(captured["site"]) <= {"paper-1"}
    assert (captured["period"] >= 2033).all()


@pytest.mark.slow
@pytest.mark.nightly
def test_region_uses_green_gas_as_far_as_it_goes(region: Result) -> None:
    """It goes to kilns, furnaces and dryers only, and the cheap step is used up from 2033."""
    green = processes(region).query("family == 'green_gas'")
    assert set(green["kind"]) <= {"kiln", "furnace", "dryer"}
    steps = region["limits"].query("limit == 'supply_step' and step == 'residues' and period >= 2036")
    assert (steps["used"] >= 0.99 * steps["bound"]).all()


@pytest.mark.slow
@pytest.mark.nightly
def test_region_spends_public_money_late_and_not_all(region: Result) -> None:
    """Early starts pay for themselves; most of the money goes to capture and heat pumps from 2036 on."""
    grants = region["grants"].groupby("period")["amount"].sum()
    whole = region.instance["budgets"]["amount"].sum()
    assert 0.3 * whole < grants.sum() < 0.95 * whole
    assert grants[[2036, 2040]].sum() > grants.loc[:2033].sum()


@pytest.mark.slow
@pytest.mark.nightly
def test_a_late_grid_changes_the_regions_plan(region: Result) -> None:
    """Three years later the grid never makes the plan cheaper, and here it moves starts and emissions."""
    late = solved(region.instance.under("late-grid"), 5 * GOOD)
    assert late.bound is not None
    assert region.cost is not None
    # The bound of the late plan lies above the cost of the plan in time: dearer, whatever the gaps.
    assert late.bound > region.cost
    assert len(late["starts"].query("period <= 2033")) < len(region["starts"].query("period <= 2033"))
    emitted = [emissions_by_period(plan).set_index("period").loc[2033, "emissions"] for plan in (late, region)]
    assert emitted[0] > emitted[1]
    assert verify(late.instance, late) == ()
