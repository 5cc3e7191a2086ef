"""The card of a site: all data on it in a plan's tables, in its readers' words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from routeplan.instance.names import names_in, names_of_places
from routeplan.instance.sites import at_sites
from routeplan.language.language import Words
from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Result
from routeplan.result.summary import in_order, wide
from routeplan.schema import units
from routeplan.schema.inputs import COMMODITIES
from routeplan.schema.results import COST_TERMS

CardRows = dict[str, list[list[str]]]
"""Of each site that has any: rows of cells."""


@dataclass(frozen=True)
class Block:
    """One table of a card, for all sites at once.

    Parameters
    ----------
    title : str
        What it tells, with its unit.
    columns : list of str
        Headings.
    rows : mapping of str to list of rows
        The rows of each site; a site without any has no such table on its card.
    joined : bool, optional
        Whether neighbours that say the same are shown as one cell.
    texts : tuple of int, optional
        Positions of columns that hold texts, besides the first; the others hold numbers.
    notes : mapping of str to str, optional
        What to know of the rows of a site, below them.
    """

    title: str
    columns: list[str]
    rows: CardRows
    joined: bool = False
    texts: tuple[int, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


def cards(result: Result, words: Words) -> list[Block]:
    """Make the tables of all sites' cards.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.

    Returns
    -------
    list of Block
        In the order in which a card shows them: routes, CO2, energy, cost, investments, grants, grid connection,
        links, and what the firm wished for.
    """
    makers: tuple[Callable[[Result, Words], Block], ...] = (
        _routes,
        _emissions,
        _energy,
        _costs,
        _starts,
        _grants,
        _connection,
        _links,
        _wishes,
    )
    return [make(result, words) for make in makers]


def _routes(result: Result, words: Words) -> Block:
    processes = result.instance["processes"]
    kinds = processes.set_index("process")["kind"].map(words.name)
    runs = processes[["site", "process"]].merge(result["runs"], on="process").sort_values("period", kind="stable")
    runs["kind"], runs["shown"] = runs["process"].map(kinds), runs["route"].map(words.name)
    spread = wide(in_order(runs, "process", tuple(processes["process"])), ["site", "process", "kind"], "shown", "")
    return replace(_by_period(words("Routes"), words("Process"), spread.drop(columns="process"), result), joined=True)


def _emissions(result: Result, words: Words) -> Block:
    what = {"emissions": words("Emitted"), "captured": words("Captured"), "removed": words("of which biogenic")}
    rows = result["emissions"].melt(["site", "period"], list(what), "what", "amount")
    return _amounts(words("CO2 [{unit}]", unit=words.unit(units.CO2)), rows, what, result, words)


def _energy(result: Result, words: Words) -> Block:
    energy = at_sites(result.instance, result["energy"]).rename(columns={"commodity": "what"})
    rows = energy.groupby(["site", "what", "period"])["amount"].sum().reset_index()
    what = {commodity: words.name(commodity) for commodity in COMMODITIES}
    title = words("Energy [{unit}]; electricity without what the site uses for all else", unit=words.unit(units.ENERGY))
    return _amounts(title, rows, what, result, words)


def _costs(result: Result, words: Words) -> Block:
    costs = attributed_costs(result).rename(columns={"term": "what", "cost": "amount"})
    total = costs.groupby(["site", "period"], as_index=False)["amount"].sum().assign(what="")
    what = {term: words.name(term) for term in COST_TERMS} | {"": words("Total")}
    title = words("Cost [{unit}], shared costs by use", unit=words.unit(units.MONEY_PER_YEAR))
    return _amounts(title, pd.concat([costs, total]), what, result, words)


def _starts(result: Result, words: Words) -> Block:
    starts = at_sites(result.instance, result["starts"]).sort_values("period", kind="stable")
    cells = pd.DataFrame(
        {
            "site": starts["site"],
            words("Route"): starts["route"].map(words.name),
            words("From"): starts["period"].astype("str"),
            words("Investment"): starts["capex"].map(words.number),
            words("Funding gap"): starts["funding_gap"].map(words.number),
        }
    )
    return _listed(words("Investments [{unit}]", unit=words.unit(units.MONEY)), cells)


def _grants(result: Result, words: Words) -> Block:
    grants = at_sites(result.instance, result["grants"]).sort_values("period", kind="stable")
    cells = pd.DataFrame(
        {
            "site": grants["site"],
            words("Route"): grants["route"].map(words.name),
            words("From"): grants["period"].astype("str"),
            words("Paid by"): grants["pot"].map(names_in(result.instance, "pots", words)),
            words("Amount"): grants["amount"].map(words.number),
        }
    )
    block = _listed(words("Public money [{unit}]", unit=words.unit(units.MONEY)), cells)
    note = words("Public money can exceed the investment: it also covers running costs that rise.")
    return replace(block, texts=(2,), notes=dict.fromkeys(_paid_more_than_invested(result), note))


def _paid_more_than_invested(result: Result) -> list[str]:
    """Sites where some route gets more public money than is invested in it."""
    key = ["process", "route", "period"]
    granted = result["grants"].groupby(key, as_index=False)["amount"].sum()
    paid = at_sites(result.instance, granted.merge(result["starts"], on=key))
    # Both come from a solver: what differs by its tolerance is the same.
    return list(paid.loc[paid["amount"] > paid["capex"] + 1e-4, "site"].unique())


def _connection(result: Result, words: Words) -> Block:
    contracts = result.instance["sites"][["site", "contract"]]
    what = {"request": words("New firm capacity"), "connection": words("New firm and flexible capacity")}
    rows = contracts.merge(result["requests"], on="contract").melt(["site", "period"], list(what), "what", "amount")
    return _amounts(words("Grid connection [{unit}]", unit=words.unit(units.POWER)), rows, what, result, words)


def _links(result: Result, words: Words) -> Block:
    """Links that end at the site, and the flow on each: an arrow shows whether away from the site or to it."""
    instance = result.instance
    links = instance["links"][["link", "carrier", "from", "to", "mode"]]
    ends = pd.concat(
        [
            links.assign(site=links[end], other=links[far], sign=sign)
            for end, far, sign in (("from", "to", 1), ("to", "from", -1))
        ]
    )
    flows = ends[ends["site"].isin(instance["sites"]["site"])].merge(result["flows"][["link", "period", "flow"]])
    other = flows["other"].map(names_of_places(instance, words))
    unit = flows["carrier"].map({"co2": units.CO2}).fillna(units.ENERGY).map(words.unit)
    built = result["built"].groupby("link")["size"].agg(" + ".join)
    size = flows["link"].map(" " + built).fillna("")
    flows["what"] = flows["carrier"].map(words.name) + " – " + other + " – " + flows["mode"].map(words.name) + size
    flows["what"] += " [" + unit + "]"
    away = flows["flow"] * flows["sign"] >= 0
    flows["shown"] = away.map({True: "→ ", False: "← "}) + flows["flow"].abs().map(words.number)
    # Two links may read alike: they are told apart by their ids.
    spread = wide(flows.sort_values("period", kind="stable"), ["site", "link", "what"], "shown", "")
    return _by_period(words("Links"), "", spread.drop(columns="link"), result)


def _wishes(result: Result, words: Words) -> Block:
    wishes = at_sites(result.instance, result.instance["wishes"])
    ran = result["runs"].rename(columns={"period": "runs_in"})
    merged = wishes.merge(ran, on=["process", "route"], how="left").groupby("project", sort=False)
    first = merged["runs_in"].min().reindex(wishes["project"]).to_numpy()
    cells = pd.DataFrame(
        {
            "site": wishes["site"],
            words("Route"): wishes["route"].map(words.name),
            words("Wanted from"): wishes["period"].astype("str"),
            words("Maturity"): wishes["maturity"].map(words.name),
            words("In the plan"): [words("no") if pd.isna(year) else f"{year:.0f}" for year in first],
        }
    )
    return replace(_listed(words("What the firm wants"), cells), texts=(1, 2, 3))


def _amounts(title: str, rows: pd.DataFrame, what: dict[str, str], result: Result, words: Words) -> Block:
    """A row for each of `what` with any amount at the site, a column for each period."""
    matters = rows["amount"].abs().groupby([rows["site"], rows["what"]]).transform("max") > 0
    kept = rows.assign(shown=rows["amount"].map(words.number))[matters]
    spread = wide(in_order(kept, "what", tuple(what)), ["site", "what"], "shown", words.number(0.0))
    return _by_period(title, "", spread.assign(what=spread["what"].map(what)), result, words.number(0.0))


def _by_period(title: str, first: str, spread: pd.DataFrame, result: Result, absent: str = "") -> Block:
    """A table of a card with every period, also those of which no site has anything."""
    periods = [str(period) for period in result.instance["periods"]["period"]]
    full = spread.reindex(columns=[*spread.columns[:2], *periods], fill_value=absent)
    return Block(title, [first, *periods], _rows(full))


def _listed(title: str, cells: pd.DataFrame) -> Block:
    return Block(title, list(cells.columns[1:]), _rows(cells))


def _rows(cells: pd.DataFrame) -> CardRows:
    found: CardRows = {}
    for site, *row in cells.itertuples(index=False, name=None):
        found.setdefault(site, []).append(row)
    return found
