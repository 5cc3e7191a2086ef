"""Where commands write: results on standard output, progress and errors on standard error."""

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

import pandas as pd
from rich.console import Console
from rich.table import Table

CLOSED_PIPE = 141
"""Exit code of a program whose reader has gone, as a shell reports it (128 + SIGPIPE)."""


class Output(Console):
    """A console that prints text as it is, and ends quietly when its reader has gone (``| head``)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(markup=False, highlight=False, emoji=False, **options)

    def on_broken_pipe(self) -> NoReturn:
        """Keep Python from complaining about the pipe once more when it ends."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CLOSED_PIPE)

    def say(self, text: str, style: str | None = None) -> None:
        """Print a line, which the reader's terminal may wrap but we do not."""
        self.print(text, style=style, soft_wrap=True)

    def json(self, data: Any) -> None:
        """Print data as JSON and nothing else."""
        self.out(json.dumps(data, indent=2, allow_nan=False, ensure_ascii=False), highlight=False)

    def table(self, title: str, frame: pd.DataFrame, formats: dict[str, str] | None = None) -> None:
        """Print a data frame; nothing when it has no rows.

        Parameters
        ----------
        title : str
            Heading, with the unit.
        frame : DataFrame
            The rows.
        formats : dict of str to str, optional
            Format specification of number columns by name, such as ``,.1f``; ``,.1f`` where none is given.
        """
        if frame.empty:
            return
        table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
        number = {name: pd.api.types.is_numeric_dtype(frame[name]) for name in frame.columns}
        for name in frame.columns:
            table.add_column(name, justify="right" if number[name] else "left", overflow="fold")
        columns = [_cells(frame[name], (formats or {}).get(name, ",.1f") if number[name] else "") for name in frame]
        for row in zip(*columns, strict=True):
            table.add_row(*row)
        self.print(table)
        self.print()


def _cells(values: Iterable[Any], spec: str) -> list[str]:
    write: Callable[[Any], str] = (lambda value: format(value, spec)) if spec else str
    return [write(value) for value in values]


OUT = Output()
ERR = Output(stderr=True)
