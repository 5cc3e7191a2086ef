"""Names of sites among the words that are to be published."""

import re
import unicodedata
from collections.abc import Iterable

from routeplan.errors import UsageError
from routeplan.instance.instance import Instance


def refuse_names(instance: Instance, texts: Iterable[str]) -> None:
    """Refuse sectors and areas that are called as a site or process, which would be in what is published.

    Raises
    ------
    UsageError
        With each of them.
    """
    sites, processes = instance["sites"], instance["processes"]
    found = names_told(texts, [*sites["site"], *sites["name"], *sites["name_nl"], *processes["process"]])
    if found:
        raise UsageError(
            f"{', '.join(map(repr, found))} names a sector or area, and also a site or process, which would be "
            "published; allowed: sectors and areas with names of their own"
        )


def names_told(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """Find the texts that hold one of the names as words of their own, whatever their case, signs and accents."""
    wanted = {f" {plain} " for name in names if (plain := _plain(name))}
    return [text for text in dict.fromkeys(texts) if any(name in f" {_plain(text)} " for name in wanted)]


def _plain(text: str) -> str:
    """Letters and numbers of a text as words: signs and accents do not count, and ``bakery2`` is two words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W\d_]+|\d+", bare))
