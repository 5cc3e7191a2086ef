"""The file scenarios.toml."""

from collections.abc import Callable
from pathlib import Path

import pytest

from routeplan.data.read import check, read
from routeplan.instance.scenario import Change, Scenario

Spoil = Callable[..., Path]

LATE = """
[[scenario]]
name = "late pipe"
probability = 0.25
[[scenario.change]]
table = "links"
where = {carrier = "hydrogen", status = "candidate"}
column = "first_year"
set = 2032
[[scenario.change]]
table = "prices"
where = {item = "gas", period = 2032}
column = "price"
multiply = 1.5

[[scenario]]
name = "as it is"
"""


def told(folder: Path) -> list[str]:
    """The problems of a folder."""
    return [str(problem) for problem in check(folder).problems]


def test_scenarios_are_read(spoiled: Spoil) -> None:
    """Names, probabilities, and changes in their order; a scenario may be without either."""
    assert read(spoiled(scenarios_toml=LATE)).scenarios == (
        Scenario(
            "late pipe",
            (
                Change("links", "first_year", "set", 2032, {"carrier": "hydrogen", "status": "candidate"}),
                Change("prices", "price", "multiply", 1.5, {"item": "gas", "period": 2032}),
            ),
            0.25,
        ),
        Scenario("as it is", ()),
    )
    assert told(spoiled(scenarios_toml=LATE)) == []


def change(*lines: str) -> str:
    """A file with one scenario of one change."""
    return "\n".join(['[[scenario]]\nname = "odd"\n[[scenario.change]]', *lines, ""])


FORMS = {
    "no TOML": ('[[scenario]]\nname = odd\n', ["scenarios.toml:2: cannot be read as TOML: Invalid value"]),
    "no list": (
        '[scenario]\nname = "odd"\n',
        ["scenarios.toml: 'scenario' is no list; allowed: entries that begin with [[scenario]]"],
    ),
    "a misspelt list": (
        '[[scenarios]]\nname = "odd"\n',
        ["scenarios.toml: key 'scenarios' is unknown (did you mean 'scenario'?); allowed: scenario"],
    ),
    "no name, twice": (
        "[[scenario]]\n[[scenario]]\nname = ''\n",
        [
            "scenarios.toml: scenario 1: key 'name' is empty; allowed: a name without / and \\",
            "scenarios.toml: scenario 2: key 'name' is empty; allowed: a name without / and \\",
        ],
    ),
    "a name twice": (
        '[[scenario]]\nname = "odd"\n[[scenario]]\nname = "odd"\n',
        ["scenarios.toml: scenario 'odd' is there twice; allowed: each name once"],
    ),
    "a probability above 1": (
        '[[scenario]]\nname = "odd"\nprobability = 30\n',
        ["scenarios.toml: scenario 'odd': key 'probability' is 30; allowed: a number from 0 to 1"],
    ),
    "changes that are no list": (
        '[[scenario]]\nname = "odd"\nchange = 3\n',
        ["scenarios.toml: scenario 'odd': 'change' is no list; allowed: entries that begin with [[scenario.change]]"],
    ),
    "two actions": (
        change('table = "links"', 'column = "length"', "set = 1", "add = 2"),
        [
            "scenarios.toml: scenario 'odd', change 1: has set and add; "
            "allowed: exactly one of set, multiply, add, delay"
        ],
    ),
    "nothing but a misspelt action": (
        change("ad = 2"),
        [
            "scenarios.toml: scenario 'odd', change 1: has none of them; "
            "allowed: exactly one of set, multiply, add, delay",
            "scenarios.toml: scenario 'odd', change 1: key 'ad' is unknown (did you mean 'add'?); "
            "allowed: table, where, column, set, multiply, add, delay",
            "scenarios.toml: scenario 'odd', change 1: key 'column' is missing; allowed: the name of a column",
            "scenarios.toml: scenario 'odd', change 1: key 'table' is missing; allowed: the name of a table",
        ],
    ),
    "a condition that is none": (
        change('table = "links"', 'column = "length"', "set = 1", 'where = "all"'),
        ["scenarios.toml: scenario 'odd', change 1: key 'where' is all; allowed: columns with values"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "messages"), FORMS.values(), ids=FORMS)
@pytest.mark.some(2)
def test_a_file_in_the_wrong_form_is_refused(spoiled: Spoil, text: str, messages: list[str]) -> None:
    """What is wrong with the form of the file is told all at once."""
    assert told(spoiled(scenarios_toml=text)) == messages


def test_every_scenario_is_tried(spoiled: Spoil) -> None:
    """A change that cannot be made, and one that breaks rules, in two scenarios: both are told.

    The instance itself is right, so it can be read all the same.
    """
    text = change('table = "roads"', 'column = "length"', "set = 1") + change(
        'table = "options"', 'column = "capex"', "add = -0.6"
    ).replace("odd", "cheap")
    folder = spoiled(scenarios_toml=text)
    tables = (
        "periods, sites, processes, routes, options, trends, activity, windows, prices, areas, works, headroom, "
        "reinforcements, nodes, sources, links, sizes, hubs, supply, pots, budgets, support, targets, decided, wishes"
    )
    capex = "column 'capex' is {}; allowed: 0 M EUR or more"
    assert told(folder) == [
        f"scenarios.toml: scenario 'cheap' changes options.csv (process kiln, route burner): {capex.format(0.4 - 0.6)}",
        f"scenarios.toml: scenario 'cheap' changes options.csv (process kiln, route gas): {capex.format(-0.6)}",
        f"scenarios.toml: scenario 'cheap' changes options.csv (process oven, route gas): {capex.format(-0.6)}",
        f"scenarios.toml: scenario 'odd', change 1: table 'roads' is unknown; allowed: {tables}",
    ]
    assert [scenario.name for scenario in read(folder).scenarios] == ["odd", "cheap"]


AREAS = """
[[scenario]]
name = "a/b"
[[scenario.change]]
table = "hedroom"
column = "firm"
set = 1
[[scenario.change]]
table = "links"
where = {carrier = "hydrogn"}
column = "first_year"
set = 2032
[[scenario.change]]
table = "prices"
where = {item = "gas", period = 1999}
column = "price"
multiply = 2

[[scenario]]
probability = 2
[[scenario.change]]
table = "headroom"
where = {site = "kiln"}
column = "period"
set = 1
add = 2
"""


def about_scenarios(folder: Path) -> list[str]:
    """The problems of the scenarios, without what is allowed."""
    return [text.split("; allowed")[0] for text in told(folder) if text.startswith("scenarios.toml: ")]


EACH = [
    "scenarios.toml: scenario 'a/b', change 1: table 'hedroom' is unknown (did you mean 'headroom'?)",
    "scenarios.toml: scenario 'a/b', change 2: where: 'carrier' is 'hydrogn'",
    "scenarios.toml: scenario 'a/b', change 3: fits no row of prices (where item = gas, period = 1999)",
    "scenarios.toml: scenario 'a/b': key 'name' is a/b",
    "scenarios.toml: scenario 2, change 1: column 'period' is part of the key of headroom",
    "scenarios.toml: scenario 2, change 1: column 'site' is unknown in headroom",
    "scenarios.toml: scenario 2, change 1: has set and add",
    "scenarios.toml: scenario 2: key 'name' is empty",
    "scenarios.toml: scenario 2: key 'probability' is 2",
]
"""What is wrong with `AREAS`, by its text: of the form, of the schema, and of the rows."""


def test_no_problem_of_a_scenario_hides_another(spoiled: Spoil) -> None:
    """Names, forms, tables, columns, words and rows are all told of at once."""
    assert about_scenarios(spoiled(scenarios_toml=AREAS)) == EACH


@pytest.mark.nightly
def test_problems_of_tables_hide_none_of_scenarios(spoiled: Spoil) -> None:
    """With an unknown area in sites, which breaks a rule, the scenarios are told of all the same."""
    folder = spoiled(scenarios_toml=AREAS)
    sites = folder / "sites.csv"
    area = read(spoiled())["sites"]["area"].iloc[0]
    sites.write_text(sites.read_text(encoding="utf-8").replace(f",{area},", ",atlantis,", 1), encoding="utf-8")
    assert any(text.startswith("sites.csv:") for text in told(folder))
    assert about_scenarios(folder) == EACH


def test_rows_of_a_table_that_cannot_be_read_are_not_missed(spoiled: Spoil) -> None:
    """Where a price is no number, nothing is said of rows of prices that a change does not find."""
    folder = spoiled(scenarios_toml=AREAS)
    prices = folder / "prices.csv"
    lines = prices.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].rsplit(",", 1)[0] + ",abc"
    prices.write_text("\n".join(lines), encoding="utf-8")
    assert about_scenarios(folder) == [text for text in EACH if "fits no row" not in text]


def test_digits_in_groups_of_three_are_told_with_both_readings(spoiled: Spoil) -> None:
    """1,500 may be fifteen hundred or one and a half: neither is advised alone."""
    change = '[[scenario]]\nname = "more"\n[[scenario.change]]\ntable = "headroom"\ncolumn = "firm"\nset = 1,500\n'
    assert [str(problem) for problem in check(spoiled(scenarios_toml=change)).problems] == [
        "scenarios.toml:6: cannot be read as TOML: Expected newline or end of document after a statement "
        "(it has two readings: write 1500 or 1.500)"
    ]
