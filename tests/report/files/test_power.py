"""The grid capacity that a plan asks for: year by year, by area and by contract, in a file for the operator."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from by_hand import INSTANCE, instance, plan, without_plan

from routeplan.errors import NoPlan, UsageError
from routeplan.report.files.power import power_asked, write_power
from routeplan.result.summary_limits import grid
from routeplan.result.summary_power import power_by_area, power_by_contract
from small import best, small, table

TREE = "area,name,parent,queue,name_nl\nregion,The region,,40,De regio\ntown,The town,region,7,"
REQUESTS = "contract,period,request,connection\npark,2030,1,1\npark,2032,2,2.5"
WISHES = (
    "project,process,route,period,maturity\none,oven,electric,2030,idea\n"
    "two,kiln,burner,2032,firm\nthree,oven,electric,2032,planned"
)


def asked(language: str = "en", by_contract: bool = False, **changed: Any) -> pd.DataFrame:
    """What a plan within the tree of areas asks for."""
    of = instance(areas=TREE, wishes=WISHES)
    return power_asked(plan(of, requests=REQUESTS, **changed), by_contract=by_contract, language=language)


def test_what_is_new_comes_in_the_first_year_of_a_period() -> None:
    """1 MW firm from 2030; from 2032 a second one, 0.5 flexible, and the 3 + 4 of the works that open there."""
    told = asked().set_index(["area", "year"]).loc["town"]
    assert told.index.tolist() == [2030, 2031, 2032, 2033]
    assert told["period"].tolist() == [2030, 2030, 2032, 2032]
    assert told["added_firm"].tolist() == [1, 0, 1 + 3, 0]
    assert told["added_flexible"].tolist() == [0, 0, 0.5 + 4, 0]
    assert told["firm"].tolist() == [1, 1, 2 + 3, 2 + 3]
    assert told["total"].tolist() == [1, 1, 5 + 4.5, 5 + 4.5]
    assert told["hubs_firm"].tolist() == [0, 0, 3, 3]
    assert told["hubs_flexible"].tolist() == [0, 0, 4, 4]


def test_what_is_given_back_is_below_nothing() -> None:
    """A contract that needs less later on."""
    of = instance(hubs=INSTANCE["hubs"].strip().splitlines()[0])
    nothing = {"hubs": "hub,option,period,open,output"}
    told = power_asked(
        plan(of, requests="contract,period,request,connection\npark,2030,2,2\npark,2032,0.5,0.5", **nothing)
    )
    assert told.query("area == 'town'")["added_firm"].tolist() == [2, 0, 0.5 - 2, 0]


def test_an_area_has_all_below_it() -> None:
    """The region asks for what its town does, and says within what the town lies."""
    told = asked()
    region, town = (told[told["area"] == name].reset_index(drop=True) for name in ("region", "town"))
    columns = ["added_firm", "firm", "flexible", "total", "hubs_firm", "sites", "asking", "projects_idea"]
    pd.testing.assert_frame_equal(region[columns], town[columns])
    assert set(town["within"]) == {"The region"}
    assert set(region["within"]) == {""}
    assert (set(region["queue"]), set(town["queue"])) == ({40}, {7})


def test_sites_and_projects_are_counted() -> None:
    """Both sites share the contract that asks; one project by 2030, two more by 2032."""
    told = asked().query("area == 'town'").drop_duplicates("period").set_index("period")
    assert told[["sites", "asking"]].to_numpy().tolist() == [[2, 2], [2, 2]]
    projects = ["projects_firm", "projects_planned", "projects_idea"]
    assert told[projects].to_numpy().tolist() == [[0, 0, 1], [1, 1, 1]]


def test_contracts_name_their_sites_and_surest_project() -> None:
    """One contract of two sites; the firm project of 2032 is surer than the idea of 2030."""
    told = asked(by_contract=True)
    assert set(told["contract"]) == {"park"}
    assert set(told["site_names"]) == {'Bakery "Zoë", east, =1+1'}
    assert set(told["sector"]) == {"food, ceramics"}
    assert told.set_index("year")["maturity"].tolist() == ["idea", "idea", "firm", "firm"]
    assert told["total"].tolist() == [1, 1, 2.5, 2.5]


def test_sites_of_one_name_are_both_named() -> None:
    """With their ids, by which they can be told apart."""
    sites = table("sites", INSTANCE["sites"]).assign(name="Bakery")
    told = power_asked(plan(instance(sites=sites)), by_contract=True)
    assert set(told["site_names"]) == {"Bakery (bakery), Bakery (tiles)"}


def test_sites_of_the_register_say_so() -> None:
    """In the rows of their contract."""
    sites = table("sites", INSTANCE["sites"]).assign(basis=["", "register"])
    told = power_asked(plan(instance(sites=sites)), by_contract=True, language="nl")
    assert set(told["basis"]) == {"geschat op basis van het openbare register; geen plan van dit bedrijf"}


@pytest.mark.nightly
def test_it_is_what_the_limits_count() -> None:
    """Of a solved plan, with hubs: as much as the headroom's rows say is used, wherever there is such a row."""
    result = best(small(headroom="area,period,firm,flexible\ntown,2030,2,5\ntown,2032,9,9"))
    limits = grid(result).set_index(["area", "period"])
    told = power_by_area(result).set_index(["area", "period"])
    assert len(limits) == 2
    assert limits["firm"].max() > 0
    assert told["firm"].reindex(limits.index).tolist() == pytest.approx(limits["firm"].tolist())
    total = told["firm"] + told["flexible"]
    assert total.reindex(limits.index).tolist() == pytest.approx(limits["total"].tolist())
    assert told["firm_room"].reindex(limits.index).tolist() == limits["firm_headroom"].tolist()


def test_a_contract_that_asks_for_nothing_has_rows() -> None:
    """0 in every period, as the result has no row of it."""
    told = power_by_contract(plan(requests="contract,period,request,connection"))
    assert told[["firm", "flexible"]].to_numpy().tolist() == [[0, 0], [0, 0]]


def test_an_area_without_headroom_of_its_own_has_no_room(tmp_path: Path) -> None:
    """It sets no limit, which is not the same as 0: the cells are empty."""
    found = asked()
    assert found["firm_room"].isna().all()
    of = instance(areas=TREE, wishes=WISHES)
    with write_power(plan(of, requests=REQUESTS), tmp_path / "power.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["Room, firm [MW]"] for line in lines} == {""}
    assert lines[-1]["All new, firm and flexible [MW]"] == "9.50"


def test_a_dutch_file_opens_in_dutch_excel(tmp_path: Path) -> None:
    """Semicolons, decimal commas, a byte order mark, and Dutch names where there are any."""
    of = instance(areas=TREE, wishes=WISHES)
    place = write_power(plan(of, requests=REQUESTS), tmp_path / "power.csv", language="nl")
    content = place.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    first, *lines = content.decode("utf-8-sig").splitlines()
    header = first.split(";")
    assert header[:4] == ["Id van het netgebied", "Station of netgebied", "Ligt in", "Jaar"]
    rows = [dict(zip(header, line.split(";"), strict=True)) for line in lines]
    assert {row["Station of netgebied"] for row in rows} == {"De regio", "The town"}
    assert rows[-1]["Totaal nieuw, flexibel [MW]"] == "4,50"
    assert not any("." in value for row in rows for value in row.values())


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    """As everywhere."""
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is there already; allowed: a new name"):
        write_power(plan(), tmp_path / "mine.csv")
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == "mine"
    write_power(plan(), tmp_path / "mine.csv", overwrite=True)
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8").startswith("Id of the area,")


def test_without_a_plan_nothing_is_asked(tmp_path: Path) -> None:
    """And nothing written."""
    with pytest.raises(NoPlan):
        write_power(without_plan(), tmp_path / "power.csv")
    assert list(tmp_path.iterdir()) == []


def test_what_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    """The name of the tile works is one; numbers below 0 stay numbers."""
    sites = table("sites", INSTANCE["sites"]).assign(contract=["", ""], name_nl="")
    requests = "contract,period,request,connection\ntiles,2030,2,2"
    place = write_power(plan(instance(sites=sites), requests=requests), tmp_path / "power.csv", by_contract=True)
    with place.open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["Contract"] == "tiles"]
    assert {line["Sites"] for line in lines} == {"'=1+1"}
    assert [line["New in this year, firm [MW]"] for line in lines] == ["2.00", "0.00", "-2.00", "0.00"]
