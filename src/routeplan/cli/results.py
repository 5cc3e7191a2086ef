"""Results that a command is given: read them all, and name them."""

from pathlib import Path

from routeplan.comparison import names_of
from routeplan.errors import DataError, Problem
from routeplan.result import Result
from routeplan.result_folder import load


def load_named(folders: list[Path]) -> dict[str, Result]:
    """Read results by name: that of the scenario, or else of the folder.

    Parameters
    ----------
    folders : list of Path
        Folders of results.

    Raises
    ------
    DataError
        With what is wrong with every one of them.
    """
    results = _load(folders)
    # The folder's own name, of "." too.
    return dict(zip(names_of(results, [folder.resolve().name for folder in folders]), results, strict=True))


def _load(folders: list[Path]) -> list[Result]:
    results, problems = [], []
    for folder in folders:
        try:
            results.append(load(folder))
        except DataError as error:
            problems += [_inside(folder, problem) for problem in error.problems]
    if problems:
        raise DataError(problems)
    return results


def _inside(folder: Path, problem: Problem) -> Problem:
    """Name the folder too: of several results, each has files of the same names."""
    file = problem.file if problem.file.startswith(str(folder)) else str(folder / problem.file)
    return Problem(file, problem.line, problem.text, problem.column, problem.cell)
