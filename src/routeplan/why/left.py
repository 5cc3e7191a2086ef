"""What a plan leaves of green gas and heat, of sources and of pots, and who has most of it, in words."""

import pandas as pd

from routeplan.instance.names import names_in, names_of_places
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.schema import units
from routeplan.schema.inputs import ALL
from routeplan.why.facts import Facts
from routeplan.why.takers import takers


def supply_in_words(facts: Facts, commodity: str, zone: str, period: int, words: Words) -> str:
    """Tell of green gas or heat: what there is for a region and for all regions, and who has most of it.

    Parameters
    ----------
    facts : Facts
        Facts of the plan.
    commodity : str
        Green gas or heat.
    zone : str
        The region.
    period : int
        First year of the period.
    words : Words
        The language.
    """
    result = facts.result
    steps = _limits(result, "supply_step", period, commodity=commodity)
    given = steps[steps["zone"].isin((zone, ALL)) & (steps["bound"] > 0)]
    said = [_supply(rows, commodity, str(each), period, words) for each, rows in given.groupby("zone")]
    if not said:
        return words("There is no {commodity} in {year}.", commodity=words.name(commodity), year=period)
    used = _users(_uses(facts, "zone", commodity, period), result, zone)
    return " ".join([*said, *_most(_shown(result, used, units.ENERGY, words), words)])


def _users(uses: pd.DataFrame, result: Result, zone: str) -> pd.DataFrame:
    """Uses of what a region can have: all that its own sites use, and what others use of the zone of all."""
    region = uses["site"].map(result.instance["sites"].set_index("site")["region"])
    # Uses of the zone of all are a part of what sites use, which is told of their own region.
    return uses[(uses["item"] == zone) | ((uses["item"] == ALL) & (region != zone))]


def _supply(steps: pd.DataFrame, commodity: str, zone: str, period: int, words: Words) -> str:
    """What there is in a zone, and what is left of it."""
    return words(
        "For {zone} there is {most} {unit} of {commodity} in {year}, of which the plan leaves {left}.",
        zone=words("all regions") if zone == ALL else zone,
        commodity=words.name(commodity),
        year=period,
        **_numbers(steps, units.ENERGY, words),
    )


def source_in_words(facts: Facts, node: str, carrier: str, period: int, words: Words) -> str:
    """Tell of a source of hydrogen or a place where CO2 is stored: what it can do, and who has most of it.

    Parameters
    ----------
    facts : Facts
        Facts of the plan.
    node, carrier : str
        The source.
    period : int
        First year of the period.
    words : Words
        The language.
    """
    result = facts.result
    name = names_of_places(result.instance, words)[node]
    limits = _limits(result, "source_capacity", period, node=node, carrier=carrier)
    if limits["bound"].sum() <= 0.0:
        return " ".join(_opens(result, node, carrier, period, words))
    numbers = _numbers(limits, units.OF_CARRIER[carrier], words)
    if carrier == "co2":
        text = words(
            "{node} can store {most} {unit} of CO2 in {year}, of which the plan leaves {left}.",
            node=name,
            year=period,
            **numbers,
        )
    else:
        text = words(
            "{node} can supply {most} {unit} of hydrogen in {year}, of which the plan leaves {left}.",
            node=name,
            year=period,
            **numbers,
        )
    uses = _uses(facts, "source", carrier, period)
    used = uses[uses["item"] == node]
    return " ".join([text, *_most(_shown(result, used, units.OF_CARRIER[carrier], words), words)])


def link_in_words(facts: Facts, link: str, period: int, words: Words) -> str:
    """Tell of a link: what it can carry as it is built in the plan, what is left, and who has most of it.

    Parameters
    ----------
    facts : Facts
        Facts of the plan.
    link : str
        The link.
    period : int
        First year of the period.
    words : Words
        The language.
    """
    links = facts.result.instance["links"].set_index("link")
    carrier, place = links["carrier"][link], names_of_places(facts.result.instance, words)
    limits = _limits(facts.result, "link_capacity", period, link=link)
    text = words(
        "The link from {start} to {end} can carry {most} {unit} in {year}, of which the plan leaves {left}.",
        start=place[links["from"][link]],
        end=place[links["to"][link]],
        year=period,
        **_numbers(limits, units.OF_CARRIER[carrier], words),
    )
    return " ".join([text, *_most(_users_of(facts, "link", link, carrier, period, words), words)])


def hub_in_words(facts: Facts, hub: str, option: str, period: int, words: Words) -> str:
    """Tell of an option of a hub: what it can do as it is open in the plan, what is left, and who has most of it.

    Parameters
    ----------
    facts : Facts
        Facts of the plan.
    hub, option : str
        The hub, and its option.
    period : int
        First year of the period.
    words : Words
        The language.
    """
    hubs = facts.result.instance["hubs"].set_index(["hub", "option"])
    carrier = hubs["carrier"][hub, option]
    limits = _limits(facts.result, "hub_capacity", period, hub=hub, option=option)
    text = words(
        "Hub {hub} ({option}) can do {most} {unit} in {year}, of which the plan leaves {left}.",
        hub=names_in(facts.result.instance, "hubs", words)[hub],
        option=words.name(option),
        year=period,
        **_numbers(limits, units.OF_CARRIER[carrier], words),
    )
    return " ".join([text, *_most(_users_of(facts, "hub", hub, carrier, period, words), words)])


def _users_of(facts: Facts, kind: str, item: str, carrier: str, period: int, words: Words) -> str:
    """The sites that use most of a thing."""
    uses = _uses(facts, kind, carrier, period)
    return _shown(facts.result, uses[uses["item"] == item], units.OF_CARRIER[carrier], words)


def _opens(result: Result, node: str, carrier: str, period: int, words: Words) -> list[str]:
    """That a source can do nothing in a period, and from when it can do how much."""
    name = names_of_places(result.instance, words)[node]
    said = [
        words(
            "Supply or storage of {carrier} at {node} is not there in {year}.",
            node=name,
            carrier=words.name(carrier),
            year=period,
        )
    ]
    sources = result.instance["sources"]
    here = (sources["node"] == node) & (sources["carrier"] == carrier) & (sources["capacity"] > 0)
    later = sources[here & (sources["period"] > period)].sort_values("period")
    if later.empty:
        return said
    first = later.iloc[0]
    return [
        *said,
        words(
            "From {year} on it has {most} {unit}.",
            year=int(first["period"]),
            most=words.number(first["capacity"]),
            unit=words.unit(units.OF_CARRIER[carrier]),
        ),
    ]


def _uses(facts: Facts, kind: str, pool: str, period: int) -> pd.DataFrame:
    """Use of sources, or of zones of supply, by sites in a period."""
    things = facts.shared
    return things[(things["kind"] == kind) & (things["pool"] == pool) & (things["period"] == period)]


def _shown(result: Result, used: pd.DataFrame, unit: str, words: Words) -> str:
    """The sites that use most."""
    names = used["site"].map(names_in(result.instance, "sites", words))
    return takers(used.set_index(names)["amount"].astype(float), unit, words)


def pot_in_words(result: Result, pot: str, period: int, words: Words) -> str:
    """Tell of a pot of public money: what it has, what is left, and who has most of it.

    What a pot that carries over has left is what can be spent without taking from what the plan spends later.

    Parameters
    ----------
    result : Result
        A result with a plan.
    pot : str
        The pot.
    period : int
        First year of the period.
    words : Words
        The language.
    """
    pots, limits, grants = result.instance["pots"].set_index("pot"), result["limits"], result["grants"]
    limits = limits[(limits["limit"] == "pot_budget") & (limits["pot"] == pot)]
    carries = pots["carry_over"][pot] == 1
    counted = limits[limits["period"] >= period] if carries else limits[limits["period"] == period]
    # Of the rows in which a payment counts, the one that leaves least is what limits it.
    least = counted.loc[(counted["bound"] - counted["used"]).nsmallest(1).index]
    until = int(least["period"].max()) if len(least) else period
    paid = grants[(grants["pot"] == pot) & (grants["period"] <= until) & (carries | (grants["period"] == period))]
    name, numbers = names_in(result.instance, "pots", words)[pot], _numbers(least, units.MONEY, words)
    if carries:
        text = words(
            "Pot {pot} has {most} {unit} up to and in {year}, of which the plan leaves {left}.",
            pot=name,
            year=until,
            **numbers,
        )
    else:
        text = words(
            "Pot {pot} has {most} {unit} in {year}, of which the plan leaves {left}.", pot=name, year=until, **numbers
        )
    return " ".join([text, *_most(_receivers(result, paid, words), words)])


def _receivers(result: Result, paid: pd.DataFrame, words: Words) -> str:
    """The sites that have most of some grants."""
    sites = result.instance["processes"].set_index("process")["site"]
    return _shown(result, paid.assign(site=paid["process"].map(sites)), units.MONEY, words)


def _limits(result: Result, limit: str, period: int, **keys: str) -> pd.DataFrame:
    """Rows of a family of limits in a period."""
    limits = result["limits"]
    here = (limits["limit"] == limit) & (limits["period"] == period)
    for column, value in keys.items():
        here &= limits[column] == value
    return limits[here]


def _numbers(limits: pd.DataFrame, unit: str, words: Words) -> dict[str, str]:
    """What some limits allow together, and what is left of it."""
    most, used = limits["bound"].sum(), limits["used"].sum()
    return {"most": words.number(most), "left": words.number(max(0.0, most - used)), "unit": words.unit(unit)}


def _most(told: str, words: Words) -> list[str]:
    return [words("Most goes to {sites}.", sites=told)] if told else []
