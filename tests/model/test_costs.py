"""What one unit of each decision costs: every term of the cost, by hand.

Society's rate is 0.25 and the base year 2030, so that d(2030 .. 2033) = 1, 0.8, 0.64, 0.512: a M EUR a year is worth
1 + 0.8 = 1.8 in the first period and 0.64 + 0.512 = 1.152 in the second. An annuity of 1 M EUR belongs to a capex of
1 + 0.8 + 0.64 + 0.512 = 2.952 over 4 years, and of 1.8 over 2.
"""

import pytest

from routeplan.model.build import build
from routeplan.model.costs import coefficients, cost_terms
from routeplan.model.decisions import list_decisions
from routeplan.schema.results import COST_TERMS
from small import PRICES, best, prices, small, with_settings

W = {2030: 1.8, 2032: 1.152}

FULL = {
    "settings": with_settings(discount_rate=0.25),
    "options": """
        process,route,current,capex,fixed_cost,electricity,flexible_electricity,gas,green_gas,hydrogen,heat,firm_capacity,flexible_capacity,captured,emissions,removed
        oven,gas,1,0,0.3,0,0,10,0,0,0,0,0,0,2,0
        oven,electric,0,2.952,0,8,2,0,0,0,0,3,1,0,0,0
        oven,saver,0,1.8,0,-1,0,5,0,0,0,-2,0,0,1,0
        kiln,gas,1,0,0,0,0,20,0,0,0,0,0,0,4,0
        kiln,biogas,0,0,0,0,0,0,15,0,3,0,0,0,0,0
        kiln,capture,0,0,0,0,0,20,0,0,0,0,0,3,1,2""",
    "prices": prices(
        electricity_value=20.0,
        flexible_electricity=10.0,
        green_gas=99.0,
        heat=40.0,
        heat_value=30.0,
        hydrogen=99.0,
        co2_value=150.0,
        co2_removed=60.0,
        co2_storage=99.0,
        grid_fee=40.0,
        grid_fee_value=30.0,
        flexible_fee=10.0,
    ),
    "reinforcements": "reinforcement,area,capacity,capex,lifetime,first_year\ncable,town,2,2.952,4,",
    "hubs": """
        hub,option,node,area,carrier,capex,fixed_cost,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime
        works,electrolysis,port,town,hydrogen,1.8,0.5,25,7,1.5,4,0.5,2""",
    "sources": "node,carrier,period,capacity,price\nport,hydrogen,2030,50,90\nstore,co2,2030,9,15",
    "links": """
        link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
        pipe,hydrogen,port,tiles,pipe,candidate,10,,,2.5,0""",
    "sizes": """
        carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
        hydrogen,pipe,thin,25,0.2,0.952,0.1,4""",
    "supply": "commodity,zone,step,period,quantity,price\ngreen_gas,all,import,2032,30,80",
    "targets": "scope,period,cap,price\nall,2032,1,200",
}


def unit_cost(decision, *index):
    """Discounted cost of one unit of a decision [M EUR]."""
    instance = small(**FULL)
    # No option uses hydrogen, so that the pipe would be left out.
    decisions = list_decisions(instance, instance["links"])
    place = decisions.blocks[decision].keys().index(index)
    return coefficients(cost_terms(instance, decisions), decisions)[decision][place]


@pytest.mark.parametrize(
    ("decision", "index", "yearly"),
    [
        # Fixed cost, 10 GWh of gas at 30, and 2 kt at the value of 150, not the price of 100.
        ("runs", ("oven", "gas", 2032), 0.3 + 10 * 30 / 1000 + 2 * 150 / 1000),
        # Electricity at its value of 20, flexible electricity at its price; fees on 3 MW and 1 MW.
        ("runs", ("oven", "electric", 2030), (8 * 20 + 2 * 10 + 3 * 30 + 1 * 10) / 1000),
        # Own generation counts negative; 2 MW that come free earn no fee.
        ("runs", ("oven", "saver", 2030), (-1 * 20 + 5 * 30 + 1 * 150) / 1000),
        # Green gas has a table of supply and is paid there; heat has none and counts at its value of 30.
        ("runs", ("kiln", "biogas", 2032), 3 * 30 / 1000),
        # 2 kt removed earn 60 EUR/t; captured CO2 is paid where it is stored.
        ("runs", ("kiln", "capture", 2032), (20 * 30 + 1 * 150 - 2 * 60) / 1000),
        ("taken", ("green_gas", "all", "import", 2032), 80 / 1000),
        ("drawn", ("port", "hydrogen", 2030), 90 / 1000),
        ("drawn", ("store", "co2", 2030), 15 / 1000),
        ("flow", ("pipe", "forward", 2032), 2.5 / 1000),
        ("flow", ("pipe", "backward", 2030), 2.5 / 1000),
        # Capex 10 km x 0.2 + 0.952 = 2.952: 1 a year while it is there, and a tenth of it for upkeep.
        ("built", ("pipe", "thin", 2030), 1.0 + 0.2952),
        ("built", ("pipe", "thin", 2032), 1.0 + 0.2952),
        # Capex 1.8 over 2 years, renewed: 1 a year; upkeep; fees on 4 and 0.5 MW.
        ("open", ("works", "electrolysis", 2032), 1.0 + 0.5 + (4 * 30 + 0.5 * 10) / 1000),
        # 7 for a GWh handled, and 1.5 GWh of electricity at the value of the group `all`.
        ("output", ("works", "electrolysis", 2030), (7 + 1.5 * 20) / 1000),
        ("reinforced", ("cable", 2032), 1.0),
        ("overshoot", ("all", 2032), 200 / 1000),
    ],
)
@pytest.mark.some(6)
def test_what_a_decision_costs_in_its_own_period(decision, index, yearly):
    """Each yearly cost counts with the worth of its period."""
    assert unit_cost(decision, *index) == pytest.approx(yearly * W[index[-1]])


@pytest.mark.parametrize(
    ("index", "cost"),
    [
        # 1 a year over four years, and over the last two.
        (("oven", "electric", 2030), 2.952),
        (("oven", "electric", 2032), 1.152),
        # The bridge of two years: paid for one life.
        (("oven", "saver", 2030), 1.8),
        (("oven", "saver", 2032), 1.152),
    ],
)
def test_a_start_costs_its_annuities_inside_the_horizon(index, cost):
    """Capex 2.952 over 4 years and 1.8 over 2 are 1 M EUR a year."""
    assert unit_cost("start", *index) == pytest.approx(cost)


@pytest.mark.parametrize("decision", ["grant", "request", "connection", "brought"])
def test_transfers_and_room_cost_nothing(decision):
    """Grants are transfers; room on the grid is rationed, and paid by fees."""
    model = build(small(**FULL))
    assert not coefficients(model.terms, model.decisions)[decision].any()


def test_every_term_has_its_place_in_the_table_of_costs():
    """Terms of the model and terms of the result are the same words."""
    assert {term.term for term in build(small(**FULL)).terms} <= set(COST_TERMS)


def test_the_table_of_costs_books_what_the_plan_costs():
    """The small instance, discounted: each term by period, and all of them together the objective.

    The capex of 0.8 is 0.8 / 2.952 a year, those of 0.4 half of that.
    """
    result = best(small(with_settings(discount_rate=0.25)))
    costs = result["costs"].set_index(["term", "period"])
    yearly = {
        "electricity": 8 * PRICES["electricity"] / 1000,
        "hydrogen": 20 * 30 / 1000,
        "options": 1.2 / 2.952,
        "links": 0.4 / 2.952,
    }
    assert set(costs.index) == {(term, period) for term in yearly for period in W}
    for (term, period), booked in costs.iterrows():
        assert booked["cost"] == pytest.approx(yearly[term])
        assert booked["discounted"] == pytest.approx(yearly[term] * W[period])
    assert result.objective == pytest.approx(sum(yearly.values()) * (1.8 + 1.152))


@pytest.mark.nightly
def test_costs_of_a_site_are_those_of_its_options():
    """The pipe and its hydrogen are shared; the options' own costs belong to their site."""
    site_costs = best(small())["site_costs"].set_index(["site", "term", "period"])["cost"]
    assert site_costs.to_dict() == {
        ("bakery", "electricity", 2030): pytest.approx(0.2),
        ("bakery", "electricity", 2032): pytest.approx(0.2),
        ("bakery", "options", 2030): pytest.approx(0.2),
        ("bakery", "options", 2032): pytest.approx(0.2),
        ("tiles", "options", 2030): pytest.approx(0.1),
        ("tiles", "options", 2032): pytest.approx(0.1),
    }
