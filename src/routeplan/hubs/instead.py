"""What a plan has in the place of a hub design: hubs and links that come without it, and not with it."""

from collections.abc import Mapping

import pandas as pd

from routeplan.hubs.choices import links_between_nodes
from routeplan.hubs.design import WITHOUT
from routeplan.instance.names import names_in, names_of_places
from routeplan.language.language import Words
from routeplan.result.result import Result


def instead_of_each(plans: Mapping[str, Result], words: Words) -> dict[str, list[str]]:
    """What the plan `WITHOUT` any design has in the place of each design that has a plan, by its name."""
    return {name: instead_of(plans[WITHOUT], plan, words) for name, plan in plans.items() if name != WITHOUT}


def instead_of(without: Result, plan: Result, words: Words) -> list[str]:
    """Names of hubs and of links between nodes that one plan has, and another has not, each with its first year.

    Parameters
    ----------
    without, plan : Result
        The plan without a design, and that with it; both must have one.
    words : Words
        The readers' language.
    """
    instance = without.instance
    hubs, places = names_in(instance, "hubs", words), names_of_places(instance, words)
    links = links_between_nodes(instance)
    ends = dict(zip(links["link"], zip(links["from"], links["to"], strict=True), strict=True))
    lost = [*_only(_opened(without), _opened(plan)), *_only(_built(without), _built(plan))]
    told = []
    for name, year in lost:
        if name in ends:
            title = " – ".join(places[end] for end in ends[name])
        elif name in hubs:
            title = hubs[name]
        else:
            continue  # a link to a site
        told.append(words("{thing} (from {year})", thing=title, year=year))
    return list(dict.fromkeys(told))


def _only(first: "pd.Series[int]", second: "pd.Series[int]") -> list[tuple[str, int]]:
    """Names of the first that the second has not, with their first year."""
    lost = first[~first.index.isin(second.index)]
    return [(str(name), int(year)) for name, year in lost.items()]


def _opened(plan: Result) -> "pd.Series[int]":
    return plan["hubs"].query("open == 1").groupby("hub", sort=False)["period"].min()


def _built(plan: Result) -> "pd.Series[int]":
    return plan["built"].groupby("link", sort=False)["period"].min()
