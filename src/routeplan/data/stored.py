"""Interface of a place where an instance is stored, be it a folder or a workbook."""

from pathlib import Path
from typing import Protocol

from routeplan import data
from routeplan.data.csv_cells import Cells
from routeplan.data.folder import Folder
from routeplan.data.paths import is_workbook
from routeplan.errors import Problem
from routeplan.instance.scenario import Scenario
from routeplan.schema.column import Table
from routeplan.schema.settings import Settings


class Stored(Protocol):
    """A stored instance. Problems have the places of a folder, until `placed` corrects them."""

    def problems(self) -> list[Problem]:
        """Reason why this holds no instance, in one problem; none when it looks like one."""

    def settings(self) -> tuple[Settings | None, list[Problem]]:
        """Read the settings, or report every problem."""

    def scenarios(self) -> tuple[tuple[Scenario, ...], list[Problem]]:
        """Read the scenarios, or report every problem of their form."""

    def strays(self) -> list[Problem]:
        """Refuse files or sheets that are not of the format: a misspelt table must not be lost."""

    def cells(self, table: Table) -> Cells | None:
        """Read the cells of a table; None when it is not there.

        Raises
        ------
        Unreadable
            When it cannot be read at all.
        """

    def hidden(self) -> list[Problem]:
        """Tell what is hidden from readers and counts all the same; of a place that can be read, with actual places."""

    def placed(self, problem: Problem) -> Problem:
        """Problem with its actual place."""


def stored_at(path: Path) -> Stored:
    """The instance stored at a path, judged by its name; nothing is read yet."""
    return data.Workbook(path) if is_workbook(path) else Folder(path)
