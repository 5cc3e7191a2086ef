"""What is known beside a plan, as commands are given it: a folder of verdicts, and a file of a perspective."""

from pathlib import Path
from typing import Any

from routeplan.cli.output import Output
from routeplan.cli.perspective_tables import print_perspective
from routeplan.cli.verdict_tables import print_why, why_as_json
from routeplan.language.language import Language
from routeplan.result.result import Result
from routeplan.result.summary import records
from routeplan.why.answers import Answers, refuse_another_plan
from routeplan.why.judged import Judged
from routeplan.why.read import read_verdicts
from routeplan.why.read_perspective import read_perspective


def answers_beside(result: Result, verdicts: Path | None, perspective: Path | None) -> Answers:
    """Read what is known beside a plan.

    Raises
    ------
    UsageError
        When there is no such folder or file, or the verdicts are about another plan.
    DataError
        When it cannot be read, or the perspective is about another plan.
    NoPlan
        When there is no plan.
    """
    judged: list[Judged] = []
    if verdicts is not None:
        other, judged = read_verdicts(verdicts)
        refuse_another_plan(result, other, str(verdicts))
    return Answers(judged, None if perspective is None else read_perspective(perspective, result))


def answers_at(answers: Answers, site: str) -> Answers:
    """What is known of one site."""
    expected = answers.perspective
    judged = [each for each in answers.judged if each.wish.site == site]
    return Answers(judged, None if expected is None else expected.at(site))


def answers_as_json(result: Result, answers: Answers) -> dict[str, Any]:
    """What is known as plain data; nothing where nothing is."""
    judged = {"projects": why_as_json(result, answers.judged, Language.ENGLISH)} if answers.judged else {}
    expected = answers.perspective
    if expected is None:
        return judged
    return judged | {"perspective": records(expected.table), "routes_asked": expected.asked}


def print_answers(out: Output, result: Result, answers: Answers) -> None:
    """Print what becomes of projects, and when routes are possible."""
    if answers.judged:
        print_why(out, result, answers.judged)
    if answers.perspective:
        print_perspective(out, answers.perspective, Language.ENGLISH, each_route=True)
