"""Names of things in the tables, or their ids where they have none."""

from collections.abc import Iterable

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.instance.titles import title_of
from routeplan.language.language import Language, Words
from routeplan.schema.settings import Settings

NAMED = {"areas": "area", "hubs": "hub", "nodes": "node", "pots": "pot", "sites": "site"}
"""Tables with names, and the column of their ids."""


def names_in(instance: Instance, table: str, words: Words) -> dict[str, str]:
    """Names by id of the rows of a table in `NAMED`, in the readers' language where there is one; else the id."""
    rows = instance[table].drop_duplicates(NAMED[table])
    names = own_language(rows["name"], rows["name_nl"], words)
    return {item: name or item for item, name in zip(rows[NAMED[table]], names, strict=True)}


def names_of_places(instance: Instance, words: Words) -> dict[str, str]:
    """Names by id of the ends of links: nodes and sites."""
    return names_in(instance, "nodes", words) | names_in(instance, "sites", words)


def process_name(process: str, site: str, words: Words) -> str:
    """Name of a process without its site, which stands before it."""
    short = process.removeprefix(f"{site}.")
    return words.name(short) if words.has_name(short) else short


def own_language(texts: "pd.Series[str]", dutch: "pd.Series[str]", words: Words) -> "pd.Series[str]":
    """Texts as readers of the language have them: the Dutch one where it is asked for and given."""
    return texts.mask(dutch != "", dutch) if words.language is Language.DUTCH else texts


def description_of(settings: Settings, words: Words) -> str:
    """What an instance describes, in the readers' language where that is given."""
    return (settings.description_nl if words.language is Language.DUTCH else "") or settings.description


def scenario_title(instance: Instance, words: Words) -> str:
    """Title of the scenarios that an instance is under, or their names; "" where there is none."""
    if instance.scenario is None:
        return ""
    return " + ".join(title_of(scenario, words) for scenario in instance.applied) or instance.scenario


def told_apart(names: dict[str, str]) -> dict[str, str]:
    """The same names, by id, with the id added to names that several have."""
    times: dict[str, int] = {}
    for name in names.values():
        times[name] = times.get(name, 0) + 1
    return {item: f"{name} ({item})" if times[name] > 1 else name for item, name in names.items()}


def word_names(ids: Iterable[str], words: Words) -> dict[str, str]:
    """Words of the tables as readers know them, by id, no two alike."""
    return told_apart({item: words.name(item) for item in dict.fromkeys(ids)})
