"""The page of verdicts: what becomes of projects, and what stands in their way, in one file that needs no network."""

from collections.abc import Sequence
from datetime import date

from routeplan.instance.basis import said_of_all
from routeplan.instance.names import description_of, scenario_title
from routeplan.instance.titles import title_of
from routeplan.language.language import Language, Words
from routeplan.report.charts.causes import cause_chart
from routeplan.report.page.assets import scripts_of_verdicts, style_of_verdicts
from routeplan.report.page.scenario import changes_told
from routeplan.report.page.templates import TEMPLATES, as_script
from routeplan.report.page.texts import texts_of_tables
from routeplan.report.page.verdict_parts import areas_section, causes_table, limits_section, project_rows, rule_of_count
from routeplan.result.result import Result, refuse_without_plan
from routeplan.version import __version__
from routeplan.why.judged import Judged, Verdict
from routeplan.why.tables import verdict_tables
from routeplan.why.told import count_in_words, ties_in_words, verdict_name


def verdict_page(
    result: Result,
    judged: Sequence[Judged],
    language: Language | str = Language.ENGLISH,
    *,
    made: date | None = None,
) -> str:
    """Make the page of verdicts.

    Parameters
    ----------
    result : Result
        The result that the projects were held against.
    judged : sequence of Judged
        The verdicts.
    language : Language or str, optional
        The readers' language.
    made : date, optional
        Day on which the page is made, which its head then tells.

    Returns
    -------
    str
        The page: HTML with everything that it needs inside.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When it is no result, or the language is unknown.
    """
    refuse_without_plan(result, "there is nothing to show")
    words, instance = Words(language), result.instance
    tables = verdict_tables(result, judged)
    return TEMPLATES.get_template("verdicts.html").render(
        words=words,
        language=str(words.language),
        version=__version__,
        title=title_of(instance.settings, words),
        description=description_of(instance.settings, words),
        made="" if made is None else words("Made on {day}", day=words.day(made)),
        scenario=scenario_title(instance, words),
        changes=changes_told(instance, words),
        said=said_of_all(instance["sites"], words),
        count=count_in_words(result, tables["projects"], words),
        rule=" ".join([rule_of_count(words), *ties_in_words(result, judged, words)]),
        causes=causes_table(tables, words) if len(tables["by_cause"]) else None,
        sections=[limits_section(result, tables, words), areas_section(result, tables["projects"], words)],
        projects=project_rows(result, judged, tables["projects"], words),
        verdicts=[verdict_name(each, words) for each in Verdict],
        about=_about(words),
        style=style_of_verdicts(),
        scripts=scripts_of_verdicts(),
        data=as_script(
            {
                "chart": cause_chart(tables, words).to_dict(validate=False) if len(tables["by_cause"]) else None,
                "separators": words.separators,
                "table": texts_of_tables(words),
                "texts": {"pages": words("Pages"), "undrawn": words("This picture cannot be drawn.")},
            }
        ),
    )


def _about(words: Words) -> list[str]:
    """Paragraphs on the page itself."""
    return [
        words(
            "Goes ahead: possible when it is wanted, and in the plan by then. Possible, not in the plan: possible "
            "then, but the plan prefers something else. Can later: impossible then, possible in a later period. "
            "Blocked: impossible then and in every later period. Not known: a search ended without an answer, which "
            "proves nothing."
        ),
        words(
            "What stands in the way of a project are the smallest sets of limits whose lifting lets it go ahead: with "
            "all of a set lifted it can, with one kept it cannot. Sets of more than three limits are looked for only "
            "where there is no smaller one. An amount is the least that must be added for that project alone."
        ),
        words(
            "A verdict holds beside the plan that projects were held against. It does not tell who comes first in a "
            "queue, nor whether a project would be possible if others were left out."
        ),
        words(
            "Drawn with Vega-Lite (BSD-3-Clause) and DataTables (MIT). Made by routeplan {version}.",
            version=__version__,
        ),
    ]
