"""What reading needs of a place where an instance is stored, be it a folder or a workbook."""

from typing import Protocol

from routeplan.data.csv_cells import Cells
from routeplan.errors import Problem
from routeplan.instance.scenario import Scenario
from routeplan.schema.column import Table
from routeplan.schema.settings import Settings


class Stored(Protocol):
    """An instance as it is stored. Problems are those of a folder, until `placed` says where they really are."""

    def problems(self) -> list[Problem]:
        """Say why this holds no instance at all, in one problem; none when it looks like one."""

    def settings(self) -> tuple[Settings | None, list[Problem]]:
        """Read the settings, or everything that is wrong with them."""

    def scenarios(self) -> tuple[tuple[Scenario, ...], list[Problem]]:
        """Read the scenarios, or everything that is wrong with their form."""

    def strays(self) -> list[Problem]:
        """Refuse what is not of the format: a table that is misspelt must not be lost."""

    def cells(self, table: Table) -> Cells | None:
        """Read the cells of a table; None when it is not there.

        Raises
        ------
        Unreadable
            When it cannot be read at all.
        """

    def placed(self, problem: Problem) -> Problem:
        """Say where a problem really is."""
