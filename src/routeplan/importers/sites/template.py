"""The sheet to fill in: a workbook with headers, explanations and lists, and an example of five sites."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from routeplan.data.file_swap import refuse_existing
from routeplan.data.paths import is_workbook
from routeplan.data.workbook.add import new_workbook
from routeplan.data.workbook.style import BOLD, LISTS, colour_tab, mark
from routeplan.errors import UsageError
from routeplan.estimate.defaults import DefaultTables, load_defaults
from routeplan.importers.sites.fields import FIELDS, MATURITIES, SHEETS, Content, Field
from routeplan.language.language import Language, Words
from routeplan.schema.subjects import Subject

EXAMPLE: tuple[Mapping[str, Any], ...] = (
    {"name": "Zuivelfabriek", "place": "Lochem", "sector": "food", "gas": 62, "electricity": 16, "spare_capacity": 0.5,
     "station": "Lochem", "wishes": (("electrification", 2030, "planned"),)},
    {"name": "Papierfabriek", "place": "Eerbeek", "sector": "paper", "gas": 210, "electricity": 85, "spare_capacity": 1,
     "station": "Eerbeek", "wishes": (("flex_e", 2028, "firm"), ("electrification", 2036, "idea"))},
    {"name": "Steenfabriek", "place": "Winterswijk", "sector": "ceramics", "gas": 48,
     "station": "Winterswijk", "wishes": (("hydrogen", 2035, "idea"),)},
    {"name": "Gieterij", "place": "Doetinchem", "sector": "metals", "gas": 22, "electricity": 18, "contract": "De Huet",
     "station": "Doetinchem"},
    {"name": "Wasserij", "place": "Doetinchem", "sector": "other_manufacturing", "gas": 9, "contract": "De Huet",
     "station": "Doetinchem", "wishes": (("electrification", None, "idea"),)},
)  # fmt: skip
"""Five sites that nobody owns, in towns that exist."""

_NEEDED = PatternFill("solid", fgColor="F8CBAD")
_OPTIONAL = PatternFill("solid", fgColor="DDEBF7")
_ROWS = 2000
_WIDTHS = {Content.TEXT: 22, Content.SECTOR: 24, Content.NUMBER: 18, Content.ID: 20, Content.WISHES: 52}
_EXPLANATION = {Language.ENGLISH: "note", Language.DUTCH: "opmerking"}
_SHEET = {Language.ENGLISH: SHEETS[0], Language.DUTCH: SHEETS[1]}


def write_sites_template(
    file: Path | str, *, language: Language | str = Language.DUTCH, tables: Path | str | None = None
) -> Path:
    """Write a sheet for the sites of a region, with an example of five of them to write over.

    Parameters
    ----------
    file : path
        Workbook to make, whose name ends in .xlsx; there must be nothing of the name.
    language : Language or str, optional
        Language of headers and words: ``nl`` or ``en``.
    tables : path, optional
        Folder of the user's default tables, whose sectors are offered.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When the name does not end in .xlsx, there is something already, or the language is unknown.
    """
    path, words = Path(file), Words(language)
    if not is_workbook(path):
        raise UsageError(f"{path} is no workbook; allowed: a name that ends in .xlsx")
    refuse_existing(path)
    defaults = load_defaults(tables)
    with new_workbook(path) as book:
        _add_sites(book, words, defaults)
        _add_explanation(book, words, defaults)
        _add_sectors(book, words, defaults)
    return path


def header(field: Field, words: Words) -> str:
    """Header of a field, with its unit."""
    return words(field.header) + (f" [{words.unit(field.unit)}]" if field.unit else "")


def _add_sites(book: Any, words: Words, tables: DefaultTables) -> None:
    sheet = book.create_sheet(_SHEET[words.language])
    sheet.freeze_panes = "B2"
    shown = [field for field in FIELDS.values() if field.shown]
    for position, field in enumerate(shown, start=1):
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = _WIDTHS[field.content]
        if field.content is Content.SECTOR:
            _offer(sheet, letter, f"{LISTS}!$A$2:$A${len(tables['sectors']) + 1}")
    colour_tab(sheet, Subject.SITES)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(shown))}{len(EXAMPLE) + 1}"
    sheet.append([_header_cell(sheet, field, words) for field in shown])
    for site in EXAMPLE:
        sheet.append([_shown(field, site.get(field.name), words) for field in shown])


def _header_cell(sheet: Any, field: Field, words: Words) -> Any:
    cell = WriteOnlyCell(sheet, header(field, words))
    needed = field.needed or field.name in ("place", "gas")
    mark(cell, needed)
    cell.fill = _NEEDED if needed else _OPTIONAL
    cell.comment = Comment(words(field.about), "routeplan", height=110, width=280)
    return cell


def _offer(sheet: Any, letter: str, source: str) -> None:
    rule = DataValidation("list", source, allow_blank=True, errorStyle="warning", showErrorMessage=True)
    rule.add(f"{letter}2:{letter}{_ROWS}")
    sheet.data_validations.append(rule)


def _shown(field: Field, value: Any, words: Words) -> Any:
    if value is None:
        return None
    if field.content is Content.SECTOR:
        return words.name(value)
    if field.content is Content.WISHES:
        return "; ".join(_wish(words, *wish) for wish in value)
    return value


def _wish(words: Words, what: str, year: int | None, maturity: str) -> str:
    return " ".join([words.name(what), *([str(year)] if year else []), words.name(maturity)])


def _add_explanation(book: Any, words: Words, tables: DefaultTables) -> None:
    """A sheet that is not read: every column, those too that the template leaves out, and every word."""
    sheet = book.create_sheet(_EXPLANATION[words.language])
    colour_tab(sheet, Subject.EXPLANATIONS)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 32, 110
    bold = WriteOnlyCell(sheet, words("Write over the five example sites; one row is one site."))
    bold.font = BOLD
    rows: list[list[Any]] = [
        [bold],
        [words("Names in bold, underlined (orange) are needed; those in italics (blue) may stay empty.")],
        [],
    ]
    rows += [[header(field, words), words(field.about)] for field in FIELDS.values() if field.shown]
    rows += [[], [words("These columns may be added:")]]
    rows += [[header(field, words), words(field.about)] for field in FIELDS.values() if not field.shown]
    names = tables["routes"]["family"].drop_duplicates()
    families = [words.name(family) for family in names if family != "current"]
    rows += [
        [],
        [words("sector"), ", ".join(words.name(each) for each in tables["sectors"]["sector"])],
        [words("wishes"), ", ".join(families)],
        ["", ", ".join(words.name(each) for each in MATURITIES)],
    ]
    for row in rows:
        sheet.append(row)


def _add_sectors(book: Any, words: Words, tables: DefaultTables) -> None:
    """A hidden sheet with the sectors to choose from: a list inside a cell's rule could hold 255 characters only."""
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    for text in (words("sector"), *(words.name(each) for each in tables["sectors"]["sector"])):
        sheet.append([text])
