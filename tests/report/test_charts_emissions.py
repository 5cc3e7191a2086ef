"""The picture of CO2 holds the numbers of the result's tables, and the targets of the instance."""

import pandas as pd
import pytest
from charted import plan, rows, sums

from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.report.charts.emissions import emissions_table, extent_of_emissions, plot_emissions

ENGLISH, DUTCH = Words("en"), Words("nl")
PERIODS = ["2026", "2030", "2034"]


def emitted() -> pd.DataFrame:
    """The result's emissions, with sectors."""
    return plan()["emissions"].merge(plan().instance["sites"][["site", "sector"]], on="site")


def test_bars_are_the_emissions_of_each_sector() -> None:
    """On top what is captured and not from the air, below zero what is: the mill's 36 - 8, and 8 kt/yr."""
    found = emitted()
    data = rows(plot_emissions(plan()), "value", "name")
    expected = sums(found, ["sector", "period"], "emissions")
    captured = found.assign(name="captured, not emitted", value=found["captured"] - found["removed"])
    removed = found.assign(name="biogenic CO2 stored", value=-found["removed"])
    for part in (captured, removed):
        more = sums(part, ["name", "period"], "value")
        assert more
        expected |= more
    assert sums(data, ["name", "period"], "value") == pytest.approx(expected)


def test_sums_below_the_years_are_what_is_emitted() -> None:
    """What is captured or removed is no part of them."""
    datasets = map(pd.DataFrame, plot_emissions(plan()).to_dict()["datasets"].values())
    told = next(data for data in datasets if set(data.columns) == {"period", "span", "number", "amount"})
    total = emitted().groupby("period")["emissions"].sum()
    assert dict(zip(told["period"], told["number"], strict=True)) == {
        period: ENGLISH.number(value) for period, value in total.items()
    }


def test_lines_are_the_targets_of_all_sites_and_today() -> None:
    """The targets of a sector and of a region are no line; only 2030 has one, and it is overshot."""
    instance = plan().instance
    caps = instance["targets"].query("scope == 'all'")
    chart = plot_emissions(plan())
    drawn = rows(chart, "cap")
    assert dict(zip(drawn["period"], drawn["cap"], strict=True)) == dict(zip(caps["period"], caps["cap"], strict=True))
    over = plan()["overshoot"].query("scope == 'all'")["amount"].item()
    assert drawn["above"].tolist() == [f"{ENGLISH.number(over)} kt/yr"]
    activity = instance["activity"].set_index(["process", "period"])["factor"]
    current = instance["options"].query("current == 1").set_index("process")["emissions"]
    today = {
        period: sum(amount * activity.get((process, period), 1.0) for process, amount in current.items())
        for period in instance["periods"]["period"]
    }
    line = rows(chart, "as_today")
    assert dict(zip(line["period"], line["as_today"], strict=True)) == pytest.approx(today)


def test_the_title_tells_the_targets() -> None:
    lines = plot_emissions(plan(), "nl").to_dict()["title"]["subtitle"]
    assert DUTCH("Black line: target for all sites ({caps}).", caps="2030:\u00a060") in lines


def test_no_number_is_crossed_by_the_line_of_a_target() -> None:
    """The cap of 60 of 2030 runs through one of the parts: its number is left out, and told when pointed at."""
    data = rows(plot_emissions(plan()), "value", "name").query("period == 2030")
    above = data["value"].cumsum()
    crossed = data[(above - data["value"] / 2 - 60.0).abs() < 0.03 * above.max()]
    assert (crossed["number"] == "").all()
    assert (crossed["amount"] != "").all()


def test_the_axis_holds_bars_lines_and_what_is_removed() -> None:
    """The highest is what would be emitted as today; the lowest the 8 kt/yr that are removed."""
    extent = extent_of_emissions(plan())
    assert extent.top >= rows(plot_emissions(plan()), "as_today")["as_today"].max()
    assert extent.bottom == -plan()["emissions"].groupby("period")["removed"].sum().max()


def test_more_sectors_than_colours_are_one_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """With three colours the two largest sectors keep theirs, and the others are summed in grey."""
    monkeypatch.setattr(palette, "SECTORS", palette.SECTORS[:3])
    sectors = emitted().groupby("sector")["emissions"].sum()
    data = rows(plot_emissions(plan()), "value", "name")
    rest = f"{len(sectors) - 2} other sectors"
    assert len(set(data["name"])) == 3 + 2
    own = [name for name in data["name"].unique() if name in sectors.index]
    found = data[data["name"] == rest]["value"].sum()
    assert found == pytest.approx(sectors.drop(own).sum())


def test_the_table_has_sectors_sums_and_every_target() -> None:
    """Targets of scopes that are not drawn are told here, with what is reached; empty where there is none."""
    table = emissions_table(plan(), DUTCH).set_index("CO2 [kt/jaar]")
    assert list(table.columns) == PERIODS
    found = emitted()
    assert table.loc["Alle locaties"].tolist() == pytest.approx(found.groupby("period")["emissions"].sum().tolist())
    assert table.loc["Afgevangen"].tolist() == pytest.approx(found.groupby("period")["captured"].sum().tolist())
    names = {"all": "alle locaties", "sector:glass": "sector glas", "region:East": "regio East"}
    for scope, period, cap in plan().instance["targets"][["scope", "period", "cap"]].itertuples(index=False):
        assert table.loc[f"Doel: {names[scope]}"].dropna().to_dict() == {str(period): cap}
    glass = found.query("sector == 'glass' and period == 2034")["emissions"].sum()
    assert table.loc["Bereikt: sector glas", "2034"] == pytest.approx(glass)
