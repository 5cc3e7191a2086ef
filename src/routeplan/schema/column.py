"""Declarations of tables: a column, a table, and the few kinds of cell there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import Final

from routeplan.schema.units import ONE
from routeplan.schema.usual import CALENDAR_YEAR, LIFE, Usual


class Kind(Enum):
    """Kind of a cell: its content, and its type in memory."""

    ID = "an id without spaces, not 'all'"
    WORD = "a word, which may hold spaces"
    TEXT = "free text"
    NUMBER = "a number"
    WHOLE = "a whole number"
    FLAG = "0 or 1"

    @property
    def is_text(self) -> bool:
        """Whether cells of this kind are kept as text."""
        return self in (Kind.ID, Kind.WORD, Kind.TEXT)


class _Required(Enum):
    """Type of `REQUIRED`, to distinguish a default from no default."""

    REQUIRED = "required"


LARGEST = 1e9
"""Largest size of any number: no country has so much of anything, and HiGHS takes no coefficient of 1e15 or more."""

REQUIRED: Final = _Required.REQUIRED
"""No default: an empty cell, or the column left out, is an error."""

EMPTY: Final = None
"""The default of a cell that may stay empty: NaN in number columns, "" in text columns."""

Default = float | str | None | _Required


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        Header in the CSV file.
    kind : Kind
        What its cells hold.
    about : str
        One sentence for the reader of the format.
    unit : str
        Canonical unit, from `routeplan.schema.units`.
    low, high : float
        Range of a number, both ends allowed.
    above, below : float
        A number must lie strictly above the one and below the other.
    words : tuple of str
        The only words allowed, if there is such a list.
    refers : tuple of str
        Tables of which the cell must be an id.
    default : float, str, EMPTY or REQUIRED
        What an empty cell means.
    same_as : str
        Column whose cell an empty one takes, in place of a default.
    usual : Usual, optional
        Range outside which a number is warned of.
    later : bool
        Whether it came into the format after instances had been saved: where all its cells are the default, it is left
        out of CSV files and fingerprints, so that older instances stay as they are.
    """

    name: str
    kind: Kind
    about: str
    unit: str = ONE
    low: float = float("-inf")
    high: float = float("inf")
    above: float = float("-inf")
    below: float = float("inf")
    words: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    default: Default = REQUIRED
    same_as: str = ""
    usual: Usual | None = None
    later: bool = False

    @property
    def required(self) -> bool:
        """Whether each row must give a value."""
        return self.default is REQUIRED

    @property
    def may_be_empty(self) -> bool:
        """Whether an empty cell stays empty (rather than taking a default)."""
        return self.default is EMPTY or self.default == ""

    @property
    def always_whole(self) -> bool:
        """Whether cells are kept as whole numbers: flags, and whole numbers that may not stay empty."""
        return self.kind is Kind.FLAG or (self.kind is Kind.WHOLE and self.default is not EMPTY)

    @property
    def is_calendar_year(self) -> bool:
        """Whether the column holds calendar years (rather than a length of time, which has a unit)."""
        return self.kind is Kind.WHOLE and not self.unit

    @cached_property
    def allowed(self) -> str:
        """Values that a cell may hold, as shown to the user."""
        if self.words:
            text = ", ".join(self.words[:-1]) + " or " + self.words[-1] if len(self.words) > 1 else self.words[0]
        elif self.refers:
            noun = "an id" if self.kind.is_text else "a period"
            text = f"{noun} listed in " + " or ".join(f"{table}.csv" for table in self.refers)
        elif self.kind in (Kind.NUMBER, Kind.WHOLE):
            text = self._allowed_number()
        else:
            text = self.kind.value
        return f"{text}, or empty" if self.may_be_empty and self.kind is not Kind.TEXT else text

    def _allowed_number(self) -> str:
        if " or " in self.unit:
            # Units that differ from row to row would not read well after the number.
            return f"{replace(self, unit=ONE)._allowed_number()} ({self.unit})"
        unit = f" {self.unit}" if self.unit else ""
        whole = ", whole" if self.kind is Kind.WHOLE else ""
        if self.above > float("-inf"):
            most = f" and at most {self.high:g}" if self.high < float("inf") else ""
            return f"above {self.above:g}{most}{unit}{whole}"
        if self.below < float("inf"):
            return f"{self.low:g} or more and below {self.below:g}{unit}{whole}"
        if self.low == self.high:
            return f"{self.low:g}{unit}"
        if self.low > float("-inf") and self.high < float("inf"):
            return f"{self.low:g} to {self.high:g}{unit}{whole}"
        if self.low > float("-inf"):
            return f"{self.low:g}{unit} or more{whole}"
        return f"{self.kind.value}{' in' + unit if unit else ''}"


@dataclass(frozen=True)
class Table:
    """One table of an instance or a result.

    Parameters
    ----------
    name : str
        File name without ``.csv``.
    about : str
        One sentence for the reader of the format.
    columns : tuple of Column
        In the order in which they are written.
    key : tuple of str
        Columns that together name a row; no two rows share them.
    optional : bool
        Whether the file may be absent, which means no rows.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    optional: bool = False
    _by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {column.name: column for column in self.columns})

    @property
    def file(self) -> str:
        """``sites.csv`` for the table of sites."""
        return f"{self.name}.csv"

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return list(self._by_name)

    def column(self, name: str) -> Column:
        """The column of this name; KeyError when there is none."""
        return self._by_name[name]

    def has(self, name: str) -> bool:
        """Whether there is a column of this name."""
        return name in self._by_name


# The kinds of column that recur, each with its unit and range said once.


def id_column(name: str, about: str) -> Column:
    """Declare a column that names the row."""
    return Column(name, Kind.ID, about)


def reference(name: str, about: str, *tables: str, default: Default = REQUIRED) -> Column:
    """Declare a column that points to the id of another table."""
    return Column(name, Kind.ID, about, refers=tables, default=default)


def choice(name: str, about: str, words: Iterable[str], default: Default = REQUIRED) -> Column:
    """Declare a column with a closed list of words, such as an enumeration of them."""
    return Column(name, Kind.WORD, about, words=tuple(map(str, words)), default=default)


def word(name: str, about: str, default: Default = REQUIRED) -> Column:
    """Declare a column that groups rows by a free word."""
    return Column(name, Kind.WORD, about, default=default)


def text(name: str, about: str, later: bool = False) -> Column:
    """Declare a column of free text, empty by default."""
    return Column(name, Kind.TEXT, about, default="", later=later)


def dutch_name() -> Column:
    """Declare the name for Dutch readers; where it is empty, they read the other."""
    return text("name_nl", "Name for Dutch readers; empty: the other name.", later=True)


def amount(name: str, about: str, unit: str, default: Default = REQUIRED, usual: Usual | None = None) -> Column:
    """Declare a number that is 0 or more."""
    return Column(name, Kind.NUMBER, about, unit, low=0.0, default=default, usual=usual)


def signed(name: str, about: str, unit: str, default: Default = REQUIRED, usual: Usual | None = None) -> Column:
    """Declare a number of either sign."""
    return Column(name, Kind.NUMBER, about, unit, default=default, usual=usual)


def share(name: str, about: str, default: Default = REQUIRED) -> Column:
    """Declare a fraction between 0 and 1."""
    return Column(name, Kind.NUMBER, about, "", low=0.0, high=1.0, default=default)


def flag(name: str, about: str, default: Default = REQUIRED) -> Column:
    """Declare a column that is 0 or 1."""
    return Column(name, Kind.FLAG, about, words=("0", "1"), default=default)


def year(name: str, about: str, default: Default = EMPTY) -> Column:
    """Declare a calendar year, which may be empty unless it has another default."""
    return Column(name, Kind.WHOLE, about, low=0.0, default=default, usual=CALENDAR_YEAR)


def period(about: str = "First calendar year of the period.") -> Column:
    """Declare a reference to a period."""
    return Column("period", Kind.WHOLE, about, refers=("periods",))


def lifetime(about: str, default: Default = REQUIRED) -> Column:
    """Declare a lifetime of at least one year."""
    return Column("lifetime", Kind.WHOLE, about, "yr", low=1.0, default=default, usual=LIFE)


def latitude() -> Column:
    """Declare degrees north, inside the globe."""
    return Column("lat", Kind.NUMBER, "Latitude (WGS 84).", "degrees", low=-90.0, high=90.0)


def longitude() -> Column:
    """Declare degrees east, inside the globe."""
    return Column("lon", Kind.NUMBER, "Longitude (WGS 84).", "degrees", low=-180.0, high=180.0)
