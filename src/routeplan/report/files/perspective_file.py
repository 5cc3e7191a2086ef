"""Perspective as a file: a CSV file of its table, or a workbook that a firm can be handed."""

from pathlib import Path

from routeplan.data.csv_text import csv_text
from routeplan.data.file_swap import refuse_existing
from routeplan.data.paths import is_workbook
from routeplan.data.workbook.add import add_rows, add_view, new_workbook, refuse_to_replace, values_of
from routeplan.data.workbook.style import sentence
from routeplan.data.write import write_text
from routeplan.errors import UsageError
from routeplan.language.language import Language, Words
from routeplan.result.result import refuse_unsolved
from routeplan.schema.column import Table
from routeplan.schema.perspective import PERSPECTIVE
from routeplan.why.outlook import Perspective
from routeplan.why.perspective_told import columns_told, perspective_told, rule_told

RULE = "note"
"""Sheet that tells the rule."""

DECIMALS = 3
"""Digits of amounts in a workbook."""


def write_perspective(
    found: Perspective, path: Path | str, *, language: Language | str = Language.ENGLISH, overwrite: bool = False
) -> Path:
    """Write what firms can expect to a file.

    Parameters
    ----------
    found : Perspective
        What `perspective` makes.
    path : path
        Where to: a workbook in the readers' language where the name ends in .xlsx, else a CSV file with ids.
    language : Language or str
        Language of the workbook.
    overwrite : bool
        Whether such a file may be replaced.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When there is something that may not be replaced, or this is no perspective.
    """
    if not isinstance(found, Perspective):
        refuse_unsolved(found)
        raise UsageError("write_perspective takes what perspective(result) makes, not the result itself")
    target = Path(path)
    if is_workbook(target):
        refuse_to_replace(target, PERSPECTIVE.name, overwrite)
        _write_workbook(found, target, Words(Language(language)))
    else:
        if not overwrite:
            refuse_existing(target)
        write_text(target, csv_text(PERSPECTIVE, found.table))
    return target


def _write_workbook(found: Perspective, path: Path, words: Words) -> None:
    told, columns = perspective_told(found, words), columns_told(words)
    rounded = told.map(lambda cell: round(cell, DECIMALS) if isinstance(cell, float) else cell)
    names = tuple(column.name for column in columns.values())
    table = Table(PERSPECTIVE.name, "", tuple(columns.values()), key=names[:3])
    with new_workbook(path) as book:
        add_view(book, table, [values_of(rounded[name].fillna("")) for name in columns], explain=sentence)
        add_rows(book, RULE, [words("rule")], [[line] for line in rule_told(found, words)])
