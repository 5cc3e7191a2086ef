"""Output of commands: results on standard output, progress and errors on standard error."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rich.console import Console
from rich.table import Table

from routeplan.cli.exits import ExitCode
from routeplan.errors import UsageError

if TYPE_CHECKING:  # pandas takes longer to import than help takes to print
    import pandas as pd

    from routeplan.language.language import Words  # babel too


NUMBERS = "iufb"
"""Kinds of dtype whose cells are numbers."""


class Output(Console):
    """A console that prints text as it is, and ends quietly when its reader has gone (``| head``)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(markup=False, highlight=False, emoji=False, **options)

    def on_broken_pipe(self) -> NoReturn:
        """End without a word."""
        self.silence()
        sys.exit(ExitCode.CLOSED_PIPE)

    def silence(self) -> None:
        """Discard all further output, so that Python does not try to write it again when it ends."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Stop where results cannot be written; continue without messages where those cannot be written.

        Raises
        ------
        UsageError
            When standard output cannot be written, because its disk is full for example.
        """
        try:
            yield
        except OSError as error:
            self.silence()
            if not self.stderr:
                raise UsageError(f"standard output cannot be written: {error.strerror}") from error

    def say(self, text: str, style: str | None = None) -> None:
        """Print a line without wrapping it; the reader's terminal may wrap it."""
        with self.writing():
            self.print(text, style=style, soft_wrap=True)

    def json(self, data: Any) -> None:
        """Print data as JSON and nothing else; characters that the encoding lacks are escaped."""
        form = partial(json.dumps, data, indent=2, allow_nan=False)
        text = form(ensure_ascii=False)
        text = text if _can_encode(text, self.encoding) else form()
        with self.writing():
            self.out(text, highlight=False)

    def table(self, title: str, frame: "pd.DataFrame", decimals: int = 1) -> None:
        """Print a data frame; nothing when it has no rows.

        Parameters
        ----------
        title : str
            Heading, with the unit.
        frame : DataFrame
            The rows.
        decimals : int, optional
            Digits behind the point of numbers that are not whole by their kind.
        """
        if frame.empty:
            return
        table = Table(box=None, pad_edge=False)
        for name in frame.columns:
            number = frame[name].dtype.kind in NUMBERS
            table.add_column(name, justify="right" if number else "left", overflow="fold")
        columns = [_cells(frame[name], decimals) for name in frame.columns]
        # Cells may be broken between words; ids and numbers may not, however narrow the terminal.
        for column, cells in zip(table.columns, columns, strict=True):
            column.min_width = max(map(len, " ".join([str(column.header), *cells]).split()))
        narrowest = sum((column.min_width or 0) + 1 for column in table.columns)
        table.width = narrowest if narrowest > self.width else None
        for row in zip(*columns, strict=True):
            table.add_row(*row)
        self.say(title, style="bold")
        with self.writing():
            self.print(table, crop=False)
            self.print()


def say_tables(place: Path | None, words: "Words") -> None:
    """Say where the tables of a command were written, or how they can be."""
    OUT.say(words("The tables are in {place}", place=place) if place else words("The tables, as files: --out DIR"))


def replace_what_cannot_be_encoded() -> None:
    """Have standard output and error write a ``?`` for each character that their encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _cells(column: "pd.Series", decimals: int) -> list[str]:
    if column.dtype.kind == "f":
        return [f"{value:,.{decimals}f}" for value in column]
    return [str(value) for value in column]


OUT = Output()
ERR = Output(stderr=True)
