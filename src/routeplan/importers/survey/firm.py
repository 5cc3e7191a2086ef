"""What a filled-in survey says of a firm, what became of each answer, and what is wrong with it."""

from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils.cell import coordinate_from_string

from routeplan.errors import Problem
from routeplan.importers.sites.wishes import Wish
from routeplan.importers.survey.answers import Answer
from routeplan.importers.survey.notes import Note


@dataclass
class Firm:
    """What a filled-in survey says.

    Parameters
    ----------
    file, part : str
        Where it stands.
    row : dict
        A row of `SitesGiven`; empty where the firm is left out.
    wishes : tuple of Wish
        What the firm wants.
    notes : list of Note
        What became of each answer.
    problems : list of Problem
        What makes no sense.
    left_out : str
        Why the firm is left out; "" where it is not.
    agreed : bool or None
        Whether it agrees that its answers are open; None where it was not asked, or did not answer.
    withheld : bool
        Whether its name is withheld.
    incomplete, sector_taken : bool
        Whether the survey calls itself incomplete, and whether the sector is that of every firm.
    plans : int
        Plans in words that were not understood.
    name, town : str
        What the firm is called, and where it is.
    key : tuple of str
        Name and address, by which a firm that is there twice is known.
    places : dict
        Where the answer to a field stands, for messages.
    """

    file: str
    part: str
    row: dict[str, Any] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: str = ""
    agreed: bool | None = None
    withheld: bool = False
    incomplete: bool = False
    sector_taken: bool = False
    plans: int = 0
    name: str = ""
    town: str = ""
    key: tuple[str, ...] = ()
    places: dict[str, Answer] = field(default_factory=dict)

    def problem(self, name: str, text: str) -> Problem:
        """A problem at the answer to a field, or of the survey as a whole."""
        return problem_at(self.file, self.part, self.places.get(name), text)


def problem_at(file: str, part: str, answer: Answer | None, text: str) -> Problem:
    """A problem of a survey: by sheet and cell of a workbook, by number and name in JSON."""
    place = f"{file}: {part}" if part else file
    if answer is None or not answer.sheet:
        return Problem(place, 0, text)
    cell = answer.cell.partition(":")[0]
    return Problem(f"{file}: {answer.sheet}", coordinate_from_string(cell)[1], text, cell=cell)
