"""Parts of the page of hub designs: the designs beside each other, and the chapters on each of them."""

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from routeplan.hubs.design import BuiltLink, Design, OpenedHub, SharedContract
from routeplan.hubs.told import found_told, members_told, world_told
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in, names_of_places, own_language, told_apart
from routeplan.language.language import Words
from routeplan.network.sizes import sized_links
from routeplan.report.page.hub_payers import LEAST, Tables, core_told, payers_table, saving_table
from routeplan.report.page.table import NONE, PageTable, Section, SectionTable
from routeplan.result.result import Status
from routeplan.schema import units
from routeplan.schema.hubs import Presence


def overview_table(tables: Tables, titles: Mapping[str, str], words: Words) -> PageTable:
    """Each design in a row: what is proven of it, CO2, public money and members."""
    rows, with_public = [], bool(tables["designs"]["public_part"].notna().any())
    for design, title in titles.items():
        own = tables["designs"][tables["designs"]["design"] == design]
        forced = own[(own["presence"] == "forced") & (own["late"] == "")]
        if forced.empty:
            rows.append([title, words("not planned: it was stopped before"), *[NONE] * (4 if with_public else 3)])
            continue
        row = forced.iloc[0].to_dict()
        users = tables["users"][tables["users"]["design"] == design]["site"].nunique()
        amounts = [_signed(row["avoided"], words), _signed(row["public_money"], words)]
        amounts += [_amount(row["public_part"], words)] if with_public else []
        amounts.append(str(users) if Status(row["status"]).has_plan else NONE)
        rows.append([title, found_told(row, words), *amounts])
    heads = [
        words("Design"),
        words("What is proven"),
        words("CO2 avoided over all years [{unit}]", unit=words.unit(units.CO2_IN_ALL)),
        words("More grants, not discounted [{unit}]", unit=words.unit(units.MONEY)),
        *([words("Public part of the hub [{unit}]", unit=words.unit(units.MONEY))] if with_public else []),
        words("Members"),
    ]
    return PageTable(heads, rows, texts=2)


def _amount(amount: float, words: Words) -> str:
    return NONE if pd.isna(amount) else words.number(amount)


def _signed(amount: float, words: Words) -> str:
    return NONE if pd.isna(amount) else words.signed(amount)


def design_section(design: Design, title: str, tables: Tables, instance: Instance, words: Words) -> Section:
    """The chapters on a design: who, what and when, cost, who pays, risk.

    Parameters
    ----------
    design : Design
        The design.
    title : str
        What it is called.
    tables : mapping of str to DataFrame
        The tables of the comparison.
    instance : Instance
        The instance with the design; or without it, where it has no plan.
    words : Words
        The readers' language.
    """
    own = {name: table[table["design"] == design.name] for name, table in tables.items()}
    chapters = [
        (words("Who"), _who(own, instance, words)),
        (words("What, and when"), _what(design, instance, words)),
        (words("What changes of the cost"), _terms(own, words)),
        (words("CO2 and grid capacity"), _periods(own, words)),
        (words("Who pays"), payers_table(own, instance, words)),
        (words("How the saving of the region is made up"), saving_table(own, words)),
        (words("Risks: what if grid or networks are late"), _late(own, words)),
        (words("Grid capacity by area"), _areas(own, instance, words)),
    ]
    notes = [
        *members_told(design.name, tables, instance, words),
        *core_told(own, instance, words),
        *chance_told(own["designs"], words),
    ]
    found = [SectionTable([heading], table, open=True) for heading, table in chapters if table.rows]
    return Section(f"design-{design.name}", title, title, notes, found)


def amounts_told(instance: Instance, words: Words) -> str:
    """What amounts of money are of, and who saves them."""
    return words(
        "Amounts are those of {first} to {last} together, in money of {currency_year}, discounted to {base_year}. What "
        "the region saves is what firms, networks and public money save together.",
        first=int(instance.horizon.first[0]),
        last=instance.horizon.end - 1,
        currency_year=instance.settings.currency_year,
        base_year=instance.settings.base_year,
    )


def chance_told(plans: pd.DataFrame, words: Words) -> list[str]:
    """How far plans with and without a design may differ by chance, where nothing is late; of several, the most."""
    row = plans[(plans["presence"] == Presence.FORCED) & (plans["late"] == "")]
    width = (row["saves_high"] - row["saves_low"]).max()
    if not LEAST < width < math.inf:
        return []
    return [
        words(
            "The plans with it and without it are those that were found, each nearly the best: what differs between "
            "them by less than {width} {unit}, such as CO2 or grid capacity far away or before it opens, may be "
            "chance.",
            width=words.number(width),
            unit=words.unit(units.MONEY),
        )
    ]


def _who(own: Tables, instance: Instance, words: Words) -> PageTable:
    names = names_in(instance, "sites", words)
    rows = [
        [
            names[row["site"]],
            words.name(row["kind"]) if words.has_name(row["kind"]) else row["kind"],
            f"{words.number(row['amount'])} {words.unit(row['unit'])}",
            NONE if pd.isna(row["period"]) else str(int(row["period"])),
        ]
        for row in own["users"].to_dict("records")
    ]
    return PageTable([words("Site"), words("Uses"), words("Most in any period"), words("From")], rows, texts=2)


def _what(design: Design, instance: Instance, words: Words) -> PageTable:
    names = names_in(instance, "sites", words)
    hubs, begin = names_in(instance, "hubs", words), str(int(instance.horizon.first[0]))
    rows = [
        [hubs.get(each.hub, _own_name(each, words)), words.name(each.option), str(each.first_year)]
        for each in design.hubs
    ]
    rows += [[*_link_told(each, instance, words), str(each.first_year)] for each in design.links]
    rows += [
        [f"{words.name('contract')} {each.contract}", _shared_told(each, names, words), begin]
        for each in design.contracts
    ]
    return PageTable([words("Hub, link or contract"), words("What"), words("From")], rows, texts=2)


def _shared_told(each: SharedContract, names: Mapping[str, str], words: Words) -> str:
    """Who shares a contract, and what of their capacity counts at its peak where that is not all."""
    sites = ", ".join(names[site] for site in each.sites)
    if each.coincidence == 1.0:
        return sites
    return words("{sites}; coincidence {share}", sites=sites, share=words.number(each.coincidence))


def _own_name(each: OpenedHub, words: Words) -> str:
    """Name of a hub that a design alone has: without a plan, no instance knows it."""
    named = pd.DataFrame([{"name": "", "name_nl": "", **each.row}])
    return str(own_language(named["name"], named["name_nl"], words).iloc[0]) or each.hub


def _link_told(each: BuiltLink, instance: Instance, words: Words) -> list[str]:
    """Between which places a link is built, and how much it carries."""
    both = sized_links(instance["links"], instance["sizes"])
    chosen = both[(both["link"] == each.link) & (both["size"] == each.size)].iloc[0].to_dict()
    ends = [names_of_places(instance, words)[chosen[end]] for end in ("from", "to")]
    unit = words.unit(units.OF_CARRIER[chosen["carrier"]])
    return [" – ".join(ends), f"{words.number(chosen['size_capacity'])} {unit}"]


def _terms(own: Tables, words: Words) -> PageTable:
    terms = own["by_term"].assign(change=own["by_term"]["with"] - own["by_term"]["without"])
    shown = terms[terms["change"].abs() > LEAST].sort_values("change")
    columns = ("without", "with")
    rows = [
        [words.name(row["term"]), *(words.number(row[name]) for name in columns), words.signed(row["change"])]
        for row in shown.to_dict("records")
    ]
    if rows:
        sums = terms[[*columns, "change"]].sum()
        same = sums - shown[[*columns, "change"]].sum()
        if same["without"] > LEAST:
            rows.append([words("all other terms"), *(words.number(same[name]) for name in columns), NONE])
        total = [words("Total"), *(words.number(sums[name]) for name in columns), words.signed(sums["change"])]
        rows.append(total)
    unit = words.unit(units.MONEY)
    heads = [words("Term"), words("Without [{unit}]", unit=unit), words("With [{unit}]", unit=unit), words("Change")]
    return PageTable(heads, rows, strong={len(rows) - 1} if rows else frozenset())


def _periods(own: Tables, words: Words) -> PageTable:
    rows = [
        [
            str(row["period"]),
            *_changed(row["co2_without"], row["co2_with"], words),
            *_changed(row["total_without"] + row["hub_total_without"], row["total_with"] + row["hub_total"], words),
        ]
        for row in own["by_period"].to_dict("records")
    ]
    co2, power = words.unit(units.CO2), words.unit(units.POWER)
    heads = [
        words("From"),
        words("CO2 without [{unit}]", unit=co2),
        words("CO2 with [{unit}]", unit=co2),
        words("Change"),
        words("New grid capacity without [{unit}]", unit=power),
        words("New grid capacity with [{unit}]", unit=power),
        words("Change"),
    ]
    return PageTable(heads, rows)


def _changed(without: float, with_it: float, words: Words) -> list[str]:
    """Two amounts, and by how much the second is more."""
    return [words.number(without), words.number(with_it), words.signed(with_it - without)]


def _areas(own: Tables, instance: Instance, words: Words) -> PageTable:
    """New grid capacity of the areas in which a design changes it."""
    names = told_apart(names_in(instance, "areas", words))
    rows = [
        [
            names[row["area"]],
            str(row["period"]),
            *_changed(row["firm_without"], row["firm_with"], words),
            *_changed(row["total_without"], row["total_with"], words),
        ]
        for row in own["by_area"].to_dict("records")
    ]
    power = words.unit(units.POWER)
    heads = [
        words("Area"),
        words("From"),
        words("Firm without [{unit}]", unit=power),
        words("Firm with [{unit}]", unit=power),
        words("Change"),
        words("Firm and flexible without [{unit}]", unit=power),
        words("Firm and flexible with [{unit}]", unit=power),
        words("Change"),
    ]
    return PageTable(heads, rows)


def _late(own: Tables, words: Words) -> PageTable:
    """What is proven in each plan, what is paid while nobody uses the design, and how many use it."""
    rows = [
        [
            world_told(row, words),
            found_told(row, words),
            _amount(row["stranded"], words),
            _users_told(row, own["users"], words),
        ]
        for row in own["designs"].to_dict("records")
    ]
    heads = [
        words("Plan"),
        words("What is proven"),
        words("Cost while nobody uses it [{unit}]", unit=words.unit(units.MONEY)),
        words("Users"),
    ]
    return PageTable(heads, rows, texts=2)


def _users_told(row: Mapping[Hashable, Any], on_time: pd.DataFrame, words: Words) -> str:
    """How many use a design in a plan of the table ``designs``; of one that is optional that is not told."""
    if row["presence"] != Presence.FORCED or not Status(row["status"]).has_plan:
        return NONE
    return _amount(row["late_users"] if row["late"] else on_time["site"].nunique(), words)
