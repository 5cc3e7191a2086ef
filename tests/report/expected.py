"""What a page must show, read from the tables of a result one by one: an oracle that shares no code with the page."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from routeplan.language.language import Words
from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Result


def periods(result: Result) -> list[int]:
    """First years of the periods."""
    return [int(period) for period in result.instance["periods"]["period"]]


def years(result: Result) -> list[str]:
    """The years of each period, as a reader sees them."""
    table = result.instance["periods"]
    return [f"{first}–{first + length - 1}" for first, length in zip(table["period"], table["years"], strict=True)]


def sites(result: Result) -> list[str]:
    """Ids of the sites."""
    return [str(site) for site in result.instance["sites"]["site"]]


def named(result: Result, table: str, key: str, words: Words) -> dict[str, str]:
    """Names by id of the rows of a table, in the readers' language where there is one."""
    rows = result.instance[table].to_dict("records")
    dutch = words.language == "nl"
    return {row[key]: (dutch and row["name_nl"]) or row["name"] or row[key] for row in rows}


def name_of(result: Result, site: str, words: Words) -> str:
    """The name of a site."""
    return named(result, "sites", "site", words)[site]


def column(result: Result, table: str, key: str, value: str) -> dict[Any, Any]:
    """A column of a table of the instance, by another."""
    rows = result.instance[table]
    return dict(zip(rows[key], rows[value], strict=True))


def processes(result: Result, site: str) -> list[str]:
    """Processes of a site, in the order of their table."""
    table = result.instance["processes"]
    return [str(process) for process in table.loc[table["site"] == site, "process"]]


def route(result: Result, process: str, period: int) -> str:
    """What a process runs in a period."""
    runs = result["runs"]
    (found,) = runs.loc[(runs["process"] == process) & (runs["period"] == period), "route"]
    return str(found)


def family(result: Result, process: str, period: int) -> str:
    """The family of what a process runs in a period."""
    return str(column(result, "routes", "route", "family")[route(result, process, period)])


def families(result: Result, site: str, period: int) -> list[str]:
    """Families of what the processes of a site run in a period, each once."""
    return list(dict.fromkeys(family(result, process, period) for process in processes(result, site)))


def main_family(result: Result, site: str, period: int) -> str:
    """The family that the main process of a site runs: the process that emits most on its current option."""
    options = result.instance["options"]
    today = options[options["current"] == 1].set_index("process")["emissions"]
    main = max(processes(result, site), key=lambda process: float(today[process]))
    return family(result, main, period)


def total(rows: pd.DataFrame, value: str, **where: object) -> float:
    """The sum of a column over the rows with these values."""
    for name, wanted in where.items():
        rows = rows[rows[name] == wanted]
    return float(rows[value].sum())


def emitted(result: Result, site: str, period: int) -> float:
    """CO2 of a site in a period [kt/yr]."""
    return total(result["emissions"], "emissions", site=site, period=period)


def granted(result: Result, site: str) -> float:
    """Public money for a site [M EUR]."""
    return sum(total(result["grants"], "amount", process=process) for process in processes(result, site))


def first_change(result: Result, site: str) -> int | None:
    """The first year in which the site starts a route that is no efficiency, else any; none where nothing starts."""
    family_of = column(result, "routes", "route", "family")
    own = [row for row in result["starts"].itertuples() if row.process in processes(result, site)]
    large = [row for row in own if family_of[row.route] != "efficiency"]
    return min((int(row.period) for row in large or own), default=None)


def invested(result: Result, site: str) -> float:
    """Investment in all that starts at a site [M EUR]."""
    return sum(total(result["starts"], "capex", process=process) for process in processes(result, site))


def connection(result: Result, site: str) -> float:
    """The most new grid capacity that the contract of a site asks for in any period [MW]."""
    contract = column(result, "sites", "site", "contract")[site]
    return max(total(result["requests"], "connection", contract=contract, period=period) for period in periods(result))


def links_in(result: Result, period: int) -> set[str]:
    """Links that can be used in a period: planned ones that have opened, and those that are built by then."""
    links, built = result.instance["links"], result["built"]
    planned = links[(links["status"] == "planned") & (links["first_year"] <= period)]
    return {*planned["link"], *built.loc[built["period"] <= period, "link"]}


def hubs_in(result: Result, period: int) -> set[str]:
    """Hubs that are open in a period."""
    hubs = result["hubs"]
    return set(hubs.loc[(hubs["open"] > 0) & (hubs["period"] <= period), "hub"])


def row_of(result: Result, site: str, position: int, words: Words) -> list[str]:
    """What the table of sites says of a site when a period is chosen."""
    table = result.instance["sites"].set_index("site").loc[site]
    first, period = periods(result)[0], periods(result)[position]
    return [
        name_of(result, site, words),
        words.name(table["sector"]),
        str(table["region"]),
        named(result, "areas", "area", words)[table["area"]],
        words.number(emitted(result, site, first)),
        words.number(emitted(result, site, period)),
        ", ".join(words.name(each) for each in families(result, site, period)),
        str(first_change(result, site) or ""),
        words.number(invested(result, site)),
        words.number(granted(result, site)),
        words.number(connection(result, site)),
    ]


def spread(result: Result, rows: pd.DataFrame, value: str, words: Words, **where: object) -> list[str]:
    """Sums of a column, period by period, as they are written."""
    return [words.number(total(rows, value, **where, period=period)) for period in periods(result)]


def available(result: Result, pot: str) -> dict[int, float]:
    """What a pot can pay in each period: its budget, with what earlier periods left where it carries over."""
    keeps = result.instance["pots"].set_index("pot")["carry_over"][pot]
    found, left = {}, 0.0
    for period in periods(result):
        found[period] = left + total(result.instance["budgets"], "amount", pot=pot, period=period)
        spent = total(result["grants"], "amount", pot=pot, period=period)
        left = found[period] - spent if keeps else 0.0
    return found


def nonzero(rows: pd.DataFrame, name: str, value: str) -> list[str]:
    """Words of a column in their order, of which something is not 0."""
    return [str(word) for word in dict.fromkeys(rows[name]) if rows.loc[rows[name] == word, value].abs().max() > 0]


def card(result: Result, site: str, words: Words) -> dict[str, list[list[str]]]:
    """Rows of each table on a site's card, by the English beginning of its title; empty tables left out."""
    own = processes(result, site)
    blocks = {
        "Routes": _routes(result, own, words),
        "CO2": _emissions(result, site, words),
        "Energy": _energy(result, own, words),
        "Cost": _costs(result, site, words),
        "Investments": _investments(result, own, words),
        "Public money": _grants(result, own, words),
        "Grid connection": _connection(result, site, words),
        "Links": _links(result, site, words),
        "What the firm wants": _wishes(result, own, words),
    }
    return {title: rows for title, rows in blocks.items() if rows}


def _routes(result: Result, own: Iterable[str], words: Words) -> list[list[str]]:
    kind = column(result, "processes", "process", "kind")
    return [
        [words.name(kind[process]), *(words.name(route(result, process, period)) for period in periods(result))]
        for process in own
    ]


def _emissions(result: Result, site: str, words: Words) -> list[list[str]]:
    rows = result["emissions"][result["emissions"]["site"] == site]
    said = {"emissions": words("Emitted"), "captured": words("Captured"), "removed": words("of which biogenic")}
    return [[label, *spread(result, rows, name, words)] for name, label in said.items() if rows[name].abs().max() > 0]


def _energy(result: Result, own: list[str], words: Words) -> list[list[str]]:
    rows = result["energy"][result["energy"]["process"].isin(own)]
    return [
        [words.name(commodity), *spread(result, rows, "amount", words, commodity=commodity)]
        for commodity in nonzero(rows, "commodity", "amount")
    ]


def _costs(result: Result, site: str, words: Words) -> list[list[str]]:
    costs = attributed_costs(result)
    rows = costs[costs["site"] == site]
    terms = [
        [words.name(term), *spread(result, rows, "cost", words, term=term)] for term in nonzero(rows, "term", "cost")
    ]
    return [*terms, [words("Total"), *spread(result, rows, "cost", words)]]


def _investments(result: Result, own: list[str], words: Words) -> list[list[str]]:
    starts = result["starts"][result["starts"]["process"].isin(own)]
    return [
        [words.name(row.route), str(row.period), words.number(row.capex), words.number(row.funding_gap)]
        for row in starts.itertuples()
    ]


def _grants(result: Result, own: list[str], words: Words) -> list[list[str]]:
    pots = named(result, "pots", "pot", words)
    return [
        [words.name(row.route), str(row.period), pots[row.pot], words.number(row.amount)]
        for row in result["grants"].itertuples()
        if row.process in own
    ]


def _connection(result: Result, site: str, words: Words) -> list[list[str]]:
    contract = column(result, "sites", "site", "contract")[site]
    rows = result["requests"][result["requests"]["contract"] == contract]
    said = {"request": words("New firm capacity"), "connection": words("New firm and flexible capacity")}
    return [[label, *spread(result, rows, name, words)] for name, label in said.items() if rows[name].abs().max() > 0]


def _links(result: Result, site: str, words: Words) -> list[list[str]]:
    """Without the first cell, which says which link it is: amounts with an arrow, away from the site or to it."""
    found = []
    for link in result.instance["links"].to_dict("records"):
        flows = result["flows"][result["flows"]["link"] == link["link"]]
        if site not in (link["from"], link["to"]) or flows.empty:
            continue
        sign = 1 if link["from"] == site else -1
        by_period = dict(zip(flows["period"], flows["flow"], strict=True))
        found.append(
            [
                ("→ " if sign * by_period[period] >= 0 else "← ") + words.number(abs(by_period[period]))
                if period in by_period
                else ""
                for period in periods(result)
            ]
        )
    return found


def _wishes(result: Result, own: list[str], words: Words) -> list[list[str]]:
    found = []
    for wish in result.instance["wishes"].itertuples():
        if wish.process not in own:
            continue
        runs = [period for period in periods(result) if route(result, wish.process, period) == wish.route]
        when = str(min(runs)) if runs else words("no")
        found.append([words.name(wish.route), str(wish.period), words.name(wish.maturity), when])
    return found
