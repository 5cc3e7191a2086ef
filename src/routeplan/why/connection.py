"""The connection that a site can have to a network, in words: from when, from where, how long, and at what cost."""

import pandas as pd

from routeplan.instance.names import names_in, names_of_places
from routeplan.language.language import Words
from routeplan.network.sphere import distance, on_sphere
from routeplan.result.result import Result
from routeplan.schema import units
from routeplan.why.facts import Facts


def connection_in_words(facts: Facts, site: str, carrier: str, words: Words) -> str:
    """Tell of the first connection that a site can have for a carrier; where it can have none, of the nearest source.

    Parameters
    ----------
    facts : Facts
        Facts of the plan.
    site : str
        The site.
    carrier : str
        ``hydrogen`` or ``co2``.
    words : Words
        The language.
    """
    result, found = facts.result, facts.reached(carrier)
    found = found[found["site"] == site]
    name = names_in(result.instance, "sites", words)[site]
    reached = found[found["source"] != ""].sort_values("period")
    if reached.empty:
        return " ".join([_nowhere(name, carrier, words), *_nearest(result, site, carrier, words)])
    first = reached.iloc[0]
    return " ".join([_way(result, first, name, words), _cost(first, words), *_planned(result, first, words)])


def _way(result: Result, found: "pd.Series[float]", name: str, words: Words) -> str:
    """From when, to which place, and how long."""
    return words(
        "For {carrier}, {site} can be connected to {source} from {year} on, over {length} {unit}, of which {built} "
        "{unit} must be built.",
        carrier=words.name(str(found["carrier"])),
        site=name,
        source=names_of_places(result.instance, words)[str(found["source"])],
        year=int(found["period"]),
        length=words.number(found["length"]),
        built=words.number(found["built_length"]),
        unit=words.unit(units.LENGTH),
    )


def _cost(found: "pd.Series[float]", words: Words) -> str:
    """What the need of the site costs over it, alone and shared."""
    numbers = {
        "need": words.number(found["need"]),
        "flow": words.unit(units.OF_CARRIER[str(found["carrier"])]),
        "shared": words.number(found["cost_shared"]),
        "unit": words.unit(units.MONEY_PER_YEAR),
    }
    if pd.isna(found["cost_alone"]):
        return words(
            "No single connection carries the {need} {flow} that its options need at most; shared with others they "
            "cost at least {shared} {unit}.",
            **numbers,
        )
    return words(
        "The {need} {flow} that its options need at most then cost {alone} {unit} for this site alone, and at least "
        "{shared} where others fill what is built.",
        alone=words.number(found["cost_alone"]),
        **numbers,
    )


def _planned(result: Result, found: "pd.Series[float]", words: Words) -> list[str]:
    """What the plan builds of it, for whomever."""
    built = result["built"].merge(result.instance["links"][["link", "length"]], on="link")
    built = built[built["link"].isin(str(found["path"]).split(" "))].drop_duplicates("link")
    if built.empty:
        return []
    return [
        words(
            "The plan builds {length} {unit} of it, for use from {year} on.",
            length=words.number(built["length"].sum()),
            unit=words.unit(units.LENGTH),
            year=int(built["period"].min()),
        )
    ]


def _nowhere(name: str, carrier: str, words: Words) -> str:
    return words(
        "For {carrier}, no link of the tables leads to {site} from a place that supplies or stores any, in any year.",
        carrier=words.name(carrier),
        site=name,
    )


def _nearest(result: Result, site: str, carrier: str, words: Words) -> list[str]:
    """The nearest source, as the crow flies."""
    instance = result.instance
    nodes = instance["nodes"]
    given = instance["sources"].query("carrier == @carrier and capacity > 0")["node"]
    nodes = nodes[nodes["node"].isin(given)]
    if nodes.empty:
        return []
    here = instance["sites"].set_index("site").loc[[site]]
    far = distance(on_sphere(nodes["lat"], nodes["lon"]), on_sphere(here["lat"], here["lon"]))
    nearest = int(far.argmin())
    return [
        words(
            "The nearest is {node}, {length} {unit} as the crow flies.",
            node=names_of_places(instance, words)[nodes["node"].iloc[nearest]],
            length=words.number(float(far[nearest])),
            unit=words.unit(units.LENGTH),
        )
    ]
