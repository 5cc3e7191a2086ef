"""Words that are nearly, but not quite, the same."""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from routeplan.errors import Message


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was most likely meant, whatever its case and form; "" where none is near."""
    by_form: dict[str, str] = {}
    for each in known:
        by_form.setdefault(folded(each), each)
    found = get_close_matches(folded(word), list(by_form), n=1, cutoff=0.75)
    return by_form[found[0]] if found else ""


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """Suggest the nearest of the known names, in brackets; "" where none is near."""
    near = nearest(str(word), known)
    return Message(" (did you mean '{meant}'?)", meant=near) if near else ""


def none_called(noun: str, names: Sequence[object], known: Iterable[str], listed: str) -> str:
    """Say of names that there is nothing of theirs, which ones were most likely meant, and those that there are.

    Parameters
    ----------
    noun : str
        What they would name: ``table of a result``.
    names : sequence
        The unknown names.
    known : iterable of str
        The names that there are.
    listed : str
        The end of the sentence: ``tables: runs, starts``.
    """
    told = ", ".join(f"'{name}'{did_you_mean(name, known)}" for name in names)
    return f"no {noun} is called {told}; {listed}"


def folded(word: str) -> str:
    """Write a word without what readers do not see: case, Unicode form and blanks at its ends or doubled."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())


def one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is wrong, missing or too many, or by two neighbours swapped."""
    if len(one) != len(other):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return len(longer) - len(shorter) == 1 and any(
            longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
        )
    apart = [at for at in range(len(one)) if one[at] != other[at]]
    if len(apart) == 2 and apart[1] - apart[0] == 1:
        return one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
    return len(apart) == 1
