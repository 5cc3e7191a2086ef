"""Problems and exceptions, with messages for users.

::

    RouteplanError
    ├── DataError        the input breaks rules: every problem at once          exit code 2
    ├── UsageError       a request that makes no sense for this input           exit code 2
    │   └── UnknownTable a table that is not there; a KeyError too
    └── FaultError       routeplan itself is wrong: please report it            exit code 3
        └── PlanRejected the plan checker refuses a plan that the model made
"""

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import Formatter
from typing import Any


class Message(str):
    """A text for users that keeps its template and values, so that it can be told in another language.

    Parameters
    ----------
    template : str
        English text, with ``{names}`` for values.
    **values : object
        What stands in their place; a value may be a message itself.
    """

    template: str
    values: Mapping[str, object]

    @property
    def in_words(self) -> bool:
        """Whether the template says anything between its values."""
        return any(text.strip(" ,;:()\n") for text, *_ in Formatter().parse(self.template))

    def __new__(cls, template: str, /, **values: object) -> "Message":
        """Fill the values into the template."""
        message = super().__new__(cls, template.format(**values) if values else template)
        message.template, message.values = template, values
        return message


@dataclass(frozen=True, order=True)
class Problem:
    """One broken rule, and where it is.

    Parameters
    ----------
    file : str
        File name, such as ``options.csv``; of a workbook its sheet too, as in ``book.xlsx: options``.
    line : int
        Line in the file, the header being line 1; 0 when the problem has no line of its own.
    text : str
        What is wrong and what is allowed.
    column : str
        The column, where there is one.
    cell : str
        In a workbook, the cell on its sheet.
    name : str
        Of a warning, the name by which it can be silenced.
    """

    file: str
    line: int
    text: str
    column: str = field(default="", compare=False)
    cell: str = field(default="", compare=False)
    name: str = field(default="", compare=False)

    @property
    def place(self) -> str:
        """``options.csv:17``, or ``options.csv`` when there is no line; ``book.xlsx: options!C17`` in a workbook."""
        if self.cell:
            return f"{self.file}!{self.cell}"
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def value_problem(file: str, line: int, column: str, value: object, allowed: str) -> Problem:
    """Problem of a value that is not allowed, in the common form of messages."""
    shown = Message("empty") if value is None or value == "" else value
    text = Message("column '{column}' is {value}; allowed: {allowed}", column=column, value=shown, allowed=allowed)
    return Problem(file, line, text, column)


def listed(texts: Sequence[str], between: str = ", ") -> Message:
    """Texts one after the other, as a message of which each is translated."""
    names = [f"text{number}" for number in range(len(texts))]
    return Message(between.join(f"{{{name}}}" for name in names), **dict(zip(names, texts, strict=True)))


_REASONS = {
    errno.ENOENT: Message("No such file or directory"),
    errno.EACCES: Message("Permission denied"),
    errno.EPERM: Message("Operation not permitted"),
    errno.ENOTDIR: Message("Not a directory"),
    errno.EISDIR: Message("Is a directory"),
    errno.ENOSPC: Message("No space left on device"),
    errno.EROFS: Message("Read-only file system"),
}
"""What operating systems say of the commonest failures."""


def system_reason(error: OSError) -> str:
    """Why the operating system failed to read or write, in its words."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def short_number(number: float) -> str:
    """A number to three digits, without an exponent: 0.474, 12.3, 2,700."""
    return f"{float(f'{number:.3g}'):,.10g}" if abs(number) < 1e9 else f"{number:.3g}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun: 1 site, 2,000 sites."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


class RouteplanError(Exception):
    """Anything that routeplan refuses or fails to do."""


class DataError(RouteplanError):
    """Input that breaks the rules of the format.

    Parameters
    ----------
    problems : sequence of Problem
        Every problem found, not only the first.
    head : str, optional
        The line above them; by default their number, in English.
    """

    def __init__(self, problems: "list[Problem] | tuple[Problem, ...]", head: str = "") -> None:
        self.problems = tuple(sorted(problems))
        head = head or f"{counted(len(self.problems), 'problem')} in the input:"
        super().__init__("\n".join([head, *(f"  {problem}" for problem in self.problems)]))


@contextmanager
def problems_below(folder: Path | str) -> Iterator[None]:
    """Name the files of problems that are found inside with the folder that they are in.

    Raises
    ------
    DataError
        That raised inside, its files named so.
    """
    try:
        yield
    except DataError as broken:
        told = [replace(problem, file=str(Path(folder) / problem.file)) for problem in broken.problems]
        raise DataError(told) from broken


class UsageError(RouteplanError):
    """A request that cannot be met: an unknown scenario, a folder that must not be overwritten."""


class NotKnown(UsageError):
    """A question whose answer is not proven: the search for it found none in time, or was stopped."""


class NoPlan(UsageError):
    """A plan is requested from a result that has none."""


class UnknownTable(UsageError, KeyError):
    """A table is requested that does not exist; the message lists those that do."""

    __str__ = Exception.__str__  # a KeyError would show the message in quotation marks


class PlanWouldBeLost(UsageError):
    """A result without a plan is to replace one that has a plan."""


class FaultError(RouteplanError):
    """A fault of routeplan or of the solver, not of the user's."""


class PlanRejected(FaultError):
    """The plan checker refuses a plan that the solver called good.

    Parameters
    ----------
    violations : sequence of str
        What fails, one sentence each.
    result : Result
        The rejected result, for study.
    """

    def __init__(self, violations: "list[str] | tuple[str, ...]", result: Any) -> None:
        self.violations = tuple(violations)
        self.result = result
        lines = [f"the plan fails {len(self.violations)} check(s):", *(f"  {text}" for text in self.violations)]
        super().__init__("\n".join(lines))
