"""Results that a command is given: read them all, and name them."""

from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path

from routeplan.checker.check import verify
from routeplan.cli.shortened import first_of_each
from routeplan.comparison import names_of
from routeplan.errors import DataError, Problem, UsageError
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


def load_that_holds(folder: Path) -> Result:
    """Read a result, and check its plan if it has one.

    Raises
    ------
    DataError
        When it cannot be read.
    UsageError
        When its plan fails its check.
    """
    result = load(folder)
    refuse_unless_they_hold({str(folder): result})
    return result


def refuse_unless_they_hold(results: Mapping[str, Result]) -> None:
    """Check plans against their own tables, before they are handed to people or programs that cannot.

    Parameters
    ----------
    results : mapping of str to Result
        Results by name; those without a plan are passed over.

    Raises
    ------
    UsageError
        When a plan fails its check, because its files were changed for example.
    """
    failed = []
    for name, result in results.items():
        violations = verify(result.instance, result) if result.status.has_plan else ()
        if violations:
            shown = first_of_each(
                violations, attrgetter("family"), "all of them: routeplan verify INSTANCE RESULT --all"
            )
            failed += [
                f"{name} fails {len(violations):,} of the plan checker's checks:",
                *(f"  {each}" for each in shown),
            ]
    if failed:
        raise UsageError("\n".join(failed))


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
