"""The pictures of routes, energy and costs hold the numbers of the result's tables, and nothing else."""

import dataclasses

import pandas as pd
import pytest
from charted import plan, rows, sums

from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.report.charts.axis import extent_of
from routeplan.report.charts.costs import GROUPS, costs_table, extent_of_costs, group_name, plot_costs
from routeplan.report.charts.energy import energy_table, plot_energy
from routeplan.report.charts.routes import plot_routes, plot_routes_by_sector, routes_by_sector_table, routes_table
from routeplan.result.result import Result
from routeplan.result.summary import emissions_by_period
from routeplan.schema.results import COST_TERMS

ENGLISH, DUTCH = Words("en"), Words("nl")
PERIODS = ["2026", "2030", "2034"]


def runs(result: Result) -> pd.DataFrame:
    """The result's runs, with the family's name in English and the sector's."""
    instance = result.instance
    found = result["runs"].merge(instance["routes"], on="route").merge(instance["processes"], on="process")
    found = found.merge(instance["sites"], on="site")
    return found.assign(name=found["family"].map(ENGLISH.name), one=1.0)


def at_stake(result: Result) -> pd.DataFrame:
    """The result's runs, with ``co2``: what the process emits on its current option, at the period's activity."""
    instance = result.instance
    current = instance["options"].query("current == 1")[["process", "emissions"]]
    found = runs(result).merge(current, on="process")
    factor = instance["activity"].set_index(["process", "period"])["factor"]
    keys = zip(found["process"], found["period"], strict=True)
    return found.assign(co2=found["emissions"] * [factor.get(key, 1.0) for key in keys])


def test_bars_are_the_co2_at_stake_on_each_family() -> None:
    """A process without CO2 weighs nothing, and a saving as much as what it saves."""
    data = rows(plot_routes(plan()), "value")
    assert sums(data, ["name", "period"], "value") == pytest.approx(sums(at_stake(plan()), ["name", "period"], "co2"))
    together = data.groupby("period")["value"].sum().tolist()
    assert together == pytest.approx(emissions_by_period(plan())["as_today"].tolist())


def test_bars_of_a_sector_are_shares_of_its_co2() -> None:
    """In the bars stands how much; a picture's heading tells how much the sector has at most."""
    found = at_stake(plan())
    data = rows(plot_routes_by_sector(plan()), "value", "sector")
    most = found.groupby(["sector", "period"])["co2"].sum().groupby("sector").max()
    assert set(data["sector"]) == {f"{sector} ({ENGLISH.number(co2)})" for sector, co2 in most.items() if co2 > 0}
    data["sector"] = data["sector"].str.replace(r" \([^)]*\)", "", regex=True)
    assert sums(data, ["sector", "period"], "value") == pytest.approx(
        {(sector, int(period)): 1.0 for sector in most[most > 0].index for period in PERIODS}
    )
    told = {
        (row.sector, row.name_, row.period): row.number for row in data.rename(columns={"name": "name_"}).itertuples()
    }
    expected = found.groupby(["sector", "name", "period"])["co2"].sum()
    for key, co2 in expected[expected > 0].items():
        assert told[key] in (ENGLISH.number(co2), "")


def test_sectors_come_by_their_emissions_today() -> None:
    instance = plan().instance
    options = instance["options"].query("current == 1").merge(instance["processes"], on="process")
    today = options.merge(instance["sites"], on="site").groupby("sector")["emissions"].sum()
    drawn = plot_routes_by_sector(plan()).to_dict()["facet"]["sort"]
    assert [today[name.split(" (")[0]] for name in drawn] == sorted(today, reverse=True)


def test_pictures_stand_in_as_many_columns_as_are_asked_for() -> None:
    assert plot_routes_by_sector(plan(), columns=1).to_dict()["columns"] == 1


@pytest.mark.nightly
def test_families_have_the_same_colour_everywhere() -> None:
    """Each name has the colour of its family in the palette, in both languages."""
    for words in (ENGLISH, DUTCH):
        for plot in (plot_routes, plot_routes_by_sector):
            chart = plot(plan(), words.language).to_dict()
            scale = chart.get("spec", chart)["layer"][0]["encoding"]["color"]["scale"]
            assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
                words.name(family): palette.FAMILIES[family]
                for family in palette.FAMILIES
                if family in set(at_stake(plan()).query("co2 > 0")["family"])
            }


def test_the_table_of_routes_has_co2_and_processes() -> None:
    """Both for each family, a column for each period."""
    heading, what = "Soort route", DUTCH("What")
    table = routes_table(plan(), DUTCH)
    assert list(table.columns) == [heading, what, *PERIODS]
    co2, count = table[what].unique()
    assert co2.startswith("CO2")
    found = at_stake(plan()).assign(name=lambda rows: rows["family"].map(DUTCH.name))
    found["period"] = found["period"].astype("str")
    for told, weight in ((co2, "co2"), (count, "one")):
        part = table[table[what] == told].melt([heading, what], var_name="period", value_name="value")
        assert sums(part, [heading, "period"], "value") == pytest.approx(sums(found, ["name", "period"], weight))
        by_sector = routes_by_sector_table(plan(), DUTCH)
        of_all = by_sector[by_sector[what] == told][PERIODS].sum()
        assert of_all.tolist() == pytest.approx(table[table[what] == told][PERIODS].sum().tolist())


def test_bars_are_the_energy_of_each_form() -> None:
    energy = plan()["energy"]
    data = rows(plot_energy(plan()), "value", "name")
    expected = sums(energy.assign(name=energy["commodity"].map(ENGLISH.name)), ["name", "period"], "amount")
    assert sums(data, ["name", "period"], "value") == pytest.approx(expected)
    table = energy_table(plan(), DUTCH)
    assert table.columns[0] == "Energiedrager [GWh/jaar]"
    assert table[PERIODS].sum().tolist() == pytest.approx(energy.groupby("period")["amount"].sum().tolist())


def test_own_generation_stands_below_zero() -> None:
    """A bar of -3 GWh/yr makes room below; what is above stays."""
    frame = pd.DataFrame({"period": [2030, 2030, 2034], "value": [5.0, -3.0, 1.0]})
    assert extent_of(frame, "value") == (-3.0, 5.0)


def test_every_term_of_the_cost_is_in_one_group() -> None:
    assert sorted(term for terms in GROUPS.values() for term in terms) == sorted(COST_TERMS)


def test_every_group_has_a_name_and_a_colour() -> None:
    assert set(palette.COST_GROUPS) == set(GROUPS)
    for words in (ENGLISH, DUTCH):
        assert len({group_name(group, words) for group in GROUPS}) == len(GROUPS)


def test_bars_are_the_terms_of_each_group() -> None:
    """Biogenic CO2 that is stored is paid for, and stands below zero; the bold numbers are the sums."""
    costs = plan()["costs"]
    group = {term: group_name(group, ENGLISH) for group, terms in GROUPS.items() for term in terms}
    expected = sums(costs.assign(name=costs["term"].map(group)), ["name", "period"], "cost")
    chart = plot_costs(plan())
    assert sums(rows(chart, "value", "name"), ["name", "period"], "value") == pytest.approx(expected)
    assert expected["biogenic CO2 stored", 2034] < 0
    total = costs.groupby("period")["cost"].sum()
    told = next(pd.DataFrame(data) for data in chart.to_dict()["datasets"].values() if "name" not in data[0]).set_index(
        "period"
    )["number"]
    assert told.to_dict() == {period: ENGLISH.number(cost) for period, cost in total.items()}


def test_the_axis_of_costs_holds_earnings_too() -> None:
    """Below zero is what is removed; above it everything else."""
    costs = plan()["costs"].assign(below=lambda rows: rows["cost"].clip(upper=0.0))
    by_period = costs.groupby("period")[["below", "cost"]].sum()
    assert extent_of_costs(plan()) == pytest.approx(
        (by_period["below"].min(), (by_period["cost"] - by_period["below"]).max())
    )


def test_the_table_of_costs_has_every_term_and_the_total() -> None:
    costs = plan()["costs"]
    table = costs_table(plan(), DUTCH)
    assert list(table.columns) == ["Besteed aan", "Post [mln. euro/jaar]", *PERIODS]
    *terms, total = table[PERIODS].to_numpy().tolist()
    by_period = costs.groupby("period")["cost"].sum().tolist()
    assert total == pytest.approx(by_period)
    assert [sum(column) for column in zip(*terms, strict=True)] == pytest.approx(by_period)
    assert len(terms) == costs.loc[costs["cost"] != 0.0, "term"].nunique()


def test_a_plan_that_costs_nothing_in_a_group_does_not_name_it() -> None:
    """The legend has no more than what is in the bars."""
    costs = plan()["costs"]
    only = dataclasses.replace(plan(), tables={**plan().tables, "costs": costs[costs["term"] == "gas"]})
    assert set(rows(plot_costs(only), "value", "name")["name"]) == {"energy"}
