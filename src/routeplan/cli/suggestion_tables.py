"""What ``hub suggest`` prints."""

from collections.abc import Sequence
from typing import Any

from routeplan.cli.output import Output
from routeplan.hubs.suggest import Suggestion
from routeplan.hubs.told import design_title as design_title
from routeplan.instance.names import names_in
from routeplan.language.language import Language, Words
from routeplan.result.result import Result
from routeplan.schema import units


def suggestions_as_json(found: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """Suggestions as plain data."""
    return [
        {
            "design": each.design.name,
            "title": each.design.title,
            "members": sorted(each.members),
            "in_the_plan": each.in_the_plan,
            "saves_low": each.saving.low,
            "saves_high": each.saving.high,
        }
        for each in found
    ]


def most_of_each_kind(found: Sequence[Suggestion], most: int) -> list[Suggestion]:
    """The best of what the plan has already, then the best of what it has not; so many of each."""
    kinds = [[each for each in found if each.in_the_plan is kind] for kind in (True, False)]
    return [each for kind in kinds for each in kind[:most]]


def print_suggestions(out: Output, result: Result, found: Sequence[Suggestion], language: Language) -> None:
    """Print each design with what it is proven to save beside the plan, and for whom."""
    words = Words(language)
    names, unit = names_in(result.instance, "sites", words), words.unit(units.MONEY)
    if not found:
        out.say(words("Nothing that was tried is proven to save anything."))
    for each in found:
        design, saved = design_title(each.design, words), words.number(each.saving.low)
        told = words("{design}: saves {saved} {unit}, all else being as planned", design=design, saved=saved, unit=unit)
        out.say(told + (" " + words("(in the plan already)") if each.in_the_plan else ""))
        members = "; ".join(names[site] for site in sorted(each.members))
        out.say("  " + words("Members: {members}.", members=members))
