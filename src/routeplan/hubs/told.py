"""A comparison of hub designs in words."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from routeplan.hubs.design import Design
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in
from routeplan.language.language import Language, Words
from routeplan.language.nouns import years_told
from routeplan.schema import units
from routeplan.schema.hubs import COSTS, NO_PLAN, SAVES

Row = Mapping[Hashable, Any]


def design_title(design: Design, words: Words) -> str:
    """What a design is called for readers."""
    title = design.title_nl if words.language is Language.DUTCH and design.title_nl else design.title
    return title or design.name


def finding_told(row: Row, words: Words) -> str:
    """What is proven of a plan with a design, a row of the table ``designs``."""
    if row["finding"] == NO_PLAN:
        return words("there is no plan with it: {why}", why=row["told"]) if row["told"] else words("there is no plan")
    low, high, unit = row["saves_low"], row["saves_high"], words.unit(units.MONEY)
    if row["finding"] == SAVES:
        return words("saves {low} to {high} {unit}", low=words.number(low), high=words.number(high), unit=unit)
    if row["finding"] == COSTS:
        return words("costs {low} to {high} {unit}", low=words.number(-high), high=words.number(-low), unit=unit)
    return words(
        "makes no difference that is proven: between {low} and {high} {unit} is saved",
        low=words.signed(low),
        high=words.signed(high),
        unit=unit,
    )


def world_told(row: Row, words: Words) -> str:
    """In which plan: forced or optional, and what is late."""
    if row["late"] == "grid":
        return words("forced, the grid {time} late", time=years_told(int(row["years"]), words))
    if row["late"] == "networks":
        return words("forced, backbone and storage {time} late", time=years_told(int(row["years"]), words))
    return words("forced") if row["presence"] == "forced" else words("optional")


def members_told(design: str, tables: Mapping[str, pd.DataFrame], instance: Instance, words: Words) -> Iterator[str]:
    """Who uses a design, how many must, and who must not leave."""
    users, coalitions = (tables[name][tables[name]["design"] == design] for name in ("users", "coalitions"))
    names = names_in(instance, "sites", words)
    if users.empty:
        yield words("Nobody uses it.")
        return
    told = []
    for row in users.to_dict("records"):
        amount = f"{words.number(row['amount'])} {words.unit(row['unit'])}"
        since = words("from {year}", year=int(row["period"])) if not pd.isna(row["period"]) else words("nothing new")
        told.append(f"{names[row['site']]} ({amount}, {since})")
    yield words("Members: {members}.", members="; ".join(told))
    known = coalitions.dropna(subset="saves_low")
    pays = known[known["saves_low"] > 0.0].sort_values(["count", "saves_low"], ascending=[True, False])
    if len(pays):
        first = pays.iloc[0]
        sites = ", ".join(names[site] for site in first["sites"].split())
        yield words("It pays from {count} members on: {sites}.", count=int(first["count"]), sites=sites)
    elif len(known):
        yield words("For its members alone it pays in no number that was tried, while others keep their plan.")
    critical = known[(known["without"] != "") & (known["saves_high"] <= 0.0)]
    if len(pays) and len(critical):
        told = [names[site] for site in critical["without"]]
        yield words("Without {members} it does not pay.", members=words(" or ").join(told))
