"""Names of limits: their items in words, instead of the ids of tables."""

from typing import Any

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.instance.names import NAMED, names_in
from routeplan.language.language import Words
from routeplan.schema.inputs import ALL
from routeplan.schema.results import LIMIT_KEYS


def limit_items(limits: pd.DataFrame, instance: Instance, words: Words) -> "pd.Series[str]":
    """Name the item of each limit.

    Parameters
    ----------
    limits : DataFrame
        Rows of a result's ``limits``.
    instance : Instance
        The instance, which knows names.
    words : Words
        The readers' language.

    Returns
    -------
    Series
        Such as ``Station Lochem-Borculo``; with its ids where two would be called the same.
    """
    named = {table: names_in(instance, table, words) for table in NAMED}
    keys = limits[list(LIMIT_KEYS)].astype("str")
    rows: list[dict[Any, str]] = keys.to_dict("records")
    found = pd.DataFrame(
        {
            "item": [_item(row, named, words) for row in rows],
            "ids": [" ".join(filter(None, row.values())) for row in rows],
        },
        index=limits.index,
        dtype="str",
    )
    pairs = found.drop_duplicates()
    twice = found["item"].isin(pairs.loc[pairs["item"].duplicated(), "item"])
    return found["item"].mask(twice, found["item"] + " (" + found["ids"] + ")")


def scope_name(scope: str, words: Words) -> str:
    """The scope of a target as readers know it."""
    kind, _, name = scope.partition(":")
    if kind == "sector":
        return words("sector {name}", name=words.name(name))
    return words("region {name}", name=name) if kind == "region" else words("all sites")


def _item(row: dict[Any, str], named: dict[str, dict[str, str]], words: Words) -> str:
    """Name of the item of a limit."""
    if row["scope"]:
        return scope_name(row["scope"], words)
    if row["area"]:
        return named["areas"][row["area"]]
    if row["pot"]:
        return named["pots"][row["pot"]]
    zone = "" if row["zone"] == ALL else row["zone"]
    node, hub = row["node"], row["hub"]
    named_node = named["sites"].get(node) or named["nodes"].get(node, node)
    place = [named_node, row["link"], named["hubs"].get(hub, hub), zone]
    kind = [words.name(row[key]) for key in ("carrier", "commodity", "option", "step") if row[key]]
    return ", ".join(part for part in (*place, *kind) if part)
