"""What is told of hub designs is what is proven: what was not found in time is neither a plan nor a proof of none."""

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kilns import design_file, kilns
from routeplan.errors import DataError
from routeplan.hubs.apply import Presence, with_designs
from routeplan.hubs.coalitions import coalition_instance
from routeplan.hubs.compare import Case, Comparison, Late, compare_designs
from routeplan.hubs.design import Design, OpenedHub, SharedContract
from routeplan.hubs.missing import missing_told
from routeplan.hubs.read import read_designs
from routeplan.hubs.saving import Saving
from routeplan.hubs.tables import hub_tables
from routeplan.hubs.told import finding_told, members_told, world_told
from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.report.page.hub_parts import design_section
from routeplan.result.result import Result, Status
from routeplan.why.limit import Kind, NamedLimit
from routeplan.why.shortfall import Excess, Shortfall
from small import best

FORCED = Case("harbour", Presence.FORCED)
LATE = Case("harbour", Presence.FORCED, Late.GRID, 3)


def row(**given: Any) -> dict[str, Any]:
    """A row of the table of designs."""
    plain = {"presence": "forced", "late": "", "years": 0, "status": "optimal", "without": "optimal"}
    return (
        plain
        | {"finding": "unproven", "saves_low": np.nan, "saves_high": np.nan, "saves_found": np.nan, "told": ""}
        | given
    )


@pytest.mark.parametrize(
    ("given", "english", "dutch"),
    [
        ({"finding": "saves", "saves_low": 1.0, "saves_high": 2.5}, "saves between 1 and 2.5 M", "tussen 1 en 2,5 mln"),
        ({"finding": "saves", "saves_low": 1.0, "saves_high": 1.0}, "saves 1 M EUR", "bespaart 1 mln. euro"),
        ({"finding": "saves", "saves_low": 1.0}, "saves at least 1 M EUR", "bespaart ten minste 1 mln. euro"),
        (
            {"finding": "costs", "saves_low": -2.5, "saves_high": -1.0},
            "costs between 1 and 2.5 M",
            "tussen 1 en 2,5 mln",
        ),
        ({"finding": "costs", "saves_high": -1.0}, "costs at least 1 M EUR", "kost ten minste 1 mln. euro"),
        (
            {"saves_low": -1.0, "saves_high": 2.0},
            "makes no difference that is proven: between −1 and +2 M EUR is saved",
            "geen bewezen verschil: de besparing ligt tussen −1 en +2 mln. euro",
        ),
        (
            {"saves_low": -1.0, "saves_high": 2.0, "saves_found": 0.4},
            "between −1 and +2 M EUR is saved; +0.4 by the plans that were found",
            "tussen −1 en +2 mln. euro; +0,4 volgens de gevonden plannen",
        ),
        ({"finding": "no_plan", "status": "infeasible"}, "there is no plan with it", "met dit ontwerp is er geen plan"),
        (
            {"finding": "no_plan", "status": "infeasible", "without": "infeasible"},
            "there is no plan, with it or without it",
            "er is geen plan, ook niet zonder het ontwerp",
        ),
        (
            {"finding": "no_plan", "without": "infeasible"},
            "there is a plan with it, and none without it",
            "met dit ontwerp is er een plan, zonder het ontwerp niet",
        ),
        ({"status": "no_plan"}, "whether there is one is not known", "of er een is, is niet bekend"),
        ({"without": "no_plan"}, "none without it was found in the time", "binnen de tijd niet gevonden"),
        ({"without": ""}, "none without it was found in the time", "binnen de tijd niet gevonden"),
    ],
)
def test_a_finding_is_told_in_words(given: dict[str, Any], english: str, dutch: str) -> None:
    """Also where an end of the saving is not known; what is missing in JSON is None."""
    for language, text in (("en", english), ("nl", dutch)):
        assert text in finding_told(row(**given), Words(language))
        plain = {name: None if pd.isna(value) else value for name, value in row(**given).items()}
        assert text in finding_told(plain, Words(language))


def test_a_plan_is_told_by_what_is_late() -> None:
    """Forced or left open; the grid, or networks."""
    assert world_told(row(presence="optional"), Words()) == "optional"
    assert world_told(row(late="grid", years=3), Words()) == "forced, the grid 3 years late"
    assert world_told(row(late="networks", years=5), Words("nl")) == "verplicht, backbone en opslag 5 jaar later"


def comparison(**plans: Status) -> Comparison:
    """The kilns without the hub, and with it; some plans (forced, late, late_without) ended otherwise."""
    instance = kilns(1.5)
    design = Design("harbour", hubs=(OpenedHub("harbour", "electrolysis", 2030),))
    without, forced = best(with_designs(instance, [design])), best(with_designs(instance, [design], design))
    made = {Case(): without, FORCED: forced, LATE.without: without, LATE: forced}
    names = {"forced": FORCED, "late": LATE, "late_without": LATE.without}
    for name, status in plans.items():
        was = made[names[name]]
        reason = dataclasses.replace(was.record, reason=f"it was {status}")
        made[names[name]] = Result(was.instance, status, reason)
    return Comparison(instance, (design,), made, frozenset(), 0.0)


def designs_table(found: Comparison) -> pd.DataFrame:
    """The table of designs, by what is late."""
    return hub_tables(found)["designs"].set_index("late")


@pytest.mark.some(1)
@pytest.mark.parametrize(
    ("plans", "finding", "told"),
    [
        ({"late": Status.INFEASIBLE}, "no_plan", "it was infeasible"),
        ({"late": Status.NO_PLAN}, "unproven", "it was no_plan"),
        ({"late_without": Status.INFEASIBLE}, "no_plan", "it was infeasible"),
        ({"late_without": Status.NO_PLAN}, "unproven", "it was no_plan"),
        ({"late": Status.NO_PLAN, "late_without": Status.INFEASIBLE}, "no_plan", "it was no_plan"),
        ({}, "saves", ""),
    ],
)
def test_only_a_proof_is_told_as_one(plans: dict[str, Status], finding: str, told: str) -> None:
    """That no plan was found in time is none."""
    table = designs_table(comparison(**plans))
    assert (table.loc["grid", "finding"], table.loc["grid", "told"]) == (finding, told)
    assert pd.isna(table.loc["grid", "saves_low"]) == (finding != "saves")
    assert table.loc["", "finding"] == "saves"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("there is no plan with it. ", "12.5 kt/yr more emissions in 2030", ": 5 kt/yr)")),
        ("nl", ("met dit ontwerp is er geen plan. ", "12,5 kt/jaar meer uitstoot in 2030", ": 5 kt/jaar)")),
    ],
)
def test_a_page_tells_what_is_missing_where_there_is_no_plan(language: str, told: tuple[str, ...]) -> None:
    """Beside the other risks, in the readers' language."""
    limit = NamedLimit(Kind.TARGET, ("sector:glass",), 2030, 5.0, "kt/yr")
    found = comparison(late=Status.INFEASIBLE)
    missing = {LATE: Shortfall(found.instance, False, (Excess(limit, 12.5),), True)}
    tables = hub_tables(found, missing=missing)
    section = design_section(found.designs[0], "", tables, found.instance, Words(language))
    (late,) = [row[1] for row in section.tables[-1].table.rows if row[1].startswith(told[0])]
    assert all(part in late for part in told)


def test_a_plan_without_its_like_is_not_compared() -> None:
    """After a stop, that without a design may be missing."""
    found = comparison()
    plans = {case: plan for case, plan in found.plans.items() if case != LATE.without}
    table = designs_table(dataclasses.replace(found, plans=plans))
    assert table.loc["grid", ["status", "without", "finding"]].tolist() == ["optimal", "", "unproven"]


def test_without_any_plan_of_a_design_the_other_tables_are_empty() -> None:
    """And can be made all the same."""
    tables = hub_tables(comparison(forced=Status.INFEASIBLE, late=Status.INFEASIBLE))
    assert [name for name, table in tables.items() if len(table)] == ["designs"]


def test_that_nobody_uses_it_is_told_of_a_plan_alone() -> None:
    """Where there is no plan with the hub, or none was made before a stop, nobody knows who would use it."""
    for found in (comparison(forced=Status.INFEASIBLE), comparison(forced=Status.NO_PLAN)):
        assert [*members_told("harbour", hub_tables(found), found.instance, Words())] == []
    tables = hub_tables(comparison())
    idle = {**tables, "users": tables["users"].iloc[:0]}
    assert [*members_told("harbour", idle, kilns(1.5), Words())] == ["Nobody uses it."]


def members(coalitions: dict[str, Saving], language: str = "en") -> list[str]:
    """What is told of the members of the hub, with these savings of coalitions."""
    found = comparison()
    savings = {frozenset(sites.split()): saving for sites, saving in coalitions.items()}
    return [*members_told("harbour", hub_tables(found, {"harbour": savings}), found.instance, Words(language))][1:]


@pytest.mark.some(2)
@pytest.mark.parametrize(
    ("coalitions", "told"),
    [
        ({}, []),
        (
            {"a": Saving(-0.7, -0.7), "a b": Saving(0.1, 0.1), "a b c": Saving(0.9, 0.9), "b c": Saving(-0.1, -0.1)},
            ["The smallest group tried for which it pays: 2 (Kiln a, Kiln b).", "Without Kiln a it does not pay."],
        ),
        (
            {"a b c": Saving(0.9, 0.9), "a b": Saving(-np.inf, -np.inf), "b c": Saving(-0.1, 0.1)},
            [
                "The smallest group tried for which it pays: 3 (Kiln a, Kiln b, Kiln c).",
                "Whether it pays for 2 is not proven.",
                "Without Kiln c it does not pay.",
                "Whether it pays without Kiln a is not proven.",
            ],
        ),
        (
            {"a b c": Saving(0.9, 0.9), "a b": Saving(0.0, 0.0), "b c": Saving(-np.inf, -np.inf)},
            [
                "The smallest group tried for which it pays: 3 (Kiln a, Kiln b, Kiln c).",
                "Without Kiln a or Kiln c it does not pay.",
            ],
        ),
        (
            {"a": Saving(-0.7, -0.7), "a b": Saving(-np.inf, -np.inf)},
            ["Without public money it pays for no group that was tried, while others keep their plan."],
        ),
        (
            {"a": Saving(-0.7, -0.7), "a b": Saving(-np.inf, np.inf)},
            ["Without public money it is proven to pay for no group that was tried, while others keep their plan."],
        ),
    ],
)
def test_groups_are_told_as_far_as_is_proven(coalitions: dict[str, Saving], told: list[str]) -> None:
    """A group without a plan is none that pays; one that was not solved in time may be."""
    assert members(coalitions) == told
    assert len(members(coalitions, "nl")) == len(told)


def test_a_contract_of_a_group_leaves_others_out() -> None:
    """Though it has the id of the own contract of a site that does not join: b and c share, and not a."""
    design = Design("shared", contracts=(SharedContract("a", ("a", "b", "c")),))
    instance = kilns(1.5)
    without = best(with_designs(instance, [design]))
    made = coalition_instance(instance, [design], design, frozenset("bc"), without)
    assert made["sites"].set_index("site")["contract"].to_dict() == {"a": "a", "b": "b", "c": "b"}


def test_a_design_made_in_python_is_checked_too() -> None:
    """As one that is read from a file."""
    design = Design("harbor", hubs=(OpenedHub("harbor", "electrolysis", 2030),), members=("d",))
    with pytest.raises(DataError) as refused:
        compare_designs(kilns(1.5), [design])
    assert {str(problem).partition(";")[0] for problem in refused.value.problems} == {
        "design harbor: key 'members' has 'd'",
        "design harbor: hub 'harbor', option 'electrolysis' (did you mean 'harbour electrolysis'?) is no row of hubs",
    }


def test_proofs_that_contradict_each_other_are_no_proof() -> None:
    """One search proves that there is no plan, another finds one: that is said."""
    contradicted = Shortfall(kilns(1.5), possible=True)
    assert missing_told(contradicted, Words()) == [
        "Another search finds a plan all the same, so that this is not certain."
    ]
    assert missing_told(Shortfall(kilns(1.5), possible=None), Words("nl")) == []


@pytest.mark.nightly
def test_outsiders_keep_what_they_have_in_the_same_world(tmp_path: Path) -> None:
    """C waits for the grid; where that is late it moves to hydrogen of its own source, also beside members of a hub."""
    instance = two_ports()
    text = 'name = "two"\nmembers = ["a", "b"]\n[[hub]]\nhub = "harbour"\noption = "electrolysis"\nfirst_year = 2030\n'
    found = compare_designs(instance, read_designs([design_file(tmp_path, text)], instance), late=(2,))
    for late, routes in ((None, ["gas", "electric"]), (Late.GRID, ["burner", "burner"])):
        case = Case("two", Presence.FORCED, late, 2 if late else 0)
        for each in (case, case.without):
            assert found.plans[each]["runs"].query("process == 'c.kiln'")["route"].tolist() == routes, each


def two_ports() -> Instance:
    """The kilns, of which c has a pipe to a source of its own, and an electric kiln for which there is room from 2032.

    Hydrogen saves c 4 x (1.0 - 0.8 - 0.1) = 0.4, electricity 2 x (1.0 - 0.6) = 0.8, as in `CABLE` of the other tests.
    """
    burners = "\n".join(f"{kiln}.kiln,gas,1,0,0,20,0,0,4\n{kiln}.kiln,burner,0,0.4,0,0,20,0,0" for kiln in "abc")
    return kilns(
        1.0,
        options="process,route,current,capex,electricity,gas,hydrogen,firm_capacity,emissions\n"
        f"{burners}\nc.kiln,electric,0,0.4,20,0,0,1.5,0",
        headroom="area,period,firm,flexible\ntown,2030,0,0\ntown,2032,1.5,0",
        nodes="node,carrier,lat,lon\nport,hydrogen,52.2,6.2\nother,hydrogen,52.2,6.2\nstore,co2,52.3,6.3",
        sources="node,carrier,period,capacity,price\nother,hydrogen,2030,50,35\nother,hydrogen,2032,50,35",
        links="link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
        + "\n".join(f"pipe-{kiln},hydrogen,port,{kiln},pipe,candidate,10,,,0,0" for kiln in "ab")
        + "\npipe-c,hydrogen,other,c,pipe,candidate,10,,,0,0",
    )
