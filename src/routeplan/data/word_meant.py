"""Suggestions of the word of the format that was meant, in whatever language it is given."""

from collections.abc import Sequence

from routeplan.instance.rules.words import folded, nearest
from routeplan.language.language import Language, Words


def word_meant(word: str, known: Sequence[str]) -> str:
    """Suggest the word of a closed list that was meant, in whatever language it is given; "" where none is near.

    Parameters
    ----------
    word : str
        Any word.
    known : sequence of str
        The list, in English.
    """
    by_name = {folded(Words(language).name(each)): each for language in Language for each in known}
    meant = by_name.get(folded(word)) or nearest(word, known) or by_name.get(nearest(word, by_name), "")
    return f" (did you mean '{meant}'?)" if meant else ""
