"""``routeplan report``: plans, or verdicts on projects, as a page."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.completion import results
from routeplan.cli.options import PerspectiveBeside, VerdictsBeside
from routeplan.cli.output import OUT
from routeplan.errors import UsageError
from routeplan.language.language import Language, Words
from routeplan.report.page.file import PAGE_SUFFIX, refuse_unless_page

EXAMPLES = """Examples:

routeplan report achterhoek-plan

routeplan report achterhoek-plan --out achterhoek.html --language nl

routeplan report achterhoek-plan achterhoek-late-grid-plan --out late-grid.html

routeplan report achterhoek-verdicts --language nl

routeplan report achterhoek-plan --verdicts achterhoek-verdicts --perspective perspective.csv

Several results have the same periods; the first is the one that the others are compared with."""


def _page(file: Path | None) -> Path | None:
    """Refuse a file to write that is no page, before anything is read."""
    if file is not None and file.suffix.lower() != PAGE_SUFFIX:
        raise typer.BadParameter(f"{file} does not end in {PAGE_SUFFIX}")
    return file


Folders = Annotated[
    list[Path],
    typer.Argument(metavar="RESULT...", help="Folders of one result or more, or of verdicts.", autocompletion=results),
]
Out = Annotated[
    Path | None,
    typer.Option(dir_okay=False, callback=_page, help="Page to write; the first result's name when left out."),
]
PageLanguage = Annotated[Language, typer.Option(help="Language of the page: English or Dutch.")]


def report(
    folders: Folders,
    out: Out = None,
    language: PageLanguage = Language.ENGLISH,
    verdicts: VerdictsBeside = None,
    perspective: PerspectiveBeside = None,
) -> None:
    """Show plans as one page: map, routes, CO2, cost, energy, limits, public money, and every site.

    Of a folder that `routeplan verdicts --out` has written, the page tells which projects can go ahead, and what stands
    in the way of the others; of one that `routeplan hub compare --out` has written, what hub designs save and who pays.
    With --verdicts and --perspective the page of one plan tells so too, on the cards of its
    sites and beside the targets that it misses. It is one file that opens in any browser, without a network; it can be
    mailed and printed.
    """
    place = out or Path(f"{folders[0].resolve().name or 'plan'}{PAGE_SUFFIX}")
    refuse_unless_page(place)
    beside = verdicts is not None or perspective is not None
    if beside and (len(folders) > 1 or cli.are_verdicts(folders) or cli.is_comparison_of_hubs(folders)):
        raise UsageError("--verdicts and --perspective go with one result alone")
    if cli.is_comparison_of_hubs(folders):
        routeplan.report_hubs(cli.verified_comparison(folders[0]), place, language=language)
    elif cli.are_verdicts(folders):
        result, judged = routeplan.read_verdicts(folders[0])
        cli.refuse_unless_verified({str(folders[0]): result})
        routeplan.report_verdicts(result, judged, place, language=language)
    else:
        _report_plans(folders, place, language, verdicts, perspective)
    words = Words(language)
    size = words.fixed(place.stat().st_size / 1e6, 1)
    OUT.say(words("The page is {place} ({size} MB); open it in a browser", place=place, size=size))


def _report_plans(
    folders: list[Path], place: Path, language: Language, verdicts: Path | None, perspective: Path | None
) -> None:
    results = cli.load_named(folders)
    cli.warn_of_other_instances(results)
    cli.warn_of_other_rates(results)
    cli.refuse_unless_verified(results)
    answers = cli.answers_beside(next(iter(results.values())), verdicts, perspective)
    routeplan.report(results, place, language=language, answers=answers)
