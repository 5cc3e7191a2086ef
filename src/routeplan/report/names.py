"""Names of things in the tables, or their ids where they have none."""

from collections.abc import Iterable

from routeplan.instance.instance import Instance
from routeplan.language.language import Words

NAMED = {"areas": "area", "pots": "pot", "sites": "site"}
"""Tables with names, and the column of their ids."""


def names_in(instance: Instance, table: str) -> dict[str, str]:
    """Names by id of the rows of a table in `NAMED`; the id where there is none."""
    rows = instance[table]
    return {item: name or item for item, name in zip(rows[NAMED[table]], rows["name"], strict=True)}


def told_apart(names: dict[str, str]) -> dict[str, str]:
    """The same names, by id, with the id added to names that several have."""
    times: dict[str, int] = {}
    for name in names.values():
        times[name] = times.get(name, 0) + 1
    return {item: f"{name} ({item})" if times[name] > 1 else name for item, name in names.items()}


def word_names(ids: Iterable[str], words: Words) -> dict[str, str]:
    """Words of the tables as readers know them, by id, no two alike."""
    return told_apart({item: words.name(item) for item in dict.fromkeys(ids)})
