"""What ``why`` prints of answers from tables."""

from collections.abc import Sequence
from math import isnan
from typing import Any

from routeplan.cli.output import Output
from routeplan.language.language import Language, Words
from routeplan.result.result import Result
from routeplan.why.facts import Facts
from routeplan.why.obstacle import Obstacle, TableAnswer
from routeplan.why.obstacles_told import ObstaclesTold


def print_answers_from_tables(
    out: Output, result: Result, answers: Sequence[TableAnswer], language: Language = Language.ENGLISH
) -> None:
    """Print what stands in the way of options by the tables, what there is of it, and how much that says."""
    words = Words(language)
    if not answers:
        out.say(words("The plan has every option that was asked about."))
        return
    told = _told(result, answers, words)
    for each in answers:
        out.say(f"{told.project(each)}: {told.says(each)}", style="bold")
        for text in told.reasons(each):
            out.say(f"  {text}")
    for text in told.there_is(answers):
        out.say(text)
    out.say(words("Read from the tables, each limit by itself: more may stand in the way. With proof: --prove"))


def answers_from_tables_as_json(
    result: Result, answers: Sequence[TableAnswer], language: Language
) -> list[dict[str, Any]]:
    """The answers as plain data; none of them is proven by a solve."""
    told = _told(result, answers, Words(language))
    return [
        {
            **{name: getattr(each.wish, name) for name in ("site", "process", "route", "period")},
            "project": told.project(each),
            "proven": False,
            "planned": each.planned,
            "clear_from": each.clear_from,
            "obstacles": [_as_json(obstacle) for obstacle in each.obstacles],
            "says": told.says(each),
            "reasons": told.reasons(each),
            "there_is": told.there_is([each]),
        }
        for each in answers
    ]


def _told(result: Result, answers: Sequence[TableAnswer], words: Words) -> ObstaclesTold:
    return ObstaclesTold(Facts(result, {each.wish.site for each in answers}), words)


def _as_json(obstacle: Obstacle) -> dict[str, Any]:
    """An obstacle; what is no amount is null."""
    amounts = {"asked": obstacle.asked, "left": obstacle.left}
    return {
        "kind": str(obstacle.kind),
        "place": " ".join(obstacle.place),
        "period": obstacle.period,
        "until": obstacle.until,
        **{name: None if isnan(amount) else amount for name, amount in amounts.items()},
    }
