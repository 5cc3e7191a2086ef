"""The sheets of hub designs in the languages of readers, in a workbook of their own or of an instance."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from routeplan.instance.rules.words import folded
from routeplan.language.language import Language, Words
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.designs import DESIGN_SHEETS


def in_language(table: Table, words: Words) -> Table:
    """A sheet of hub designs as readers of a language know it: its name, its columns and what is told of them."""
    return replace(
        table,
        name=words(table.name),
        about=words(table.about),
        columns=tuple(_column(column, words) for column in table.columns),
        key=tuple(words(name) for name in table.key),
    )


def _column(column: Column, words: Words) -> Column:
    said = tuple(words(each) for each in column.words) if column.kind is Kind.FLAG else column.words
    return replace(column, name=words(column.name), about=words(column.about), words=said)


@cache
def sheets_by_title() -> Mapping[str, Table]:
    """The sheets of hub designs by their names in any language, which are to be folded."""
    return MappingProxyType({folded(Words(each)(table.name)): table for each in Language for table in DESIGN_SHEETS})


def is_design_sheet(title: str) -> bool:
    """Whether a sheet of this name is one of hub designs."""
    return folded(title) in sheets_by_title()


def language_of(table: Table, header: Sequence[str]) -> Words:
    """The language in which most names of a header are those of a sheet's columns; English where it is a draw."""
    given = set(map(folded, header))
    return max(map(Words, Language), key=lambda words: len(given & {folded(words(name)) for name in table.names}))


def known_header(table: Table, header: Sequence[str], words: Words) -> list[str]:
    """A header with the columns' names in one language, whatever that in which each is given; others stay."""
    names = {folded(said(name)): words(name) for said in map(Words, Language) for name in table.names}
    return [names.get(folded(each), each) for each in header]
