"""What a comparison comes to, in full sentences: told from rows of its tables, worked out by hand."""

from typing import Any

import pandas as pd
import pytest

from kilns import kilns
from routeplan.hubs.conclusion import conclusion
from routeplan.hubs.design import Design
from routeplan.hubs.parts import PartsOfSaving, parts_of_saving
from routeplan.language.language import Words
from routeplan.schema.column import Table
from routeplan.schema.frames import typed
from routeplan.schema.hubs import HUB_TABLES

HARBOUR, QUAY = Design("harbour", "The harbour", "De haven"), Design("quay", "The quay", "De kade")

SAVES = {"finding": "saves", "saves_low": 1.0, "saves_high": 2.0, "saves_found": 1.5}
COSTS = {"finding": "costs", "saves_low": -4.0, "saves_high": -3.0, "saves_found": -3.5}
UNPROVEN = {"finding": "unproven", "saves_low": -1.0, "saves_high": 2.5, "saves_found": 0.5}
NOTHING = {"finding": "unproven", "saves_low": -0.001, "saves_high": 0.0, "saves_found": 0.0}
NO_PLAN = {"finding": "no_plan", "status": "infeasible", "told": "Too much CO2.", "told_nl": "Te veel CO2."}
NOT_FOUND = {"finding": "unproven", "status": "no_plan"}
PLAIN = {"presence": "forced", "late": "", "years": 0, "status": "optimal", "without": "optimal", "avoided": 24.0}


def rows_of(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    return typed(table, pd.DataFrame(rows, columns=table.names))


def plan(design: str = "harbour", **given: Any) -> dict[str, Any]:
    """A row of the table of designs."""
    return {"design": design, **PLAIN, "told": "", "told_nl": "", **given}


def tables_of(plans: list[dict[str, Any]], **others: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    given = {"designs": plans, **others}
    return {name: rows_of(table, given.get(name, [])) for name, table in HUB_TABLES.items()}


def told(plans: list[dict[str, Any]], language: str = "en", **others: list[dict[str, Any]]) -> list[str]:
    """Sentences on the harbour alone."""
    found, best = conclusion([HARBOUR], tables_of(plans, **others), kilns(1.5), Words(language))
    assert best == ""
    return found[{"en": "The harbour", "nl": "De haven"}[language]]


@pytest.mark.parametrize(
    ("given", "english", "dutch"),
    [
        (
            SAVES,
            ["Yes, it helps: the region saves between 1 and 2 M EUR over all years."],
            ["Ja, dit ontwerp helpt: de regio bespaart tussen 1 en 2 mln. euro over alle jaren."],
        ),
        (
            COSTS,
            ["No, it does not help: it costs the region between 3 and 4 M EUR over all years."],
            ["Nee, dit ontwerp helpt niet: het kost de regio tussen 3 en 4 mln. euro over alle jaren."],
        ),
        (
            UNPROVEN,
            [
                "Whether it helps cannot be told: over all years the region saves between −1 and +2.5 M EUR, and below "
                "0 it costs."
            ],
            [
                "Of dit ontwerp helpt, is niet te zeggen: de besparing van de regio ligt over alle jaren tussen −1 en "
                "+2,5 mln. euro, en onder nul kost het geld."
            ],
        ),
        (
            NOTHING,
            ["No, it makes no difference: it saves nothing and costs nothing."],
            ["Nee, dit ontwerp maakt geen verschil: het bespaart niets en kost niets."],
        ),
        (
            NO_PLAN,
            ["No: there is no plan with it.", "Too much CO2."],
            ["Nee: met dit ontwerp is er geen plan.", "Te veel CO2."],
        ),
        (
            {"finding": "no_plan", "without": "infeasible"},
            ["Yes: there is a plan with it, and none without it."],
            ["Ja: met dit ontwerp is er een plan, zonder het ontwerp niet."],
        ),
        (
            NOT_FOUND,
            [
                "Whether it helps cannot be told: no plan was found with it in the time; whether there is one is not "
                "known."
            ],
            [
                "Of dit ontwerp helpt, is niet te zeggen: binnen de tijd is geen plan met dit ontwerp gevonden; of er "
                "een is, is niet bekend."
            ],
        ),
    ],
)
def test_it_is_told_whether_a_design_helps(given: dict[str, Any], english: list[str], dutch: list[str]) -> None:
    """Yes, no, or that it cannot be told."""
    used = {"design": "harbour", "site": "a", "kind": "hub", "item": "harbour", "amount": 20.0, "unit": "GWh/yr"}
    for language, expected, members in (("en", english, "Members"), ("nl", dutch, "Deelnemers")):
        assert told([plan(**given)], language, users=[used]) == [*expected, f"{members}: Kiln a."]


def test_a_design_that_was_not_planned_is_told_so() -> None:
    """It was stopped before."""
    expected = "Whether it helps cannot be told: not planned: it was stopped before."
    assert told([]) == [expected]


CO2 = {"design": "harbour", "co2_without": 12.0, "co2_with": 0.0} | dict.fromkeys(
    ("firm_without", "firm_with", "total_without", "total_with", "hub_firm", "hub_total"), 0.0
)
PAID = {"design": "harbour", "capacity": 1.0, "shapley_low": 1.0, "shapley_high": 1.0, "nucleolus": 1.0}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "No, it does not help: it costs the region between 3 and 4 M EUR over all years.",
                "Optional, built only where and when it pays, it saves between 1 and 2 M EUR.",
                "By the plans that were found CO2 is 0 kt/yr from 2032 on, and 12 without it; over all years it is 24 "
                "kt less.",
                "Better off, if they pay by the Shapley value: Kiln b (+2 M EUR); Kiln a (+0.5 M EUR).",
                "The smallest group tried for which it pays: 1 (Kiln b).",
                "Without Kiln b it does not pay.",
                "If others are late: it saves between 1 and 2 M EUR with the grid 3 years late; it saves between 5 and "
                "6 M EUR with the grid 5 years late; there is no plan with it and backbone and storage 3 years late; "
                "whether it helps cannot be told with backbone and storage 5 years late.",
                "That is held against a plan without it in which the same is late.",
                "At worst 2.5 M EUR is paid in years in which nobody uses it: with the grid 5 years late.",
            ],
        ),
        (
            "nl",
            [
                "Nee, dit ontwerp helpt niet: het kost de regio tussen 3 en 4 mln. euro over alle jaren.",
                "Naar keuze, dus alleen gebouwd waar en wanneer het loont, bespaart het tussen 1 en 2 mln. euro.",
                "In de gevonden plannen is de CO2-uitstoot vanaf 2032 met dit ontwerp 0 kt/jaar en zonder 12; over "
                "alle jaren is dat 24 kt minder.",
                "Erop vooruit gaan, als zij volgens de Shapley-waarde betalen: Kiln b (+2 mln. euro); Kiln a (+0,5 "
                "mln. euro).",
                "De kleinste onderzochte groep waarvoor het loont: 1 (Kiln b).",
                "Zonder Kiln b loont het niet.",
                "Als anderen later komen: met het stroomnet 3 jaar later bespaart het tussen 1 en 2 mln. euro; met "
                "het stroomnet 5 jaar later bespaart het tussen 5 en 6 mln. euro; met backbone en opslag 3 jaar later "
                "is er geen plan met dit ontwerp; met backbone en opslag 5 jaar later is niet te zeggen of het helpt.",
                "Dat is vergeleken met een plan zonder dit ontwerp waarin hetzelfde later komt.",
                "In het ongunstigste geval gaat 2,5 mln. euro naar jaren waarin niemand het gebruikt: met het "
                "stroomnet 5 jaar later.",
            ],
        ),
    ],
)
def test_a_design_is_concluded_in_full(language: str, expected: list[str]) -> None:
    """Kiln a gains 1.5 and pays 1, kiln b gains 3 and pays 1; b is in each group that saves."""
    plans = [
        plan(**COSTS),
        plan(**SAVES, presence="optional"),
        plan(**SAVES, late="grid", years=3, stranded=1.0),
        plan(**SAVES | {"saves_low": 5.0, "saves_high": 6.0}, late="grid", years=5, stranded=2.5),
        plan(**NO_PLAN, late="networks", years=3),
        plan(**UNPROVEN, late="networks", years=5),
    ]
    used = {"design": "harbour", "kind": "hub", "item": "harbour", "amount": 20.0, "unit": "GWh/yr"}
    grouped = {"design": "harbour", "finding": "saves", "saves_low": 1.0, "saves_high": 1.0}
    found = told(
        plans,
        language,
        by_period=[{**CO2, "period": 2030, "co2_with": 6.0}, {**CO2, "period": 2032}],
        users=[{**used, "site": site} for site in ("a", "b")],
        payers=[
            {**PAID, "site": "a", "gains": 1.5, "shapley": 1.0},
            {**PAID, "site": "b", "gains": 3.0, "shapley": 1.0},
        ],
        coalitions=[
            {**grouped, "sites": "a", "count": 1, "finding": "costs", "saves_low": -1.0, "saves_high": -1.0},
            {**grouped, "sites": "b", "count": 1},
            {**grouped, "sites": "a b", "count": 2},
        ],
    )
    assert found == expected


def test_what_a_hub_without_users_holds_is_told() -> None:
    """Nobody uses it, and 10 MW of the grid are its own from 2032 on: it had none in 2030."""
    periods = [{**CO2, "period": 2030}, {**CO2, "period": 2032, "hub_total": 10.0}]
    assert told([plan(**COSTS)], by_period=periods)[-2:] == [
        "Nobody uses it.",
        "Forced, its hub holds 10 MW of the grid all the same, from 2032 on, which others then lack.",
    ]


def test_more_time_is_advised_where_a_gap_was_not_reached() -> None:
    """And not where the gap that was asked leaves it open."""
    advice = "With more time for each plan (--seconds) that is known better."
    assert told([plan(**UNPROVEN | {"status": "feasible"})])[1] == advice
    assert advice not in told([plan(**UNPROVEN)])


def test_what_the_plan_without_has_in_its_place_is_told() -> None:
    """A rival, by its name."""
    tables = tables_of([plan(**SAVES)])
    found, _ = conclusion([HARBOUR], tables, kilns(1.5), Words(), {"harbour": ["Quay Doesburg (from 2036)"]})
    assert found["The harbour"][1] == "In its place the plan without it has: Quay Doesburg (from 2036)."


def test_more_co2_is_told_and_nobody_gains() -> None:
    """A member that pays what it gains is not better off."""
    used = {"design": "harbour", "site": "a", "kind": "hub", "item": "harbour", "amount": 20.0, "unit": "GWh/yr"}
    found = told(
        [plan(**SAVES, avoided=-3.0)],
        by_period=[{**CO2, "period": 2030, "co2_with": 13.5}],
        users=[used],
        payers=[{**PAID, "site": "a", "gains": 1.0, "shapley": 1.0}],
    )
    assert found[1:] == [
        "By the plans that were found CO2 is 13.5 kt/yr from 2030 on, and 12 without it; over all years it is 3 kt "
        "more.",
        "No member is better off, if they pay by the Shapley value.",
    ]


@pytest.mark.parametrize(
    ("harbour", "quay", "english", "dutch"),
    [
        (
            SAVES,
            SAVES | {"saves_low": 2.5, "saves_high": 3.0},
            "The best of them is The quay: it is proven to save more than any other.",
            "Het beste ontwerp is De kade: bewezen is dat het meer bespaart dan elk ander.",
        ),
        (
            SAVES,
            NO_PLAN,
            "The best of them is The harbour: it is proven to save more than any other.",
            "Het beste ontwerp is De haven: bewezen is dat het meer bespaart dan elk ander.",
        ),
        (
            SAVES,
            UNPROVEN,
            "Which of them is best cannot be told: it may be The harbour or The quay.",
            "Welk ontwerp het beste is, is niet te zeggen: het kan De haven of De kade zijn.",
        ),
        (
            SAVES,
            None,
            "Which of them is best cannot be told: it may be The harbour or The quay.",
            "Welk ontwerp het beste is, is niet te zeggen: het kan De haven of De kade zijn.",
        ),
        (
            COSTS,
            UNPROVEN,
            "Of none of the designs it is proven that it helps.",
            "Van geen van de ontwerpen is bewezen dat het helpt.",
        ),
    ],
)
def test_it_is_told_which_design_is_best(
    harbour: dict[str, Any], quay: dict[str, Any] | None, english: str, dutch: str
) -> None:
    """Where the least that one saves is more than the most that each other one may."""
    plans = [plan(**harbour), *([] if quay is None else [plan("quay", **quay)])]
    for language, expected in (("en", english), ("nl", dutch)):
        assert conclusion([HARBOUR, QUAY], tables_of(plans), kilns(1.5), Words(language))[1] == expected


def core_row(others: float) -> dict[str, Any]:
    return {
        "design": "harbour",
        "key": "shapley",
        "answer": "yes",
        "sites": "",
        "cost": 1.5,
        "public": 0.5,
        "others": others,
    }


@pytest.mark.parametrize(("others", "gained", "as_planned"), [(0.25, 0.25, 1.25), (-0.25, 0.0, 1.0)])
def test_the_saving_of_the_region_is_made_up_of_its_parts(others: float, gained: float, as_planned: float) -> None:
    """4.5 gained, 3 paid, 0.5 from the public; what is put on others is in what members pay. The region saves 1.5."""
    payers = [{**PAID, "site": site, "gains": 1.5 * part, "shapley": part} for site, part in (("a", 1.0), ("b", 2.0))]
    parts = parts_of_saving(tables_of([plan(**SAVES)], payers=payers, in_core=[core_row(others)]))
    assert parts == PartsOfSaving(gained=4.5, paid=3.0, public=0.5, others=gained, region=1.5)
    assert (parts.as_planned, parts.anew) == (as_planned, 1.5 - as_planned)
    assert parts.gained - parts.paid - parts.public + parts.others + parts.anew == parts.region


def test_without_payers_there_are_no_parts() -> None:
    """Nor where the saving is not known."""
    assert parts_of_saving(tables_of([plan(**SAVES)])) is None
    payers = [{**PAID, "site": "a", "gains": 1.0, "shapley": 1.0}]
    assert parts_of_saving(tables_of([plan(**NO_PLAN)], payers=payers, in_core=[core_row(0.0)])) is None


@pytest.mark.parametrize(
    ("given", "english", "dutch"),
    [
        (
            {"finding": "no_plan", "without": "infeasible"},
            "with the grid 3 years late there is a plan with it, and none without it",
            "met het stroomnet 3 jaar later is er met dit ontwerp een plan en zonder niet",
        ),
        (
            {"finding": "no_plan", "status": "infeasible", "without": "infeasible"},
            "there is no plan, with it or without it, with the grid 3 years late",
            "met het stroomnet 3 jaar later is er geen plan, met dit ontwerp niet en zonder niet",
        ),
        (
            NOTHING,
            "it makes no difference with the grid 3 years late",
            "met het stroomnet 3 jaar later maakt het geen verschil",
        ),
        (
            UNPROVEN | {"saves_low": 0.0},
            "it costs nothing with the grid 3 years late, and whether it saves anything cannot be told",
            "met het stroomnet 3 jaar later kost het niets, en is niet te zeggen of het iets bespaart",
        ),
    ],
)
def test_a_world_that_is_late_is_told_as_the_world_on_time(given: dict[str, Any], english: str, dutch: str) -> None:
    """A design without which there is no plan there helps, whatever it costs; what is proven alike is no doubt."""
    plans = [plan(**SAVES), plan(**given, late="grid", years=3)]
    assert f"If others are late: {english}." in told(plans)
    assert dutch in told(plans, "nl")[-1]


def test_a_saving_of_which_one_end_is_not_known_is_no_proof_of_nothing() -> None:
    """At least nothing is saved, and how much at most nobody knows."""
    found = told([plan(**NOTHING | {"saves_low": 0.0, "saves_high": float("nan")})])
    assert found[0] == "Whether it helps cannot be told: too little is proven of what it saves."


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "It costs the region nothing; what it saves over all years is at most +2.5 M EUR, and may be nothing."),
        ("nl", "Het kost de regio niets; de besparing over alle jaren is hooguit +2,5 mln. euro, en mogelijk nul."),
    ],
)
def test_what_cannot_cost_anything_is_told_so(language: str, sentence: str) -> None:
    """Where a saving from 0 on is proven, nothing is said of costs."""
    assert told([plan(**UNPROVEN | {"saves_low": 0.0})], language)[0].endswith(sentence)


def test_a_gain_within_its_interval_is_not_sure() -> None:
    """Kiln a gains 5 and pays 2 to 7 by what is proven; as much CO2 as without it is told as the same."""
    used = {"design": "harbour", "site": "a", "kind": "hub", "item": "harbour", "amount": 20.0, "unit": "GWh/yr"}
    paid = {**PAID, "site": "a", "gains": 5.0, "shapley": 4.5, "shapley_low": 2.0, "shapley_high": 7.0}
    found = told(
        [plan(**SAVES, avoided=-1e-12)],
        by_period=[{**CO2, "period": 2030, "co2_with": 12.0}],
        users=[used],
        payers=[paid],
    )
    assert found[1:] == [
        "By the plans that were found CO2 is 12 kt/yr from 2030 on, and 12 without it; over all years it is the same.",
        "No member is surely better off, if they pay by the Shapley value.",
    ]
