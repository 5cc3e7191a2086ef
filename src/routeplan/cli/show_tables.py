"""What `show` prints: a plan on one screen, and all about one site."""

import pandas as pd

from routeplan.cli.output import Output
from routeplan.cli.plan_tables import WORDS, print_limits, print_routes, print_targets
from routeplan.instance.basis import said_beside
from routeplan.instance.names import names_in
from routeplan.report.page.block import Block
from routeplan.report.page.cards import cards
from routeplan.result.result import Result
from routeplan.result.summary import emissions_by_period, public_money
from routeplan.result.summary_limits import targets
from routeplan.result.summary_power import new_capacity_by_period
from routeplan.schema import units

FEW_LIMITS, FEW_TARGETS = 2, 3
"""Rows that are shown of the limits that bind, and of targets, unless more are asked for."""


def print_summary(out: Output, result: Result) -> str:
    """Print a plan on one screen, sites and areas summed; what is left out, and how to see it, is returned."""
    print_routes(out, result)
    out.table("In all", _in_figures(result))
    few = targets(result)["scope"].nunique() <= FEW_TARGETS
    if few:
        print_targets(out, result)
    left = print_limits(out, result, FEW_LIMITS, of_targets=not few)
    left_out = ["energy, cost by term, pots", *([] if few else ["targets"])]
    left_out += [f"limits that bind ({left} more)"] if left else []
    return f"{', '.join(left_out)} (--all)"


def _in_figures(result: Result) -> pd.DataFrame:
    """CO2, grid capacity and money of all sites, a row each and a column for each period."""
    periods = result.instance["periods"]["period"]
    co2 = emissions_by_period(result).set_index("period")
    asked = new_capacity_by_period(result).set_index("period")
    money, cost = (
        table.groupby("period")[column].sum()
        for table, column in ((public_money(result), "granted"), (result["costs"], "cost"))
    )
    rows = {
        f"CO2 if nothing changes, {units.CO2}": co2["as_today"],
        f"CO2 emitted, {units.CO2}": co2["emissions"],
        f"CO2 captured, {units.CO2}": co2["captured"],
        f"of which biogenic, {units.CO2}": co2["removed"],
        f"new firm capacity, {units.POWER}": asked["firm"],
        f"firm and flexible, {units.POWER}": asked["total"],
        f"public money, {units.MONEY}": money,
        f"cost, {units.MONEY_PER_YEAR}": cost,
    }
    told = {what: amounts.reindex(periods, fill_value=0.0) for what, amounts in rows.items()}
    frame = pd.DataFrame({what: amounts for what, amounts in told.items() if (amounts != 0.0).any()}).T
    shown = frame.map(WORDS.number).rename(columns=str).rename_axis(columns=None)
    right = {name: cells.str.rjust(cells.str.len().max()) for name, cells in shown.items()}
    return pd.DataFrame(right).rename_axis(index="").reset_index()


def print_site(out: Output, result: Result, site: str) -> None:
    """Print all about one site: what it is, its routes, CO2, energy, cost, money, grid connection and wishes.

    Parameters
    ----------
    out : Output
        Where to.
    result : Result
        A result with a plan.
    site : str
        Id of the site.
    """
    facts = result.instance["sites"].query("site == @site")
    sector, region, fed_by, said = (
        str(cells.iloc[0]) for cells in (facts["sector"], facts["region"], facts["area"], said_beside(facts))
    )
    out.say(f"{names_in(result.instance, 'sites', WORDS)[site]} ({site})", style="bold")
    if said:
        out.say(said)
    area = names_in(result.instance, "areas", WORDS)[fed_by]
    out.say(f"{WORDS.name(sector)}, {region}; fed by {area}\n")
    for block in cards(result, WORDS):
        if site in block.rows:
            _print_block(out, block, block.rows[site])


def _print_block(out: Output, block: Block, rows: list[list[str]]) -> None:
    """Print one table of a card; what stays as it is from period to period is told once."""
    if block.joined:
        periods = block.columns[1:]
        rows = [[first, _changes(cells, periods)] for first, *cells in rows]
        out.table(block.title, pd.DataFrame(rows, columns=[block.columns[0], "from"]))
    else:
        out.table(block.title, pd.DataFrame(rows, columns=block.columns))


def _changes(cells: list[str], periods: list[str]) -> str:
    """What is new in some period, with its year."""
    before = ["", *cells]
    return ", ".join(
        f"{period} {cell}" for cell, last, period in zip(cells, before, periods, strict=False) if cell != last
    )
