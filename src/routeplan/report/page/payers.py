"""Who pays what: the cost of a plan shared out, beside that of doing nothing, as a table of a page."""

from collections.abc import Mapping

import pandas as pd

from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.report.page.nothing import nothing
from routeplan.report.page.table import PageTable
from routeplan.result.payers import FIRMS, GRID, LEVIES, NETWORKS, PAYERS, SOCIETY, STATE, investment_in_full, who_pays
from routeplan.result.result import Result
from routeplan.schema import units

KEY = ["payer", "item"]


NOTHING, DIFFERENCE = "", "="
"""Columns of doing nothing and of the difference from it, beside those of plans."""


def payers_table(results: Mapping[str, Result], words: Words) -> PageTable:
    """Table of who pays what over all years [M EUR, discounted]: a column for each plan, and one for doing nothing.

    Parameters
    ----------
    results : mapping of str to Result
        Results with a plan, by name.
    words : Words
        The readers' language.

    Returns
    -------
    PageTable
        A sum for each payer with its parts below it, and the sum of all: the cost of the plan. Doing nothing is left
        out where it is not known, or not the same under all scenarios; beside one plan stands the difference too.
    """
    sums = _sums(results)
    names = _names(results, words)
    heads = {NOTHING: words("Doing nothing"), DIFFERENCE: words("Difference")}
    heads |= {name: name if len(results) > 1 else words("In the plan") for name in results}
    shown = [str(column) for column in sums if column not in KEY]
    rows: list[list[str]] = []
    strong = []
    for payer in PAYERS:
        parts = sums[sums["payer"] == payer]
        if parts.empty:
            continue
        strong.append(len(rows))
        items = [_item_name(payer, str(item), names, words) for item in parts["item"]]
        rows.append([payer_name(payer, words), *_cells(parts[shown], words)])
        rows += [[item, *_cells(parts[shown].iloc[[at]], words)] for at, item in enumerate(items)]
    strong.append(len(rows))
    rows.append([words("Cost to society"), *_cells(sums[shown], words)])
    who = words("Who pays what [{unit}]", unit=words.unit(units.MONEY))
    return PageTable([who, *(heads[name] for name in shown)], rows, frozenset(strong), inset=True)


def payers_notes(results: Mapping[str, Result], words: Words) -> list[str]:
    """How the cost is shared out, and what firms invest in full.

    Parameters
    ----------
    results : mapping of str to Result
        Results with a plan, by name.
    words : Words
        The readers' language.
    """
    told = [
        words(
            "Over all years, discounted at society's rate. Firms pay their investments, and energy, grid fees and CO2 "
            "at the prices that they pay, taxes included; the plan itself is made at society's values. Lines below 0 "
            "are income, and all lines together are the cost of the plan."
        ),
        words(
            "Firms count with a higher rate of interest than society does, so that to them investments weigh more than "
            "here. Grants are counted in the first year of the period in which they are paid, and discounted; the "
            "summary has them undiscounted."
        ),
        words(
            "Investments count only with the annuities that fall within the plan's years; grants count in full, though "
            "they are for up to {support_years} years. So firms seem better off than they are, most for routes that "
            "start late.",
            support_years=max(result.instance.settings.support_years for result in results.values()),
        ),
        words(
            "Discounted investment of firms in full: {amounts} {unit}.",
            amounts=_investments(results, words),
            unit=words.unit(units.MONEY),
        ),
        words("What firms pay for CO2 is set against the damage; the state, which receives it, is not shown with it."),
    ]
    if not _nothing_is_alike(results):
        told.append(
            words(
                "Doing nothing has no column here, as it differs from scenario to scenario; it stands in the text of "
                "each plan."
            )
        )
    return told


def _investments(results: Mapping[str, Result], words: Words) -> str:
    """What firms invest in each plan, with its name where there are several."""
    amounts = {name: words.number(investment_in_full(result)) for name, result in results.items()}
    if len(amounts) == 1:
        return "".join(amounts.values())
    return "; ".join(f"{name} {amount}" for name, amount in amounts.items())


def payer_name(payer: str, words: Words) -> str:
    """Name of one of `PAYERS`."""
    return {
        FIRMS: words("Firms"),
        STATE: words("State"),
        GRID: words("Grid operators"),
        NETWORKS: words("Networks and sources"),
        SOCIETY: words("Society"),
        LEVIES: words("Less: taxes and margins"),
    }[payer]


def _sums(results: Mapping[str, Result]) -> pd.DataFrame:
    """Discounted sums over the periods: ``payer``, ``item``, and a column for each plan and for doing nothing."""
    tables = {name: who_pays(result) for name, result in results.items()}
    payers = nothing(next(iter(results.values()))).payers
    if _nothing_is_alike(results) and payers is not None:
        tables[NOTHING] = payers
    columns = [table.groupby(KEY, sort=False)["discounted"].sum().rename(name) for name, table in tables.items()]
    sums = pd.concat(columns, axis=1).fillna(0.0)
    if len(results) == 1 and NOTHING in sums:
        sums[DIFFERENCE] = sums.iloc[:, 0] - sums[NOTHING]
    return sums.reset_index()


def _nothing_is_alike(results: Mapping[str, Result]) -> bool:
    """Whether doing nothing costs the same in all plans, or is known of none."""
    costs = [nothing(result).cost for result in results.values()]
    return len({None if cost is None else round(cost, 6) for cost in costs}) == 1


def _cells(parts: pd.DataFrame, words: Words) -> list[str]:
    """Sums of some lines; the difference with its sign."""
    return [
        words.signed(float(amount)) if column == DIFFERENCE else words.number(float(amount))
        for column, amount in parts.sum().items()
    ]


def _names(results: Mapping[str, Result], words: Words) -> dict[str, str]:
    """Names of the pots of all instances."""
    return {pot: name for each in results.values() for pot, name in names_in(each.instance, "pots", words).items()}


def _item_name(payer: str, item: str, pots: dict[str, str], words: Words) -> str:
    """Name of what is paid."""
    if payer == STATE:
        return pots[item]
    if payer == SOCIETY and item == "co2":
        return words("CO2 at its value, above what firms pay for it")
    return {
        "options": words("investments, as annuities"),
        "fixed_cost": words("upkeep of routes"),
        "energy": words("energy, at firms' prices"),
        "grid_fee": words("grid fees"),
        "co2": words("CO2, at the price that firms pay"),
        "co2_storage": words("transport and storage of CO2"),
        "grants": words("grants received"),
        "reinforcements": words("reinforcements of the grid, as annuities"),
        "networks": words("pipes, hubs, hydrogen and storage, above what firms pay for them"),
        "overshoot": words("targets that are missed, at their price"),
        "levies": words("what firms pay for energy and grid fees above their value to society"),
    }[item]
