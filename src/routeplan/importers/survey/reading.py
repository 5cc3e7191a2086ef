"""What answers mean: numbers, yes and no, sectors, connections and wishes, as people write them."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from routeplan.data.typed import YES_OR_NO
from routeplan.data.workbook.file import Odd, Value
from routeplan.estimate.defaults import DefaultTables
from routeplan.importers.sites.numbers import as_thousands, has_two_readings, read_coordinate, read_number
from routeplan.importers.sites.wishes import read_wishes
from routeplan.importers.sites.words import sectors
from routeplan.importers.survey.fields import Content, Field
from routeplan.instance.rules.words import folded, nearest
from routeplan.language.language import Words

UNKNOWN = -1.0
"""What the workbook's own formulas give where nobody answered."""

VOLT = 230.0
"""Between a phase and neutral, in low voltage (EN 50160)."""

_CONNECTION = re.compile(r"_?([13])\s*[x×]\s*(\d{1,3})\s*a?", re.IGNORECASE)
_YES_OR_NO = {**YES_OR_NO, "j": 1.0, "y": 1.0, "n": 0.0}
_LARGE, _SMALL = "grootverbruik", "kleinverbruik"


@dataclass(frozen=True)
class Reading:
    """What an answer means.

    Parameters
    ----------
    value : Any
        In the unit of the file of names; None where nothing is said.
    refused : str
        What would be allowed, where it makes no sense.
    why : str
        A remark for the table of notes.
    unread : tuple of str
        Parts that are for people to read.
    """

    value: Any = None
    refused: str = ""
    why: str = ""
    unread: tuple[str, ...] = ()


class Meanings:
    """Reads answers by what their fields hold.

    Parameters
    ----------
    tables : DefaultTables
        The default tables: ``sectors`` and ``routes``.
    words : Words
        Language of the messages.
    """

    def __init__(self, tables: DefaultTables, words: Words) -> None:
        self._tables, self.words = tables, words
        self._sectors = sectors(tables)
        self._read: Mapping[Content, Callable[[Field, Value, str], Reading]] = {
            Content.TEXT: self._text,
            Content.YES_OR_NO: self._yes_or_no,
            Content.NUMBER: self._number,
            Content.DEGREES: self._degrees,
            Content.SECTOR: self._sector,
            Content.CUSTOMER: self._customer,
            Content.CONNECTION: self._connection,
            Content.WISHES: self._wishes,
            Content.PROFILE: self._text,
        }

    def of(self, field: Field, value: Value, unit: str) -> Reading:
        """What an answer to a field means; of numbers, in a unit."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return Reading()
        if isinstance(value, Odd):
            return Reading(refused=self.allowed(field, unit))
        return self._read[field.content](field, value, unit)

    def shown(self, value: Value) -> str:
        """An answer as a message shows it."""
        if isinstance(value, Odd):
            return value.text or self.words("a formula whose value is not stored (open and save the workbook in Excel)")
        return _plain(value)

    def allowed(self, field: Field, unit: str) -> str:
        """What an answer may be."""
        words = self.words
        known = ", ".join(words.name(each) for each in self._tables["sectors"]["sector"])
        texts = {
            Content.YES_OR_NO: words("yes or no"),
            Content.NUMBER: words("a number, 0 or more")
            if not unit
            else words("a number of {unit}, 0 or more", unit=words.unit(unit)),
            Content.DEGREES: words("a place in the Netherlands, in degrees (WGS 84) or metres (RD New)"),
            Content.SECTOR: words("one of {words}", words=known),
            Content.CUSTOMER: "grootverbruik, kleinverbruik",
            Content.CONNECTION: words("phases and amperes: 3x80A"),
        }
        return texts.get(field.content, words("text"))

    def _text(self, field: Field, value: Value, unit: str) -> Reading:
        return Reading(_plain(value))

    def _number(self, field: Field, value: Value, unit: str) -> Reading:
        text = value.strip() if isinstance(value, str) else ""
        number = read_number(text, comma=True) if text else _plain_number(value)
        if number == UNKNOWN:
            return Reading(why=self.words("-1 stands for unknown"))
        if has_two_readings(text, comma=True):
            whole = as_thousands(text)
            return Reading(
                refused=self.words(
                    "{whole}, or a number with another count of decimals: this has two readings", whole=whole
                )
            )
        if number is None or not math.isfinite(number) or number < 0:
            return Reading(refused=self.allowed(field, unit))
        if number == 0 and field.zero_is_empty:
            return Reading(why=self.words("0 is taken as not answered"))
        return Reading(number)

    def _degrees(self, field: Field, value: Value, unit: str) -> Reading:
        text = value.strip() if isinstance(value, str) else ""
        number = read_coordinate(text, comma=True) if text else _plain_number(value)
        if number is None or not math.isfinite(number):
            return Reading(refused=self.allowed(field, unit))
        return Reading(number)

    def _yes_or_no(self, field: Field, value: Value, unit: str) -> Reading:
        word = folded(_plain(value))
        if word in _YES_OR_NO:
            return Reading(bool(_YES_OR_NO[word]))
        if word == "0":  # of a sheet that passes on an empty cell
            return Reading()
        if word in ("misschien", "maybe"):
            return Reading(why=self.words("maybe is taken as not answered"))
        return Reading(refused=self.allowed(field, unit))

    def _sector(self, field: Field, value: Value, unit: str) -> Reading:
        found = self._sectors.get(folded(_plain(value)))
        if found is not None:
            return Reading(found)
        near = nearest(_plain(value), self._sectors)
        meant = self.words("; did you mean '{meant}'?", meant=near) if near else ""
        return Reading(refused=self.allowed(field, unit) + meant)

    def _customer(self, field: Field, value: Value, unit: str) -> Reading:
        word = folded(_plain(value))
        if word == "0":
            return Reading()
        small, large = _SMALL in word, _LARGE in word
        return Reading(small) if small != large else Reading(refused=self.allowed(field, unit))

    def _connection(self, field: Field, value: Value, unit: str) -> Reading:
        found = _CONNECTION.fullmatch(_plain(value).strip())
        if not found:
            return Reading(refused=self.allowed(field, unit))
        return Reading(int(found[1]) * int(found[2]) * VOLT / 1e6)

    def _wishes(self, field: Field, value: Value, unit: str) -> Reading:
        wishes, unread = read_wishes(_plain(value), self._tables)
        why = self.words("plans in words are for people to read") if unread else ""
        return Reading(wishes or None, why=why, unread=tuple(unread))


def _plain_number(value: Value) -> float | None:
    """The number of a cell that holds one."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _plain(value: Value) -> str:
    """An answer as text; of a whole number without decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())
