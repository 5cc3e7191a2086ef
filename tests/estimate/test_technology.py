"""The technology step: numbers held against arithmetic by hand, all sites at once as each alone."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from formulas import evaluated
from routeplan.errors import DataError
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import EVERY_ROW
from routeplan.estimate.technology.demand import BANDS, checked_demand, spare_capacity
from routeplan.estimate.technology.options import SiteOptions, options_for_sites
from routeplan.estimate.technology.processes import processes_of
from routeplan.estimate.technology.windows import windows_of


def site(name: str, sector: str, bands: tuple[float, float, float, float], **more: float) -> dict[str, object]:
    return {"site": name, "sector": sector, **dict(zip(BANDS, bands, strict=True)), "electricity": 10.0, **more}


def stated(tables: DefaultTables, table: str, where: dict[str, str], **values: float) -> DefaultTables:
    """The same tables with some cells of a row as the test states them."""
    frame = tables[table].copy()
    rows = np.logical_and.reduce([frame[column] == cell for column, cell in where.items()])
    assert rows.sum() == 1
    for column, value in values.items():
        frame.loc[rows, column] = value
    return DefaultTables({**tables.frames, table: frame})


@pytest.fixture(scope="module")
def known(defaults: DefaultTables) -> DefaultTables:
    """Default tables with the figures on which the arithmetic of these tests rests, whatever the package's are."""
    tables = stated(defaults, "sectors", {"sector": "food"}, saving=0.10, drying=0.4, hot_steam=0.25)
    tables = stated(tables, "sectors", {"sector": "ceramics"}, saving=0.08, dilute=1.5)
    for name, value in {"capex_heat": 500.0, "efficiency": 8.0, "fixed_cost_share": 0.02, "capex_input": 120.0}.items():
        by_year = {str(year): value for year in (2025, 2030, 2035, 2040)}
        tables = stated(tables, "technologies", {"route": "mvr", "parameter": name}, **by_year)
    tables = stated(tables, "technologies", {"route": "mvr", "parameter": "capex_heat"}, **{"2025": 500, "2030": 480})
    tables = stated(tables, "choices", {"kind": "hot_steam", "route": "ccs", "sector": "paper"}, least_emissions=30)
    return stated(tables, "kinds", {"kind": "kiln"}, stop_interval=5)


FOOD = site("dairy", "food", (40.0, 50.0, 10.0, 0.0))
BRICKS = site("bricks", "ceramics", (30.0, 0.0, 5.0, 65.0), process_co2=5.0)
BOARD = site("board", "paper", (0.0, 500.0, 0.0, 0.0))
WASTE = site("oven", "waste_incineration", (0.0, 0.0, 0.0, 0.0), process_co2=150.0, biogenic_co2=250.0)


def made(known: DefaultTables, periods: pd.DataFrame, *sites: dict[str, object]) -> SiteOptions:
    return options_for_sites(pd.DataFrame(list(sites)), known, periods)


def option(step: SiteOptions, process: str, route: str) -> pd.Series:
    rows = step.options
    return rows[(rows["process"] == process) & (rows["route"] == route)].iloc[0]


def test_gas_is_split_by_band_and_saving_is_a_process_of_its_own(known: DefaultTables) -> None:
    """A site's gas is the sum of its processes; saving takes its share off each of the others."""
    # Food: 10 % saving of 100 GWh; the 10 GWh above 200 C are less than 12 % of the site and go down to steam:
    # hot water 0.9 x 40, steam band 0.9 x 60, of which 40 % is drying and 25 % hot steam.
    gas = processes_of(checked_demand(pd.DataFrame([FOOD]), known), known).set_index("process")["gas"]
    assert gas.round(9).to_dict() == {
        "dairy.saving": 10.0,
        "dairy.hot_water": 36.0,
        "dairy.drying": 21.6,
        "dairy.steam": 18.9,
        "dairy.hot_steam": 13.5,
    }


def test_a_small_band_is_served_with_its_hotter_neighbour(known: DefaultTables) -> None:
    """5 GWh below 100 C of 100 GWh join the steam; 5 GWh of steam with none besides join the kiln."""
    sites = pd.DataFrame([site("a", "food", (5.0, 95.0, 0.0, 0.0)), site("b", "ceramics", (0.0, 5.0, 0.0, 95.0))])
    processes = processes_of(checked_demand(sites, known), known)
    assert processes["process"].tolist() == ["a.saving", "a.drying", "a.steam", "a.hot_steam", "b.saving", "b.kiln"]
    # 8 % saving in ceramics: 0.92 x 100 GWh is left for the kiln.
    assert processes.set_index("process").loc["b.kiln", "gas"] == pytest.approx(92.0)


def test_process_co2_belongs_to_the_hottest_process(known: DefaultTables) -> None:
    """The clay's CO2 leaves the kiln, not the dryer, and no process but one has it."""
    processes = processes_of(checked_demand(pd.DataFrame([BRICKS]), known), known)
    assert processes.set_index("process")["process_co2"].to_dict() == {
        "bricks.saving": 0.0,
        "bricks.hot_water": 0.0,
        "bricks.kiln": 5.0,
    }


def test_today_s_emissions_are_those_of_gas_and_process(known: DefaultTables, periods: pd.DataFrame) -> None:
    """The current options of a site emit gas x 0.203 and the process CO2, whatever the split."""
    step = made(known, periods, BRICKS)
    now = step.options[step.options["current"] == 1]
    assert now["gas"].sum() == pytest.approx(100.0, abs=1e-3)
    assert now["emissions"].sum() == pytest.approx(100.0 * 0.203 + 5.0, abs=1e-3)
    assert (now[["capex", "firm_capacity", "flexible_capacity"]] == 0).all(axis=None)


def test_a_firm_electric_route(known: DefaultTables, periods: pd.DataFrame) -> None:
    """Vapour recompression: heat = gas x 0.93, electricity = heat / 8, MW = GWh / hours x 1.1 at the peak."""
    mvr = option(made(known, periods, FOOD), "dairy.drying", "mvr")
    heat = 21.6 * 0.93
    assert mvr["electricity"] == pytest.approx(heat / 8, abs=1e-4)
    assert mvr["firm_capacity"] == pytest.approx(heat / 8 * 1000 / 6000 * 1.1, abs=1e-4)
    assert mvr["flexible_capacity"] == 0
    assert (mvr["gas"], mvr["emissions"]) == (0, 0)
    # Capex of 2026, a fifth of the way from 2025 to 2030: 500 - 4 = 496 EUR/kW of heat, 120 EUR/kW of input.
    capacity = heat * 1000 / 6000 * 1.1
    assert mvr["capex"] == pytest.approx(capacity * (496 + 120 / 8) / 1000, abs=1e-4)
    assert mvr["fixed_cost"] == pytest.approx(0.02 * mvr["capex"], abs=1e-4)


def test_a_flexible_route_runs_in_cheap_hours_and_keeps_gas_for_the_rest(
    known: DefaultTables, periods: pd.DataFrame
) -> None:
    """A hybrid boiler serves the whole heat for 3,000 of 6,000 hours: half of the gas stays."""
    hybrid = option(made(known, periods, FOOD), "dairy.steam", "hybrid_e_boiler")
    heat = 18.9 * 0.93
    assert hybrid["flexible_electricity"] == pytest.approx(heat / 2 / 0.99, abs=1e-4)
    assert hybrid["flexible_capacity"] == pytest.approx(heat * 1000 / 6000 * 1.1 / 0.99, abs=1e-4)
    assert hybrid["gas"] == pytest.approx(9.45)
    assert hybrid["emissions"] == pytest.approx(9.45 * 0.203, abs=1e-4)
    assert hybrid["firm_capacity"] == 0


def test_fuels_burn_as_gas_does(known: DefaultTables, periods: pd.DataFrame) -> None:
    """Hydrogen and green gas take the place of as much gas; process CO2 stays; green gas needs no capex."""
    step = made(known, periods, BRICKS)
    hydrogen = option(step, "bricks.kiln", "hydrogen_burner")
    green = option(step, "bricks.kiln", "green_gas")
    kiln = 0.92 * 70.0
    assert (hydrogen["hydrogen"], green["green_gas"]) == (pytest.approx(kiln), pytest.approx(kiln))
    assert (hydrogen["emissions"], green["emissions"]) == (5.0, 5.0)
    assert green["capex"] == 0
    blend = option(step, "bricks.kiln", "green_gas_blend")
    assert (blend["green_gas"], blend["gas"]) == (pytest.approx(0.2 * kiln), pytest.approx(0.8 * kiln))


def test_capture_pays_for_its_own_heat(known: DefaultTables, periods: pd.DataFrame) -> None:
    """CO2 balance of a kiln with capture: what is made, its heat's included, is captured or emitted, 90 to 10."""
    capture = option(made(known, periods, BRICKS), "bricks.kiln", "ccs")
    kiln = 0.92 * 70.0
    heat_gas = 0.72 * capture["captured"]  # 0.72 MWh/t at a burner of efficiency 1
    made_co2 = (kiln + heat_gas) * 0.203 + 5.0
    assert capture["gas"] == pytest.approx(kiln + heat_gas, abs=1e-3)
    assert capture["captured"] == pytest.approx(0.9 * made_co2, abs=1e-3)
    assert capture["emissions"] == pytest.approx(0.1 * made_co2, abs=1e-3)
    assert capture["electricity"] == pytest.approx(0.11 * capture["captured"], abs=1e-3)
    # 396 EUR per t/yr in 2026, dilute flue gas 1.5, and small: (captured / 80)^(0.65 - 1) a tonne.
    size = capture["captured"]
    assert capture["capex"] == pytest.approx(0.396 * 1.5 * size * (size / 80) ** -0.35, rel=1e-3)


def test_biogenic_co2_that_is_captured_is_removed(known: DefaultTables, periods: pd.DataFrame) -> None:
    """A waste incinerator of 150 kt fossil and 250 kt biogenic: 360 captured, 225 of it removed, 15 left."""
    step = made(known, periods, WASTE)
    capture = option(step, "oven.waste", "ccs")
    assert (capture["captured"], capture["removed"], capture["emissions"]) == (360.0, 225.0, 15.0)
    assert capture["gas"] == 0
    # Heat and power come from its own turbine: less is sold, and the grid is not asked for more.
    assert capture["electricity"] == pytest.approx(360.0 * 0.11)
    assert capture["firm_capacity"] == 0
    assert option(step, "oven.waste", "current")["emissions"] == 150.0


@pytest.mark.nightly
def test_routes_run_after_their_lead_time_and_once_on_the_market(known: DefaultTables, periods: pd.DataFrame) -> None:
    """Two years for saving; an electric kiln takes five; hydrogen waits for the network; bridges end."""
    step = made(known, periods, FOOD, BRICKS)
    years = step.options.set_index(["process", "route"])[["first_year", "last_year"]]
    assert years.loc[("dairy.saving", "saving"), "first_year"] == 2028
    assert years.loc[("bricks.kiln", "electric_kiln"), "first_year"] == 2031
    assert years.loc[("bricks.kiln", "hydrogen_burner"), "first_year"] == 2031
    assert years.loc[("bricks.kiln", "green_gas_blend")].tolist() == [2027, 2035]
    assert years.loc[("dairy.saving", "current")].isna().all()


def test_lead_times_run_from_the_base_year(known: DefaultTables, periods: pd.DataFrame) -> None:
    """Decided two years earlier, saving is there two years earlier."""
    step = options_for_sites(pd.DataFrame([FOOD]), known, periods, base_year=2024)
    assert option(step, "dairy.saving", "saving")["first_year"] == 2026


def test_capex_follows_its_trend(known: DefaultTables, periods: pd.DataFrame) -> None:
    """A kiln's factor is its capex of the year over that of 2026: 2720 - 40 = 2680, and 1920 in 2040."""
    trends = made(known, periods, BRICKS).trends.set_index(["route", "period"])["capex"]
    assert trends[("electric_kiln", 2026)] == 1.0
    assert trends[("electric_kiln", 2040)] == pytest.approx(1920 / 2680, abs=1e-4)
    assert "green_gas" not in trends.index.get_level_values("route")


def test_only_what_fits_is_offered(known: DefaultTables, periods: pd.DataFrame) -> None:
    """Capture is for large sites and kilns, vapour recompression for drying, heat where there is a network."""
    small = site("mill", "paper", (0.0, 50.0, 0.0, 0.0))
    step = made(known, periods, small, BOARD, BRICKS, site("town", "food", (90.0, 0.0, 0.0, 0.0), heat_network=1.0))
    offered = step.options.groupby("process")["route"].agg(set)
    assert "ccs" not in offered["mill.hot_steam"]
    assert "ccs" in offered["board.hot_steam"]
    assert "high_temperature_heat_pump" not in offered["board.hot_steam"]
    assert "mvr" in offered["board.drying"]
    assert "mvr" not in offered["board.steam"]
    assert "electric_furnace" not in offered["bricks.kiln"]
    assert "heat_network" in offered["town.hot_water"]
    assert "heat_network" not in offered["bricks.hot_water"]


def test_a_sector_s_own_choice_wins(known: DefaultTables, periods: pd.DataFrame) -> None:
    """A row of `choices` for a sector takes the place of the row for all: here it takes the route away."""
    choices = known["choices"]
    row = choices[(choices["kind"] == "kiln") & (choices["route"] == "green_gas")].assign(sector="ceramics", share=0.0)
    changed = DefaultTables({**known.frames, "choices": pd.concat([row, choices], ignore_index=True)})
    routes = made(changed, periods, BRICKS).options.set_index("process").loc["bricks.kiln", "route"]
    assert "green_gas" not in set(routes)
    assert "hydrogen_burner" in set(routes)


@pytest.mark.nightly
def test_all_sites_at_once_as_each_alone(known: DefaultTables, periods: pd.DataFrame) -> None:
    """The step treats every site by itself: together, or one at a time, the options are the same."""
    sites = [FOOD, BRICKS, BOARD, WASTE]
    together = made(known, periods, *sites)
    alone = [made(known, periods, one) for one in sites]
    for table in ("processes", "options", "windows"):
        parts = pd.concat([getattr(step, table) for step in alone], ignore_index=True)
        pd.testing.assert_frame_equal(getattr(together, table), parts)


def test_every_number_of_the_options_is_traced(known: DefaultTables, periods: pd.DataFrame) -> None:
    """Each number that is not 0, and each capex, has one row in the derivation, whose formula gives its value."""
    step = made(known, periods, FOOD, BRICKS, WASTE)
    numbers = step.options.drop(columns=["current", "lifetime"]).melt(["process", "route"], var_name="column")
    numbers = numbers[numbers["value"].notna() & ((numbers["value"] != 0) | (numbers["column"] == "capex"))]
    wanted = set(zip(numbers["process"] + " / " + numbers["route"], numbers["column"], numbers["value"], strict=True))
    traces = step.derivation[(step.derivation["table"] == "options") & (step.derivation["key"] != EVERY_ROW)]
    assert set(zip(traces["key"], traces["column"], traces["value"], strict=True)) == wanted
    assert len(traces) == len(wanted)
    for _, row in traces.iterrows():
        assert row["value"] == pytest.approx(evaluated(row), rel=1e-6, abs=0.51e-4), tuple(row)
    mvr = traces[(traces["key"] == "dairy.drying / mvr") & (traces["column"] == "electricity")]["parameters"].item()
    assert mvr.split("; ")[1:] == [
        "gas_efficiency 0.93 (default kinds.csv:4, M)",
        "share 1 (default choices.csv:6, M-L)",
        "efficiency 8 (default technologies.csv:13, in 2030, M)",
    ]


def test_stops_come_at_their_interval_and_are_the_same_every_time(known: DefaultTables, periods: pd.DataFrame) -> None:
    """Counted year by year: a period is open just when a stop, one every 5 years for a kiln, lies in it."""
    processes = pd.DataFrame({"process": [f"p{i}" for i in range(60)], "kind": "kiln"})
    windows = windows_of(processes, periods, known)
    pd.testing.assert_frame_equal(windows, windows_of(processes, periods, known))
    spans = dict(zip(periods["period"], periods["period"] + periods["years"], strict=True))
    seen = set()
    for _, found in windows.groupby("process"):
        fits = [
            offset
            for offset in range(5)
            if {p for p, end in spans.items() if any((y - 2026 - offset) % 5 == 0 for y in range(p, end))}
            == set(found["period"])
        ]
        assert fits
        seen.update(fits)
    assert seen == {0, 1, 2, 3, 4}


def test_what_needs_no_stop_is_open_in_every_period(known: DefaultTables, periods: pd.DataFrame) -> None:
    """A kind without a stop interval has no windows at all."""
    kinds = known["kinds"].assign(stop_interval=float("nan"))
    always = replace(known, frames={**known.frames, "kinds": kinds})
    windows = windows_of(pd.DataFrame({"process": ["a.saving"], "kind": ["saving"]}), periods, always)
    assert windows.empty


def test_spare_capacity_is_contract_less_peak(known: DefaultTables) -> None:
    """60 GWh in 6,000 hours is 10 MW on average; contract 11.5, peak 11: half a MW is free."""
    demand = checked_demand(pd.DataFrame([site("a", "food", (1.0, 0, 0, 0)) | {"electricity": 60.0}]), known)
    assert spare_capacity(demand, known).tolist() == [pytest.approx(0.5)]


@pytest.mark.nightly
def test_ten_thousand_sites_have_the_rows_of_each(known: DefaultTables, periods: pd.DataFrame) -> None:
    """National size: the rows of a site do not depend on how many others there are."""
    sites = pd.DataFrame([FOOD, BRICKS, BOARD, WASTE]).loc[np.tile(np.arange(4), 2500)].reset_index(drop=True)
    sites["site"] = [f"s{place}" for place in range(len(sites))]
    few = made(known, periods, FOOD, BRICKS, BOARD, WASTE)
    assert len(options_for_sites(sites, known, periods).options) == 2500 * len(few.options)


def test_senseless_demand_is_refused(known: DefaultTables, periods: pd.DataFrame) -> None:
    """Every value that makes no sense is named, with its row as a spreadsheet counts it."""
    wrong = [FOOD | {"gas_below_100": -1.0}, FOOD | {"sector": "foot"}, BRICKS | {"full_load_hours": 9000.0}]
    with pytest.raises(DataError) as caught:
        made(known, periods, *wrong)
    sectors = ", ".join(known["sectors"]["sector"])
    assert [str(problem) for problem in caught.value.problems] == [
        "demand:2: column 'gas_below_100' is -1.0; allowed: 0 GWh/yr or more",
        "demand:3: column 'sector' is foot; allowed: one of " + sectors,
        "demand:3: has the same site as an earlier row",
        "demand:4: column 'full_load_hours' is 9000.0; allowed: 1 to 8760, or empty",
    ]


def test_a_missing_column_of_demand_is_named(known: DefaultTables, periods: pd.DataFrame) -> None:
    """Columns that have no default must be there."""
    with pytest.raises(DataError, match="demand: column 'gas_100_200' is missing"):
        options_for_sites(pd.DataFrame([FOOD]).drop(columns="gas_100_200"), known, periods)
