"""What commands say of an instance that they made, in the language that was asked for."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from routeplan.cli.output import ERR, OUT
from routeplan.data.paths import README_FILE, place_beside, quoted
from routeplan.language.language import Words
from routeplan.language.nouns import processes_told, sites_told

if TYPE_CHECKING:  # pandas takes longer to import than help takes to print
    from routeplan.instance.instance import Instance


def warn(warnings: Iterable[str], words: Words) -> None:
    """Print warnings, a line each."""
    for warning in warnings:
        ERR.say(words("warning: {text}", text=warning), style="yellow")


def contents_of(instance: "Instance", words: Words) -> str:
    """How many sites and processes an instance has."""
    return words(
        "{sites} with {processes}",
        sites=sites_told(len(instance["sites"]), words),
        processes=processes_told(len(instance["processes"]), words),
    )


def say_where(instance: "Instance", folder: Path, words: Words) -> None:
    """Say what was made, and where it is."""
    OUT.say(words("{contents} are in {folder}", contents=contents_of(instance, words), folder=folder))


def say_next(folder: Path, words: Words) -> None:
    """Say which command plans it."""
    OUT.say(words("Now: {command}", command=f"routeplan solve {quoted(folder)}"))


def beside(folder: Path, words: Words, file: str = README_FILE) -> str:
    """Where a file that documents an instance is."""
    return words.told(place_beside(folder, file))
