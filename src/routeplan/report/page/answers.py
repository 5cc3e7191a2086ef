"""The section of a plan's page on what stands in the way of projects, and of targets that the plan misses."""

from routeplan.language.language import Words
from routeplan.report.charts.limit_names import scope_name
from routeplan.report.page.table import NONE, PageTable, Section, SectionTable
from routeplan.report.page.verdict_parts import causes_table, limits_section, rule_of_count
from routeplan.result.result import Result
from routeplan.schema import units
from routeplan.why.answers import Answers
from routeplan.why.missed import missed_by_cause
from routeplan.why.tables import verdict_tables
from routeplan.why.told import causes_in_words, count_in_words, ties_in_words


def answers_section(result: Result, answers: Answers, words: Words) -> Section:
    """What stands in the way: causes, targets that are missed and why, and the limits that hold back most.

    Parameters
    ----------
    result : Result
        A result with a plan.
    answers : Answers
        With verdicts on its projects.
    words : Words
        The readers' language.
    """
    tables = verdict_tables(result, answers.judged)
    figure = count_in_words(result, tables["projects"], words)
    notes = [figure, *ties_in_words(result, answers.judged, words), rule_of_count(words)]
    found = [SectionTable([], causes_table(tables, words))] if len(tables["by_cause"]) else []
    missed = missed_table(result, answers, words)
    if missed.rows:
        found.append(
            SectionTable([words("Targets that are missed, and projects that would have helped")], missed, open=True)
        )
        notes.append(
            words(
                "A missed target stands beside the causes for which projects cannot go ahead by its year, with what "
                "these would avoid in that year. They are counted one by one, and of one process that which avoids "
                "most: together they may need the same room."
            )
        )
    limits = limits_section(result, tables, words)
    found.append(SectionTable([limits.heading], limits.tables[0].table, open=True))
    return Section("why", words("Why not"), words("What stands in the way"), notes, found)


def missed_table(result: Result, answers: Answers, words: Words) -> PageTable:
    """Targets that are missed, with the causes for which projects that would have helped cannot go ahead by then."""
    unit = words.unit(units.CO2)
    rows = []
    last = None
    for row in missed_by_cause(result, answers.judged).to_dict("records"):
        target = row["scope"], row["period"]
        name = f"{scope_name(str(row['scope']), words)}, {row['period']}"
        named, by = ("", "") if target == last else (name, words.number(row["missed"]))
        cause = causes_in_words(row["causes"], words) if row["projects"] else words("no such project")
        avoided = words.number(row["avoided"]) if row["projects"] else NONE
        rows.append([named, cause, by, str(row["projects"]), avoided])
        last = target
    heads = [
        words("Target"),
        words("Cause"),
        words("Missed by [{unit}]", unit=unit),
        words("Projects"),
        words("They would avoid [{unit}]", unit=unit),
    ]
    return PageTable(heads, rows, texts=2)
