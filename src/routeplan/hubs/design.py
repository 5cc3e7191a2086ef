"""A hub design as data: what it opens and builds, from when, for whom, and what the public bears of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WITHOUT = "without"
"""Name of the plan without any design; no design has it."""


@dataclass(frozen=True)
class OpenedHub:
    """A hub option that a design opens.

    Parameters
    ----------
    hub, option : str
        Key of the table ``hubs``.
    first_year : int
        It is open in every period whose first year is not before this one.
    row : mapping of str to value
        Its other columns, where the instance has no such option.
    """

    hub: str
    option: str
    first_year: int
    row: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True)
class BuiltLink:
    """A candidate link that a design builds.

    Parameters
    ----------
    link, size : str
        The link, and a size of its carrier and mode.
    first_year : int
        It is in place in every period whose first year is not before this one.
    """

    link: str
    size: str
    first_year: int


@dataclass(frozen=True)
class SharedContract:
    """A grid contract that sites share in a design.

    Parameters
    ----------
    contract : str
        Its id.
    sites : tuple of str
        The sites; all hang on one station.
    coincidence : float
        Share of the capacity of each that falls together with the peak of the contract.
    """

    contract: str
    sites: tuple[str, ...]
    coincidence: float = 1.0


@dataclass(frozen=True)
class Design:
    """A hub design.

    Parameters
    ----------
    name : str
        Name by which it is asked for.
    title, title_nl : str
        What it is called for readers, and for Dutch ones.
    hubs : tuple of OpenedHub
        Hub options that it opens.
    links : tuple of BuiltLink
        Candidate links that it builds.
    forbidden : tuple of str
        Candidate links that may not be built with it.
    contracts : tuple of SharedContract
        Grid contracts that sites share.
    members : tuple of str, optional
        Sites that may join; None where all may.
    public_share : float
        Share of the hub's costs that the public bears; it counts in the sharing of costs alone.
    """

    name: str
    title: str = ""
    title_nl: str = ""
    hubs: tuple[OpenedHub, ...] = ()
    links: tuple[BuiltLink, ...] = ()
    forbidden: tuple[str, ...] = ()
    contracts: tuple[SharedContract, ...] = ()
    members: tuple[str, ...] | None = None
    public_share: float = 0.0

    @property
    def only_shares(self) -> bool:
        """Whether it opens no hub and builds no link: there is nothing to force, and forced it is as optional."""
        return not (self.hubs or self.links)

    @property
    def first_year(self) -> int:
        """Year in which the first of its hubs and links is there; 0 where it has none."""
        return min([*(each.first_year for each in self.hubs), *(each.first_year for each in self.links)], default=0)
