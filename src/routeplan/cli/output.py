"""Where commands write: results on standard output, progress and errors on standard error."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pandas as pd
from rich.console import Console
from rich.table import Table

from routeplan.errors import UsageError

CLOSED_PIPE = 141
"""Exit code of a program whose reader has gone, as a shell reports it (128 + SIGPIPE)."""


class Output(Console):
    """A console that prints text as it is, and ends quietly when its reader has gone (``| head``)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(markup=False, highlight=False, emoji=False, **options)

    def on_broken_pipe(self) -> NoReturn:
        """End without a word."""
        self.silence()
        sys.exit(CLOSED_PIPE)

    def silence(self) -> None:
        """Send what is still to be written nowhere, so that Python does not try it once more when it ends."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Refuse to go on where results cannot be written; go on without messages where those cannot.

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
        """Print a line, which the reader's terminal may wrap but we do not."""
        with self.writing():
            self.print(text, style=style, soft_wrap=True)

    def json(self, data: Any) -> None:
        """Print data as JSON and nothing else."""
        text = json.dumps(data, indent=2, allow_nan=False, ensure_ascii=False)
        with self.writing():
            self.out(text, highlight=False)

    def table(self, title: str, frame: pd.DataFrame, decimals: int = 1) -> None:
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
            number = pd.api.types.is_numeric_dtype(frame[name])
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


def _cells(column: pd.Series, decimals: int) -> list[str]:
    if pd.api.types.is_float_dtype(column):
        return [f"{value:,.{decimals}f}" for value in column]
    return [str(value) for value in column]


OUT = Output()
ERR = Output(stderr=True)
