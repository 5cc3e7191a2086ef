"""The sections of a page that are tables: who pays, where there is room, and what was counted with."""

from collections.abc import Mapping

from routeplan.language.language import Words
from routeplan.report.page.inputs import inputs_notes, inputs_table
from routeplan.report.page.payers import payers_notes, payers_table
from routeplan.report.page.room import has_many_areas, room_notes, room_table
from routeplan.report.page.table import PageTable, Section, SectionTable, shared
from routeplan.result.result import Result


def payers_section(results: Mapping[str, Result], words: Words) -> Section:
    """Who pays what, the plans beside each other."""
    return Section(
        "payers",
        words("Who pays"),
        words("Who pays what"),
        payers_notes(results, words),
        [SectionTable([], payers_table(results, words))],
    )


def room_section(results: Mapping[str, Result], words: Words) -> Section:
    """Where there is room on the grid and when, plan by plan; of one plan with many areas, the top ones first."""
    many = any(map(has_many_areas, results.values()))
    tables = _named(results, [room_table(result, words, top_only=many) for result in results.values()])
    if many and len(results) == 1:
        (result,) = results.values()
        tables.append(SectionTable([words("All areas and stations")], room_table(result, words)))
    return Section("room", words("Grid room"), words("Where there is room, and when"), room_notes(words), tables)


def inputs_section(results: Mapping[str, Result], words: Words) -> Section:
    """Prices, values and rates, once for plans with the same."""
    tables = [inputs_table(result.instance, words) for result in results.values()]
    notes = [note for result in results.values() for note in inputs_notes(result.instance, words)]
    return Section(
        "inputs",
        words("Assumptions"),
        words("What was counted with"),
        list(dict.fromkeys(notes)),
        _named(results, tables),
    )


def _named(results: Mapping[str, Result], tables: list[PageTable]) -> list[SectionTable]:
    """Tables under the names of their plans; of one plan, or where all are alike, without."""
    found = shared(list(results), tables)
    return found if len(found) > 1 else [SectionTable([], found[0].table)]
