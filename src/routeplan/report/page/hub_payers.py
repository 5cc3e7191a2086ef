"""Who pays of a hub design, for readers: members by each key, the public, and whether groups stay together."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from routeplan.hubs.parts import parts_of_saving
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.report.page.table import PageTable
from routeplan.schema import units
from routeplan.schema.hubs import KEYS, SHAPLEY
from routeplan.tolerances import ROUNDING

Tables = Mapping[str, pd.DataFrame]

LEAST = 0.05
"""Amounts of money below this are not worth a row or a sentence [M EUR]."""


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
    paid = words.signed(row[key])
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
        *([] if lone else public_share_told(first["cost"], first["needed_high"], words)),
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


def public_share_told(cost: float, needed: float, words: Words) -> list[str]:
    """Which public share of a cost is proven to suit every group; nothing where that was not sought to the end."""
    if cost <= 0.0 or pd.isna(needed):
        return []
    if needed > cost * (1.0 + ROUNDING):
        return [words("No public share of the cost of hub and links is proven to suit every group.")]
    share = words.percent(needed / cost)
    return [words("A public share of {share} of the cost of hub and links suits every group.", share=share)]
