"""Words that are nearly, but not quite, the same."""

import unicodedata
from difflib import get_close_matches


def nearest(word: str, known: list[str]) -> str:
    """The known word that was most likely meant, whatever its case and form; "" where none is near."""
    by_form: dict[str, str] = {}
    for each in known:
        by_form.setdefault(folded(each), each)
    found = get_close_matches(folded(word), list(by_form), n=1, cutoff=0.75)
    return by_form[found[0]] if found else ""


def folded(word: str) -> str:
    """Write a word without what readers do not see: case, Unicode form and blanks at its ends or doubled."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())
