"""The pictures of limits and of public money hold the numbers of the result's tables."""

import dataclasses

import pandas as pd
import pytest
from charted import plan, rows, sums
from expected import available

from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.report.charts.limits import MOST, limits_table, limits_that_matter, plot_limits
from routeplan.report.charts.public_money import plot_public_money, public_money_table
from routeplan.result.result import Result
from routeplan.schema.results import LIMITS
from small import OVEN, OVEN_OPTIONS, best, small

ENGLISH, DUTCH = Words("en"), Words("nl")
PERIODS = ["2026", "2030", "2034"]


def with_limits(*given: dict[str, object]) -> Result:
    """The plan, with other limits."""
    empty = dict.fromkeys(LIMITS.names, "") | {"period": 2030, "unit": "MW"}
    limits = pd.DataFrame([empty | row for row in given], columns=LIMITS.names)
    return dataclasses.replace(plan(), tables={**plan().tables, "limits": limits})


def firm(area: str, used: float, bound: float, period: int = 2030) -> dict[str, object]:
    return {"limit": "firm_headroom", "area": area, "used": used, "bound": bound, "period": period}


@pytest.mark.nightly
def test_cells_are_shares_of_the_limits_that_matter() -> None:
    """The south's 1.9 of 1.9 MW is full; the north's firm 2.1 of 8 MW is never near: it is not drawn."""
    data = rows(plot_limits(plan()), "level")
    areas = plan().instance["areas"].set_index("area")["name"]
    cell = data[(data["item"] == areas["south"]) & (data["kind"] == "firm room on the grid") & (data["period"] == 2030)]
    assert cell[["number", "level", "amount"]].to_numpy().tolist() == [["100%", "full", "1.9 of 1.9 MW"]]
    assert not ((data["item"] == areas["north"]) & (data["kind"] == "firm room on the grid")).any()


def test_classes_begin_at_70_per_cent_and_where_a_limit_binds() -> None:
    """A limit that is not quite full is told as 99 %, never as 100 %; one that allows nothing by what it allows."""
    shares = {2026: 0.699, 2030: 0.7, 2034: 0.9985}
    result = with_limits(
        *(firm("north", 100 * share, 100.0, period) for period, share in shares.items()),
        *(
            firm("south", used, 0.0 if period == 2026 else 100.0, period)
            for period, used in ((2026, 0.0), (2034, 99.9))
        ),
    )
    data = rows(plot_limits(result), "level")
    told = dict(
        zip(
            zip(data["item"], data["period"], strict=True), zip(data["level"], data["number"], strict=True), strict=True
        )
    )
    areas = result.instance["areas"].set_index("area")["name"]
    assert told == {
        (areas["north"], 2026): ("less than 70% used", "69%"),
        (areas["north"], 2030): ("70% or more", "70%"),
        (areas["north"], 2034): ("70% or more", "99%"),
        (areas["south"], 2026): ("full", "0 MW"),
        (areas["south"], 2034): ("full", "100%"),
    }


def test_contracts_and_what_the_plan_builds_itself_are_no_shared_limits() -> None:
    """Nor is what is bought of a supply: all of them are as full as the plan makes them."""
    candidate = plan().instance["links"].query("status == 'candidate'")["link"].iloc[0]
    result = with_limits(
        {"limit": "contract_room", "contract": "mill", "used": 1.0, "bound": 1.0},
        {"limit": "supply_balance", "commodity": "heat", "zone": "West", "used": 1.0, "bound": 1.0},
        {"limit": "link_capacity", "link": candidate, "used": 1.0, "bound": 1.0},
        {"limit": "hub_capacity", "hub": "quay-hub", "option": "terminal", "used": 1.0, "bound": 1.0},
        {"limit": "link_capacity", "link": "backbone", "carrier": "hydrogen", "used": 1.0, "bound": 1.0},
    )
    assert limits_that_matter(result, ENGLISH)["item"].tolist() == ["backbone, hydrogen"]


def test_the_fullest_limits_are_drawn_and_the_others_counted() -> None:
    """Of three more areas than are drawn those three are left out that are used least."""
    more = pd.DataFrame({"area": [f"a{number}" for number in range(MOST + 3)], "name": "", "parent": "", "queue": 0.0})
    instance = plan().instance.replace(areas=pd.concat([plan().instance["areas"], more], ignore_index=True))
    result = with_limits(*(firm(f"a{number}", 75.0 + number, 100.0) for number in range(MOST + 3)))
    result = dataclasses.replace(result, instance=instance)
    chart = plot_limits(result)
    drawn = rows(chart, "level")["item"].tolist()
    assert drawn == [f"a{number}" for number in reversed(range(3, MOST + 3))]
    said = " ".join(chart.to_dict()["title"]["subtitle"])
    assert f"The first {MOST} of {MOST + 3}, those for which projects wait before the fullest; 3 are not shown." in said
    assert len(limits_table(result, ENGLISH)) == MOST + 3


def test_a_limit_for_which_a_project_waits_comes_before_a_full_one() -> None:
    """1.5 of the 2 MW that the oven needs are left, of 3; a target that is just met lets nobody wait."""
    wish = "project,process,route,period,maturity\nw,oven,electric,2030,firm"
    room = "area,period,firm,flexible\ntown,2030,1.5,0\ntown,2032,1.5,0"
    result = best(small(**OVEN, options=OVEN_OPTIONS, wishes=wish, headroom=room))
    empty = dict.fromkeys(LIMITS.names, "") | {"period": 2030}
    full = empty | {"limit": "emission_target", "scope": "all", "used": 2.0, "bound": 2.0, "unit": "kt/yr"}
    limits = pd.concat([result["limits"], pd.DataFrame([full], columns=LIMITS.names)], ignore_index=True)
    found = limits_that_matter(dataclasses.replace(result, tables={**result.tables, "limits": limits}), ENGLISH)
    assert found["kind"].drop_duplicates().tolist()[::2] == ["firm room on the grid", "emission target"]
    assert found["share"].iloc[0] == 0.0


def test_limits_of_the_same_name_are_told_apart() -> None:
    areas = plan().instance["areas"].assign(name="Station")
    result = with_limits(firm("north", 9.0, 10.0), firm("south", 8.0, 10.0))
    result = dataclasses.replace(result, instance=plan().instance.replace(areas=areas))
    assert limits_that_matter(result, ENGLISH)["item"].tolist() == ["Station (north)", "Station (south)"]


def test_the_table_of_limits_is_in_per_cent() -> None:
    table = limits_table(with_limits(firm("north", 9.0, 10.0), firm("north", 1.0, 4.0, 2034)), DUTCH)
    north = names_in(plan().instance, "areas", DUTCH)["north"]
    assert table.to_dict("list") == {
        DUTCH("Limit [% used]"): [f"{north}: {DUTCH.name('firm_headroom')}"],
        "2030": [pytest.approx(90.0)],
        "2034": [pytest.approx(25.0)],
    }


def test_numbers_are_legible_on_every_colour() -> None:
    """Black on light colours, white on dark ones."""
    assert [palette.ink_on(colour) for colour in ("#000000", "#ffffff", palette.BLUE, palette.YELLOW)] == [
        palette.PAPER,
        palette.BLACK,
        palette.PAPER,
        palette.BLACK,
    ]


def test_bars_are_grants_in_front_of_what_is_available() -> None:
    names = plan().instance["pots"].set_index("pot")["name"]
    data = rows(plot_public_money(plan()), "value", "pot")
    data["pot"] = data["pot"].str.replace("\n", " ").str.removesuffix("*")
    grants = plan()["grants"]
    granted = sums(grants.assign(pot=grants["pot"].map(names)), ["pot", "period"], "amount")
    assert sums(data[data["name"] == "granted"], ["pot", "period"], "value") == pytest.approx(granted)
    shown = sums(data[data["name"] == "available in the period"], ["pot", "period"], "value")
    left = {(name, period): left for pot, name in names.items() for period, left in available(plan(), pot).items()}
    assert shown == pytest.approx({key: value for key, value in left.items() if value > 0 or key in granted})


@pytest.mark.nightly
def test_a_pot_that_keeps_what_is_left_is_marked() -> None:
    data = rows(plot_public_money(plan()), "value", "pot")
    keeps = plan().instance["pots"].query("carry_over == 1")["name"]
    marked = {name.replace("\n", " ").removesuffix("*") for name in data["pot"] if name.endswith("*")}
    assert marked == set(keeps)
    assert "* keeps what is left for later." in plot_public_money(plan()).to_dict()["title"]["subtitle"]


def test_pots_of_the_same_name_are_told_apart() -> None:
    pots = plan().instance["pots"].assign(name="Pot", carry_over=0)
    result = dataclasses.replace(plan(), instance=plan().instance.replace(pots=pots))
    assert set(public_money_table(result, ENGLISH)["Pot"]) == {"Pot (climate)", "Pot (round)"}


def test_the_table_of_public_money_has_grants_and_budgets() -> None:
    table = public_money_table(plan(), DUTCH)
    assert list(table.columns) == ["Regeling", "Publiek geld [mln. euro]", *PERIODS]
    granted = table[table["Publiek geld [mln. euro]"] == "toegekend"][PERIODS].to_numpy().sum()
    budget = table[table["Publiek geld [mln. euro]"] == "budget van de periode"][PERIODS].to_numpy().sum()
    assert granted == pytest.approx(plan()["grants"]["amount"].sum())
    assert budget == pytest.approx(plan().instance["budgets"]["amount"].sum())
