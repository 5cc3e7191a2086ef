"""``routeplan import survey``: an instance from the company surveys of a region."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan.cli.made import beside, say_next, say_where, warn
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace, refuse_to_replace_instance
from routeplan.data.paths import quoted
from routeplan.language.language import Words
from routeplan.language.refusals import refusals_in

EXAMPLES = """Examples:

routeplan import survey surveys --out my-region

routeplan import survey 17001.xlsx 17002.xlsx --out my-region --language en

routeplan import survey --write-names names.toml

routeplan import survey surveys --names names.toml --out my-region --overwrite"""

Surveys = Annotated[
    list[Path] | None,
    typer.Argument(metavar="WORKBOOK", help="Workbooks with named cells, JSON files, or folders of them."),
]
Out = Annotated[Path | None, typer.Option(help="Folder of the instance; the folder's name when left out.")]
NamesFile = Annotated[
    Path | None, typer.Option("--names", help="File (TOML) that tells which named cell is what; see --write-names.")
]
WriteNames = Annotated[Path | None, typer.Option(help="Write the names that are looked for, to change them, and stop.")]
WithNames = Annotated[
    bool,
    typer.Option("--with-names", help="Keep names of firms that were not asked for consent; do not publish them."),
]
Language = Annotated[str, typer.Option(help="Language of messages, notes and README: nl or en.")]
Title = Annotated[str, typer.Option(help="Title for readers; by default it follows from the folder's name.")]
Tables = Annotated[Path | None, typer.Option(help="Folder of CSV files to use in place of default tables.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an instance that is there; notes are kept.")]


def survey(
    surveys: Surveys = None,
    out: Out = None,
    names: NamesFile = None,
    write_names: WriteNames = None,
    with_names: WithNames = False,
    language: Language = "nl",
    title: Title = "",
    tables: Tables = None,
    overwrite: Overwrite = False,
) -> None:
    """Make an instance from company surveys ("Energieke Regio"): a workbook with named cells, or JSON, for each firm.

    A firm that does not agree is left out, and one that was not asked has a number for a name. README.md says what is
    weak in the instance and must stay inside, note_survey.csv what became of each answer, derivation.csv where each
    number comes from.
    """
    words = Words(language)
    with refusals_in(words):
        if write_names is not None:
            _write_names(write_names, overwrite, words)
            return
        if out is not None:
            refuse_to_replace_instance(out, overwrite)
    imported = routeplan.import_survey(
        surveys or [], names=names, language=language, with_names=with_names, title=title, tables=tables
    )
    folder = out or Path(imported.made.instance.name)
    with refusals_in(words):
        refuse_to_replace_instance(folder, overwrite)
    routeplan.write_imported_survey(imported, folder, overwrite=overwrite)
    _print(imported, folder, words)


def _write_names(file: Path, overwrite: bool, words: Words) -> None:
    refuse_to_replace(file, overwrite, "--write-names FILE")
    routeplan.write_survey_names(file, overwrite=overwrite)
    OUT.say(words("The names that are looked for are in {file}.", file=file))
    command = f"routeplan import survey WORKBOOK... --names {quoted(file)}"
    OUT.say(words("Change them, then: {command}", command=command))


def _print(imported: "routeplan.ImportedSurvey", folder: Path, words: Words) -> None:
    unknown = [
        words("there is no survey of '{name}', which the file of names tells of", name=name)
        for name in imported.unknown
    ]
    warn([*imported.made.warnings, *unknown], words)
    left_out = [(number, firm) for number, firm in enumerate(imported.firms, start=1) if firm.left_out]
    say_where(imported.made.instance, folder, words)
    if left_out:
        OUT.say(words("left out ({number}):", number=len(left_out)))
        for number, firm in left_out:
            OUT.say(f"{number:5d}  {firm.file}: {firm.left_out}")
    withheld = sum(firm.withheld and not firm.left_out for firm in imported.firms)
    if withheld:
        OUT.say(_withheld(withheld, words))
    notes = beside(folder, words, imported.NOTES_FILE)
    OUT.say(words("What became of each answer: {place}", place=notes))
    OUT.say(words("What is weak in it, and must stay inside: {place}", place=beside(folder, words)))
    say_next(folder, words)


def _withheld(number: int, words: Words) -> str:
    if number == 1:
        return words("1 name is withheld: nobody agreed that the answers are open")
    return words("{number} names are withheld: nobody agreed that the answers are open", number=words.number(number))
