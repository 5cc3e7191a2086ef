"""What is wrong with a hub design, and with which part of it."""

from dataclasses import dataclass

Part = tuple[str | int, ...]
"""Part of a design by the keys of its file, entries counted from 0: ``("hub", 0, "first_year")``; () is all of it."""


@dataclass(frozen=True)
class Wrong:
    """Something that is wrong with a design.

    Parameters
    ----------
    text : str
        What is wrong and what is allowed, in the words of a TOML file.
    part : tuple of str and int
        Which part of it.
    """

    text: str
    part: Part = ()

    @property
    def key(self) -> str:
        """The innermost key of the part; "" of the design as a whole."""
        return next((each for each in reversed(self.part) if isinstance(each, str)), "")


def entry_label(part: Part) -> str:
    """Say which entry a part is of, counted from 1: ``hub 2: ``; nothing of the design as a whole."""
    return f"{part[0]} {int(part[1]) + 1}: " if part else ""
