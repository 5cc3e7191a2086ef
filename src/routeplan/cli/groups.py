"""Groups of commands, each imported when it is asked for, so that nobody waits for what others need."""

import sys
from collections.abc import Mapping
from functools import cache
from pkgutil import resolve_name
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup

from routeplan.cli.command import Command
from routeplan.cli.loading import loading


class Group(TyperGroup):
    """A group whose commands are functions at known places; groups inside it follow them."""

    places: ClassVar[Mapping[str, str]] = {}
    """Of each command, by name, ``module:function``. The module's EXAMPLES stand below the command's help."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        # Names without a command yet: help lists them, and a misspelt name is told the nearest of them.
        self.commands: dict[str, Any] = {**dict.fromkeys(self.places), **self.commands}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or None."""
        place = self.places.get(cmd_name)
        return super().get_command(ctx, cmd_name) if place is None else _command(cmd_name, place)


@cache
def _command(name: str, place: str) -> Any:
    with loading():
        function = resolve_name(place)
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name, cls=Command, epilog=sys.modules[function.__module__].EXAMPLES)(function)
    return typer.main.get_command(alone)
