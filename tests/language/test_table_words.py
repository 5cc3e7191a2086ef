"""Words of the format and of the default tables: each has a Dutch name, so that no page shows an English one."""

from collections.abc import Callable

import pytest

from routeplan.estimate.default_schema import DEFAULT_TABLES
from routeplan.estimate.defaults import load_defaults
from routeplan.importers.ets.layout import OTHER_FILES
from routeplan.language.language import Words
from routeplan.schema.column import Kind
from routeplan.schema.inputs import INPUT_TABLES

FOR_READERS = {"about", "confidence", "name", "name_nl", "reason", "source", "unit"}
"""Columns of texts, not of words; names and reasons have a Dutch text of their own."""

NAMED = {
    "area",
    "cluster",
    "from",
    "hub",
    "link",
    "node",
    "place",
    "postcode",
    "pot",
    "province",
    "region",
    "to",
    "zone",
}
"""Columns of ids of things that have a Dutch name of their own, and of proper names; clusters have their own test."""

OF_FIGURES = {
    ("general", "name"),
    ("network_sources", "parameter"),
    ("prices", "part"),
    ("sector_rules", "activity"),
    ("sector_rules", "pattern"),
    ("supply", "parameter"),
    ("technologies", "parameter"),
}
"""Columns that say what a figure is of: they stay in the default tables, and no instance has their words."""

ALIKE = {
    "0": "a number",
    "1": "a number",
    "DN100": "a diameter of pipes",
    "DN150": "a diameter of pipes",
    "DN200": "a diameter of pipes",
}
"""Words that are the same in Dutch, and why."""

PROPER = {"Chemelot", "Noordzeekanaalgebied", "Rotterdam-Moerdijk"}
"""Clusters whose name is Dutch."""


def words_of_defaults() -> set[str]:
    """What the default tables call things in columns that instances take over."""
    defaults = load_defaults()
    return {
        str(word)
        for name, table in DEFAULT_TABLES.items()
        for column in table.columns
        if column.kind.is_text and column.kind is not Kind.TEXT and column.name not in FOR_READERS | NAMED
        if (name, column.name) not in OF_FIGURES
        for word in (*defaults[name][column.name], *column.words)
    } - {""}


def words_of_schema() -> set[str]:
    """The words that the format allows in closed lists."""
    return {word for table in INPUT_TABLES.values() for column in table.columns for word in column.words} - {""}


@pytest.mark.parametrize("words_of", [words_of_defaults, words_of_schema], ids=["default tables", "format"])
def test_every_word_has_a_dutch_name(words_of: Callable[[], set[str]]) -> None:
    """Or is on the short list of those that need none."""
    dutch, words = Words("nl"), words_of()
    assert len(words) > 30
    assert sorted(word for word in words - set(ALIKE) if not dutch.has_name(word)) == []


def test_the_short_list_holds_nothing_needless() -> None:
    """A word that has a Dutch name, or that nothing has, is not on it."""
    dutch = Words("nl")
    assert {word for word in ALIKE if dutch.has_name(word)} == set()
    assert set(ALIKE) <= words_of_defaults() | words_of_schema()


def test_clusters_are_named_in_dutch() -> None:
    """They stand in the reasons for which installations are left out."""
    clusters = set(load_defaults()["clusters"]["cluster"])
    assert {cluster for cluster in clusters if not Words("nl").has_name(cluster)} == PROPER


def test_messages_of_other_files_are_said_in_dutch() -> None:
    """A message is translated with what stands in it, and any other text stays as it is."""
    dutch = Words("nl")
    assert {dutch.told(text) for text in OTHER_FILES.values()}.isdisjoint(OTHER_FILES.values())
    assert dutch.told("text of the user's") == "text of the user's"
