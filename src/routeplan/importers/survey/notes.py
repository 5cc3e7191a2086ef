"""The table ``note_survey.csv``: what became of each answer of each survey, and why."""

from dataclasses import dataclass
from enum import Enum

import pandas as pd

from routeplan.language.language import Words

NOTES_FILE = "note_survey.csv"
COLUMNS = ["survey", "file", "sheet", "cell", "name", "outcome", "field", "value", "unit", "why"]


class Outcome(Enum):
    """What became of an answer; the words stand in the catalogues."""

    UNDERSTOOD = "understood"
    NOT_UNDERSTOOD = "not understood"
    NOT_NEEDED = "not needed"
    EMPTY = "empty"
    NOT_ASKED = "not in the survey"
    LEFT_OUT = "left out"
    GIVEN = "from the file of names"


@dataclass(frozen=True)
class Note:
    """A row of the table.

    Parameters
    ----------
    outcome : Outcome
        What became of it.
    name, sheet, cell : str
        The answer.
    field : str
        The field for which it was read.
    value : str
        What was understood; "" where it must not be copied.
    unit : str
        Unit of the value.
    why : str
        Why, in the language of the user.
    """

    outcome: Outcome
    name: str = ""
    sheet: str = ""
    cell: str = ""
    field: str = ""
    value: str = ""
    unit: str = ""
    why: str = ""


def notes_table(notes: list[tuple[int, str, Note]], words: Words) -> pd.DataFrame:
    """The notes as a table.

    Parameters
    ----------
    notes : list of (int, str, Note)
        Each with the number of its survey, and the name of its file: "" where that must not be told.
    words : Words
        Language of the readers.
    """
    rows = [
        (number, file, each.sheet, each.cell, each.name, words(each.outcome.value), each.field, each.value, each.unit)
        for number, file, each in notes
    ]
    return pd.DataFrame(rows, columns=COLUMNS[:-1]).assign(why=[note.why for _, _, note in notes])
