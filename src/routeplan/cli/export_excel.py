"""``routeplan export excel``: an instance, or a result, as one workbook."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli, data
from routeplan.cli.options import InLanguage, PerspectiveBeside, VerdictsBeside
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace
from routeplan.data.paths import LEGEND, WORKBOOK_SUFFIX, holds_result, quoted
from routeplan.errors import UsageError
from routeplan.language.language import Language, Words

EXAMPLES = """Examples:

routeplan export excel instances/tiny

routeplan export excel instances/achterhoek --out achterhoek.xlsx --overwrite

routeplan export excel achterhoek-plan

routeplan export excel achterhoek-plan --language nl --out achterhoek-plan.xlsx

routeplan export excel my-hub-compared --member paper-1 --language nl

routeplan export excel achterhoek-plan --verdicts achterhoek-verdicts --perspective perspective.csv"""

Source = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Folder of an instance (or another workbook), or of a result.")
]
Out = Annotated[Path | None, typer.Option(help="Workbook to write; NAME.xlsx when left out.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace a workbook of the same kind that is there, all its sheets.")
]

Member = Annotated[
    str | None,
    typer.Option(metavar="SITE", help="Of a comparison of hub designs: the sheet of this member alone, to send to it."),
]


def excel(
    source: Source,
    out: Out = None,
    language: InLanguage = Language.ENGLISH,
    overwrite: Overwrite = False,
    verdicts: VerdictsBeside = None,
    perspective: PerspectiveBeside = None,
    member: Member = None,
) -> None:
    """Write an instance to an Excel workbook, which every command takes in place of the folder; or a plan, to read.

    Of an instance each table is a sheet, and so are the settings and the scenarios. Comments on the headers explain
    the columns, and cells with a closed list of words offer them. An empty template becomes a workbook to fill in.
    Columns of notes and sources are kept; other files of the folder (a README, notes, a derivation) are not in it.

    Of a result the first sheets are for reading, in the language that is asked for: an overview, the sites (a row
    each, with its routes, CO2, grid capacity, money and what must be said of it), and the summaries. Grey tabs hold
    every table of the result, as the format has them, with names beside the ids. Numbers are rounded; those of full
    precision stand in the folder of the result. Verdicts on projects and the perspective of sites are sheets too.

    Of a comparison of hub designs there is a sheet of what the public pays, and one for each member: what it pays, what
    it saves and what it risks.
    With --member that of one is written alone: what others pay is not in it.
    """
    if cli.is_comparison_of_hubs([source]):
        name = source.resolve().name if member is None else f"{source.resolve().name}-{member}"
        _export_hubs(source, _book(out, name, overwrite), language, overwrite, member)
    elif member is not None:
        raise UsageError(f"{source} is no comparison of hub designs, with which --member goes; leave it out")
    elif holds_result(source):
        # The folder's own name, of "." too.
        book = _book(out, source.resolve().name, overwrite)
        _export_result(source, book, language, overwrite, verdicts, perspective)
    elif verdicts is not None or perspective is not None:
        raise UsageError(f"{source} is an instance; --verdicts and --perspective go with a result")
    elif language is not Language.ENGLISH:
        raise UsageError(f"{source} is an instance, whose workbook has the words of the format; leave out --language")
    else:
        _export_instance(source, out, overwrite)


def _export_result(
    folder: Path,
    book: Path,
    language: Language,
    overwrite: bool,
    verdicts: Path | None,
    perspective: Path | None,
) -> None:
    result = cli.load_verified(folder)
    answers = cli.answers_beside(result, verdicts, perspective)
    routeplan.write_result_workbook(result, book, language=language, overwrite=overwrite, answers=answers)
    _say_where(folder, book, language)


def _export_hubs(folder: Path, book: Path, language: Language, overwrite: bool, member: str | None) -> None:
    compared = cli.verified_comparison(folder)
    routeplan.write_hub_workbook(compared, book, language=language, overwrite=overwrite, member=member)
    _say_where(folder, book, language)


def _say_where(folder: Path, book: Path, language: Language) -> None:
    """Say in which workbook a result now is."""
    words = Words(language)
    OUT.say(words("{folder} is in {book}", folder=folder, book=book))


def _export_instance(folder: Path, out: Path | None, overwrite: bool) -> None:
    template = data.settings_of_template(folder)
    if template is not None:
        book = _book(out, template.name, overwrite)
        data.write_empty_workbook(template, book, overwrite)
        OUT.say(f"The empty tables of {template.name} are in {book}; its sheet {LEGEND} tells how to fill it in")
        return
    found, free = routeplan.read_with_free_columns(folder)
    book = _book(out, found.name, overwrite)
    routeplan.write(found, book, overwrite=overwrite, free=free)
    cli.warn_of_hidden(folder)
    OUT.say(f"{found.name} is in {book}; back to a folder: routeplan import excel {quoted(book)} --out FOLDER")


def _book(out: Path | None, name: str, overwrite: bool) -> Path:
    """Path of the workbook to write; refused where its name is not that of a workbook, or it exists."""
    book = out or Path(f"{name}{WORKBOOK_SUFFIX}")
    if book.suffix.lower() != WORKBOOK_SUFFIX:
        raise UsageError(f"{book} is no name of a workbook; allowed: a name that ends in {WORKBOOK_SUFFIX}")
    refuse_to_replace(book, overwrite, f"--out BOOK{WORKBOOK_SUFFIX}")
    return book
