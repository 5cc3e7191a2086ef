"""Parts of the page of hub designs: the designs beside each other, and the chapters on each of them."""

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from routeplan.hubs.design import BuiltLink, Design, OpenedHub, SharedContract
from routeplan.hubs.parts import parts_of_saving
from routeplan.hubs.told import found_told, members_told, world_told
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in, names_of_places, own_language, told_apart
from routeplan.language.language import Words
from routeplan.network.sizes import sized_links
from routeplan.report.page.table import NONE, PageTable, Section, SectionTable
from routeplan.result.result import Status
from routeplan.schema import units
from routeplan.schema.hubs import KEYS, SHAPLEY, Presence
from routeplan.tolerances import ROUNDING

Tables = Mapping[str, pd.DataFrame]

LEAST = 0.05
"""Changes of cost below this in every design are left out [M EUR]."""


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


def payers_table(own: Tables, instance: Instance, words: Words) -> PageTable:
    """What each member of a design gains and pays, by key; `own` are the rows of tables on the design."""
    names, paid = names_in(instance, "sites", words), own["payers"]
    keys = [key for key in KEYS if paid[key].notna().any()]
    rows = [
        [names[row["site"]], words.signed(row["gains"]), *(_pays(row, key, words) for key in keys)]
        for row in paid.to_dict("records")
    ]
    if rows:
        sums = [paid["gains"].sum(), *(paid[key].sum() for key in keys)]
        rows.append([words("Total"), *(words.signed(amount) for amount in sums)])
    unit = words.unit(units.MONEY)
    heads = [words("Member"), words("Gains [{unit}]", unit=unit), *(key_name(key, words) for key in keys)]
    return PageTable(heads, rows, strong={len(rows) - 1} if rows else frozenset())


def saving_table(own: Tables, words: Words) -> PageTable:
    """What members gain and pay, what the public pays and others gain, which sum to the saving of the region."""
    parts = parts_of_saving(own)
    amounts: list[tuple[str, float]] = []
    if parts is not None:
        amounts = [
            (words("Members gain, whatever they pay for it"), parts.gained),
            (words("Members pay for it"), -parts.paid),
            *([(words("The public pays for it"), -parts.public)] if parts.public > 0.0 else []),
            (words("Others gain, without paying for it"), parts.others),
            (words("Together, while all others keep their plan"), parts.as_planned),
            (words("Besides, as all is planned anew, and by the gaps of the plans"), parts.anew),
            (words("The region saves, by the plans that were found"), parts.region),
        ]
    rows = [[text, words.signed(amount)] for text, amount in amounts]
    sums = {len(rows) - 3, len(rows) - 1} if rows else frozenset()
    return PageTable([words("Part"), words("Amount [{unit}]", unit=words.unit(units.MONEY))], rows, strong=sums)


def _pays(row: Mapping[Hashable, Any], key: str, words: Words) -> str:
    """What a member pays by a key; of an estimate with its standard error."""
    error = row[f"{SHAPLEY}_error"] if key == SHAPLEY else 0.0
    paid = _signed(row[key], words)
    return f"{paid} ± {words.number(error)}" if error > 0.0 else paid


def key_name(key: str, words: Words) -> str:
    """What a key is called by which members pay."""
    return words("Pays {by_key}", by_key=by_key(key, words))


def by_key(key: str, words: Words) -> str:
    """By what is paid, inside a sentence."""
    names = {
        "capacity": words("by capacity"),
        "capacity_km": words("by capacity and distance"),
        "shapley": words("by the Shapley value"),
        "nucleolus": words("by the nucleolus"),
    }
    return names[key]


def core_told(own: Tables, instance: Instance, words: Words) -> list[str]:
    """Whether a group is better off alone under each key, and what others gain."""
    if own["in_core"].empty:
        return _estimate_told(own["payers"], words)
    lone, first = len(own["payers"]) == 1, own["in_core"].iloc[0].to_dict()
    names = names_in(instance, "sites", words)
    by_keys = [_key_told(row, names, words) for row in own["in_core"].to_dict("records")]
    return [
        *_cost_told(first["cost"], first["public"], words),
        *_use_told(own["payers"][SHAPLEY].sum(), first, words),
        *_estimate_told(own["payers"], words),
        *([_lone_told(first, words)] if lone else by_keys),
        *_others_told(first["others"], words),
        *([] if lone else _public_share_told(first["cost"], first["needed_high"], words)),
    ]


def _estimate_told(paid: pd.DataFrame, words: Words) -> list[str]:
    """That keys are estimated, where they are."""
    if not (paid[f"{SHAPLEY}_error"] > 0.0).any():
        return []
    return [
        words("The Shapley value is estimated from a sample: its standard error stands behind ±."),
        words("The nucleolus is that of the groups that were planned."),
    ]


def _key_told(row: Mapping[Hashable, Any], names: Mapping[str, str], words: Words) -> str:
    """Whether a group is better off alone under a key."""
    key, sites = key_name(row["key"], words), ", ".join(names[site] for site in str(row["sites"]).split())
    if row["answer"] == "yes":
        return words("{key}: no group of members is better off alone.", key=key)
    if row["answer"] == "no":
        gain, unit = words.number(row["gains_low"]), words.unit(units.MONEY)
        return words("{key}: better off alone, by {gain} {unit}: {sites}.", key=key, sites=sites, gain=gain, unit=unit)
    return words("{key}: perhaps better off alone: {sites}.", key=key, sites=sites)


def _others_told(others: float, words: Words) -> list[str]:
    """What others gain besides, or what is put on them."""
    amount, unit = words.number(abs(others)), words.unit(units.MONEY)
    if others >= LEAST:
        return [words("Others save {others} {unit} besides, for which nobody pays.", others=amount, unit=unit)]
    if others <= -LEAST:
        return [
            words(
                "The plan puts {others} {unit} on others, which members make good: it is in what they pay.",
                others=amount,
                unit=unit,
            )
        ]
    return []


def _lone_told(row: Mapping[Hashable, Any], words: Words) -> str:
    """Whether the only member of a design is better off without it: by each key it pays the same."""
    if row["answer"] == "yes":
        return words("With what it pays, the only member is not better off without the design.")
    if row["answer"] == "no":
        gain, unit = words.number(row["gains_low"]), words.unit(units.MONEY)
        return words("With what it pays, the only member is {gain} {unit} better off without it.", gain=gain, unit=unit)
    return words("With what it pays, the only member is perhaps better off without the design.")


def _cost_told(cost: float, public: float, words: Words) -> list[str]:
    """What hub and links cost whoever uses them, and what the public bears of it."""
    if cost <= 0.0:
        return []
    given = {"cost": words.number(cost), "unit": words.unit(units.MONEY), "public": words.number(public)}
    return [
        words("Hub and links cost {cost} {unit} whoever uses them; of that the public bears {public} {unit}.", **given)
    ]


def _use_told(paid: float, row: Mapping[Hashable, Any], words: Words) -> list[str]:
    """What members pay for their use of hub and links besides: then all that they pay adds up."""
    by_use = paid - row["cost"] + row["public"] - max(0.0, -row["others"])
    if by_use < LEAST:
        return []
    return [
        words(
            "Besides, members pay {by_use} {unit} for what they use of them (transport, what a hub delivers): {paid} "
            "{unit} in all.",
            by_use=words.number(by_use),
            unit=words.unit(units.MONEY),
            paid=words.number(paid),
        )
    ]


def _public_share_told(cost: float, needed: float, words: Words) -> list[str]:
    """Which public share of a cost is proven to suit every group; nothing where that was not sought to the end."""
    if cost <= 0.0 or pd.isna(needed):
        return []
    if needed > cost * (1.0 + ROUNDING):
        return [words("No public share of the cost of hub and links is proven to suit every group.")]
    share = words.percent(needed / cost)
    return [words("A public share of {share} of the cost of hub and links suits every group.", share=share)]


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
