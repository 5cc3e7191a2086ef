"""What ``verdicts`` and ``why`` print, and how they come by the plan."""

import itertools
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.cli.output import ERR, Output
from routeplan.cli.progress import show_count, show_progress
from routeplan.cli.remarks import read_and_warn
from routeplan.cli.results import load_verified
from routeplan.cli.site import site_called
from routeplan.data.paths import holds_result
from routeplan.errors import NoPlan, UsageError
from routeplan.language.language import Language, Words
from routeplan.result.result import Result, refuse_result_of_another
from routeplan.result.summary import records
from routeplan.schema import units
from routeplan.solving.solve import solve
from routeplan.why.facts import Facts
from routeplan.why.files import holds_verdicts
from routeplan.why.files import refuse_to_write_verdicts as refuse_to_write_verdicts
from routeplan.why.judged import Judged, OnJudged, Verdict
from routeplan.why.limit import OF_FIRMS, Limit
from routeplan.why.names import LimitNames
from routeplan.why.tables import HELD_BACK, verdict_tables
from routeplan.why.there_is import there_is_beside
from routeplan.why.told import Told, causes_in_words, count_in_words, saved_in_words, ties_in_words
from routeplan.why.wishes import Wish, period_of_year, wishes_of

FEW, MOST = 10, 12
"""Rows of limits that are shown, and projects that are held back."""


def are_verdicts(folders: Sequence[Path]) -> bool:
    """Whether verdicts are given, and not results.

    Raises
    ------
    UsageError
        When they are given together with something else.
    """
    found = [folder for folder in folders if holds_verdicts(folder) and not holds_result(folder)]
    if found and len(folders) > 1:
        raise UsageError(f"{found[0]} holds verdicts; allowed: one folder of verdicts alone, or results")
    return bool(found)


def result_to_judge(
    folder: Path,
    plan: Path | None,
    scenarios: Sequence[str] | None,
    seconds: float | None,
    quiet: bool,
    language: Language,
) -> Result:
    """The result that projects are held against: the one that is given, or that of a solve.

    Raises
    ------
    UsageError
        When a result is given twice, or is not of this instance.
    NoPlan
        When there is no plan.
    """
    if holds_result(folder):
        if plan is not None or scenarios:
            raise UsageError(f"{folder} is a result itself; it goes without --plan and --scenario")
        return _with_plan(load_verified(folder))
    instance = read_and_warn(folder, quiet)
    if plan is not None:
        result = load_verified(plan)
        applied = tuple(each.name for each in result.instance.applied)
        refuse_result_of_another(instance.under(*(scenarios or applied)), result, folder, plan)
        return _with_plan(result)
    asked = instance.under(*scenarios) if scenarios else instance
    with nullcontext() if quiet else show_progress(ERR, language) as report:
        return _with_plan(solve(asked, seconds=seconds, on_progress=report))


def _with_plan(result: Result) -> Result:
    if not result.status.has_plan:
        raise NoPlan(f"there is no plan that projects could be held against: {result.record.reason}")
    return result


def wishes_at(result: Result, sites: Sequence[str] | None, year: int | None) -> list[Wish]:
    """Projects of the instance, or those of some sites, as if all were wanted in a year; raises as `site_called`."""
    asked = {site_called(result.instance, site) for site in sites or ()}
    period = None if year is None else period_of_year(result.instance.horizon, year)
    wishes = [wish for wish in wishes_of(result.instance) if not asked or wish.site in asked]
    return wishes if period is None else [wish.moved_to(period) for wish in wishes]


def verdicts_as_json(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """The tables as plain data."""
    return {name: records(table) for name, table in tables.items()}


@contextmanager
def show_verdicts_progress(err: Output, language: Language) -> Iterator[OnJudged]:
    """Provide the function that reports verdicts."""
    done = itertools.count(1)
    with show_count(err, Words(language)("projects"), language) as report:
        yield lambda judged, count: report(next(done), count)


def print_verdicts(
    out: Output,
    result: Result,
    judged: Sequence[Judged],
    tables: Mapping[str, pd.DataFrame],
    language: Language = Language.ENGLISH,
) -> None:
    """Print the figure of the whole, causes, the limits that hold back most, and each project that is held back."""
    words = Words(language)
    for text in (count_in_words(result, tables["projects"], words), *ties_in_words(result, judged, words)):
        out.say(text)
    out.table(words("Why they cannot, each counted once"), _causes(tables["by_cause"], words))
    out.table(words("Limits that hold back most projects"), _limits(result, tables["by_limit"], words))
    told = Told(result, words)
    held = [each for each in judged if each.verdict in HELD_BACK]
    for each in held[:MOST]:
        out.say(f"{told.project(each.wish)}: {told.verdict(each)}", style="bold")
        for text in told.reasons(each):
            out.say(f"  {text}")
    if len(held) > MOST:
        more = len(held) - MOST
        out.say(
            words("{count} more projects are held back: --site NAME, or the tables and the page of them.", count=more)
        )


def _causes(causes: pd.DataFrame, words: Words) -> pd.DataFrame:
    named = [causes_in_words(text, words) for text in causes["causes"]]
    shares = [words.percent(share) for share in causes["share"]]
    return pd.DataFrame({words("cause"): named, words("projects"): causes["projects"], words("share"): shares})


def _limits(result: Result, limits: pd.DataFrame, words: Words) -> pd.DataFrame:
    names = LimitNames(result.instance, words)
    limits = limits[~limits["kind"].isin(OF_FIRMS)].head(FEW)
    kinds = zip(limits["kind"], limits["place"], strict=True)
    brings = zip(limits["alone"], limits["saved_low"], limits["saved_high"], strict=True)
    return pd.DataFrame(
        {
            words("limit"): [names.name(Limit.read(kind, place)) for kind, place in kinds],
            words("it alone"): limits["alone"],
            words("with others"): limits["projects"] - limits["alone"],
            words("it alone saves [{unit}]", unit=words.unit(units.MONEY)): [
                saved_in_words(low, high, words) if alone else "–" for alone, low, high in brings
            ],
        }
    )


def print_why(out: Output, result: Result, judged: Sequence[Judged], language: Language = Language.ENGLISH) -> None:
    """Print why options are not taken, and what there is of the limits that are named."""
    words = Words(language)
    facts = Facts(result, {each.wish.site for each in judged})
    told = Told(result, words, facts)
    if not judged:
        out.say(words("The plan has every option that was asked about."))
    for each in judged:
        out.say(f"{told.project(each.wish)}: {told.verdict(each)}", style="bold")
        for text in [*told.reasons(each), *told.worth(each)]:
            out.say(f"  {text}")
    for text in there_is_beside(facts, judged, words):
        out.say(text)


def why_as_json(result: Result, judged: Sequence[Judged], language: Language) -> list[dict[Hashable, Any]]:
    """The answers as plain data: the rows of `verdict_tables` of each, and all that is printed."""
    words, facts = Words(language), Facts(result, {each.wish.site for each in judged})
    told = Told(result, words, facts)
    tables = verdict_tables(result, judged)
    projects, sets, worth = (records(tables[name]) for name in ("projects", "blockers", "liftings"))
    return [
        row
        | {
            "project": told.project(each.wish),
            "proven": each.verdict is not Verdict.NOT_KNOWN,
            "says": told.verdict(each),
            "reasons": [*told.reasons(each), *told.worth(each)],
            "blockers": _of_project(sets, each),
            "liftings": _of_project(worth, each),
            "there_is": there_is_beside(facts, [each], words),
        }
        for row, each in zip(projects, judged, strict=True)
    ]


def _of_project(rows: Sequence[Mapping[Hashable, Any]], judged: Judged) -> list[dict[Hashable, Any]]:
    """Rows of a project, without its name."""
    mine = (row for row in rows if row["project"] == judged.wish.project)
    return [{name: value for name, value in row.items() if name != "project"} for row in mine]
