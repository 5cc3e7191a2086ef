"""The sheet that tells how to read and fill in the others, in English and Dutch."""

from collections.abc import Iterator
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, PatternFill

from routeplan.data.paths import LEGEND
from routeplan.data.workbook.style import BOLD, OF_KEY, TAB_COLOURS, colour_tab, mark
from routeplan.language.language import Language, Words
from routeplan.schema.subjects import TABLES_OF, Subject, needed_tables

_LANGUAGES = (Words(Language.ENGLISH), Words(Language.DUTCH))
_WIDTHS = {"A": 24, "B": 60, "C": 60}
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def add_legend(book: Any) -> None:
    """Add the legend to a workbook of an instance.

    Parameters
    ----------
    book : Workbook
        As `new_workbook` offers it.
    """
    sheet = book.create_sheet(LEGEND)
    colour_tab(sheet, Subject.EXPLANATIONS)
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for row in _rows(sheet):
        sheet.append(row)
    sheet.close()


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """A sample, and what it means in either language."""
    needed, optional, key = (WriteOnlyCell(sheet, "name") for _ in range(3))
    mark(needed, True)
    mark(optional, False)
    key.fill = PatternFill("solid", fgColor=OF_KEY)
    samples: list[Any] = [needed, optional, key, None, None, "note", None]
    yield [_bold(sheet, text) for text in ("", "English", "Nederlands")]
    for sample, *texts in zip(samples, *map(_sentences, _LANGUAGES), strict=True):
        yield [sample, *(_wrapped(sheet, text) for text in texts)]
    yield []
    yield [None, *(_bold(sheet, words("Tabs have the colour of their subject:")) for words in _LANGUAGES)]
    for subject, tables in TABLES_OF.items():
        yield [_coloured(sheet, subject), *(f"{_named(words, subject)}: {', '.join(tables)}" for words in _LANGUAGES)]


def _sentences(words: Words) -> list[str]:
    """How a workbook is read and filled in, a sentence a sample."""
    return [
        words("Bold and underlined: each row must have a value here."),
        words("In italics: a cell may stay empty; the comment on the name says what that means."),
        words("A darker name: such columns together name a row, and no two rows have the same."),
        words("A comment on a name tells meaning, unit and what is allowed; an arrow in a cell offers a choice."),
        words("Numbers are in the unit of the comment; in cells of 0 and 1, yes and no are understood too."),
        words("Columns and sheets whose names begin so are yours, and are not read."),
        words(
            "A plan needs rows on these sheets: {sheets}. The others may stay empty.", sheets=", ".join(needed_tables())
        ),
    ]


def _named(words: Words, subject: Subject) -> str:
    names = {
        Subject.SETTINGS: words("settings and periods"),
        Subject.SITES: words("sites"),
        Subject.ROUTES: words("routes and costs"),
        Subject.GRID: words("grid"),
        Subject.NETWORKS: words("networks"),
        Subject.MONEY: words("money and targets"),
        Subject.EXPLANATIONS: words("explanations"),
    }
    return names[subject]


def _coloured(sheet: Any, subject: Subject) -> Any:
    cell = WriteOnlyCell(sheet, " ")
    cell.fill = PatternFill("solid", fgColor=TAB_COLOURS[subject])
    return cell


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = BOLD
    return cell


def _wrapped(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.alignment = _WRAPPED
    return cell
