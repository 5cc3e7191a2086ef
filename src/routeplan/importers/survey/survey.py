"""From company surveys to an instance: a site for each firm that agrees; the default tables give the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pandas as pd

from routeplan.data.csv_cells import Unreadable
from routeplan.data.paths import path_of
from routeplan.errors import DataError, Problem, UsageError
from routeplan.estimate.assemble import default_settings
from routeplan.estimate.defaults import DefaultTables, load_defaults
from routeplan.estimate.write import write_estimated
from routeplan.estimate.years import periods_between, refuse_periods
from routeplan.importers.sites.read import SitesGiven
from routeplan.importers.sites.sites import ImportedSites, made_of, slug
from routeplan.importers.sites.unusual import unusual_amounts
from routeplan.importers.survey.answers import FilledIn, read_survey
from routeplan.importers.survey.firm import Firm
from routeplan.importers.survey.mapping import Names, read_names
from routeplan.importers.survey.names_check import EVERY_FIRM
from routeplan.importers.survey.notes import NOTES_FILE, Note, notes_table
from routeplan.importers.survey.paths import surveys_in
from routeplan.importers.survey.read_firm import read_firm
from routeplan.importers.survey.reading import Meanings
from routeplan.importers.survey.readme import readme
from routeplan.importers.survey.warnings import warnings_of
from routeplan.instance.rules.words import folded
from routeplan.language.language import Language, Words
from routeplan.language.refusals import refusals_in
from routeplan.schema.periods import HORIZON_END, PERIODS
from routeplan.schema.settings import Settings

PLACE = "survey"
"""What a survey is called in the derivation, with its number: its file often has the name of the firm."""
SHOWN = 8
"""Names that are looked for which a message shows; --write-names writes all."""


@dataclass(frozen=True)
class ImportedSurvey:
    """Outcome of an import of company surveys.

    Parameters
    ----------
    made : ImportedSites
        The instance, its derivation and what the user should look at.
    notes : DataFrame
        ``survey``, ``file``, ``sheet``, ``cell``, ``name``, ``outcome``, ``field``, ``value``, ``unit``, ``why``: what
        became of each answer. Files and answers of firms that do not agree are not told.
    firms : tuple of Firm
        What each survey says, those too that were left out; with the names of files, so not to be published.
    unknown : tuple of str
        Names of files or firms of which the file of names tells something, and of which there is no survey.
    """

    made: ImportedSites
    notes: pd.DataFrame
    firms: tuple[Firm, ...]
    unknown: tuple[str, ...]

    NOTES_FILE: ClassVar[str] = NOTES_FILE
    """File of the notes, beside the instance."""


def import_survey(
    surveys: Path | str | Sequence[Path | str],
    *,
    names: Path | str | None = None,
    language: Language | str = Language.DUTCH,
    with_names: bool = False,
    name: str = "",
    title: str = "",
    tables: Path | str | None = None,
    periods: Sequence[int] = PERIODS,
    horizon_end: int = HORIZON_END,
) -> ImportedSurvey:
    """Make an instance of company surveys: workbooks with named cells, or JSON.

    Parameters
    ----------
    surveys : path or sequence of paths
        Workbooks (.xlsx, .xlsm), JSON files, or folders of them.
    names : path, optional
        File of the user's that tells which named cell is what, and what is known besides (`write_survey_names`).
    language : Language or str
        Language of messages, notes and README: ``nl`` or ``en``.
    with_names : bool
        Whether firms keep their names that were not asked whether their answers may be open. Those that said no are
        left out all the same.
    name, title : str
        Of the instance; by default they follow from the folder's name.
    tables : path, optional
        Folder of the user's: default tables there take the place of the package's.
    periods : sequence of int
        First years of the periods.
    horizon_end : int
        The year after the last period.

    Raises
    ------
    DataError
        With every answer that makes no sense, by file, sheet and cell.
    UsageError
        When there is no survey, or the periods make no sense.
    """
    words = Words(language)
    with refusals_in(words):
        refuse_periods(periods, horizon_end)
        given = [path_of(each) for each in (surveys if isinstance(surveys, list | tuple) else [surveys])]
        files = surveys_in(given)
        defaults = load_defaults(tables)
        known = read_names(None if names is None else path_of(names), words)
        firms = _firms(files, known, defaults, words, with_names=with_names)
        settings = _settings(_folder_name(given), name, title, periods[0], defaults, words)
        made = _made(firms, settings, periods_between(periods, horizon_end), defaults, words)
        made = replace(made, warnings=(*warnings_of(firms, known, words), *made.warnings))
        return ImportedSurvey(made, notes_table(_told(firms), words), tuple(firms), _unknown(known, firms, files))


def _firms(files: Sequence[Path], names: Names, tables: DefaultTables, words: Words, *, with_names: bool) -> list[Firm]:
    """What each survey says; refused with every problem of all of them, or where no firm is left."""
    filled, problems = _read(files, names, words)
    meanings = Meanings(tables, words)
    firms = [
        read_firm(each, number, names, meanings, words, with_names=with_names)
        for number, each in enumerate(filled, start=1)
    ]
    problems += [problem for firm in firms for problem in firm.problems] + _twice(firms, words)
    if not problems and all(firm.left_out for firm in firms):
        problems = [firm.problem("", words("is left out: {why}", why=firm.left_out)) for firm in firms]
    if problems:
        raise DataError(problems)
    return firms


def _folder_name(given: Sequence[Path]) -> str:
    """Name of the only folder that is given; "" where it is another number of them, or a file."""
    return given[0].resolve().name if len(given) == 1 and given[0].is_dir() else ""


def _unknown(names: Names, firms: Sequence[Firm], files: Sequence[Path]) -> tuple[str, ...]:
    """Names of files or firms of which the file of names tells something, and of which there is no survey."""
    called_so = {folded(firm.name) for firm in firms} | {folded(file.name) for file in files} | {EVERY_FIRM}
    return tuple(each for each in names.given if each not in called_so)


def _told(firms: Sequence[Firm]) -> list[tuple[int, str, Note]]:
    """Number, file and note of every answer; without the file where a firm in it must not be told."""
    untold = {firm.file for firm in firms if firm.withheld}
    return [
        (number, "" if firm.file in untold else firm.file, note)
        for number, firm in enumerate(firms, start=1)
        for note in firm.notes
    ]


def _read(files: Iterable[Path], names: Names, words: Words) -> tuple[list[FilledIn], list[Problem]]:
    """Every survey that can be read, and what is wrong with the others."""
    filled: list[FilledIn] = []
    problems: list[Problem] = []
    known = {
        folded(each) for field, of_field in names.fields.items() if field != "completeness" for each in of_field.names
    }
    for file in files:
        try:
            found = read_survey(file, names)
        except Unreadable as refused:
            problems.append(refused.problem)
            continue
        for each in found:
            if any(folded(answer.name) in known for answer in each.answers):
                filled.append(each)
            else:
                problems.append(_no_answers(each, names, words))
    return filled, problems


def _no_answers(filled: FilledIn, names: Names, words: Words) -> Problem:
    looked_for = names.looked_for
    shown = ", ".join(looked_for[:SHOWN])
    if len(looked_for) > SHOWN:
        shown = words("{shown} and {number} more", shown=shown, number=len(looked_for) - SHOWN)
    text = words(
        "has none of the answers that are looked for, and {number} others; looked for: {names}; "
        "routeplan import survey --write-names FILE writes all names to change them",
        number=len(filled.answers),
        names=shown,
    )
    return Problem(f"{filled.file}: {filled.part}" if filled.part else filled.file, 0, text)


def _twice(firms: Sequence[Firm], words: Words) -> list[Problem]:
    """Firms that are there twice: the same name and address in two surveys, such as an older version of the file."""
    first: dict[tuple[str, ...], Firm] = {}
    problems = []
    for firm in firms:
        other = first.setdefault(firm.key, firm)
        if firm.key and other is not firm and not _same_survey(firm, other):
            text = words(
                "is of '{firm}' in {town}, as is {other}; allowed: one survey for each site; leave_out in the file of "
                "names leaves one out",
                firm=firm.name,
                town=firm.town or "-",
                other=other.file,
            )
            problems.append(firm.problem("name", text))
    return problems


def _same_survey(firm: Firm, other: Firm) -> bool:
    """Whether two are grid connections of one survey."""
    return firm.file == other.file and firm.part.partition(".")[0] == other.part.partition(".")[0] != ""


def _settings(called: str, name: str, title: str, base_year: int, tables: DefaultTables, words: Words) -> Settings:
    region = called.replace("_", " ").replace("-", " ") or words("the surveys")
    return default_settings(
        name or slug(called) or PLACE,
        base_year,
        tables,
        title=title or words("Industry of {region}", region=region),
        description=words(
            "Made from company surveys: what firms said of their sites stands there, all else is estimated from the "
            "default tables; derivation.csv and note_survey.csv say how. Networks, grid room and public money are "
            "stylised."
        ),
        sources={"sites": words("company surveys"), "places": words("towns: GeoNames, CC BY 4.0")},
        words=words,
    )


def _made(
    firms: Sequence[Firm], settings: Settings, periods: pd.DataFrame, tables: DefaultTables, words: Words
) -> ImportedSites:
    used = [firm for firm in firms if not firm.left_out]
    wishes = tuple((position, wish) for position, firm in enumerate(used) for wish in firm.wishes)
    sites = pd.DataFrame([firm.row for firm in used])
    # By the name of the site, which may be withheld: the file often has that of the firm.
    warnings = tuple(
        f"{sites['name'].iloc[each.position]}: {each.text}" for each in unusual_amounts(sites, tables, words)
    )
    given = SitesGiven(sites, wishes, words.language, PLACE, warnings)
    try:
        return made_of(given, words("company surveys"), settings, periods, tables)
    except DataError as refused:
        raise DataError([_in_survey(problem, firms, words) for problem in refused.problems]) from None


def _in_survey(problem: Problem, firms: Sequence[Firm], words: Words) -> Problem:
    """A problem of the sites as one of the survey that it comes from."""
    if problem.file != PLACE or not 0 < problem.line <= len(firms):
        return problem
    firm = firms[problem.line - 1]
    if problem.column == "place":
        text = words("the town {town} is not known; allowed: a town of the Netherlands", town=firm.town)
        return firm.problem("town", text)
    return firm.problem(problem.column, problem.text)


def write_imported_survey(imported: ImportedSurvey, folder: Path | str, *, overwrite: bool = False) -> None:
    """Write an imported instance, with README, derivation and the notes on every answer.

    Parameters
    ----------
    imported : ImportedSurvey
        What `import_survey` returned.
    folder : path
        Folder of the instance, or its workbook (.xlsx), in which they are sheets of notes.
    overwrite : bool
        Whether an instance that is there may be replaced; files of others in it are kept.

    Raises
    ------
    UsageError
        When the folder holds something already, and it may not or must not be replaced; or when something else than
        an imported survey is given.
    """
    if not isinstance(imported, ImportedSurvey):
        raise UsageError(f"{imported!r} is no imported survey; routeplan.import_survey(files) makes one")
    text = readme(imported.made, imported.firms, Path(folder))
    more = {NOTES_FILE: imported.notes}
    with refusals_in(Words(imported.made.language)):
        write_estimated(imported.made.instance, imported.made.derivation, text, folder, overwrite=overwrite, more=more)
