"""Languages of pictures and pages: words, names, units and numbers as their readers write them."""

import math
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from routeplan.errors import Message, UsageError

NAME, UNIT = "name", "unit"
"""Contexts of the catalogues: a word of the tables (``flex_e``), and a unit."""


MINUS = "\N{MINUS SIGN}"


class Language(StrEnum):
    """A language of readers."""

    ENGLISH = "en"
    DUTCH = "nl"


OF_SHEETS = Language.DUTCH
"""Language of the sheets that firms and regions fill in, where nothing tells it."""


class Words:
    """Texts in a language; texts in the code are English.

    Parameters
    ----------
    language : Language or str
        ``en`` or ``nl``.

    Raises
    ------
    UsageError
        When the language is none of `Language`.
    """

    def __init__(self, language: Language | str = Language.ENGLISH) -> None:
        if language not in list(Language):
            raise UsageError(f"the language is {language!r}; allowed: {', '.join(Language)}")
        self.language = Language(language)
        self._catalogue = _catalogue(self.language)

    def __call__(self, text: str, /, **values: object) -> str:
        """Translate a text, with values in the place of its ``{names}``.

        Raises
        ------
        KeyError
            When another language than English has no such text.
        """
        return self._translated(text).format(**values) if values else self._translated(text)

    def told(self, text: str) -> str:
        """A text of the program in the language: a `Message` is translated, with its values; another text stays."""
        if not isinstance(text, Message):
            return text
        values = {name: self.told(value) if isinstance(value, str) else value for name, value in text.values.items()}
        if not text.in_words:
            return text.template.format(**values)
        return self(text.template, **values)

    def _translated(self, text: str) -> str:
        if self.language is Language.ENGLISH:
            return text
        message = self._catalogue.get(text)
        if message is None or not message.string:
            raise KeyError(f"the {self.language} catalogue has no '{text}'")
        return str(message.string)

    def name(self, word: str) -> str:
        """A word of the tables as readers know it: ``flex_e`` as flexible electrification.

        A word of the user's own, which no catalogue has, is shown as it is, underscores as spaces.
        """
        message = self._catalogue.get(word, NAME)
        return str(message.string) if message is not None and message.string else word.replace("_", " ")

    def has_name(self, word: str) -> bool:
        """Whether the catalogue has a name for a word of the tables."""
        message = self._catalogue.get(word, NAME)
        return message is not None and bool(message.string)

    def unit(self, unit: str) -> str:
        """A unit of the format as readers write it; one that needs no translation stays as it is."""
        message = self._catalogue.get(unit, UNIT)
        return str(message.string) if message is not None and message.string else unit

    def number(self, value: float) -> str:
        """A number with the digits that matter (see `decimals`); a dash where it is missing."""
        if math.isnan(value):
            return "–"
        digits = decimals(value)
        # Rounded first, so that what rounds to nothing is no "-0".
        return _written(round(value, digits) + 0.0, digits, self.language)

    def fixed(self, value: float, digits: int) -> str:
        """A number with so many decimals, whatever its size."""
        return format_decimal(value, format="#,##0." + "0" * digits, locale=self.language)

    def signed(self, value: float) -> str:
        """A number with its sign, also above 0."""
        text = self.number(value)
        return f"+{text}" if value > 0.0 and text != self.number(0.0) else text

    def day(self, day: date) -> str:
        """A day of the calendar, its month in words."""
        return format_date(day, format="d MMMM y", locale=self.language)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share in per cent."""
        return format_percent(
            share, format="#,##0" + ("." + "#" * digits if digits else "") + "%", locale=self.language
        )

    @property
    def separators(self) -> dict[str, Any]:
        """Number format of the language in the words of d3-format, for charts that are drawn in a browser."""
        symbols = Locale.parse(self.language).number_symbols["latn"]
        return {"decimal": symbols["decimal"], "thousands": symbols["group"], "grouping": [3], "currency": ["€ ", ""]}


def decimals(value: float) -> int:
    """Number of decimals shown: none from 100 on, more the smaller the number is, three at most."""
    size = abs(value)
    return 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3


@lru_cache(maxsize=100_000)
def _written(value: float, digits: int, language: Language) -> str:
    """A rounded number as text. The same ones come again and again, and writing one takes 20 microseconds."""
    text = format_decimal(value, format="#,##0." + "#" * digits if digits else "#,##0", locale=language)
    # The sign that charts have.
    return text.replace("-", MINUS)


@cache
def _catalogue(language: Language) -> Catalog:
    with (files(__package__) / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=str(language))
