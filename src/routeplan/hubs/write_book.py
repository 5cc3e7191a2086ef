"""Write hub designs to the sheets of a workbook that `read_designs` reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from openpyxl.utils import get_column_letter

from routeplan.data.file_swap import refuse_existing
from routeplan.data.workbook.add import add_form, new_workbook
from routeplan.data.workbook.design_sheets import in_language
from routeplan.data.workbook.file import Value
from routeplan.hubs.design import Design
from routeplan.language.language import Language, Words
from routeplan.schema.column import Column, Table
from routeplan.schema.designs import DESIGN_SHEETS, OF_CONTRACT, OF_DESIGN, OF_HUB, OF_LINK, OF_MEMBER

ROWS = 1000
"""Rows of the first sheet whose names the others offer."""

Rows = list[dict[str, Value]]


def write_design_book(designs: Sequence[Design], file: Path | str, *, language: Language | str) -> Path:
    """Write designs to a new workbook.

    Parameters
    ----------
    designs : sequence of Design
        The designs.
    file : path
        The workbook, whose name ends in .xlsx.
    language : Language or str
        Language of headers: ``en`` or ``nl``.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When there is something in its place, Excel cannot hold it, or the language is unknown.
    """
    path, words = Path(file), Words(language)
    refuse_existing(path)
    with new_workbook(path) as book:
        add_design_sheets(book, designs, words)
    return path


def add_design_sheets(
    book: Any, designs: Sequence[Design], words: Words, offers: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Add the sheets of designs to a workbook.

    Parameters
    ----------
    book : Workbook
        As `new_workbook` offers it.
    designs : sequence of Design
        The designs.
    words : Words
        Language of headers.
    offers : mapping of str to str, optional
        Ranges of cells to choose from, by column of the schema.
    """
    rows = {
        OF_DESIGN: [_of_design(each) for each in designs],
        OF_HUB: [row for each in designs for row in _of_hubs(each)],
        OF_LINK: [row for each in designs for row in _of_links(each, words)],
        OF_CONTRACT: [row for each in designs for row in _of_contracts(each)],
        OF_MEMBER: [row for each in designs for row in _of_members(each)],
    }
    names = f"{words(OF_DESIGN.name)}!{_cells(OF_DESIGN.names.index('design') + 1, ROWS)}"
    for table in DESIGN_SHEETS:
        offered = {**offers, **({} if table is OF_DESIGN else {"design": names})}
        _add(book, table, rows[table], words, offered)


def _cells(position: int, last: int) -> str:
    letter = get_column_letter(position)
    return f"${letter}$2:${letter}${last + 1}"


def _add(book: Any, table: Table, rows: Rows, words: Words, offers: Mapping[str, str]) -> None:
    told = in_language(table, words)
    yes_or_no = {column.name: f'"{",".join(column.words)}"' for column in told.columns if column.words == _both(words)}
    offered = yes_or_no | {words(name): source for name, source in offers.items() if table.has(name)}
    # What is offered stands in the workbook itself, in the words of its readers.
    plain = replace(told, columns=tuple(replace(column, words=()) for column in told.columns))
    columns: list[Sequence[Value]] = [[row.get(name) for row in rows] for name in table.names]

    def explain(column: Column) -> str:
        return f"{column.about} [{words.unit(column.unit)}]" if column.unit else column.about

    add_form(book, plain, told.names, columns, {}, explain=explain, offers=offered)


def _both(words: Words) -> tuple[str, ...]:
    return words("yes"), words("no")


def _of_design(design: Design) -> dict[str, Value]:
    titles = {"title": design.title or None, "title_nl": design.title_nl or None}
    return {"design": design.name, **titles, "public_share": design.public_share}


def _of_hubs(design: Design) -> Iterator[dict[str, Value]]:
    for each in design.hubs:
        opened: dict[str, Value] = {"hub": each.hub, "option": each.option, "first_year": each.first_year}
        yield {"design": design.name, **opened, **each.row}


def _of_links(design: Design, words: Words) -> Iterator[dict[str, Value]]:
    for each in design.links:
        yield {"design": design.name, "link": each.link, "size": each.size, "first_year": each.first_year}
    for link in design.forbidden:
        yield {"design": design.name, "link": link, "forbidden": words("yes")}


def _of_contracts(design: Design) -> Iterator[dict[str, Value]]:
    for each in design.contracts:
        for site in each.sites:
            told = {"coincidence": each.coincidence} if each.coincidence != 1.0 else {}
            yield {"design": design.name, "contract": each.contract, "site": site, **told}


def _of_members(design: Design) -> Iterator[dict[str, Value]]:
    for site in design.members or ():
        yield {"design": design.name, "site": site}
