"""An instance of routeplan's own, from its folder or workbook."""

from dataclasses import dataclass
from pathlib import Path

from routeplan.bench.families.family import Made, Size, number_of
from routeplan.bench.families.sites import made_of
from routeplan.data.read import read
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.program import Program


@dataclass(frozen=True)
class CountryFamily:
    """An instance by its path, such as ``instances/cluster6-nl``; nothing is drawn, so that every seed makes the same.

    Parameters
    ----------
    folder : Path
        Folder or workbook of the instance.
    sites : int
        How many sites it has.
    """

    folder: Path
    sites: int

    @property
    def name(self) -> str:
        """Name after the folder."""
        return f"country-{self.folder.stem}"

    @property
    def about(self) -> str:
        """What it probes."""
        return f"The instance {self.folder.stem} as planners have it."

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The one size."""
        return (Size("whole", self.sites, "sites"),)

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`.

        Raises
        ------
        DataError
            When the instance breaks rules.
        """
        return made_of(self.program(size, seed))

    def program(self, size: str, seed: int) -> Program:
        """Compile the program, with its labels; see `PlanFamily.program`."""
        number_of(self, size, seed)
        return compile_model(build(read(self.folder)))


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
    return CountryFamily(Path(folder).resolve(), len(read(folder)["sites"]))
