"""The results that commands read and save: loaded, named, and verified."""

from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path

from routeplan.checker.check import verify
from routeplan.cli.output import ERR
from routeplan.cli.truncate import truncated
from routeplan.data.paths import holds_instance, holds_result, refuse_file_name
from routeplan.data.read import hidden, read
from routeplan.errors import DataError, Problem, UsageError
from routeplan.instance.instance import TOGETHER, Instance
from routeplan.result.comparison import names_of, of_other_instances, of_other_rates
from routeplan.result.folder import load, refuse_unless_result
from routeplan.result.result import Result, refuse_result_of_another
from routeplan.schema.result_file import INSTANCE_FOLDER


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


def load_verified(folder: Path) -> Result:
    """Read a result, and check its plan if it has one.

    Raises
    ------
    DataError
        When it cannot be read.
    UsageError
        When its plan fails its check.
    """
    result = load(folder)
    refuse_unless_verified({str(folder): result})
    return result


def refuse_unless_verified(results: Mapping[str, Result]) -> None:
    """Refuse plans that fail the check against their own tables, before they are exported.

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
            lines = truncated(violations, attrgetter("family"), "all of them: routeplan verify INSTANCE RESULT --all")
            failed += [
                f"{name} fails {len(violations):,} of the plan checker's checks:",
                *(f"  {each}" for each in lines),
            ]
    if failed:
        raise UsageError("\n".join(failed))


def result_folders(
    instance: Instance, out: Path | None, overwrite: bool, *, several: bool = False
) -> tuple[Path, Path]:
    """Folder of a result, and the one beside it of a plan that its check refuses.

    Parameters
    ----------
    instance : Instance
        What is solved.
    out : Path, optional
        Folder of the result; ``NAME-plan`` or ``NAME-SCENARIO-plan`` when left out. Of `several`, the folder in which
        these are.
    overwrite : bool
        Whether a result of another instance or scenario may be replaced.
    several : bool
        Whether `out` is for several results, each in a folder of its own.

    Raises
    ------
    UsageError
        When something else than a result is there, or the folder cannot be made.
    """
    if several and out is not None:
        _refuse_folder_of_several(out)
    under = (instance.scenario or "").replace(TOGETHER, "+")
    named = Path("-".join(filter(None, (instance.name, under, "plan"))))
    place = (out / named if several else out) if out is not None else named
    aside = place.parent / f"{place.name}-rejected"
    for folder in (place, aside):
        refuse_unless_result(folder, instance, overwrite)
    return place, aside


def _refuse_folder_of_several(folder: Path) -> None:
    """Refuse what is no place for folders of results: the name of a file, an instance, or a result itself."""
    refuse_file_name(folder)
    if holds_result(folder) or holds_instance(folder):
        what = "a result" if holds_result(folder) else "an instance"
        raise UsageError(f"{folder} is {what}; allowed with --all-scenarios: a folder for the folders of results")


def warn_of_other_instances(results: Mapping[str, Result], consequence: str = "") -> None:
    """Warn of results made from other tables than the first, and of the consequence."""
    if others := of_other_instances(results):
        first = next(iter(results))
        ERR.say(f"warning: made from other tables than {first}: {', '.join(others)}{consequence}", style="yellow")


def warn_of_other_rates(results: Mapping[str, Result]) -> None:
    """Warn of results whose money is discounted at other rates than that of the first."""
    if others := of_other_rates(results):
        first = next(iter(results))
        consequence = "costs and grants differ by that, too"
        ERR.say(f"warning: at other discount rates than {first}: {', '.join(others)}; {consequence}", style="yellow")


def read_instance(folder: Path) -> Instance:
    """Read an instance, and warn of what is hidden in its workbook.

    Raises
    ------
    DataError
        With everything that is wrong with it.
    """
    instance = read(folder)
    warn_of_hidden(folder)
    return instance


def warn_of_hidden(folder: Path) -> None:
    """Warn of what is hidden in the workbook of an instance, which could be read."""
    for problem in hidden(folder):
        ERR.say(f"warning: {problem}", style="yellow")


def instance_of(folder: Path, plan: Path, result: Result) -> Instance:
    """Read the instance of a result, under its scenario.

    Parameters
    ----------
    folder, plan : Path
        The instance, and the folder of the result.
    result : Result
        The result.

    Raises
    ------
    UsageError
        When the result is not of the instance.
    """
    instance = read(folder)
    if result.instance.scenario and instance.sha256 == result.instance.sha256:
        instance = instance.under(result.instance.scenario)
    refuse_result_of_another(instance, result, folder, plan / INSTANCE_FOLDER)
    return instance


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
    """Add the folder to the file of a problem, since several results have files of the same names."""
    file = problem.file if problem.file.startswith(str(folder)) else str(folder / problem.file)
    return Problem(file, problem.line, problem.text, problem.column, problem.cell)
