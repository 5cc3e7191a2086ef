"""A table of the cards of sites."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CardRows = dict[str, list[list[str]]]
"""Of each site that has any: rows of cells."""


@dataclass(frozen=True)
class Block:
    """One table of a card, for all sites at once.

    Parameters
    ----------
    title : str
        What it tells, with its unit.
    columns : list of str
        Headings.
    rows : mapping of str to list of rows
        The rows of each site; a site without any has no such table on its card.
    joined : bool, optional
        Whether neighbours that say the same are shown as one cell.
    texts : tuple of int, optional
        Positions of columns that hold texts, besides the first; the others hold numbers.
    notes : mapping of str to str, optional
        What to know of the rows of a site, below them.
    """

    title: str
    columns: list[str]
    rows: CardRows
    joined: bool = False
    texts: tuple[int, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
