"""Rules of single cells."""

import dataclasses

import pandas as pd
import pytest

from broken import FULL, edited, problems
from routeplan.instance.rules.check import check_tables
from routeplan.instance.rules.settings import check_setting
from small import SETTINGS

ID = "an id without spaces, not 'all'"

CELLS = {
    "a negative amount": ("options", 1, {"capex": -3.0}, "column 'capex' is -3.0; allowed: 0 M EUR or more"),
    "an empty amount": ("options", 1, {"capex": float("nan")}, "column 'capex' is empty; allowed: 0 M EUR or more"),
    "a number for no limit": (
        "options",
        1,
        {"capex": 1e20},
        "column 'capex' is 1e+20; allowed: 0 M EUR or more, at most 1e+09; "
        "for no limit, a number that is never reached",
    ),
    "an infinite amount": ("options", 1, {"capex": float("inf")}, "column 'capex' is inf; allowed: 0 M EUR or more"),
    "a negative limit": (
        "targets",
        1,
        {"price": -1.0},
        "column 'price' is -1.0; allowed: 0 EUR/t or more, or empty",
    ),
    "a negative price": (
        "prices",
        0,
        {"price": -1.0},
        "column 'price' is -1.0; allowed: 0 or more (EUR/MWh, EUR/t or EUR/kW/yr, by item)",
    ),
    "a share above 1": ("support", 0, {"share": 1.5}, "column 'share' is 1.5; allowed: 0 to 1"),
    "a life of 0": ("reinforcements", 0, {"lifetime": 0}, "column 'lifetime' is 0; allowed: 1 yr or more, whole"),
    "a fraction of a year": (
        "links",
        0,
        {"first_year": 2030.5},
        "column 'first_year' is 2030.5; allowed: 0 or more, whole, or empty",
    ),
    "a fraction of a life": (
        "routes",
        1,
        {"lifetime": 2.5},
        "column 'lifetime' is 2.5; allowed: 1 yr or more, whole",
    ),
    "a flag of 2": ("links", 0, {"one_way": 2}, "column 'one_way' is 2; allowed: 0 or 1"),
    "a point outside the globe": (
        "nodes",
        0,
        {"lat": -91.0},
        "column 'lat' is -91.0; allowed: -90 to 90 degrees",
    ),
    "a word not listed": (
        "wishes",
        0,
        {"maturity": "sure"},
        "column 'maturity' is sure; allowed: firm, planned or idea",
    ),
    "an empty word": (
        "sites",
        0,
        {"sector": ""},
        "column 'sector' is empty; allowed: a word, which may hold spaces",
    ),
    "a word of blanks": (
        "sites",
        0,
        {"sector": "  "},
        "column 'sector' is '  '; allowed: a word, which may hold spaces",
    ),
    "an id with a space": ("works", 0, {"work": "a b"}, f"column 'work' is a b; allowed: {ID}"),
    "an id that is empty": ("works", 0, {"work": ""}, f"column 'work' is empty; allowed: {ID}"),
    "an id that is all": ("works", 0, {"work": "all"}, f"column 'work' is all; allowed: {ID}"),
    "a step that is all": ("supply", 0, {"step": "all"}, f"column 'step' is all; allowed: {ID}"),
    "a contract with a space": (
        "sites",
        0,
        {"contract": "a b"},
        f"column 'contract' is a b; allowed: {ID}, or empty",
    ),
}


@pytest.mark.parametrize(("table", "row", "cells", "text"), CELLS.values(), ids=CELLS)
@pytest.mark.some(8)
def test_a_cell_out_of_its_range_is_refused(table: str, row: int, cells: dict[str, object], text: str) -> None:
    """One broken cell gives one problem: file, line, column, value and what is allowed."""
    assert problems(**{table: edited(table, row, **cells)})[:1] == [f"{table}.csv:{row + 2}: {text}"]


def test_the_full_instance_obeys_every_rule() -> None:
    """What the other tests break is whole: no problem at all."""
    assert problems() == []


def test_every_broken_cell_is_told() -> None:
    """Three broken cells of one table, two of them in one row, are three problems."""
    sites = edited("sites", 0, lat=100.0, spare_capacity=-1.0)
    sites.loc[1, "region"] = ""
    assert problems(sites=sites, supply=FULL["supply"].iloc[:0], targets=FULL["targets"].iloc[:0]) == [
        "sites.csv:2: column 'lat' is 100.0; allowed: -90 to 90 degrees",
        "sites.csv:2: column 'spare_capacity' is -1.0; allowed: 0 MW or more",
        "sites.csv:3: column 'region' is empty; allowed: a word, which may hold spaces",
    ]


def test_what_may_be_negative_is_accepted() -> None:
    """Own generation, freed room and the southern and western half of the globe are no problems."""
    options = edited("options", 1, electricity=-1.0, firm_capacity=-2.0)
    assert problems(options=options, nodes=edited("nodes", 0, lat=-34.0, lon=-58.0)) == []


def test_lines_of_the_file_are_told() -> None:
    """With the lines of rows given, problems stand on them."""
    works = edited("works", 0, area="nowhere")
    found = check_tables(SETTINGS, {**FULL, "works": works}, lines={"works": pd.Series([17]).to_numpy()})
    assert [str(problem) for problem in found] == [
        "works.csv:17: column 'area' is nowhere; allowed: an id listed in areas.csv"
    ]


def test_a_table_or_column_that_lacks_is_told() -> None:
    """Tables made in memory must be complete, in the right types, and known."""
    broken = {
        **FULL,
        "works": FULL["works"].drop(columns="area"),
        "areas": FULL["areas"].astype({"queue": "str"}),
        "nodes": FULL["nodes"].astype({"node": object}),
        "roads": FULL["links"],
    }
    del broken["pots"]
    assert [str(problem) for problem in check_tables(SETTINGS, broken)] == [
        "areas.csv: column 'queue' has type str; allowed: a numpy type of numbers, with NaN for an empty cell",
        "nodes.csv: column 'node' has type object; allowed: type str, with '' for an empty cell",
        "pots.csv: the table is missing; allowed: a table, if need be without rows",
        f"roads.csv: is no table of the format; allowed: {', '.join(FULL)}",
        "works.csv: column 'area' is missing",
    ]


def test_an_index_of_the_users_own_changes_nothing() -> None:
    """A frame that was filtered keeps its old index; rows count by position all the same."""
    works = edited("works", 0, area="nowhere")
    works.index = pd.Index([41])
    assert problems(works=works) == ["works.csv:2: column 'area' is nowhere; allowed: an id listed in areas.csv"]


SETTING_FAULTS = {
    "name": ("North Sea", "a short name of lower-case letters, digits, - and _"),
    "currency_year": (24, "1900 to 2200, whole"),
    "discount_rate": (1.0, "0 or more and below 1"),
    "firm_rate": (float("nan"), "0 or more and below 1"),
    "support_years": (0, "1 yr or more, whole"),
    "objective": ("profit", "cost or emissions"),
    "participation": (1, "true or false"),
    "title": (3, "free text"),
}


@pytest.mark.parametrize("key", SETTING_FAULTS)
@pytest.mark.some(2)
def test_a_setting_out_of_its_range_is_refused(key: str) -> None:
    """Each setting has its range, also when it was made in memory."""
    value, allowed = SETTING_FAULTS[key]
    expected = [f"instance.toml: key '{key}' is {value}; allowed: {allowed}"]
    assert [str(problem) for problem in check_setting(key, value)] == expected
    settings = dataclasses.replace(SETTINGS, **{key: value})
    assert [str(problem) for problem in check_tables(settings, FULL)] == expected
