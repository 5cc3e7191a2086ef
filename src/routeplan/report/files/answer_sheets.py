"""Sheets on what becomes of projects, and on what sites can expect of their routes."""

from collections.abc import Iterator, Sequence

import pandas as pd

from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.report.files.sheet import Sheet, sheet_name
from routeplan.result.result import Result
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.perspective import PERSPECTIVE
from routeplan.schema.verdicts import PROJECTS
from routeplan.why.answers import Answers
from routeplan.why.causes import Causes
from routeplan.why.judged import Judged
from routeplan.why.outlook import Perspective
from routeplan.why.perspective_told import columns_told, perspective_told, rule_told
from routeplan.why.told import Told, causes_in_words, not_judged, verdict_name


def answer_sheets(result: Result, answers: Answers, words: Words) -> list[Sheet]:
    """Make a sheet of the verdicts, and one of the perspective, of what is known.

    Parameters
    ----------
    result : Result
        A result with a plan.
    answers : Answers
        What is known beside it.
    words : Words
        The readers' language.
    """
    sheets = [_projects(result, answers, words)] if answers.judged else []
    return sheets + ([_expected(answers.perspective, words)] if answers.perspective is not None else [])


def _projects(result: Result, answers: Answers, words: Words) -> Sheet:
    columns = _of_projects(words)
    table = Table(
        sheet_name(PROJECTS.name, words),
        " ".join(
            [
                words("Each project in a row: what becomes of it, and what stands in its way."),
                *not_judged(result, [each.wish.project for each in answers.judged], words),
            ]
        ),
        tuple(Column(name, Kind.TEXT, about) for name, about in columns.items()),
        key=(words("project"),),
    )
    rows = list(_project_rows(result, answers.judged, words))
    return Sheet(table, pd.DataFrame(rows, columns=list(columns), dtype=object))


def _of_projects(words: Words) -> dict[str, str]:
    """Columns of the sheet of projects, and what they mean."""
    return {
        words("project"): words("Its id in the tables."),
        words("site"): words("The site."),
        words("process"): words("The process."),
        words("route"): words("The route that is wanted."),
        words("wanted from"): words("First year of the period in which it is wanted."),
        words("verdict"): words("What becomes of it."),
        words("says"): words("The same, with what the plan has."),
        words("possible"): words("First year of the first period in which it is possible; empty: in none, or unknown."),
        words("cause"): words("For what it cannot go ahead when it is wanted."),
        words("in the way"): words("The smallest sets of limits that must be lifted for it to go ahead."),
        words("worth"): words("What it changes once it goes ahead."),
    }


def _project_rows(result: Result, judged: Sequence[Judged], words: Words) -> Iterator[list[object]]:
    """A row for each project, in the order of the columns."""
    told, sites = Told(result, words), names_in(result.instance, "sites", words)
    causes = Causes(result.instance)
    for each in judged:
        cause = causes.of_project(each)
        yield [
            each.wish.project,
            sites[each.wish.site],
            told.process(each.wish),
            words.name(each.wish.route),
            each.wish.period,
            verdict_name(each.verdict, words),
            told.verdict(each),
            each.possible_from,
            causes_in_words(cause, words) if cause else "",
            told.in_one_line(each),
            " ".join(told.worth(each)),
        ]


def _expected(perspective: Perspective, words: Words) -> Sheet:
    columns, told = columns_told(words), perspective_told(perspective, words)
    names = [column.name for column in columns.values()]
    table = Table(
        sheet_name(PERSPECTIVE.name, words),
        " ".join([words("When each route is possible, and what there is until then."), *rule_told(perspective, words)]),
        tuple(columns.values()),
        key=tuple(names[:3]),
    )
    return Sheet(table, told.set_axis(names, axis="columns").astype(object).where(told.notna().to_numpy(), None))
