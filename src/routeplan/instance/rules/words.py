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
