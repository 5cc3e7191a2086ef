"""Python calls that make no sense are refused in words, whatever is confused with what."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import routeplan
from routeplan.instance.scenario import Change, Scenario
from small import small

UNSOLVED = "an instance has no plan yet; solve it first: routeplan.solve(instance)"

FUNCTIONS = {name: function for name in routeplan.__all__ if inspect.isroutine(function := getattr(routeplan, name))}
FIRST = {name: next(iter(inspect.signature(function).parameters), "") for name, function in FUNCTIONS.items()}

GAS_ALONE = "process,route,current,capex,gas,emissions\noven,gas,1,0,10,2\nkiln,gas,1,0,20,4"
"""Options that emit 6 kt/yr, whatever is asked."""

MADE_OF_RESULTS = ("write_geojson", "write_public", "write_perspective")
"""Functions that take what another makes of a result."""

OF_RESULTS = [*(name for name, first in FIRST.items() if first in ("result", "results")), *MADE_OF_RESULTS]
OF_INSTANCES = [name for name, first in FIRST.items() if first == "instance"]
OF_DESIGNS = {"compare_designs", "write_blank_design"}
OF_PATHS = ["read", "load", "read_with_free_columns"]


@pytest.fixture(scope="module")
def result() -> routeplan.Result:
    """A plan of the small instance."""
    return routeplan.solve(small(), threads=1)


def refusal(call: Callable[[], object]) -> str:
    """What is said of a call."""
    with pytest.raises(routeplan.UsageError) as refused:
        call()
    return str(refused.value)


def called(name: str, given: object, place: Path) -> Callable[[], object]:
    """A public function of something, and of a file where it takes one."""
    function = FUNCTIONS[name]
    required = [each for each in inspect.signature(function).parameters.values() if each.default is each.empty]
    return lambda: function(given, *[place] * (len(required) - 1))


def test_every_function_of_a_result_is_known() -> None:
    """Whatever is drawn, written, compared or saved."""
    drawn = {name for name in FUNCTIONS if name.startswith("plot_")}
    assert len(drawn) == 8
    assert set(OF_RESULTS) == drawn | {
        *("report", "compare", "save", "write_geojson", "feature_collections", "write_result_workbook"),
        *("public_sums", "write_public", "attributed_costs"),
        *("write_geopackage", "power_asked", "write_power"),
        *("verdicts", "verdict_tables", "write_verdicts", "report_verdicts", "why"),
        *("perspective", "write_perspective", "suggestions"),
    }
    assert set(OF_INSTANCES) == {"solve", "verify", "reach", "write", "levers", "shortfall"} | OF_DESIGNS


@pytest.mark.some(8)
@pytest.mark.parametrize("name", OF_RESULTS)
def test_an_instance_is_told_to_be_solved_first(name: str, tmp_path: Path) -> None:
    """In the same words wherever a result is wanted, and nothing is written."""
    assert refusal(called(name, small(), tmp_path / "there.xlsx")) == UNSOLVED
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [name for name in OF_RESULTS if name not in ("compare", "report")])
def test_what_is_no_result_is_refused(name: str, tmp_path: Path) -> None:
    """The path of one for example: it says how to read it."""
    assert refusal(called(name, "tiny-plan", tmp_path / "there.xlsx")) == (
        "'tiny-plan' is no result; routeplan.solve(instance) makes one, routeplan.load(folder) reads one"
    )


@pytest.mark.parametrize("name", MADE_OF_RESULTS)
def test_what_is_to_be_made_of_a_result_first_is_told(name: str, result: routeplan.Result, tmp_path: Path) -> None:
    """`write_geojson(result, folder)` misses a step."""
    assert ", not the result itself" in refusal(called(name, result, tmp_path / "there"))


@pytest.mark.parametrize("given", [lambda: [small()], lambda: {"a": small()}, lambda: (each for each in [small()])])
def test_an_instance_among_results_is_refused(given: Callable[[], Any], tmp_path: Path) -> None:
    """In a list, by name, or one by one."""
    assert refusal(lambda: routeplan.compare(given())) == UNSOLVED
    assert refusal(lambda: routeplan.report(given(), tmp_path / "page.html")) == UNSOLVED


def test_one_result_is_not_compared(result: routeplan.Result) -> None:
    """It is none of a list of tables."""
    assert refusal(lambda: routeplan.compare(result)) == "1 result is given; allowed: two or more to compare"
    assert refusal(lambda: routeplan.compare(3)).startswith("3 is no result; ")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["solve", "reach", "write", "levers", "shortfall", *sorted(OF_DESIGNS)])
def test_a_result_has_an_instance(name: str, result: routeplan.Result, tmp_path: Path) -> None:
    """Where an instance is wanted, a result is told where its own is, and a path how to read it."""
    assert refusal(called(name, result, tmp_path / "there")) == (
        "a result is given where an instance is wanted; allowed: result.instance"
    )
    assert refusal(called(name, "instances/tiny", tmp_path / "there")) == (
        "'instances/tiny' is no instance; routeplan.read() makes one of a folder or workbook"
    )


@pytest.mark.parametrize("name", OF_PATHS)
def test_what_is_read_already_is_no_path(name: str) -> None:
    """An instance, where a folder or workbook is wanted."""
    said = "an Instance is given where a path is wanted; allowed: a folder or workbook"
    assert refusal(lambda: FUNCTIONS[name](small())) == said


def test_a_plan_of_an_instance_is_not_carried_over_from_an_instance() -> None:
    """It has none."""
    assert refusal(lambda: small().with_decided(small())) == UNSOLVED


def test_verify_takes_the_instance_first(result: routeplan.Result) -> None:
    """The other way about it is told so; of two alike, what is wrong with the second."""
    wrong: Any = (result, small())
    assert refusal(lambda: routeplan.verify(*wrong)) == "the instance comes first: verify(instance, result)"
    both: Any = (small(), small())
    assert refusal(lambda: routeplan.verify(*both)) == UNSOLVED


def test_a_result_of_another_instance_is_refused_before_it_is_checked(result: routeplan.Result) -> None:
    """Not by dozens of costs that differ, but by the one reason; tables that are read anew are the same."""
    assert routeplan.verify(small(), result) == ()
    assert refusal(lambda: routeplan.verify(small().replace(discount_rate=0.03), result)) == (
        "the result was made from other tables than those in the instance: their fingerprints differ"
    )


@pytest.mark.nightly
def test_a_result_under_a_scenario_is_verified_under_it() -> None:
    """Fingerprints are those of the instance as read; what is missing is said."""
    plain = small()
    dearer = Scenario("dearer", (Change("prices", "price", "multiply", 1.1, {"item": "gas"}),))
    instance = routeplan.Instance(plain.settings, plain.tables, (dearer,))
    result = routeplan.solve(instance.under("dearer"), threads=1)
    assert routeplan.verify(instance.under("dearer"), result) == ()
    assert refusal(lambda: routeplan.verify(instance, result)) == (
        "the result is of small under dearer, not of small; allowed: the instance under the same scenario"
    )
    changed = plain.solved_as("dearer", instance.sha256)
    assert refusal(lambda: routeplan.verify(changed, result)) == (
        "the instance of the result was changed after the solve: its tables are not those of which the result is"
    )


def test_a_result_lists_its_tables(result: routeplan.Result) -> None:
    """As an instance does; one that there is not is told with the one that was meant."""
    assert list(result) == list(result.tables)
    assert "starts" in result
    with pytest.raises(KeyError, match=r"no table of a result is called 'start' \(did you mean 'starts'\?\); tables: "):
        result["start"]


def test_progress_that_is_printed_is_no_function() -> None:
    """`on_progress` is called, `progress` prints."""
    wrong: Any = True
    assert refusal(lambda: routeplan.solve(small(), on_progress=wrong)) == (
        "on_progress is True; allowed: a function; progress=True prints"
    )


def test_names_of_sites_are_told_with_those_that_were_meant() -> None:
    """In `reach`, as everywhere."""
    assert refusal(lambda: routeplan.reach(small(), sites=["bakry"])) == (
        "no site is called 'bakry' (did you mean 'bakery'?); allowed: bakery, tiles"
    )
    assert refusal(lambda: routeplan.reach(small(), carriers=["CO2", "oil"])) == (
        "no carrier is called 'CO2' (did you mean 'co2'?), 'oil'; allowed: hydrogen, co2"
    )


def test_help_on_the_checkup_fits_on_a_screen() -> None:
    """Its programs are no default that is printed."""
    assert [each.default for each in inspect.signature(routeplan.checkup).parameters.values()] == [None]


@pytest.mark.nightly
def test_an_instance_in_memory_is_checked_like_a_folder(tmp_path: Path) -> None:
    """The same problems of scenarios, warnings and notes; tables without rows are not counted."""
    plain = small()
    odd = Scenario("odd", (Change("prices", "price", "multiply", -1.0, {"item": "hydrogen", "period": 2030}),))
    dear = plain.replace(prices=plain["prices"].assign(price=plain["prices"]["price"] * 1e3))
    cold = Scenario("cold", (Change("targets", "cap", "multiply", 0.0, {}),))
    capped = small(options=GAS_ALONE, targets="scope,period,cap,price\nall,2030,9,")
    capped = routeplan.Instance(capped.settings, capped.tables, (cold,))
    for instance in (plain, dear, routeplan.Instance(plain.settings, plain.tables, (odd,)), capped):
        in_memory = routeplan.check(instance)
        on_disk = routeplan.check(routeplan.write(instance, tmp_path / "there", overwrite=True))
        assert in_memory.problems == on_disk.problems
        assert in_memory.warnings == on_disk.warnings
        assert in_memory.notes == on_disk.notes
        assert (in_memory.rows, in_memory.silenced) == (on_disk.rows, on_disk.silenced)
        assert in_memory.tables == sum(len(table) > 0 for table in instance.tables.values())
    assert routeplan.check(dear).warnings != ()
    assert any("under scenario 'cold'" in str(warning) for warning in routeplan.check(capped).warnings)
    assert not any("scenario" in str(warning) for warning in routeplan.check(capped.under("cold")).warnings)


def test_an_examination_says_in_a_line_what_it_found() -> None:
    """Counts on one line, and in a notebook a list of each kind, escaped."""
    found = routeplan.Examination(None, (routeplan.errors.Problem("sites.csv", 3, "a < b"),), tables=2, rows=1234)
    assert repr(found) == "<Examination of 2 tables, 1,234 rows: 1 problem, no warnings, no notes>"
    assert found._repr_html_() == (
        "<p>&lt;Examination of 2 tables, 1,234 rows: 1 problem, no warnings, no notes&gt;</p>"
        "<p>Problems</p><ul><li>sites.csv:3: a &lt; b</li></ul>"
    )


def test_a_table_of_pandas_is_still_taken_as_it_is() -> None:
    """What is no dict or list is not made over: a column that is lacking is missing."""
    with pytest.raises(routeplan.DataError, match="column 'name' is missing"):
        small().replace(sites=pd.DataFrame(small()["sites"]).drop(columns="name"))
