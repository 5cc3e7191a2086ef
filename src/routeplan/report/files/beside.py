"""Columns beside the ids of a table, for people: names of what they are, and what must be said of sites."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from routeplan.instance.basis import said_beside
from routeplan.instance.instance import Instance
from routeplan.instance.names import NAMED, names_in, names_of_places
from routeplan.language.language import Words
from routeplan.schema.column import Column, Kind, Table

SAID = Column("basis", Kind.TEXT, "What must be said of the site wherever its plan is shown.")
"""Column with it, beside the rows of sites and of their processes."""

NAME_COLUMNS = {
    key: Column(f"{key}_name", Kind.TEXT, f"Name of the {key}.") for key in ("site", "area", "node", "hub", "pot")
}
"""Columns of names, by those of ids."""


class Beside:
    """What stands beside the ids of an instance, in the readers' language.

    Parameters
    ----------
    instance : Instance
        The instance.
    words : Words
        The readers' language.
    """

    def __init__(self, instance: Instance, words: Words) -> None:
        sites, site_of = instance["sites"].set_index("site"), instance["processes"].set_index("process")["site"]
        self._names = {key: names_in(instance, table, words) for table, key in NAMED.items()}
        self._names["node"] = names_of_places(instance, words)
        said = said_beside(sites, words)
        self._site_of: dict[str, str] = dict(zip(site_of.index, site_of, strict=True))
        self._said: dict[str, str] = dict(zip(said.index, said, strict=True))

    def added(self, table: Table, frame: pd.DataFrame) -> tuple[Table, pd.DataFrame]:
        """The table with names behind its ids, and what must be said of its sites at its end.

        A table of processes has the names of their sites.
        """
        columns: list[Column] = []
        found = frame
        for column in table.columns:
            columns.append(column)
            if (key := self._key(table, column.name)) and not table.has(NAME_COLUMNS[key].name):
                columns.append(NAME_COLUMNS[key])
                ids = self._sites_of(frame) if column.name == "process" else frame[column.name]
                found = found.assign(**{NAME_COLUMNS[key].name: _mapped(ids, self._names[key])})
        return self._with_said(replace(table, columns=tuple(columns)), found)

    def _key(self, table: Table, name: str) -> str:
        if name == "process":
            return "" if table.has("site") else "site"
        return name if name in NAME_COLUMNS else ""

    def _with_said(self, table: Table, frame: pd.DataFrame) -> tuple[Table, pd.DataFrame]:
        key = "site" if table.has("site") else "process"
        if not table.has(key) or not any(self._said.values()):
            return table, frame
        sites = frame[key] if key == "site" else self._sites_of(frame)
        told = _mapped(sites, self._said)
        return replace(table, columns=(*table.columns, SAID)), frame.assign(**{SAID.name: told})

    def _sites_of(self, frame: pd.DataFrame) -> "pd.Series[str]":
        return _mapped(frame["process"], self._site_of)


def _mapped(ids: "pd.Series[str]", names: Mapping[str, str]) -> "pd.Series[str]":
    """What stands for each id; "" where the id is empty."""
    return ids.map(lambda item: names.get(item, "")).astype("str")
