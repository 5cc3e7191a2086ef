"""Every number on the page in a browser: tiles, facts, tables below pictures, and what differs between plans."""

from collections.abc import Iterable, Sequence
from itertools import product

import expected
import pytest
from looking import cells, look
from made import Pages
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from routeplan.instance.titles import title_of
from routeplan.language.language import Words
from routeplan.result.result import Result

ENGLISH, DUTCH = Words("en"), Words("nl")

Rows = dict[tuple[str, ...], list[str]]


def terms(chromium: Chrome, lists: str, place: int = 0) -> dict[str, list[str]]:
    """What the list of terms at a place among those of a kind says: tiles or facts."""
    script = """
        const part = document.querySelectorAll(arguments[0])[arguments[1]];
        return [...part.querySelectorAll("div")].map(
            one => [...one.children].map(child => child.textContent.trim()));
    """
    return {label: values for label, *values in chromium.execute_script(script, lists, place)}


def below(chromium: Chrome, picture: str, plan: int = 0) -> list[list[str]]:
    """The table below a picture, headings first."""
    script = """
        const table = document.querySelectorAll(`#${arguments[0]} figure`)[arguments[1]].querySelector("table");
        return [...table.rows].map(row => [...row.cells].map(cell => cell.textContent));
    """
    found: list[list[str]] = chromium.execute_script(script, picture, plan)
    return found


def labelled(lines: Iterable[list[str]], count: int) -> Rows:
    """Rows by their labels: all cells but those of the periods."""
    return {tuple(line[:-count]): line[-count:] for line in lines}


def sector_of(plan: Result) -> dict[str, str]:
    """The sector of each process."""
    site_of = expected.column(plan, "processes", "process", "site")
    sectors = expected.column(plan, "sites", "site", "sector")
    return {process: sectors[site] for process, site in site_of.items()}


def today(plan: Result, words: Words) -> list[str]:
    """What all processes would emit on their current options, as active as the tables tell."""
    options, activity = plan.instance["options"], plan.instance["activity"]
    current = options[options["current"] == 1].set_index("process")["emissions"]
    factors = activity.set_index(["process", "period"])["factor"]
    return [
        words.number(sum(amount * factors.get((process, period), 1.0) for process, amount in current.items()))
        for period in expected.periods(plan)
    ]


def by_family(plan: Result, own: Sequence[str], words: Words) -> Rows:
    """CO2 of today of some processes on each family, where that has any, and how many run it."""
    options, activity = plan.instance["options"], plan.instance["activity"]
    current = options[options["current"] == 1].set_index("process")["emissions"]
    factors = activity.set_index(["process", "period"])["factor"]
    co2: dict[str, list[float]] = {}
    count: dict[str, list[int]] = {}
    periods = expected.periods(plan)
    for place, period in enumerate(periods):
        for process in own:
            family = expected.family(plan, process, period)
            count.setdefault(family, [0] * len(periods))[place] += 1
            weight = current[process] * factors.get((process, period), 1.0)
            co2.setdefault(family, [0.0] * len(periods))[place] += weight
    heading = words("CO2 if nothing changed [{unit}]", unit=words.unit("kt/yr"))
    found = {(words.name(family), heading): list(map(words.number, row)) for family, row in co2.items() if any(row)}
    return found | {
        (words.name(family), words("number of processes")): list(map(words.number, row))
        for family, row in count.items()
    }


def routes(plan: Result, words: Words) -> Rows:
    """By family."""
    return by_family(plan, list(plan.instance["processes"]["process"]), words)


def sectors(plan: Result, words: Words) -> Rows:
    """The same by sector."""
    found: Rows = {}
    for sector in set(sector_of(plan).values()):
        own = [process for process, of in sector_of(plan).items() if of == sector]
        found |= {(words.name(sector), *label): row for label, row in by_family(plan, own, words).items()}
    return found


def scope(text: str, words: Words) -> str:
    """A target's scope in words."""
    kind, _, name = text.partition(":")
    if kind == "sector":
        return words("sector {name}", name=words.name(name))
    return words("region {name}", name=name) if kind == "region" else words("all sites")


def co2(plan: Result, words: Words) -> Rows:
    """By sector and in all, what is captured and removed, and the targets."""
    places = plan.instance["sites"][["site", "sector", "region"]]
    rows = plan["emissions"].merge(places, on="site")
    found = {
        (words.name(sector),): expected.spread(plan, rows, "emissions", words, sector=sector)
        for sector in rows["sector"].unique()
    }
    found[(words("All sites"),)] = expected.spread(plan, rows, "emissions", words)
    found[(words("All sites, if nothing changes"),)] = today(plan, words)
    found[(words("Captured"),)] = expected.spread(plan, rows, "captured", words)
    found[(words("Of which biogenic"),)] = expected.spread(plan, rows, "removed", words)
    targets = plan.instance["targets"]
    for name in targets["scope"].unique():
        caps = targets[targets["scope"] == name].set_index("period")["cap"]
        kind, _, word = name.partition(":")
        where = {kind: word} if word else {}
        found[(words("Target: {scope}", scope=scope(name, words)),)] = [
            words.number(caps.get(period, float("nan"))) for period in expected.periods(plan)
        ]
        found[(words("Reached: {scope}", scope=scope(name, words)),)] = [
            words.number(expected.total(rows, "emissions", **where, period=period) if period in caps else float("nan"))
            for period in expected.periods(plan)
        ]
    return found


def costs(plan: Result, words: Words) -> Rows:
    """By term, and in all; without the group that stands before the term."""
    rows = plan["costs"]
    named = expected.nonzero(rows, "term", "cost")
    found = {(words.name(term),): expected.spread(plan, rows, "cost", words, term=term) for term in named}
    return {**found, ("",): expected.spread(plan, rows, "cost", words)}


def energy(plan: Result, words: Words) -> Rows:
    """By form of energy."""
    rows = plan["energy"]
    named = expected.nonzero(rows, "commodity", "amount")
    return {(words.name(name),): expected.spread(plan, rows, "amount", words, commodity=name) for name in named}


def money(plan: Result, words: Words) -> Rows:
    """By pot: granted, the budget, and what is available."""
    found: Rows = {}
    names = expected.named(plan, "pots", "pot", words)
    for pot in plan.instance["pots"].itertuples():
        name = names[pot.pot] + ("*" if pot.carry_over else "")
        found[name, words("granted")] = expected.spread(plan, plan["grants"], "amount", words, pot=pot.pot)
        found[name, words("budget of the period")] = expected.spread(
            plan, plan.instance["budgets"], "amount", words, pot=pot.pot
        )
        left = expected.available(plan, pot.pot)
        found[name, words("available in the period")] = [words.number(left[p]) for p in expected.periods(plan)]
    return found


TABLES = {"routes": routes, "sectors": sectors, "co2": co2, "costs": costs, "energy": energy, "money": money}
"""What stands below each picture."""


@pytest.mark.parametrize("page, words", [("both_dutch", DUTCH), ("both", ENGLISH)])
@pytest.mark.nightly
def test_the_tables_below_the_pictures_are_those_of_the_plan(
    pages: Pages, chromium: Chrome, page: str, words: Words
) -> None:
    """Every cell of every one of them, of each plan."""
    look(chromium, getattr(pages, page))
    periods = list(map(str, expected.periods(pages.plan)))
    for (picture, make), (place, plan) in product(TABLES.items(), enumerate((pages.plan, pages.late))):
        heads, *lines = below(chromium, picture, place)
        assert heads[-len(periods) :] == periods
        if picture == "costs":
            lines = [line[1:] for line in lines]
        shown = labelled(lines, len(periods))
        assert len(shown) == len(lines)
        assert shown == make(plan, words), picture


def full(plan: Result, words: Words) -> list[list[str]]:
    """Per cent used of each shared limit of which 70 % or more is used in some period, period by period."""
    limits = plan["limits"].copy()
    table = plan.instance["links"]
    candidates = table.loc[table["status"] == "candidate", "link"]
    set_by_the_plan = limits["limit"].isin(["contract_room", "connection_room", "supply_balance"])
    limits = limits[~set_by_the_plan & ~limits["link"].isin(candidates) & (limits["hub"] == "")]
    keys = [name for name in limits.columns if name not in ("period", "used", "bound", "unit")]
    found = []
    for _, rows in limits.groupby(keys, dropna=False):
        share = {
            row.period: row.used / row.bound if row.bound > 0 else float(row.used >= 0) for row in rows.itertuples()
        }
        if max(share.values()) >= 0.7:
            cells = [100.0 * share.get(period, float("nan")) for period in expected.periods(plan)]
            found.append([words.number(cell) for cell in cells])
    return found


@pytest.mark.nightly
def test_the_table_of_limits_is_that_of_the_plan(pages: Pages, chromium: Chrome) -> None:
    """As many rows as there are limits that matter, with the shares that are used of them."""
    look(chromium, pages.english)
    _, *lines = below(chromium, "limits")
    assert sorted(line[1:] for line in lines) == sorted(full(pages.plan, ENGLISH)) != []


def words_of(note: str) -> list[str]:
    """The words and numbers of a note, without the commas between them."""
    return [word.strip(",.;") for word in note.split()]


def expected_tiles(plan: Result, words: Words) -> list[tuple[str, str]]:
    """The figures at the head of the page, in its order, each with the number that stands below it."""
    last = expected.periods(plan)[-1]
    emitted = expected.total(plan["emissions"], "emissions", period=last)
    options, activity = plan.instance["options"], plan.instance["activity"]
    current = options[options["current"] == 1].set_index("process")["emissions"]
    factors = activity.set_index(["process", "period"])["factor"]
    nothing = sum(amount * factors.get((process, last), 1.0) for process, amount in current.items())
    firm, both = (expected.total(plan["requests"], name, period=last) for name in ("request", "connection"))
    opened = plan["hubs"].merge(plan.instance["hubs"], on=["hub", "option"]).query("open == 1")
    of_hubs, flexible = (expected.total(opened, f"{kind}_capacity", period=last) for kind in ("firm", "flexible"))
    firm, both = firm + of_hubs, both + of_hubs + flexible
    gas = expected.total(plan["energy"], "amount", commodity="gas", period=last)
    of_today = options[options["current"] == 1].set_index("process")["gas"]
    gas_today = sum(amount * factors.get((process, last), 1.0) for process, amount in of_today.items())
    unit, number = words.unit, words.number
    return [
        (f"{number(emitted)} {unit('kt/yr')}", words.percent(1.0 - emitted / nothing)),
        (
            f"{number(expected.total(plan['costs'], 'discounted'))} {unit('M EUR')}",
            str(plan.instance.settings.currency_year),
        ),
        (f"{number(gas)} {unit('GWh/yr')}", words.percent(1.0 - gas / gas_today)),
        (
            f"{number(expected.total(plan['grants'], 'amount'))} {unit('M EUR')}",
            number(expected.total(plan.instance["budgets"], "amount")),
        ),
        (f"{number(both)} MW", number(firm)),
    ]


@pytest.mark.parametrize("page, words", [("english", ENGLISH), ("dutch", DUTCH)])
@pytest.mark.nightly
def test_tiles_are_the_figures_of_the_plan(pages: Pages, chromium: Chrome, page: str, words: Words) -> None:
    """Summed up here from the tables."""
    look(chromium, getattr(pages, page))
    tiles, wanted = list(terms(chromium, ".tiles").values()), expected_tiles(pages.plan, words)
    assert [value for value, _ in tiles] == [value for value, _ in wanted]
    assert all(number in words_of(note) for (_, note), (_, number) in zip(tiles, wanted, strict=True))


@pytest.mark.parametrize("page, words", [("both", ENGLISH), ("both_dutch", DUTCH)])
@pytest.mark.nightly
def test_figures_and_facts_are_those_of_each_plan(pages: Pages, chromium: Chrome, page: str, words: Words) -> None:
    """Figures of both plans beside each other; the facts below, the fingerprint whole."""
    look(chromium, getattr(pages, page))
    figures = cells(chromium, "#summary table")
    for place, plan in enumerate((pages.plan, pages.late)):
        told = [row[1 + place].split(" ")[0] for row in figures]
        assert told[:-1] == [value.split(" ")[0] for value, _ in expected_tiles(plan, words)]
        facts = {label: value for label, (value,) in terms(chromium, "#about .facts", place).items()}
        unit, number, instance = words.unit("M EUR"), words.number, plan.instance
        assert plan.bound is not None and plan.gap is not None
        assert facts[words("Objective")] == f"{number(expected.total(plan['costs'], 'discounted'))} {unit}"
        assert facts[words("Bound")] == f"{number(plan.bound)} {unit}"
        firsts = plan["starts"]["period"] - instance.settings.base_year
        invested = float((plan["starts"]["capex"] * (1.0 + instance.settings.discount_rate) ** -firsts).sum())
        assert facts[words("Investment of firms, discounted")] == f"{number(invested)} {unit}"
        assert facts[words("Gap")] == words.percent(plan.gap, 3)
        titles = [f"{title_of(scenario, words)} ({scenario.name})" for scenario in instance.applied]
        assert [facts[words("Scenario")]] == (titles or [words("none")])
        assert facts[words("Solved in")] == f"{number(plan.record.seconds)} s"
        assert facts[words("Instance")] == instance.name
        assert facts["SHA-256"] == instance.sha256
        lead = chromium.find_elements(By.CSS_SELECTOR, ".lead")[place].text
        first, *_, last = expected.periods(plan)
        ends = [number(expected.total(plan["emissions"], "emissions", period=period)) for period in (first, last)]
        assert all(f" {end} {words.unit('kt/yr')}" in lead for end in ends)
        assert f" {number(plan.bound)} {unit}" in lead
