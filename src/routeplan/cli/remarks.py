"""Warnings and notes on an instance, as commands print them."""

from pathlib import Path

from routeplan.cli.output import ERR, OUT
from routeplan.cli.truncate import MAX_LINES, alike, truncated
from routeplan.data.paths import quoted
from routeplan.data.read import read_with_remarks
from routeplan.errors import Problem
from routeplan.instance.instance import Instance

SHOWN_BEFORE_SOLVE = 5
"""Warnings that are shown before a search."""


def print_warnings(warnings: tuple[Problem, ...], show_all: bool, see_all: str) -> None:
    """Print warnings, each with the name by which it can be silenced; of many alike the first alone."""
    for line in truncated(
        warnings if show_all else alike(warnings), _kind, see_all, len(warnings) if show_all else MAX_LINES, _named
    ):
        ERR.say(f"warning: {line}", style="yellow")


def print_notes(notes: tuple[Problem, ...], show_all: bool) -> None:
    """Print notes; of each kind the first alone, and how many more there are."""
    kinds: dict[str, list[Problem]] = {}
    for note in notes:
        kinds.setdefault(note.name, []).append(note)
    for same in kinds.values():
        for note in same if show_all else same[:1]:
            more = "" if show_all or len(same) == 1 else f", and {len(same) - 1:,} more (--all)"
            OUT.say(f"note: {_named(note)}{more}")


def _kind(problem: Problem) -> str:
    return f"{problem.file} [{problem.name}]" if problem.name else problem.file


def _named(problem: Problem) -> str:
    return f"{problem} [{problem.name}]" if problem.name else str(problem)


def read_and_warn(folder: Path, quiet: bool) -> Instance:
    """Read an instance that is to be solved, and print what looks like a mistake in it."""
    instance, told = read_with_remarks(folder)
    if not quiet and told.warnings:
        for problem in alike(told.warnings)[:SHOWN_BEFORE_SOLVE]:
            ERR.say(f"warning: {_named(problem)}", style="yellow")
        more = len(alike(told.warnings)) - SHOWN_BEFORE_SOLVE
        if more > 0:
            ERR.say(f"and {more:,} more warnings: routeplan check {quoted(folder)}", style="yellow")
    return instance
