"""Titles in the language of the readers."""

from routeplan.instance.scenario import Scenario
from routeplan.language.language import Language, Words
from routeplan.schema.settings import Settings


def title_of(told: Settings | Scenario, words: Words) -> str:
    """Title of an instance or a scenario in the readers' language, or its name where it has none."""
    dutch = told.title_nl if words.language is Language.DUTCH else ""
    return dutch or told.title or told.name
