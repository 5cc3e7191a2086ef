"""Pages of plans and of verdicts, from results to a file."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from routeplan.hubs.stored import Compared
from routeplan.language.language import Language
from routeplan.report.page.build import page
from routeplan.report.page.file import refuse_unless_page, write_page
from routeplan.report.page.hub_page import hub_page
from routeplan.report.page.verdict_page import verdict_page
from routeplan.result.comparison import by_name
from routeplan.result.result import Result
from routeplan.why.answers import NOTHING, Answers
from routeplan.why.judged import Judged


def report(
    results: Result | Sequence[Result] | Mapping[str, Result],
    file: Path | str,
    *,
    language: Language | str = Language.ENGLISH,
    made: date | None = None,
    answers: Answers = NOTHING,
) -> Path:
    """Write plans as one page that opens in any browser, without a network.

    Parameters
    ----------
    results : Result, sequence of Result, or mapping of str to Result
        One plan, or several over the same periods, by the names under which they are shown; those of a sequence are
        named by their scenarios or instances. The first is the one that the others are compared with.
    file : path
        File of the page; a page of routeplan that is there is replaced.
    language : Language or str, optional
        The readers' language: ``en`` or ``nl``.
    made : date, optional
        Day that the page gives as that on which it was made; today when left out.
    answers : Answers, optional
        Verdicts on projects, and what sites can expect, for the page of one plan: on the cards of sites, and in a
        section on what stands in the way.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When an instance is given, or a result without a plan, the results cannot be set side by side (see `compare`),
        the language is unknown, answers are given for several, or there is something else in the place of the file.
    """
    named = by_name(results)
    place = Path(file)
    refuse_unless_page(place)
    write_page(page(named, language, made=made or date.today(), answers=answers), place)
    return place


def report_verdicts(
    result: Result,
    judged: Sequence[Judged],
    file: Path | str,
    *,
    language: Language | str = Language.ENGLISH,
    made: date | None = None,
) -> Path:
    """Write verdicts as one page that opens in any browser, without a network.

    Parameters
    ----------
    result : Result
        The result that the projects were held against.
    judged : sequence of Judged
        The verdicts, as `verdicts` gives them and `read_verdicts` reads them back.
    file : path
        File of the page; a page of routeplan that is there is replaced.
    language : Language or str, optional
        The readers' language: ``en`` or ``nl``.
    made : date, optional
        Day that the page gives as that on which it was made; today when left out.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When it is no result, the language is unknown, or there is something else in the place of the file.
    """
    place = Path(file)
    text = verdict_page(result, judged, language, made=made or date.today())
    write_page(text, place)
    return place


def report_hubs(
    compared: Compared,
    file: Path | str,
    *,
    language: Language | str = Language.ENGLISH,
    made: date | None = None,
) -> Path:
    """Write a comparison of hub designs as one page that opens in any browser, without a network.

    Parameters
    ----------
    compared : Compared
        The comparison, as `read_comparison` reads it back.
    file : path
        File of the page; a page of routeplan that is there is replaced.
    language : Language or str, optional
        The readers' language: ``en`` or ``nl``.
    made : date, optional
        Day that the page gives as that on which it was made; today when left out.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When the language is unknown, or there is something else in the place of the file.
    """
    place = Path(file)
    text = hub_page(compared.designs, compared.tables, compared.plans, language, made=made or date.today())
    write_page(text, place)
    return place
