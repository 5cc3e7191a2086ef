"""An instance of routeplan's own, from its folder or workbook."""

from dataclasses import dataclass
from pathlib import Path

from routeplan.bench.families.family import Made, Size, number_of
from routeplan.bench.families.sites import FORMULATIONS, made_as, made_of
from routeplan.data.read import read
from routeplan.instance.instance import Instance
from routeplan.model.compile import program_of
from routeplan.model.program import Program


@dataclass(frozen=True, eq=False)
class CountryFamily:
    """An instance by its path, such as ``instances/cluster6-nl``; nothing is drawn, so that every seed makes the same.

    Parameters
    ----------
    folder : Path
        Folder or workbook of the instance.
    tables : Instance
        The instance as it was read.
    name : str
        Name.
    """

    folder: Path
    tables: Instance
    name: str = "country"

    @property
    def about(self) -> str:
        """What it probes."""
        return f"The instance {self.sizes[0].name} as planners have it."

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The one size, which has the name of the instance."""
        return (
            Size(self.folder.name if self.folder.is_dir() else self.folder.stem, len(self.tables["sites"]), "sites"),
        )

    @property
    def formulations(self) -> tuple[str, ...]:
        """Names of the formulations of plans."""
        return tuple(FORMULATIONS)

    def instance(self, size: str, seed: int) -> Instance:
        """Look up the tables; raises `UsageError` when there is no such size, or no such seed."""
        number_of(self, size, seed)
        return self.tables

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`."""
        return made_of(self.program(size, seed))

    def make_as(self, formulation: str, size: str, seed: int) -> Made:
        """Make an instance in a formulation; see `Formulated.make_as`."""
        return made_as(formulation, lambda: self.program(size, seed))

    def program(self, size: str, seed: int) -> Program:
        """Compile the program, with its labels; see `PlanFamily.program`."""
        return program_of(self.instance(size, seed))


def country(folder: Path | str) -> CountryFamily:
    """Make a family of an instance.

    Parameters
    ----------
    folder : path
        Folder of the instance, or its workbook.

    Raises
    ------
    DataError
        When the instance is not there, or breaks rules.
    """
    return CountryFamily(Path(folder).resolve(), read(folder))
