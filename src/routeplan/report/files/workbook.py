"""A plan as one Excel workbook: sheets for people first, then every one of its tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.workbook.add import new_workbook, refuse_to_replace
from routeplan.data.workbook.file import Value
from routeplan.instance.basis import said_of_all
from routeplan.language.language import Language, Words
from routeplan.report.files.answer_sheets import answer_sheets
from routeplan.report.files.beside import SAID, Beside
from routeplan.report.files.overview_sheet import overview_sheet
from routeplan.report.files.rounding import OF_OTHERS
from routeplan.report.files.sheet import Sheet, add_sheet
from routeplan.report.files.site_sheet import site_sheet
from routeplan.report.files.told import summary_sheets
from routeplan.result.file import by_key
from routeplan.result.result import Result, refuse_without_plan
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.result_file import RESULT_KEYS
from routeplan.schema.results import RESULT_TABLES
from routeplan.schema.settings import SETTING_COLUMNS
from routeplan.why.answers import NOTHING, Answers

RESULT_SHEET = Table(
    "result",
    "What is proven, how the plan came about, and the settings under which it was made.",
    (
        Column("key", Kind.TEXT, "Key of result.json, or setting of the instance."),
        Column("value", Kind.TEXT, "Its value; empty: none."),
        Column("unit", Kind.TEXT, "Unit of the value."),
        Column("meaning", Kind.TEXT, "What it tells."),
    ),
    key=("key",),
)


def write_result_workbook(
    result: Result,
    path: Path,
    *,
    language: Language | str = Language.ENGLISH,
    overwrite: bool = False,
    answers: Answers = NOTHING,
) -> Path:
    """Write a plan to a workbook; the same plan makes the same bytes.

    First come sheets for people: an overview, the sites, and the summaries, in their language and with the decimals
    that matter. Then come what is proven and every table, as the format has them, with names beside the ids and
    numbers rounded to 6 decimals at most; those of full precision stand in the folder of the result.

    Parameters
    ----------
    result : Result
        A result with a plan.
    path : Path
        The file, whose name ends in .xlsx. It appears complete, or not at all.
    language : Language or str, optional
        The readers' language: ``en`` or ``nl``.
    overwrite : bool
        Whether a workbook of a result that is there may be replaced, all its sheets.
    answers : Answers, optional
        Verdicts on projects, and what sites can expect, each on a sheet of its own.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When there is something already that may not be replaced, a text or table is too long for Excel, or the
        language is unknown.
    """
    words = Words(language)
    refuse_without_plan(result)
    refuse_to_replace(path, RESULT_SHEET.name, overwrite)
    with new_workbook(path) as book:
        _add_sheets(book, result, answers, words)
    return path


def _add_sheets(book: Any, result: Result, answers: Answers, words: Words) -> None:
    people = [site_sheet(result, words), *answer_sheets(result, answers, words), *summary_sheets(result, words)]
    technical = _technical(result, words)
    contents = [(sheet.table.name, sheet.table.about) for sheet in people]
    note = words("Technical (grey tabs): what is proven, and every table of the result, in the words of its format.")
    contents.append((", ".join(sheet.table.name for sheet in technical), note))
    for sheet in (overview_sheet(result, contents, words), *people, *technical):
        add_sheet(book, sheet)


def _technical(result: Result, words: Words) -> list[Sheet]:
    """What is proven, and every table of the result, with names beside the ids."""
    beside = Beside(result.instance, words)
    facts = pd.DataFrame(list(_facts(result)), columns=RESULT_SHEET.names, dtype=object)
    tables = [beside.added(table, result[name]) for name, table in RESULT_TABLES.items()]
    return [Sheet(table, rows, technical=True) for table, rows in [(RESULT_SHEET, facts), *tables]]


def _facts(result: Result) -> Iterator[tuple[str, Value, str, str]]:
    """Rows of the first sheet, what must be said of the sites before all else."""
    for text in said_of_all(result.instance["sites"]):
        yield "sites", text, "", SAID.about
    for name, value in by_key(result).items():
        yield name, _value(value), RESULT_KEYS[name].unit, RESULT_KEYS[name].about
    settings = result.instance.settings.as_dict()
    for name, column in SETTING_COLUMNS.items():
        yield f"settings.{name}", _value(settings.get(name)), column.unit, column.about


def _value(value: Any) -> Value:
    """An empty cell rather than one of empty text, and a number with the decimals of the sheets."""
    if isinstance(value, float):
        return round(value, OF_OTHERS)
    return None if value == "" else value
