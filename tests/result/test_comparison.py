"""Results side by side."""

from dataclasses import replace

import numpy as np
import pytest

from routeplan.errors import UsageError
from routeplan.result.comparison import (
    KEYS,
    compare,
    names_of,
    not_told_apart,
    of_other_instances,
    of_other_rates,
)
from routeplan.result.result import Record, Result, Status
from routeplan.result.summary_limits import limits_that_bind
from small import best, small, with_settings

# As the docstring of `small` works out: nothing in the way, the plan costs 4 x (0.4 + 0.8) = 4.8 M EUR. Without a
# source of hydrogen the kiln stays on gas: 4 x (0.4 + 1.0) = 5.6, with 4 kt/yr of CO2 and 20 GWh/yr of gas.
NO_SOURCE = "node,carrier,period,capacity,price\nport,hydrogen,2030,0,30\nport,hydrogen,2032,0,30"


@pytest.fixture(scope="module")
def free():
    """The best plan when nothing stands in the way."""
    return best(small())


@pytest.fixture(scope="module")
def dry():
    """The best plan without hydrogen, called a scenario."""
    found = best(small(sources=NO_SOURCE))
    return replace(found, instance=found.instance.solved_as("dry", "other tables"))


@pytest.fixture(scope="module")
def rows(free, dry):
    """The two side by side."""
    return compare([free, dry])


def values(rows, measure, item="", period=None):
    """What both results say of one thing."""
    found = rows[(rows["measure"] == measure) & (rows["item"] == item)]
    found = found[found["period"].isna() if period is None else found["period"] == period]
    assert len(found) == 1
    return found[["small", "dry"]].to_numpy()[0].tolist()


def test_there_is_a_column_for_each_result(rows):
    """Named by the scenario, or by the instance when under none."""
    assert rows.columns.tolist() == [*KEYS, "small", "dry"]
    assert not rows.duplicated(KEYS).any()


def test_what_is_proven(rows):
    """Objective, bound and cost; both are solved to the end."""
    assert values(rows, "plan") == [1.0, 1.0]
    for measure in ("objective", "bound", "cost"):
        assert values(rows, measure) == pytest.approx([4.8, 5.6])
    assert values(rows, "gap") == pytest.approx([0.0, 0.0], abs=1e-6)


def test_cost_by_term(rows):
    """Over four years: the oven's 8 GWh of power at 25; hydrogen 20 GWh at 30 in the one, gas and CO2 in the other.

    A term that one of them lacks is 0 there. Capex is 0.8 and 0.4 of options, and 0.4 of the pipe.
    """
    assert values(rows, "cost by term", "electricity") == pytest.approx([0.8, 0.8])
    assert values(rows, "cost by term", "gas") == pytest.approx([0.0, 2.4])
    assert values(rows, "cost by term", "co2") == pytest.approx([0.0, 1.6])
    assert values(rows, "cost by term", "options") == pytest.approx([1.2, 0.8])
    assert values(rows, "cost by term", "links") == pytest.approx([0.4, 0.0])
    total = rows[rows["measure"] == "cost by term"][["small", "dry"]].sum()
    assert total.tolist() == pytest.approx([4.8, 5.6])


@pytest.mark.parametrize("period", [2030, 2032])
def test_emissions_routes_and_energy_by_period(rows, period):
    """Both move in 2030 in the one; the kiln stays in the other."""
    assert values(rows, "emissions", period=period) == pytest.approx([0.0, 4.0])
    assert values(rows, "processes", "current", period) == [0.0, 1.0]
    assert values(rows, "processes", "electrification", period) == [1.0, 1.0]
    assert values(rows, "processes", "hydrogen", period) == [1.0, 0.0]
    assert values(rows, "energy", "electricity", period) == pytest.approx([8.0, 8.0])
    assert values(rows, "energy", "gas", period) == pytest.approx([0.0, 20.0])
    assert values(rows, "energy", "hydrogen", period) == pytest.approx([20.0, 0.0])


@pytest.mark.nightly
def test_grid_and_grants():
    """The oven needs 3 MW, of which 1 MW is free: 2 MW of the town's 5. Of the pot's 9 M EUR, 0.3 are granted."""
    found = best(
        small(
            headroom="area,period,firm,flexible\ntown,2030,5,0\ntown,2032,5,0",
            pots="pot,name,carry_over\nfund,,0",
            budgets="pot,period,amount\nfund,2030,9",
            support="pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,capex,,,0.5,",
        )
    )
    grant = found["grants"].iloc[:0].reindex([0]).assign(process="oven", route="electric", period=2030, pot="fund")
    granted = replace(found, tables={**found.tables, "grants": grant.assign(amount=0.3)})
    nothing = replace(found, tables={**found.tables, "grants": grant.assign(amount=0.0)})
    rows = compare({"small": granted, "dry": nothing})
    assert values(rows, "new firm capacity", "town", 2030) == pytest.approx([2.0, 2.0])
    assert values(rows, "new capacity", "town", 2032) == pytest.approx([2.0, 2.0])
    assert values(rows, "grants", "fund", 2030) == pytest.approx([0.3, 0.0])


@pytest.mark.nightly
def test_limits_have_a_value_where_they_bind():
    """2 MW are asked for: all of 2 MW of headroom, not all of 3 MW."""
    tight, wide = (
        best(small(headroom=f"area,period,firm,flexible\ntown,2030,{room},0\ntown,2032,{room},0")) for room in (2, 3)
    )
    found = compare({"small": tight, "dry": wide})
    binding, free = values(found, "limit that binds", "firm_headroom area town", 2030)
    assert binding == pytest.approx(2.0)
    assert np.isnan(free)


def test_the_same_limits_bind_as_in_a_summary(free):
    """99.9 % of 1000 is enough, a little less is not."""
    limits = free["limits"].iloc[[0]].assign(limit="firm_headroom", bound=1000.0, area="town", period=2030)
    for used, count in ((998.9, 0), (999.1, 1)):
        result = replace(free, tables={**free.tables, "limits": limits.assign(used=used)})
        found = compare({"a": result, "b": result})
        assert (found["measure"] == "limit that binds").sum() == count
        assert len(limits_that_bind(result)) == count


def test_a_target_that_is_exceeded_is_told_apart_from_one_that_binds(free):
    """Of a cap of 5 kt/yr 6 are emitted in the one, 1 above it, and 5 in the other."""
    limits = free["limits"].iloc[[0]].assign(limit="emission_target", bound=5.0, area="", scope="all", period=2030)
    over, at = (replace(free, tables={**free.tables, "limits": limits.assign(used=used)}) for used in (6.0, 5.0))
    found = compare({"small": over, "dry": at})
    (item,) = found.loc[found["measure"] == "limit that binds", "item"]
    assert item.endswith("scope all")
    assert values(found, "limit that binds", item, 2030) == [5.0, 5.0]
    assert values(found, "limit exceeded", item, 2030) == [1.0, 0.0]


def test_a_result_without_a_plan_has_no_numbers(free):
    """It is told that there is none; 0 would be a lie."""
    none = Result(free.instance, Status.INFEASIBLE, Record("exact"))
    rows = compare({"small": free, "dry": none})
    assert values(rows, "plan") == [1.0, 0.0]
    assert rows[rows["measure"] != "plan"]["dry"].isna().all()
    assert rows[rows["measure"] != "limit that binds"]["small"].notna().all()


def test_two_results_without_a_plan(free):
    """Nothing but that there is none."""
    none = Result(free.instance, Status.NO_PLAN, Record("exact"))
    assert compare([none, none])[["measure", "small", "small 2"]].to_numpy().tolist() == [["plan", 0.0, 0.0]]


def test_names_are_unique(free, dry):
    """Those that are taken are numbered, and so are names of the other columns."""
    assert names_of([free, dry, free, dry]) == ["small", "dry", "small 2", "dry 2"]
    assert names_of([free, free, dry], ["a", "a", "b"]) == ["a", "a 2", "dry"]
    period = replace(free, instance=free.instance.solved_as("period", "x"))
    assert names_of([period, period]) == ["period 2", "period 3"]


def test_other_tables_are_known(free, dry):
    """By the fingerprint, scenarios aside."""
    late = replace(free, instance=free.instance.solved_as("late", free.instance.sha256))
    assert of_other_instances({"a": free, "b": late, "c": dry}) == ["c"]


def test_other_rates_are_known_and_told(free):
    """A cost at 4 % is none at 8 %: both rates stand beside the costs, and a result with other rates is named."""
    dear, fast = (
        replace(free, instance=small(with_settings(**changed)))
        for changed in ({"firm_rate": 0.08}, {"discount_rate": 0.04})
    )
    named = {"small": free, "dry": dear, "fast": fast}
    assert of_other_rates(named) == ["dry", "fast"]
    rows = compare(named)
    rates = rows[rows["measure"].isin(["discount rate", "firm rate"])]
    assert rates[["small", "dry", "fast"]].to_numpy().tolist() == [[0.0, 0.0, 0.04], [0.0, 0.08, 0.0]]


def test_emissions_as_the_objective_stand_apart_from_cost(free):
    """The units differ, so the rows do."""
    emitting = replace(
        free, instance=small(with_settings(objective="emissions")), objective=7.0, bound=7.0, cost=free.cost
    )
    rows = compare({"small": free, "dry": emitting})
    objective = rows[rows["measure"] == "objective"].set_index("unit")[["small", "dry"]]
    assert objective.loc["M EUR", "small"] == pytest.approx(4.8)
    assert objective.loc["kt", "dry"] == 7.0
    assert objective.isna().sum().sum() == 2


def test_results_that_cannot_be_compared_are_refused(free):
    """Other periods and money of another year: every reason at once."""
    shifted = replace(free, instance=small(with_settings(currency_year=2020, base_year=2025)))
    longer = small(periods="period,years\n2030,2\n2032,3")
    with pytest.raises(UsageError) as refused:
        compare({"a": free, "b": shifted, "c": replace(free, instance=longer)})
    assert str(refused.value).splitlines() == [
        "the results cannot be compared:",
        "  b has money of 2020, but a has money of 2030",
        "  b has costs discounted to 2025, but a has costs discounted to 2030",
        "  c has the periods 2030 (2 yr), 2032 (3 yr), but a has the periods 2030 (2 yr), 2032 (2 yr)",
    ]


@pytest.mark.parametrize(("count", "told"), [(0, "no result is given"), (1, "1 result is given")])
def test_one_result_is_not_enough(free, count, told):
    """There is nothing to compare it with."""
    with pytest.raises(UsageError, match=f"^{told}; allowed: two or more to compare$"):
        compare([free] * count)


def test_a_name_of_another_column_is_refused(free):
    """It would hide that column."""
    with pytest.raises(UsageError, match="a result is called 'unit'; allowed: another name than measure, item"):
        compare({"unit": free, "b": free})


@pytest.mark.parametrize(("bound", "told"), [(4.8, ["dry"]), (4.9, [])])
def test_results_whose_proven_ranges_overlap_are_not_told_apart(free, dry, bound, told):
    """4.5 to 4.8 against 4.8 to 5.6 may be the same optimum; against 4.9 to 5.6 not."""
    assert not_told_apart({"free": replace(free, bound=4.5, objective=4.8), "dry": replace(dry, bound=bound)}) == told


def test_a_result_without_a_plan_is_not_compared_so(free):
    """Nothing is proven of what it would cost."""
    none = Result(small(), Status.NO_PLAN, Record("by hand"))
    assert not_told_apart({"free": free, "none": none}) == []
