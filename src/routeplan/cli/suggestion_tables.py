"""What ``hub suggest`` prints."""

from collections.abc import Sequence
from typing import Any

from routeplan.cli.output import Output
from routeplan.hubs.suggest import Suggestion
from routeplan.hubs.told import design_title
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
            "in_the_plan": each.saving is None,
            "saves_low": None if each.saving is None else each.saving.low,
            "saves_high": None if each.saving is None else each.saving.high,
        }
        for each in found
    ]


def print_suggestions(out: Output, result: Result, found: Sequence[Suggestion], language: Language) -> None:
    """Print each design with what it saves at least, and for whom."""
    words = Words(language)
    names, unit = names_in(result.instance, "sites", words), words.unit(units.MONEY)
    if not found:
        out.say(words("Nothing that was tried is proven to save anything."))
    for each in found:
        title = design_title(each.design, words)
        if each.saving is None:
            out.say(words("{design}: in the plan already", design=title))
        else:
            saved = words.number(each.saving.low)
            out.say(words("{design}: saves {saved} {unit} at least", design=title, saved=saved, unit=unit))
            members = ", ".join(names[site] for site in sorted(each.members))
            out.say("  " + words("Members: {members}.", members=members))
